//! Where a span of a file lies in the text.

use super::Refusal;
use super::wire::{Lenient, Normal, WireSpan};
use crate::analysis::context::shorten;
use crate::io::ProblemKind;
use crate::model::{Ranges, Text, TextRange};

/// The span that doccano's `[start, end, category]` means.
pub(super) fn of_label(label: Lenient<(i64, i64, String)>) -> Lenient<WireSpan> {
    Lenient(label.0.map(|(start, end, category)| WireSpan {
        category,
        start: Some(start),
        end: Some(end),
        ..WireSpan::default()
    }))
}

/// Where a span lies, checked against the text and against the words that it says it tags.
pub(super) fn ranges(wire: &WireSpan, normal: &Normal, text: &Text) -> Result<Ranges, Refusal> {
    let cover = wire.start.zip(wire.end);
    let given = match (&wire.ranges, cover) {
        (Some(ranges), _) if !ranges.is_empty() => ranges.clone(),
        (_, Some(cover)) => vec![cover],
        _ => {
            return Err((
                ProblemKind::Malformed,
                "a span has neither `start` and `end` nor `ranges`".to_owned(),
            ));
        }
    };
    let mut out = Vec::new();
    for &(start, end) in &given {
        let place = |offset: i64| {
            let offset = normal.offset(usize::try_from(offset).ok()?);
            text.byte_offset(offset)
        };
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
    let first = given.iter().map(|range| range.0).min();
    let last = given.iter().map(|range| range.1).max();
    if cover.is_some_and(|(start, end)| (Some(start), Some(end)) != (first, last)) {
        return Err((
            ProblemKind::Malformed,
            "`start` and `end` of a span do not fit its `ranges`".to_owned(),
        ));
    }
    let ranges = Ranges::new(out).ok_or((ProblemKind::OutsideText, "a span is empty".to_owned()))?;
    let words: Vec<&str> = ranges.iter().map(|range| text.slice(range)).collect();
    let words = words.join(" ");
    let quote = wire.quote.as_ref().map(|quote| Normal::new(quote.clone()).text);
    if let Some(quote) = quote.filter(|quote| *quote != words) {
        let (quote, words) = (shorten(&quote, 60), shorten(&words, 60));
        let why = format!("the span says it tags “{quote}”, but “{words}” stands at its place");
        return Err((ProblemKind::QuoteMismatch, why));
    }
    Ok(ranges)
}
