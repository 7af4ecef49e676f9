//! Counts the units that have categories.

use foldhash::HashMap as FastMap;
use rayon::prelude::*;

use super::pairs::within;
use super::{Categories, TogetherOptions, UnitCounts};
use crate::bargain::{CategoryIndex, DocumentIndex, PassageIndex};
use crate::views::Look;

/// How many units have which categories.
#[derive(Default)]
pub(super) struct Units {
    /// Number of units of the counted documents.
    pub all: usize,
    with: FastMap<CategoryIndex, usize>,
    with_both: FastMap<Categories, usize>,
}

impl Units {
    pub fn count(
        look: &Look<'_>,
        options: &TogetherOptions,
        documents: &[(DocumentIndex, &[PassageIndex])],
    ) -> Self {
        let counted: Vec<DocumentIndex> = look.counted_documents().collect();
        let of_document = |units: Self, document: &DocumentIndex| {
            let place = documents.binary_search_by_key(document, |(document, _)| *document);
            let moves = place.map_or(&[][..], |place| documents[place].1);
            units.add(look, options, *document, moves)
        };
        counted.par_iter().fold(Self::default, of_document).reduce(Self::default, Self::and)
    }

    fn add(
        mut self,
        look: &Look<'_>,
        options: &TogetherOptions,
        document: DocumentIndex,
        moves: &[PassageIndex],
    ) -> Self {
        let text = look.document(document).and_then(|document| document.text.as_deref());
        let segments = (options.unit.segment().zip(text))
            .map(|(segment, text)| look.basis.sizes.segments(document, text, segment));
        self.all += segments.as_ref().map_or(1, |segments| segments.len());
        let mut in_units: Vec<(usize, CategoryIndex, PassageIndex)> = Vec::new();
        for index in moves {
            let passage = look.get(*index);
            match &segments {
                None => in_units.push((0, passage.category, *index)),
                Some(segments) => {
                    let found = passage.ranges.iter().filter_map(|range| within(segments, range));
                    let numbers = found.flat_map(|(first, last)| first..=last);
                    in_units.extend(numbers.map(|number| (number, passage.category, *index)));
                }
            }
        }
        in_units.sort_unstable();
        in_units.dedup();
        in_units.chunk_by(|one, other| one.0 == other.0).for_each(|unit| self.add_unit(unit));
        self
    }

    /// Adds a unit with its passages, sorted by category.
    fn add_unit(&mut self, unit: &[(usize, CategoryIndex, PassageIndex)]) {
        let of_categories: Vec<_> = unit.chunk_by(|one, other| one.1 == other.1).collect();
        for (at, of_a) in of_categories.iter().enumerate() {
            let a = of_a[0].1;
            *self.with.entry(a).or_default() += 1;
            if of_a.len() > 1 {
                *self.with_both.entry((a, a)).or_default() += 1;
            }
            for of_b in &of_categories[at + 1..] {
                *self.with_both.entry((a, of_b[0].1)).or_default() += 1;
            }
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.all += other.all;
        other.with.into_iter().for_each(|(category, count)| *self.with.entry(category).or_default() += count);
        for (categories, count) in other.with_both {
            *self.with_both.entry(categories).or_default() += count;
        }
        self
    }

    /// The units that have two categories.
    pub fn of_pair(&self, a: CategoryIndex, b: CategoryIndex) -> UnitCounts {
        let with = |category| self.with.get(&category).copied().unwrap_or(0);
        let both = self.with_both.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
        UnitCounts { a: with(a), b: with(b), both, all: self.all }
    }
}
