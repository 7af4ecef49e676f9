//! Which sentences or tokens spans touch, as sorted stretches of their numbers, so that the cost follows the number of
//! spans and not that of units.

use demarche_model::{Span, TextRange};

/// Numbers of units from the first to before the second.
pub(super) type Run = (u32, u32);

/// The units that a span shares a byte with.
pub(super) fn touched<'a>(span: &'a Span, units: &'a [TextRange]) -> impl Iterator<Item = Run> + 'a {
    span.ranges.iter().filter_map(|range| {
        let first = units.partition_point(|unit| unit.end <= range.start);
        let after = first + units[first..].partition_point(|unit| unit.start < range.end);
        (first < after).then_some((first as u32, after as u32))
    })
}

/// Sorts runs and joins those that overlap or touch.
pub(super) fn join(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    runs.dedup_by(|next, last| {
        let joins = next.0 <= last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
    runs
}

/// How many units joined runs hold.
pub(super) fn count(runs: &[Run]) -> u32 {
    runs.iter().map(|run| run.1 - run.0).sum()
}

/// The units that are in both; the runs of each are joined.
pub(super) fn shared(first: &[Run], second: &[Run]) -> Vec<Run> {
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

/// The units of `whole` that are not in `part`; the runs of each are joined.
pub(super) fn without(whole: &[Run], part: &[Run]) -> Vec<Run> {
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

/// Whether a run has a unit in common with joined runs.
pub(super) fn meets(runs: &[Run], run: Run) -> bool {
    let next = runs.partition_point(|other| other.1 <= run.0);
    runs.get(next).is_some_and(|other| other.0 < run.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn members(runs: &[Run]) -> Vec<u32> {
        runs.iter().flat_map(|run| run.0..run.1).collect()
    }

    proptest! {
        #[test]
        fn runs_are_sets_of_units(
            a in prop::collection::vec((0u32..40, 1u32..9), 0..9),
            b in prop::collection::vec((0u32..40, 1u32..9), 0..9),
        ) {
            let set = |runs: Vec<(u32, u32)>| join(runs.into_iter().map(|(s, l)| (s, s + l)).collect());
            let (a, b) = (set(a), set(b));
            let (x, y) = (members(&a), members(&b));
            prop_assert!(x.is_sorted() && x.windows(2).all(|w| w[0] < w[1]));
            prop_assert_eq!(count(&a) as usize, x.len());
            let both: Vec<u32> = x.iter().copied().filter(|u| y.contains(u)).collect();
            let only: Vec<u32> = x.iter().copied().filter(|u| !y.contains(u)).collect();
            prop_assert_eq!(members(&shared(&a, &b)), both);
            prop_assert_eq!(members(&without(&a, &b)), only);
            for run in &b {
                prop_assert_eq!(meets(&a, *run), (run.0..run.1).any(|u| x.contains(&u)));
            }
        }
    }
}
