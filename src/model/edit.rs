//! Edits: the only way to change a project.
//!
//! Every edit states the new value of something, or `None` to remove it, and its inverse states the old
//! value. Undo, redo and the audit log therefore need no code for any kind of edit.

use std::sync::Arc;

use thiserror::Error;

use super::{
    Annotator, AnnotatorId, AttributeDef, AttributeId, Category, CategoryId, Date, Decision, Detached,
    Document, DocumentId, DocumentMeta, DocumentSetId, IdFault, LayerId, Link, LinkId, LinkKind, LinkKindId,
    Meaning, NotesEntry, Project, RelationFault, Relations, Return, Span, SpanId, Stamp, Status, Touch,
    ValueFault,
};

/// A change to a project.
///
/// # Examples
///
/// The inverse of an edit is an edit of the same kind, with the old value:
///
/// ```
/// use demarche_model::{Codebook, Edit, Project};
///
/// let mut project = Project::new("Harbour talks", Codebook::default());
/// let applied = project.apply(Edit::SetName { to: "Port talks".into() }).unwrap();
/// assert_eq!(applied.inverse, Edit::SetName { to: "Harbour talks".into() });
/// ```
///
/// A batch is applied as a whole, and so is its inverse:
///
/// ```
/// use std::sync::Arc;
///
/// use demarche_model::{Category, Codebook, Colour, Edit, Project};
///
/// let mut project = Project::new("Harbour talks", Codebook::default());
/// let threat = Arc::new(Category::new("threat".into(), "Threat", Colour::nth(0)));
/// let batch = vec![
///     Edit::SetCategory { id: "threat".into(), to: Some((0, threat)) },
///     Edit::SetBlind { to: true },
/// ];
/// let applied = project.apply(Edit::Batch(batch)).unwrap();
/// assert!(project.is_blind() && project.codebook().categories.len() == 1);
/// project.apply(applied.inverse).unwrap();
/// assert!(!project.is_blind() && project.codebook().categories.is_empty());
/// ```
#[derive(Clone, PartialEq, Debug)]
pub enum Edit {
    /// Adds, changes or removes a span.
    SetSpan { layer: LayerId, id: SpanId, to: Option<Arc<Span>> },
    /// Adds, changes or removes a link.
    SetLink { layer: LayerId, id: LinkId, to: Option<Arc<Link>> },
    /// Sets an annotator's status in a document.
    SetStatus { layer: LayerId, to: Status },
    /// Sets when others' work came into the view of an annotator who worked blind.
    SetUnblinded { layer: LayerId, to: Option<Stamp> },
    /// Removes or restores a detached record.
    SetDetached { layer: LayerId, key: u32, to: Option<Arc<Detached>> },
    /// Adds, changes or removes a reviewer's decision.
    SetDecision { document: DocumentId, reviewer: AnnotatorId, span: SpanId, to: Option<Arc<Decision>> },
    /// Returns a document to a coder, records in the coder's review that they have followed that, or takes it back.
    SetReturn { document: DocumentId, reviewer: AnnotatorId, annotator: AnnotatorId, to: Option<Arc<Return>> },
    /// Adds a category at a position, changes, moves or removes it.
    SetCategory { id: CategoryId, to: Option<(usize, Arc<Category>)> },
    /// Adds an attribute at a position, changes, moves or removes it.
    SetAttribute { id: AttributeId, to: Option<(usize, Arc<AttributeDef>)> },
    /// Adds a kind of link at a position, changes, moves or removes it.
    SetLinkKind { id: LinkKindId, to: Option<(usize, Arc<LinkKind>)> },
    /// Makes an old category id an alias of another category, or removes the alias.
    SetAlias { from: CategoryId, to: Option<CategoryId> },
    /// Moves spans from one category to another without changing anything else: their modification time
    /// stays, since they were not reviewed again. Unlike the other edits of spans, it may apply to the
    /// layer of another annotator; see [`Touch::Recoded`].
    Recode { layer: LayerId, spans: Vec<SpanId>, from: CategoryId, to: CategoryId },
    /// Adds an annotator at a position, changes or removes one.
    SetAnnotator { id: AnnotatorId, to: Option<(usize, Annotator)> },
    /// Changes the title, date, author or source of a document. It stays in its sets.
    SetMeta { document: DocumentId, to: Box<DocumentMeta> },
    /// Adds a document with everything that belongs to it. A document that is not loaded is only added to the
    /// list.
    InsertDocument { at: usize, document: Arc<Document> },
    /// Replaces a document by the same document with another version of its text. The layers of other
    /// annotators are realigned in memory only; see [`Touch::Realigned`].
    ReplaceText { to: Arc<Document> },
    /// Removes a document with everything that belongs to it. The files of a document that is not loaded
    /// stay.
    RemoveDocument { document: DocumentId },
    /// Moves documents to these positions, which they have once all of them are moved. The others keep their order.
    MoveDocuments { to: Vec<(usize, DocumentId)> },
    /// Adds a set of documents, changes its name, or removes it. A set that has members stays.
    SetDocumentSet { id: DocumentSetId, to: Option<String> },
    /// Puts documents into a set, or takes them out of it.
    SetMembers { set: DocumentSetId, documents: Vec<DocumentId>, are_in: bool },
    /// Renames the project.
    SetName { to: String },
    /// Sets whether annotators work blind.
    SetBlind { to: bool },
    /// Replaces the list of actors. Relations with an actor that is no longer in it are removed.
    SetActors { to: Vec<String> },
    /// Replaces the list of issues. Relations with an issue that is no longer in it are removed.
    SetIssues { to: Vec<String> },
    /// Replaces the relations between actors and issues.
    SetRelations { to: Arc<Relations> },
    /// Adds, changes or removes an entry of a person's analysis notes.
    SetNotesEntry { owner: AnnotatorId, to: NotesEntry },
    /// Several edits, all or none of which are applied.
    Batch(Vec<Edit>),
}

/// The result of an edit.
#[derive(Clone, PartialEq, Debug)]
pub struct Applied {
    /// The edit that reverts it.
    pub inverse: Edit,
    /// Everything that has changed.
    pub touched: Vec<Touch>,
}

/// The reason why an edit was refused. A refused edit has changed nothing.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum EditError {
    /// The project has no such document.
    #[error("there is no document `{0}` in this project")]
    NoDocument(DocumentId),
    /// The text is not in memory.
    #[error("the document `{0}` is not loaded; open it first")]
    NotLoaded(DocumentId),
    /// The layer's file is unreadable and must not be overwritten.
    #[error("the file of {annotator} for `{document}` can't be read; fix it or move it away first")]
    Unreadable { document: DocumentId, annotator: AnnotatorId },
    /// A range is outside the text or cuts a character.
    #[error("the range is outside the text of `{0}`")]
    OutsideText(DocumentId),
    /// The codebook has no such category.
    #[error("the codebook has no category `{0}`; add it first")]
    NoCategory(CategoryId),
    /// Passages are still tagged with the category.
    #[error("passages are still tagged as `{0}`; retag or remove them first")]
    CategoryInUse(CategoryId),
    /// An alias still points to the category.
    #[error("`{from}` is an alias of `{to}` in other people's files; give it another target first")]
    AliasTarget { from: CategoryId, to: CategoryId },
    /// An id is either a category or an alias, never both.
    #[error("`{0}` can't be both a category and an alias")]
    AliasAndCategory(CategoryId),
    /// The alias would lead back to itself.
    #[error("the alias `{0}` can't point to itself")]
    AliasCycle(CategoryId),
    /// The span is tagged with another category.
    #[error("the passage {span} is not tagged as `{category}`")]
    CategoryMismatch { span: SpanId, category: CategoryId },
    /// The category would be its own ancestor.
    #[error("the category `{0}` can't be its own parent")]
    ParentCycle(CategoryId),
    /// The id of the edit differs from the id of its value.
    #[error("an edit of `{0}` has a value with another id")]
    IdMismatch(String),
    /// There is nothing with this id to change or remove.
    #[error("there is no `{0}` to change")]
    Missing(String),
    /// The id is already in use.
    #[error("`{0}` already exists")]
    AlreadyExists(String),
    /// The project has no such set of documents.
    #[error("there is no set `{0}` in this project")]
    NoDocumentSet(DocumentSetId),
    /// Documents are still in the set.
    #[error("documents are still in the set `{0}`; take them out first")]
    DocumentSetInUse(DocumentSetId),
    /// Two documents, or one twice, would have one position in the list, or a position is outside of it.
    #[error("the documents can't be moved to these positions; move them one at a time")]
    BadPositions,
    /// An id of a category, an attribute, a kind of link or a set has no characters.
    #[error("an id is empty; give it a name")]
    EmptyId,
    /// An id of a document or a person can't be a file name.
    #[error("the id “{id}” {fault}; choose another")]
    BadFileId { id: String, fault: IdFault },
    /// Two ids would be one file where the file system ignores case.
    #[error("the ids `{id}` and `{other}` would be one file on Windows and macOS; choose another")]
    SameFile { id: String, other: String },
    /// The consensus owns layers, but is not a person.
    #[error("`{0}` is not a person; choose one of the project")]
    NotAPerson(AnnotatorId),
    /// A person owns no layer and no review.
    #[error("`{0}` has no passages and no decisions in this project")]
    NothingOwned(AnnotatorId),
    /// A part of a person's analysis notes is unreadable and must not be overwritten.
    #[error("a file of `{0}` in views or memos can't be read; fix it or move it away first")]
    UnreadableNotes(AnnotatorId),
    /// The memos of a person would be too large to be read again.
    #[error("the memos of `{0}` would be longer than 16 MB in all; shorten one first")]
    MemosTooLong(AnnotatorId),
    /// A saved view, an event, a phase or a set has no name.
    #[error("the name is empty; enter one")]
    EmptyName,
    /// A phase ends before it begins.
    #[error("the phase ends on {to}, before it begins on {from}; change one of the dates")]
    PhaseReversed { from: Date, to: Date },
    /// A weight or place of a saved view is infinite or undefined.
    #[error("a weight or place in the saved view {0} is not a number; enter one")]
    NotANumber(String),
    /// A new value does not fit its attribute.
    #[error("{0}; choose another value")]
    Value(ValueFault),
    /// A relation between actors or issues is not allowed.
    #[error("{0}")]
    Relation(RelationFault),
    /// The values of an attribute can't have a meaning.
    #[error("“{name}” can't mean {meaning}; choose another meaning or another kind of value")]
    Meaning { name: String, meaning: Meaning },
}

impl Project {
    /// Applies an edit.
    ///
    /// # Errors
    /// The edit is validated before anything changes. If one edit of a batch fails, the whole batch is
    /// reverted.
    ///
    /// # Examples
    ///
    /// Undo applies the inverse, and redo the inverse of that:
    ///
    /// ```
    /// use demarche_model::{Codebook, Edit, Project, Touch};
    ///
    /// let mut project = Project::new("Harbour talks", Codebook::default());
    /// let done = project.apply(Edit::SetActors { to: vec!["Norvania".into()] }).unwrap();
    /// assert_eq!(done.touched, [Touch::Project]);
    /// let undone = project.apply(done.inverse).unwrap();
    /// assert!(project.actors().is_empty());
    /// project.apply(undone.inverse).unwrap();
    /// assert_eq!(project.actors(), ["Norvania"]);
    /// ```
    ///
    /// A refused edit changes nothing:
    ///
    /// ```
    /// use demarche_model::{Codebook, Edit, EditError, Project};
    ///
    /// let mut project = Project::new("Harbour talks", Codebook::default());
    /// let alias = Edit::SetAlias { from: "ultimatum".into(), to: Some("threat".into()) };
    /// let batch = Edit::Batch(vec![Edit::SetBlind { to: true }, alias]);
    /// assert_eq!(project.apply(batch), Err(EditError::NoCategory("threat".into())));
    /// assert!(!project.is_blind());
    /// ```
    pub fn apply(&mut self, edit: Edit) -> Result<Applied, EditError> {
        match edit {
            Edit::Batch(edits) => self.apply_batch(edits),
            Edit::SetSpan { layer, id, to } => self.set_span(layer, id, to),
            Edit::SetLink { layer, id, to } => self.set_link(layer, id, to),
            Edit::SetStatus { layer, to } => self.set_status(layer, to),
            Edit::SetUnblinded { layer, to } => self.set_unblinded(layer, to),
            Edit::SetDetached { layer, key, to } => self.set_detached(layer, key, to),
            Edit::SetDecision { document, reviewer, span, to } => {
                self.set_decision(document, reviewer, span, to)
            }
            Edit::SetReturn { document, reviewer, annotator, to } => {
                self.set_return(document, reviewer, annotator, to)
            }
            Edit::SetCategory { id, to } => self.set_category(id, to),
            Edit::SetAlias { from, to } => self.set_alias(from, to),
            Edit::Recode { layer, spans, from, to } => self.recode(layer, spans, from, to),
            Edit::SetAttribute { id, to } => self.set_attribute(id, to),
            Edit::SetLinkKind { id, to } => self.set_link_kind(id, to),
            Edit::SetAnnotator { id, to } => self.set_annotator(id, to),
            Edit::SetMeta { document, to } => self.set_meta(document, *to),
            Edit::InsertDocument { at, document } => self.insert_document(at, document),
            Edit::ReplaceText { to } => self.replace_text(to),
            Edit::RemoveDocument { document } => self.remove_document(document),
            Edit::MoveDocuments { to } => self.move_documents(to),
            Edit::SetDocumentSet { id, to } => self.set_document_set(id, to),
            Edit::SetMembers { set, documents, are_in } => self.set_members(set, documents, are_in),
            Edit::SetNotesEntry { owner, to } => self.set_notes_entry(owner, to),
            Edit::SetName { to } => {
                let to = std::mem::replace(&mut self.name, to);
                Ok(self.project_changed(Edit::SetName { to }))
            }
            Edit::SetBlind { to } => {
                let to = std::mem::replace(&mut self.blind, to);
                Ok(self.project_changed(Edit::SetBlind { to }))
            }
            Edit::SetActors { to } => Ok(self.set_actors(to)),
            Edit::SetIssues { to } => Ok(self.set_issues(to)),
            Edit::SetRelations { to } => self.set_relations(to),
        }
    }

    fn set_annotator(
        &mut self,
        id: AnnotatorId,
        to: Option<(usize, Annotator)>,
    ) -> Result<Applied, EditError> {
        if to.as_ref().is_some_and(|(_, annotator)| annotator.id != id) {
            return Err(EditError::IdMismatch(id.to_string()));
        }
        if to.is_some() {
            self.check_person(&id)?;
        }
        let old = replace_in_list(&mut self.annotators, |a| a.id == id, to)
            .ok_or_else(|| EditError::Missing(id.to_string()))?;
        if old.is_some() {
            self.former_people.insert(id.clone());
        }
        Ok(self.project_changed(Edit::SetAnnotator { id, to: old }))
    }

    pub(super) fn project_changed(&mut self, inverse: Edit) -> Applied {
        self.revision += 1;
        self.list_revision += 1;
        Applied { inverse, touched: vec![Touch::Project] }
    }
}

/// Replaces or removes the item that `is` matches, or inserts a new one, and returns the old item with its
/// position. Returns `None` if there is nothing to remove.
pub(super) fn replace_in_list<T: Clone>(
    list: &mut Vec<T>,
    is: impl Fn(&T) -> bool,
    to: Option<(usize, T)>,
) -> Option<Option<(usize, T)>> {
    let old = list.iter().position(is).map(|at| (at, list.remove(at)));
    if old.is_none() && to.is_none() {
        return None;
    }
    if let Some((at, item)) = to {
        list.insert(at.min(list.len()), item);
    }
    Some(old)
}
