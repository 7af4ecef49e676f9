//! The ranges of a span of a file in the text.

use super::offsets::{Offsets, normal};
use crate::annotations::DraftSpan;
use crate::annotations::refusal::SpanFault;
use demarche_analysis::mismatch::Mismatch;
use demarche_model::{Ranges, Text, TextRange, is_break_hint};

/// Returns the ranges of a span, checked against the text and its quote.
pub(super) fn ranges(draft: &DraftSpan, offsets: &Offsets, text: &Text) -> Result<Ranges, SpanFault> {
    let mut out = Vec::with_capacity(draft.ranges.len());
    for &(start, end) in &draft.ranges {
        let place = |offset: i64| text.byte_offset(offsets.character(offset)?);
        match (place(start), place(end)) {
            (Some(start), Some(end)) if start < end => out.push(TextRange { start, end }),
            _ => {
                return Err(SpanFault::OutsideText { start, end, length: text.characters() });
            }
        }
    }
    let ranges = Ranges::new(out).ok_or(SpanFault::EmptySpan)?;
    match draft.quote.as_ref().filter(|quote| !is_quote(quote, &ranges, text)) {
        None => Ok(ranges),
        Some(quote) => {
            let words: Vec<&str> = ranges.iter().map(|range| text.slice(range)).collect();
            let quote = normal(quote.to_owned()).0;
            Err(SpanFault::QuoteMismatch(Mismatch::of(&quote, &words.join(" "))))
        }
    }
}

/// Returns whether a quote is at the ranges, regardless of line ends and break hints.
fn is_quote(quote: &str, ranges: &Ranges, text: &Text) -> bool {
    if ranges.count() == 1 && text.slice(ranges.cover()) == quote {
        return true;
    }
    let words: Vec<&str> = ranges.iter().map(|range| text.slice(range)).collect();
    let (words, quote) = (words.join(" "), normal(quote.to_owned()).0);
    words == quote || words.replace(is_break_hint, "") == quote.replace(is_break_hint, "")
}
