//! The user's view: document, caret, selection, and visible layers.

use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Span, SpanRef, TextRange};

use crate::{Screen, Session};

/// The user's view of the project. None of it is saved with the project.
#[derive(Default)]
pub(crate) struct View {
    state: ViewState,
    shown: Shown,
    screen: Screen,
    reveal: Reveal,
    sight: Sight,
}

impl View {
    /// The open document, caret, selection and current span.
    pub fn state(&self) -> &ViewState {
        &self.state
    }

    /// The open document.
    pub fn document(&self) -> Option<&DocumentId> {
        self.state.document.as_ref()
    }

    /// Caret and selection in the open document.
    pub fn text_selection(&self) -> TextSelection {
        self.state.text_selection
    }

    /// The current span.
    pub fn current(&self) -> Option<&SpanRef> {
        self.state.current.as_ref()
    }

    /// The layers that are shown and counted.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The current screen.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// The range to scroll to.
    pub fn reveal(&self) -> Reveal {
        self.reveal
    }

    /// What is in view.
    pub fn sight(&self) -> &Sight {
        &self.sight
    }

    /// Records what is in view.
    pub fn set_sight(&mut self, sight: Sight) {
        self.sight = sight;
    }

    /// Opens a document, without a current span.
    pub fn open(&mut self, document: DocumentId, text_selection: TextSelection) {
        self.state = ViewState { document: Some(document), text_selection, current: None };
    }

    /// Closes the open document.
    pub fn close_document(&mut self) {
        self.state = ViewState::default();
    }

    /// Returns to an earlier state.
    pub fn return_to(&mut self, state: ViewState) {
        self.state = state;
    }

    /// Moves caret and selection.
    pub fn select_text(&mut self, selection: TextSelection) {
        self.state.text_selection = selection;
    }

    /// Sets or clears the current span.
    pub fn set_current(&mut self, at: Option<SpanRef>) {
        self.state.current = at;
    }

    /// Clears the current span. Returns the previous one.
    pub fn clear_current(&mut self) -> Option<SpanRef> {
        self.state.current.take()
    }

    /// Asks the text view to scroll to a range.
    pub fn show_range(&mut self, range: TextRange) {
        self.reveal.serial += 1;
        self.reveal.range = range;
    }

    /// Chooses the layers to show.
    pub fn show(&mut self, shown: Shown) {
        self.shown = shown;
    }

    /// Switches to a screen.
    pub fn show_screen(&mut self, screen: Screen) {
        self.screen = screen;
    }
}

/// The part of the project's texts that is in view.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) enum Sight {
    /// Everything: no window has said what it shows.
    #[default]
    Everything,
    /// This range of this document.
    Text(DocumentId, TextRange),
}

/// The part of the view that undo restores.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ViewState {
    /// The open document.
    pub document: Option<DocumentId>,
    /// Caret and selection in it.
    pub text_selection: TextSelection,
    /// The current span.
    pub current: Option<SpanRef>,
}

/// Caret and selection in a document's text, in bytes. The two ends are equal if nothing is selected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TextSelection {
    /// The end at which the selection began.
    pub anchor: usize,
    /// The caret.
    pub head: usize,
}

impl TextSelection {
    /// A caret without a selection.
    pub fn caret(at: usize) -> Self {
        Self { anchor: at, head: at }
    }

    /// A selection of `range`, with the caret at its end.
    pub fn over(range: TextRange) -> Self {
        Self { anchor: range.start, head: range.end }
    }

    /// The selected range; empty for a caret.
    pub fn range(self) -> TextRange {
        TextRange::new(self.anchor, self.head)
    }

    /// Returns whether nothing is selected.
    pub fn is_empty(self) -> bool {
        self.anchor == self.head
    }
}

/// The layers that are shown and counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Shown {
    /// The user's.
    #[default]
    Mine,
    /// Everyone's.
    Everyone,
    /// One annotator's.
    One(AnnotatorId),
}

/// A range to scroll to. A view acts on it once per `serial`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reveal {
    /// Goes up with every request.
    pub serial: u64,
    /// The range, in bytes.
    pub range: TextRange,
}

impl Session {
    /// The part of the user's view that undo restores.
    pub fn view_state(&self) -> &ViewState {
        self.view.state()
    }

    /// The open document.
    pub fn document(&self) -> Option<&Arc<Document>> {
        self.project.document(self.view.document()?)
    }

    /// Caret and selection in the open document.
    pub fn text_selection(&self) -> TextSelection {
        self.view.text_selection()
    }

    /// The reference to the current span.
    pub fn current(&self) -> Option<&SpanRef> {
        self.view.current()
    }

    /// The current span.
    pub fn current_span(&self) -> Option<&Arc<Span>> {
        self.project.span(self.current()?)
    }

    /// The layers that are shown and counted.
    pub fn shown(&self) -> &Shown {
        self.view.shown()
    }

    /// The range that the text view should scroll to.
    pub fn reveal(&self) -> Reveal {
        self.view.reveal()
    }
}
