//! What is asked, and who and what is compared.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Unit;
use super::matching::Tagged;
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeKind, CategoryId, Document, DocumentId, Project, Status,
};

/// Draws for an interval.
pub const DRAWS: usize = 2000;

/// What shall be measured.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// Whose layers are compared, in this order.
    pub annotators: Vec<AnnotatorId>,
    /// The units that figures are computed for.
    pub units: BTreeSet<Unit>,
    /// The categories that count; `None` for all.
    pub categories: Option<BTreeSet<CategoryId>>,
    /// The documents that count; `None` for all.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// Whether a document counts only with those who have marked it as done.
    pub done_only: bool,
    /// How many draws the intervals are made of; 0 for no intervals.
    pub draws: usize,
}

impl Question {
    /// Everything about the layers of these annotators.
    pub fn new(annotators: Vec<AnnotatorId>) -> Self {
        Self {
            annotators,
            units: Unit::ALL.into(),
            categories: None,
            documents: None,
            done_only: false,
            draws: DRAWS,
        }
    }

    /// Whether an annotator has worked on a document as far as this question goes: their layer can be read, and holds a
    /// span or says that they have begun; where only what is done counts, that they are done. Who has not is *missing*
    /// there, which is not the same as having found nothing.
    pub fn worked(&self, document: &Document, annotator: &AnnotatorId) -> bool {
        let status = document.layer(annotator).map_or(Status::New, |layer| layer.status());
        let least = if self.done_only { Status::Done } else { Status::InProgress };
        status >= least && !document.unreadable.contains(annotator)
    }

    /// Whether a document counts.
    pub fn takes(&self, id: &DocumentId) -> bool {
        self.documents.as_ref().is_none_or(|documents| documents.contains(id))
    }
}

/// The annotators who have worked on something, in the order of the project. The consensus, which adjudication makes of
/// their layers, is left out.
pub fn annotators(project: &Project) -> Vec<AnnotatorId> {
    let question = Question::new(Vec::new());
    let layers = project.documents().iter().flat_map(|document| {
        let question = &question;
        document.layers.keys().filter(move |annotator| question.worked(document, annotator))
    });
    let mut found: BTreeSet<&AnnotatorId> = layers.collect();
    let listed = project.annotators().iter().map(|annotator| &annotator.id);
    let mut out: Vec<AnnotatorId> = listed.filter(|id| found.remove(id)).cloned().collect();
    out.extend(found.into_iter().cloned());
    out.retain(|annotator| !annotator.is_consensus());
    out
}

/// A question with the numbers of what it names.
pub(super) struct Frame<'a> {
    pub question: &'a Question,
    pub annotators: &'a [AnnotatorId],
    /// The categories that count, in the order of the codebook.
    pub categories: Vec<&'a CategoryId>,
    numbers: HashMap<&'a CategoryId, usize>,
    pub attributes: Vec<Attribute>,
}

/// An attribute that is compared.
pub(super) struct Attribute {
    pub def: Arc<AttributeDef>,
}

impl Attribute {
    /// Whether it is free text, which is not compared.
    pub fn is_text(&self) -> bool {
        matches!(self.def.kind, AttributeKind::Text)
    }
}

impl<'a> Frame<'a> {
    pub fn new(project: &'a Project, question: &'a Question) -> Self {
        let codebook = project.codebook();
        let wanted =
            |id: &CategoryId| question.categories.as_ref().is_none_or(|categories| categories.contains(id));
        let categories: Vec<&CategoryId> =
            codebook.categories.iter().map(|category| &category.id).filter(|id| wanted(id)).collect();
        let fits = |def: &&Arc<AttributeDef>| categories.iter().any(|category| def.fits(category));
        let attributes = codebook.attributes.iter().filter(fits);
        Self {
            question,
            annotators: &question.annotators,
            numbers: categories.iter().enumerate().map(|(number, id)| (*id, number)).collect(),
            attributes: attributes.map(|def| Attribute { def: def.clone() }).collect(),
            categories,
        }
    }

    /// Whether figures of a unit are asked for.
    pub fn counts(&self, unit: Unit) -> bool {
        self.question.units.contains(&unit)
    }

    /// The annotators who have worked on a document, by number.
    pub fn present(&self, document: &Document) -> Vec<usize> {
        let worked = |&who: &usize| self.question.worked(document, &self.annotators[who]);
        (0..self.annotators.len()).filter(worked).collect()
    }

    /// The spans of an annotator that count, sorted for matching.
    pub fn spans(&self, document: &'a Document, who: usize) -> Vec<Tagged<'a>> {
        let Some(layer) = document.layer(&self.annotators[who]) else { return Vec::new() };
        let number = |category: &CategoryId| self.numbers.get(category).copied();
        let tagged = layer
            .spans_unsorted()
            .filter_map(|span| Some(Tagged { category: number(&span.category)?, span: span.as_ref() }));
        let mut spans: Vec<Tagged<'a>> = tagged.collect();
        // Ids last, so that the order does not depend on that of a hash table.
        spans.sort_unstable_by_key(|tagged| (tagged.key(), tagged.span.id));
        spans
    }
}
