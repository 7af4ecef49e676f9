//! The passages behind a figure, which are shown when it is clicked.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::combinations::pairs;
use super::document_counts::{DocumentCounts, labelled_units};
use super::matching::{self, Match, TaggedSpan};
use super::question::Comparison;
use super::sample::CountedDocuments;
use super::unit_ranges::{self, UnitRange};
use super::{Measure, Question, SegmentCache, Subject, Unit, links};
use demarche_model::{
    AnnotatorId, CategoryId, Document, DocumentId, LayerId, Project, SpanId, SpanRef, Text,
};

/// The figure or table cell to drill down into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DrillDown {
    /// A figure.
    Figure {
        /// The measure.
        measure: Measure,
        /// The unit it counts.
        unit: Unit,
        /// The category or attribute.
        subject: Subject,
        /// The annotators who are compared.
        annotators: Vec<AnnotatorId>,
        /// True for only those passages on which the annotators disagree.
        differing: bool,
    },
    /// A cell of a confusion matrix; `None` stands for "nothing".
    Cell {
        /// The annotator of the rows.
        first: AnnotatorId,
        /// The annotator of the columns.
        second: AnnotatorId,
        /// The category of the row.
        row: Option<CategoryId>,
        /// The category of the column.
        column: Option<CategoryId>,
    },
}

impl DrillDown {
    /// The annotators whose spans are counted.
    pub fn annotators(&self) -> Vec<AnnotatorId> {
        match self {
            Self::Figure { annotators, .. } => annotators.clone(),
            Self::Cell { first, second, .. } => vec![first.clone(), second.clone()],
        }
    }
}

/// Returns the spans behind a figure or cell in the answer to a question. Visits every document in memory.
pub fn spans_behind(
    project: &Project,
    question: &Question,
    target: &DrillDown,
    segments: &SegmentCache,
) -> Vec<SpanRef> {
    let question = Question { annotators: target.annotators(), ..question.clone() };
    let united = &project.with_one_consensus();
    let comparison = Comparison::new(united, &question);
    let needed = match target {
        DrillDown::Figure { measure: Measure::FleissKappa, .. } => question.annotators.len(),
        _ => 2,
    };
    if let DrillDown::Figure { measure: Measure::LinkEnds | Measure::LinkF1, subject, differing, .. } = target
    {
        return link_ends(project, &comparison, united, (subject, *differing), segments);
    }
    let mut out = Vec::new();
    for document in united.documents().iter().filter(|document| question.includes(document.id())) {
        let Some(text) = &document.text else { continue };
        let present = comparison.present(document);
        if present.len() < needed {
            continue;
        }
        let tagged: Vec<Vec<TaggedSpan<'_>>> =
            present.iter().map(|&who| comparison.spans(document, &comparison.annotators[who])).collect();
        let document_spans =
            DocumentSpans { comparison: &comparison, document, text, segments, spans: &tagged };
        for (annotator, span) in document_spans.select(target) {
            let (owner, span) = (&question.annotators[present[annotator]], tagged[annotator][span].span.id);
            out.push(span_ref(project, document.id(), owner, span));
        }
    }
    out
}

/// Returns the place of a span. One of the consensus is in the layer of the adjudicator who decided it.
fn span_ref(project: &Project, document: &DocumentId, owner: &AnnotatorId, span: SpanId) -> SpanRef {
    let here = project.document(document).filter(|_| owner.is_consensus());
    let layer = here.and_then(|document| document.consensus_layer_of(span));
    SpanRef { layer: layer.unwrap_or_else(|| LayerId::new(document, owner)), span }
}

/// Returns the spans at the ends of links.
fn link_ends<'a>(
    project: &Project,
    comparison: &Comparison<'a>,
    united: &'a Project,
    (subject, differing): (&Subject, bool),
    segments: &SegmentCache,
) -> Vec<SpanRef> {
    let kind = match subject {
        Subject::Link(kind) => Some(kind),
        Subject::Overall | Subject::Category(_) | Subject::Attribute(_) => None,
    };
    let documents = united.documents().iter().filter(|document| comparison.question.includes(document.id()));
    let counted: Vec<DocumentCounts<'_>> =
        documents.filter_map(|document| DocumentCounts::new(comparison, document, segments)).collect();
    let documents = CountedDocuments::new(comparison, counted.iter());
    let ends = links::spans_at_ends(&documents, kind, differing).into_iter();
    ends.map(|(document, who, span)| span_ref(project, document, &comparison.annotators[who], span)).collect()
}

/// A document with the spans of the annotators who have worked on it.
struct DocumentSpans<'a> {
    comparison: &'a Comparison<'a>,
    document: &'a Document,
    text: &'a Arc<Text>,
    segments: &'a SegmentCache,
    spans: &'a [Vec<TaggedSpan<'a>>],
}

/// Spans by the index of their annotator and their index in that annotator's list.
type SpanSet = BTreeSet<(usize, usize)>;

impl DocumentSpans<'_> {
    fn select(&self, target: &DrillDown) -> SpanSet {
        match target {
            DrillDown::Cell { row, column, .. } => self.cell(row.as_ref(), column.as_ref()),
            DrillDown::Figure { subject: Subject::Attribute(attribute), differing, .. } => {
                self.matched_spans(attribute, *differing)
            }
            DrillDown::Figure { subject, differing: false, .. } => self.all_spans(subject),
            DrillDown::Figure { subject, unit, .. } if Unit::LABELLED.contains(unit) => {
                self.on_disputed_units(subject, *unit)
            }
            DrillDown::Figure { subject, .. } => self.without_exact_match(subject),
        }
    }

    fn all_spans(&self, subject: &Subject) -> SpanSet {
        let all = self
            .spans
            .iter()
            .enumerate()
            .flat_map(|(annotator, spans)| (0..spans.len()).map(move |span| (annotator, span)));
        all.filter(|&(annotator, span)| self.is_about(subject, annotator, span)).collect()
    }

    fn is_about(&self, subject: &Subject, annotator: usize, span: usize) -> bool {
        match subject {
            Subject::Category(category) => self.spans[annotator][span].span.category == *category,
            _ => true,
        }
    }

    /// Returns spans that at least one other annotator has not tagged with the same category and bounds.
    fn without_exact_match(&self, subject: &Subject) -> SpanSet {
        let mut out = SpanSet::new();
        for (a, b) in pairs(self.spans.len()) {
            let matches = matching::match_same_category(&self.spans[a], &self.spans[b]);
            let exact: Vec<&Match> = matches.iter().filter(|found| found.exact).collect();
            let first: BTreeSet<usize> = exact.iter().map(|found| found.first).collect();
            let second: BTreeSet<usize> = exact.iter().map(|found| found.second).collect();
            out.extend((0..self.spans[a].len()).filter(|span| !first.contains(span)).map(|span| (a, span)));
            out.extend((0..self.spans[b].len()).filter(|span| !second.contains(span)).map(|span| (b, span)));
        }
        out.retain(|&(annotator, span)| self.is_about(subject, annotator, span));
        out
    }

    /// Returns spans that touch a sentence or token on whose category the annotators disagree.
    fn on_disputed_units(&self, subject: &Subject, unit: Unit) -> SpanSet {
        let segments = self.segments.get(self.document, self.text);
        let units = segments.units(self.text, unit);
        let categories = self.comparison.categories.len();
        let labels: Vec<Vec<Vec<UnitRange>>> =
            self.spans.iter().map(|spans| labelled_units(spans, units, categories)).collect();
        let disputed = |category: usize| {
            let per_annotator = || labels.iter().map(move |labels| labels[category].clone());
            let by_any = unit_ranges::normalise(per_annotator().flatten().collect());
            let by_all = per_annotator().reduce(|a, b| unit_ranges::intersection(&a, &b)).unwrap_or_default();
            unit_ranges::difference(&by_any, &by_all)
        };
        let disputed: Vec<Vec<UnitRange>> = (0..categories).map(disputed).collect();
        let touches = |&(annotator, span): &(usize, usize)| {
            let TaggedSpan { category, span } = self.spans[annotator][span];
            unit_ranges::touched_units(span, units)
                .any(|range| unit_ranges::intersects(&disputed[category], range))
        };
        self.all_spans(subject).into_iter().filter(touches).collect()
    }

    /// Returns spans that two annotators have matched in one category and that can carry the attribute.
    fn matched_spans(&self, attribute: &demarche_model::AttributeId, differing: bool) -> SpanSet {
        let mut out = SpanSet::new();
        let Some(compared) = self.comparison.attributes.iter().find(|a| a.def.id == *attribute) else {
            return out;
        };
        for (a, b) in pairs(self.spans.len()) {
            for found in matching::match_same_category(&self.spans[a], &self.spans[b]) {
                let (first, second) = (self.spans[a][found.first].span, self.spans[b][found.second].span);
                let differ = first.attributes.get(attribute) != second.attributes.get(attribute);
                if compared.def.applies_to(&first.category) && (differ || !differing) {
                    out.extend([(a, found.first), (b, found.second)]);
                }
            }
        }
        out
    }

    /// Returns the spans of a cell of the confusion matrix.
    fn cell(&self, row: Option<&CategoryId>, column: Option<&CategoryId>) -> SpanSet {
        let [first, second] = self.spans else { return SpanSet::new() };
        let mut matches = matching::match_same_category(first, second);
        matching::match_across_categories(first, second, &mut matches);
        let is = |tagged: &TaggedSpan<'_>, category: &CategoryId| tagged.span.category == *category;
        match (row, column) {
            (Some(row), Some(column)) => matches
                .iter()
                .filter(|found| is(&first[found.first], row) && is(&second[found.second], column))
                .flat_map(|found| [(0, found.first), (1, found.second)])
                .collect(),
            (Some(row), None) => {
                let taken: BTreeSet<usize> = matches.iter().map(|found| found.first).collect();
                let left = (0..first.len()).filter(|span| !taken.contains(span) && is(&first[*span], row));
                left.map(|span| (0, span)).collect()
            }
            (None, Some(column)) => {
                let taken: BTreeSet<usize> = matches.iter().map(|found| found.second).collect();
                let left =
                    (0..second.len()).filter(|span| !taken.contains(span) && is(&second[*span], column));
                left.map(|span| (1, span)).collect()
            }
            (None, None) => SpanSet::new(),
        }
    }
}
