//! Fragments of passages, none of which contains a line end, as brat requires.

use demarche_model::{Ranges, Text, TextRange};

/// Returns whether a character ends a line in Python, with which brat reads files.
pub(crate) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Splits a passage at line ends.
pub(super) fn fragments(ranges: &Ranges, text: &Text) -> Vec<TextRange> {
    let mut out = Vec::with_capacity(ranges.count());
    for range in ranges.iter() {
        let words = text.slice(range);
        if !words.contains(is_break) {
            out.push(range);
            continue;
        }
        let mut start = range.start;
        for (at, end) in words.match_indices(is_break) {
            let end = (range.start + at, end.len());
            out.push(TextRange { start, end: end.0 });
            start = end.0 + end.1;
        }
        out.push(TextRange { start, end: range.end });
    }
    out.retain(|range| !range.is_empty());
    out
}

/// Joins fragments that are separated by line ends only.
pub(crate) fn rejoin(fragments: &[TextRange], text: &str) -> Vec<TextRange> {
    let mut out: Vec<TextRange> = Vec::with_capacity(fragments.len());
    for &fragment in fragments {
        let gap = |last: &TextRange| {
            text.get(last.end..fragment.start).is_some_and(|gap| gap.chars().all(is_break))
        };
        match out.last_mut().filter(|last| gap(last)) {
            Some(last) => last.end = fragment.end,
            None => out.push(fragment),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_part_a_passage_and_join_it_again() {
        let text = Text::new("one\ntwo\n\n three\u{2028}\n");
        let whole = Ranges::one(TextRange::new(0, 13)).unwrap();
        let parts = fragments(&whole, &text);
        let words: Vec<&str> = parts.iter().map(|range| text.slice(*range)).collect();
        assert_eq!(words, ["one", "two", " thr"]);
        assert_eq!(rejoin(&parts, text.as_str()), [TextRange::new(0, 13)]);
        let ends = Ranges::one(TextRange::new(15, text.len())).unwrap();
        assert_eq!(fragments(&ends, &text), []);
        let apart = [TextRange::new(0, 2), TextRange::new(4, 7)];
        assert_eq!(rejoin(&apart, text.as_str()), apart);
    }
}
