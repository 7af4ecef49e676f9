//! Counts the units that have categories.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::pairs::within;
use super::{Categories, TogetherOptions, UnitCounts};
use crate::bargain::{CategoryIndex, DocumentIndex, PassageIndex};
use crate::views::Look;

/// How many units have which categories.
#[derive(Default)]
pub(super) struct Units {
    /// Number of units of the counted documents.
    pub all: usize,
    with: HashMap<CategoryIndex, usize>,
    with_both: HashMap<Categories, usize>,
}

impl Units {
    pub fn count(
        look: &Look<'_>,
        options: &TogetherOptions,
        documents: &BTreeMap<DocumentIndex, Vec<PassageIndex>>,
    ) -> Self {
        let mut units = Self::default();
        for document in look.counted_documents() {
            let moves = documents.get(&document).map_or(&[][..], Vec::as_slice);
            units.add(look, options, document, moves);
        }
        units
    }

    fn add(
        &mut self,
        look: &Look<'_>,
        options: &TogetherOptions,
        document: DocumentIndex,
        moves: &[PassageIndex],
    ) {
        let text = look.document(document).and_then(|document| document.text.as_deref());
        let segments = options
            .unit
            .segment()
            .zip(text)
            .map(|(segment, text)| look.basis.sizes.segments(document, text, segment));
        self.all += segments.as_ref().map_or(1, |segments| segments.len());
        // The passages of each category in each unit.
        let mut in_units: BTreeMap<usize, BTreeMap<CategoryIndex, BTreeSet<PassageIndex>>> = BTreeMap::new();
        for index in moves {
            let passage = look.get(*index);
            let numbers: BTreeSet<usize> = match &segments {
                None => [0].into(),
                Some(segments) => {
                    let found = passage.ranges.iter().filter_map(|range| within(segments, range));
                    found.flat_map(|(first, last)| first..=last).collect()
                }
            };
            for number in numbers {
                in_units.entry(number).or_default().entry(passage.category).or_default().insert(*index);
            }
        }
        in_units.values().for_each(|categories| self.add_unit(categories));
    }

    fn add_unit(&mut self, categories: &BTreeMap<CategoryIndex, BTreeSet<PassageIndex>>) {
        for (a, of_a) in categories {
            *self.with.entry(*a).or_default() += 1;
            for (b, _) in categories.range(a..).filter(|(b, _)| *b != a || of_a.len() > 1) {
                *self.with_both.entry((*a, *b)).or_default() += 1;
            }
        }
    }

    /// The units that have two categories.
    pub fn of_pair(&self, a: CategoryIndex, b: CategoryIndex) -> UnitCounts {
        let with = |category| self.with.get(&category).copied().unwrap_or(0);
        let both = self.with_both.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
        UnitCounts { a: with(a), b: with(b), both, all: self.all }
    }
}
