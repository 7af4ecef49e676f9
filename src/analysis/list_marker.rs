//! Bullets and numbering at the start of a sentence, which are no part of what is quoted.

use crate::segment::{self, sentence_at};
use demarche_model::TextRange;

/// Signs that introduce an item of a list.
const BULLETS: &str = "-–—−•‣◦▪▫●○■□*·∙⁃";

/// Returns the sentence at `offset` without the bullet or number in front of it.
///
/// ```
/// use demarche_analysis::list_marker::sentence_without_marker_at;
/// use demarche_model::TextRange;
///
/// assert_eq!(sentence_without_marker_at("(a) The port reopens.", 6), TextRange::new(4, 21));
/// ```
pub fn sentence_without_marker_at(text: &str, offset: usize) -> TextRange {
    let sentence = sentence_at(text, offset);
    let mut words = sentence;
    while let Some(length) = marker(&text[words.start..words.end]) {
        let rest = segment::trim(text, TextRange { start: words.start + length, end: words.end });
        if rest.is_empty() {
            return sentence;
        }
        words = rest;
    }
    words
}

/// Returns the length of the bullet or number at the start of a text, if white space and more text follow it.
fn marker(text: &str) -> Option<usize> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let is_bullet = first.chars().count() == 1 && first.chars().all(|c| BULLETS.contains(c));
    (!rest.is_empty() && (is_bullet || is_number(first, rest))).then_some(first.len())
}

/// Returns whether a word numbers what follows: `1.`, `(2)`, `a)`, `iv.`, `2.1` before a capital. A year, a figure and the
/// initial of a name do not.
fn is_number(word: &str, rest: &str) -> bool {
    if let Some(inner) = word.strip_prefix('(').and_then(|word| word.strip_suffix(')')) {
        return is_ordinal(inner);
    }
    if let Some(inner) = word.strip_suffix(')') {
        return is_ordinal(inner);
    }
    if let Some(inner) = word.strip_suffix('.') {
        let is_initial = inner.len() == 1 && inner.chars().all(char::is_uppercase);
        return !is_initial && is_ordinal(inner);
    }
    word.contains('.') && is_ordinal(word) && rest.starts_with(char::is_uppercase)
}

/// Returns whether a text is a number of a list: up to three digits, with parts between full stops, a letter, or a small
/// Roman number.
fn is_ordinal(text: &str) -> bool {
    let is_part = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic());
    let is_roman = (1..=5).contains(&text.len())
        && (text.bytes().all(|b| b"ivx".contains(&b)) || text.bytes().all(|b| b"IVX".contains(&b)));
    text.split('.').all(is_part) || is_letter || is_roman
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(text: &str) -> &str {
        let last = text.len() - 2;
        let range = sentence_without_marker_at(text, last);
        &text[range.start..range.end]
    }

    #[test]
    fn bullets_and_numbers_are_left_out() {
        let markers = [
            "-", "–", "—", "•", "*", "·", "▪", "1.", "12.", "1)", "(1)", "(12)", "a)", "(a)", "(B)", "a.",
            "i.", "iv)", "(iii)", "IV.", "2.1", "2.1.", "2.1.3", "- 1.", "• (a)",
        ];
        for marker in markers {
            let text = format!("{marker} The port reopens.");
            assert_eq!(selected(&text), "The port reopens.", "{marker}");
        }
        assert_eq!(selected("-\tThe port reopens."), "The port reopens.");
    }

    #[test]
    fn years_figures_names_and_words_stay() {
        let texts = [
            "1990 was a hard year.",
            "2.5 million people fled.",
            "A. Smith denied it.",
            "I agree.",
            "a port reopens.",
            "-5 degrees were measured.",
            "(Signed) the minister.",
            "2019) is a fragment.",
        ];
        for text in texts {
            assert_eq!(selected(text), text);
        }
    }

    #[test]
    fn a_marker_alone_stays_a_sentence() {
        for text in ["-", "1.", "• "] {
            let range = sentence_without_marker_at(text, 0);
            assert_eq!(&text[range.start..range.end], text.trim());
        }
    }

    #[test]
    fn later_sentences_of_an_item_are_whole() {
        let text = "- The port reopens. The fee falls.\n- Nothing else.";
        let at = |words: &str| {
            let range = sentence_without_marker_at(text, text.find(words).unwrap() + 1);
            &text[range.start..range.end]
        };
        assert_eq!(at("The port"), "The port reopens.");
        assert_eq!(at("The fee"), "The fee falls.");
        assert_eq!(at("Nothing"), "Nothing else.");
    }
}
