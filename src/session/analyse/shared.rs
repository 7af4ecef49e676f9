//! The words that passages have in common.

use std::collections::BTreeMap;

use demarche_model::{DocumentId, Project, Ranges, SpanRef, TextRange};

/// For each passage, the parts of it that another one of the passages covers as well; `None` without any.
pub(super) fn shared(project: &Project, passages: &[SpanRef]) -> Vec<Option<Ranges>> {
    let own = |at: &SpanRef| -> Vec<TextRange> {
        project.span(at).map(|span| span.ranges.iter().collect()).unwrap_or_default()
    };
    let mut by_document: BTreeMap<&DocumentId, Vec<TextRange>> = BTreeMap::new();
    for at in passages {
        by_document.entry(&at.layer.document).or_default().extend(own(at));
    }
    let twice: BTreeMap<&DocumentId, Vec<TextRange>> =
        by_document.into_iter().map(|(document, ranges)| (document, covered_twice(&ranges))).collect();
    let common = |at: &SpanRef| {
        let twice = twice.get(&at.layer.document)?;
        let own = own(at);
        Ranges::new(own.iter().flat_map(|range| parts_inside(twice, *range)))
    };
    passages.iter().map(common).collect()
}

/// The stretches that at least two ranges cover, in order.
fn covered_twice(ranges: &[TextRange]) -> Vec<TextRange> {
    let mut ends: Vec<(usize, i32)> =
        ranges.iter().flat_map(|range| [(range.start, 1), (range.end, -1)]).collect();
    // At the same place a range ends before the next one starts.
    ends.sort_unstable();
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, change) in ends {
        let before = depth;
        depth += change;
        if before < 2 && depth >= 2 {
            start = at;
        } else if before >= 2 && depth < 2 && start < at {
            found.push(TextRange { start, end: at });
        }
    }
    found
}

/// The parts of sorted stretches that are inside a range.
fn parts_inside(stretches: &[TextRange], range: TextRange) -> impl Iterator<Item = TextRange> + '_ {
    let first = stretches.partition_point(|stretch| stretch.end <= range.start);
    stretches[first..].iter().take_while(move |stretch| stretch.start < range.end).map(move |stretch| {
        TextRange { start: stretch.start.max(range.start), end: stretch.end.min(range.end) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(pairs: &[(usize, usize)]) -> Vec<TextRange> {
        pairs.iter().map(|(start, end)| TextRange { start: *start, end: *end }).collect()
    }

    #[test]
    fn what_two_ranges_cover_is_found() {
        assert_eq!(covered_twice(&ranges(&[(0, 10), (5, 12), (20, 30)])), ranges(&[(5, 10)]));
        assert_eq!(covered_twice(&ranges(&[(0, 5), (5, 9)])), []);
        assert_eq!(covered_twice(&ranges(&[(0, 9), (0, 9), (3, 4)])), ranges(&[(0, 9)]));
        let inside: Vec<TextRange> =
            parts_inside(&ranges(&[(0, 4), (6, 9)]), TextRange { start: 2, end: 7 }).collect();
        assert_eq!(inside, ranges(&[(2, 4), (6, 7)]));
    }
}
