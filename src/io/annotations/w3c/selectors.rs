//! Selectors of targets, and the ranges that they select in a text.

use super::annotation::{iri, items};
use crate::annotations::json::{self, Json};
use crate::annotations::refusal::SpanFault;
use demarche_model::{TextRange, WithoutBreakHints};

/// The selectors of a target, which are alternatives.
#[derive(Default)]
pub(super) struct Selectors {
    position: Option<(i64, i64)>,
    exact: Option<String>,
    prefix: String,
    suffix: String,
    /// Whether there is one that is not supported, such as an XPath.
    other: bool,
}

/// Number of bytes of text that are searched for quotes without offsets, per file.
const BUDGET: usize = 4_000_000_000;

/// Returns the source of a target and its selectors; `None` for a target that is a whole resource.
pub(super) fn selectors(target: &Json) -> Option<(String, Selectors)> {
    let mut found = Selectors::default();
    // A fragment may be part of the IRI: `text.txt#char=3,8`.
    // A program that annotates one text may omit its source.
    let whole = iri(target.get("source").unwrap_or(target)).unwrap_or_default();
    let (source, fragment) = whole.split_once("#char=").unwrap_or((whole, ""));
    found.position = characters(fragment);
    for selector in items(target.get("selector")) {
        match selector.get("type").or_else(|| selector.get("@type")).and_then(Json::as_str) {
            _ if selector.get("refinedBy").is_some() => found.other = true,
            Some("TextPositionSelector") => {
                found.position = json::offset(selector, "start").zip(json::offset(selector, "end"));
            }
            Some("TextQuoteSelector") => {
                let part =
                    |key: &str| selector.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
                found.exact = Some(part("exact")).filter(|exact| !exact.is_empty());
                (found.prefix, found.suffix) = (part("prefix"), part("suffix"));
            }
            Some("FragmentSelector") => {
                let value = selector.get("value").and_then(Json::as_str).unwrap_or_default();
                found.position = found.position.or(value.strip_prefix("char=").and_then(characters));
            }
            _ => found.other = true,
        }
    }
    let some = found.other || found.position.is_some() || found.exact.is_some();
    some.then(|| (source.to_owned(), found))
}

/// Parses `3,8` in a fragment `char=3,8` (RFC 5147).
fn characters(fragment: &str) -> Option<(i64, i64)> {
    let (start, end) = fragment.split(';').next()?.split_once(',')?;
    start.parse().ok().zip(end.parse().ok())
}

/// A search for the ranges of targets, by offsets or by quotes.
#[derive(Default)]
pub(super) struct Finder {
    looked_at: usize,
}

impl Finder {
    /// Returns the range that the selectors select, and their quote.
    pub fn find(
        &mut self,
        text: &str,
        selectors: &Selectors,
    ) -> Result<((i64, i64), Option<String>), SpanFault> {
        match (selectors.position, &selectors.exact) {
            (Some(position), exact) => Ok((position, exact.clone())),
            (None, Some(exact)) => Ok((self.quote(text, exact, selectors)?, Some(exact.clone()))),
            (None, None) => Err(SpanFault::NoSelector),
        }
    }

    /// Returns the range of a quote: the one with the same context, or the only one.
    fn quote(&mut self, text: &str, exact: &str, selectors: &Selectors) -> Result<(i64, i64), SpanFault> {
        self.looked_at = self.looked_at.saturating_add(3 * text.len());
        if self.looked_at > BUDGET {
            return Err(SpanFault::TooManyQuotes);
        }
        let range = match one(text, exact, [&selectors.prefix, &selectors.suffix]) {
            Err(SpanFault::QuoteMissing(_)) => {
                // Browsers and word processors disagree on hyphens that are shown only at the end of a line.
                let folded = WithoutBreakHints::of(text);
                let [exact, prefix, suffix] = [exact, &selectors.prefix, &selectors.suffix]
                    .map(|part| WithoutBreakHints::of(part).into_text());
                one(folded.as_str(), &exact, [&prefix, &suffix]).map(|range| folded.original(range))
            }
            found => found,
        }?;
        let start = text[..range.start].chars().count();
        let end = start + text[range.start..range.end].chars().count();
        i64::try_from(start).ok().zip(i64::try_from(end).ok()).ok_or(SpanFault::TooFar)
    }
}

/// Returns the range of a quote in bytes: the one with this text before and after it, or the only one.
fn one(text: &str, exact: &str, [prefix, suffix]: [&str; 2]) -> Result<TextRange, SpanFault> {
    let around = format!("{prefix}{exact}{suffix}");
    let (needle, skipped) = if text.contains(&around) { (&*around, prefix.len()) } else { (exact, 0) };
    let mut found = text.match_indices(needle).map(|(at, _)| at + skipped);
    let short = || demarche_analysis::context::shorten(exact, 60);
    // A quote of nothing but break hints is nowhere.
    let found_at = found.next().filter(|_| !exact.is_empty());
    let start = found_at.ok_or_else(|| SpanFault::QuoteMissing(short()))?;
    if found.next().is_some() {
        return Err(SpanFault::QuoteAmbiguous(short()));
    }
    Ok(TextRange { start, end: start + exact.len() })
}
