//! Edits: the only way to change a project.
//!
//! Every edit states the new value of something, or `None` to remove it, and its inverse states the old
//! value. Undo, redo and the audit log therefore need no code for any kind of edit.

use std::sync::Arc;

use thiserror::Error;

use super::{
    Annotator, AnnotatorId, AttributeDef, AttributeId, Category, CategoryId, Decision, Detached, Document,
    DocumentId, DocumentMeta, LayerId, Link, LinkId, LinkKind, LinkKindId, Project, Span, SpanId, Status,
    Touch,
};

/// A change to a project.
#[derive(Clone, PartialEq, Debug)]
pub enum Edit {
    /// Adds, changes or removes a span.
    SetSpan { layer: LayerId, id: SpanId, to: Option<Arc<Span>> },
    /// Adds, changes or removes a link.
    SetLink { layer: LayerId, id: LinkId, to: Option<Arc<Link>> },
    /// Sets an annotator's status in a document.
    SetStatus { layer: LayerId, to: Status },
    /// Removes or restores a detached record.
    SetDetached { layer: LayerId, key: u32, to: Option<Arc<Detached>> },
    /// Adds, changes or removes a reviewer's decision.
    SetDecision { document: DocumentId, reviewer: AnnotatorId, span: SpanId, to: Option<Arc<Decision>> },
    /// Adds a category at a position, changes, moves or removes it.
    SetCategory { id: CategoryId, to: Option<(usize, Arc<Category>)> },
    /// Adds an attribute at a position, changes, moves or removes it.
    SetAttribute { id: AttributeId, to: Option<(usize, Arc<AttributeDef>)> },
    /// Adds a kind of link at a position, changes, moves or removes it.
    SetLinkKind { id: LinkKindId, to: Option<(usize, Arc<LinkKind>)> },
    /// Makes an old category id an alias of another category, or removes the alias.
    SetAlias { from: CategoryId, to: Option<CategoryId> },
    /// Moves spans from one category to another without changing anything else: their modification time
    /// stays, since nobody has looked at them again. Unlike the other edits of spans, it may apply to the
    /// layer of another annotator; see [`Touch::Recoded`].
    Recode { layer: LayerId, spans: Vec<SpanId>, from: CategoryId, to: CategoryId },
    /// Adds an annotator at a position, changes or removes one.
    SetAnnotator { id: AnnotatorId, to: Option<(usize, Annotator)> },
    /// Changes the title, date, author or source of a document.
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
    /// Renames the project.
    SetName { to: String },
    /// Sets whether annotators work blind.
    SetBlind { to: bool },
    /// Replaces the list of actors.
    SetActors { to: Vec<String> },
    /// Replaces the list of issues.
    SetIssues { to: Vec<String> },
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
    #[error("the text of `{0}` is not open yet; open the document first")]
    NotLoaded(DocumentId),
    /// The layer's file is unreadable and must not be overwritten.
    #[error("the file of {annotator} for `{document}` can't be read; mend it or move it away first")]
    Unreadable { document: DocumentId, annotator: AnnotatorId },
    /// A range is outside the text or cuts a character.
    #[error("the place does not lie inside the text of `{0}`")]
    OutsideText(DocumentId),
    /// The codebook has no such category.
    #[error("the codebook has no category `{0}`; add it first")]
    NoCategory(CategoryId),
    /// Passages are still tagged with the category.
    #[error("the category `{0}` still tags passages; retag or remove them first")]
    CategoryInUse(CategoryId),
    /// An alias still points to the category.
    #[error("passages that other files call `{from}` are `{to}`; say first what becomes of them")]
    AliasTarget { from: CategoryId, to: CategoryId },
    /// An id is either a category or an alias, never both.
    #[error("`{0}` can't be a category and the old id of another one")]
    AliasAndCategory(CategoryId),
    /// The alias would lead back to itself.
    #[error("the old id `{0}` can't lead to itself")]
    AliasCycle(CategoryId),
    /// The span is tagged with another category.
    #[error("the passage {span} is not tagged as `{category}`")]
    CategoryMismatch { span: SpanId, category: CategoryId },
    /// The category would be its own ancestor.
    #[error("the category `{0}` can't stand under itself")]
    ParentCycle(CategoryId),
    /// The id of the edit differs from the id of its value.
    #[error("an edit for `{0}` carries a value with another id")]
    IdMismatch(String),
    /// There is nothing with this id to change or remove.
    #[error("there is no `{0}` to change")]
    Missing(String),
    /// The id is already in use.
    #[error("there is a `{0}` already")]
    AlreadyExists(String),
}

impl Project {
    /// Applies an edit.
    ///
    /// # Errors
    /// The edit is validated before anything changes. If one edit of a batch fails, the whole batch is
    /// reverted.
    pub fn apply(&mut self, edit: Edit) -> Result<Applied, EditError> {
        match edit {
            Edit::Batch(edits) => self.apply_batch(edits),
            Edit::SetSpan { layer, id, to } => self.set_span(layer, id, to),
            Edit::SetLink { layer, id, to } => self.set_link(layer, id, to),
            Edit::SetStatus { layer, to } => self.set_status(layer, to),
            Edit::SetDetached { layer, key, to } => self.set_detached(layer, key, to),
            Edit::SetDecision { document, reviewer, span, to } => {
                self.set_decision(document, reviewer, span, to)
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
            Edit::SetName { to } => {
                let to = std::mem::replace(&mut self.name, to);
                Ok(self.project_changed(Edit::SetName { to }))
            }
            Edit::SetBlind { to } => {
                let to = std::mem::replace(&mut self.blind, to);
                Ok(self.project_changed(Edit::SetBlind { to }))
            }
            Edit::SetActors { to } => {
                let to = std::mem::replace(&mut self.actors, to);
                Ok(self.project_changed(Edit::SetActors { to }))
            }
            Edit::SetIssues { to } => {
                let to = std::mem::replace(&mut self.issues, to);
                Ok(self.project_changed(Edit::SetIssues { to }))
            }
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
        let old = replace_in_list(&mut self.annotators, |a| a.id == id, to)
            .ok_or_else(|| EditError::Missing(id.to_string()))?;
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
