//! The journal: what a person has done since their files were last saved, in `.demarche/journal-ana-desk.log`.
//!
//! Every step is appended at once, so that killing the program loses nothing. A record holds the *new state* of
//! everything that the step has touched: the entries of a layer in the form of a layer file, `project.ron` as a
//! difference to the one before, and the line of the audit log. So it can be applied to any state of the files, any
//! number of times, and keeps what others have changed in the meantime. When everything is saved, the journal is
//! emptied.
//!
//! Only the machine that wrote a journal applies it, since a sync service may copy it to others. If the project can't
//! be written, the journal is in the user's folder.

mod compose;
mod file;
mod frame;
mod layers;
mod read;
mod recover;
mod step;
mod syncer;
#[cfg(test)]
mod tests;
mod wire;
mod writer;

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::folder::Folder;
use demarche_model::AnnotatorId;

pub use recover::{Recovered, recover};
pub use step::Step;
pub use writer::{Journal, JournalFlush};

/// Returns whether a person's journal on this machine holds steps: of a session that is running, or to be recovered.
pub fn has_journal(folder: &Folder, person: &AnnotatorId) -> bool {
    file::is_waiting(folder, person)
}

/// Returns the people whose journals on this machine hold steps.
pub fn journal_owners(folder: &Folder) -> BTreeSet<AnnotatorId> {
    let starts = file::starts(folder);
    let owners = starts.iter().filter_map(|start| read::owner(start));
    owners
        .filter(|owner| owner.machine == file::machine())
        .map(|owner| AnnotatorId::new(owner.person))
        .collect()
}

/// Returns the journals that were kept, since something in them could not be applied; relative to the project's folder.
pub(super) fn kept_journals(folder: &Folder) -> Vec<PathBuf> {
    file::kept(folder)
}
