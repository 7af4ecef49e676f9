//! Invisible characters that say where a line may break, which programs put inside words.

use std::borrow::Cow;

use super::TextRange;

/// Returns whether a character only says where a line may break, or may not: soft hyphen, zero-width space, word joiner,
/// and the byte order mark, which is one inside a text. The joiner and the non-joiner are not among them, since they change
/// words of some scripts.
pub fn is_break_hint(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Returns whether a text contains a break hint.
pub fn has_break_hints(text: &str) -> bool {
    !text.is_ascii() && text.contains(is_break_hint)
}

/// A text without break hints, with the way back to the ranges of the text itself.
///
/// # Examples
///
/// ```
/// use demarche_model::{TextRange, WithoutBreakHints};
///
/// let text = "A nego\u{AD}tiation";
/// let folded = WithoutBreakHints::of(text);
/// let at = folded.as_str().find("negotiation").expect("found");
/// let range = folded.original(TextRange::new(at, at + "negotiation".len()));
/// assert_eq!(&text[range.start..range.end], "nego\u{AD}tiation");
/// ```
#[derive(Clone, Debug)]
pub struct WithoutBreakHints<'a> {
    text: Cow<'a, str>,
    /// The offsets, in the text without hints, at which hints were removed, each with the number of bytes that were removed
    /// up to there.
    removed: Vec<(usize, usize)>,
}

impl<'a> WithoutBreakHints<'a> {
    /// Removes the break hints of a text. A text without them is not copied.
    pub fn of(text: &'a str) -> Self {
        if !has_break_hints(text) {
            return Self { text: Cow::Borrowed(text), removed: Vec::new() };
        }
        let (mut kept, mut removed) = (String::with_capacity(text.len()), Vec::new());
        let mut bytes = 0;
        for part in text.split_inclusive(is_break_hint) {
            let words = part.trim_end_matches(is_break_hint);
            kept.push_str(words);
            if words.len() < part.len() {
                bytes += part.len() - words.len();
                removed.push((kept.len(), bytes));
            }
        }
        Self { text: Cow::Owned(kept), removed }
    }

    /// Returns the text without break hints.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the range in the original text, in bytes. It neither begins nor ends with a break hint, unless it is empty.
    pub fn original(&self, range: TextRange) -> TextRange {
        let before = |is_before: fn(&usize, &usize) -> bool, offset: usize| {
            let count = self.removed.partition_point(|(at, _)| is_before(at, &offset));
            count.checked_sub(1).map_or(0, |last| self.removed[last].1)
        };
        let start = range.start + before(usize::le, range.start);
        let end = range.end + before(usize::lt, range.end);
        TextRange { start, end: end.max(start) }
    }

    /// Returns the text without break hints.
    pub fn into_text(self) -> Cow<'a, str> {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HINTS: [char; 4] = ['\u{AD}', '\u{200B}', '\u{2060}', '\u{FEFF}'];

    #[test]
    fn joiners_of_scripts_stay() {
        let text = "می\u{200C}خواهم 👩\u{200D}👧";
        assert!(!has_break_hints(text));
        assert_eq!(WithoutBreakHints::of(text).as_str(), text);
    }

    proptest! {
        #[test]
        fn ranges_lead_back_to_the_same_words(
            parts in proptest::collection::vec(("[a-zé한]{0,3}", proptest::option::of(0..4_usize)), 0..12),
            from in 0..40_usize,
            length in 1..10_usize,
        ) {
            let text: String =
                parts.iter().map(|(words, hint)| format!("{words}{}", hint.map_or(String::new(), |at| HINTS[at].into()))).collect();
            let folded = WithoutBreakHints::of(&text);
            let words: String = text.chars().filter(|c| !is_break_hint(*c)).collect();
            prop_assert_eq!(folded.as_str(), &words);
            let bytes: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
            let (start, end) = (bytes[from % bytes.len()], bytes[(from + length) % bytes.len()]);
            prop_assume!(start < end);
            let range = folded.original(TextRange { start, end });
            let found = &text[range.start..range.end];
            prop_assert!(!found.starts_with(is_break_hint) && !found.ends_with(is_break_hint));
            prop_assert_eq!(found.replace(is_break_hint, ""), &words[start..end]);
        }
    }
}
