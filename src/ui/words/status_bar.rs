//! The status bar.

use std::path::Path;

use demarche_session::{SaveState, Unwritten};

use super::grammar::{count, plural};
use super::time::local_time;

texts! {
    read_only: "Read-only",
    snap_on: "Snap to words: on",
    snap_off: "Snap to words: off",
    snap_hint: "Extend selections to whole words; click to switch",
    annotator_hint: "Your passages are saved under this name; click to change it",
    unidentified: "Choose who you are",
    inbox_hint: "Show the inbox",
    cancel_job: "Cancel",
    notices: "Read the latest notices again",
}

/// The state of saving.
pub fn save_state(state: &SaveState) -> String {
    match state {
        SaveState::Saved(None) => "Saved".to_owned(),
        SaveState::Saved(Some(at)) => format!("Saved {}", local_time(*at)),
        SaveState::Changed => "Changed".to_owned(),
        SaveState::Saving => "Saving…".to_owned(),
        SaveState::Failed(fault) => match fault.unwritten {
            Unwritten::Work => "Not saved".to_owned(),
            Unwritten::History => "History not saved".to_owned(),
        },
    }
}

/// The tooltip of the state of saving: why it failed, or where the project is.
pub fn save_hint(state: &SaveState, project: &Path) -> String {
    match state {
        SaveState::Failed(fault) => fault.why.clone(),
        SaveState::Saved(_) | SaveState::Changed | SaveState::Saving => {
            format!(
                "{}\nEvery change is kept at once and saved automatically; Ctrl+S saves now.",
                project.display()
            )
        }
    }
}

/// The passages in the open document and in the project.
pub fn passages(here: Option<usize>, all: usize) -> String {
    match here {
        Some(here) => format!("{} here, {} in all", plural(here, "passage"), count(all)),
        None => format!("{} in all", plural(all, "passage")),
    }
}

/// New decisions in the inbox.
pub fn new_decisions(number: usize) -> String {
    format!("{} on your passages", plural(number, "new decision"))
}
