//! Texts that were rebuilt from tokens, which have the characters of the original with other spacing.

use crate::annotations::{Counting, DraftDocument, DraftSpan, Unit};
use demarche_analysis::segment::is_spacing;
use demarche_model::Text;

fn kept(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_spacing(*c))
}

/// Returns a hash of a text without spacing. It is computed for every text of a project, so it is a fast one (FNV-1a by
/// characters); texts with the same hash are compared.
pub(super) fn hash(text: &str) -> u64 {
    kept(text).fold(0xCBF2_9CE4_8422_2325, |hash, c| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01B3))
}

/// Returns whether two texts differ only in spacing.
pub(super) fn same(a: &str, b: &str) -> bool {
    kept(a).eq(kept(b))
}

/// Maps the spans of a draft onto a text that differs from its own only in spacing.
pub(super) fn respace(document: &mut DraftDocument, text: &Text) {
    // The number of characters other than spacing before every offset of the draft.
    let mut before = Vec::with_capacity(document.text.len() + 1);
    let mut count = 0;
    for c in document.text.chars() {
        let units = if document.counting.unit == Unit::Utf16 { c.len_utf16() } else { 1 };
        // An offset inside a character has no equivalent.
        before.extend((0..units).map(|unit| (unit == 0).then_some(count)));
        count += usize::from(!is_spacing(c));
    }
    before.push(Some(count));
    let places: Vec<usize> =
        text.as_str().chars().enumerate().filter(|(_, c)| !is_spacing(*c)).map(|(at, _)| at).collect();
    let place = |(start, end): (i64, i64)| {
        let count = |offset: i64| before.get(usize::try_from(offset).ok()?).copied().flatten();
        let (first, last) = (count(start)?, count(end)?.checked_sub(1)?);
        let (start, end) = (*places.get(first)?, places.get(last)? + 1);
        (start < end).then(|| Some((i64::try_from(start).ok()?, i64::try_from(end).ok()?)))?
    };
    for span in &mut document.spans {
        let DraftSpan { ranges, quote, .. } = span;
        // A range without an equivalent is refused with the offsets of the file.
        let placed: Option<Vec<_>> = ranges.iter().map(|&range| place(range)).collect();
        *ranges = placed.unwrap_or_else(|| vec![(-1, -1)]);
        *quote = None;
    }
    document.counting = Counting::default();
    text.as_str().clone_into(&mut document.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_follow_the_words() {
        let text = Text::new("\tOne 👩‍👩‍👧two,\n\nthree .");
        let span = |start, end| DraftSpan { ranges: vec![(start, end)], ..DraftSpan::default() };
        let mut document = DraftDocument {
            text: "One 👩‍👩‍👧 two, three.".to_owned(),
            counting: Unit::Utf16.into(),
            spans: vec![span(4, 12), span(13, 16), span(17, 24), span(3, 4), span(5, 6), span(0, 99)],
            ..DraftDocument::default()
        };
        assert!(same(&document.text, text.as_str()) && hash(&document.text) == hash(text.as_str()));
        respace(&mut document, &text);
        let words = |span: &DraftSpan| {
            let byte = |at: i64| text.byte_offset(usize::try_from(at).ok()?);
            Some(text.as_str()[byte(span.ranges[0].0)?..byte(span.ranges[0].1)?].to_owned())
        };
        let words: Vec<Option<String>> = document.spans.iter().map(words).collect();
        let expect = [Some("👩‍👩‍👧"), Some("two"), Some("three ."), None, None, None];
        assert_eq!(words, expect.map(|word| word.map(str::to_owned)));
    }
}
