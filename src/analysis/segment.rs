//! Graphemes, words, sentences and paragraphs of a text, as byte offsets.
//!
//! Every function looks at one paragraph at most, so that its cost does not depend on the length of the document; a
//! paragraph is looked at through a window of [`WINDOW`] bytes to either side.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use demarche_model::TextRange;

/// How far to either side of an offset a paragraph is looked at, in bytes.
const WINDOW: usize = 8 * 1024;

/// The paragraph around `offset`: from line end to line end, without these.
pub fn paragraph_at(text: &str, offset: usize) -> TextRange {
    let offset = floor(text, offset);
    let start = memchr_back(&text.as_bytes()[..offset]).map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    TextRange { start, end }
}

/// The word at `offset`, or the one that ends there. `None` in white space and punctuation.
pub fn word_at(text: &str, offset: usize) -> Option<TextRange> {
    let window = window(text, offset);
    let words = text[window.clone()].unicode_word_indices();
    let words = words.map(|(at, word)| TextRange::new(window.start + at, window.start + at + word.len()));
    words.take_while(|word| word.start <= offset).filter(|word| offset <= word.end).last()
}

/// The sentence at `offset`, without white space at its ends. Sentences end with their paragraph.
pub fn sentence_at(text: &str, offset: usize) -> TextRange {
    let window = window(text, offset);
    let part = &text[window.clone()];
    let mut found = TextRange::new(window.start, window.end);
    for sentence in sentences(part) {
        found = TextRange::new(window.start + sentence.start, window.start + sentence.end);
        if offset < found.end {
            break;
        }
    }
    trim(text, found)
}

/// The sentences of one paragraph, in order; together they cover it.
fn sentences(paragraph: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut out = Vec::new();
    for sentence in sentencex::segment("en", paragraph) {
        out.push(at..at + sentence.len());
        at += sentence.len();
    }
    if at != paragraph.len() {
        // The segmenter has dropped something: rather one long sentence than wrong bounds.
        return std::iter::once(0..paragraph.len()).collect();
    }
    out
}

/// The sentences of a text in order, without white space at their ends. None crosses a line end, and none is empty.
pub fn all_sentences(text: &str) -> Vec<TextRange> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let found = sentences(line.trim_end_matches('\n')).into_iter();
        let found = found.map(|part| trim(text, TextRange::new(start + part.start, start + part.end)));
        out.extend(found.filter(|sentence| !sentence.is_empty()));
        start += line.len();
    }
    out
}

/// The words and marks of a part of a text, in order: what programs that label words call tokens. None holds [spacing](is_spacing).
pub fn tokens(text: &str, range: TextRange) -> impl Iterator<Item = TextRange> {
    let parts = text[range.start..range.end].split_word_bound_indices();
    parts.flat_map(move |(at, part)| {
        let start = range.start + at;
        let words = part.split(is_spacing).filter(|word| !word.is_empty());
        words.map(move |word| {
            let start = start + (word.as_ptr() as usize - part.as_ptr() as usize);
            TextRange { start, end: start + word.len() }
        })
    })
}

/// Whether a character parts tokens and stands in none: white space and control characters.
pub fn is_spacing(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{FEFF}'
}

/// Where the sentence after `offset` starts, or the end of the text.
pub fn next_sentence(text: &str, offset: usize) -> usize {
    let mut at = sentence_at(text, offset).end.max(offset);
    while let Some(c) = text[at..].chars().next().filter(|c| c.is_whitespace()) {
        at += c.len_utf8();
    }
    at
}

/// Where the sentence at `offset` starts, or the one before if it starts there.
pub fn previous_sentence(text: &str, offset: usize) -> usize {
    let start = sentence_at(text, offset).start;
    if start < offset {
        return start;
    }
    let before = text[..floor(text, offset)].trim_end();
    match before.char_indices().next_back() {
        Some((last, _)) => sentence_at(text, last).start,
        None => 0,
    }
}

/// Where the paragraph after `offset` that holds something starts, or the end of the text.
pub fn next_paragraph(text: &str, offset: usize) -> usize {
    let rest = &text[paragraph_at(text, offset).end..];
    text.len() - rest.trim_start_matches(['\n', '\r', ' ', '\t']).len()
}

/// Where the paragraph at `offset` starts, or the one before if it starts there.
pub fn previous_paragraph(text: &str, offset: usize) -> usize {
    let start = paragraph_at(text, offset).start;
    if start < offset {
        return start;
    }
    paragraph_at(text, text[..start].trim_end().len()).start
}

/// Where the next word ends.
pub fn next_word(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    let window = offset..ceil(text, offset.saturating_add(WINDOW));
    let words = text[window].unicode_word_indices();
    words.map(|(at, word)| offset + at + word.len()).next().unwrap_or_else(|| next_line(text, offset))
}

/// Where the word before starts.
pub fn previous_word(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    let start = floor(text, offset.saturating_sub(WINDOW));
    let words = text[start..offset].unicode_word_indices();
    words.map(|(at, _)| start + at).next_back().unwrap_or(start)
}

/// Where the next grapheme starts, or the end of the text.
pub fn next_grapheme(text: &str, offset: usize) -> usize {
    let mut cursor = GraphemeCursor::new(floor(text, offset), text.len(), true);
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// Where the grapheme before starts, or the start of the text.
pub fn previous_grapheme(text: &str, offset: usize) -> usize {
    let mut cursor = GraphemeCursor::new(floor(text, offset), text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Widens a range to whole words; drops white space at its ends and closing marks at its start. A range over nothing but white space or
/// punctuation stays as it is.
pub fn snap_to_words(text: &str, range: TextRange) -> TextRange {
    let closing = |c: char| c.is_whitespace() || ".,;:!?…)]}".contains(c);
    let mut trimmed = trim(text, range);
    if trimmed.is_empty() {
        return range;
    }
    // Who starts to drag a hair too early catches the end of the sentence before.
    let part = &text[trimmed.start..trimmed.end];
    let lead = part.len() - part.trim_start_matches(closing).len();
    if lead < part.len() {
        trimmed.start += lead;
    }
    let start =
        word_at(text, trimmed.start).filter(|w| w.end > trimmed.start).map_or(trimmed.start, |w| w.start);
    let end = word_at(text, trimmed.end).filter(|w| w.start < trimmed.end).map_or(trimmed.end, |w| w.end);
    TextRange { start, end }
}

/// A range without the white space at its ends; empty if there is nothing else in it.
pub fn trim(text: &str, range: TextRange) -> TextRange {
    let part = &text[floor(text, range.start)..ceil(text, range.end)];
    let start = range.start + (part.len() - part.trim_start().len());
    TextRange { start, end: start + part.trim().len() }
}

/// The part of a paragraph that is looked at: [`WINDOW`] bytes to either side, within the paragraph.
fn window(text: &str, offset: usize) -> Range<usize> {
    let offset = floor(text, offset);
    let low = floor(text, offset.saturating_sub(WINDOW));
    let high = ceil(text, offset.saturating_add(WINDOW));
    let start = memchr_back(&text.as_bytes()[low..offset]).map_or(low, |at| low + at + 1);
    let end = text[offset..high].find('\n').map_or(high, |at| offset + at);
    start..end
}

fn next_line(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

fn memchr_back(bytes: &[u8]) -> Option<usize> {
    bytes.iter().rposition(|&b| b == b'\n')
}

fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

fn ceil(text: &str, offset: usize) -> usize {
    text.ceil_char_boundary(offset.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks the selection in `before` with `[` and `]`; checks the snapped selection in the same notation.
    fn check_snap(before: &str, after: &str) {
        let parse = |marked: &str| {
            let start = marked.find('[').unwrap();
            let end = marked.find(']').unwrap() - 1;
            (marked.replace(['[', ']'], ""), TextRange { start, end })
        };
        let ((text, given), (_, expected)) = (parse(before), parse(after));
        assert_eq!(snap_to_words(&text, given), expected, "{before}");
    }

    #[test]
    fn a_selection_snaps_to_whole_words() {
        check_snap("we wi[ll sus]pend talks", "we [will suspend] talks");
        check_snap("we[ will ]suspend", "we [will] suspend");
        check_snap("a [“thr]eat” here", "a [“threat]” here");
        check_snap("don[']t", "[don't]");
        check_snap("un[d w]ährend", "[und während]");
        check_snap("it did[. It wi]ll", "it did. [It will]");
        check_snap("[.]", "[.]");
        check_snap("a[ ]b", "a[ ]b");
    }

    #[test]
    fn sentences_survive_abbreviations_and_end_with_the_line() {
        let text = "The U.S. Dept. of State met Mr. Kim. He left.\nArt. 5 stands.";
        let of = |needle: &str| {
            let range = sentence_at(text, text.find(needle).unwrap());
            &text[range.start..range.end]
        };
        assert_eq!(of("met"), "The U.S. Dept. of State met Mr. Kim.");
        assert_eq!(of("left"), "He left.");
        assert_eq!(of("stands"), "Art. 5 stands.");
    }

    #[test]
    fn graphemes_are_never_cut() {
        let text = "a👩‍👩‍👧e\u{301}한";
        let mut at = 0;
        let mut parts = Vec::new();
        while at < text.len() {
            let next = next_grapheme(text, at);
            assert_eq!(previous_grapheme(text, next), at);
            parts.push(&text[at..next]);
            at = next;
        }
        assert_eq!(parts, ["a", "👩‍👩‍👧", "e\u{301}", "한"]);
    }

    #[test]
    fn moving_stops_at_the_ends() {
        let text = "One two.\n\nThree.";
        assert_eq!(next_word(text, 0), 3);
        assert_eq!(previous_word(text, 5), 4);
        assert_eq!(next_paragraph(text, 0), 10);
        assert_eq!(next_paragraph(text, 12), text.len());
        assert_eq!(previous_paragraph(text, 10), 0);
        assert_eq!(previous_paragraph(text, 0), 0);
        assert_eq!(next_sentence(text, 0), 10);
        assert_eq!(previous_sentence(text, 10), 0);
        assert_eq!(next_sentence("", 0), 0);
        assert_eq!(previous_sentence("", 0), 0);
    }
}
