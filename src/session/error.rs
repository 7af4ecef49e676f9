//! Why something could not be done.

use std::path::PathBuf;

use demarche_io::{IoError, Problem};
use demarche_model::{LinkKindId, Stopped};

/// Why something that was asked for was not done.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The user has stopped the work; nothing has failed.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// A file can't be read or written.
    #[error(transparent)]
    Io(IoError),

    /// The document has not been read, so that its text can't be compared.
    #[error("the document is not open yet")]
    NotOpen,
    /// A new text was to be pasted, and there is none.
    #[error("there is no text in the clipboard")]
    NothingToPaste,
    /// A file that was to hold a document's new text holds none, or several.
    #[error("the file holds {documents} documents, not one; choose another: {}", path.display())]
    NotOneDocument { documents: usize, path: PathBuf },
    /// A file of the user was changed by another machine, and has to be merged first.
    #[error(
        "your own file has been changed on another machine, too; merge it, or close Demarche there: {}",
        .0.display()
    )]
    ChangedElsewhere(PathBuf),
    /// What a merge has left to decide can't be placed in the text any more.
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
    /// A link starts at somebody else's span.
    #[error("A link starts at a passage of yours; this one is {owner}’s")]
    StartIsNotYours { owner: String },
    /// An end of a link is gone.
    #[error("One of the passages is gone; nothing was linked")]
    EndIsGone,
    /// There is such a link already.
    #[error("These passages are linked as “{kind}” already")]
    LinkedAlready { kind: String },

    /// A reading was taken of somebody who is not compared.
    #[error("Only {0} annotators are compared here")]
    NotCompared(usize),
    /// Readings that were to be joined contradict each other.
    #[error("They say different things of {attributes}, and both can't stand: take one of them")]
    ReadingsDiffer { attributes: String },
}

impl From<IoError> for SessionError {
    fn from(error: IoError) -> Self {
        match error {
            IoError::Stopped(stopped) => Self::Stopped(stopped),
            other => Self::Io(other),
        }
    }
}

impl From<Problem> for SessionError {
    fn from(problem: Problem) -> Self {
        Self::Io(IoError::Problem(problem))
    }
}
