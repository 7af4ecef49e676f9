//! Words and phrases that occur exactly once in each of two texts, and are therefore unambiguous.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::PHRASE_WORDS;
use crate::segment;
use demarche_model::TextRange;

/// The words and phrases of two texts.
#[derive(Debug)]
pub(super) struct Unique {
    old: Hashes,
    new: Hashes,
}

/// Sorted hashes of the words and phrases of a text.
#[derive(Debug)]
struct Hashes {
    words: Vec<u64>,
    phrases: Vec<u64>,
}

impl Unique {
    pub(super) fn from_texts(old: &str, new: &str) -> Self {
        Self { old: Hashes::from_text(old), new: Hashes::from_text(new) }
    }

    /// Checks for a phrase in `text` that occurs exactly once in each of the two texts.
    pub(super) fn has_phrase(&self, text: &str) -> bool {
        let once =
            |hash: &u64| occurs_once(&self.old.phrases, *hash) && occurs_once(&self.new.phrases, *hash);
        phrases(&words(text)).any(|hash| once(&hash))
    }

    /// Checks for a word in `text` that occurs exactly once in each of the two texts.
    pub(super) fn has_word(&self, text: &str) -> bool {
        let once = |hash: &u64| occurs_once(&self.old.words, *hash) && occurs_once(&self.new.words, *hash);
        words(text).iter().any(once)
    }
}

impl Hashes {
    fn from_text(text: &str) -> Self {
        let mut words = words(text);
        let mut phrases: Vec<u64> = phrases(&words).collect();
        words.sort_unstable();
        phrases.sort_unstable();
        Self { words, phrases }
    }
}

fn words(text: &str) -> Vec<u64> {
    let whole = TextRange { start: 0, end: text.len() };
    segment::tokens(text, whole).map(|token| hash(&text[token.start..token.end])).collect()
}

fn phrases(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    words.windows(PHRASE_WORDS).map(|phrase| hash(&phrase))
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Checks that a sorted list contains a value exactly once.
fn occurs_once(sorted: &[u64], value: u64) -> bool {
    let at = sorted.partition_point(|&other| other < value);
    sorted.get(at) == Some(&value) && sorted.get(at + 1) != Some(&value)
}

#[cfg(test)]
mod tests {
    use super::Unique;

    #[test]
    fn only_what_occurs_once_in_both_is_unique() {
        let unique = Unique::from_texts("the port and the sea", "the port and the ship and the port");
        assert!(!unique.has_word("sea") && !unique.has_word("ship"));
        assert!(!unique.has_word("port") && !unique.has_word("the"));
        assert!(unique.has_phrase("the port and"));
        assert!(!unique.has_phrase("port and"));
        assert!(!unique.has_phrase("and the sea"));
    }
}
