//! Pairs of passages of a document that are together.

use std::collections::{HashMap, HashSet};

use super::groups::{Groups, Members};
use super::{Categories, TogetherOptions, TogetherUnit};
use crate::bargain::{CategoryIndex, DocumentIndex, PassageIndex};
use crate::views::Look;
use demarche_model::{Ranges, TextRange};

/// A stretch of a passage: where it begins and ends, in bytes or segments, both included, and the number of its passage.
type Stretch = (usize, usize, usize);

/// A pair of passages, by their number in the document.
type Pair = (u32, u32);

/// The pairs of some documents by categories.
#[derive(Default)]
pub(super) struct Pairs {
    found: Vec<Found>,
    passages: Vec<PassageIndex>,
}

/// What a document has of a pair of categories.
struct Found {
    categories: Categories,
    pairs: usize,
    places: usize,
    /// Where its passages end in the list of all.
    end: usize,
}

impl Pairs {
    /// Adds the pairs of a document.
    pub fn add(
        &mut self,
        look: &Look<'_>,
        options: &TogetherOptions,
        document: DocumentIndex,
        moves: &[PassageIndex],
    ) {
        let mut sorted = Sorted::of(look, moves, options.unit.is_directed());
        match options.unit {
            TogetherUnit::Exact => exact(look, moves, |pair| sorted.add(pair)),
            TogetherUnit::Inside => inside(look, moves, |pair| sorted.add(pair)),
            TogetherUnit::Overlapping => touching(bytes(look, moves), |pair| sorted.add(pair)),
            TogetherUnit::Near | TogetherUnit::Sentence | TogetherUnit::Paragraph => {
                touching(segments(look, options, document, moves), |pair| sorted.add(pair));
            }
            TogetherUnit::Document => return self.add_whole(&sorted, moves),
        }
        self.add_sorted(sorted, moves);
    }

    fn add_sorted(&mut self, sorted: Sorted, moves: &[PassageIndex]) {
        let mut groups = Groups::new(moves.len());
        sorted.for_each(|categories, pairs| {
            let places = groups.connect(pairs);
            self.passages.extend(groups.members.numbers().map(|number| moves[number]));
            self.push(categories, pairs.len(), places);
        });
    }

    /// Adds all pairs of a document, without listing them.
    fn add_whole(&mut self, sorted: &Sorted, moves: &[PassageIndex]) {
        let mut members = vec![Members::new(moves.len()); sorted.categories.len()];
        for (number, place) in sorted.place.iter().enumerate() {
            members[*place].add(number);
        }
        for (at, (a, of_a)) in sorted.categories.iter().zip(&members).enumerate() {
            for (b, of_b) in sorted.categories.iter().zip(&members).skip(at) {
                let pairs = if a == b { of_a.len() * (of_a.len() - 1) / 2 } else { of_a.len() * of_b.len() };
                if pairs > 0 {
                    self.passages.extend(of_a.union(of_b).numbers().map(|number| moves[number]));
                    self.push((*a, *b), pairs, 1);
                }
            }
        }
    }

    fn push(&mut self, categories: Categories, pairs: usize, places: usize) {
        self.found.push(Found { categories, pairs, places, end: self.passages.len() });
    }

    /// What each document has of each pair of categories, with its passages.
    pub fn all(&self) -> impl Iterator<Item = (Categories, [usize; 2], &[PassageIndex])> {
        let starts = std::iter::once(0).chain(self.found.iter().map(|found| found.end));
        starts.zip(&self.found).map(|(start, found)| {
            (found.categories, [found.pairs, found.places], &self.passages[start..found.end])
        })
    }
}

/// Pairs of the moves of a document, to be sorted by their categories.
struct Sorted {
    /// The categories of the document, in the order of the codebook.
    categories: Vec<CategoryIndex>,
    /// The place of the category of each move.
    place: Vec<usize>,
    is_directed: bool,
    /// The pairs, each with the number of its two categories.
    pairs: Vec<(u32, Pair)>,
}

impl Sorted {
    fn of(look: &Look<'_>, moves: &[PassageIndex], is_directed: bool) -> Self {
        let all: Vec<CategoryIndex> = moves.iter().map(|index| look.get(*index).category).collect();
        let mut categories = all.clone();
        categories.sort_unstable();
        categories.dedup();
        let place = all.iter().map(|category| categories.binary_search(category).unwrap_or(0)).collect();
        Self { categories, place, is_directed, pairs: Vec::new() }
    }

    fn add(&mut self, (one, two): Pair) {
        let (a, b) = (self.place[one as usize], self.place[two as usize]);
        let (a, b) = if a <= b || self.is_directed { (a, b) } else { (b, a) };
        let key = u32::try_from(a * self.categories.len() + b).unwrap_or(u32::MAX);
        self.pairs.push((key, (one, two)));
    }

    /// The pairs of each two categories, in the order of the codebook.
    fn for_each(self, mut each: impl FnMut(Categories, &[Pair])) {
        let count = self.categories.len();
        let mut ends = vec![0_u32; count * count];
        self.pairs.iter().for_each(|(key, _)| ends[*key as usize] += 1);
        let mut sum = 0;
        for end in &mut ends {
            // Where the pairs of the key begin, until they are placed.
            (*end, sum) = (sum, sum + *end);
        }
        let mut pairs = vec![(0, 0); self.pairs.len()];
        for (key, pair) in &self.pairs {
            let end = &mut ends[*key as usize];
            pairs[*end as usize] = *pair;
            *end += 1;
        }
        let mut start = 0;
        for (at, end) in ends.into_iter().enumerate() {
            if start < end {
                let categories = (self.categories[at / count], self.categories[at % count]);
                each(categories, &pairs[start as usize..end as usize]);
                start = end;
            }
        }
    }
}

/// The ranges of each passage, in bytes.
fn bytes(look: &Look<'_>, moves: &[PassageIndex]) -> Vec<Stretch> {
    let of = |(number, index): (usize, &PassageIndex)| {
        let ranges = look.get(*index).ranges.iter();
        ranges.map(move |range| (range.start, range.end.saturating_sub(1), number)).collect::<Vec<_>>()
    };
    moves.iter().enumerate().flat_map(of).collect()
}

/// The segments of each passage. Of passages that are near each other, the covering stretch counts, and reaches so many words
/// further.
fn segments(
    look: &Look<'_>,
    options: &TogetherOptions,
    document: DocumentIndex,
    moves: &[PassageIndex],
) -> Vec<Stretch> {
    let text = look.document(document).and_then(|document| document.text.as_deref());
    let (Some(text), Some(segment)) = (text, options.unit.segment()) else { return Vec::new() };
    let segments = look.basis.sizes.segments(document, text, segment);
    let mut stretches = Vec::with_capacity(moves.len());
    for (number, index) in moves.iter().enumerate() {
        let ranges = &look.get(*index).ranges;
        if options.unit == TogetherUnit::Near {
            let found = within(&segments, ranges.cover());
            stretches.extend(found.map(|(first, last)| (first, last + 1 + options.near_words, number)));
        } else {
            let found = ranges.iter().filter_map(|range| within(&segments, range));
            stretches.extend(found.map(|(first, last)| (first, last, number)));
        }
    }
    stretches
}

/// The first and last segment that shares a character with a range.
pub(super) fn within(segments: &[TextRange], range: TextRange) -> Option<(usize, usize)> {
    let first = segments.partition_point(|segment| segment.end <= range.start);
    let after = segments.partition_point(|segment| segment.start < range.end);
    (first < after).then(|| (first, after - 1))
}

/// Adds the pairs of passages of which stretches touch, the lower number first, each once. The stretches of a passage follow
/// each other.
fn touching(mut stretches: Vec<Stretch>, mut add: impl FnMut(Pair)) {
    // Only passages of several stretches can meet more than once.
    let repeated = stretches.windows(2).filter(|pair| pair[0].2 == pair[1].2).map(|pair| pair[0].2);
    let several: HashSet<usize> = repeated.collect();
    let mut seen: HashSet<Pair> = HashSet::new();
    stretches.sort_unstable();
    let mut active: Vec<Stretch> = Vec::new();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    for stretch in stretches {
        active.retain(|earlier| earlier.1 >= stretch.0);
        for other in active.iter().map(|earlier| earlier.2).filter(|other| *other != stretch.2) {
            let pair = (number(other.min(stretch.2)), number(other.max(stretch.2)));
            let may_repeat =
                !several.is_empty() && (several.contains(&other) || several.contains(&stretch.2));
            if !may_repeat || seen.insert(pair) {
                add(pair);
            }
        }
        active.push(stretch);
    }
}

/// Adds the pairs of passages with the same ranges.
fn exact(look: &Look<'_>, moves: &[PassageIndex], mut add: impl FnMut(Pair)) {
    let mut alike: HashMap<&Ranges, Vec<u32>> = HashMap::new();
    for (number, index) in (0..).zip(moves) {
        let earlier = alike.entry(&look.get(*index).ranges).or_default();
        earlier.iter().for_each(|other| add((*other, number)));
        earlier.push(number);
    }
}

/// Adds the pairs of which the first is wholly inside the second.
fn inside(look: &Look<'_>, moves: &[PassageIndex], mut add: impl FnMut(Pair)) {
    let ranges = |number: u32| &look.get(moves[number as usize]).ranges;
    touching(bytes(look, moves), |(one, two)| {
        let both = [(one, two), (two, one)];
        both.into_iter()
            .filter(|(inner, outer)| is_inside(ranges(*inner), ranges(*outer)))
            .for_each(&mut add);
    });
}

/// True if every range is inside one of `outer`. Equal ranges are.
fn is_inside(ranges: &Ranges, outer: &Ranges) -> bool {
    ranges.iter().all(|range| outer.iter().any(|outer| outer.start <= range.start && range.end <= outer.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_pairs_are_found_once() {
        // The first passage has two stretches around the second.
        let mut pairs = Vec::new();
        touching(vec![(0, 5, 0), (8, 12, 0), (4, 9, 1), (13, 14, 2)], |pair| pairs.push(pair));
        assert_eq!(pairs, [(0, 1)]);
        assert_eq!(within(&[TextRange::new(0, 4), TextRange::new(5, 9)], TextRange::new(4, 5)), None);
        assert_eq!(within(&[TextRange::new(0, 4), TextRange::new(5, 9)], TextRange::new(3, 6)), Some((0, 1)));
    }
}
