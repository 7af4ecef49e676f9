//! Graphemes, words, sentences and paragraphs of a text, as byte offsets.
//!
//! Every function looks at one paragraph at most, within `WINDOW_BYTES` bytes on either side, so the
//! cost does not depend on the length of the document.
//!
//! # Examples
//!
//! Ranges are half-open and trimmed:
//!
//! ```
//! use demarche_analysis::segment::{sentence_at, word_at};
//! use demarche_model::TextRange;
//!
//! let text = "Mr. Kim left. The talks go on.";
//! // (4, 7):  Mr. [Kim] left. The talks go on.
//! assert_eq!(word_at(text, 5), Some(TextRange::new(4, 7)));
//! assert_eq!(word_at("a — b", 2), None);
//! // (0, 13): [Mr. Kim left.] The talks go on.
//! assert_eq!(sentence_at(text, 5), TextRange::new(0, 13));
//! ```
//!
//! A selection snaps to whole words:
//!
//! ```
//! use demarche_analysis::segment::snap_to_words;
//! use demarche_model::TextRange;
//!
//! let text = "we will suspend talks";
//! // (5, 11): we wi[ll sus]pend talks
//! // (3, 15): we [will suspend] talks
//! assert_eq!(snap_to_words(text, TextRange::new(5, 11)), TextRange::new(3, 15));
//! ```

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use demarche_model::TextRange;

/// Distance from an offset within which a paragraph is examined, in bytes.
const WINDOW_BYTES: usize = 8 * 1024;

/// Returns the paragraph around `offset`, without its line ends.
pub fn paragraph_at(text: &str, offset: usize) -> TextRange {
    let offset = floor(text, offset);
    let start = last_line_end(&text.as_bytes()[..offset]).map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    TextRange { start, end }
}

/// Returns the word at `offset`, or the one that ends there. `None` in white space and punctuation.
pub fn word_at(text: &str, offset: usize) -> Option<TextRange> {
    let window = window(text, offset);
    let words = text[window.clone()].unicode_word_indices();
    let words = words.map(|(at, word)| TextRange::new(window.start + at, window.start + at + word.len()));
    words.take_while(|word| word.start <= offset).filter(|word| offset <= word.end).last()
}

/// Returns the sentence at `offset`, trimmed. A sentence ends with its paragraph at the latest.
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

/// Divides one paragraph into sentences that cover it, in order.
fn sentences(paragraph: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut out = Vec::new();
    for sentence in sentencex::segment("en", paragraph) {
        out.push(at..at + sentence.len());
        at += sentence.len();
    }
    if at != paragraph.len() {
        // The segmenter has dropped something: one long sentence is better than wrong bounds.
        return std::iter::once(0..paragraph.len()).collect();
    }
    out
}

/// Returns the sentences of a text in order, trimmed. None crosses a line end, and none is empty.
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

/// Returns the tokens of a part of a text in order: words and punctuation marks. None contains
/// [spacing](is_spacing).
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

/// True for characters that separate tokens and belong to none: white space and control characters.
pub fn is_spacing(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{FEFF}'
}

/// Returns the start of the sentence after `offset`, or the end of the text.
pub fn next_sentence(text: &str, offset: usize) -> usize {
    let mut at = sentence_at(text, offset).end.max(offset);
    while let Some(c) = text[at..].chars().next().filter(|c| c.is_whitespace()) {
        at += c.len_utf8();
    }
    at
}

/// Returns the start of the sentence at `offset`, or of the previous one if it starts there.
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

/// Returns the start of the next paragraph that is not empty, or the end of the text.
pub fn next_paragraph(text: &str, offset: usize) -> usize {
    let rest = &text[paragraph_at(text, offset).end..];
    text.len() - rest.trim_start_matches(['\n', '\r', ' ', '\t']).len()
}

/// Returns the start of the paragraph at `offset`, or of the previous one if it starts there.
pub fn previous_paragraph(text: &str, offset: usize) -> usize {
    let start = paragraph_at(text, offset).start;
    if start < offset {
        return start;
    }
    paragraph_at(text, text[..start].trim_end().len()).start
}

/// Returns the end of the next word.
pub fn next_word(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    let window = offset..ceil(text, offset.saturating_add(WINDOW_BYTES));
    let words = text[window].unicode_word_indices();
    words.map(|(at, word)| offset + at + word.len()).next().unwrap_or_else(|| next_line(text, offset))
}

/// Returns the start of the previous word.
pub fn previous_word(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    let start = floor(text, offset.saturating_sub(WINDOW_BYTES));
    let words = text[start..offset].unicode_word_indices();
    words.map(|(at, _)| start + at).next_back().unwrap_or(start)
}

/// Returns the start of the next grapheme, or the end of the text.
pub fn next_grapheme(text: &str, offset: usize) -> usize {
    let mut cursor = GraphemeCursor::new(floor(text, offset), text.len(), true);
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// Returns the start of the previous grapheme, or the start of the text.
pub fn previous_grapheme(text: &str, offset: usize) -> usize {
    let mut cursor = GraphemeCursor::new(floor(text, offset), text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Widens a range to whole words, without white space at its ends or closing punctuation at its start. A
/// range of nothing but white space or punctuation stays as it is.
pub fn snap_to_words(text: &str, range: TextRange) -> TextRange {
    let closing = |c: char| c.is_whitespace() || ".,;:!?…)]}".contains(c);
    let mut trimmed = trim(text, range);
    if trimmed.is_empty() {
        return range;
    }
    // A drag that starts slightly too early includes the end of the previous sentence.
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

/// Trims white space from the ends of a range. The result is empty if the range contains nothing else.
pub fn trim(text: &str, range: TextRange) -> TextRange {
    let part = &text[floor(text, range.start)..ceil(text, range.end)];
    let start = range.start + (part.len() - part.trim_start().len());
    TextRange { start, end: start + part.trim().len() }
}

/// Returns the part of the paragraph that is examined: [`WINDOW_BYTES`] bytes on either side of `offset`.
fn window(text: &str, offset: usize) -> Range<usize> {
    let offset = floor(text, offset);
    let low = floor(text, offset.saturating_sub(WINDOW_BYTES));
    let high = ceil(text, offset.saturating_add(WINDOW_BYTES));
    let start = last_line_end(&text.as_bytes()[low..offset]).map_or(low, |at| low + at + 1);
    let end = text[offset..high].find('\n').map_or(high, |at| offset + at);
    start..end
}

fn next_line(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

fn last_line_end(bytes: &[u8]) -> Option<usize> {
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

    /// Checks that the selection marked by `[` and `]` in `before` snaps to the one marked in `after`.
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
        let sentence = |needle: &str| {
            let range = sentence_at(text, text.find(needle).unwrap());
            &text[range.start..range.end]
        };
        assert_eq!(sentence("met"), "The U.S. Dept. of State met Mr. Kim.");
        assert_eq!(sentence("left"), "He left.");
        assert_eq!(sentence("stands"), "Art. 5 stands.");
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
