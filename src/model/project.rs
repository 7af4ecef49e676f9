//! A project in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::{
    Anchors, Annotator, AnnotatorId, AttributeId, Codebook, Document, DocumentId, DocumentSets, FoldedId,
    Layer, LayerId, LeftOut, Meaning, NotesByPerson, NotesPart, OtherText, PersonKey, RelationFault,
    Relations, Review, Span, SpanRef, Text, words,
};

/// A project: its codebook, people and documents. [`Project::apply`] makes all changes;
/// [`Project::load_document`] and the `from_disk` methods only bring into memory what is on disk. Cloning
/// copies one pointer per document.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub(super) name: String,
    pub(super) blind: bool,
    pub(super) annotators: Vec<Annotator>,
    pub(super) actors: Vec<String>,
    pub(super) issues: Vec<String>,
    pub(super) relations: Arc<Relations>,
    pub(super) document_sets: Arc<DocumentSets>,
    pub(super) codebook: Arc<Codebook>,
    pub(super) documents: Vec<Arc<Document>>,
    pub(super) analysis_notes: Arc<NotesByPerson>,
    /// Parts of analysis notes whose files can't be read.
    pub(super) unreadable_notes: BTreeSet<(AnnotatorId, NotesPart)>,
    positions: HashMap<DocumentId, usize>,
    /// Ids that no new document may have, although no document has them now.
    pub(super) reserved_ids: BTreeSet<DocumentId>,
    /// The ids of all documents that the project has or has had, to find those that would be one file.
    pub(super) file_ids: HashSet<FoldedId>,
    /// People who were removed or changed, or whose last layer or review in a document or last analysis note is gone; undo
    /// may bring them back under their ids.
    pub(super) former_people: BTreeSet<AnnotatorId>,
    /// Values of a wrong kind that spans had before they were changed; undo may bring them back.
    pub(super) former_values: HashSet<(AttributeId, String)>,
    /// Faults that the relations had; undo may bring them back.
    pub(super) former_relation_faults: BTreeSet<RelationFault>,
    /// Meanings that did not fit their attributes; undo may bring them back.
    pub(super) former_misfits: HashSet<(AttributeId, Meaning)>,
    pub(super) revision: u64,
    pub(super) list_revision: u64,
}

/// The files of one document, to be loaded by [`Project::load_document`].
#[derive(Debug)]
pub struct DocumentContents {
    /// The text.
    pub text: Arc<Text>,
    /// Its pages, headings and times.
    pub anchors: Arc<Anchors>,
    /// The texts of other versions that could be read, by number.
    pub other_texts: BTreeMap<u32, OtherText>,
    /// The layers that could be read.
    pub layers: Vec<(AnnotatorId, Layer)>,
    /// The reviews that could be read.
    pub reviews: Vec<(AnnotatorId, Review)>,
    /// Annotators whose layer or review is unreadable and must not be written.
    pub unreadable: BTreeSet<AnnotatorId>,
    /// What was left out of the layers, since a round is of independent coding.
    pub left_out: LeftOut,
}

impl Project {
    /// A project with a codebook and no documents.
    pub fn new(name: impl Into<String>, codebook: Codebook) -> Self {
        Self { name: name.into(), codebook: Arc::new(codebook), ..Self::default() }
    }

    /// Assembles a project from what was read. If two documents have the same id, the first one counts.
    pub fn assemble(
        name: String,
        annotators: Vec<Annotator>,
        actors: Vec<String>,
        issues: Vec<String>,
        codebook: Codebook,
        documents: Vec<Document>,
    ) -> Self {
        let mut project = Self { annotators, actors, issues, ..Self::new(name, codebook) };
        for document in documents {
            if !project.positions.contains_key(document.id()) {
                project.positions.insert(document.id().clone(), project.documents.len());
                project.file_ids.insert(FoldedId::new(document.id().as_str()));
                project.documents.push(Arc::new(document));
            }
        }
        project
    }

    /// The same project, with or without blind mode; see [`Project::is_blind`].
    pub fn with_blind(self, blind: bool) -> Self {
        Self { blind, ..self }
    }

    /// The same project with other relations between its actors and issues, as read from its file.
    pub fn with_relations(self, relations: impl Into<Arc<Relations>>) -> Self {
        Self { relations: relations.into(), ..self }
    }

    /// The same project with these sets of documents, as read from its file.
    pub fn with_document_sets(self, sets: impl Into<Arc<DocumentSets>>) -> Self {
        Self { document_sets: sets.into(), ..self }
    }

    /// The same project with the analysis notes of another one, of those people for whom `owner` returns an id, under that
    /// id.
    pub fn with_notes_from(self, other: &Self, owner: impl Fn(&AnnotatorId) -> Option<AnnotatorId>) -> Self {
        let notes = other.analysis_notes.iter();
        let notes = notes.filter_map(|(id, notes)| Some((owner(id)?, notes.clone()))).collect();
        let unreadable = other.unreadable_notes.iter();
        let unreadable_notes = unreadable.filter_map(|(id, part)| Some((owner(id)?, *part))).collect();
        Self { analysis_notes: Arc::new(notes), unreadable_notes, ..self }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// True if annotators see the layers of others in a document only after they have marked it as done.
    /// [`Project::may_see`] tells who sees what.
    pub fn is_blind(&self) -> bool {
        self.blind
    }

    /// The people who tag, in the order in which they were added.
    pub fn annotators(&self) -> &[Annotator] {
        &self.annotators
    }

    /// A person by id.
    pub fn annotator(&self, id: &AnnotatorId) -> Option<&Annotator> {
        self.annotators.iter().find(|a| &a.id == id)
    }

    /// The key of the person who writes the layers of an owner, if they have one.
    pub fn key_of(&self, owner: &AnnotatorId) -> Option<PersonKey> {
        self.annotator(&owner.writer())?.key
    }

    /// The name of an annotator; `Consensus` for the owner of the consensus; the id if there is no such
    /// person.
    pub fn name_of<'a>(&'a self, id: &'a AnnotatorId) -> &'a str {
        match self.annotator(id) {
            Some(annotator) => &annotator.name,
            None if id.is_consensus() => words::people::CONSENSUS,
            None => id.as_str(),
        }
    }

    /// The actors and targets of moves.
    pub fn actors(&self) -> &[String] {
        &self.actors
    }

    /// The issues of moves.
    pub fn issues(&self) -> &[String] {
        &self.issues
    }

    /// The relations between its actors and issues.
    pub fn relations(&self) -> &Arc<Relations> {
        &self.relations
    }

    /// The sets of documents. Each document knows which of them it is in.
    pub fn document_sets(&self) -> &Arc<DocumentSets> {
        &self.document_sets
    }

    /// The codebook.
    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }

    /// The documents in order.
    pub fn documents(&self) -> &[Arc<Document>] {
        &self.documents
    }

    /// A document by id.
    pub fn document(&self, id: &DocumentId) -> Option<&Arc<Document>> {
        self.documents.get(self.position(id)?)
    }

    /// The position of a document in the list.
    pub fn position(&self, id: &DocumentId) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// A layer by id; `None` if it is empty or not loaded.
    pub fn layer(&self, id: &LayerId) -> Option<&Arc<Layer>> {
        self.document(&id.document)?.layer(&id.annotator)
    }

    /// A span by its reference.
    pub fn span(&self, at: &SpanRef) -> Option<&Arc<Span>> {
        self.layer(&at.layer)?.span(at.span)
    }

    /// A counter of all changes. It never decreases, not even on undo, so derived values can be cached under
    /// it.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A counter of the changes to anything but layers, reviews and analysis notes: documents, codebook, people. It never
    /// decreases.
    pub fn list_revision(&self) -> u64 {
        self.list_revision
    }

    /// Loads a document's text, layers and reviews into memory. Does nothing if it is loaded already.
    pub fn load_document(&mut self, id: &DocumentId, contents: DocumentContents) {
        let Some(document) = self.document_mut(id).filter(|d| !d.is_loaded()) else { return };
        document.text = Some(contents.text);
        document.anchors = contents.anchors;
        document.other_texts = contents.other_texts;
        document.layers = contents
            .layers
            .into_iter()
            .filter(|(_, l)| !l.is_empty())
            .map(|(a, l)| (a, Arc::new(l)))
            .collect();
        document.reviews = contents
            .reviews
            .into_iter()
            .filter(|(_, review)| !review.is_empty())
            .map(|(reviewer, review)| (reviewer, Arc::new(review)))
            .collect();
        document.unreadable = contents.unreadable;
        self.touch(id);
    }

    pub(super) fn document_mut(&mut self, id: &DocumentId) -> Option<&mut Document> {
        let position = self.position(id)?;
        self.documents.get_mut(position).map(Arc::make_mut)
    }

    /// Increments the counters of a document and of the project.
    pub(super) fn touch(&mut self, id: &DocumentId) {
        self.revision += 1;
        if let Some(document) = self.document_mut(id) {
            document.revision += 1;
        }
    }

    pub(super) fn insert_into_list(&mut self, at: usize, document: Arc<Document>) {
        self.file_ids.insert(FoldedId::new(document.id().as_str()));
        self.documents.insert(at.min(self.documents.len()), document);
        self.list_revision += 1;
        self.renumber(at);
    }

    pub(super) fn remove_from_list(&mut self, at: usize) -> Arc<Document> {
        let document = self.documents.remove(at);
        self.positions.remove(document.id());
        self.reserved_ids.insert(document.id().clone());
        self.list_revision += 1;
        self.renumber(at);
        document
    }

    pub(super) fn renumber(&mut self, from: usize) {
        for (position, document) in self.documents.iter().enumerate().skip(from) {
            self.positions.insert(document.id().clone(), position);
        }
    }
}
