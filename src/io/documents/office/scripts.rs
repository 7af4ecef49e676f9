//! Raised and lowered characters, such as the marks of notes and the exponents of units. In plain text they would be part of
//! the word or number before them: a note 12 to “terms” would make it “terms12”.

/// The least length of a word, in characters, after which one raised letter is a mark: that of “Mᵉ” is a part of it.
const WORD: usize = 3;
/// The least number of raised letters that are not the end of a word: those of “Mᵐᵉ” and “Mᵍʳ” are.
const LETTERS: usize = 4;

/// The place of characters relative to the line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::documents) enum Script {
    #[default]
    Normal,
    Raised,
    Lowered,
}

impl Script {
    /// Returns characters at this place as they are written after `before`, whose last characters have the place `last`.
    /// Digits become the raised or lowered digits of Unicode, which are no part of a word. A raised letter after a word,
    /// which is the mark of a note, and longer raised words are preceded by `^`, lowered letters by `_`. All others stay,
    /// as those in “2nd” and “Mme”.
    pub fn write(self, words: &str, before: &str, last: Self) -> String {
        let digits = match self {
            Self::Normal => return words.to_owned(),
            Self::Raised => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁺', '⁻'],
            Self::Lowered => ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉', '₊', '₋'],
        };
        if words.contains(['[', '(']) {
            return words.to_owned();
        }
        let glues =
            last != self && before.ends_with(char::is_alphanumeric) && words.starts_with(char::is_alphabetic);
        let mark = match self {
            Self::Raised if glues && is_apart(words, before) => "^",
            Self::Lowered if glues => "_",
            Self::Normal | Self::Raised | Self::Lowered => "",
        };
        let mut out = mark.to_owned();
        let mut chars = words.chars().peekable();
        while let Some(c) = chars.next() {
            let goes_on =
                chars.peek().is_some_and(char::is_ascii_digit) || out.ends_with(|c: char| is_script(c));
            match c {
                '0'..='9' => out.push(digits[usize::from(c as u8 - b'0')]),
                '+' if goes_on => out.push(digits[10]),
                '-' | '−' if goes_on => out.push(digits[11]),
                c => out.push(c),
            }
        }
        out
    }
}

/// Returns whether a character is a raised or lowered digit.
fn is_script(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁰'..='⁹' | '₀'..='₉')
}

/// Returns whether raised letters after `before` are not the end of the word there.
fn is_apart(words: &str, before: &str) -> bool {
    let letters = words.chars().take_while(|c| c.is_alphabetic()).count();
    let is_word = || {
        let word = before.chars().rev().take_while(|c| c.is_alphanumeric()).take(WORD);
        word.clone().count() == WORD
            && word.clone().all(char::is_alphabetic)
            && before.ends_with(char::is_lowercase)
    };
    letters >= LETTERS || letters == 1 && words.trim_end().chars().count() == 1 && is_word()
}

#[cfg(test)]
mod tests {
    use super::Script::{Lowered, Normal, Raised};

    #[test]
    fn digits_are_apart_from_the_word_before_them() {
        let cases = [
            (Raised, "terms", "12", "¹²"),
            (Raised, "m", "2", "²"),
            (Raised, "10", "-6", "⁻⁶"),
            (Raised, "Ca", "2+", "²⁺"),
            (Raised, "", "3", "³"),
            (Raised, "terms", "1,2", "¹,²"),
            (Raised, "terms", "[3]", "[3]"),
            (Raised, "terms", "*", "*"),
            (Lowered, "H", "2", "₂"),
            (Lowered, "T", "max", "_max"),
            (Lowered, "", "max", "max"),
            (Raised, "x", "superscript", "^superscript"),
            (Normal, "Art", "12", "12"),
        ];
        for (script, before, words, expected) in cases {
            assert_eq!(script.write(words, before, Normal), expected, "{before} {words}");
        }
    }

    #[test]
    fn a_run_in_pieces_is_one() {
        assert_eq!(Lowered.write("ax", "T_m", Lowered), "ax");
        assert_eq!(Raised.write("word", "x^long", Raised), "word");
    }

    #[test]
    fn letters_that_end_a_word_stay_with_it() {
        for (before, words, expected) in [
            ("the 2", "nd", "nd"),
            ("le 1", "er", "er"),
            ("M", "me", "me"),
            ("n", "o", "o"),
            ("the terms", "a", "^a"),
            ("NATO", "a", "a"),
            ("2026", "a", "a"),
            ("terms ", "a", "a"),
        ] {
            assert_eq!(Raised.write(words, before, Normal), expected, "{before} {words}");
        }
    }
}
