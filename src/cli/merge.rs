//! `demarche merge`: merges another copy of a project into this one.

use std::path::PathBuf;

use super::Failure;
use super::people::Identity;
use super::common::{EditableProject, eprint_problem, eprint_status};
use super::words::{merge as words, steps};
use crate::analysis::merge_project::{MergePlan, ProjectResolutions, plan, with_matching_ids};
use crate::io::project::{keep_conflicts, read_other, tell_conflict};
use crate::model::merge::{Conflict, layer_edits};
use crate::model::{Edit, LayerId, Project};

/// Arguments of `demarche merge`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of the project to merge into
    project: PathBuf,
    /// The other copy: a folder, or a packet
    other: PathBuf,
    /// Show what would be merged, and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    identity: Identity,
}

/// Merges the projects. In a conflict this project's version is kept; the other version of a span is added as a record for
/// its annotator to decide on, and the exit code is 1.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let mut editable = EditableProject::open(&args.project, &args.identity, args.dry_run)?;
    let project = &mut editable.loaded.project;
    let other = read_other(&args.other, project)?;
    if !other.problems.is_empty() {
        eprint_problem(words::problems(other.problems.len(), &args.other));
    }
    let theirs = with_matching_ids(project, &other.project);
    let base = other.base.map(|base| with_matching_ids(project, &base));
    let plan = plan(base.as_ref(), project, &theirs, &ProjectResolutions::new());
    print(project, &plan);
    if !args.dry_run {
        let layer_conflicts = conflicts_by_layer(&plan);
        let mut applied = project.apply(Edit::Batch(plan.edits.clone())).map_err(anyhow::Error::from)?;
        for (layer, conflicts) in layer_conflicts {
            let edits = conflict_edits(project, &layer, &conflicts);
            applied.touched.extend(project.apply(Edit::Batch(edits)).map_err(anyhow::Error::from)?.touched);
        }
        let name = args.other.file_name().unwrap_or_default().to_string_lossy();
        editable.save_step(steps::merge(&name), &applied.touched, &applied.inverse)?;
    }
    for (_, conflict) in &plan.conflicts {
        eprint_status(&words::conflict(&tell_conflict(conflict)));
    }
    if let Some(layer) = plan.unreadable.first() {
        let first = editable.folder.layer(layer);
        return Err(anyhow::anyhow!("{}", words::unreadable(plan.unreadable.len(), &first)).into());
    }
    if plan.conflicts.is_empty() { Ok(()) } else { Err(Failure::Reported) }
}

fn print(project: &Project, plan: &MergePlan) {
    let [mut added, mut changed, mut removed] = [0; 3];
    for layer in &plan.layers {
        added += layer.added;
        changed += layer.changed;
        removed += layer.removed;
        let (annotator, document) = (project.name_of(&layer.layer.annotator), layer.layer.document.as_str());
        eprint_status(&words::layer(annotator, document, layer.added, layer.changed, layer.removed));
    }
    let counts = [added, changed, removed];
    eprint_status(&words::merged(plan.documents.len(), counts, plan.conflicts.len()));
}

/// The conflicts of each layer.
fn conflicts_by_layer(plan: &MergePlan) -> Vec<(LayerId, Vec<Conflict>)> {
    let mut layers: Vec<(LayerId, Vec<Conflict>)> = Vec::new();
    for ((layer, _), conflict) in &plan.conflicts {
        let Some(layer) = layer else { continue };
        match layers.last_mut().filter(|(last, _)| last == layer) {
            Some((_, conflicts)) => conflicts.push(conflict.clone()),
            None => layers.push((layer.clone(), vec![conflict.clone()])),
        }
    }
    layers
}

/// The edits that add the other versions of spans to a layer.
fn conflict_edits(project: &Project, id: &LayerId, conflicts: &[Conflict]) -> Vec<Edit> {
    let document = project.document(&id.document);
    let text = document.and_then(|d| Some((d.text.clone()?, d.meta.versions.current.number)));
    let (Some(layer), Some((text, version))) = (project.layer(id), text) else { return Vec::new() };
    layer_edits(id, layer, &keep_conflicts(layer, conflicts, &text, version))
}
