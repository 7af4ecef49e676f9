//! People, and the visibility of their work.

mod assignment;
pub(crate) mod coders;
pub(crate) mod identity;
pub(crate) mod people;
pub(crate) mod reassign;
pub(crate) mod returns;
pub(crate) mod unblinding;
pub(crate) mod visibility;

use std::path::PathBuf;

use demarche_analysis::assignment::AssignmentDesign;
use demarche_model::{Annotator, AnnotatorId, DocumentId, LeftOut};

use crate::Session;
use reassign::NewOwner;

/// Changes the project's name, people and place.
#[derive(Clone, PartialEq, Debug)]
pub enum ProjectAction {
    /// Renames the project.
    SetName(String),
    /// Changes the user to another person.
    WorkAs {
        /// An id or name in the project, or a new name that is not close to one.
        name: String,
    },
    /// Adds a person and makes them the user.
    WorkAsNew {
        /// A new name, even if it is close to one in the project.
        name: String,
    },
    /// Gives everything that a person owns to another.
    Reassign {
        /// The owner now, who need not be listed.
        from: AnnotatorId,
        /// The owner from now on.
        to: NewOwner,
    },
    /// Changes names, initials, colours, roles or documents of people, as one step.
    SetPeople(Vec<Annotator>),
    /// Assigns documents by a design, except those that someone has begun.
    AssignByDesign(AssignmentDesign),
    /// Opens the next batch of documents.
    OpenBatch,
    /// Removes a person who has tagged and decided nothing.
    RemovePerson(AnnotatorId),
    /// Turns blind coding on or off.
    SetBlind(bool),
    /// Copies the project to this folder or a new one in it, and goes on there.
    SaveAs(PathBuf),
}

impl Session {
    /// Follows what others have done in a document that was read.
    pub(crate) fn team_document_read(&mut self, id: &DocumentId, left_out: LeftOut) {
        self.returns.document_read(id);
        self.unblinding.document_read(id);
        self.count_left_out(left_out);
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_project(&mut self, action: ProjectAction) {
        match action {
            ProjectAction::SetName(name) => self.set_name(name),
            ProjectAction::WorkAs { name } => self.work_as(&name),
            ProjectAction::WorkAsNew { name } => self.work_as_new(&name),
            ProjectAction::Reassign { from, to } => self.reassign(from, to),
            ProjectAction::SetPeople(people) => self.set_people(people),
            ProjectAction::AssignByDesign(design) => self.assign_by_design(&design),
            ProjectAction::OpenBatch => self.open_next_batch(),
            ProjectAction::RemovePerson(id) => self.remove_person(&id),
            ProjectAction::SetBlind(to) => self.set_blind(to),
            ProjectAction::SaveAs(folder) => self.save_as(&folder),
        }
    }
}
