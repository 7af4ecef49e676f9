//! The user's view: for each pane, document, caret, selection and visible layers.

use std::sync::Arc;

use demarche_io::place::DocumentPlace;
use demarche_model::{AnnotatorId, Document, DocumentId, Span, SpanRef, TextRange};

use crate::{Screen, Session};

/// The user's view of the project: a text, or two texts side by side. None of it is saved with the project.
///
/// Everything but the functions on panes concerns the focused one, on which the panels and the keys act.
#[derive(Default)]
pub(crate) struct View {
    focused: PaneView,
    /// The other pane, if there are two.
    other: Option<PaneView>,
    /// The side of the focused pane, if there are two.
    side: PaneSide,
    scrolls_together: bool,
    screen: Screen,
    /// The key of the latest pane.
    latest: PaneKey,
}

/// What one pane shows.
#[derive(Clone, Default)]
pub(crate) struct PaneView {
    pub key: PaneKey,
    /// Its offsets are in the current text, also while an earlier version is shown.
    pub state: ViewState,
    pub shown: Shown,
    /// The number of the earlier version that is shown; `None` for the current text.
    pub earlier: Option<u32>,
    /// The selection in that version, together with the one in the current text that it stands for.
    pub selected_earlier: Option<(TextSelection, TextSelection)>,
    pub reveal: Reveal,
    /// Whether the range to scroll to is one of the text that is shown.
    pub reveals_shown: bool,
    /// What is in view, with offsets in the current text.
    pub sight: Sight,
    /// What is in view of the text that is shown.
    pub seen: Option<(DocumentId, TextRange)>,
    /// The position to return to once the text is in memory.
    pub return_to: Option<DocumentPlace>,
}

/// Identifies a pane for as long as it is open, on either side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct PaneKey(u64);

/// The side of a pane next to another one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PaneSide {
    /// Left.
    #[default]
    Left,
    /// Right.
    Right,
}

impl PaneSide {
    /// The other side.
    pub fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

impl View {
    /// The open document, caret, selection and current span.
    pub fn state(&self) -> &ViewState {
        &self.focused.state
    }

    /// The open document.
    pub fn document(&self) -> Option<&DocumentId> {
        self.focused.state.document.as_ref()
    }

    /// Caret and selection in the open document.
    pub fn text_selection(&self) -> TextSelection {
        self.focused.state.text_selection
    }

    /// The current span.
    pub fn current(&self) -> Option<&SpanRef> {
        self.focused.state.current.as_ref()
    }

    /// The layers that are shown and counted.
    pub fn shown(&self) -> &Shown {
        &self.focused.shown
    }

    /// The current screen.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// What is in view.
    pub fn sight(&self) -> &Sight {
        &self.focused.sight
    }

    /// Opens a document, without a current span.
    pub fn open(&mut self, document: DocumentId, text_selection: TextSelection) {
        self.focused.state = ViewState { document: Some(document), text_selection, current: None };
        self.focused.show_earlier(None);
        self.focused.return_to = None;
    }

    /// Has the focused pane return to a position once its text is in memory.
    pub fn return_focused_to(&mut self, place: DocumentPlace) {
        self.focused.return_to = Some(place);
    }

    /// Closes the open document.
    pub fn close_document(&mut self) {
        self.focused.state = ViewState::default();
    }

    /// Returns to an earlier state.
    pub fn return_to(&mut self, state: ViewState) {
        self.focused.state = state;
    }

    /// Moves caret and selection.
    pub fn select_text(&mut self, selection: TextSelection) {
        self.focused.state.text_selection = selection;
    }

    /// Shows an earlier version of the focused pane's text, or the current one.
    pub fn show_earlier(&mut self, version: Option<u32>) {
        self.focused.show_earlier(version);
    }

    /// Records the selection in an earlier version that the one in the current text stands for.
    pub fn select_earlier(&mut self, earlier: TextSelection, current: TextSelection) {
        self.focused.selected_earlier = Some((earlier, current));
    }

    /// Asks the text view to scroll to a range of the text that it shows.
    pub fn show_in_pane(&mut self, range: TextRange) {
        self.focused.show_in_pane(range);
    }

    /// Sets or clears the current span.
    pub fn set_current(&mut self, at: Option<SpanRef>) {
        self.focused.state.current = at;
    }

    /// Clears the current span. Returns the previous one.
    pub fn clear_current(&mut self) -> Option<SpanRef> {
        self.focused.state.current.take()
    }

    /// Asks the text view to scroll to a range.
    pub fn show_range(&mut self, range: TextRange) {
        self.focused.show(range, false);
    }

    /// Asks the text view to scroll so that a byte is in the first line.
    pub fn show_from(&mut self, byte: usize) {
        self.focused.show(TextRange::new(byte, byte), true);
    }

    /// Chooses the layers to show.
    pub fn show(&mut self, shown: Shown) {
        self.focused.shown = shown;
    }

    /// Switches to a screen.
    pub fn show_screen(&mut self, screen: Screen) {
        self.screen = screen;
    }

    /// The focused pane.
    pub fn focused(&self) -> &PaneView {
        &self.focused
    }

    /// The other pane, if there are two.
    pub fn other(&self) -> Option<&PaneView> {
        self.other.as_ref()
    }

    /// The number of the earlier version that a pane shows. Other screens show the current text.
    pub fn version_in(&self, pane: &PaneView) -> Option<u32> {
        pane.earlier.filter(|_| self.screen == Screen::Annotate)
    }

    /// The side of the focused pane, if there are two.
    pub fn side(&self) -> PaneSide {
        self.side
    }

    /// The panes, the focused one first.
    pub fn panes(&self) -> impl Iterator<Item = &PaneView> {
        [&self.focused].into_iter().chain(&self.other)
    }

    /// The panes, the focused one first.
    pub fn panes_mut(&mut self) -> impl Iterator<Item = &mut PaneView> {
        [&mut self.focused].into_iter().chain(&mut self.other)
    }

    /// Moves the focus to the other pane. Returns whether there is one.
    pub fn focus_other(&mut self) -> bool {
        let Some(other) = &mut self.other else { return false };
        std::mem::swap(&mut self.focused, other);
        self.side = self.side.opposite();
        true
    }

    /// Adds an empty pane next to the focused one, if that is the only one, and moves the focus there.
    pub fn add_pane(&mut self) {
        if self.other.is_some() {
            return;
        }
        self.latest = PaneKey(self.latest.0 + 1);
        let shown = self.focused.shown.clone();
        self.other = Some(PaneView { key: self.latest, shown, ..PaneView::default() });
        self.side = PaneSide::Left;
        self.focus_other();
    }

    /// Closes the pane without the focus.
    pub fn close_other(&mut self) -> Option<PaneView> {
        self.side = PaneSide::Left;
        self.focused.show_earlier(None);
        self.other.take()
    }

    /// Exchanges the sides of two panes.
    pub fn swap_sides(&mut self) {
        if self.other.is_some() {
            self.side = self.side.opposite();
        }
    }

    /// Returns whether two panes scroll together.
    pub fn scrolls_together(&self) -> bool {
        self.scrolls_together
    }

    /// Chooses whether two panes scroll together.
    pub fn scroll_together(&mut self, together: bool) {
        self.scrolls_together = together;
    }
}

impl PaneView {
    /// Asks the text view to scroll to a range; with `at_top`, so that its start is in the first line.
    pub fn show(&mut self, range: TextRange, at_top: bool) {
        self.reveal = Reveal { serial: self.reveal.serial + 1, range, at_top };
        self.reveals_shown = false;
    }

    /// Like [`PaneView::show`], with a range of the text that is shown.
    pub fn show_in_pane(&mut self, range: TextRange) {
        self.show(range, false);
        self.reveals_shown = true;
    }

    /// Shows an earlier version of the text, or the current one. Stays at the same place.
    pub fn show_earlier(&mut self, version: Option<u32>) {
        if self.earlier == version {
            return;
        }
        self.earlier = version;
        self.selected_earlier = None;
        if let Sight::Text(_, seen) = self.sight {
            self.show(TextRange::new(seen.start, seen.start), true);
        }
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
    /// Everyone's, without the consensus.
    Everyone,
    /// Everyone's and the consensus.
    All,
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
    /// Whether its start belongs in the first line; otherwise it is enough that the range is well in view.
    pub at_top: bool,
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
        self.view.focused().reveal
    }
}
