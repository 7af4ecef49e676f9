//! The pairs of a number of annotators, in the order in which they are counted.

/// Returns all pairs of the numbers below `count`, the smaller one first.
pub(super) fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |first| (first + 1..count).map(move |second| (first, second)))
}
