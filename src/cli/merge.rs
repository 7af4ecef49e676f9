//! `demarche merge`: brings another copy of a project into this one.

use std::path::PathBuf;

use super::Failure;
use super::common::{AtWork, say, several};
use crate::analysis::merge_project::{MergePlan, ProjectResolutions, plan, with_matching_ids};
use crate::io::project::{keep_conflicts, read_other, tell_conflict};
use crate::model::merge::{Conflict, layer_edits};
use crate::model::{Edit, LayerId, Project};

/// What to merge.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The project that is merged into: its folder
    project: PathBuf,
    /// The other copy: a folder, or a packet
    other: PathBuf,
    /// Say what would come, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Whose lock to take while writing; without one, yours
    #[arg(long)]
    annotator: Option<String>,
}

/// Merges. With conflicts, what was here stands, and the other version of a passage is kept beside it for its owner to
/// decide; the exit code is 1 then.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let mut work = AtWork::begin(&args.project, args.annotator.as_deref(), args.dry_run)?;
    let project = &mut work.whole.project;
    let other = read_other(&args.other, project)?;
    if !other.problems.is_empty() {
        let count = several(other.problems.len(), "problem");
        say(&format!(
            "demarche: {count} in the files of {}; what can't be read stays behind",
            args.other.display()
        ));
    }
    let theirs = with_matching_ids(project, &other.project);
    let base = other.base.map(|base| with_matching_ids(project, &base));
    let plan = plan(base.as_ref(), project, &theirs, &ProjectResolutions::new());
    tell(project, &plan);
    if !args.dry_run {
        let kept = conflicts_kept(&plan);
        let mut applied = project.apply(Edit::Batch(plan.edits.clone())).map_err(anyhow::Error::from)?;
        for (layer, conflicts) in kept {
            let edits = with_conflicts(project, &layer, &conflicts);
            applied.touched.extend(project.apply(Edit::Batch(edits)).map_err(anyhow::Error::from)?.touched);
        }
        let name = args.other.file_name().unwrap_or_default().to_string_lossy();
        work.end(format!("merge {name}"), &applied.touched, &applied.inverse)?;
    }
    for (_, conflict) in &plan.conflicts {
        say(&format!("conflict: {}; what was here stands", tell_conflict(conflict)));
    }
    if let Some(layer) = plan.unreadable.first() {
        let rest = plan.unreadable.len();
        let why = format!("{} not merged, since the file here can't be read", several(rest, "layer"));
        return Err(anyhow::anyhow!("{why}: {}", work.folder.layer(layer).display()).into());
    }
    if plan.conflicts.is_empty() { Ok(()) } else { Err(Failure::Told) }
}

fn tell(project: &Project, plan: &MergePlan) {
    let [mut added, mut changed, mut removed] = [0; 3];
    for layer in &plan.layers {
        added += layer.added;
        changed += layer.changed;
        removed += layer.removed;
        say(&format!(
            "{}: {} new, {} changed, {} removed",
            place(project, &layer.layer),
            layer.added,
            layer.changed,
            layer.removed
        ));
    }
    say(&format!(
        "merged {}, {} new, {changed} changed, {removed} removed, {}",
        several(plan.documents.len(), "document"),
        several(added, "span"),
        several(plan.conflicts.len(), "conflict"),
    ));
}

fn place(project: &Project, layer: &LayerId) -> String {
    format!("{} in {}", project.name_of(&layer.annotator), layer.document)
}

/// The conflicts of each layer.
fn conflicts_kept(plan: &MergePlan) -> Vec<(LayerId, Vec<Conflict>)> {
    let mut kept: Vec<(LayerId, Vec<Conflict>)> = Vec::new();
    for ((layer, _), conflict) in &plan.conflicts {
        let Some(layer) = layer else { continue };
        match kept.last_mut().filter(|(last, _)| last == layer) {
            Some((_, conflicts)) => conflicts.push(conflict.clone()),
            None => kept.push((layer.clone(), vec![conflict.clone()])),
        }
    }
    kept
}

/// The edits that keep the other version of passages in a layer.
fn with_conflicts(project: &Project, id: &LayerId, conflicts: &[Conflict]) -> Vec<Edit> {
    let document = project.document(&id.document);
    let text = document.and_then(|d| Some((d.text.clone()?, d.meta.versions.current.number)));
    let (Some(layer), Some((text, version))) = (project.layer(id), text) else { return Vec::new() };
    layer_edits(id, layer, &keep_conflicts(layer, conflicts, &text, version))
}
