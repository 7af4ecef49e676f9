//! `.demarche/undo-ana.log`: the steps that a person can undo and redo after the project is opened again on this machine.
//!
//! The log is written when everything is saved. It names the files that its steps change, each
//! with a checksum: a step can be undone only if these files are as they were then, and so can only the steps after it.
//!
//! The first line holds the format, every other line is a complete record in RON.

mod detached;
mod document;
mod keys;
mod notes;
mod read;
#[cfg(test)]
mod tests;
mod touched;
mod write;

use super::files::{check_id, read_local, remove_local, write_local};
use super::folder::Folder;
use crate::IoError;
use demarche_model::{AnnotatorId, DocumentId, Edit, Project, SpanRef};
use keys::Keys;

/// Maximum number of steps that are kept.
pub const UNDO_STEPS: usize = 10_000;
/// Maximum size of a log. Steps that don't fit are dropped, oldest first.
const LONGEST_BYTES: usize = 60 << 20;

/// The steps that a person can undo and redo, in the order in which they were done and undone: the last one is next.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct UndoLog {
    /// Steps to undo.
    pub done: Vec<LoggedStep>,
    /// Steps to redo.
    pub undone: Vec<LoggedStep>,
}

/// A step that can be undone or redone.
#[derive(Clone, PartialEq, Debug)]
pub struct LoggedStep {
    /// The name for menus, such as "tag as Threat".
    pub label: String,
    /// The edit that undoes or redoes it.
    pub edit: Edit,
    /// The place in the project before the step.
    pub before: Place,
    /// The place in the project after the step.
    pub after: Place,
}

/// A place in a project: the open document, caret, selection and current span.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    /// The open document.
    pub document: Option<DocumentId>,
    /// The end at which the selection began, in bytes.
    pub anchor: usize,
    /// The caret, in bytes.
    pub head: usize,
    /// The current span.
    pub current: Option<SpanRef>,
}

/// Writes the steps that a person can undo and redo. Call it only when everything in the project is saved: the log
/// records the checksums of the files as they are.
///
/// # Errors
/// The folder can't be written.
pub fn write_undo_log(
    folder: &Folder,
    who: &AnnotatorId,
    log: &UndoLog,
    project: &Project,
) -> Result<(), IoError> {
    let name = name(who)?;
    if log.done.is_empty() && log.undone.is_empty() {
        return remove_local(folder, &name);
    }
    let text = write::compose(folder, log, &Keys::new(log, project), LONGEST_BYTES);
    write_local(folder, &name, text.as_bytes())
}

/// Reads the steps that a person can undo and redo. A step that would change a file that was changed since is left out,
/// along with all older ones. If the log can't be read, there are none, and no work is lost.
pub fn read_undo_log(folder: &Folder, who: &AnnotatorId) -> UndoLog {
    let bytes = name(who).and_then(|name| read_local(folder, &name));
    let Some(text) = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return UndoLog::default();
    };
    read::read(folder, &text).unwrap_or_else(|fault| {
        tracing::warn!(line = fault.line, "undo log not read");
        UndoLog::default()
    })
}

fn name(who: &AnnotatorId) -> Result<String, IoError> {
    check_id(who.as_str())?;
    Ok(format!("undo-{who}.log"))
}
