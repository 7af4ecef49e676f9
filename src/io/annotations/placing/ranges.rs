//! Where a span of a file lies in the text.

use super::offsets::{Offsets, normal};
use crate::annotations::DraftSpan;
use crate::annotations::refusal::SpanFault;
use demarche_analysis::context::shorten;
use demarche_model::{Ranges, Text, TextRange};

/// Where a span lies, checked against the text and against the words that it says it tags.
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
            let (quote, words) = (shorten(quote, 60), shorten(&words.join(" "), 60));
            Err(SpanFault::QuoteMismatch { quote, words })
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
