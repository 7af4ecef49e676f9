//! What can go wrong with files, and how it is said: what is wrong, what to do, and the path last.

use std::fmt;
use std::path::{Path, PathBuf};

use thiserror::Error;

use demarche_model::Stopped;

/// Why a whole operation on files failed.
#[derive(Debug, Error)]
pub enum IoError {
    /// The system refused.
    #[error("{what}: {source}: {}", path.display())]
    System { what: &'static str, path: PathBuf, source: std::io::Error },
    /// The file is not what it should be.
    #[error("{0}")]
    Problem(Problem),
    /// Somebody works in the project under the same name already.
    #[error(
        "somebody works under this name in another Demarche ({0}); close it there first, or take another name"
    )]
    Locked(String),
    /// The user has stopped the work; nothing has failed.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Anything else that a person has to be told.
    #[error("{0}")]
    Other(String),
}

impl IoError {
    /// Wraps an error of the system with what was tried: "can't read the document".
    pub fn system(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::System { what, path, source }
    }
}

/// Something that is wrong in a file, and does not stop the rest from being read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// The file, relative to the project's folder where it lies in there.
    pub file: PathBuf,
    /// Line, from 1, where one can be named.
    pub line: Option<usize>,
    /// What sort of problem it is.
    pub kind: ProblemKind,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.file.display())?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// The sorts of problems. Their names are stable: scripts read them from `check --json`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ProblemKind {
    /// Not RON, or not the fields that a record has.
    Malformed,
    /// Made by a newer Demarche.
    NewerFormat,
    /// A file that should be there is not.
    Missing,
    /// A file that can't be read.
    Unreadable,
    /// The text is not the one that was imported.
    TextChanged,
    /// A span's words are not those that stand at its place.
    QuoteMismatch,
    /// A span lies outside the text.
    OutsideText,
    /// A category that the codebook lacks.
    UnknownCategory,
    /// An id that came before.
    DuplicateId,
    /// A layer or review of a document that the project does not list.
    Orphan,
    /// A link to a span that is not there.
    DanglingLink,
    /// Two categories, or two attributes, with one key.
    HotkeyClash,
    /// A category that stands under itself.
    ParentCycle,
    /// An old id of a category that leads to itself.
    AliasCycle,
    /// An old id of a category that is a category too.
    AliasClash,
    /// A value that is not among the choices of its attribute.
    AttributeValue,
    /// What another copy of a merge says of a span, for a person to decide.
    MergeConflict,
    /// A second version of a file, put beside it by a synchronising program.
    ConflictCopy,
    /// A file of an import that did not come in.
    NotImported,
}

impl ProblemKind {
    /// The name in `check --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NewerFormat => "newer-format",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::TextChanged => "text-changed",
            Self::QuoteMismatch => "quote-mismatch",
            Self::OutsideText => "outside-text",
            Self::UnknownCategory => "unknown-category",
            Self::DuplicateId => "duplicate-id",
            Self::Orphan => "orphan",
            Self::DanglingLink => "dangling-link",
            Self::HotkeyClash => "hotkey-clash",
            Self::ParentCycle => "parent-cycle",
            Self::AliasCycle => "alias-cycle",
            Self::AliasClash => "alias-clash",
            Self::AttributeValue => "attribute-value",
            Self::MergeConflict => "merge-conflict",
            Self::ConflictCopy => "conflict-copy",
            Self::NotImported => "not-imported",
        }
    }
}
