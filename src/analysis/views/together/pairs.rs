//! Pairs of passages of a document that are together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Categories, Found, TogetherOptions, TogetherUnit};
use crate::bargain::{CategoryIndex, DocumentIndex, PassageIndex};
use crate::views::Look;
use demarche_model::{Ranges, TextRange};

/// A stretch of a passage: where it begins and ends, in bytes or segments, both included, and the number of its passage.
type Stretch = (usize, usize, usize);

/// A pair of passages, by their number in the document.
type Pair = (usize, usize);

/// The pairs of a document by categories.
pub(super) fn of_document(
    look: &Look<'_>,
    options: &TogetherOptions,
    document: DocumentIndex,
    moves: &[PassageIndex],
) -> BTreeMap<Categories, Found> {
    if options.unit == TogetherUnit::Document {
        return of_whole(look, moves);
    }
    let mut categories = Sorted::of(look, moves, options.unit.is_directed());
    match options.unit {
        TogetherUnit::Exact => exact(look, moves, |pair| categories.add(pair)),
        TogetherUnit::Inside => inside(look, moves, |pair| categories.add(pair)),
        TogetherUnit::Overlapping => touching(bytes(look, moves), |pair| categories.add(pair)),
        TogetherUnit::Near | TogetherUnit::Sentence | TogetherUnit::Paragraph | TogetherUnit::Document => {
            touching(segments(look, options, document, moves), |pair| categories.add(pair));
        }
    }
    categories.found(moves)
}

/// Pairs of the moves of a document, sorted by their categories.
struct Sorted {
    /// The categories of the document, in the order of the codebook.
    categories: Vec<CategoryIndex>,
    /// The place of the category of each move.
    place: Vec<usize>,
    is_directed: bool,
    /// By the places of two categories.
    pairs: Vec<Vec<Pair>>,
}

impl Sorted {
    fn of(look: &Look<'_>, moves: &[PassageIndex], is_directed: bool) -> Self {
        let of = |index: &PassageIndex| look.get(*index).category;
        let categories: BTreeSet<CategoryIndex> = moves.iter().map(of).collect();
        let categories: Vec<CategoryIndex> = categories.into_iter().collect();
        let place = moves.iter().map(|index| categories.binary_search(&of(index)).unwrap_or(0)).collect();
        let pairs = vec![Vec::new(); categories.len() * categories.len()];
        Self { categories, place, is_directed, pairs }
    }

    fn add(&mut self, (one, two): Pair) {
        let (a, b) = (self.place[one], self.place[two]);
        let (a, b) = if a <= b || self.is_directed { (a, b) } else { (b, a) };
        self.pairs[a * self.categories.len() + b].push((one, two));
    }

    fn found(self, moves: &[PassageIndex]) -> BTreeMap<Categories, Found> {
        let count = self.categories.len();
        let mut roots = Roots::new(moves.len());
        let mut all = BTreeMap::new();
        for (at, pairs) in self.pairs.iter().enumerate().filter(|(_, pairs)| !pairs.is_empty()) {
            let places = roots.stretches(pairs);
            let passages = roots.members().map(|number| moves[number]).collect();
            let categories = (self.categories[at / count], self.categories[at % count]);
            all.insert(categories, Found { pairs: pairs.len(), places, passages });
        }
        all
    }
}

/// All pairs of a document, without listing them.
fn of_whole(look: &Look<'_>, moves: &[PassageIndex]) -> BTreeMap<Categories, Found> {
    let mut by_category: BTreeMap<_, Vec<PassageIndex>> = BTreeMap::new();
    for index in moves {
        by_category.entry(look.get(*index).category).or_default().push(*index);
    }
    let mut all = BTreeMap::new();
    for (a, of_a) in &by_category {
        for (b, of_b) in by_category.range(a..) {
            let pairs = if a == b { of_a.len() * (of_a.len() - 1) / 2 } else { of_a.len() * of_b.len() };
            if pairs > 0 {
                let passages = of_a.iter().chain(of_b).copied().collect();
                all.insert((*a, *b), Found { pairs, places: 1, passages });
            }
        }
    }
    all
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

/// Adds the pairs of passages of which stretches touch, the lower number first, each once.
fn touching(mut stretches: Vec<Stretch>, mut add: impl FnMut(Pair)) {
    stretches.sort_unstable();
    let mut numbers: Vec<usize> = stretches.iter().map(|stretch| stretch.2).collect();
    numbers.sort_unstable();
    let several: BTreeSet<usize> =
        numbers.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    let mut active: Vec<Stretch> = Vec::new();
    // Only passages of several stretches can meet more than once.
    let mut seen: HashSet<Pair> = HashSet::new();
    for stretch in stretches {
        active.retain(|earlier| earlier.1 >= stretch.0);
        for other in active.iter().map(|earlier| earlier.2).filter(|other| *other != stretch.2) {
            let pair = (other.min(stretch.2), other.max(stretch.2));
            let may_repeat = !several.is_empty() && (several.contains(&pair.0) || several.contains(&pair.1));
            if !may_repeat || seen.insert(pair) {
                add(pair);
            }
        }
        active.push(stretch);
    }
}

/// Adds the pairs of passages with the same ranges.
fn exact(look: &Look<'_>, moves: &[PassageIndex], mut add: impl FnMut(Pair)) {
    let mut alike: HashMap<&Ranges, Vec<usize>> = HashMap::new();
    for (number, index) in moves.iter().enumerate() {
        let earlier = alike.entry(&look.get(*index).ranges).or_default();
        earlier.iter().for_each(|other| add((*other, number)));
        earlier.push(number);
    }
}

/// Adds the pairs of which the first is wholly inside the second.
fn inside(look: &Look<'_>, moves: &[PassageIndex], mut add: impl FnMut(Pair)) {
    let ranges = |number: usize| &look.get(moves[number]).ranges;
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

/// Connected groups of passages.
struct Roots {
    /// A passage of the same group, by number; [`NONE`] for those in no pair.
    above: Vec<u32>,
}

/// No passage.
const NONE: u32 = u32::MAX;

impl Roots {
    fn new(count: usize) -> Self {
        Self { above: vec![NONE; count] }
    }

    /// Connects the passages of these pairs alone, and returns the number of groups.
    fn stretches(&mut self, pairs: &[Pair]) -> usize {
        self.above.fill(NONE);
        let (mut members, mut joined) = (0, 0);
        for (one, two) in pairs {
            for number in [*one, *two] {
                if self.above[number] == NONE {
                    self.above[number] = u32::try_from(number).unwrap_or(NONE);
                    members += 1;
                }
            }
            let (one, two) = (self.find(*one), self.find(*two));
            if one != two {
                self.above[one as usize] = two;
                joined += 1;
            }
        }
        members - joined
    }

    fn find(&mut self, number: usize) -> u32 {
        let mut at = number;
        while self.above[at] as usize != at {
            let next = self.above[at] as usize;
            self.above[at] = self.above[next];
            at = next;
        }
        self.above[at]
    }

    /// The numbers of the passages that are in a group.
    fn members(&self) -> impl Iterator<Item = usize> + '_ {
        self.above.iter().enumerate().filter(|(_, above)| **above != NONE).map(|(number, _)| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_connected() {
        let mut roots = Roots::new(5);
        assert_eq!(roots.stretches(&[]), 0);
        assert_eq!(roots.stretches(&[(0, 1), (2, 3)]), 2);
        assert_eq!(roots.members().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(roots.stretches(&[(0, 1), (2, 3), (1, 2), (0, 3)]), 1);
        assert_eq!(roots.stretches(&[(4, 1)]), 1);
        assert_eq!(roots.members().collect::<Vec<_>>(), [1, 4]);
    }

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
