//! Changes of a project's codebook that `demarche codebook` proposes, and makes with `--apply`.

use std::path::Path;

use anyhow::anyhow;

use super::Failure;
use super::common::EditableProject;
use super::identity::Identity;
use super::terminal::{Lines, eprint_status};
use super::words::{codebook as words, steps};
use crate::analysis::editions::{AdoptedEntry, Adoption, adoption, adoption_edits};
use crate::analysis::roles::{proposed_roles, role_edits};
use crate::io::project::editions;
use crate::model::Edit;

/// Lists the roles that categories without one might have, and sets them with `apply`.
pub(super) fn propose_roles(project: &Path, identity: &Identity, apply: bool) -> Result<(), Failure> {
    let editable = EditableProject::open(project, identity, !apply)?;
    let codebook = editable.loaded.project.codebook().clone();
    let proposals = proposed_roles(&codebook);
    let mut out = Lines::stdout();
    let ids = proposals.iter().map(|proposal| proposal.category.as_str().chars().count());
    let width = ids.max().unwrap_or(0);
    for proposal in &proposals {
        let id = proposal.category.as_str();
        let (role, why) = (words::role(proposal.role), words::reason(&proposal.why));
        out.line(format_args!("{id:width$}  {role:11}  {why}"))?;
    }
    let roles: Vec<_> = proposals.into_iter().map(|proposal| (proposal.category, proposal.role)).collect();
    let edits = role_edits(&codebook, &roles);
    finish(editable, edits, apply, steps::set_roles())
}

/// Lists what the second edition of the codebook of negotiation would change, and adopts all of it with `apply`.
pub(super) fn adopt_edition(project: &Path, identity: &Identity, apply: bool) -> Result<(), Failure> {
    let editable = EditableProject::open(project, identity, !apply)?;
    let codebook = editable.loaded.project.codebook().clone();
    let found = editions().map(|(first, second)| adoption(&codebook, &first.codebook, &second.codebook));
    let Some(Adoption::Changes(entries)) = found else {
        return Err(anyhow!(words::other_codebook()).into());
    };
    let mut out = Lines::stdout();
    for AdoptedEntry { entry, name, change, fields, .. } in &entries {
        let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
        let fields = fields.join(", ");
        let (change, entry) = (change.to_string(), entry.to_string());
        out.line(format_args!("{change:7}  {entry:12}  {name:16}  {fields}"))?;
    }
    let all = entries.iter().map(|entry| entry.entry.clone()).collect();
    let edits = adoption_edits(&codebook, &entries, &all);
    finish(editable, edits, apply, steps::adopt_edition())
}

/// Makes the edits as one step of the history, or says how to.
fn finish(mut editable: EditableProject, edits: Vec<Edit>, apply: bool, step: &str) -> Result<(), Failure> {
    if edits.is_empty() {
        eprint_status(words::nothing_to_change());
        return Ok(());
    }
    let count = edits.len();
    if !apply {
        eprint_status(&words::not_applied(count));
        return Ok(());
    }
    let applied = editable.loaded.project.apply(Edit::Batch(edits))?;
    editable.save_step(step.to_owned(), &applied.touched, &applied.inverse)?;
    eprint_status(&words::applied(count));
    Ok(())
}
