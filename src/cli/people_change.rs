//! Changes of the list of people: new ones, and roles.

use clap::ValueEnum;
use uuid::Uuid;

use super::Failure;
use super::common::EditableProject;
use super::identity::Identity;
use super::named_person::{listed_person, require_lead};
use super::terminal::eprint_status;
use super::words::{people as words, steps, usage};
use crate::model::{Annotator, AnnotatorId, Colour, Edit, PersonKey, PersonMatch, Project, Role};

/// A role, as it is named on the command line.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(super) enum RoleName {
    /// Tags
    Annotator,
    /// Decides on what others have tagged
    Reviewer,
    /// Assigns documents and turns blind coding on and off
    Lead,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Annotator => Self::Annotator,
            RoleName::Reviewer => Self::Reviewer,
            RoleName::Lead => Self::Lead,
        }
    }
}

/// Adds people to the list, as one step.
///
/// # Errors
/// A name is taken, close to a known one, or can't be a person's; the user may not; the project can't be saved.
pub(super) fn add(
    editable: EditableProject,
    identity: &Identity,
    names: &[String],
    role: Role,
) -> Result<(), Failure> {
    require_lead(&editable)?;
    let project = &editable.loaded.project;
    let mut people: Vec<Annotator> = Vec::new();
    for name in names.iter().map(|name| name.trim()) {
        if people.iter().any(|person| person.name == name) {
            return Err(Failure::Usage(usage::known_annotator(name)));
        }
        let taken: Vec<AnnotatorId> = people.iter().map(|person| person.id.clone()).collect();
        let id = new_id(project, identity, name, &taken)?;
        let colour = Colour::nth(project.annotators().len() + people.len());
        let person = Annotator { role, ..Annotator::new(id, name, colour) };
        people.push(project.with_first_key(person, PersonKey(Uuid::now_v7())));
    }
    let step = steps::add_people(&names.join(", "));
    let status = words::added(&people);
    let first = project.annotators().len();
    let listed = people.into_iter().enumerate().map(|(at, person)| (first + at, person));
    save(editable, listed.collect(), step, &status)
}

fn new_id(
    project: &Project,
    identity: &Identity,
    name: &str,
    taken: &[AnnotatorId],
) -> Result<AnnotatorId, Failure> {
    let owners = project.unlisted_owners();
    match project.find_person(name, &owners) {
        PersonMatch::Known(id) if project.is_unlisted(&id) => Ok(id),
        PersonMatch::Known(_) | PersonMatch::Ambiguous(_) => {
            Err(Failure::Usage(usage::known_annotator(name)))
        }
        PersonMatch::Invalid => Err(Failure::Usage(usage::invalid_annotator(name))),
        PersonMatch::Near(id) if !identity.allows_near() => {
            Err(Failure::Usage(usage::near_annotator(name, &id)))
        }
        PersonMatch::Near(_) | PersonMatch::New => {
            let others: Vec<AnnotatorId> = owners.into_iter().chain(taken.iter().cloned()).collect();
            Ok(project.free_person_id_besides(name, &others))
        }
    }
}

/// Gives a person another role.
///
/// # Errors
/// Nobody is called this; the user may not; the project can't be saved.
pub(super) fn set_role(editable: EditableProject, name: &str, role: Role) -> Result<(), Failure> {
    require_lead(&editable)?;
    let project = &editable.loaded.project;
    let id = listed_person(project, name)?;
    let people = project.annotators().iter().enumerate().filter(|(_, person)| person.id == id);
    let changed: Vec<(usize, Annotator)> =
        people.map(|(at, person)| (at, Annotator { role, ..person.clone() })).collect();
    let (step, status) = (steps::set_role(project.name_of(&id), role), words::role_set(&id, role));
    save(editable, changed, step, &status)
}

/// Replaces or adds people as one step of the history, and reports it.
///
/// # Errors
/// The project can't be saved.
pub(super) fn save(
    mut editable: EditableProject,
    people: Vec<(usize, Annotator)>,
    step: String,
    status: &str,
) -> Result<(), Failure> {
    let edits = people
        .into_iter()
        .map(|(at, person)| Edit::SetAnnotator { id: person.id.clone(), to: Some((at, person)) });
    let applied = editable.loaded.project.apply(Edit::Batch(edits.collect()))?;
    editable.save_step(step, &applied.touched, &applied.inverse)?;
    eprint_status(status);
    Ok(())
}
