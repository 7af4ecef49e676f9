//! `demarche merge`: merges other copies of a project into this one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Failure;
use super::common::EditableProject;
use super::identity::Identity;
use super::terminal::{eprint_problem, eprint_status};
use super::words::{merge as words, rounds, steps};
use crate::analysis::merge_project::{LeftOut, MergePlan, OtherCopy, ProjectResolutions};
use crate::io::project::{
    FileKey, Folder, copies_at, describe_conflict, is_packet, keep_conflicts, read_other, take_over_rounds,
};
use crate::model::merge::{Conflict, layer_edits};
use crate::model::{Edit, LayerId, Project};

/// Arguments of `demarche merge`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of the project to merge into
    project: PathBuf,
    /// The other copies: folders, packets, or folders of packets. Each is a step of the history, and one that fails does
    /// not stop the others
    #[arg(required = true)]
    other: Vec<PathBuf>,
    /// Show what would be merged, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Accept the changes to the codebook that a packet proposes
    #[arg(long)]
    accept_codebook: bool,
    #[command(flatten)]
    identity: Identity,
}

/// Merges the projects, one after another.
pub(super) fn run(args: Args) -> Result<(), Failure> {
    let mut others = Vec::new();
    for path in &args.other {
        match copies_at(path) {
            none if none.is_empty() => return Err(anyhow::anyhow!("{}", words::no_packets(path)).into()),
            some => others.extend(some),
        }
    }
    if let [one] = others.as_slice() {
        return merge(&args, one);
    }
    let mut merged = 0;
    for other in &others {
        eprint_status(&words::copy(other));
        match merge(&args, other) {
            Ok(()) => merged += 1,
            Err(Failure::Reported) => {}
            Err(Failure::Work(error)) => eprint_problem(words::of(&other.display().to_string(), error)),
            Err(usage @ Failure::Usage(_)) => return Err(usage),
        }
    }
    eprint_status(&words::merged_of(merged, others.len()));
    if merged == others.len() { Ok(()) } else { Err(Failure::Reported) }
}

/// Merges a project. In a conflict this project's version is kept; the other version of a span is added as a record for
/// its annotator to decide on, and the exit code is 1.
fn merge(args: &Args, path: &Path) -> Result<(), Failure> {
    let mut editable = EditableProject::open(&args.project, &args.identity, args.dry_run)?;
    let project = &mut editable.loaded.project;
    let other = read_other(path, project)?;
    if !other.problems.is_empty() {
        other.problems.iter().for_each(eprint_problem);
        eprint_problem(words::problems(other.problems.len(), path));
    }
    let is_read = is_read(&other.copy.project);
    let copy = other.copy.matching(project);
    let plan = planned(project, &copy, args.accept_codebook);
    print(project, &copy, &plan);
    if !args.dry_run {
        let layer_conflicts = conflicts_by_layer(&plan);
        project.admit_values_of(&copy.project);
        let mut applied = project.apply(Edit::Batch(plan.edits.clone())).map_err(anyhow::Error::from)?;
        for (layer, conflicts) in layer_conflicts {
            let edits = conflict_edits(project, &layer, &conflicts);
            applied.touched.extend(project.apply(Edit::Batch(edits)).map_err(anyhow::Error::from)?.touched);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        editable.save_step(steps::merge(&name), &applied.touched, &applied.inverse)?;
    }
    let rounds_are_whole = take_over(path, &editable.folder, args.dry_run)?;
    for (_, conflict) in &plan.conflicts {
        eprint_status(&words::conflict(&describe_conflict(conflict)));
    }
    if let Some(layer) = plan.unreadable.first() {
        let first = editable.folder.layer(layer);
        return Err(anyhow::anyhow!("{}", words::unreadable(plan.unreadable.len(), &first)).into());
    }
    if let Some((owner, part)) = plan.unreadable_notes.first() {
        let first = editable.folder.root().join(FileKey::AnalysisNotes(owner.clone(), *part).relative());
        let count = plan.unreadable_notes.len();
        return Err(anyhow::anyhow!("{}", words::unreadable_notes(count, &first)).into());
    }
    let is_whole = is_read
        && rounds_are_whole
        && plan.conflicts.is_empty()
        && plan.contradictions == 0
        && !plan.left_out.iter().any(LeftOut::is_work);
    if is_whole { Ok(()) } else { Err(Failure::Reported) }
}

/// Takes over the frozen rounds that another folder has and this one lacks; a packet has none. Returns whether all can be
/// read.
fn take_over(other: &Path, folder: &Folder, dry_run: bool) -> Result<bool, Failure> {
    if is_packet(other) {
        return Ok(true);
    }
    let taken = take_over_rounds(&Folder::named_by(other), folder, dry_run)?;
    for (there, here) in &taken.rounds {
        eprint_status(&rounds::taken_over(&there.to_string(), &here.to_string()));
    }
    taken.problems.iter().for_each(eprint_problem);
    Ok(taken.problems.is_empty())
}

/// Returns whether all texts, layers and analysis notes of a copy could be read.
fn is_read(copy: &Project) -> bool {
    let documents = copy.documents().iter();
    copy.unreadable_notes().is_empty()
        && documents.into_iter().all(|document| document.is_loaded() && document.unreadable.is_empty())
}

/// Plans the merge, with none or all of the changes to the codebook that a packet proposes.
fn planned(ours: &Project, other: &OtherCopy, accept_codebook: bool) -> MergePlan {
    let plan = other.plan(ours, &BTreeSet::new(), &ProjectResolutions::new());
    if !accept_codebook || plan.proposals.is_empty() {
        return plan;
    }
    let all = plan.proposals.into_iter().map(|proposal| proposal.entry).collect();
    other.plan(ours, &all, &ProjectResolutions::new())
}

/// Prints everything that the merge changes, and what it leaves out.
fn print(project: &Project, other: &OtherCopy, plan: &MergePlan) {
    for change in &plan.changes {
        eprint_status(&words::change(change));
    }
    let mut in_new = 0;
    for document in plan.documents.iter().filter_map(|id| other.project.document(id)) {
        for (annotator, layer) in &document.layers {
            let annotator = other.project.name_of(annotator);
            eprint_status(&words::layer(annotator, document.id().as_str(), [layer.len(), 0, 0], 0, None));
            in_new += layer.len();
        }
    }
    print_layers(project, plan, in_new);
    if plan.contradictions > 0 {
        eprint_status(&words::contradictions(plan.contradictions));
    }
    if plan.decisions > 0 {
        eprint_status(&words::decisions(plan.decisions));
    }
    if plan.notes > 0 {
        eprint_status(&words::notes(plan.notes));
    }
    for proposal in plan.proposals.iter().filter(|proposal| !proposal.is_accepted) {
        eprint_status(&words::proposal(proposal));
    }
    for left_out in &plan.left_out {
        eprint_status(&words::left_out(left_out));
    }
}

/// Prints what changes in each layer, and in all. `in_new` is the number of spans in added documents.
fn print_layers(project: &Project, plan: &MergePlan, in_new: usize) {
    let [mut added, mut changed, mut removed] = [in_new, 0, 0];
    for layer in &plan.layers {
        added += layer.added;
        changed += layer.changed;
        removed += layer.removed;
        let (annotator, document) = (project.name_of(&layer.layer.annotator), layer.layer.document.as_str());
        let counts = [layer.added, layer.changed, layer.removed];
        eprint_status(&words::layer(annotator, document, counts, layer.links, layer.status));
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
