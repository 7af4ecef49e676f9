//! Relations between passages of one layer, by merging sorted ranges.
//!
//! Each relation asks whether another passage of a set exists, so each is answered by counts, or by the nearest or farthest
//! end among those that start on one side. No pairs are compared, except among passages of several ranges.

use foldhash::{HashMap as FastMap, HashMapExt};

use demarche_model::{Ranges, TextRange};

use super::super::ast::{Distance, Relation, Unit};
use super::segments::Segments;

/// The passages of a layer in the order of their starts, and those of them to which a relation is looked for.
pub(super) struct Others<'a> {
    /// The ranges of all passages, by start.
    passages: &'a [&'a Ranges],
    /// Which of them count as the other passage.
    counts: &'a [bool],
    segments: &'a Segments,
}

impl<'a> Others<'a> {
    /// The passages that count as the other one.
    pub fn new(passages: &'a [&'a Ranges], counts: &'a [bool], segments: &'a Segments) -> Self {
        Self { passages, counts, segments }
    }

    /// Keeps the passages that are in a relation to another one. Links are no relation of ranges: they keep nothing.
    pub fn retain(&self, relation: Relation, kept: &mut [bool]) {
        match relation {
            Relation::Overlaps => self.retain_overlapping(kept),
            Relation::Inside => self.retain_inside(kept),
            Relation::Contains => self.retain_containing(kept),
            Relation::Exact => self.retain_equal(kept),
            Relation::Near(distance) => self.retain_near(distance.unwrap_or(same(Unit::Paragraph)), kept),
            Relation::SameSentence => self.retain_near(same(Unit::Sentence), kept),
            Relation::SameParagraph => self.retain_near(same(Unit::Paragraph), kept),
            Relation::Before(distance) => {
                let starts = self.starts();
                self.retain_if(kept, |at| self.is_followed(at, &starts, distance));
            }
            Relation::After(distance) => {
                let ends = self.ends();
                self.retain_if(kept, |at| self.is_preceded(at, &ends, distance));
            }
            Relation::SameDocument => {
                let count = self.counts.iter().filter(|counts| **counts).count();
                self.retain_if(kept, |at| count > self.own(at));
            }
            Relation::Answers | Relation::AnsweredBy | Relation::Linked => kept.fill(false),
        }
    }

    fn retain_if(&self, kept: &mut [bool], mut holds: impl FnMut(usize) -> bool) {
        for (at, kept) in kept.iter_mut().enumerate() {
            *kept = *kept && holds(at);
        }
    }

    /// 1 if the passage itself is among those that count, so that it is not taken for another one.
    fn own(&self, at: usize) -> usize {
        usize::from(self.counts[at])
    }

    /// The passages that count, with their positions.
    fn counting(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Ranges)> {
        let all = self.passages.iter().copied().enumerate();
        all.filter(|(at, _)| self.counts[*at])
    }

    fn starts(&self) -> Vec<usize> {
        self.counting().map(|(_, ranges)| ranges.start()).collect()
    }

    fn ends(&self) -> Vec<usize> {
        sorted(self.counting().map(|(_, ranges)| ranges.end()))
    }

    fn retain_overlapping(&self, kept: &mut [bool]) {
        let starts = sorted(self.counting().flat_map(|(_, ranges)| ranges.iter().map(|r| r.start)));
        let ends = sorted(self.counting().flat_map(|(_, ranges)| ranges.iter().map(|r| r.end)));
        self.retain_if(kept, |at| {
            self.passages[at].iter().any(|range| overlapping(&starts, &ends, range) > self.own(at))
        });
    }

    fn retain_equal(&self, kept: &mut [bool]) {
        let mut counts: FastMap<&Ranges, usize> = FastMap::new();
        for (_, ranges) in self.counting() {
            *counts.entry(ranges).or_default() += 1;
        }
        self.retain_if(kept, |at| counts.get(self.passages[at]).copied().unwrap_or(0) > self.own(at));
    }

    /// Keeps the passages that are inside another one.
    fn retain_inside(&self, kept: &mut [bool]) {
        let mut ranges: Vec<(usize, usize, usize)> = self
            .counting()
            .flat_map(|(at, ranges)| ranges.iter().map(move |r| (r.start, r.end, at)))
            .collect();
        ranges.sort_unstable();
        let starts: Vec<usize> = ranges.iter().map(|range| range.0).collect();
        let farthest = running(ranges.iter().map(|&(_, end, at)| (end, at)), |a, b| a > b);
        let several = self.of_several_ranges();
        self.retain_if(kept, |at| {
            let cover = self.passages[at].cover();
            let earlier = starts.partition_point(|start| *start <= cover.start);
            let is_in_one =
                earlier > 0 && farthest[earlier - 1].other_than(at).is_some_and(|end| end >= cover.end);
            is_in_one || several.iter().any(|&other| other != at && self.is_inside(at, other))
        });
    }

    /// Keeps the passages that contain another one.
    fn retain_containing(&self, kept: &mut [bool]) {
        let starts = self.starts();
        let backwards = self.counting().rev().map(|(at, ranges)| (ranges.end(), at));
        let mut nearest = running(backwards, |a, b| a < b);
        nearest.reverse();
        let several = self.of_several_ranges();
        self.retain_if(kept, |at| {
            let has_in = |range: TextRange| {
                let later = nearest.get(starts.partition_point(|start| *start < range.start));
                later.and_then(|ends| ends.other_than(at)).is_some_and(|end| end <= range.end)
            };
            self.passages[at].iter().any(has_in)
                || several.iter().any(|&other| other != at && self.is_inside(other, at))
        });
    }

    fn retain_near(&self, distance: Distance, kept: &mut [bool]) {
        let (starts, ends) = (self.starts(), self.ends());
        self.retain_if(kept, |at| {
            overlapping(&starts, &ends, self.passages[at].cover()) > self.own(at)
                || self.is_followed(at, &starts, Some(distance))
                || self.is_preceded(at, &ends, Some(distance))
        });
    }

    /// True if one of the sorted starts is after a passage, at most so far away.
    fn is_followed(&self, at: usize, starts: &[usize], distance: Option<Distance>) -> bool {
        let cover = self.passages[at].cover();
        let next = starts.get(starts.partition_point(|start| *start < cover.end));
        next.is_some_and(|&start| self.is_within(cover, TextRange { start, end: start }, distance))
    }

    /// True if one of the sorted ends is before a passage, at most so far away.
    fn is_preceded(&self, at: usize, ends: &[usize], distance: Option<Distance>) -> bool {
        let cover = self.passages[at].cover();
        let earlier = ends.partition_point(|end| *end <= cover.start);
        let Some(&end) = earlier.checked_sub(1).and_then(|last| ends.get(last)) else { return false };
        self.is_within(TextRange { start: end, end }, cover, distance)
    }

    fn is_within(&self, before: TextRange, after: TextRange, distance: Option<Distance>) -> bool {
        distance.is_none_or(|distance| {
            let between = self.segments.between(before, after, distance.unit);
            u32::try_from(between).is_ok_and(|between| between <= distance.count)
        })
    }

    /// The passages of several ranges that count. Pairs of them are compared: a part of one may be in each part of another.
    fn of_several_ranges(&self) -> Vec<usize> {
        self.counting().filter(|(_, ranges)| ranges.count() > 1).map(|(at, _)| at).collect()
    }

    /// True if every range of one passage of several ranges is within a range of another.
    fn is_inside(&self, inner: usize, outer: usize) -> bool {
        let (inner, outer) = (self.passages[inner], self.passages[outer]);
        let is_covered =
            |range: TextRange| outer.iter().any(|wide| wide.start <= range.start && range.end <= wide.end);
        inner.count() > 1
            && outer.start() <= inner.start()
            && inner.end() <= outer.end()
            && inner.iter().all(is_covered)
    }
}

/// No unit between two passages.
fn same(unit: Unit) -> Distance {
    Distance { count: 0, unit }
}

fn sorted(offsets: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut offsets: Vec<usize> = offsets.collect();
    offsets.sort_unstable();
    offsets
}

/// Number of ranges, given their sorted starts and ends, that share a byte with a range.
fn overlapping(starts: &[usize], ends: &[usize], range: TextRange) -> usize {
    starts.partition_point(|start| *start < range.end) - ends.partition_point(|end| *end <= range.start)
}

/// The best end among some ranges, and the best of another passage.
#[derive(Clone, Copy)]
struct BestEnds {
    best: (usize, usize),
    second: Option<usize>,
}

impl BestEnds {
    /// The best end that is not of this passage.
    fn other_than(self, at: usize) -> Option<usize> {
        if self.best.1 == at { self.second } else { Some(self.best.0) }
    }
}

/// The best ends up to each range, given the end and the passage of each.
fn running(
    ranges: impl Iterator<Item = (usize, usize)>,
    is_better: impl Fn(usize, usize) -> bool,
) -> Vec<BestEnds> {
    let mut out: Vec<BestEnds> = Vec::new();
    for (end, at) in ranges {
        let next = match out.last() {
            None => BestEnds { best: (end, at), second: None },
            Some(last) if last.best.1 == at => {
                let best = if is_better(end, last.best.0) { end } else { last.best.0 };
                BestEnds { best: (best, at), second: last.second }
            }
            Some(last) if is_better(end, last.best.0) => {
                BestEnds { best: (end, at), second: Some(last.best.0) }
            }
            Some(last) => {
                let is_second = last.second.is_none_or(|second| is_better(end, second));
                BestEnds { best: last.best, second: if is_second { Some(end) } else { last.second } }
            }
        };
        out.push(next);
    }
    out
}
