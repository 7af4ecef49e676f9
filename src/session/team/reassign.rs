//! Giving everything that one person owns to another.

use demarche_io::project::{Locking, lock};
use demarche_model::{AnnotatorId, Edit, EditError};

use crate::Session;
use crate::words::{not_done, steps, team as words};

/// The person to whom work belongs from now on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NewOwner {
    /// A person of the project.
    Person(AnnotatorId),
    /// A new person, under the id that the files have now.
    Listed {
        /// Their name.
        name: String,
    },
}

impl Session {
    /// Gives everything that `from` owns to another person, as one step, once every document is in memory.
    pub(crate) fn reassign(&mut self, from: AnnotatorId, to: NewOwner) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        if let Some(why) = self.leading_refusal() {
            return self.notify_error(why);
        }
        self.once_layers_are_read(move |session| match to {
            NewOwner::Person(to) => session.give(&from, &to),
            NewOwner::Listed { name } => {
                let edit = session.project.new_person(from, &name, session.env.new_person_key());
                session.edit(steps::add_person(&name), edit);
            }
        });
    }

    fn give(&mut self, from: &AnnotatorId, to: &AnnotatorId) {
        if let Some(why) = [from, to].into_iter().find_map(|id| self.in_use_elsewhere(id)) {
            return self.notify_error(why);
        }
        let env = self.env.clone();
        let edit: Result<Edit, EditError> = self.project.reassign(from, to, &mut || env.new_uuid());
        match edit {
            Err(error) => self.notify_error(not_done(&error)),
            Ok(edit) => {
                let names = [from, to].map(|id| self.project.name_of(id).to_owned());
                let passages = self.passages_of(from);
                if self.edit_merged(steps::reassign(&names[0], &names[1]), edit) {
                    self.notify(words::reassigned(passages, &names[0], &names[1]));
                }
            }
        }
    }

    fn passages_of(&self, owner: &AnnotatorId) -> usize {
        let layers = self.project.documents().iter().filter_map(|document| document.layer(owner));
        layers.map(|layer| layer.len()).sum()
    }

    /// The reason why files of another person must not be written now: they are at work in another Demarche.
    fn in_use_elsewhere(&self, id: &AnnotatorId) -> Option<String> {
        if *id == self.me {
            return None;
        }
        match lock(self.files.folder(), id.as_str(), self.env.now()) {
            Ok(Locking::Held(holder)) => Some(words::name_in_use(&self.annotator_name(id), &holder.host)),
            Ok(Locking::Taken(_)) => None,
            Err(error) => Some(error.to_string()),
        }
    }
}
