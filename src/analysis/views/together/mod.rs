//! Co-occurrence: which categories are found together.

mod answer;
mod groups;
mod pairs;
mod units;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::sizes::Segment;
use super::statistics::{expected, phi};
use super::{Answer, Look};
use crate::bargain::{CategoryIndex, DocumentIndex, PassageIndex, PassageSet};
use crate::codes::codes;
use pairs::Pairs;
use units::Units;

/// What the view of co-occurrence is asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TogetherOptions {
    /// When two passages are together.
    pub unit: TogetherUnit,
    /// Greatest number of words between two passages that are near each other.
    pub near_words: usize,
}

impl Default for TogetherOptions {
    fn default() -> Self {
        Self { unit: TogetherUnit::default(), near_words: 10 }
    }
}

/// When two passages of a document are together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum TogetherUnit {
    /// They have the same ranges.
    Exact,
    /// The first is wholly inside the second. Rows are inside columns.
    Inside,
    /// They share a character.
    #[default]
    Overlapping,
    /// Few words are between them.
    Near,
    /// They share a sentence.
    Sentence,
    /// They share a paragraph.
    Paragraph,
    /// They are in the same document.
    Document,
}

codes! {
    TogetherUnit {
        Exact = "exact",
        Inside = "inside",
        Overlapping = "overlapping",
        Near = "near",
        Sentence = "same-sentence",
        Paragraph = "same-paragraph",
        Document = "same-document",
    }
}

impl TogetherUnit {
    /// The segments of text that can be counted.
    fn segment(self) -> Option<Segment> {
        match self {
            Self::Sentence => Some(Segment::Sentence),
            Self::Paragraph => Some(Segment::Paragraph),
            Self::Near => Some(Segment::Word),
            Self::Exact | Self::Inside | Self::Overlapping | Self::Document => None,
        }
    }

    /// True if passages that are together share characters.
    pub fn is_of_overlaps(self) -> bool {
        matches!(self, Self::Exact | Self::Inside | Self::Overlapping)
    }

    /// True if there are units that have a category or not.
    pub fn has_units(self) -> bool {
        match self {
            Self::Sentence | Self::Paragraph | Self::Document => true,
            Self::Exact | Self::Inside | Self::Overlapping | Self::Near => false,
        }
    }

    /// True if the first of a pair is another one than the second.
    pub fn is_directed(self) -> bool {
        self == Self::Inside
    }
}

/// Which categories are found together, among the moves that pass.
#[derive(Clone, PartialEq, Debug)]
pub struct TogetherView {
    /// What it was asked.
    pub options: TogetherOptions,
    /// The categories that occur, in the order of the codebook.
    pub categories: Vec<CategoryIndex>,
    /// The pairs of categories that are found together, in the order of the codebook.
    pub pairs: Vec<Together>,
    /// Number of units, if there are any.
    pub units: Option<usize>,
    answer: Answer,
}

/// Two categories that are found together.
#[derive(Clone, PartialEq, Debug)]
pub struct Together {
    /// The first, which is inside the second if the unit says so.
    pub a: CategoryIndex,
    /// The second.
    pub b: CategoryIndex,
    /// Number of pairs of passages.
    pub pairs: usize,
    /// Number of connected stretches of such pairs.
    pub places: usize,
    /// The passages of the pairs.
    pub passages: Arc<PassageSet>,
    /// How many units have them.
    pub units: Option<UnitCounts>,
}

/// How many units have two categories.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnitCounts {
    /// The first.
    pub a: usize,
    /// The second.
    pub b: usize,
    /// Both; two passages if they are one category.
    pub both: usize,
    /// Number of units.
    pub all: usize,
}

impl Together {
    /// Units with both, divided by units with either.
    pub fn jaccard(&self) -> Option<f64> {
        let units = self.units?;
        let either = if self.a == self.b { units.a } else { units.a + units.b - units.both };
        (either > 0).then(|| units.both as f64 / either as f64)
    }

    /// The φ coefficient; `None` for a category with itself.
    pub fn phi(&self) -> Option<f64> {
        let units = self.units.filter(|_| self.a != self.b)?;
        phi(units.both, units.a, units.b, units.all)
    }

    /// Number of units with both, if the two had nothing to do with each other; `None` for a category with itself.
    pub fn expected(&self) -> Option<f64> {
        let units = self.units.filter(|_| self.a != self.b)?;
        expected(units.a, units.b, units.all)
    }
}

/// A pair of categories.
type Categories = (CategoryIndex, CategoryIndex);

impl TogetherView {
    /// Finds the pairs of moves that pass. Those whose place is lost are left out.
    pub fn of(look: &Look<'_>, options: TogetherOptions) -> Self {
        let placed = look.moves().filter(|(_, passage)| !passage.has_no_place);
        let placed: Vec<(DocumentIndex, PassageIndex)> =
            placed.map(|(index, passage)| (passage.document, index)).collect();
        let moves: Vec<PassageIndex> = placed.iter().map(|(_, index)| *index).collect();
        let documents = by_document(&placed, &moves);
        let add = |mut pairs: Pairs, (document, moves): &(DocumentIndex, &[PassageIndex])| {
            pairs.add(look, &options, *document, moves);
            pairs
        };
        let found: Vec<Pairs> = documents.par_iter().fold(Pairs::default, add).collect();
        let mut all: BTreeMap<Categories, ([usize; 2], Vec<PassageIndex>)> = BTreeMap::new();
        for (categories, counts, passages) in found.iter().flat_map(Pairs::all) {
            let sum = all.entry(categories).or_default();
            sum.0.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            sum.1.extend_from_slice(passages);
        }
        let units = options.unit.has_units().then(|| Units::count(look, &options, &documents));
        let mut categories: Vec<CategoryIndex> =
            moves.iter().map(|index| look.get(*index).category).collect();
        categories.sort_unstable();
        categories.dedup();
        let pair =
            |((a, b), ([pairs, places], passages)): (Categories, ([usize; 2], Vec<PassageIndex>))| Together {
                a,
                b,
                pairs,
                places,
                passages: Arc::new(PassageSet::of_slice(&passages)),
                units: units.as_ref().map(|units| units.of_pair(a, b)),
            };
        let mut view = Self {
            options,
            categories,
            pairs: all.into_iter().map(pair).collect(),
            units: units.as_ref().map(|units| units.all),
            answer: Answer::default(),
        };
        view.answer = view.make_answer(look);
        view
    }

    /// What the view says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The pair of two categories, in either order unless the first is inside the second.
    pub fn pair(&self, a: CategoryIndex, b: CategoryIndex) -> Option<&Together> {
        let is_either = |pair: &&Together| {
            (pair.a, pair.b) == (a, b) || !self.options.unit.is_directed() && (pair.a, pair.b) == (b, a)
        };
        self.pairs.iter().find(is_either)
    }
}

/// The moves of each document; those of one follow each other.
fn by_document<'m>(
    placed: &[(DocumentIndex, PassageIndex)],
    moves: &'m [PassageIndex],
) -> Vec<(DocumentIndex, &'m [PassageIndex])> {
    let mut start = 0;
    let of_document = |part: &[(DocumentIndex, PassageIndex)]| {
        let moves = &moves[start..start + part.len()];
        start += part.len();
        (part[0].0, moves)
    };
    placed.chunk_by(|one, other| one.0 == other.0).map(of_document).collect()
}
