//! Write access: one Demarche at a time may work as a person.

use demarche_io::project::{self, Folder, Holder, Lock, Locking, format_time};
use demarche_model::AnnotatorId;

use crate::{Env, Session};

/// Whether the project may be changed here.
pub enum Access {
    /// It may; the lock of the one who works here is held.
    Write(Lock),
    /// Somebody works as this person in another Demarche.
    HeldBy(Holder),
    /// The folder can't be written; the text says why.
    Unwritable(String),
}

impl Access {
    /// Takes the lock of a person who is to work in a project.
    pub(crate) fn take(folder: &Folder, me: &AnnotatorId, env: &Env) -> Self {
        match project::lock(folder, me.as_str(), env.now()) {
            Ok(Locking::Taken(lock)) => {
                if !project::is_shared(folder, me.as_str()) {
                    project::forget_incoming(folder);
                }
                Self::Write(lock)
            }
            Ok(Locking::Held(holder)) => Self::HeldBy(holder),
            Err(error) => Self::Unwritable(error.to_string()),
        }
    }
}

impl Session {
    /// Why the project can only be read, if so: a sentence for the banner.
    pub fn read_only(&self) -> Option<String> {
        match &self.access {
            Access::Write(_) => None,
            Access::HeldBy(holder) => {
                // `2026-11-28 09:14 UTC`: to the minute, and not as machines write it.
                let since = format_time(holder.since).replace('T', " ");
                let since = format!("{} UTC", since.get(..16).unwrap_or(&since));
                let who = self.annotator_name(&self.me);
                Some(format!(
                    "Read-only: somebody works as {who} in another Demarche on {}, since {since}. Close it there, or \
                     choose another annotator here.",
                    holder.host
                ))
            }
            Access::Unwritable(why) => Some(format!("Read-only: this folder can't be written ({why}).")),
        }
    }
}
