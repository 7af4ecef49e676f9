//! Requests of panels to the session. Panels see the session read-only and push actions; the application performs them
//! after the frame.
//!
//! Actions are nested by subject. Each subject's enum lives in the room that carries it out.

use super::{
    AgreementAction, AnalyseAction, AnalysisNotesAction, AnnotateAction, BoardAction, CodebookAction,
    CodebookChange, CompareAction, DocumentAction, DocumentListAction, DocumentSetAction, ExchangeAction,
    FilterAction, FindAction, HistoryAction, LinkAction, MergeAction, NavigateAction, OriginalAction,
    PaneAction, PassagesAction, PreviewAction, ProjectAction, ReviewAction, RoundAction, UpdateAction,
};

/// A change of the session that a panel requests.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// Moves through the project, or chooses the layers to show.
    Navigate(NavigateAction),
    /// Shows texts side by side.
    Pane(PaneAction),
    /// Tags text, or changes spans.
    Annotate(AnnotateAction),
    /// Links spans.
    Link(LinkAction),
    /// Changes the details of a document, or removes it.
    Document(DocumentAction),
    /// Arranges the list of documents, or changes several of them.
    DocumentList(DocumentListAction),
    /// Changes the sets of documents.
    DocumentSets(DocumentSetAction),
    /// Updates the text of a document.
    Update(UpdateAction),
    /// Changes or exports the codebook.
    Codebook(CodebookAction),
    /// Changes the project's name and people.
    Project(ProjectAction),
    /// Merges versions and copies of the project.
    Merge(MergeAction),
    /// Reads or exports the audit log.
    History(HistoryAction),
    /// Reviews, or answers a review.
    Review(ReviewAction),
    /// Compares annotators, or settles their differences.
    Compare(CompareAction),
    /// Measures agreement, or shows the passages behind a figure.
    Agreement(AgreementAction),
    /// Freezes a round, or opens one.
    Round(RoundAction),
    /// Arranges the board, or opens what one of its cells is about.
    Board(BoardAction),
    /// Changes the user's saved views, calendar and dismissed pairs.
    AnalysisNotes(AnalysisNotesAction),
    /// Asks the Analyse screen something else, or shows the passages behind a number.
    Analyse(AnalyseAction),
    /// Changes the filter of the window.
    Filter(FilterAction),
    /// Sorts the passages table, and filters by its columns.
    Passages(PassagesAction),
    /// Searches the texts.
    Find(FindAction),
    /// Imports and exports.
    Exchange(ExchangeAction),
    /// Shows pages of the originals of documents.
    Original(OriginalAction),
    /// Changes the preview of files to import.
    Preview(PreviewAction),
    /// Dismisses a notice.
    DismissNotice(u64),
    /// Cancels all jobs.
    CancelJobs,
}

/// Converts the actions of each subject to [`Action`].
macro_rules! from_subject {
    ($($subject:ident($action:ty)),* $(,)?) => {$(
        impl From<$action> for Action {
            fn from(action: $action) -> Self {
                Self::$subject(action)
            }
        }
    )*};
}

from_subject!(
    Navigate(NavigateAction),
    Pane(PaneAction),
    Annotate(AnnotateAction),
    Link(LinkAction),
    Document(DocumentAction),
    DocumentList(DocumentListAction),
    DocumentSets(DocumentSetAction),
    Update(UpdateAction),
    Codebook(CodebookAction),
    Project(ProjectAction),
    Merge(MergeAction),
    History(HistoryAction),
    Review(ReviewAction),
    Compare(CompareAction),
    Agreement(AgreementAction),
    Round(RoundAction),
    Board(BoardAction),
    AnalysisNotes(AnalysisNotesAction),
    Analyse(AnalyseAction),
    Filter(FilterAction),
    Passages(PassagesAction),
    Find(FindAction),
    Exchange(ExchangeAction),
    Original(OriginalAction),
    Preview(PreviewAction),
);

impl From<CodebookChange> for Action {
    fn from(change: CodebookChange) -> Self {
        Self::Codebook(CodebookAction::Change(change))
    }
}
