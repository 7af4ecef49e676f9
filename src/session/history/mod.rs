//! The undo stack and the audit log.

pub(crate) mod audit_log;
pub(crate) mod undo;
pub(crate) mod undo_log;

use std::path::PathBuf;

use demarche_model::{AnnotatorId, DocumentId};

use crate::Session;

/// Reads or exports the audit log.
#[derive(Clone, PartialEq, Debug)]
pub enum HistoryAction {
    /// Reads it from disk.
    Read,
    /// Exports it as CSV: all of it, or only one person's steps, or only those in one document.
    Export { path: PathBuf, who: Option<AnnotatorId>, document: Option<DocumentId> },
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_history(&mut self, action: HistoryAction) {
        match action {
            HistoryAction::Read => self.read_audit_log(),
            HistoryAction::Export { path, who, document } => self.export_audit_log(path, who, document),
        }
    }
}
