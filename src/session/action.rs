//! What panels ask of the session. Panels see the session read-only and push actions; the application carries them out
//! after the frame.
//!
//! Actions are nested by subject. Each subject's enum lives in the room that carries it out.

use super::{
    AgreementAction, AnnotateAction, CodebookAction, CodebookChange, CompareAction, DocumentAction,
    ExchangeAction, FindAction, HistoryAction, LinkAction, MergeAction, NavigateAction, PassagesAction,
    PreviewAction, ProjectAction, ReviewAction, UpdateAction,
};

/// A change of the session that a panel asks for.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// Moves around, and chooses what is shown.
    Navigate(NavigateAction),
    /// Tags, and changes spans.
    Annotate(AnnotateAction),
    /// Links spans.
    Link(LinkAction),
    /// Changes what is known of a document, or removes it.
    Document(DocumentAction),
    /// Gives a document another text.
    Update(UpdateAction),
    /// Changes the codebook, or writes it.
    Codebook(CodebookAction),
    /// Changes the project's name and people.
    Project(ProjectAction),
    /// Merges versions and copies of the project.
    Merge(MergeAction),
    /// Reads and writes the history of the project.
    History(HistoryAction),
    /// Reviews, or answers a review.
    Review(ReviewAction),
    /// Something about how annotators differ.
    Compare(CompareAction),
    /// Compares annotators, or shows the passages behind a figure.
    Agreement(AgreementAction),
    /// Filters and sorts the passages table.
    Passages(PassagesAction),
    /// Searches for words.
    Find(FindAction),
    /// Imports and exports.
    Exchange(ExchangeAction),
    /// Does something with the files that are looked at before they come in.
    Preview(PreviewAction),
    /// Takes a notice away.
    DismissNotice(u64),
    /// Cancels everything that runs in the background.
    CancelJobs,
}

/// Lets an action be asked for by its subject alone.
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
    Annotate(AnnotateAction),
    Link(LinkAction),
    Document(DocumentAction),
    Update(UpdateAction),
    Codebook(CodebookAction),
    Project(ProjectAction),
    Merge(MergeAction),
    History(HistoryAction),
    Review(ReviewAction),
    Compare(CompareAction),
    Agreement(AgreementAction),
    Passages(PassagesAction),
    Find(FindAction),
    Exchange(ExchangeAction),
    Preview(PreviewAction),
);

impl From<CodebookChange> for Action {
    fn from(change: CodebookChange) -> Self {
        Self::Codebook(CodebookAction::Change(change))
    }
}
