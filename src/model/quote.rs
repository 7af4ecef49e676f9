//! The words of a span, as stored in files.

use std::borrow::Cow;
use std::fmt;

use crate::{Fingerprint, Ranges, Text, TextRange};

/// The words of a span: in full, or abridged if they are long. Thousands of long spans over the same words would
/// otherwise make files that are far larger than the text.
///
/// # Examples
///
/// ```
/// use demarche_model::{Quote, Ranges, Text, TextRange};
///
/// let text = Text::new("We will suspend the talks. ".repeat(100));
/// let short = Ranges::one(TextRange::new(3, 15)).unwrap();
/// assert_eq!(Quote::of_span(&short, &text).shown(), "will suspend");
/// // Abridged, but still verified as a whole.
/// let long = Ranges::one(TextRange::new(3, 2699)).unwrap();
/// let quote = Quote::of_span(&long, &text);
/// assert!(quote.is_long() && quote.is_at(&long, &text));
/// assert_eq!(quote.nearest(&text, 0), Some(TextRange::new(3, 2699)));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote(Words);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Words {
    Whole(String),
    Long(Box<LongQuote>),
}

/// A quote of more than [`Quote::LONGEST`] characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LongQuote {
    /// Its first characters.
    pub head: String,
    /// Its last characters.
    pub tail: String,
    /// Its length in characters.
    pub characters: usize,
    /// The fingerprint of the whole.
    pub fingerprint: Fingerprint,
}

impl Quote {
    /// The length of the longest quote that is kept in full, in characters.
    pub const LONGEST: usize = 400;
    /// The length of the start of a long quote, in characters.
    const HEAD: usize = 160;
    /// The length of the end of a long quote, in characters.
    const TAIL: usize = 80;

    /// Returns the quote of a span; several ranges are joined by a space, as in [`Ranges::quote`].
    pub fn of_span(ranges: &Ranges, text: &Text) -> Self {
        if !Self::would_be_long(ranges, text) {
            return Self(Words::Whole(ranges.quote(text)));
        }
        let parts = || ranges.iter().enumerate().map(|(index, range)| (index > 0, text.slice(range)));
        let forward = parts().flat_map(|(gap, part)| gap.then_some(' ').into_iter().chain(part.chars()));
        let backward = parts().rev().flat_map(|(gap, part)| part.chars().rev().chain(gap.then_some(' ')));
        let tail: Vec<char> = backward.take(Self::TAIL).collect();
        Self(Words::Long(Box::new(LongQuote {
            head: forward.take(Self::HEAD).collect(),
            tail: tail.into_iter().rev().collect(),
            characters: characters(ranges, text),
            fingerprint: fingerprint(ranges, text),
        })))
    }

    /// Returns the quote for words that were stored in full, abridged if they are long.
    pub fn of_words(words: impl Into<String>) -> Self {
        let words = words.into();
        // A character has at least one byte.
        if words.len() <= Self::LONGEST {
            return Self(Words::Whole(words));
        }
        let text = Text::new(words);
        let whole = Ranges::one(TextRange { start: 0, end: text.len() });
        match whole.filter(|whole| Self::would_be_long(whole, &text)) {
            Some(whole) => Self::of_span(&whole, &text),
            None => Self(Words::Whole(text.into_string())),
        }
    }

    /// Returns a quote that was stored abridged.
    pub fn abridged(quote: LongQuote) -> Self {
        Self(Words::Long(Box::new(quote)))
    }

    /// Returns whether the quote of a span is abridged.
    pub fn would_be_long(ranges: &Ranges, text: &Text) -> bool {
        // A character has at least one byte and at most four.
        let bytes = ranges.iter().map(|range| range.end - range.start).sum::<usize>() + ranges.count() - 1;
        bytes > Self::LONGEST && (bytes > 4 * Self::LONGEST || characters(ranges, text) > Self::LONGEST)
    }

    /// Returns whether the quote is abridged.
    pub fn is_long(&self) -> bool {
        self.long().is_some()
    }

    /// The parts of an abridged quote.
    pub fn long(&self) -> Option<&LongQuote> {
        match &self.0 {
            Words::Whole(_) => None,
            Words::Long(quote) => Some(quote),
        }
    }

    /// Returns the words for people to read: in full, or start and end with an ellipsis between them.
    pub fn shown(&self) -> Cow<'_, str> {
        match &self.0 {
            Words::Whole(words) => Cow::Borrowed(words),
            Words::Long(quote) => Cow::Owned(format!("{} … {}", quote.head, quote.tail)),
        }
    }

    /// Returns whether these are the words at ranges of a text.
    pub fn is_at(&self, ranges: &Ranges, text: &Text) -> bool {
        match &self.0 {
            Words::Whole(words) => is_joined(words, ranges, text),
            Words::Long(_) => *self == Self::of_span(ranges, text),
        }
    }

    /// Returns the occurrence in a text that starts nearest to `offset`, in bytes.
    pub fn nearest(&self, text: &Text, offset: usize) -> Option<TextRange> {
        let start_of = match &self.0 {
            Words::Whole(words) => words.as_str(),
            Words::Long(quote) => quote.head.as_str(),
        };
        if start_of.is_empty() {
            return None;
        }
        let found = occurrences(text.as_str(), start_of).filter_map(|start| self.at_start(text, start));
        found.min_by_key(|range| range.start.abs_diff(offset))
    }

    /// Returns the range of the quote if it starts at `start`, where its first words are.
    fn at_start(&self, text: &Text, start: usize) -> Option<TextRange> {
        match &self.0 {
            Words::Whole(words) => Some(TextRange { start, end: start + words.len() }),
            Words::Long(quote) => {
                let end = text.byte_offset(text.char_offset(start) + quote.characters)?;
                let range = TextRange { start, end };
                let same =
                    text.slice(range).ends_with(&quote.tail) && text.fingerprint(range) == quote.fingerprint;
                same.then_some(range)
            }
        }
    }
}

impl Default for Quote {
    fn default() -> Self {
        Self(Words::Whole(String::new()))
    }
}

impl fmt::Display for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

/// Returns the starts of all occurrences of `words`, including those that overlap.
fn occurrences(text: &str, words: &str) -> impl Iterator<Item = usize> {
    let first = words.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(words)?;
        from = start + first;
        Some(start)
    })
}

/// Returns whether `words` are the words at these ranges, joined by a space.
fn is_joined(words: &str, ranges: &Ranges, text: &Text) -> bool {
    let mut rest = words;
    for (index, range) in ranges.iter().enumerate() {
        let after = if index == 0 { Some(rest) } else { rest.strip_prefix(' ') };
        match after.and_then(|after| after.strip_prefix(text.slice(range))) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

/// Returns the length of the words at ranges, joined by a space, in characters.
fn characters(ranges: &Ranges, text: &Text) -> usize {
    ranges.iter().map(|range| text.characters_in(range)).sum::<usize>() + ranges.count() - 1
}

fn fingerprint(ranges: &Ranges, text: &Text) -> Fingerprint {
    let space = Fingerprint::of(b" ");
    ranges.iter().enumerate().fold(Fingerprint::default(), |so_far, (index, range)| {
        let so_far = if index == 0 { so_far } else { so_far.followed_by(space, 1) };
        so_far.followed_by(text.fingerprint(range), range.end - range.start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranges(bounds: &[(usize, usize)]) -> Ranges {
        Ranges::new(bounds.iter().map(|&(start, end)| TextRange { start, end })).expect("a range")
    }

    #[test]
    fn words_are_abridged_above_the_limit_in_characters() {
        let of = |words: &str| Quote::of_words(words).is_long();
        assert_eq!([of(&"é".repeat(400)), of(&"é".repeat(401))], [false, true]);
        assert_eq!([of(&"한".repeat(400)), of(&"👩".repeat(401))], [false, true]);
        let quote = Quote::of_words("한".repeat(160) + &"a".repeat(200) + &"é".repeat(80));
        let long = quote.long().expect("long");
        assert_eq!((long.head.as_str(), long.tail.as_str()), (&*"한".repeat(160), &*"é".repeat(80)));
        assert_eq!(long.characters, 440);
    }

    #[test]
    fn a_change_in_the_middle_is_seen() {
        let text = Text::new("word ".repeat(200) + "x" + &"word ".repeat(200));
        let place = ranges(&[(0, 2001)]);
        let quote = Quote::of_span(&place, &text);
        assert!(quote.is_at(&place, &text));
        let other = Text::new("word ".repeat(200) + "y" + &"word ".repeat(200));
        assert!(!quote.is_at(&place, &other));
        assert_eq!(quote.nearest(&other, 0), None);
        let moved = Text::new("word ".to_owned() + text.as_str());
        assert_eq!(quote.nearest(&moved, 0), Some(TextRange::new(5, 2006)));
    }

    proptest! {
        #[test]
        fn quotes_of_ranges_and_of_words_are_the_same(
            content in "(\\PC|한|a){0,1500}",
            cuts in proptest::collection::btree_set(0usize..1501, 2..6),
        ) {
            let text = Text::new(content);
            let cuts: Vec<usize> = cuts.into_iter().filter_map(|at| text.byte_offset(at)).collect();
            let parts = cuts.chunks_exact(2).map(|pair| TextRange { start: pair[0], end: pair[1] });
            if let Some(ranges) = Ranges::new(parts) {
                let quote = Quote::of_span(&ranges, &text);
                prop_assert_eq!(&quote, &Quote::of_words(ranges.quote(&text)));
                prop_assert!(quote.is_at(&ranges, &text));
            }
        }
    }
}
