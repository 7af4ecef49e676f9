//! The similarity of two quotes.

use std::collections::HashMap;
use std::hash::Hash;

use unicode_segmentation::UnicodeSegmentation as _;

use super::PHRASE_WORDS;

/// Quotes of up to this many bytes are compared character by character, longer ones word by word.
const MAX_CHARACTER_BYTES: usize = 600;
/// Quotes of up to this many words are compared by their longest common subsequence, longer ones by the
/// phrases they share: the former costs the product of both lengths, the latter their sum.
const MAX_LCS_WORDS: usize = 20_000;
/// Returns the similarity of two texts in percent: twice the length of what they have in common, divided by
/// the sum of their lengths. This is the ratio of Ratcliff and Obershelp's pattern matching (1988), with the
/// longest common subsequence as the common part. White space is normalised, so 100 means that the words are
/// the same.
pub fn similarity(a: &str, b: &str) -> u8 {
    let (a, b) = (normalise_spaces(a), normalise_spaces(b));
    if a == b {
        return 100;
    }
    let ratio = if a.len().max(b.len()) <= MAX_CHARACTER_BYTES {
        lcs_ratio(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    } else {
        let (a, b): (Vec<_>, Vec<_>) = (a.split_word_bounds().collect(), b.split_word_bounds().collect());
        if a.len().max(b.len()) <= MAX_LCS_WORDS { lcs_ratio(&a, &b) } else { phrase_ratio(&a, &b) }
    };
    // 100 is reserved for quotes that are the same.
    (ratio * 100.0).round().clamp(0.0, 99.0) as u8
}

/// Returns the similarity, in percent, that two texts of these lengths would have if the longer one contained
/// the shorter.
pub(super) fn upper_bound(a: usize, b: usize) -> u8 {
    ratio(a.min(b), a, b).mul_add(100.0, 1.0).min(100.0) as u8
}

fn ratio(common: usize, a: usize, b: usize) -> f32 {
    2.0 * common as f32 / (a + b).max(1) as f32
}

fn lcs_ratio<T: Eq + Hash>(a: &[T], b: &[T]) -> f32 {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (rest, other) = (&a[start..], &b[start..]);
    let end = rest.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let common = lcs_length(&rest[..rest.len() - end], &other[..other.len() - end]);
    ratio(start + common + end, a.len(), b.len())
}

/// Returns the length of the longest common subsequence, 64 items of `a` at a time (H. Hyyrö, “Bit-parallel
/// LCS-length computation revisited”, 2004). A bit of `row` is 0 where the subsequence is one longer than up
/// to the previous position.
fn lcs_length<T: Eq + Hash>(a: &[T], b: &[T]) -> usize {
    let blocks = a.len().div_ceil(64);
    let mut positions: HashMap<&T, Vec<u64>> = HashMap::new();
    for (at, item) in a.iter().enumerate() {
        positions.entry(item).or_insert_with(|| vec![0; blocks])[at / 64] |= 1 << (at % 64);
    }
    let mut row = vec![u64::MAX; blocks];
    for item in b {
        let Some(positions) = positions.get(item) else { continue };
        let mut carry = false;
        for (row, positions) in row.iter_mut().zip(positions) {
            let met = *row & positions;
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

fn phrase_ratio<T: Eq + Hash>(a: &[T], b: &[T]) -> f32 {
    let mut counts: HashMap<&[T], usize> = HashMap::new();
    a.windows(PHRASE_WORDS).for_each(|phrase| *counts.entry(phrase).or_default() += 1);
    let mut common = 0;
    for phrase in b.windows(PHRASE_WORDS) {
        if let Some(count) = counts.get_mut(phrase).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    let phrases = |words: &[T]| (words.len() + 1).saturating_sub(PHRASE_WORDS);
    ratio(common, phrases(a), phrases(b))
}

/// Returns the text trimmed, with every run of white space replaced by one space.
fn normalise_spaces(text: &str) -> String {
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

    use super::{lcs_length, phrase_ratio, similarity};

    #[test]
    fn similarity_is_that_of_the_words() {
        assert_eq!(similarity("will suspend\nthe talks", "will suspend the  talks"), 100);
        assert_eq!(similarity("abc", "xyz"), 0);
        assert_eq!(similarity("", "xyz"), 0);
        // Six of the nine characters on each side match: "by " and "day".
        assert_eq!(similarity("by Friday", "by Monday"), 67);
        let long = "word ".repeat(500);
        assert_eq!(similarity(&long, &format!("{long}more")), 99);
        let book: Vec<usize> = (0..1000).collect();
        let other: Vec<usize> = (0..1000).map(|word| if word % 100 == 50 { 0 } else { word }).collect();
        assert!((phrase_ratio(&book, &other) - 0.97).abs() < 0.001);
        assert!(phrase_ratio(&book, &(1000..2000).collect::<Vec<_>>()) < 0.001);
    }

    proptest! {
        #[test]
        fn the_lcs_length_agrees_with_the_textbook_algorithm(
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
            prop_assert_eq!(lcs_length(&a, &b), table[a.len()][b.len()]);
        }
    }
}
