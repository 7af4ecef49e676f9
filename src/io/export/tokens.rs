//! A text split into tokens as spaCy and Prodigy need them.
//!
//! Words and punctuation marks follow Unicode's word boundaries (UAX #29). As in spaCy, one space after a word belongs to it
//! and is not a token, and any other white space between two words is one token; so the tokens determine the text.

use unicode_segmentation::UnicodeSegmentation;

use demarche_model::{Text, TextRange};

/// The tokens of a text.
pub(super) struct Tokens {
    /// Their ranges in bytes, ascending.
    bytes: Vec<TextRange>,
    /// The same in characters.
    characters: Vec<(usize, usize)>,
    /// The length of the text, in bytes.
    length: usize,
}

impl Tokens {
    /// Splits a text.
    pub fn new(text: &Text) -> Self {
        let mut bytes: Vec<TextRange> = Vec::new();
        let content = text.as_str();
        let mut space = 0;
        for (at, piece) in content.split_word_bound_indices() {
            // A combining mark belongs to the space before it.
            let start = at + piece.len() - piece.trim_start_matches(is_space).len();
            let end = at + piece.len();
            if start < end {
                add_space(&mut bytes, content, space, start);
                bytes.push(TextRange { start, end });
                space = end;
            }
        }
        add_space(&mut bytes, content, space, content.len());
        let mut counted = (0, 0);
        let mut count = |byte: usize| {
            counted.1 += content[counted.0..byte].chars().count();
            counted.0 = byte;
            counted.1
        };
        let characters = bytes.iter().map(|token| (count(token.start), count(token.end))).collect();
        Self { bytes, characters, length: content.len() }
    }

    /// Returns the ranges of the tokens in bytes.
    pub fn bytes(&self) -> &[TextRange] {
        &self.bytes
    }

    /// Returns the ranges of the tokens in characters.
    pub fn characters(&self) -> &[(usize, usize)] {
        &self.characters
    }

    /// Returns whether a space follows that belongs to the token.
    pub fn has_space(&self, token: usize) -> bool {
        let next = self.bytes.get(token + 1).map_or(self.length, |next| next.start);
        next > self.bytes[token].end
    }

    /// Returns the first and the last token that a range touches; `None` if it touches none.
    pub fn over(&self, range: TextRange) -> Option<(usize, usize)> {
        let first = self.bytes.partition_point(|token| token.end <= range.start);
        let last = self.bytes.partition_point(|token| token.start < range.end).checked_sub(1)?;
        (first <= last).then_some((first, last))
    }

    /// Returns the first and the last token of a range; `None` unless it begins and ends with a token.
    pub fn exactly(&self, range: TextRange) -> Option<(usize, usize)> {
        let (first, last) = self.over(range)?;
        let fits = self.bytes[first].start == range.start && self.bytes[last].end == range.end;
        fits.then_some((first, last))
    }
}

/// Returns whether a character is white space in Python.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Adds a token for the white space from `start` to `end`, except one space after a word.
fn add_space(tokens: &mut Vec<TextRange>, text: &str, start: usize, end: usize) {
    let behind = !tokens.is_empty() && text[start..end].starts_with(' ');
    let start = start + usize::from(behind);
    if start < end {
        tokens.push(TextRange { start, end });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let text = Text::new(text);
        Tokens::new(&text).bytes.iter().map(|&range| text.slice(range).to_owned()).collect()
    }

    #[test]
    fn white_space_is_cut_as_spacy_cuts_it() {
        assert_eq!(
            cut("We don't go,  now.\n\nOr "),
            ["We", "don't", "go", ",", " ", "now", ".", "\n\n", "Or"]
        );
        assert_eq!(cut("  \ta"), ["  \t", "a"]);
        assert_eq!(cut("👩‍👩‍👧 e\u{301}lan 한국어"), ["👩‍👩‍👧", "e\u{301}lan", "한국어"]);
        assert_eq!(cut(""), [""; 0]);
    }

    #[test]
    fn ranges_meet_tokens() {
        let text = Text::new("We will go");
        let tokens = Tokens::new(&text);
        let range = |start, end| TextRange { start, end };
        assert_eq!(tokens.exactly(range(3, 10)), Some((1, 2)));
        assert_eq!(tokens.exactly(range(3, 5)), None);
        assert_eq!(tokens.over(range(4, 5)), Some((1, 1)));
        assert_eq!(tokens.over(range(2, 3)), None);
        assert!(tokens.has_space(0) && !tokens.has_space(2));
    }

    proptest! {
        #[test]
        fn tokens_and_spaces_give_the_text(content in "([a한é👩 \u{200d}\u{301}\tש\n.'\u{a0}\u{1c}]|\\PC){0,60}") {
            let text = Text::new(content.clone());
            let tokens = Tokens::new(&text);
            let mut back = String::new();
            for (at, token) in tokens.bytes.iter().enumerate() {
                back.push_str(text.slice(*token));
                if tokens.has_space(at) {
                    back.push(' ');
                }
            }
            prop_assert_eq!(back, content);
        }
    }
}
