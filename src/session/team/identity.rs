//! The person who the user is: remembered for each project and machine, or asked for.
//!
//! A login name never becomes a person by itself. Until the user has said who they are, the project is read-only and blind
//! coding hides from them what it hides from annotators.

use demarche_io::project::{Folder, has_journal};
use demarche_io::settings::Local;
use demarche_model::{AnnotatorId, PersonMatch, Project};

use crate::disk::access::Access;
use crate::words::{disk as disk_words, steps, team as words};
use crate::{Session, Shown};

/// The user of a project on this machine, if they are remembered and still listed, or their addition is in their
/// journal.
pub(crate) fn remembered(folder: &Folder, project: &Project) -> Option<AnnotatorId> {
    let is_known = |id: &AnnotatorId| project.annotator(id).is_some() || has_journal(folder, id);
    Local::read(folder).annotator.map(AnnotatorId::new).filter(is_known)
}

/// Remembers the user of a project that is new on this machine.
pub(crate) fn remember(folder: &Folder, id: &AnnotatorId) {
    Local { annotator: Some(id.to_string()), ..Local::read(folder) }.write(folder);
}

impl Session {
    /// True if it is known who the user is. If not, the project is read-only.
    pub fn is_identified(&self) -> bool {
        !matches!(self.access, Access::Unidentified) && self.is_listed()
    }

    /// Returns whether the user is one of the people listed. A lead elsewhere, or undo, may have removed them.
    pub(crate) fn is_listed(&self) -> bool {
        self.project.annotator(&self.me).is_some()
    }

    /// The person whom a name means, listed or not.
    pub fn find_person(&self, name: &str) -> PersonMatch {
        self.project.find_person(name, &self.files.listing().owners())
    }

    /// Changes the user to the person with this id or name. A name that nobody has is added to the people, unless it is
    /// close to that of another person; see [`Session::work_as_new`].
    pub fn work_as(&mut self, name: &str) {
        let name = name.trim();
        match self.find_person(name) {
            _ if name.is_empty() => {}
            PersonMatch::Known(id) if self.project.annotator(&id).is_some() => self.become_person(id, None),
            PersonMatch::Known(id) => self.become_person(id, Some(name)),
            PersonMatch::New => self.work_as_new(name),
            PersonMatch::Near(id) => self.notify_error(words::near_name(name, self.project.name_of(&id))),
            PersonMatch::Ambiguous(_) => self.notify_error(words::ambiguous_name(name)),
            PersonMatch::Invalid => self.notify(words::consensus_is_reserved()),
        }
    }

    /// Adds a person and makes them the user, even if their name is close to that of another.
    pub fn work_as_new(&mut self, name: &str) {
        let name = name.trim();
        if matches!(self.find_person(name), PersonMatch::New | PersonMatch::Near(_)) {
            let owners: Vec<AnnotatorId> = self.files.listing().owners().into_iter().collect();
            let id = self.project.free_person_id_besides(name, &owners);
            self.become_person(id, Some(name));
        }
    }

    /// Makes a person the user, after listing them under a new name if there is one.
    fn become_person(&mut self, id: AnnotatorId, new_name: Option<&str>) {
        let was_identified = self.is_identified();
        if !self.take_lock_of(&id) {
            return;
        }
        if was_identified && matches!(self.access, Access::Unwritable(_)) {
            return self.notify(disk_words::still_unwritable());
        }
        if !was_identified {
            self.recall_undo_stack();
        }
        if let Some(name) = new_name.filter(|_| self.project.annotator(&id).is_none()) {
            let edit = self.project.new_person(id, name, self.env.new_person_key());
            if !self.edit_as_new_user(steps::add_person(name), edit) {
                return;
            }
        }
        let now = self.env.monotonic();
        self.saving.person_joined(&self.me, now);
        self.restart_review();
        self.show(match was_identified {
            true => self.view.shown().clone(),
            false if self.oversees() => Shown::Everyone,
            false => Shown::Mine,
        });
        self.save_local_state();
        self.notify(words::working_as(self.project.name_of(&self.me)));
    }

    /// Takes the lock of another person, and releases the previous one. Returns whether it worked.
    fn take_lock_of(&mut self, id: &AnnotatorId) -> bool {
        if *id == self.me && matches!(self.access, Access::Write(_)) {
            return true;
        }
        if let (Access::Damaged, Some(why)) = (&self.access, self.read_only()) {
            self.notify_error(why);
            return false;
        }
        if !self.save_before_leaving() {
            return false;
        }
        // While the lock is held, since its next holder may have a journal of this name.
        self.journaling.close();
        let (access, recovered) = Access::take(self.files.folder(), id, &self.env);
        match access {
            Access::HeldBy { holder, .. }
                if matches!(self.access, Access::Write(_) | Access::Unidentified) =>
            {
                self.notify_error(words::name_in_use(&self.annotator_name(id), &holder.host));
                return false;
            }
            access => self.access = access,
        }
        self.saving.person_left(&self.me);
        self.me = id.clone();
        self.take_in_recovered(recovered);
        true
    }
}
