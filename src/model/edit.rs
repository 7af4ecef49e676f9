//! The one door through which a project changes.
//!
//! Every edit says what a place shall hold, `None` meaning nothing; its inverse says what the place held before. So undo,
//! redo and the record of changes need no code of their own for any kind of edit.

use std::sync::Arc;

use thiserror::Error;

use super::{
    Annotator, AnnotatorId, AttributeDef, AttributeId, Category, CategoryId, Decision, Detached, Document,
    DocumentId, DocumentMeta, LayerId, Link, LinkId, LinkKind, LinkKindId, Project, Span, SpanId, Status,
    Touch,
};

/// A change of a project.
#[derive(Clone, PartialEq, Debug)]
pub enum Edit {
    /// Adds, changes or removes a span.
    SetSpan { layer: LayerId, id: SpanId, to: Option<Arc<Span>> },
    /// Adds, changes or removes a link.
    SetLink { layer: LayerId, id: LinkId, to: Option<Arc<Link>> },
    /// Says how far an annotator is with a document.
    SetStatus { layer: LayerId, to: Status },
    /// Removes (or brings back) a record that could not be placed.
    SetDetached { layer: LayerId, key: u32, to: Option<Arc<Detached>> },
    /// Adds, changes or removes a decision of a reviewer.
    SetDecision { document: DocumentId, reviewer: AnnotatorId, span: SpanId, to: Option<Arc<Decision>> },
    /// Adds a category at a position, changes or moves it, or removes it.
    SetCategory { id: CategoryId, to: Option<(usize, Arc<Category>)> },
    /// Adds an attribute at a position, changes or moves it, or removes it.
    SetAttribute { id: AttributeId, to: Option<(usize, Arc<AttributeDef>)> },
    /// Adds a kind of link at a position, changes or moves it, or removes it.
    SetLinkKind { id: LinkKindId, to: Option<(usize, Arc<LinkKind>)> },
    /// Says which category a category that is gone has become, or says so no more.
    SetAlias { from: CategoryId, to: Option<CategoryId> },
    /// Turns spans of one category into spans of another, and nothing else of them: when they were changed last stays,
    /// since nobody has looked at them again. Unlike the other edits of spans it may be for the layer of somebody who does
    /// not work here; see [`Touch::Recoded`].
    Recode { layer: LayerId, spans: Vec<SpanId>, from: CategoryId, to: CategoryId },
    /// Adds an annotator at a position, changes or removes them.
    SetAnnotator { id: AnnotatorId, to: Option<(usize, Annotator)> },
    /// Changes title, date, author or source of a document.
    SetMeta { document: DocumentId, to: Box<DocumentMeta> },
    /// Adds a document with all that belongs to it; one that has not been read stands in the list alone.
    InsertDocument { at: usize, document: Arc<Document> },
    /// Puts another version of a document's text in the place of the one it has: the whole document as it is with that
    /// text. Layers of others follow in memory alone; see [`Touch::Realigned`].
    ReplaceText { to: Arc<Document> },
    /// Takes a document out, with all that belongs to it. Of one that has not been read the files stay.
    RemoveDocument { document: DocumentId },
    /// Renames the project.
    SetName { to: String },
    /// Says whether annotators work blind.
    SetBlind { to: bool },
    /// Replaces the list of actors.
    SetActors { to: Vec<String> },
    /// Replaces the list of issues.
    SetIssues { to: Vec<String> },
    /// Several edits, all or none.
    Batch(Vec<Edit>),
}

/// What an edit did.
#[derive(Clone, PartialEq, Debug)]
pub struct Applied {
    /// The edit that takes it back.
    pub inverse: Edit,
    /// The places that are other than before.
    pub touched: Vec<Touch>,
}

/// Why an edit was refused. A refused edit has changed nothing.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum EditError {
    /// There is no such document.
    #[error("there is no document `{0}` in this project")]
    NoDocument(DocumentId),
    /// The text is not in memory.
    #[error("the text of `{0}` is not open yet; open the document first")]
    NotLoaded(DocumentId),
    /// The layer's file can't be read, and must not be overwritten.
    #[error("the file of {annotator} for `{document}` can't be read; mend it or move it away first")]
    Unreadable { document: DocumentId, annotator: AnnotatorId },
    /// A range is outside the text or cuts a character.
    #[error("the place does not lie inside the text of `{0}`")]
    OutsideText(DocumentId),
    /// There is no such category.
    #[error("the codebook has no category `{0}`; add it first")]
    NoCategory(CategoryId),
    /// The category still tags something.
    #[error("the category `{0}` still tags passages; retag or remove them first")]
    CategoryInUse(CategoryId),
    /// An alias leads to the category.
    #[error("passages that other files call `{from}` are `{to}`; say first what becomes of them")]
    AliasTarget { from: CategoryId, to: CategoryId },
    /// What is a category can't be an old id of another one, nor the other way round.
    #[error("`{0}` can't be a category and the old id of another one")]
    AliasAndCategory(CategoryId),
    /// An alias would lead to itself.
    #[error("the old id `{0}` can't lead to itself")]
    AliasCycle(CategoryId),
    /// The span is another category's.
    #[error("the passage {span} is not tagged as `{category}`")]
    CategoryMismatch { span: SpanId, category: CategoryId },
    /// A category would be its own ancestor.
    #[error("the category `{0}` can't stand under itself")]
    ParentCycle(CategoryId),
    /// The value's id and the place's id differ.
    #[error("an edit for `{0}` carries a value with another id")]
    IdMismatch(String),
    /// What shall be removed or changed is not there.
    #[error("there is no `{0}` to change")]
    Missing(String),
    /// What shall be added is there already.
    #[error("there is a `{0}` already")]
    AlreadyExists(String),
}

impl Project {
    /// Changes the project.
    ///
    /// # Errors
    /// The edit is checked before anything changes; a batch of which one edit fails is taken back whole.
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

/// Puts `to` where the item that `is` finds stood, or takes that out. `None` if there is nothing to take out, else what
/// stood there with its position.
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
