//! Placing of passages by their quotes, where those contradict the positions.

use super::offsets::{Offsets, normal};
use super::ranges::ranges;
use crate::annotations::refusal::SpanFault;
use crate::annotations::{Draft, DraftDocument};
use demarche_model::Text;

/// Number of bytes of text that are searched for quotes, per file.
const BUDGET: usize = 2_000_000_000;

/// Moves passages whose quote is not at their position, but once in the text, to it. Returns their number.
pub(in crate::annotations) fn anchor_quotes(draft: &mut Draft) -> usize {
    let mut budget = BUDGET;
    draft.documents.iter_mut().map(|document| anchor(document, &mut budget)).sum()
}

fn anchor(document: &mut DraftDocument, budget: &mut usize) -> usize {
    if document.spans.iter().all(|span| span.quote.is_none()) {
        return 0;
    }
    let (text, offsets) = Offsets::new(document.text.clone(), document.counting);
    let text = Text::new(text);
    // The offset in the file of each character, made at the first passage that needs it.
    let mut positions: Vec<i64> = Vec::new();
    let mut moved = 0;
    for span in &mut document.spans {
        let is_wrong = matches!(
            ranges(span, &offsets, &text),
            Err(SpanFault::QuoteMismatch(_) | SpanFault::OutsideText { .. })
        );
        let quote = span
            .quote
            .as_ref()
            .filter(|quote| is_wrong && span.ranges.len() == 1 && !quote.trim().is_empty());
        let Some(quote) = quote.map(|quote| normal(quote.clone()).0) else { continue };
        let Some(left) = budget.checked_sub(text.as_str().len()) else { return moved };
        *budget = left;
        let mut found = text.as_str().match_indices(&quote).map(|(at, _)| at);
        let (Some(start), None) = (found.next(), found.next()) else { continue };
        if positions.is_empty() {
            positions = inverse(&offsets, &document.text);
        }
        let ends = [start, start + quote.len()].map(|byte| positions.get(text.char_offset(byte)).copied());
        if let [Some(start), Some(end)] = ends {
            span.ranges = vec![(start, end)];
            moved += 1;
        }
    }
    moved
}

/// Returns the offset in the file of each character of the text, and of its end.
fn inverse(offsets: &Offsets, original: &str) -> Vec<i64> {
    let mut positions = Vec::with_capacity(original.len());
    // Line ends and characters count at most two.
    for offset in 0..=i64::try_from(2 * original.len()).unwrap_or(i64::MAX) {
        if offsets.character(offset) == Some(positions.len()) {
            positions.push(offset);
        }
    }
    positions
}
