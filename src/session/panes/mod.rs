//! Two texts side by side. Each pane has its own document, caret, selection, current span, layers and scroll position;
//! panels, keys and commands act on the pane with the focus.

mod earlier;
mod pane;
mod stale;

use demarche_model::{DocumentId, SpanRef};

use crate::view::{PaneView, Sight};
use crate::{PaneKey, PaneSide, Session};

pub(crate) use earlier::EarlierTexts;
pub use pane::Pane;

/// Shows texts side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PaneAction {
    /// Opens a text next to the open one: in the other pane, or in a new one.
    OpenBeside(PaneText),
    /// Opens a text in a pane.
    Open(PaneKey, PaneText),
    /// Moves the focus to a pane.
    Focus(PaneKey),
    /// Closes a pane, unless it is the only one.
    Close(PaneKey),
    /// Exchanges the sides of the panes.
    Swap,
    /// Chooses whether the panes scroll together.
    ScrollTogether(bool),
}

/// A text that a pane can show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaneText {
    document: DocumentId,
    earlier: Option<u32>,
}

impl PaneText {
    /// The current text of a document.
    pub fn current(document: &DocumentId) -> Self {
        Self { document: document.clone(), earlier: None }
    }

    /// An earlier version of a document's text.
    pub fn earlier(document: &DocumentId, version: u32) -> Self {
        Self { document: document.clone(), earlier: Some(version) }
    }
}

impl Session {
    /// The panes, from left to right: one or two.
    pub fn panes(&self) -> impl Iterator<Item = Pane<'_>> {
        let (focused, other) = (Some(self.view.focused()), self.view.other());
        let in_order = match self.view.side() {
            PaneSide::Left => [focused, other],
            PaneSide::Right => [other, focused],
        };
        in_order.into_iter().flatten().map(|view| Pane::new(self, view))
    }

    /// The pane on which panels and keys act.
    pub fn focused_pane(&self) -> Pane<'_> {
        Pane::new(self, self.view.focused())
    }

    /// Returns whether two texts are shown side by side.
    pub fn is_side_by_side(&self) -> bool {
        self.view.other().is_some()
    }

    /// Returns whether the panes scroll together.
    pub fn scrolls_together(&self) -> bool {
        self.view.scrolls_together()
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_pane(&mut self, action: PaneAction) {
        match action {
            PaneAction::OpenBeside(text) => self.open_beside(&text),
            PaneAction::Open(pane, text) => {
                self.focus_pane(pane);
                self.open_text(&text);
            }
            PaneAction::Focus(pane) => self.focus_pane(pane),
            PaneAction::Close(pane) => self.close_pane(pane),
            PaneAction::Swap => self.swap_panes(),
            PaneAction::ScrollTogether(together) => {
                self.view.scroll_together(together);
                self.places.change();
            }
        }
    }

    /// Shows the open document twice; with two panes, closes the one without the focus.
    pub fn toggle_side_by_side(&mut self) {
        if self.is_side_by_side() {
            return self.close_other_pane();
        }
        if let Some(id) = self.view.document().cloned() {
            self.open_beside(&PaneText::current(&id));
        }
    }

    /// Shows the latest earlier version of the open document's text beside the current one.
    pub fn open_earlier_beside(&mut self) {
        let Some(document) = self.document() else { return };
        let Some(version) = document.other_texts.keys().next_back() else { return };
        let text = PaneText::earlier(document.id(), *version);
        self.view.show_earlier(None);
        self.open_beside(&text);
    }

    /// Opens a text in the focused pane.
    fn open_text(&mut self, text: &PaneText) {
        self.open_document(&text.document);
        let document = self.project.document(&text.document);
        let has = |version: &u32| document.is_some_and(|document| document.other_texts.contains_key(version));
        let earlier = text.earlier.filter(has).filter(|_| self.is_side_by_side());
        self.view.show_earlier(earlier);
        self.follow_earlier();
    }

    /// Opens a text next to the open one, in the other pane, and moves the focus there.
    pub fn open_beside(&mut self, text: &PaneText) {
        let id = &text.document;
        if self.project.document(id).is_none() {
            return;
        }
        if self.view.document().is_none() {
            return self.open_document(id);
        }
        if !self.focus_other_pane() {
            // The document may be the open one, which is then shown from the same position.
            self.leave_document();
            self.view.add_pane();
            self.pane_changed();
        }
        let is_open = shows(self.view.focused(), id);
        self.open_text(text);
        let twice = self.view.other().filter(|other| !is_open && shows(other, id));
        if let Some(Sight::Text(_, seen)) = twice.map(|other| other.sight.clone()) {
            self.view.show_from(seen.start);
        }
    }

    /// Closes a pane; the other one gets the focus.
    pub fn close_pane(&mut self, pane: PaneKey) {
        if self.view.focused().key == pane && !self.focus_other_pane() {
            return;
        }
        self.close_other_pane();
    }

    fn close_other_pane(&mut self) {
        let position = self.view.other().and_then(|other| self.position_in(other));
        if let Some(closed) = self.view.close_other() {
            self.saving.hurry();
            if let Some(id) = closed.state.document.filter(|id| self.view.document() != Some(id)) {
                self.reading.leave(id, closed.state.text_selection);
                position.into_iter().for_each(|position| self.places.leave(position));
            }
            self.places.change();
        }
    }

    /// Exchanges the sides of the panes.
    pub fn swap_panes(&mut self) {
        self.view.swap_sides();
        self.places.change();
    }

    /// Scrolls both panes when one is scrolled, or no longer.
    pub fn toggle_scroll_together(&mut self) {
        self.perform_pane(PaneAction::ScrollTogether(!self.scrolls_together()));
    }

    /// Moves the focus to the other pane, if there are two.
    pub fn focus_other_text(&mut self) {
        self.focus_other_pane();
    }

    /// Moves the focus to the pane on a side, if there are two.
    pub fn focus_side(&mut self, side: PaneSide) {
        if self.view.side() != side {
            self.focus_other_pane();
        }
    }

    /// Moves the focus to a pane.
    pub fn focus_pane(&mut self, pane: PaneKey) {
        if self.view.other().is_some_and(|other| other.key == pane) {
            self.focus_other_pane();
        }
    }

    /// Moves the focus to the other pane. Returns whether there is one.
    pub(crate) fn focus_other_pane(&mut self) -> bool {
        let has_moved = self.view.focus_other();
        if has_moved {
            self.pane_changed();
        }
        has_moved
    }

    /// Moves the focus to the pane that shows a document, unless the focused one does.
    pub(crate) fn focus_document(&mut self, id: &DocumentId) {
        if !shows(self.view.focused(), id) && self.view.other().is_some_and(|other| shows(other, id)) {
            self.focus_other_pane();
        }
    }

    /// Goes to the pane that shows a document, or opens it in the focused one.
    pub(crate) fn reach_document(&mut self, id: &DocumentId) {
        self.focus_document(id);
        if !shows(self.view.focused(), id) {
            self.open_document(id);
        }
    }

    /// Leaves an earlier version that lacks a span: for the other pane if that shows the current text, otherwise for the
    /// current text.
    pub(crate) fn leave_version_without(&mut self, at: &SpanRef) {
        let compared = self.compared_in(self.view.focused());
        let is_there = |compared: &earlier::Compared| {
            compared.layer(&at.layer.annotator).is_some_and(|layer| layer.span(at.span).is_some())
        };
        if compared.is_none_or(is_there) {
            return;
        }
        let current = |other: &PaneView| shows(other, &at.layer.document) && other.earlier.is_none();
        match self.view.other().is_some_and(current) {
            true => drop(self.focus_other_pane()),
            false => self.view.show_earlier(None),
        }
    }

    /// Updates everything that depends on the focused pane.
    fn pane_changed(&mut self) {
        self.tagging.clear_selected();
        if *self.stats.visibility() != self.visibility() {
            self.show(self.view.shown().clone());
        }
        self.find_in_pane();
        self.places.change();
    }
}

fn shows(pane: &PaneView, id: &DocumentId) -> bool {
    pane.state.document.as_ref() == Some(id)
}
