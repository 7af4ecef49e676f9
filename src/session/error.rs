//! The errors of the session.

use std::path::PathBuf;

use demarche_io::{IoError, Problem};
use demarche_model::{LinkKindId, Unfinished};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// A file can't be read or written.
    #[error(transparent)]
    Io(#[from] IoError),

    /// The document has not been read, so that its text can't be compared.
    #[error("the document is not open yet")]
    NotOpen,
    /// There is no text in the clipboard.
    #[error("there is no text in the clipboard")]
    NothingToPaste,
    /// The file for a document's new text holds no document, or several.
    #[error("the file holds {documents} documents, not one; choose another: {}", path.display())]
    NotOneDocument { documents: usize, path: PathBuf },
    /// A file of the user has changed on another machine and has to be merged first.
    #[error(
        "your own file has been changed on another machine, too; merge it, or close Demarche there: {}",
        .0.display()
    )]
    ChangedElsewhere(PathBuf),
    /// The other version of a passage can't be placed in the text any more.
    #[error("Not done: the other copy's passage does not stand in this text any more. Keep this one")]
    NotInThisText,

    /// The codebook has no kinds of link.
    #[error("The codebook has no kinds of link; add one there first")]
    NoLinkKinds,
    /// The codebook lacks this kind of link.
    #[error("The codebook has no kind of link `{0}`; add it there first")]
    UnknownLinkKind(LinkKindId),
    /// Both ends of a link are the same span.
    #[error("A passage can't be linked to itself; pick another one")]
    LinkToItself,
    /// Neither end of a link is the user's.
    #[error("A link starts at a passage of yours, and neither is; tag one of them so too first")]
    NeitherIsYours,
    /// The link would start at another annotator's span.
    #[error("A link starts at a passage of yours; this one is {owner}’s")]
    StartIsNotYours { owner: String },
    /// One end of the link is gone.
    #[error("One of the passages is gone; nothing was linked")]
    EndIsGone,
    /// There is such a link already.
    #[error("These passages are linked as “{kind}” already")]
    LinkedAlready { kind: String },

    /// The reading is of an annotator who is not compared.
    #[error("Only {0} annotators are compared here")]
    NotCompared(usize),
    /// Readings that were to be joined contradict each other.
    #[error("They say different things of {attributes}, and both can't stand: take one of them")]
    ReadingsDiffer { attributes: String },
}

impl From<SessionError> for Unfinished<SessionError> {
    fn from(error: SessionError) -> Self {
        Self::Failed(error)
    }
}

impl From<Problem> for SessionError {
    fn from(problem: Problem) -> Self {
        Self::Io(IoError::Problem(problem))
    }
}
