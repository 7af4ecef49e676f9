//! What the user looks at: caret, selection, whose layers are shown, what is brought into view.

use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Span, SpanRef, TextRange};

use crate::{Screen, Session};

/// What is shown of the project, and where the user is in it. None of it is saved with the project.
#[derive(Default)]
pub(crate) struct View {
    state: ViewState,
    shown: Shown,
    screen: Screen,
    reveal: Reveal,
}

impl View {
    /// The document, caret, selection and picked span.
    pub fn state(&self) -> &ViewState {
        &self.state
    }

    /// The document that is shown.
    pub fn document(&self) -> Option<&DocumentId> {
        self.state.document.as_ref()
    }

    /// Caret and selection in it.
    pub fn text_selection(&self) -> TextSelection {
        self.state.text_selection
    }

    /// The span that is picked.
    pub fn current(&self) -> Option<&SpanRef> {
        self.state.current.as_ref()
    }

    /// Whose layers are shown and counted.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// The screen that is shown.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// The stretch that was brought into view last.
    pub fn reveal(&self) -> Reveal {
        self.reveal
    }

    /// Shows a document, with no span picked.
    pub fn open(&mut self, document: DocumentId, text_selection: TextSelection) {
        self.state = ViewState { document: Some(document), text_selection, current: None };
    }

    /// Shows no document.
    pub fn close_document(&mut self) {
        self.state = ViewState::default();
    }

    /// Returns to a place.
    pub fn return_to(&mut self, state: ViewState) {
        self.state = state;
    }

    /// Moves caret and selection.
    pub fn select_text(&mut self, selection: TextSelection) {
        self.state.text_selection = selection;
    }

    /// Picks a span of the document that is shown, or none.
    pub fn set_current(&mut self, at: Option<SpanRef>) {
        self.state.current = at;
    }

    /// Picks no span. Returns the one that was picked.
    pub fn clear_current(&mut self) -> Option<SpanRef> {
        self.state.current.take()
    }

    /// Asks the text view to bring a stretch of the document into view.
    pub fn show_range(&mut self, range: TextRange) {
        self.reveal.serial += 1;
        self.reveal.range = range;
    }

    /// Chooses whose layers are shown.
    pub fn show(&mut self, shown: Shown) {
        self.shown = shown;
    }

    /// Switches to a screen.
    pub fn show_screen(&mut self, screen: Screen) {
        self.screen = screen;
    }
}

/// Where the user is: what undo restores besides the project itself.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ViewState {
    /// The document that is shown.
    pub document: Option<DocumentId>,
    /// Caret and selection in it.
    pub text_selection: TextSelection,
    /// The span that is picked.
    pub current: Option<SpanRef>,
}

/// Caret and selection in a document's text, in bytes. The selection lies between the two; they are equal when nothing
/// is selected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TextSelection {
    /// Where the selection began.
    pub anchor: usize,
    /// Where the caret is.
    pub head: usize,
}

impl TextSelection {
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

impl Session {
    /// Where the user is.
    pub fn view_state(&self) -> &ViewState {
        self.view.state()
    }

    /// The document that is shown.
    pub fn document(&self) -> Option<&Arc<Document>> {
        self.project.document(self.view.document()?)
    }

    /// Caret and selection in the document that is shown.
    pub fn text_selection(&self) -> TextSelection {
        self.view.text_selection()
    }

    /// The place of the span that is picked.
    pub fn current(&self) -> Option<&SpanRef> {
        self.view.current()
    }

    /// The span that is picked.
    pub fn current_span(&self) -> Option<&Arc<Span>> {
        self.project.span(self.current()?)
    }

    /// Whose layers are shown and counted.
    pub fn shown(&self) -> &Shown {
        self.view.shown()
    }

    /// The stretch that the text view should bring into view.
    pub fn reveal(&self) -> Reveal {
        self.view.reveal()
    }
}
