//! Locks of the people whose files a command writes.

use std::collections::BTreeSet;

use anyhow::anyhow;

use super::Failure;
use super::clock::now;
use super::identity::{Actor, Identity};
use super::journals::recover_journals;
use super::words::project as words;
use crate::io::IoError;
use crate::io::disk::LockFile;
use crate::io::project::{
    Folder, Lock, Locking, Opened, format_time, lock_commands, lock_for_command, newer_file, open,
};
use crate::model::{AnnotatorId, Touch};

/// The locks of a command: against other commands, and for the files of the person whom it acts for.
#[derive(Debug)]
pub(super) struct CommandLock {
    _commands: Option<LockFile>,
    _person: Lock,
}

/// Opens a project, and locks the files of the person whom the command acts for. A dry run needs no lock.
///
/// # Errors
/// There is no project, a file of it is in a newer format, it is not clear who the person is, or as [`acquire_lock`].
pub(super) fn lock_as(
    folder: &Folder,
    identity: &Identity,
    dry_run: bool,
) -> Result<(Actor, Option<CommandLock>), Failure> {
    // First, since locking would create a folder where there is no project.
    if !folder.is_project() {
        return Err(anyhow!("{}", words::missing(folder.root())).into());
    }
    let find = |opened: &Opened| identity.actor(folder, &opened.project, &opened.listing.owners());
    let opened = open(folder)?;
    if dry_run {
        return Ok((find(&opened)?, None));
    }
    if let Some(newer) = newer_file(folder, &opened) {
        return Err(anyhow!("{}", words::read_only(&newer)).into());
    }
    // First, since another command may add people or change layers until then.
    let commands = lock_commands(folder)?;
    recover_journals(folder)?;
    let actor = find(&open(folder)?)?;
    let person = acquire_lock(folder, &actor.id)?;
    Ok((actor, Some(CommandLock { _commands: commands, _person: person })))
}

/// Locks a person's files for writing, until the lock is dropped. Waits while another command has them.
///
/// # Errors
/// A window has locked them, or the project's folder can't be written to.
pub(super) fn acquire_lock(folder: &Folder, who: &AnnotatorId) -> anyhow::Result<Lock> {
    match lock_for_command(folder, who.as_str(), now())? {
        Locking::Taken(lock) => Ok(lock),
        Locking::Held(by) => {
            let holder = words::lock_holder(&by.who, &by.host, &format_time(by.since));
            Err(anyhow!("{}: {}", IoError::Locked(holder), folder.root().display()))
        }
    }
}

/// Locks the owners of all layers and reviews that are about to be written, besides `who`, whose lock is held.
///
/// # Errors
/// One of them is working in the project.
pub(super) fn lock_owners(
    folder: &Folder,
    touched: &[Touch],
    who: &AnnotatorId,
) -> anyhow::Result<Vec<Lock>> {
    let owners: BTreeSet<AnnotatorId> = touched.iter().filter_map(Touch::owner).collect();
    owners.into_iter().filter(|owner| owner != who).map(|owner| acquire_lock(folder, &owner)).collect()
}
