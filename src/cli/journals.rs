//! Journals of changes that a window had not saved when it was killed.

use super::clock::now;
use super::terminal::{eprint_problem, eprint_status};
use super::words::project as words;
use crate::io::project::{Folder, Locking, describe_conflict, is_at_work, journal_owners, lock, recover};

/// Recovers this machine's journals, except those of people who have the project open: the command follows their
/// changes.
///
/// # Errors
/// A journal can't be read, or the files can't be written.
pub(super) fn recover_journals(folder: &Folder) -> anyhow::Result<()> {
    for person in journal_owners(folder) {
        let Locking::Taken(_lock) = lock(folder, person.as_str(), now())? else { continue };
        let recovered = recover(folder, &person)?;
        if recovered.steps > 0 {
            eprint_status(&words::recovered(recovered.steps, &person));
        }
        if recovered.torn {
            eprint_status(&words::journal_torn());
        }
        for conflict in &recovered.conflicts {
            eprint_status(&words::changed_on_both_sides(describe_conflict(conflict)));
        }
        recovered.kept.iter().for_each(|path| eprint_problem(words::journal_kept(path)));
    }
    Ok(())
}

/// Reports whose changes have yet to be recovered, since the command reads the project without them.
pub(super) fn print_waiting_journals(folder: &Folder) {
    for person in journal_owners(folder).iter().filter(|person| !is_at_work(folder, person.as_str())) {
        eprint_status(&words::journal_waits(person));
    }
}
