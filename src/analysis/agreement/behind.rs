//! The passages behind a figure: what a click on it shows.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::count::{pairs, runs};
use super::cover::{self, Run};
use super::frame::Frame;
use super::matching::{self, Match, Tagged};
use super::{Measure, Question, SegmentCache, Subject, Unit};
use demarche_model::{AnnotatorId, CategoryId, Document, LayerId, Project, SpanRef, Text};

/// What was pointed at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Aim {
    /// A figure.
    Figure {
        /// Which measure.
        measure: Measure,
        /// What it counts.
        unit: Unit,
        /// What it is about.
        subject: Subject,
        /// Whose it is.
        annotators: Vec<AnnotatorId>,
        /// Whether only passages are wanted that the annotators do not agree about.
        differing: bool,
    },
    /// A cell of a confusion matrix; `None` stands for "nothing".
    Cell {
        /// Whose categories are the rows.
        first: AnnotatorId,
        /// Whose categories are the columns.
        second: AnnotatorId,
        /// The category of the row.
        row: Option<CategoryId>,
        /// The category of the column.
        column: Option<CategoryId>,
    },
}

impl Aim {
    /// Whose spans it is about.
    pub fn annotators(&self) -> Vec<AnnotatorId> {
        match self {
            Self::Figure { annotators, .. } => annotators.clone(),
            Self::Cell { first, second, .. } => vec![first.clone(), second.clone()],
        }
    }
}

/// The spans behind what was pointed at in the answer to a question. Looks at every document in memory.
pub fn behind(project: &Project, question: &Question, aim: &Aim, segments: &SegmentCache) -> Vec<SpanRef> {
    let question = Question { annotators: aim.annotators(), ..question.clone() };
    let frame = Frame::new(project, &question);
    let needed = match aim {
        Aim::Figure { measure: Measure::FleissKappa, .. } => question.annotators.len(),
        _ => 2,
    };
    let mut out = Vec::new();
    for document in project.documents().iter().filter(|document| question.takes(document.id())) {
        let Some(text) = &document.text else { continue };
        let present = frame.present(document);
        if present.len() < needed {
            continue;
        }
        let voices: Vec<Vec<Tagged<'_>>> = present.iter().map(|&who| frame.spans(document, who)).collect();
        let place = Place { frame: &frame, document, text, segments, voices: &voices };
        for (voice, span) in place.behind(aim) {
            let layer = LayerId::new(document.id(), &question.annotators[present[voice]]);
            out.push(SpanRef { layer, span: voices[voice][span].span.id });
        }
    }
    out
}

/// A document with the spans of those who have worked on it.
struct Place<'a> {
    frame: &'a Frame<'a>,
    document: &'a Document,
    text: &'a Arc<Text>,
    segments: &'a SegmentCache,
    voices: &'a [Vec<Tagged<'a>>],
}

/// Spans by the number of the voice and their place in it.
type Spans = BTreeSet<(usize, usize)>;

impl Place<'_> {
    fn behind(&self, aim: &Aim) -> Spans {
        match aim {
            Aim::Cell { row, column, .. } => self.cell(row.as_ref(), column.as_ref()),
            Aim::Figure { subject: Subject::Attribute(attribute), differing, .. } => {
                self.matched(attribute, *differing)
            }
            Aim::Figure { subject, differing: false, .. } => self.all(subject),
            Aim::Figure { subject, unit: unit @ (Unit::Sentence | Unit::Token), .. } => {
                self.on_disputed_units(subject, *unit)
            }
            Aim::Figure { subject, .. } => self.without_exact_match(subject),
        }
    }

    fn all(&self, subject: &Subject) -> Spans {
        let voices = self.voices.iter().enumerate();
        let all = voices.flat_map(|(voice, spans)| (0..spans.len()).map(move |span| (voice, span)));
        all.filter(|&(voice, span)| self.is_about(subject, voice, span)).collect()
    }

    fn is_about(&self, subject: &Subject, voice: usize, span: usize) -> bool {
        match subject {
            Subject::Category(category) => self.voices[voice][span].span.category == *category,
            _ => true,
        }
    }

    /// Spans that somebody else has not tagged with the same category and bounds.
    fn without_exact_match(&self, subject: &Subject) -> Spans {
        let mut out = Spans::new();
        for (a, b) in pairs(self.voices.len()) {
            let matches = matching::within(&self.voices[a], &self.voices[b]);
            let exact: Vec<&Match> = matches.iter().filter(|found| found.exact).collect();
            let first: BTreeSet<usize> = exact.iter().map(|found| found.first).collect();
            let second: BTreeSet<usize> = exact.iter().map(|found| found.second).collect();
            out.extend((0..self.voices[a].len()).filter(|span| !first.contains(span)).map(|span| (a, span)));
            out.extend((0..self.voices[b].len()).filter(|span| !second.contains(span)).map(|span| (b, span)));
        }
        out.retain(|&(voice, span)| self.is_about(subject, voice, span));
        out
    }

    /// Spans that touch a sentence or token which not all have given their category.
    fn on_disputed_units(&self, subject: &Subject, unit: Unit) -> Spans {
        let segments = self.segments.of(self.document, self.text);
        let units =
            if unit == Unit::Token { segments.tokens(self.text) } else { segments.sentences(self.text) };
        let categories = self.frame.categories.len();
        let labels: Vec<Vec<Vec<Run>>> =
            self.voices.iter().map(|voice| runs(voice, units, categories)).collect();
        let disputed = |category: usize| {
            let of = || labels.iter().map(move |labels| labels[category].clone());
            let by_somebody = cover::join(of().flatten().collect());
            let by_all = of().reduce(|a, b| cover::shared(&a, &b)).unwrap_or_default();
            cover::without(&by_somebody, &by_all)
        };
        let disputed: Vec<Vec<Run>> = (0..categories).map(disputed).collect();
        let touches = |&(voice, span): &(usize, usize)| {
            let Tagged { category, span } = self.voices[voice][span];
            cover::touched(span, units).any(|run| cover::meets(&disputed[category], run))
        };
        self.all(subject).into_iter().filter(touches).collect()
    }

    /// Spans that two have matched in one category, and that can carry the attribute.
    fn matched(&self, attribute: &demarche_model::AttributeId, differing: bool) -> Spans {
        let mut out = Spans::new();
        let Some(compared) = self.frame.attributes.iter().find(|a| a.def.id == *attribute) else {
            return out;
        };
        for (a, b) in pairs(self.voices.len()) {
            for found in matching::within(&self.voices[a], &self.voices[b]) {
                let (first, second) = (self.voices[a][found.first].span, self.voices[b][found.second].span);
                let differ = first.attributes.get(attribute) != second.attributes.get(attribute);
                if compared.def.fits(&first.category) && (differ || !differing) {
                    out.extend([(a, found.first), (b, found.second)]);
                }
            }
        }
        out
    }

    /// The spans of a cell of the confusion matrix.
    fn cell(&self, row: Option<&CategoryId>, column: Option<&CategoryId>) -> Spans {
        let [first, second] = self.voices else { return Spans::new() };
        let mut matches = matching::within(first, second);
        matching::across(first, second, &mut matches);
        let is = |tagged: &Tagged<'_>, category: &CategoryId| tagged.span.category == *category;
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
            (None, None) => Spans::new(),
        }
    }
}
