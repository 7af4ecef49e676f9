//! Matches the spans of one annotator with those of another.
//!
//! Spans are matched one to one: first those of the same category with the same ranges, then overlapping ones of the same
//! category, as many as possible and among those ways the one that shares the most (`assignment`), and finally, for the
//! confusion matrix, overlapping ones of different categories, starting with those that share the most. To match the same
//! ranges first never costs a match: its two halves could earn no more elsewhere. The result does not depend on which
//! annotator comes first.

use std::cmp::Ordering;

use super::assignment::{self, Edge, Place};
use demarche_model::{Ranges, Span};

/// A span with the index of its category among those compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct TaggedSpan<'a> {
    pub category: usize,
    pub span: &'a Span,
}

impl<'a> TaggedSpan<'a> {
    /// The sort key of span lists.
    pub fn key(&self) -> (usize, &'a Ranges) {
        (self.category, &self.span.ranges)
    }
}

/// Two matched spans, by their indices in the two lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Match {
    pub first: usize,
    pub second: usize,
    /// True if the ranges are the same.
    pub exact: bool,
}

/// Matches spans of the same category. Both lists are sorted by [`TaggedSpan::key`].
pub(super) fn match_same_category(first: &[TaggedSpan<'_>], second: &[TaggedSpan<'_>]) -> Vec<Match> {
    let mut matches = Vec::new();
    let mut next = 0;
    for (index, span) in first.iter().enumerate() {
        next += second[next..].iter().take_while(|other| other.key() < span.key()).count();
        if second.get(next).is_some_and(|other| other.key() == span.key()) {
            matches.push(Match { first: index, second: next, exact: true });
            next += 1;
        }
    }
    let candidates = candidates(first, second, &matches, |a, b| a == b);
    let edges: Vec<Edge> =
        candidates.iter().map(|candidate| Edge { at: candidate.at, share: candidate.share }).collect();
    let key = |place: Place| match place {
        Place::First(index) => first[index].key(),
        Place::Second(index) => second[index].key(),
    };
    matches.extend(assignment::best(&edges, key).into_iter().map(|(first, second)| Match {
        first,
        second,
        exact: false,
    }));
    matches
}

/// Matches the remaining spans across categories, and adds them to the matches within categories.
pub(super) fn match_across_categories(
    first: &[TaggedSpan<'_>],
    second: &[TaggedSpan<'_>],
    matches: &mut Vec<Match>,
) {
    let mut taken = (vec![false; first.len()], vec![false; second.len()]);
    for Candidate { at: (a, b), .. } in candidates(first, second, matches, |a, b| a != b) {
        if !taken.0[a] && !taken.1[b] {
            (taken.0[a], taken.1[b]) = (true, true);
            matches.push(Match { first: a, second: b, exact: first[a].span.ranges == second[b].span.ranges });
        }
    }
}

/// Two overlapping spans.
struct Candidate<'a> {
    at: (usize, usize),
    /// Bytes covered by both, divided by bytes covered by either; the first sort criterion.
    share: f64,
    /// The ranges of both, the smaller ones first, so that the order of the annotators does not matter.
    ranges: (&'a Ranges, &'a Ranges),
}

/// Returns the unmatched spans that overlap, the best first, where `fit` allows their categories.
fn candidates<'a>(
    first: &[TaggedSpan<'a>],
    second: &[TaggedSpan<'a>],
    matches: &[Match],
    fit: impl Fn(usize, usize) -> bool,
) -> Vec<Candidate<'a>> {
    let mut taken = (vec![false; first.len()], vec![false; second.len()]);
    for found in matches.iter() {
        (taken.0[found.first], taken.1[found.second]) = (true, true);
    }
    let free = |list: &[TaggedSpan<'_>], taken: &[bool]| {
        let mut free: Vec<usize> = (0..list.len()).filter(|&index| !taken[index]).collect();
        free.sort_unstable_by_key(|&index| list[index].span.ranges.start());
        free
    };
    let mut candidates = Vec::new();
    each_overlap(first, second, free(first, &taken.0), free(second, &taken.1), |a, b| {
        if fit(first[a].category, second[b].category) {
            candidates.extend(candidate(first, second, (a, b)));
        }
    });
    candidates.sort_unstable_by(compare_quality);
    candidates
}

fn compare_quality(a: &Candidate<'_>, b: &Candidate<'_>) -> Ordering {
    b.share.total_cmp(&a.share).then_with(|| a.ranges.cmp(&b.ranges)).then_with(|| a.at.cmp(&b.at))
}

fn candidate<'a>(
    first: &[TaggedSpan<'a>],
    second: &[TaggedSpan<'a>],
    at: (usize, usize),
) -> Option<Candidate<'a>> {
    let (a, b) = (&first[at.0].span.ranges, &second[at.1].span.ranges);
    let shared = shared_bytes(a, b);
    let covered = bytes(a) + bytes(b) - shared;
    (shared > 0).then(|| Candidate {
        at,
        share: shared as f64 / covered as f64,
        ranges: if a <= b { (a, b) } else { (b, a) },
    })
}

/// Visits every pair of spans whose covers overlap; `a` and `b` hold indices sorted by start.
fn each_overlap(
    first: &[TaggedSpan<'_>],
    second: &[TaggedSpan<'_>],
    a: Vec<usize>,
    b: Vec<usize>,
    mut each: impl FnMut(usize, usize),
) {
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    // Spans that have begun and may not have ended yet.
    let (mut open_first, mut open_second): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let start = |list: &[TaggedSpan<'_>], index: Option<&usize>| {
            index.map_or(usize::MAX, |&index| list[index].span.ranges.start())
        };
        if start(first, a.peek()) <= start(second, b.peek()) {
            let Some(index) = a.next() else { return };
            let begin = first[index].span.ranges.start();
            open_second.retain(|&other| second[other].span.ranges.end() > begin);
            open_second.iter().for_each(|&other| each(index, other));
            open_first.push(index);
        } else {
            let Some(index) = b.next() else { return };
            let begin = second[index].span.ranges.start();
            open_first.retain(|&other| first[other].span.ranges.end() > begin);
            open_first.iter().for_each(|&other| each(other, index));
            open_second.push(index);
        }
    }
}

fn bytes(ranges: &Ranges) -> usize {
    ranges.iter().map(|range| range.len()).sum()
}

fn shared_bytes(first: &Ranges, second: &Ranges) -> usize {
    let shared = |a: demarche_model::TextRange| {
        second.iter().filter_map(move |b| a.intersect(b)).map(|both| both.len()).sum::<usize>()
    };
    first.iter().map(shared).sum()
}
