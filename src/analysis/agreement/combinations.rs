//! The pairs of a number of annotators, in the order in which they are counted.

/// Returns all pairs of the numbers below `count`, the smaller one first.
pub(super) fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |first| (first + 1..count).map(move |second| (first, second)))
}

/// Index of a pair of the numbers below `count` in the order of [`pairs`]; `first` is the smaller one.
pub(super) fn pair_index(count: usize, first: usize, second: usize) -> usize {
    // Those before `first` have one pair each with everyone after them.
    first * (2 * count - first - 1) / 2 + second - first - 1
}
