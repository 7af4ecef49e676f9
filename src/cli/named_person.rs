//! People named on the command line, and who may lead.

use anyhow::bail;

use super::Failure;
use super::common::EditableProject;
use super::words::{people as words, usage};
use crate::model::{AnnotatorId, PersonMatch, Project};

/// Finds a person who is listed or owns something.
///
/// # Errors
/// Nobody has this id or name, or several people have it.
pub(super) fn named_person(project: &Project, name: &str) -> Result<AnnotatorId, Failure> {
    match project.find_person(name, &project.unlisted_owners()) {
        PersonMatch::Known(id) => Ok(id),
        PersonMatch::Ambiguous(ids) => Err(Failure::Usage(usage::ambiguous_annotator(name, &ids))),
        PersonMatch::Near(_) | PersonMatch::New | PersonMatch::Invalid => Err(unknown_person(project, name)),
    }
}

/// As [`named_person`], for a person who is listed.
///
/// # Errors
/// As [`named_person`], or the person is not listed.
pub(super) fn listed_person(project: &Project, name: &str) -> Result<AnnotatorId, Failure> {
    let id = named_person(project, name)?;
    if project.annotator(&id).is_some() {
        Ok(id)
    } else {
        Err(Failure::Usage(usage::unlisted_annotator(&id)))
    }
}

/// Returns the failure for a name that nobody has.
pub(super) fn unknown_person(project: &Project, name: &str) -> Failure {
    let unlisted = project.unlisted_owners();
    let listed = project.annotators().iter().map(|person| &person.id);
    Failure::Usage(usage::unknown_annotator(name, listed.chain(&unlisted).map(AnnotatorId::as_str)))
}

/// Refuses to change roles and assignments for someone who is not a lead, in a project that has one.
///
/// # Errors
/// The person may not.
pub(super) fn require_lead(editable: &EditableProject) -> anyhow::Result<()> {
    if editable.loaded.project.may_lead(&editable.who) {
        Ok(())
    } else {
        bail!("{}", words::not_a_lead(&editable.who))
    }
}
