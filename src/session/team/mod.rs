//! People, and the visibility of their work.

pub(crate) mod people;
pub(crate) mod visibility;

use demarche_model::{Annotator, AnnotatorId};

use crate::Session;

/// Changes the project's name and people.
#[derive(Clone, PartialEq, Debug)]
pub enum ProjectAction {
    /// Renames the project.
    SetName(String),
    /// Changes the user to another person.
    WorkAs {
        /// A name in the project, or a new one.
        name: String,
    },
    /// Changes names, initials, colours, roles or documents of people, as one step.
    SetPeople(Vec<Annotator>),
    /// Removes a person who has tagged and decided nothing.
    RemovePerson(AnnotatorId),
    /// Turns blind coding on or off.
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
