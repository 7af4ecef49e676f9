//! Where a span of a file lies in the text.

use super::Refusal;
use super::offsets::{Offsets, normal};
use crate::ProblemKind;
use crate::annotations::DraftSpan;
use demarche_analysis::context::shorten;
use demarche_model::{Ranges, Text, TextRange};

/// Where a span lies, checked against the text and against the words that it says it tags.
pub(super) fn ranges(draft: &DraftSpan, offsets: &Offsets, text: &Text) -> Result<Ranges, Refusal> {
    let mut out = Vec::with_capacity(draft.ranges.len());
    for &(start, end) in &draft.ranges {
        let place = |offset: i64| text.byte_offset(offsets.character(offset)?);
        match (place(start), place(end)) {
            (Some(start), Some(end)) if start < end => out.push(TextRange { start, end }),
            _ => {
                let length = text.characters();
                let why =
                    format!("the span {start}–{end} does not lie inside the text of {length} characters");
                return Err((ProblemKind::OutsideText, why));
            }
        }
    }
    let ranges = Ranges::new(out).ok_or((ProblemKind::OutsideText, "a span is empty".to_owned()))?;
    match draft.quote.as_ref().filter(|quote| !is_quote(quote, &ranges, text)) {
        None => Ok(ranges),
        Some(quote) => {
            let words: Vec<&str> = ranges.iter().map(|range| text.slice(range)).collect();
            let (quote, words) = (shorten(quote, 60), shorten(&words.join(" "), 60));
            let why = format!("the span says it tags “{quote}”, but “{words}” stands at its place");
            Err((ProblemKind::QuoteMismatch, why))
        }
    }
}

/// Whether these are the words at the ranges, whatever the line ends.
fn is_quote(quote: &str, ranges: &Ranges, text: &Text) -> bool {
    if ranges.count() == 1 && text.slice(ranges.cover()) == quote {
        return true;
    }
    let words: Vec<&str> = ranges.iter().map(|range| text.slice(range)).collect();
    words.join(" ") == normal(quote.to_owned()).0
}
