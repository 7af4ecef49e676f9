//! What keeps work from being saved, and where it is meanwhile.

use std::path::PathBuf;

use demarche_io::IoError;
use demarche_io::disk::DiskFault;

/// A fault that keeps something from being saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaveFault {
    /// The kind.
    pub disk: DiskFault,
    /// What is not written.
    pub unwritten: Unwritten,
    /// The error, with the path last.
    pub why: String,
}

/// What a fault keeps from being written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unwritten {
    /// Files of the project.
    Work,
    /// Only the history: everything else is saved.
    History,
}

/// The place of changes that are not saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kept {
    /// In the journal in the project's folder.
    InProject,
    /// In a journal in the user's folder, since the project can't be written.
    OnThisComputer(PathBuf),
    /// Only in memory.
    InMemory,
}

impl SaveFault {
    pub(crate) fn new(error: &IoError, unwritten: Unwritten) -> Self {
        Self { disk: error.disk_fault(), unwritten, why: error.to_string() }
    }
}
