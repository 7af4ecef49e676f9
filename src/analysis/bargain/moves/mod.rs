//! The table of passages of the chosen layers.

mod attributes;
mod by_time;
mod categories;
mod column;
mod conditions;
mod link;
mod read;

use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashMapExt};

use super::{
    Actors, CategoryIndex, Counted, DayRange, DocumentIndex, Issues, OwnerIndex, Passage, PassageIndex,
    PassageSet, Reading,
};
use attributes::Meanings;
use by_time::ByTime;
use categories::Categories;
use column::Columns;
use demarche_model::{
    AnnotatorId, CategoryId, DocumentId, LayerId, LinkKindId, MoveRole, Project, Relations, SpanId, SpanRef,
};

pub use column::AttributeColumn;
pub use link::{LinkRole, PassageLink};
pub(crate) use read::find_doubles;

/// The passages of a reading, and the links between them: what everything else is computed from.
///
/// A passage is a row; actors, targets and issues are numbers of sets. A document can be read again alone, and its passages
/// keep their indices.
///
/// ```
/// # use demarche_analysis::bargain::{CoderChoice, Counted, Moves};
/// # use demarche_model::{Project, Visibility};
/// # let project = Project::default();
/// let readings = CoderChoice::Final.readings(&project, &Visibility::default(), None);
/// let moves = Moves::of(&project, &readings.all[0]);
/// for (index, passage) in moves.counted(Counted::default()) {
///     let actors: Vec<&str> = moves.actors().names(passage.actors).collect();
///     let (span, role) = (moves.span_ref(index), passage.role);
///     # let _ = (actors, span, role);
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Moves {
    reading: Reading,
    relations: Arc<Relations>,
    meanings: Meanings,
    categories: Categories,
    actors: Actors,
    issues: Issues,
    owners: Vec<AnnotatorId>,
    documents: Vec<DocumentRows>,
    /// All passages by index, those that are gone as well.
    passages: Vec<Passage>,
    by_time: ByTime,
    numbers: FastMap<DocumentId, DocumentIndex>,
    link_roles: FastMap<LinkKindId, LinkRole>,
    /// The values of other attributes.
    columns: Columns,
}

/// The passages of a document.
#[derive(Clone, Debug)]
struct DocumentRows {
    id: DocumentId,
    date: Option<DayRange>,
    is_read: bool,
    /// By place in the text.
    rows: Vec<PassageIndex>,
    by_span: FastMap<SpanId, PassageIndex>,
    links: Vec<PassageLink>,
    /// Spans of the consensus that are the same as one of another adjudicator, with the one that counts.
    doubles: Vec<(SpanId, SpanId)>,
}

/// The difference that reading a document again has made.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MovesChange {
    /// Passages that are gone or have changed, as they were.
    pub before: Vec<(PassageIndex, Passage)>,
    /// Passages that are new or have changed.
    pub after: Vec<PassageIndex>,
    /// Links that are gone.
    pub links_before: Vec<PassageLink>,
    /// Links that are new.
    pub links_after: Vec<PassageLink>,
}

impl Moves {
    /// Reads the layers of a project that are in memory.
    pub fn of(project: &Project, reading: &Reading) -> Self {
        let relations = project.relations().clone();
        let kinds = project.codebook().link_kinds.iter();
        let ids = project.documents().iter().map(|document| document.id().clone());
        let layers = project.documents().iter().flat_map(|document| reading.layers(document));
        let count = layers.map(|(_, layer)| layer.len()).sum();
        let mut moves = Self {
            reading: reading.clone(),
            meanings: Meanings::of(project.codebook()),
            categories: Categories::of(project.codebook()),
            actors: Actors::new(project.actors(), relations.clone()),
            issues: Issues::new(project.issues(), relations.clone()),
            relations,
            owners: Vec::new(),
            documents: Vec::with_capacity(project.documents().len()),
            passages: Vec::with_capacity(count),
            by_time: ByTime::default(),
            numbers: ids.zip((0..).map(DocumentIndex)).collect(),
            link_roles: kinds.map(|kind| (kind.id.clone(), LinkRole::of_kind(kind))).collect(),
            columns: Columns::default(),
        };
        for (number, document) in (0..).zip(project.documents()) {
            moves.documents.push(DocumentRows {
                id: document.id().clone(),
                date: document.meta.date.as_ref().map(DayRange::from_date),
                is_read: false,
                rows: Vec::new(),
                by_span: FastMap::new(),
                links: Vec::new(),
                doubles: Vec::new(),
            });
            moves.read_document(DocumentIndex(number), document);
        }
        let all = moves.iter().map(|(index, _)| index).collect();
        moves.by_time = ByTime::of(&moves.passages, all);
        moves
    }

    /// Reads one document again, after its layers were changed. `None` if the documents of the project have changed, so that
    /// everything has to be read. Codebook, actors, issues, their relations and the reading must be the same as before.
    pub fn update(&mut self, project: &Project, document: &DocumentId) -> Option<MovesChange> {
        let index = self.document_index(document)?;
        let is_same = project.position(document) == Some(index.get())
            && self.documents.len() == project.documents().len();
        let now = project.document(document).filter(|_| is_same)?;
        let change = self.read_document(index, now);
        self.by_time.update(&self.passages, &change);
        Some(change)
    }

    /// The layers that were read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The actors.
    pub fn actors(&self) -> &Actors {
        &self.actors
    }

    /// The issues.
    pub fn issues(&self) -> &Issues {
        &self.issues
    }

    /// False if no attribute means the issue, so that everything is one issue.
    pub fn has_issues(&self) -> bool {
        self.meanings.issue.is_some()
    }

    /// A passage. It must come from this table.
    pub fn get(&self, index: PassageIndex) -> &Passage {
        &self.passages[index.get()]
    }

    /// Number of indices that have been given out, for columns of one's own.
    pub fn capacity(&self) -> usize {
        self.passages.len()
    }

    /// All passages, by document and place in the text.
    pub fn iter(&self) -> impl Iterator<Item = (PassageIndex, &Passage)> {
        self.documents.iter().flat_map(|rows| &rows.rows).map(|index| (*index, self.get(*index)))
    }

    /// The passages that count as moves, by document and place in the text.
    pub fn counted(&self, counted: Counted) -> impl Iterator<Item = (PassageIndex, &Passage)> {
        self.iter().filter(move |(_, passage)| counted.counts(passage))
    }

    /// The passages of a document, by place in the text.
    pub fn in_document(&self, document: DocumentIndex) -> impl Iterator<Item = (PassageIndex, &Passage)> {
        let rows = self.documents.get(document.get()).map_or(&[][..], |rows| &rows.rows);
        rows.iter().map(|index| (*index, self.get(*index)))
    }

    /// Number of passages.
    pub fn len(&self) -> usize {
        self.documents.iter().map(|rows| rows.rows.len()).sum()
    }

    /// True if there are no passages.
    pub fn is_empty(&self) -> bool {
        self.documents.iter().all(|rows| rows.rows.is_empty())
    }

    /// The links between passages of the chosen layers.
    pub fn links(&self) -> impl Iterator<Item = &PassageLink> {
        self.documents.iter().flat_map(|rows| &rows.links)
    }

    /// The far end of a link, if it is in a chosen layer.
    pub fn target(&self, link: &PassageLink) -> Option<PassageIndex> {
        self.at((link.to_document, link.to))
    }

    /// The passage of a span, if it is in a chosen layer.
    pub(super) fn at(&self, (document, span): (DocumentIndex, SpanId)) -> Option<PassageIndex> {
        self.documents.get(document.get())?.by_span.get(&span).copied()
    }

    /// The spans that a passage is: its own, and those of other adjudicators who settled the same.
    pub(super) fn keys_of(
        &self,
        index: PassageIndex,
    ) -> impl Iterator<Item = (DocumentIndex, SpanId)> + use<'_> {
        let passage = self.get(index);
        let doubles = self.documents.get(passage.document.get()).map_or(&[][..], |rows| &rows.doubles);
        let is_same = move |(double, kept): &&(SpanId, SpanId)| *kept == passage.span && *double != *kept;
        let doubles = doubles.iter().filter(is_same).map(|(double, _)| *double);
        std::iter::once(passage.span).chain(doubles).map(|span| (passage.document, span))
    }

    /// True if a passage still exists.
    pub(super) fn is_present(&self, index: PassageIndex) -> bool {
        let passage = self.get(index);
        self.at((passage.document, passage.span)) == Some(index)
    }

    /// The passage of a span, if it is in a chosen layer.
    pub fn find(&self, document: &DocumentId, span: SpanId) -> Option<PassageIndex> {
        let document = self.document_index(document)?;
        self.at((document, span))
    }

    /// The span of a passage.
    pub fn span_ref(&self, index: PassageIndex) -> SpanRef {
        let passage = self.get(index);
        let layer = LayerId::new(self.document_id(passage.document), self.owner(passage.owner));
        SpanRef { layer, span: passage.span }
    }

    /// The documents, in the order of the project.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = (DocumentIndex, &DocumentId)> {
        let number = |index: usize| DocumentIndex(u32::try_from(index).unwrap_or(u32::MAX));
        self.documents.iter().enumerate().map(move |(index, rows)| (number(index), &rows.id))
    }

    /// Number of documents whose layers are in memory.
    pub fn documents_read(&self) -> usize {
        self.documents.iter().filter(|rows| rows.is_read).count()
    }

    /// The id of a document.
    pub fn document_id(&self, index: DocumentIndex) -> &DocumentId {
        &self.documents[index.get()].id
    }

    /// The date of a document.
    pub fn document_date(&self, index: DocumentIndex) -> Option<DayRange> {
        self.documents[index.get()].date
    }

    /// The index of a document.
    pub fn document_index(&self, id: &DocumentId) -> Option<DocumentIndex> {
        self.numbers.get(id).copied()
    }

    /// The owner of a passage's layer.
    pub fn owner(&self, index: OwnerIndex) -> &AnnotatorId {
        &self.owners[index.get()]
    }

    /// The categories, in the order of the codebook, then others.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = (CategoryIndex, &CategoryId)> {
        self.categories.all()
    }

    /// The id of a category.
    pub fn category_id(&self, index: CategoryIndex) -> &CategoryId {
        self.categories.id(index)
    }

    /// The role of a category.
    pub fn category_role(&self, index: CategoryIndex) -> Option<MoveRole> {
        self.categories.role(index)
    }

    /// Passages from the earliest to the latest.
    pub fn in_order(&self, passages: &PassageSet) -> Vec<PassageIndex> {
        let mut all: Vec<PassageIndex> = passages.iter().collect();
        self.sort(&mut all);
        all
    }

    /// Sorts passages from the earliest to the latest.
    pub fn sort(&self, passages: &mut [PassageIndex]) {
        passages.sort_unstable_by_key(|index| self.by_time.place(*index));
    }

    /// All passages, from the earliest to the latest.
    pub fn by_time(&self) -> &[PassageIndex] {
        self.by_time.all()
    }

    /// The place of a passage among all, from the earliest to the latest.
    pub(super) fn place(&self, index: PassageIndex) -> u32 {
        self.by_time.place(index)
    }

    fn owner_index(&mut self, owner: &AnnotatorId) -> OwnerIndex {
        let known = self.owners.iter().position(|known| known == owner);
        let index = known.unwrap_or_else(|| {
            self.owners.push(owner.clone());
            self.owners.len() - 1
        });
        OwnerIndex(u32::try_from(index).unwrap_or(u32::MAX))
    }
}
