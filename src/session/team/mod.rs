//! People, and whose work is visible.

pub(crate) mod people;
pub(crate) mod visibility;

use demarche_model::{Annotator, AnnotatorId};

use crate::Session;

/// Changes the project's name and people.
#[derive(Clone, PartialEq, Debug)]
pub enum ProjectAction {
    /// Renames the project.
    SetName(String),
    /// Chooses who works here.
    WorkAs {
        /// A name that is known, or a new one.
        name: String,
    },
    /// Changes name, initials, colour, role or documents of people, as one step.
    SetPeople(Vec<Annotator>),
    /// Takes a person out who has tagged and decided nothing.
    RemovePerson(AnnotatorId),
    /// Says whether annotators work blind.
    SetBlind(bool),
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_project(&mut self, action: ProjectAction) {
        match action {
            ProjectAction::SetName(name) => self.set_name(name),
            ProjectAction::WorkAs { name } => self.work_as(&name),
            ProjectAction::SetPeople(people) => self.set_people(people),
            ProjectAction::RemovePerson(id) => self.remove_person(&id),
            ProjectAction::SetBlind(to) => self.set_blind(to),
        }
    }
}
