//! Pairs up the words of two long texts by the phrases that occur exactly once in each.

use std::collections::HashMap;

use super::PHRASE_WORDS;

/// Returns pairs of matching words, in the order of both texts. Words are given by position and id, without
/// white space, so that rewrapped lines do not matter.
pub(super) fn paired_words(old: &[(usize, u32)], new: &[(usize, u32)]) -> Vec<(usize, usize)> {
    let (in_old, in_new) = (unique_phrases(old), unique_phrases(new));
    let mut pairs: Vec<(usize, usize)> =
        in_old.iter().filter_map(|(phrase, &at)| Some((at, *in_new.get(phrase)?))).collect();
    pairs.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (at, to) in longest_increasing(&pairs) {
        for step in 0..PHRASE_WORDS {
            let (at, to) = (at + step, to + step);
            // Phrases overlap; a word belongs to the first that contains it.
            if out.last().is_none_or(|last| last.0 < at && last.1 < to) {
                out.push((at, to));
            }
        }
    }
    out.into_iter().map(|(at, to)| (old[at].0, new[to].0)).collect()
}

/// Returns the phrases that occur once in a text, with their positions.
fn unique_phrases(words: &[(usize, u32)]) -> HashMap<[u32; PHRASE_WORDS], usize> {
    const TWICE: usize = usize::MAX;
    let mut positions = HashMap::with_capacity(words.len());
    for (at, phrase) in words.array_windows::<PHRASE_WORDS>().enumerate() {
        positions.entry(phrase.map(|(_, name)| name)).and_modify(|position| *position = TWICE).or_insert(at);
    }
    positions.retain(|_, position| *position != TWICE);
    positions
}

/// Returns the longest subsequence of `pairs`, which are sorted by their first member, whose second members
/// increase too.
fn longest_increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // `ends`: for each length, the pair with the smallest second member that ends a sequence of that length.
    // `before`: the predecessor of each pair.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) =
        (Vec::new(), Vec::with_capacity(pairs.len()));
    for (number, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end: &usize| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        if length == ends.len() {
            ends.push(number);
        } else {
            ends[length] = number;
        }
    }
    let mut row: Vec<(usize, usize)> = std::iter::successors(ends.last().copied(), |&number| before[number])
        .map(|number| pairs[number])
        .collect();
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::{longest_increasing, paired_words};

    fn words(names: &[u32]) -> Vec<(usize, u32)> {
        names.iter().enumerate().map(|(at, name)| (2 * at, *name)).collect()
    }

    #[test]
    fn words_are_paired_by_phrases_unique_in_both() {
        let old = words(&[1, 2, 3, 4, 9, 9, 9, 9, 9, 5, 6, 7]);
        let new = words(&[8, 1, 2, 3, 4, 9, 9, 9, 5, 6, 7]);
        let expected =
            [(0, 2), (2, 4), (4, 6), (6, 8), (8, 10), (10, 12), (16, 14), (18, 16), (20, 18), (22, 20)];
        assert_eq!(paired_words(&old, &new), expected);
        assert_eq!(paired_words(&old, &words(&[9, 9, 9])), []);
        assert_eq!(paired_words(&[], &new), []);
    }

    #[test]
    fn words_that_have_swapped_places_are_dropped() {
        let pairs = [(0, 5), (1, 0), (2, 1), (3, 9), (4, 2)];
        assert_eq!(longest_increasing(&pairs), [(1, 0), (2, 1), (4, 2)]);
        assert_eq!(longest_increasing(&[]), []);
    }
}
