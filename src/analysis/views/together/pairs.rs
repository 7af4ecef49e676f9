//! Pairs of passages of a document that are together.

use std::collections::{BTreeMap, HashMap};

use super::{Categories, Found, TogetherOptions, TogetherUnit};
use crate::bargain::{DocumentIndex, PassageIndex};
use crate::views::Look;
use demarche_model::{Ranges, TextRange};

/// A stretch of a passage: where it begins and ends, in bytes or segments, both included, and the number of its passage.
type Stretch = (usize, usize, usize);

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
    let pairs = match options.unit {
        TogetherUnit::Exact => exact(look, moves),
        TogetherUnit::Inside => inside(look, moves),
        TogetherUnit::Overlapping => touching(bytes(look, moves)),
        TogetherUnit::Near | TogetherUnit::Sentence | TogetherUnit::Paragraph | TogetherUnit::Document => {
            touching(segments(look, options, document, moves))
        }
    };
    let mut by_categories: BTreeMap<Categories, Vec<(usize, usize)>> = BTreeMap::new();
    for (one, two) in pairs {
        let category = |number: usize| look.get(moves[number]).category;
        let (a, b) = (category(one), category(two));
        let categories = if a <= b || options.unit.is_directed() { (a, b) } else { (b, a) };
        by_categories.entry(categories).or_default().push((one, two));
    }
    let found = |pairs: Vec<(usize, usize)>| Found {
        places: stretches(&pairs),
        passages: pairs.iter().flat_map(|(one, two)| [moves[*one], moves[*two]]).collect(),
        pairs: pairs.len(),
    };
    by_categories.into_iter().map(|(categories, pairs)| (categories, found(pairs))).collect()
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

/// The pairs of passages of which stretches touch, the earlier first, each once.
fn touching(mut stretches: Vec<Stretch>) -> Vec<(usize, usize)> {
    stretches.sort_unstable();
    let mut active: Vec<Stretch> = Vec::new();
    let mut pairs = Vec::new();
    for stretch in stretches {
        active.retain(|earlier| earlier.1 >= stretch.0);
        let others = active.iter().map(|earlier| earlier.2).filter(|other| *other != stretch.2);
        pairs.extend(others.map(|other| (other.min(stretch.2), other.max(stretch.2))));
        active.push(stretch);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs of passages with the same ranges.
fn exact(look: &Look<'_>, moves: &[PassageIndex]) -> Vec<(usize, usize)> {
    let mut alike: HashMap<&Ranges, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (number, index) in moves.iter().enumerate() {
        let earlier = alike.entry(&look.get(*index).ranges).or_default();
        pairs.extend(earlier.iter().map(|other| (*other, number)));
        earlier.push(number);
    }
    pairs
}

/// The pairs of which the first is wholly inside the second.
fn inside(look: &Look<'_>, moves: &[PassageIndex]) -> Vec<(usize, usize)> {
    let is_inside =
        |(one, two): &(usize, usize)| is_inside(&look.get(moves[*one]).ranges, &look.get(moves[*two]).ranges);
    let both = touching(bytes(look, moves)).into_iter().flat_map(|(one, two)| [(one, two), (two, one)]);
    both.filter(is_inside).collect()
}

/// True if every range is inside one of `outer`. Equal ranges are.
fn is_inside(ranges: &Ranges, outer: &Ranges) -> bool {
    ranges.iter().all(|range| outer.iter().any(|outer| outer.start <= range.start && range.end <= outer.end))
}

/// Number of stretches that pairs connect.
fn stretches(pairs: &[(usize, usize)]) -> usize {
    let mut root: HashMap<usize, usize> = HashMap::new();
    let mut joined = 0;
    for (one, two) in pairs {
        let (one, two) = (find(&mut root, *one), find(&mut root, *two));
        if one != two {
            root.insert(one, two);
            joined += 1;
        }
    }
    root.len() - joined
}

fn find(root: &mut HashMap<usize, usize>, mut at: usize) -> usize {
    while let Some(next) = root.get(&at).copied().filter(|next| *next != at) {
        let above = root.get(&next).copied().unwrap_or(next);
        root.insert(at, above);
        at = next;
    }
    root.entry(at).or_insert(at);
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_connected() {
        assert_eq!(stretches(&[]), 0);
        assert_eq!(stretches(&[(0, 1), (2, 3)]), 2);
        assert_eq!(stretches(&[(0, 1), (2, 3), (1, 2), (0, 3)]), 1);
    }

    #[test]
    fn touching_pairs_are_found_once() {
        // The first passage has two stretches around the second.
        assert_eq!(touching(vec![(0, 5, 0), (8, 12, 0), (4, 9, 1), (13, 14, 2)]), [(0, 1)]);
        assert_eq!(within(&[TextRange::new(0, 4), TextRange::new(5, 9)], TextRange::new(4, 5)), None);
        assert_eq!(within(&[TextRange::new(0, 4), TextRange::new(5, 9)], TextRange::new(3, 6)), Some((0, 1)));
    }
}
