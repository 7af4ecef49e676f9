//! Reading: documents, moving about, finding, citing.

pub(crate) mod citation;
pub(crate) mod documents;
pub(crate) mod find;
pub(crate) mod navigate;
pub(crate) mod outline;
pub(crate) mod screen;

use demarche_analysis::search::Query;
use demarche_model::{DocumentId, DocumentMeta, SpanRef, Status, TextRange};

use crate::{Screen, Session, Shown, TextSelection};

/// Moves around, or chooses what is shown.
#[derive(Clone, PartialEq, Debug)]
pub enum NavigateAction {
    /// Shows a document.
    OpenDocument(DocumentId),
    /// Moves caret and selection in the document that is shown.
    SelectText(TextSelection),
    /// Picks a span of the document that is shown, or none.
    SetCurrent(Option<SpanRef>),
    /// Picks several spans, so that they are changed together; the first is the one that is shown.
    SelectSpans(Vec<SpanRef>),
    /// Adds a span to those that are changed together, or takes it out of them.
    ToggleSelected(SpanRef),
    /// Shows a span: opens its document, brings it into view, picks it.
    GoTo(SpanRef),
    /// Shows a stretch of a document and selects it.
    GoToRange(DocumentId, TextRange),
    /// Shows a place of the document that is shown, in bytes, with the caret there.
    GoToOffset(usize),
    /// Chooses whose layers are shown.
    Show(Shown),
}

/// Changes what is known of a document, or removes it.
#[derive(Clone, PartialEq, Debug)]
pub enum DocumentAction {
    /// Says how far the annotator is with a document.
    SetStatus(DocumentId, Status),
    /// Changes title, date or source of a document.
    SetMeta(Box<DocumentMeta>),
    /// Takes a document out of the project.
    Remove(DocumentId),
}

/// Searches for words.
#[derive(Clone, PartialEq, Debug)]
pub enum FindAction {
    /// Searches in the document that is shown.
    InDocument(Query),
    /// Searches in all documents.
    Everywhere(Query),
    /// Ends the search.
    End,
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
            NavigateAction::Show(shown) => self.show(shown),
        }
    }

    /// Picks a span; on the Compare screen it brings the readings that it is compared with.
    fn set_current(&mut self, at: SpanRef) {
        match self.view.screen() {
            Screen::Compare => self.select_with_readings(at),
            Screen::Annotate | Screen::Agreement => {
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
            DocumentAction::Remove(id) => self.remove_document(&id),
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_find(&mut self, action: FindAction) {
        match action {
            FindAction::InDocument(query) => self.find_in_document(query),
            FindAction::Everywhere(query) => self.find_everywhere(query),
            FindAction::End => self.end_find(),
        }
    }
}
