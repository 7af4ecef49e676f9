//! Words that belong together in two long texts, since each text has the phrase that they stand in exactly once.

use std::collections::HashMap;

/// So many words in a row make a phrase.
const PHRASE: usize = 3;

/// Pairs of words that belong together, in the order of both texts. Words are given as their places and names, white space
/// left out: a text whose lines are broken elsewhere has the same phrases.
pub(super) fn anchors(old: &[(usize, u32)], new: &[(usize, u32)]) -> Vec<(usize, usize)> {
    let (in_old, in_new) = (once(old), once(new));
    let mut pairs: Vec<(usize, usize)> =
        in_old.iter().filter_map(|(phrase, &at)| Some((at, *in_new.get(phrase)?))).collect();
    pairs.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (at, to) in longest_rising(&pairs) {
        for step in 0..PHRASE {
            let (at, to) = (at + step, to + step);
            // Phrases overlap; a word belongs to the first that has it.
            if out.last().is_none_or(|last| last.0 < at && last.1 < to) {
                out.push((at, to));
            }
        }
    }
    out.into_iter().map(|(at, to)| (old[at].0, new[to].0)).collect()
}

/// The phrases that stand in a text once, and where.
fn once(words: &[(usize, u32)]) -> HashMap<[u32; PHRASE], usize> {
    const TWICE: usize = usize::MAX;
    let mut places = HashMap::with_capacity(words.len());
    for (at, phrase) in words.array_windows::<PHRASE>().enumerate() {
        places.entry(phrase.map(|(_, name)| name)).and_modify(|place| *place = TWICE).or_insert(at);
    }
    places.retain(|_, place| *place != TWICE);
    places
}

/// The most pairs, sorted by their first, whose seconds rise, too.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair with the least second that a row of it ends with, and for each pair the one before.
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
    use super::{anchors, longest_rising};

    fn words(names: &[u32]) -> Vec<(usize, u32)> {
        names.iter().enumerate().map(|(at, name)| (2 * at, *name)).collect()
    }

    #[test]
    fn phrases_that_stand_once_in_both_hold_the_texts_together() {
        let old = words(&[1, 2, 3, 4, 9, 9, 9, 9, 9, 5, 6, 7]);
        let new = words(&[8, 1, 2, 3, 4, 9, 9, 9, 5, 6, 7]);
        let expected =
            [(0, 2), (2, 4), (4, 6), (6, 8), (8, 10), (10, 12), (16, 14), (18, 16), (20, 18), (22, 20)];
        assert_eq!(anchors(&old, &new), expected);
        assert_eq!(anchors(&old, &words(&[9, 9, 9])), []);
        assert_eq!(anchors(&[], &new), []);
    }

    #[test]
    fn what_has_changed_places_gives_way_to_what_has_not() {
        let pairs = [(0, 5), (1, 0), (2, 1), (3, 9), (4, 2)];
        assert_eq!(longest_rising(&pairs), [(1, 0), (2, 1), (4, 2)]);
        assert_eq!(longest_rising(&[]), []);
    }
}
