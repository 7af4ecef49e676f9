//! What panels ask of the session. Panels see the session read-only and push actions; the application carries them out
//! after the frame.

use crate::model::{
    AnnotatorId, AttributeId, CategoryId, DocumentId, DocumentMeta, SpanRef, Status, TextRange, Value,
};

/// A wish of a panel.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// Runs the command with this id; see `session::commands`.
    Run(&'static str),
    /// Shows a document.
    OpenDocument(DocumentId),
    /// Moves caret and selection in the document that is shown.
    Select(Selection),
    /// Picks a span of the document that is shown, or none.
    Pick(Option<SpanRef>),
    /// Shows a span: opens its document, brings it into view, picks it.
    GoTo(SpanRef),
    /// Shows a stretch of a document and selects it.
    GoToRange(DocumentId, TextRange),
    /// Tags the selection; with nothing selected and a span picked, retags that span.
    Tag(CategoryId),
    /// Moves the bounds of the range number `index` of a span.
    SetBounds { at: SpanRef, index: usize, to: TextRange },
    /// Retags a span.
    SetCategory { at: SpanRef, category: CategoryId },
    /// Writes a span's note.
    SetNote { at: SpanRef, note: String },
    /// Sets or clears an attribute of a span.
    SetAttribute { at: SpanRef, attribute: AttributeId, to: Option<Value> },
    /// Removes a span.
    Remove(SpanRef),
    /// Says how far the annotator is with a document.
    SetStatus(DocumentId, Status),
    /// Changes title, date or source of a document.
    SetMeta(Box<DocumentMeta>),
    /// Chooses whose layers are shown.
    Show(Shown),
}

/// Caret and selection in a document's text, in bytes. The selection lies between the two; they are equal when nothing
/// is selected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    /// Where the selection began.
    pub anchor: usize,
    /// Where the caret is.
    pub head: usize,
}

impl Selection {
    /// A caret with nothing selected.
    pub fn caret(at: usize) -> Self {
        Self { anchor: at, head: at }
    }

    /// Everything in `range`, the caret at its end.
    pub fn over(range: TextRange) -> Self {
        Self { anchor: range.start, head: range.end }
    }

    /// The selected stretch; empty for a mere caret.
    pub fn range(self) -> TextRange {
        TextRange::new(self.anchor, self.head)
    }

    /// Whether nothing is selected.
    pub fn is_empty(self) -> bool {
        self.anchor == self.head
    }
}

/// Whose layers are shown and counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Shown {
    /// Those of the one who works here.
    #[default]
    Mine,
    /// Everybody's.
    Everyone,
    /// Those of one annotator.
    One(AnnotatorId),
}

/// A place that the document view shall bring into view. A view acts on it once per `serial`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reveal {
    /// Goes up with every wish.
    pub serial: u64,
    /// What shall be seen, in bytes.
    pub range: TextRange,
}
