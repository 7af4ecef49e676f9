//! The counts of one document: all sums that the measures need.

use std::sync::Arc;

use super::alpha_u::{self, CharRange};
use super::label_sets::LabelSets;
use super::matching::{self, Match, TaggedSpan};
use super::pairs::pairs;
use super::question::Comparison;
use super::unit_ranges::{self, UnitRange};
use super::{SegmentCache, Unit};
use demarche_model::{Document, Text, TextRange, Value};

/// The counts of a document that at least two annotators have worked on.
pub(super) struct DocumentCounts<'a> {
    /// Indices of the annotators who have worked on it, in order.
    pub present: Vec<usize>,
    /// Length in characters.
    pub length: f64,
    /// Number of spans by category, per annotator present.
    pub spans: Vec<Vec<f64>>,
    /// One per pair of annotators present, in the order of [`pairs`].
    pub pairs: Vec<PairCount<'a>>,
    pub sentences: Option<UnitLabels>,
    pub tokens: Option<UnitLabels>,
    /// The document as one unit.
    pub whole: Option<UnitLabels>,
    /// The passages of the consensus, if the annotators are compared with it and something is settled.
    pub reference: Option<ReferenceCount>,
    /// Categories that at least one annotator has used, with their units in the running text.
    pub continua: Vec<CategoryUnits>,
}

/// The counts of a pair of annotators in a document.
#[derive(Default)]
pub(super) struct PairCount<'a> {
    /// Spans matched exactly, by category.
    pub exact: Vec<f64>,
    /// Spans matched by overlap alone, by category.
    pub partial: Vec<f64>,
    /// Categories given by the first and the second annotator, for each passage of either; `None` for an
    /// annotator without a match.
    pub cells: Vec<(Option<usize>, Option<usize>)>,
    /// Attribute values of spans matched in one category: index of the attribute, and the values of both
    /// annotators.
    pub attribute_values: Vec<(usize, Option<&'a Value>, Option<&'a Value>)>,
}

/// The consensus of a document, next to each annotator present.
pub(super) struct ReferenceCount {
    /// Number of its spans by category.
    pub spans: Vec<f64>,
    /// The spans matched with each annotator present.
    pub matched: Vec<MatchCount>,
}

/// Matched spans by category.
pub(super) struct MatchCount {
    /// Spans matched exactly.
    pub exact: Vec<f64>,
    /// Spans matched by overlap alone.
    pub partial: Vec<f64>,
}

/// The labels of sentences or tokens. Labels are category indices; one more stands for any category.
pub(super) struct UnitLabels {
    /// Number of units.
    pub units: f64,
    /// True for each annotator present who has put several categories on one unit.
    pub several: Vec<bool>,
    /// Number of units by label, per annotator present.
    pub labelled: Vec<Vec<f64>>,
    /// Number of units by label that both have given that label, per pair of annotators present.
    pub both: Vec<Vec<f64>>,
    /// The sets of categories, for sentences and tokens.
    pub sets: LabelSets,
}

/// The units of a category in the running text of a document.
pub(super) struct CategoryUnits {
    pub category: usize,
    /// Σ δ² over ordered pairs of annotators, divided by the number of annotators minus one.
    pub difference: f64,
    /// Lengths of all units, in characters.
    pub units: Vec<u32>,
    /// Lengths of all gaps, in characters.
    pub gaps: Vec<u32>,
}

/// The labels of a unit that carries categories.
pub(super) fn unit_labels<'c>(counted: &'c DocumentCounts<'_>, unit: Unit) -> Option<&'c UnitLabels> {
    match unit {
        Unit::Sentence => counted.sentences.as_ref(),
        Unit::Token => counted.tokens.as_ref(),
        Unit::Document => counted.whole.as_ref(),
        Unit::Span | Unit::Character => None,
    }
}

/// The sets of categories of all documents.
pub(super) fn label_sets<'c>(
    counted: &'c mut [DocumentCounts<'_>],
) -> impl Iterator<Item = &'c mut LabelSets> {
    let labels = counted.iter_mut().flat_map(|counted| [&mut counted.sentences, &mut counted.tokens]);
    labels.flatten().map(|labels| &mut labels.sets)
}

impl<'a> DocumentCounts<'a> {
    /// Counts a document. `None` if fewer than two of the annotators have worked on it.
    pub fn new(comparison: &Comparison<'a>, document: &'a Document, segments: &SegmentCache) -> Option<Self> {
        let text = document.text.as_ref()?;
        let present = comparison.present(document);
        if present.len() < 2 {
            return None;
        }
        let tagged: Vec<Vec<TaggedSpan<'a>>> =
            present.iter().map(|&who| comparison.spans(document, &comparison.annotators[who])).collect();
        let by_category = |spans: &Vec<TaggedSpan<'_>>| by_category(comparison, spans);
        let labels_of = |unit| {
            comparison.counts(unit).then(|| label_units(comparison, &tagged, document, text, unit, segments))
        };
        Some(Self {
            length: text.characters() as f64,
            spans: tagged.iter().map(by_category).collect(),
            pairs: if comparison.counts(Unit::Span) {
                pairs(present.len()).map(|(a, b)| count_pair(comparison, &tagged[a], &tagged[b])).collect()
            } else {
                Vec::new()
            },
            reference: count_reference(comparison, document, &tagged),
            sentences: labels_of(Unit::Sentence),
            tokens: labels_of(Unit::Token),
            whole: labels_of(Unit::Document),
            continua: if comparison.counts(Unit::Character) {
                unitize(comparison, &tagged, text)
            } else {
                Vec::new()
            },
            present,
        })
    }

    /// Position of an annotator among those present.
    pub fn position(&self, who: usize) -> Option<usize> {
        self.present.iter().position(|&present| present == who)
    }

    /// Index in `pairs` of the annotators at two positions.
    pub fn pair(&self, first: usize, second: usize) -> usize {
        // Those before `first` have one pair each with everyone after them.
        first * (2 * self.present.len() - first - 1) / 2 + second - first - 1
    }
}

fn by_category(comparison: &Comparison<'_>, spans: &[TaggedSpan<'_>]) -> Vec<f64> {
    let mut counts = vec![0.0; comparison.categories.len()];
    spans.iter().for_each(|span| counts[span.category] += 1.0);
    counts
}

/// Matches the spans of the consensus with those of each annotator present.
fn count_reference<'a>(
    comparison: &Comparison<'a>,
    document: &'a Document,
    tagged: &[Vec<TaggedSpan<'a>>],
) -> Option<ReferenceCount> {
    let consensus = comparison.reference.as_ref().filter(|_| comparison.counts(Unit::Span))?;
    if comparison.absence(document, consensus).is_some() {
        return None;
    }
    let spans = comparison.spans(document, consensus);
    let matched = |own: &Vec<TaggedSpan<'a>>| {
        let categories = comparison.categories.len();
        let mut count = MatchCount { exact: vec![0.0; categories], partial: vec![0.0; categories] };
        for found in matching::match_same_category(own, &spans) {
            let counts = if found.exact { &mut count.exact } else { &mut count.partial };
            counts[own[found.first].category] += 1.0;
        }
        count
    };
    Some(ReferenceCount {
        spans: by_category(comparison, &spans),
        matched: tagged.iter().map(matched).collect(),
    })
}

fn count_pair<'a>(
    comparison: &Comparison<'a>,
    first: &[TaggedSpan<'a>],
    second: &[TaggedSpan<'a>],
) -> PairCount<'a> {
    let categories = comparison.categories.len();
    let mut count =
        PairCount { exact: vec![0.0; categories], partial: vec![0.0; categories], ..PairCount::default() };
    let mut matches = matching::match_same_category(first, second);
    for found in &matches {
        let (a, b) = (first[found.first], second[found.second]);
        let counts = if found.exact { &mut count.exact } else { &mut count.partial };
        counts[a.category] += 1.0;
        for (index, attribute) in comparison.attributes.iter().enumerate().filter(|(_, a)| !a.is_text()) {
            if attribute.def.applies_to(&a.span.category) {
                let value_of = |tagged: TaggedSpan<'a>| tagged.span.attributes.get(&attribute.def.id);
                count.attribute_values.push((index, value_of(a), value_of(b)));
            }
        }
    }
    matching::match_across_categories(first, second, &mut matches);
    count.cells = cells(first, second, &matches);
    count
}

/// Returns the categories of matched spans, and of unmatched ones.
fn cells(
    first: &[TaggedSpan<'_>],
    second: &[TaggedSpan<'_>],
    matches: &[Match],
) -> Vec<(Option<usize>, Option<usize>)> {
    let (mut alone_a, mut alone_b) = (vec![true; first.len()], vec![true; second.len()]);
    let mut cells = Vec::with_capacity(first.len().max(second.len()));
    for found in matches {
        (alone_a[found.first], alone_b[found.second]) = (false, false);
        cells.push((Some(first[found.first].category), Some(second[found.second].category)));
    }
    let left = |list: &[TaggedSpan<'_>], alone: Vec<bool>| {
        let left = list.iter().zip(alone).filter(|(_, alone)| *alone);
        left.map(|(tagged, _)| tagged.category).collect::<Vec<_>>()
    };
    cells.extend(left(first, alone_a).into_iter().map(|category| (Some(category), None)));
    cells.extend(left(second, alone_b).into_iter().map(|category| (None, Some(category))));
    cells
}

fn label_units(
    comparison: &Comparison<'_>,
    tagged: &[Vec<TaggedSpan<'_>>],
    document: &Document,
    text: &Arc<Text>,
    unit: Unit,
    segments: &SegmentCache,
) -> UnitLabels {
    let segments = segments.get(document, text);
    let units = segments.units(text, unit);
    let labels: Vec<Vec<Vec<UnitRange>>> =
        tagged.iter().map(|spans| labelled_units(spans, units, comparison.categories.len())).collect();
    let counts = |labels: &Vec<Vec<UnitRange>>| -> Vec<f64> {
        labels.iter().map(|label| f64::from(unit_ranges::count(label))).collect()
    };
    let labelled: Vec<Vec<f64>> = labels.iter().map(counts).collect();
    let both = |(a, b): (usize, usize)| -> Vec<f64> {
        let both = labels[a].iter().zip(&labels[b]);
        both.map(|(a, b)| f64::from(unit_ranges::count(&unit_ranges::intersection(a, b)))).collect()
    };
    let categories = comparison.categories.len();
    let single: Vec<&[Vec<UnitRange>]> = labels.iter().map(|labels| &labels[..categories]).collect();
    let sets =
        if unit == Unit::Document { LabelSets::default() } else { LabelSets::new(&single, categories) };
    let several = |counts: &Vec<f64>| {
        counts.split_last().is_some_and(|(any, labels)| labels.iter().sum::<f64>() > *any)
    };
    UnitLabels {
        units: units.len() as f64,
        several: labelled.iter().map(several).collect(),
        both: pairs(labels.len()).map(both).collect(),
        labelled,
        sets,
    }
}

/// Returns the units that carry each category, and finally those that carry any, for one annotator.
pub(super) fn labelled_units(
    spans: &[TaggedSpan<'_>],
    units: &[TextRange],
    categories: usize,
) -> Vec<Vec<UnitRange>> {
    let mut labels = vec![Vec::new(); categories + 1];
    for span in spans {
        labels[span.category].extend(unit_ranges::touched_units(span.span, units));
    }
    labels[categories] = labels[..categories].concat();
    labels.into_iter().map(unit_ranges::normalise).collect()
}

/// Collects the continua of the categories that occur.
fn unitize(comparison: &Comparison<'_>, tagged: &[Vec<TaggedSpan<'_>>], text: &Text) -> Vec<CategoryUnits> {
    let length = saturating_u32(text.characters());
    let mut units: Vec<Vec<Vec<CharRange>>> =
        vec![vec![Vec::new(); tagged.len()]; comparison.categories.len()];
    for (annotator, spans) in tagged.iter().enumerate() {
        for span in spans {
            let stretches = span.span.ranges.iter().map(|range| {
                (saturating_u32(text.char_offset(range.start)), saturating_u32(text.char_offset(range.end)))
            });
            units[span.category][annotator].extend(stretches);
        }
    }
    let used = units.into_iter().enumerate().filter(|(_, units)| units.iter().any(|units| !units.is_empty()));
    let unitized = used.map(|(category, units)| {
        let units: Vec<Vec<CharRange>> = units.into_iter().map(merge_overlapping).collect();
        let difference =
            pairs(units.len()).map(|(a, b)| 2.0 * alpha_u::difference(&units[a], &units[b])).sum::<f64>();
        CategoryUnits {
            category,
            difference: difference / (units.len() as f64 - 1.0),
            gaps: units.iter().flat_map(|units| alpha_u::gaps(units, length)).collect(),
            units: units.iter().flatten().map(|unit| unit.1 - unit.0).collect(),
        }
    });
    unitized.collect()
}

/// Sorts ranges and merges those that overlap; adjacent ones stay separate.
fn merge_overlapping(mut stretches: Vec<CharRange>) -> Vec<CharRange> {
    stretches.sort_unstable();
    stretches.dedup_by(|next, last| {
        let joins = next.0 < last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
    stretches
}

/// A text of more than 4 GB can't be opened, so this never saturates.
fn saturating_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
