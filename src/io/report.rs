//! Errors and problems with files. Messages say what is wrong and what to do, with the path last.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::FileTask;
use crate::archive::ArchiveError;
use crate::disk::{DiskError, DiskFault, SpecialKind};
use crate::words::disk as words;
use demarche_model::{EditError, IdFault, Unfinished};

/// An error that makes an operation on files fail.
#[derive(Debug, Error)]
pub enum IoError {
    /// An error of the operating system.
    #[error("{task}: {source}: {}", path.display())]
    System { task: FileTask, path: PathBuf, source: std::io::Error },
    /// A special file in a project (link, pipe, socket or device), which is neither read nor written.
    #[error("{}: {}", words::special(*kind), path.display())]
    Special { kind: SpecialKind, path: PathBuf },
    /// A file in a project that exceeds the limit for its kind, in bytes.
    #[error("{}: {}", words::too_large(*limit), path.display())]
    TooLarge { limit: u64, path: PathBuf },
    /// The folder of a project no longer exists.
    #[error(
        "the project's folder is gone; move it back or reconnect its drive, then save again: {}",
        .0.display()
    )]
    FolderGone(PathBuf),
    /// A problem with a file.
    #[error("{0}")]
    Problem(Problem),
    /// Another Demarche is using the project under the same name.
    #[error(
        "this name is in use in another Demarche ({0}); close the project there first, or choose another name"
    )]
    Locked(String),
    /// A stream that can't be written; the caller knows its target.
    #[error("{task}: {source}")]
    Stream { task: FileTask, source: std::io::Error },
    /// A folder without a project.
    #[error(
        "there is no project here; open the folder that contains project.ron, or create a new project: {}",
        .0.display()
    )]
    NoProject(PathBuf),
    /// A folder that contains a project already.
    #[error("there is already a project here; open it, or choose another folder: {}", .0.display())]
    ProjectExists(PathBuf),
    /// A file in the place of another one, which is not overwritten.
    #[error("another file is in the place of {what}; move it away, then save again: {}", path.display())]
    Occupied { what: &'static str, path: PathBuf },
    /// Another program keeps writing a file.
    #[error("another program has been writing project.ron for five seconds; try again: {}", .0.display())]
    Busy(PathBuf),
    /// An id that can't be a file name.
    #[error("the id “{id}” {fault}, so it can't be a file name; choose another")]
    BadId { id: String, fault: IdFault },
    /// A codebook format that can only be written.
    #[error("{0} can only be exported, not imported")]
    WriteOnly(&'static str),
    /// A file in none of the codebook formats that can be read.
    #[error("this file is not in a codebook format that can be read; choose one of {endings}: {}", path.display())]
    NoCodebook { endings: String, path: PathBuf },
    /// A codebook without categories, for a format that needs one.
    #[error("a REFI-QDA codebook needs at least one category; add one first")]
    EmptyCodebook,
    /// A file that is not a packet.
    #[error("this is not a packet of Demarche ({fault}): {}", path.display())]
    NotPacket { fault: PacketFault, path: PathBuf },
    /// Spans without an annotator.
    #[error("{UNSIGNED}: {}", place(file, *line))]
    Unsigned { file: PathBuf, line: Option<usize> },
    /// An export whose format repeats the words of every passage, of about this many bytes too many.
    #[error("{}", words::too_repetitive(format, *passages, *bytes, *most))]
    TooRepetitive { format: &'static str, passages: usize, bytes: u64, most: u64 },
    /// A round of a project in which no one has tagged anything.
    #[error("no one has tagged anything yet, so there is nothing to freeze")]
    NothingToFreeze,
    /// An edit that the project refuses.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Any other error, with its message.
    #[error("{0}")]
    Other(String),
}

/// The message about spans without an annotator.
pub(crate) const UNSIGNED: &str = "the passages have no annotator; choose one with --annotator";

/// The reason why a file is not a packet.
#[derive(Debug, Error)]
pub enum PacketFault {
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error("it contains no project.ron")]
    NoProject,
    #[error("it contains two files with the same name")]
    Duplicate,
    #[error("`{0}` in it is a symbolic link")]
    Link(String),
    #[error("`{0}` in it is larger than the limit for such a file")]
    FileTooLarge(String),
    #[error("`{name}` in it can't be a project file: its name {fault}")]
    Name { name: String, fault: IdFault },
    #[error("`{0}` in it differs from another name only in upper and lower case")]
    Twins(String),
    #[error("it does not say whose it is; it has to list one person")]
    NoOwner,
}

/// Formats a position in a file as compilers do: `path:line`.
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
    /// Returns a function that wraps the error of the system that made a task fail.
    pub fn system(task: FileTask, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::System { task, path, source }
    }

    /// Returns a function that wraps the error that made a task on a file outside projects fail.
    pub(crate) fn outside(task: FileTask, path: &Path) -> impl FnOnce(DiskError) -> Self {
        Self::on_disk(task, Path::new(""), path)
    }

    /// Returns the kind of fault that keeps files from being written.
    pub fn disk_fault(&self) -> DiskFault {
        match self {
            Self::System { source, .. } | Self::Stream { source, .. } => DiskFault::of(source),
            Self::FolderGone(_) => DiskFault::Gone,
            _ => DiskFault::Other,
        }
    }

    /// Returns whether other files can still be written after this error.
    pub(crate) fn is_of_one_file(&self) -> bool {
        match self {
            Self::System { source, .. } => matches!(
                source.kind(),
                ErrorKind::PermissionDenied | ErrorKind::IsADirectory | ErrorKind::NotADirectory
            ),
            Self::Special { .. } | Self::TooLarge { .. } | Self::Problem(_) | Self::BadId { .. } => true,
            _ => false,
        }
    }

    /// Returns a function that wraps the error that made a task on a file below `root` fail.
    pub(crate) fn on_disk(task: FileTask, root: &Path, path: &Path) -> impl FnOnce(DiskError) -> Self {
        let root = root.to_owned();
        let path = at_root(&root, path);
        move |error| match error {
            DiskError::System(source) => Self::System { task, path, source },
            DiskError::Special { at, kind } => Self::Special { kind, path: at_root(&root, &at) },
            DiskError::TooLarge { limit } => Self::TooLarge { limit, path },
            DiskError::Gone => Self::FolderGone(root),
        }
    }
}

/// Returns the path of an entry below a root; the root itself for the empty path.
fn at_root(root: &Path, path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() { root.to_owned() } else { root.join(path) }
}

/// A problem in a file, without which the rest can be read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// The file; relative to the project's folder if it is inside.
    pub file: PathBuf,
    /// The line, from 1, if it is known.
    pub line: Option<usize>,
    /// The kind of problem.
    pub kind: ProblemKind,
    /// The message: what is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, place(&self.file, self.line))
    }
}

/// A kind of problem. Names are stable, since scripts read them from `check --json`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ProblemKind {
    /// A record that is not RON, or has wrong fields.
    Malformed,
    /// A file made by a newer Demarche.
    NewerFormat,
    /// A missing file.
    Missing,
    /// A file that can't be read.
    Unreadable,
    /// A link, pipe, socket or device.
    Special,
    /// A file that exceeds the limit for its kind.
    TooLarge,
    /// A text that differs from the imported one.
    TextChanged,
    /// A span with a quote that is not in the text at its ranges.
    QuoteMismatch,
    /// A span outside the text.
    OutsideText,
    /// A category that is not in the codebook.
    UnknownCategory,
    /// An attribute that is not in the codebook.
    UnknownAttribute,
    /// A kind of link that is not in the codebook.
    UnknownLinkKind,
    /// A set of documents that the project lacks.
    UnknownSet,
    /// A repeated id.
    DuplicateId,
    /// Two ids that differ only in case.
    CaseTwins,
    /// A file of a document or person that is not in the project.
    Orphan,
    /// A layer or review of a person whom the project does not list.
    UnlistedAnnotator,
    /// A layer or review of another person with the same id.
    OtherPerson,
    /// A link to a span that does not exist.
    DanglingLink,
    /// A decision on a span that does not exist.
    DanglingDecision,
    /// A name in a saved view that the project does not have.
    MissingName,
    /// A number at its limit, after which there is no next one.
    Limit,
    /// Two categories or attributes with the same key.
    HotkeyClash,
    /// A category that is its own ancestor.
    ParentCycle,
    /// An old id of a category that refers to itself.
    AliasCycle,
    /// An old id of a category that is also the id of a category.
    AliasClash,
    /// A value that does not fit its attribute.
    AttributeValue,
    /// A code of a category that names no bargaining role.
    UnknownRole,
    /// An actor that the project does not have, in a relation between actors.
    UnknownActor,
    /// An issue that the project does not have, in a relation between issues.
    UnknownIssue,
    /// An actor or issue that is related to itself.
    RelationCycle,
    /// A person who has members.
    PersonWithMembers,
    /// A meaning that the values of an attribute can't have.
    MeaningMismatch,
    /// Two attributes with one meaning.
    DuplicateMeaning,
    /// A different version of a span in another copy of a merge, to be decided by the user.
    MergeConflict,
    /// Decisions of adjudicators that contradict each other.
    AdjudicationConflict,
    /// A second version of a file, created next to it by a synchronising program.
    ConflictCopy,
    /// A file of a round that is not as it was frozen.
    RoundChanged,
    /// A file that was not imported.
    NotImported,
}

impl ProblemKind {
    /// Returns the name in `check --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NewerFormat => "newer-format",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Special => "special",
            Self::TooLarge => "too-large",
            Self::TextChanged => "text-changed",
            Self::QuoteMismatch => "quote-mismatch",
            Self::OutsideText => "outside-text",
            Self::UnknownCategory => "unknown-category",
            Self::UnknownAttribute => "unknown-attribute",
            Self::UnknownLinkKind => "unknown-link-kind",
            Self::UnknownSet => "unknown-set",
            Self::DuplicateId => "duplicate-id",
            Self::CaseTwins => "case-twins",
            Self::Orphan => "orphan",
            Self::UnlistedAnnotator => "unlisted-annotator",
            Self::OtherPerson => "other-person",
            Self::DanglingLink => "dangling-link",
            Self::DanglingDecision => "dangling-decision",
            Self::MissingName => "missing-name",
            Self::Limit => "limit",
            Self::HotkeyClash => "hotkey-clash",
            Self::ParentCycle => "parent-cycle",
            Self::AliasCycle => "alias-cycle",
            Self::AliasClash => "alias-clash",
            Self::AttributeValue => "attribute-value",
            Self::UnknownRole => "unknown-role",
            Self::UnknownActor => "unknown-actor",
            Self::UnknownIssue => "unknown-issue",
            Self::RelationCycle => "relation-cycle",
            Self::PersonWithMembers => "person-with-members",
            Self::MeaningMismatch => "meaning-mismatch",
            Self::DuplicateMeaning => "duplicate-meaning",
            Self::MergeConflict => "merge-conflict",
            Self::AdjudicationConflict => "adjudication-conflict",
            Self::ConflictCopy => "conflict-copy",
            Self::RoundChanged => "round-changed",
            Self::NotImported => "not-imported",
        }
    }
}
