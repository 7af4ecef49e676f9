//! What the user looks at: caret, selection, whose layers are shown, what is brought into view.

use demarche_model::{AnnotatorId, TextRange};

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
