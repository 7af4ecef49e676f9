//! The question that an agreement computation answers.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Unit;
use super::drawn_link::DrawnLink;
use super::matching::TaggedSpan;
use crate::bargain::LinkRole;
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeKind, CategoryId, Document, DocumentId, LinkKindId, Project, Status,
};

/// Number of draws for an interval.
pub const DRAWS: usize = 2000;

/// A request for figures of agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The annotators to compare, in this order.
    pub annotators: Vec<AnnotatorId>,
    /// The units to compute figures for.
    pub units: BTreeSet<Unit>,
    /// The categories to include; `None` for all.
    pub categories: Option<BTreeSet<CategoryId>>,
    /// The documents to include; `None` for all.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// True to count a document only with the annotators who have marked it as done.
    pub done_only: bool,
    /// Number of draws for the intervals; 0 for no intervals.
    pub draws: usize,
}

impl Question {
    /// A question about everything in the layers of these annotators.
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

    /// True if an annotator has worked on a document in the sense of this question: the layer is readable and
    /// at least in progress, or done if only finished work counts. Otherwise the annotator is *missing*
    /// there, which is not the same as having found nothing.
    pub fn has_worked_on(&self, document: &Document, annotator: &AnnotatorId) -> bool {
        let status = document.layer(annotator).map_or(Status::New, |layer| layer.status());
        let least = if self.done_only { Status::Done } else { Status::InProgress };
        status >= least && !document.unreadable.contains(annotator)
    }

    /// True if the question covers a document.
    pub fn includes(&self, id: &DocumentId) -> bool {
        self.documents.as_ref().is_none_or(|documents| documents.contains(id))
    }
}

/// The coders of the project who have worked on a document. The consensus is none of them, since adjudication derives it
/// from their layers.
pub fn active_annotators(project: &Project) -> Vec<AnnotatorId> {
    let question = Question::new(Vec::new());
    let has_worked = |annotator: &AnnotatorId| {
        project.documents().iter().any(|document| question.has_worked_on(document, annotator))
    };
    project.coders().into_iter().filter(has_worked).collect()
}

/// A question resolved against a project: annotators, categories and attributes by index.
pub(super) struct Comparison<'a> {
    pub question: &'a Question,
    pub annotators: &'a [AnnotatorId],
    /// The categories to compare, in the order of the codebook.
    pub categories: Vec<&'a CategoryId>,
    numbers: HashMap<&'a CategoryId, usize>,
    pub attributes: Vec<Attribute>,
    /// The kinds of link that the annotators have drawn, in the order of the codebook.
    pub link_kinds: Vec<LinkKindId>,
    roles: HashMap<&'a LinkKindId, LinkRole>,
}

/// An attribute to compare.
pub(super) struct Attribute {
    pub def: Arc<AttributeDef>,
}

impl Attribute {
    /// True for free text, which is not compared.
    pub fn is_text(&self) -> bool {
        matches!(self.def.kind, AttributeKind::Text)
    }
}

impl<'a> Comparison<'a> {
    pub fn new(project: &'a Project, question: &'a Question) -> Self {
        let codebook = project.codebook();
        let wanted =
            |id: &CategoryId| question.categories.as_ref().is_none_or(|categories| categories.contains(id));
        let categories: Vec<&CategoryId> =
            codebook.categories.iter().map(|category| &category.id).filter(|id| wanted(id)).collect();
        let fits = |def: &&Arc<AttributeDef>| categories.iter().any(|category| def.applies_to(category));
        let attributes = codebook.attributes.iter().filter(fits);
        Self {
            question,
            annotators: &question.annotators,
            numbers: categories.iter().enumerate().map(|(number, id)| (*id, number)).collect(),
            attributes: attributes.map(|def| Attribute { def: def.clone() }).collect(),
            link_kinds: link_kinds(project, question),
            roles: codebook.link_kinds.iter().map(|kind| (&kind.id, LinkRole::of_kind(kind))).collect(),
            categories,
        }
    }

    /// True if the question asks for figures of a unit.
    pub fn counts(&self, unit: Unit) -> bool {
        self.question.units.contains(&unit)
    }

    /// Indices of the annotators who have worked on a document.
    pub fn present(&self, document: &Document) -> Vec<usize> {
        let worked = |&who: &usize| self.question.has_worked_on(document, &self.annotators[who]);
        (0..self.annotators.len()).filter(worked).collect()
    }

    /// The links of an annotator.
    pub fn links(&self, document: &'a Document, who: usize) -> Vec<DrawnLink<'a>> {
        let Some(layer) = document.layer(&self.annotators[who]) else { return Vec::new() };
        layer.links().map(|link| DrawnLink::new(link, self.roles.get(&link.kind).copied())).collect()
    }

    /// The spans of an annotator that count, sorted for matching.
    pub fn spans(&self, document: &'a Document, who: usize) -> Vec<TaggedSpan<'a>> {
        let Some(layer) = document.layer(&self.annotators[who]) else { return Vec::new() };
        let number = |category: &CategoryId| self.numbers.get(category).copied();
        let tagged = layer
            .spans_unsorted()
            .filter_map(|span| Some(TaggedSpan { category: number(&span.category)?, span: span.as_ref() }));
        let mut spans: Vec<TaggedSpan<'a>> = tagged.collect();
        // The id comes last, so that the order does not depend on the hash map.
        spans.sort_unstable_by_key(|tagged| (tagged.key(), tagged.span.id));
        spans
    }
}

/// Returns the kinds of link that the annotators of a question have drawn: those of the codebook, in its order, and others.
fn link_kinds(project: &Project, question: &Question) -> Vec<LinkKindId> {
    let documents = project.documents().iter().filter(|document| question.includes(document.id()));
    let layers = documents
        .flat_map(|document| question.annotators.iter().filter_map(|annotator| document.layer(annotator)));
    let mut drawn: BTreeSet<&LinkKindId> =
        layers.flat_map(|layer| layer.links().map(|link| &link.kind)).collect();
    let known = project.codebook().link_kinds.iter().map(|kind| &kind.id);
    let known: Vec<LinkKindId> = known.filter(|id| drawn.remove(id)).cloned().collect();
    known.into_iter().chain(drawn.into_iter().cloned()).collect()
}
