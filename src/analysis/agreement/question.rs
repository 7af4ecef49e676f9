//! The question that an agreement computation answers.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::Unit;
use super::drawn_link::DrawnLink;
use super::label_sets::SetTable;
use super::matching::TaggedSpan;
use crate::bargain::LinkRole;
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeKind, CategoryId, Document, DocumentId, LinkKindId, Project, Status,
};

/// Number of draws for an interval.
pub const DRAWS: usize = 2000;

/// The layers that count, by status.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Statuses {
    /// Those marked as done, once any coder of the project has marked one; until then all.
    #[default]
    DoneOnceUsed,
    /// Those marked as done.
    Done,
    /// All in which something is tagged, and those marked as done.
    All,
}

impl Statuses {
    /// True if only layers marked as done count in a project.
    pub fn is_done_only(self, project: &Project) -> bool {
        match self {
            Self::DoneOnceUsed => uses_done(project),
            Self::Done => true,
            Self::All => false,
        }
    }
}

/// True if a coder has marked a document as done.
fn uses_done(project: &Project) -> bool {
    let layers = project.documents().iter().flat_map(|document| &document.layers);
    let mut coders = layers.filter(|(owner, _)| !owner.is_consensus());
    coders.any(|(_, layer)| layer.status() == Status::Done)
}

/// The reason why an annotator is missing in a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Absence {
    /// They have tagged nothing there, and have not marked it as done.
    NotBegun,
    /// They have tagged something, but only documents marked as done count.
    NotDone,
    /// Their file can't be read.
    Unreadable,
}

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
    /// The layers that count, by status.
    pub statuses: Statuses,
    /// True to count each category as the one at the top of its branch of the codebook.
    pub parents: bool,
    /// True to compare each annotator with the consensus, too, unless it is one of the annotators itself.
    pub against_consensus: bool,
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
            statuses: Statuses::default(),
            parents: false,
            against_consensus: true,
            draws: DRAWS,
        }
    }

    /// True if the question covers a document.
    pub fn includes(&self, id: &DocumentId) -> bool {
        self.documents.as_ref().is_none_or(|documents| documents.contains(id))
    }
}

/// The coders of the project who have worked on a document. The consensus is none of them, since adjudication derives it
/// from their layers.
pub fn active_annotators(project: &Project) -> Vec<AnnotatorId> {
    let has_worked =
        |annotator: &AnnotatorId| project.documents().iter().any(|document| document.has_work_of(annotator));
    project.coders().into_iter().filter(has_worked).collect()
}

/// A question resolved against a project: annotators, categories and attributes by index.
pub(super) struct Comparison<'a> {
    pub question: &'a Question,
    pub annotators: &'a [AnnotatorId],
    /// True if only layers marked as done count.
    pub done_only: bool,
    /// The consensus, if the annotators are compared with it.
    pub reference: Option<AnnotatorId>,
    /// The categories to compare, in the order of the codebook.
    pub categories: Vec<&'a CategoryId>,
    numbers: HashMap<&'a CategoryId, usize>,
    pub attributes: Vec<Attribute>,
    /// The kinds of link that the annotators have drawn, in the order of the codebook.
    pub link_kinds: Vec<LinkKindId>,
    roles: HashMap<&'a LinkKindId, LinkRole>,
    /// The sets of categories on one unit, once the documents are counted.
    pub sets: SetTable,
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
        let counted = counted_as(project, question);
        let used: HashSet<&CategoryId> = counted.iter().map(|(_, top)| *top).collect();
        let all = codebook.categories.iter().map(|category| &category.id);
        let categories: Vec<&CategoryId> = all.filter(|id| used.contains(id)).collect();
        let positions: HashMap<&CategoryId, usize> =
            categories.iter().enumerate().map(|(number, id)| (*id, number)).collect();
        let numbers: HashMap<&CategoryId, usize> =
            counted.iter().filter_map(|(id, top)| Some((*id, *positions.get(top)?))).collect();
        let fits = |def: &&Arc<AttributeDef>| numbers.keys().any(|category| def.applies_to(category));
        let attributes = codebook.attributes.iter().filter(fits);
        let attributes = attributes.map(|def| Attribute { def: def.clone() }).collect();
        Self {
            question,
            annotators: &question.annotators,
            reference: reference(project, question),
            done_only: question.statuses.is_done_only(project),
            numbers,
            attributes,
            link_kinds: link_kinds(project, question),
            roles: codebook.link_kinds.iter().map(|kind| (&kind.id, LinkRole::of_kind(kind))).collect(),
            sets: SetTable::default(),
            categories,
        }
    }

    /// The id of an annotator by index; the consensus that they are compared with follows the last one.
    pub fn id(&self, who: usize) -> AnnotatorId {
        self.annotators.get(who).cloned().unwrap_or_else(AnnotatorId::consensus)
    }

    /// True if the question asks for figures of a unit.
    pub fn counts(&self, unit: Unit) -> bool {
        self.question.units.contains(&unit)
    }

    /// Indices of the annotators who have worked on a document.
    pub fn present(&self, document: &Document) -> Vec<usize> {
        let counts = |&who: &usize| self.absence(document, &self.annotators[who]).is_none();
        (0..self.annotators.len()).filter(counts).collect()
    }

    /// The reason why an annotator is *missing* in a document, which is not the same as having found nothing; `None` if
    /// their layer counts. The consensus has no status, and counts where something is settled.
    pub fn absence(&self, document: &Document, annotator: &AnnotatorId) -> Option<Absence> {
        if document.unreadable.contains(annotator) {
            return Some(Absence::Unreadable);
        }
        let layer = document.layer(annotator).filter(|layer| layer.has_work());
        let Some(layer) = layer else { return Some(Absence::NotBegun) };
        let waits = self.done_only && !annotator.is_consensus() && layer.status() != Status::Done;
        waits.then_some(Absence::NotDone)
    }

    /// The links of an annotator.
    pub fn links(&self, document: &'a Document, who: usize) -> Vec<DrawnLink<'a>> {
        let Some(layer) = document.layer(&self.annotators[who]) else { return Vec::new() };
        layer.links().map(|link| DrawnLink::new(link, self.roles.get(&link.kind).copied())).collect()
    }

    /// The spans of an annotator that count, sorted for matching.
    pub fn spans(&self, document: &'a Document, annotator: &AnnotatorId) -> Vec<TaggedSpan<'a>> {
        let Some(layer) = document.layer(annotator) else { return Vec::new() };
        let number = |category: &CategoryId| self.numbers.get(category).copied();
        let tagged = layer
            .spans_unsorted()
            .filter_map(|span| Some(TaggedSpan { category: number(&span.category)?, span: span.as_ref() }));
        let mut spans: Vec<TaggedSpan<'a>> = tagged.collect();
        // The id comes last, so that the order does not depend on the hash map.
        spans.sort_unstable_by_key(|tagged| (tagged.key(), tagged.span.id));
        if self.question.parents {
            // The same words tagged with two categories of one branch are one passage of that branch.
            spans.dedup_by(|next, last| next.key() == last.key());
        }
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

/// The consensus, if the annotators of a question are to be compared with it and something is settled.
fn reference(project: &Project, question: &Question) -> Option<AnnotatorId> {
    let is_named = question.annotators.iter().any(AnnotatorId::is_consensus);
    let has_layer =
        || project.documents().iter().any(|document| document.consensus_layers().next().is_some());
    (question.against_consensus && !is_named && has_layer()).then(AnnotatorId::consensus)
}

/// The categories of the codebook that are compared, each with the one it counts as.
fn counted_as<'a>(project: &'a Project, question: &Question) -> Vec<(&'a CategoryId, &'a CategoryId)> {
    let codebook = project.codebook();
    let chosen = |id: &CategoryId| question.categories.as_ref().is_none_or(|chosen| chosen.contains(id));
    let top = |id: &'a CategoryId| match question.parents {
        true => codebook.ancestors(id).last().map_or(id, |category| &category.id),
        false => id,
    };
    let all = codebook.categories.iter().map(|category| &category.id);
    all.map(|id| (id, top(id))).filter(|(id, top)| chosen(id) || chosen(top)).collect()
}
