//! Write access: a person can work in one Demarche at a time.

use demarche_io::project::{self, Folder, Holder, Lock, Locking, Recovered, Rounds};
use demarche_model::{AnnotatorId, Stamp};

use crate::words::{disk as words, rounds as round_words};
use crate::{Env, Session};

/// The user's access to the project.
pub enum Access {
    /// Read and write; the user's lock is held.
    Write(Lock),
    /// Read-only, since it is not known who the user is.
    Unidentified,
    /// Read-only, since the same person is the user in another Demarche.
    HeldBy {
        /// The other Demarche.
        holder: Holder,
        /// When the lock was last tried.
        tried: Stamp,
    },
    /// Read-only; the same person's other window has closed, so this one can become writable.
    Released(Holder),
    /// Read-only, since the folder can't be written, for this reason.
    Unwritable(String),
    /// Read-only, since only a part of the project could be read.
    Damaged,
    /// Read-only, since it is a frozen round, as this sentence says.
    Round(String),
}

impl Access {
    /// Returns the access to a frozen round.
    pub(crate) fn of_round(folder: &Folder) -> Self {
        let Some(id) = folder.round_id() else { return Self::Damaged };
        let known = Rounds::read(&folder.without_round()).unwrap_or_default();
        let round = known.rounds.iter().find(|round| round.id == *id);
        Self::Round(round_words::read_only(id, round))
    }

    /// Takes the lock of a person in a project, and saves what their journal holds. If that fails, the project is
    /// read-only: what is done next must not come before what the journal holds.
    pub(crate) fn take(folder: &Folder, me: &AnnotatorId, env: &Env) -> (Self, Recovered) {
        let mut recovered = Recovered::default();
        let access = match project::lock(folder, me.as_str(), env.now()) {
            Ok(Locking::Taken(lock)) => {
                match project::recover(folder, me) {
                    Ok(found) => recovered = found,
                    Err(error) => {
                        tracing::warn!("journal not recovered");
                        return (Self::Unwritable(words::not_recovered(&error)), recovered);
                    }
                }
                if !project::is_shared(folder, me.as_str()) {
                    project::forget_incoming(folder);
                }
                tracing::info!("lock taken");
                Self::Write(lock)
            }
            Ok(Locking::Held(holder)) => {
                tracing::warn!("lock held by another Demarche");
                Self::HeldBy { holder, tried: env.now() }
            }
            Err(error) => {
                tracing::warn!("lock not taken: the folder can’t be written");
                Self::Unwritable(error.to_string())
            }
        };
        (access, recovered)
    }
}

impl Session {
    /// Returns whether files may be written. After a person was removed from the list, what they have changed before is
    /// still saved.
    pub(crate) fn may_write(&self) -> bool {
        matches!(self.access, Access::Write(_))
    }

    /// Takes the lock again if it was lost: on a drive that was connected again, nobody holds it, or another Demarche
    /// does; the same is true if its file was removed. The project is read-only if another Demarche holds it. Returns
    /// whether it may be written.
    pub(crate) fn retake_lock(&mut self) -> bool {
        let Access::Write(old) = &self.access else { return false };
        if !self.saving.was_away() && old.is_held() {
            return true;
        }
        let now = self.env.now();
        // Another program that held the lock may have recovered the journal.
        self.audit_log.doubt();
        match project::lock(self.files.folder(), self.me.as_str(), now) {
            Ok(Locking::Taken(lock)) => self.access = Access::Write(lock),
            Ok(Locking::Held(holder)) if old.is_of(&holder) => {}
            Ok(Locking::Held(holder)) => {
                tracing::warn!("lock taken by another Demarche while the folder was gone");
                self.access = Access::HeldBy { holder, tried: now };
                self.is_writable();
            }
            // Saving fails for the same reason, and reports it.
            Err(_) => return true,
        }
        self.saving.came_back();
        self.live.was_away();
        self.may_write()
    }

    /// Returns whether the user is at work in another Demarche, whose end is noticed between two frames.
    pub fn waits_for_lock(&self) -> bool {
        matches!(self.access, Access::HeldBy { .. })
    }

    /// Returns whether the user may ask to work in this window: the other Demarche in which they were at work is gone, or the
    /// folder could not be written and perhaps can be now.
    pub fn may_take_over(&self) -> bool {
        matches!(self.access, Access::Released(_) | Access::Unwritable(_))
    }

    /// Looks, once a second, whether the other Demarche in which the user is at work is gone.
    pub(crate) fn follow_lock(&mut self) {
        let now = self.env.now();
        let Access::HeldBy { holder, tried } = &mut self.access else { return };
        if now == std::mem::replace(tried, now) {
            return;
        }
        if project::is_free(self.files.folder(), self.me.as_str()) {
            tracing::info!("the other Demarche is gone");
            self.access = Access::Released(holder.clone());
        }
    }

    /// The reason why the project is read-only, as a sentence for the banner; `None` if it is not.
    pub fn read_only(&self) -> Option<String> {
        match &self.access {
            Access::Write(_) if self.is_listed() => self.files.newer().map(words::newer),
            Access::Write(_) | Access::Unidentified => Some(words::unidentified().to_owned()),
            Access::HeldBy { holder, .. } => Some(words::held_by(holder, &self.annotator_name(&self.me))),
            Access::Released(holder) => Some(words::released(holder, &self.annotator_name(&self.me))),
            Access::Unwritable(why) => Some(words::unwritable(why)),
            Access::Damaged => Some(words::damaged().to_owned()),
            Access::Round(why) => Some(round_words::with_left_out(why, self.left_out())),
        }
    }
}
