//! Which words stand in each of two texts exactly once, so that they can't be mistaken for others.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::segment;
use demarche_model::TextRange;

/// So many words in a row make a phrase.
const PHRASE: usize = 3;

/// Words and phrases of two texts, counted.
#[derive(Debug)]
pub(super) struct Unique {
    old: Counts,
    new: Counts,
}

/// Hashes of the words and phrases of a text, sorted.
#[derive(Debug)]
struct Counts {
    words: Vec<u64>,
    phrases: Vec<u64>,
}

impl Unique {
    pub(super) fn of(old: &str, new: &str) -> Self {
        Self { old: Counts::of(old), new: Counts::of(new) }
    }

    /// Whether a text holds a phrase of three words that each of the two has once.
    pub(super) fn has_phrase(&self, text: &str) -> bool {
        let once = |hash: &u64| is_once(&self.old.phrases, *hash) && is_once(&self.new.phrases, *hash);
        phrases(&words(text)).any(|hash| once(&hash))
    }

    /// Whether a text holds a word that each of the two has once.
    pub(super) fn has_word(&self, text: &str) -> bool {
        let once = |hash: &u64| is_once(&self.old.words, *hash) && is_once(&self.new.words, *hash);
        words(text).iter().any(once)
    }
}

impl Counts {
    fn of(text: &str) -> Self {
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
    words.windows(PHRASE).map(|phrase| hash(&phrase))
}

fn hash(of: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Whether a value stands in a sorted list exactly once.
fn is_once(sorted: &[u64], value: u64) -> bool {
    let at = sorted.partition_point(|&other| other < value);
    sorted.get(at) == Some(&value) && sorted.get(at + 1) != Some(&value)
}

#[cfg(test)]
mod tests {
    use super::Unique;

    #[test]
    fn only_what_stands_once_in_both_is_unique() {
        let unique = Unique::of("the port and the sea", "the port and the ship and the port");
        assert!(!unique.has_word("sea") && !unique.has_word("ship"));
        assert!(!unique.has_word("port") && !unique.has_word("the"));
        assert!(unique.has_phrase("the port and"));
        assert!(!unique.has_phrase("port and"));
        assert!(!unique.has_phrase("and the sea"));
    }
}
