//! The counts of one document: all sums that the measures need.

use std::sync::Arc;

use super::combinations;
use super::continua::Continua;
use super::drawn_link::DrawnLink;
use super::label_sets::LabelSets;
use super::matching::{self, Match, TaggedSpan};
use super::question::Comparison;
use super::unit_ranges::{self, UnitRange};
use super::{SegmentCache, Unit};
use demarche_model::{Document, DocumentId, SpanId, Text, TextRange, Value};

/// The counts of a document that at least two annotators have worked on.
pub(super) struct DocumentCounts<'a> {
    pub id: &'a DocumentId,
    /// Indices of the annotators who have worked on it, in order.
    pub present: Vec<usize>,
    /// Number of spans by category, per annotator present.
    pub spans: Vec<Vec<f64>>,
    /// The spans of the annotators present, from which those of a pair are matched when their figures are computed: a hundred
    /// annotators make thousands of pairs, whose counts would not fit into memory together.
    tagged: Vec<Vec<TaggedSpan<'a>>>,
    /// The links of the annotators present.
    links: Vec<Vec<DrawnLink<'a>>>,
    pub sentences: Option<UnitLabels>,
    pub tokens: Option<UnitLabels>,
    /// The document as one unit.
    pub whole: Option<UnitLabels>,
    /// The passages of the consensus, if the annotators are compared with it and something is settled.
    pub reference: Option<ReferenceCount>,
    /// Units in the running text.
    pub continua: Option<Continua>,
}

/// The counts of a pair of annotators in a document, who may both be missing there.
#[derive(Default)]
pub(super) struct PairCount<'a> {
    /// Spans matched exactly, by category.
    pub exact: Vec<f64>,
    /// Spans matched by overlap alone, by category.
    pub partial: Vec<f64>,
    /// Spans of the first and the second annotator that are matched in one category.
    pub alike: Vec<(SpanId, SpanId)>,
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
    /// Number of units by label that two annotators have given that label, summed over all pairs.
    pub shared: Vec<f64>,
    /// The units of each label, per annotator present.
    ranges: Vec<Vec<Vec<UnitRange>>>,
    /// The sets of categories, for sentences and tokens.
    pub sets: LabelSets,
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
            spans: tagged.iter().map(by_category).collect(),
            reference: count_reference(comparison, document, &tagged),
            sentences: labels_of(Unit::Sentence),
            tokens: labels_of(Unit::Token),
            whole: labels_of(Unit::Document),
            continua: comparison
                .counts(Unit::Character)
                .then(|| Continua::new(comparison.categories.len(), &tagged, text)),
            links: present.iter().map(|&who| comparison.links(document, who)).collect(),
            id: document.id(),
            present,
            tagged,
        })
    }

    /// Position of an annotator among those present.
    pub fn position(&self, who: usize) -> Option<usize> {
        self.present.iter().position(|&present| present == who)
    }

    /// The links of the annotator at a position.
    pub fn links(&self, position: usize) -> &[DrawnLink<'a>] {
        &self.links[position]
    }

    /// The spans of the annotator at a position.
    pub fn span_ids(&self, position: usize) -> impl Iterator<Item = SpanId> {
        self.tagged[position].iter().map(|tagged| tagged.span.id)
    }

    /// Index of the annotators at two positions in the order of [`super::combinations::pairs`].
    pub fn pair(&self, first: usize, second: usize) -> usize {
        combinations::pair_index(self.present.len(), first, second)
    }

    /// Matches the spans of the annotators at two positions in the same category.
    pub fn count_matches(&self, comparison: &Comparison<'_>, first: usize, second: usize) -> MatchCount {
        count_matches(comparison, &self.tagged[first], &self.tagged[second])
    }

    /// Counts the spans of the annotators at two positions.
    pub fn count_pair(&self, comparison: &Comparison<'a>, first: usize, second: usize) -> PairCount<'a> {
        count_pair(comparison, &self.tagged[first], &self.tagged[second])
    }
}

impl UnitLabels {
    /// Returns the number of units that the annotators at two positions have both given a label.
    pub fn both(&self, first: usize, second: usize, label: usize) -> f64 {
        f64::from(unit_ranges::count_common(&self.ranges[first][label], &self.ranges[second][label]))
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
    Some(ReferenceCount {
        spans: by_category(comparison, &spans),
        matched: tagged.iter().map(|own| count_matches(comparison, own, &spans)).collect(),
    })
}

fn count_matches(
    comparison: &Comparison<'_>,
    first: &[TaggedSpan<'_>],
    second: &[TaggedSpan<'_>],
) -> MatchCount {
    let categories = comparison.categories.len();
    let mut count = MatchCount { exact: vec![0.0; categories], partial: vec![0.0; categories] };
    for found in matching::match_same_category(first, second) {
        let counts = if found.exact { &mut count.exact } else { &mut count.partial };
        counts[first[found.first].category] += 1.0;
    }
    count
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
        count.alike.push((a.span.id, b.span.id));
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
    let shared = |label: usize| unit_ranges::count_pairs(labels.iter().flat_map(|labels| &labels[label]));
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
        shared: (0..=categories).map(shared).collect(),
        labelled,
        ranges: labels,
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
