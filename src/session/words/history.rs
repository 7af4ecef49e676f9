//! Undo, redo and the audit log.

use std::path::Path;

use super::counted;

pub(crate) fn nothing_to_undo() -> &'static str {
    "Nothing to undo"
}

pub(crate) fn nothing_to_redo() -> &'static str {
    "Nothing to redo"
}

pub(crate) fn undone(step: &str) -> String {
    format!("Undone: {step}")
}

pub(crate) fn redone(step: &str) -> String {
    format!("Redone: {step}")
}

pub(crate) fn cannot_undo(step: &str, why: &impl std::fmt::Display) -> String {
    format!("“{step}” can’t be undone or redone: {why}.")
}

pub(crate) fn not_read(why: &impl std::fmt::Display) -> String {
    format!("The history can’t be read: {why}")
}

pub(crate) fn exported(steps: usize, path: &Path) -> String {
    format!("{} exported to {}", counted(steps, "step", "steps"), path.display())
}

pub(crate) fn not_exported(why: &impl std::fmt::Display) -> String {
    format!("The history was not exported: {why}")
}
