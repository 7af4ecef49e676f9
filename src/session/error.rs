//! Errors of the session.

use std::path::PathBuf;

use demarche_io::{IoError, Problem};
use demarche_model::{LinkKindId, Unfinished};

/// A reason why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// A file can't be read or written.
    #[error(transparent)]
    Io(#[from] IoError),

    /// The document has not been read, so its text can't be compared.
    #[error("the document is not open yet")]
    NotOpen,
    /// The greatest number of a version is in use.
    #[error(
        "the text has the greatest version number there is; import the new text as a document of its own"
    )]
    TooManyTexts,
    /// The clipboard contains no text.
    #[error("the clipboard contains no text")]
    NothingToPaste,
    /// The file for a document's new text contains no document, or several.
    #[error("the file contains {documents} documents instead of one; choose another: {}", path.display())]
    NotOneDocument { documents: usize, path: PathBuf },
    /// A file of the user was changed on another machine and has to be merged first.
    #[error(
        "your own file was also changed on another machine; merge it, or close Demarche there: {}",
        .0.display()
    )]
    ChangedElsewhere(PathBuf),
    /// Another program works as this user since the folder was gone for a while.
    #[error(
        "not saved: another window has the project open under your name; close it, then choose Work here: {}",
        .0.display()
    )]
    LockLost(PathBuf),
    /// The other version of a passage can't be placed in the current text.
    #[error("Not done: the other copy’s passage is no longer in this text. Keep this one")]
    NotInThisText,

    /// The codebook has no kinds of link.
    #[error("The codebook has no kinds of link; add one first")]
    NoLinkKinds,
    /// The codebook lacks this kind of link.
    #[error("The codebook has no kind of link `{0}`; add it first")]
    UnknownLinkKind(LinkKindId),
    /// Both ends of a link are the same span.
    #[error("A passage can’t be linked to itself; select another one")]
    LinkToItself,
    /// Neither end of a link is the user's.
    #[error("A link starts at a passage of yours, and neither is yours; copy one to your layer first")]
    NeitherIsYours,
    /// The link would start at another annotator's span.
    #[error("A link starts at a passage of yours; this one is {owner}’s")]
    StartIsNotYours { owner: String },
    /// One end of the link is gone.
    #[error("One of the passages is gone; nothing was linked")]
    EndIsGone,
    /// The spans are already linked with this kind.
    #[error("These passages are already linked as “{kind}”")]
    LinkedAlready { kind: String },

    /// There is no annotator with this number; so many are compared.
    #[error("Only {0} annotators are compared here")]
    NotCompared(usize),
    /// Readings can't be combined, since some attributes differ.
    #[error("These readings have different values for {attributes}; use one of them")]
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
