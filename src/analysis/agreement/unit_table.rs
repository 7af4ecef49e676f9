//! The raw data behind the figures: what each coder has made of each unit, for other programs to compute with.
//!
//! A code is a number: 0 for "nothing", then one per category in the order of the codebook, then one for each combination of
//! categories that a coder has put on one unit. A coder who has not worked on a document has no code there.

use std::collections::HashMap;
use std::sync::Arc;

use super::combinations::pairs;
use super::document_counts::labelled_units;
use super::matching::{self, TaggedSpan};
use super::question::Comparison;
use super::{Question, SegmentCache, Unit};
use demarche_model::{AnnotatorId, CategoryId, Document, DocumentId, Project, Text, TextRange};

/// The units of the compared documents with the code of each coder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitTable {
    /// The unit of the rows.
    pub unit: Unit,
    /// The coders of the columns.
    pub coders: Vec<AnnotatorId>,
    /// The categories of each code.
    pub codes: Vec<Vec<CategoryId>>,
    /// The rows, by document and place.
    pub rows: Vec<UnitRow>,
}

/// A unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitRow {
    /// Its document.
    pub document: DocumentId,
    /// Its number in the document, from 1.
    pub number: usize,
    /// Its first character.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
    /// The code of each coder; `None` for one who has not worked on the document or, in a row of passages, is not one of the
    /// two coders who are compared there.
    pub codes: Vec<Option<usize>>,
}

/// Returns the units behind the figures of a question: sentences or tokens, or the passages of each pair of coders as they
/// were matched. Characters have no table of their own and are answered with sentences.
pub fn unit_table(project: &Project, question: &Question, unit: Unit, segments: &SegmentCache) -> UnitTable {
    let project = &project.with_one_consensus();
    let comparison = Comparison::new(project, question);
    let unit = if unit == Unit::Character { Unit::Sentence } else { unit };
    let mut maker = Maker::new(&comparison);
    for document in project.documents().iter().filter(|document| question.includes(document.id())) {
        let Some(text) = &document.text else { continue };
        let present = comparison.present(document);
        if present.len() < 2 {
            continue;
        }
        let tagged: Vec<Vec<TaggedSpan<'_>>> =
            present.iter().map(|&who| comparison.spans(document, &comparison.annotators[who])).collect();
        maker.number = 0;
        match unit {
            Unit::Span => maker.passages((document, text), &present, &tagged),
            Unit::Sentence | Unit::Token | Unit::Document | Unit::Character => {
                let segments = segments.get(document, text);
                maker.units((document, text), &present, &tagged, segments.units(text, unit));
            }
        }
    }
    let categories = |code: &Vec<usize>| code.iter().map(|&at| comparison.categories[at].clone()).collect();
    UnitTable {
        unit,
        coders: question.annotators.clone(),
        codes: maker.codes.iter().map(categories).collect(),
        rows: maker.rows,
    }
}

struct Maker {
    coders: usize,
    categories: usize,
    /// The categories of each code, by their indices.
    codes: Vec<Vec<usize>>,
    numbers: HashMap<Vec<usize>, usize>,
    rows: Vec<UnitRow>,
    /// The number of the last unit of the document.
    number: usize,
}

impl Maker {
    fn new(comparison: &Comparison<'_>) -> Self {
        let categories = comparison.categories.len();
        let codes: Vec<Vec<usize>> =
            std::iter::once(Vec::new()).chain((0..categories).map(|category| vec![category])).collect();
        let numbers = codes.iter().cloned().zip(0..).collect();
        Self { coders: comparison.annotators.len(), categories, codes, numbers, rows: Vec::new(), number: 0 }
    }

    /// Returns the code of a set of categories, in ascending order.
    fn code(&mut self, categories: Vec<usize>) -> usize {
        if let Some(code) = self.numbers.get(&categories) {
            return *code;
        }
        self.codes.push(categories.clone());
        self.numbers.insert(categories, self.codes.len() - 1);
        self.codes.len() - 1
    }

    fn row(&mut self, (document, text): (&Document, &Text), range: TextRange, codes: Vec<Option<usize>>) {
        self.number += 1;
        self.rows.push(UnitRow {
            document: document.id().clone(),
            number: self.number,
            start: text.char_offset(range.start),
            end: text.char_offset(range.end),
            codes,
        });
    }

    /// Adds a row for each sentence or token.
    fn units(
        &mut self,
        (document, text): (&Document, &Arc<Text>),
        present: &[usize],
        tagged: &[Vec<TaggedSpan<'_>>],
        units: &[TextRange],
    ) {
        let mut labels: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new(); units.len()]; present.len()];
        for (spans, labels) in tagged.iter().zip(&mut labels) {
            let by_category = labelled_units(spans, units, self.categories);
            for (category, ranges) in by_category[..self.categories].iter().enumerate() {
                for &(first, after) in ranges {
                    labels[first as usize..after as usize].iter_mut().for_each(|label| label.push(category));
                }
            }
        }
        for (at, unit) in units.iter().enumerate() {
            let mut codes = vec![None; self.coders];
            for (coder, labels) in present.iter().zip(&mut labels) {
                codes[*coder] = Some(self.code(std::mem::take(&mut labels[at])));
            }
            self.row((document, text), *unit, codes);
        }
    }

    /// Adds the passages of each pair of coders, those that match in one row.
    fn passages(
        &mut self,
        (document, text): (&Document, &Arc<Text>),
        present: &[usize],
        tagged: &[Vec<TaggedSpan<'_>>],
    ) {
        for (a, b) in pairs(present.len()) {
            let (first, second) = (&tagged[a], &tagged[b]);
            let mut matches = matching::match_same_category(first, second);
            matching::match_across_categories(first, second, &mut matches);
            let (mut of_first, mut of_second) = (vec![None; first.len()], vec![true; second.len()]);
            for found in &matches {
                of_first[found.first] = Some(found.second);
                of_second[found.second] = false;
            }
            let both =
                first.iter().zip(of_first).map(|(one, other)| (Some(one), other.map(|at| &second[at])));
            let alone = second.iter().zip(of_second).filter(|(_, is_alone)| *is_alone);
            let mut rows: Vec<_> = both.chain(alone.map(|(other, _)| (None, Some(other)))).collect();
            let cover = |(one, other): &(Option<&TaggedSpan<'_>>, Option<&TaggedSpan<'_>>)| {
                one.or(*other).map(|tagged| tagged.span.ranges.cover())
            };
            rows.sort_by_key(|row| cover(row).map(|range| (range.start, range.end)));
            for row in rows {
                let Some(range) = cover(&row) else { continue };
                let mut codes = vec![None; self.coders];
                for (who, tagged) in [(a, row.0), (b, row.1)] {
                    codes[present[who]] = Some(tagged.map_or(0, |tagged| tagged.category + 1));
                }
                self.row((document, text), range, codes);
            }
        }
    }
}
