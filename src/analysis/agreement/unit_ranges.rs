//! Sets of sentences or tokens as sorted ranges of their indices, so that the cost depends on the number of
//! spans and not on the number of units.

use demarche_model::{Span, TextRange};

/// Indices of units, half-open.
pub(super) type UnitRange = (u32, u32);

/// Returns the units that a span shares a byte with.
pub(super) fn touched_units<'a>(
    span: &'a Span,
    units: &'a [TextRange],
) -> impl Iterator<Item = UnitRange> + 'a {
    span.ranges.iter().filter_map(|range| {
        let first = units.partition_point(|unit| unit.end <= range.start);
        let after = first + units[first..].partition_point(|unit| unit.start < range.end);
        (first < after).then_some((first as u32, after as u32))
    })
}

/// Sorts ranges, and merges those that overlap or touch. The functions below expect normalised ranges.
pub(super) fn normalise(mut ranges: Vec<UnitRange>) -> Vec<UnitRange> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let joins = next.0 <= last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
    ranges
}

/// Counts the units.
pub(super) fn count(ranges: &[UnitRange]) -> u32 {
    ranges.iter().map(|range| range.1 - range.0).sum()
}

/// Counts the units that are in both.
pub(super) fn count_common(first: &[UnitRange], second: &[UnitRange]) -> u32 {
    let (mut a, mut b, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (first.get(a), second.get(b)) {
        common += x.1.min(y.1).saturating_sub(x.0.max(y.0));
        if x.1 <= y.1 {
            a += 1;
        } else {
            b += 1;
        }
    }
    common
}

/// Counts, over all pairs of sets, the units that both sets have. `ranges` are those of all sets.
pub(super) fn count_pairs<'a>(ranges: impl Iterator<Item = &'a UnitRange>) -> f64 {
    let mut changes: Vec<(u32, f64)> = ranges.flat_map(|range| [(range.0, 1.0), (range.1, -1.0)]).collect();
    changes.sort_unstable_by_key(|change| change.0);
    let (mut at, mut sets, mut pairs) = (0, 0.0, 0.0);
    for (position, change) in changes {
        pairs += f64::from(position - at) * sets * (sets - 1.0) / 2.0;
        sets += change;
        at = position;
    }
    pairs
}

/// Returns the units that are in both.
pub(super) fn intersection(first: &[UnitRange], second: &[UnitRange]) -> Vec<UnitRange> {
    let (mut a, mut b) = (first.iter().peekable(), second.iter().peekable());
    let mut out = Vec::new();
    while let (Some(&&x), Some(&&y)) = (a.peek(), b.peek()) {
        let (start, end) = (x.0.max(y.0), x.1.min(y.1));
        if start < end {
            out.push((start, end));
        }
        if x.1 <= y.1 {
            a.next();
        } else {
            b.next();
        }
    }
    out
}

/// Returns the units of `whole` that are not in `part`.
pub(super) fn difference(whole: &[UnitRange], part: &[UnitRange]) -> Vec<UnitRange> {
    let mut out = Vec::new();
    let mut parts = part.iter().peekable();
    for &(mut start, end) in whole {
        while let Some(&&(from, to)) = parts.peek() {
            if from >= end {
                break;
            }
            if start < from {
                out.push((start, from));
            }
            start = start.max(to);
            if to > end {
                break;
            }
            parts.next();
        }
        if start < end {
            out.push((start, end));
        }
    }
    out
}

/// Checks for a unit that is in both.
pub(super) fn intersects(ranges: &[UnitRange], range: UnitRange) -> bool {
    let next = ranges.partition_point(|other| other.1 <= range.0);
    ranges.get(next).is_some_and(|other| other.0 < range.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn members(ranges: &[UnitRange]) -> Vec<u32> {
        ranges.iter().flat_map(|range| range.0..range.1).collect()
    }

    proptest! {
        #[test]
        fn ranges_are_sets_of_units(
            a in prop::collection::vec((0u32..40, 1u32..9), 0..9),
            b in prop::collection::vec((0u32..40, 1u32..9), 0..9),
        ) {
            let set = |ranges: Vec<(u32, u32)>| normalise(ranges.into_iter().map(|(s, l)| (s, s + l)).collect());
            let (a, b) = (set(a), set(b));
            let (x, y) = (members(&a), members(&b));
            prop_assert!(x.is_sorted() && x.windows(2).all(|w| w[0] < w[1]));
            prop_assert_eq!(count(&a) as usize, x.len());
            let both: Vec<u32> = x.iter().copied().filter(|u| y.contains(u)).collect();
            let only: Vec<u32> = x.iter().copied().filter(|u| !y.contains(u)).collect();
            prop_assert_eq!(count_common(&a, &b) as usize, both.len());
            prop_assert_eq!(count_pairs(a.iter().chain(&b)), both.len() as f64);
            prop_assert_eq!(members(&intersection(&a, &b)), both);
            prop_assert_eq!(members(&difference(&a, &b)), only);
            for range in &b {
                prop_assert_eq!(intersects(&a, *range), (range.0..range.1).any(|u| x.contains(&u)));
            }
        }
    }
}
