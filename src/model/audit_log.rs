//! Entries of the audit log: who changed what, and when.

use smol_str::SmolStr;

use super::{
    AnnotatorId, AttributeId, CategoryId, DocumentId, DocumentSetId, LinkKindId, MemoSubject, SpanId, Stamp,
};

/// One step of a person's work: everything that one key press, one dialog or one import changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogEntry {
    /// When the step was done.
    pub at: Stamp,
    /// The person who did it.
    pub who: AnnotatorId,
    /// The name of the step, as in the menu: "tag as Threat", "undo: tag as Threat".
    pub step: String,
    /// The changes, in the order of the edit.
    pub changes: Vec<Change>,
}

/// The change that a step made to one thing. Positions are in characters. A value that did not exist before
/// or no longer exists is empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The document, if the change is in one.
    pub document: Option<DocumentId>,
    /// The owner of the layer, if the change is in one.
    pub layer: Option<AnnotatorId>,
    /// The span, if the change is to one.
    pub span: Option<SpanId>,
    /// The kind of change.
    pub what: Changed,
    /// The value before the step.
    pub before: String,
    /// The value after the step.
    pub after: String,
}

impl Change {
    /// A change to the project as a whole: in no document, layer or span.
    pub fn new(what: Changed, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { document: None, layer: None, span: None, what, before: before.into(), after: after.into() }
    }
}

/// The kind of a [`Change`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Changed {
    /// A whole span, added or removed.
    Span,
    /// The spans of a layer, counted because the step changed too many to list.
    Spans,
    /// The category of a span.
    SpanCategory,
    /// The ranges of a span.
    Ranges,
    /// The note of a span.
    Note,
    /// An attribute of a span.
    Attribute(AttributeId),
    /// A link.
    Link,
    /// The status of a layer.
    Status,
    /// A record of a layer that could not be placed.
    Detached,
    /// A reviewer's decision on a span.
    Decision,
    /// A category of the codebook.
    CategoryDef(CategoryId),
    /// An attribute of the codebook.
    AttributeDef(AttributeId),
    /// A kind of link of the codebook.
    LinkKindDef(LinkKindId),
    /// The target of an alias.
    Alias(CategoryId),
    /// A person.
    Annotator(AnnotatorId),
    /// The name of the project.
    ProjectName,
    /// Blind mode.
    Blind,
    /// The list of actors.
    Actors,
    /// The list of issues.
    Issues,
    /// The relations between actors and issues.
    Relations,
    /// The title, date and source of a document.
    Meta,
    /// The name of a set of documents.
    DocumentSetName(DocumentSetId),
    /// The documents in a set.
    Members(DocumentSetId),
    /// The order of the list of documents.
    DocumentOrder,
    /// A whole document, added or removed.
    Document,
    /// The text of a document.
    Text,
    /// A saved view.
    SavedView,
    /// An event of a calendar.
    Event,
    /// A phase of a calendar.
    Phase,
    /// A possible answer that was dismissed.
    DismissedPair,
    /// A memo.
    Memo(MemoSubject),
    /// A kind that this version does not know, as written in the log.
    Other(SmolStr),
}
