//! What can go wrong in a session.

use thiserror::Error;

use demarche_io::IoError;
use demarche_model::Stopped;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The user has stopped the work; nothing has failed.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Files could not be read or written.
    #[error("{0}")]
    Io(IoError),
    /// The document has not been read.
    #[error("the document is not open yet")]
    NotOpen,
    /// There is nothing to paste.
    #[error("there is no text in the clipboard")]
    NothingToPaste,
}

impl From<IoError> for SessionError {
    fn from(error: IoError) -> Self {
        match error {
            IoError::Stopped(stopped) => Self::Stopped(stopped),
            other => Self::Io(other),
        }
    }
}
