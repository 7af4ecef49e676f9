//! How alike two quotes are.

use std::collections::HashMap;
use std::hash::Hash;

use unicode_segmentation::UnicodeSegmentation as _;

/// Up to so many bytes quotes are compared character by character, beyond it word by word.
const BY_CHARACTER: usize = 600;
/// Up to so many words quotes are compared by what they have in common in order, beyond it by the phrases they share: the
/// one costs the product of the two lengths, the other their sum.
const IN_ORDER: usize = 20_000;
/// So many words in a row make a phrase. All texts share words; few share phrases.
const PHRASE: usize = 3;

/// How alike two texts are, in percent: twice what they have in common, by what both have (the ratio of Ratcliff and
/// Obershelp's pattern matching, 1988, with the longest common subsequence as what they have in common). White space counts
/// as one space, so that 100 says that the words are the same.
pub fn similarity(a: &str, b: &str) -> u8 {
    let (a, b) = (spaced(a), spaced(b));
    if a == b {
        return 100;
    }
    let ratio = if a.len().max(b.len()) <= BY_CHARACTER {
        in_order(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    } else {
        let (a, b): (Vec<_>, Vec<_>) = (a.split_word_bounds().collect(), b.split_word_bounds().collect());
        if a.len().max(b.len()) <= IN_ORDER { in_order(&a, &b) } else { by_phrases(&a, &b) }
    };
    // What is not the same is never said to be.
    (ratio * 100.0).round().clamp(0.0, 99.0) as u8
}

/// The likeness of two texts of these lengths, in percent, if the shorter one stood whole in the longer one.
pub(super) fn at_most(a: usize, b: usize) -> u8 {
    ratio(a.min(b), a, b).mul_add(100.0, 1.0).min(100.0) as u8
}

fn ratio(common: usize, a: usize, b: usize) -> f32 {
    2.0 * common as f32 / (a + b).max(1) as f32
}

fn in_order<T: Eq + Hash>(a: &[T], b: &[T]) -> f32 {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (rest, other) = (&a[start..], &b[start..]);
    let end = rest.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let common = longest_common(&rest[..rest.len() - end], &other[..other.len() - end]);
    ratio(start + common + end, a.len(), b.len())
}

/// The length of the longest common subsequence, 64 items of `a` at a time (H. Hyyrö, “Bit-parallel LCS-length computation
/// revisited”, 2004): a bit of `row` is 0 where one more item is in common than up to the place before it.
fn longest_common<T: Eq + Hash>(a: &[T], b: &[T]) -> usize {
    let blocks = a.len().div_ceil(64);
    let mut places: HashMap<&T, Vec<u64>> = HashMap::new();
    for (at, item) in a.iter().enumerate() {
        places.entry(item).or_insert_with(|| vec![0; blocks])[at / 64] |= 1 << (at % 64);
    }
    let mut row = vec![u64::MAX; blocks];
    for item in b {
        let Some(places) = places.get(item) else { continue };
        let mut carry = false;
        for (row, places) in row.iter_mut().zip(places) {
            let met = *row & places;
            let (sum, over) = row.overflowing_add(met);
            let (sum, again) = sum.overflowing_add(u64::from(carry));
            carry = over || again;
            *row = sum | (*row & !met);
        }
    }
    let last = a.len() % 64;
    let used = |at: usize| if at + 1 == blocks && last > 0 { u64::MAX >> (64 - last) } else { u64::MAX };
    row.iter().enumerate().map(|(at, row)| (!row & used(at)).count_ones() as usize).sum()
}

fn by_phrases<T: Eq + Hash>(a: &[T], b: &[T]) -> f32 {
    let mut counts: HashMap<&[T], usize> = HashMap::new();
    a.windows(PHRASE).for_each(|phrase| *counts.entry(phrase).or_default() += 1);
    let mut common = 0;
    for phrase in b.windows(PHRASE) {
        if let Some(count) = counts.get_mut(phrase).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    let phrases = |words: &[T]| (words.len() + 1).saturating_sub(PHRASE);
    ratio(common, phrases(a), phrases(b))
}

/// A text with every run of white space made one space, and none at its ends.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{by_phrases, longest_common, similarity};

    #[test]
    fn likeness_is_that_of_the_words() {
        assert_eq!(similarity("will suspend\nthe talks", "will suspend the  talks"), 100);
        assert_eq!(similarity("abc", "xyz"), 0);
        assert_eq!(similarity("", "xyz"), 0);
        // Six of nine characters on each side are the same: "by " and "day".
        assert_eq!(similarity("by Friday", "by Monday"), 67);
        let long = "word ".repeat(500);
        assert_eq!(similarity(&long, &format!("{long}more")), 99);
        let book: Vec<usize> = (0..1000).collect();
        let other: Vec<usize> = (0..1000).map(|word| if word % 100 == 50 { 0 } else { word }).collect();
        assert!((by_phrases(&book, &other) - 0.97).abs() < 0.001);
        assert!(by_phrases(&book, &(1000..2000).collect::<Vec<_>>()) < 0.001);
    }

    proptest! {
        #[test]
        fn the_longest_common_subsequence_is_as_long_as_the_textbook_says(
            a in prop::collection::vec(0_u8..5, 0..150),
            b in prop::collection::vec(0_u8..5, 0..150),
        ) {
            let mut table = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
            for (i, left) in a.iter().enumerate() {
                for (j, right) in b.iter().enumerate() {
                    let longer = table[i][j + 1].max(table[i + 1][j]);
                    table[i + 1][j + 1] = if left == right { table[i][j] + 1 } else { longer };
                }
            }
            prop_assert_eq!(longest_common(&a, &b), table[a.len()][b.len()]);
        }
    }
}
