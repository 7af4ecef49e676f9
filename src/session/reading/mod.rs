//! Reading: opening documents, moving through them, searching and citing.

pub(crate) mod bookmarks;
pub(crate) mod citation;
pub(crate) mod documents;
pub(crate) mod find;
pub(crate) mod navigate;
pub(crate) mod original;
pub(crate) mod outline;
pub(crate) mod place;
pub(crate) mod screen;

use demarche_analysis::search::Query;
use demarche_io::bookmarks::Bookmark;
use demarche_model::{DocumentId, DocumentMeta, SpanRef, Status, TextRange};

use crate::{PaneKey, Screen, Session, Shown, TextSelection};

/// Moves through the project, or chooses the layers to show.
#[derive(Clone, PartialEq, Debug)]
pub enum NavigateAction {
    /// Opens a document.
    OpenDocument(DocumentId),
    /// Moves caret and selection in the open document.
    SelectText(TextSelection),
    /// Makes a span of the open document the current one, or deselects all.
    SetCurrent(Option<SpanRef>),
    /// Selects several spans, to change them together; the first becomes the current one.
    SelectSpans(Vec<SpanRef>),
    /// Selects or deselects a span.
    ToggleSelected(SpanRef),
    /// Goes to a span: opens its document, scrolls to it and makes it the current one.
    GoTo(SpanRef),
    /// Goes to a range of a document and selects it.
    GoToRange(DocumentId, TextRange),
    /// Moves the caret to an offset of the open document, in bytes, and scrolls there.
    GoToOffset(usize),
    /// Records which range of a document a pane shows.
    See(PaneKey, DocumentId, TextRange),
    /// Goes to a bookmark.
    GoToBookmark(Bookmark),
    /// Removes a bookmark.
    RemoveBookmark(Bookmark),
    /// Chooses the layers to show.
    Show(Shown),
}

/// Changes the details of a document.
#[derive(Clone, PartialEq, Debug)]
pub enum DocumentAction {
    /// Sets the user's status of a document.
    SetStatus(DocumentId, Status),
    /// Changes title, date or source of a document.
    SetMeta(Box<DocumentMeta>),
}

/// Searches the texts.
#[derive(Clone, PartialEq, Debug)]
pub enum FindAction {
    /// Searches the open document.
    InDocument(Query),
    /// Searches all documents.
    Everywhere(Query),
    /// Closes the search.
    End,
    /// Drops the results of the search in all documents.
    DropResults,
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_navigate(&mut self, action: NavigateAction) {
        match action {
            NavigateAction::OpenDocument(id) => self.open_document(&id),
            NavigateAction::SelectText(selection) => self.select_text(selection),
            NavigateAction::SetCurrent(Some(at)) => self.set_current(at),
            NavigateAction::SetCurrent(None) => self.clear_current(),
            NavigateAction::SelectSpans(spans) => self.select_spans(spans),
            NavigateAction::ToggleSelected(at) => self.toggle_selected(at),
            NavigateAction::GoTo(at) => self.go_to(&at),
            NavigateAction::GoToRange(document, range) => self.go_to_range(&document, range),
            NavigateAction::GoToOffset(at) => self.go_to_offset(at),
            NavigateAction::See(pane, document, visible) => self.set_sight(pane, document, visible),
            NavigateAction::GoToBookmark(mark) => self.go_to_bookmark(mark),
            NavigateAction::RemoveBookmark(mark) => self.remove_bookmark(&mark),
            NavigateAction::Show(shown) => self.show(shown),
        }
    }

    /// Makes a span the current one; on the Compare screen, together with the readings that it is compared with.
    fn set_current(&mut self, at: SpanRef) {
        match self.view.screen() {
            Screen::Compare => self.select_with_readings(at),
            Screen::Annotate | Screen::Agreement | Screen::Board | Screen::Analyse => {
                self.tagging.clear_selected();
                self.view.set_current(Some(at).filter(|at| self.project.span(at).is_some()));
            }
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_document(&mut self, action: DocumentAction) {
        match action {
            DocumentAction::SetStatus(document, status) => self.set_status(&document, status),
            DocumentAction::SetMeta(meta) => self.set_meta(*meta),
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_find(&mut self, action: FindAction) {
        match action {
            FindAction::InDocument(query) => self.find_in_document(query),
            FindAction::Everywhere(query) => self.find_everywhere(query),
            FindAction::End => self.end_find(),
            FindAction::DropResults => self.find.drop_results(),
        }
    }
}
