//! Which span of one annotator is which span of another.
//!
//! Spans are matched one to one: first those of one category with the same ranges; then those of one category that overlap,
//! those that share most of what they cover first; for the confusion matrix last those of different categories, likewise.
//! The result is the same whichever annotator comes first.

use std::cmp::Ordering;

use demarche_model::{Ranges, Span};

/// A span with the number of its category among those that are compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tagged<'a> {
    pub category: usize,
    pub span: &'a Span,
}

impl<'a> Tagged<'a> {
    /// What lists of spans are sorted by.
    pub fn key(&self) -> (usize, &'a Ranges) {
        (self.category, &self.span.ranges)
    }
}

/// Two spans that belong together, by their places in the two lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Match {
    pub first: usize,
    pub second: usize,
    /// Whether the ranges are the same.
    pub exact: bool,
}

/// Matches spans of one category. Both lists are sorted by [`Tagged::key`].
pub(super) fn within(first: &[Tagged<'_>], second: &[Tagged<'_>]) -> Vec<Match> {
    let mut matches = Vec::new();
    let mut next = 0;
    for (place, span) in first.iter().enumerate() {
        next += second[next..].iter().take_while(|other| other.key() < span.key()).count();
        if second.get(next).is_some_and(|other| other.key() == span.key()) {
            matches.push(Match { first: place, second: next, exact: true });
            next += 1;
        }
    }
    overlapping(first, second, &mut matches, |a, b| a == b);
    matches
}

/// Adds the matches of spans of different categories to those [within](within) categories.
pub(super) fn across(first: &[Tagged<'_>], second: &[Tagged<'_>], matches: &mut Vec<Match>) {
    overlapping(first, second, matches, |a, b| a != b);
}

/// Two spans that overlap, and how much.
struct Candidate<'a> {
    at: (usize, usize),
    /// Bytes that both cover of those that either does; compared before all else.
    share: f64,
    /// The ranges of the two, the lesser first, so that it does not matter whose they are.
    ranges: (&'a Ranges, &'a Ranges),
}

/// Matches spans that are free and overlap, best ones first, where `fit` says that their categories may be matched.
fn overlapping(
    first: &[Tagged<'_>],
    second: &[Tagged<'_>],
    matches: &mut Vec<Match>,
    fit: impl Fn(usize, usize) -> bool,
) {
    let mut taken = (vec![false; first.len()], vec![false; second.len()]);
    for found in matches.iter() {
        (taken.0[found.first], taken.1[found.second]) = (true, true);
    }
    let free = |list: &[Tagged<'_>], taken: &[bool]| {
        let mut free: Vec<usize> = (0..list.len()).filter(|&place| !taken[place]).collect();
        free.sort_unstable_by_key(|&place| list[place].span.ranges.start());
        free
    };
    let mut candidates = Vec::new();
    each_overlap(first, second, free(first, &taken.0), free(second, &taken.1), |a, b| {
        if fit(first[a].category, second[b].category) {
            candidates.extend(candidate(first, second, (a, b)));
        }
    });
    candidates.sort_unstable_by(best_first);
    for Candidate { at: (a, b), ranges, .. } in candidates {
        if !taken.0[a] && !taken.1[b] {
            (taken.0[a], taken.1[b]) = (true, true);
            matches.push(Match { first: a, second: b, exact: ranges.0 == ranges.1 });
        }
    }
}

fn best_first(a: &Candidate<'_>, b: &Candidate<'_>) -> Ordering {
    b.share.total_cmp(&a.share).then_with(|| a.ranges.cmp(&b.ranges)).then_with(|| a.at.cmp(&b.at))
}

fn candidate<'a>(first: &[Tagged<'a>], second: &[Tagged<'a>], at: (usize, usize)) -> Option<Candidate<'a>> {
    let (a, b) = (&first[at.0].span.ranges, &second[at.1].span.ranges);
    let shared = shared_bytes(a, b);
    let covered = bytes(a) + bytes(b) - shared;
    (shared > 0).then(|| Candidate {
        at,
        share: shared as f64 / covered as f64,
        ranges: if a <= b { (a, b) } else { (b, a) },
    })
}

/// Hands over every two spans whose covers overlap; `a` and `b` hold places by start.
fn each_overlap(
    first: &[Tagged<'_>],
    second: &[Tagged<'_>],
    a: Vec<usize>,
    b: Vec<usize>,
    mut each: impl FnMut(usize, usize),
) {
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    // Those that have begun and may not have ended yet.
    let (mut open_a, mut open_b): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let start = |list: &[Tagged<'_>], place: Option<&usize>| {
            place.map_or(usize::MAX, |&place| list[place].span.ranges.start())
        };
        if start(first, a.peek()) <= start(second, b.peek()) {
            let Some(place) = a.next() else { return };
            let begin = first[place].span.ranges.start();
            open_b.retain(|&other| second[other].span.ranges.end() > begin);
            open_b.iter().for_each(|&other| each(place, other));
            open_a.push(place);
        } else {
            let Some(place) = b.next() else { return };
            let begin = second[place].span.ranges.start();
            open_a.retain(|&other| first[other].span.ranges.end() > begin);
            open_a.iter().for_each(|&other| each(other, place));
            open_b.push(place);
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
