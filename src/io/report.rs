//! What can go wrong with files, and how it is said: what is wrong, what to do, and the path last.

use std::fmt;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::archive::ArchiveError;
use demarche_model::{EditError, IdFault, Unfinished};

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
        "this name is in use in another Demarche ({0}); close the project there first, or choose another name"
    )]
    Locked(String),
    /// A stream that can't be written; the caller knows what it leads to.
    #[error("{what}: {source}")]
    Stream { what: &'static str, source: std::io::Error },
    /// A folder without a project.
    #[error(
        "there is no project here; open the folder that contains project.ron, or create a new project: {}",
        .0.display()
    )]
    NoProject(PathBuf),
    /// A folder that has a project already.
    #[error("there is already a project here; open it, or choose another folder: {}", .0.display())]
    ProjectExists(PathBuf),
    /// A file where another one belongs, which is not overwritten.
    #[error("another file is in the place of {what}; move it away, then save again: {}", path.display())]
    Occupied { what: &'static str, path: PathBuf },
    /// Another program keeps writing a file.
    #[error("another program has been writing project.ron for five seconds; try again: {}", .0.display())]
    Busy(PathBuf),
    /// An id that can't be a file name.
    #[error("the id “{id}” {fault}, so it can't be a file name; choose another")]
    BadId { id: String, fault: IdFault },
    /// A format that does not exist.
    #[error("there is no format `{0}`")]
    UnknownFormat(String),
    /// A format of codebooks that is written and not read.
    #[error("{0} is only written, not read")]
    WriteOnly(&'static str),
    /// A file that no format of codebooks reads.
    #[error("no codebook can be read from such a file, only from {endings}: {}", path.display())]
    NoCodebook { endings: String, path: PathBuf },
    /// A codebook without categories, for a format that needs one.
    #[error("a REFI-QDA codebook needs at least one category; add one first")]
    EmptyCodebook,
    /// A file that should be a packet.
    #[error("this is not a packet of Demarche ({fault}): {}", path.display())]
    NotPacket { fault: PacketFault, path: PathBuf },
    /// Spans of which nobody says who tagged them.
    #[error("{UNSIGNED}: {}", place(file, *line))]
    Unsigned { file: PathBuf, line: Option<usize> },
    /// A change that the project refuses.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Anything else that a person has to be told.
    #[error("{0}")]
    Other(String),
}

/// What is wrong with spans of which nobody says who tagged them.
pub(crate) const UNSIGNED: &str = "the spans do not say who tagged them; say whose they are with --annotator";

/// What is wrong with a file that should be a packet.
#[derive(Debug, Error)]
pub enum PacketFault {
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error("it contains no project.ron")]
    NoProject,
}

/// A place in a file, as compilers name it.
fn place(file: &Path, line: Option<usize>) -> String {
    let line = line.map_or_else(String::new, |line| format!(":{line}"));
    format!("{}{line}", file.display())
}

impl From<IoError> for Unfinished<IoError> {
    fn from(error: IoError) -> Self {
        Self::Failed(error)
    }
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
        write!(f, "{}: {}", self.message, place(&self.file, self.line))
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
    /// Two ids that differ only in case.
    CaseTwins,
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
    /// Decisions of adjudicators that contradict each other.
    AdjudicationConflict,
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
            Self::CaseTwins => "case-twins",
            Self::Orphan => "orphan",
            Self::DanglingLink => "dangling-link",
            Self::HotkeyClash => "hotkey-clash",
            Self::ParentCycle => "parent-cycle",
            Self::AliasCycle => "alias-cycle",
            Self::AliasClash => "alias-clash",
            Self::AttributeValue => "attribute-value",
            Self::MergeConflict => "merge-conflict",
            Self::AdjudicationConflict => "adjudication-conflict",
            Self::ConflictCopy => "conflict-copy",
            Self::NotImported => "not-imported",
        }
    }
}
