//! Merging another copy of this project: reads it, plans the merge, lets the user resolve conflicts, and applies everything
//! as one step.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use demarche_analysis::merge_project::{
    CodebookEntry, ConflictLocation, MergePlan, OtherCopy, ProjectResolutions,
};
use demarche_io::IoError;
use demarche_io::project::{Other, adopt_original, read_other};
use demarche_model::merge::Side;
use demarche_model::{AnnotatorId, Edit, Project};

use crate::words::{merge as words, steps};
use crate::{JobKind, Session, WindowRequest};

/// A merge with another copy of the project, before it is applied.
#[derive(Debug)]
pub struct Merging {
    /// The path of the other copy.
    pub source: PathBuf,
    /// Number of problems in its files.
    pub problems: usize,
    copy: OtherCopy,
    decisions: ProjectResolutions,
    /// The changes to the codebook that are accepted of a packet.
    accepted: BTreeSet<CodebookEntry>,
    plan: MergePlan,
    /// The revision of the project that the plan is for.
    revision: u64,
}

impl Merging {
    /// Plans the merge for the current project.
    fn plan_for(&mut self, ours: &Project) {
        self.revision = ours.revision();
        self.plan = self.copy.plan(ours, &self.accepted, &self.decisions);
    }

    /// Resolves a conflict.
    fn decide(&mut self, at: ConflictLocation, side: Side, ours: &Project) {
        self.decisions.insert(at, side);
        self.plan_for(ours);
    }

    /// Accepts a change to the codebook that a packet proposes, or declines it.
    fn accept(&mut self, entry: CodebookEntry, accept: bool, ours: &Project) {
        match accept {
            true => self.accepted.insert(entry),
            false => self.accepted.remove(&entry),
        };
        self.plan_for(ours);
    }

    /// The plan with the current resolutions.
    pub fn plan(&self) -> &MergePlan {
        &self.plan
    }

    /// The side chosen for a conflict; this copy's if the user has not resolved it.
    pub fn side(&self, at: &ConflictLocation) -> Side {
        self.decisions.get(at).copied().unwrap_or_default()
    }

    /// Returns whether a conflict has been resolved.
    pub fn is_decided(&self, at: &ConflictLocation) -> bool {
        self.decisions.contains_key(at)
    }

    /// Returns whether a common base of both copies is known.
    pub fn has_base(&self) -> bool {
        self.copy.base.is_some()
    }

    /// The other copy.
    pub fn theirs(&self) -> &Project {
        &self.copy.project
    }

    /// The person whose packet it is, if it is one.
    pub fn owner(&self) -> Option<&AnnotatorId> {
        self.copy.owner.as_ref()
    }
}

impl Session {
    /// The merge that is being prepared.
    pub fn merging(&self) -> Option<&Merging> {
        self.merging.as_ref()
    }

    /// Reads another copy of the project (a folder, its `project.ron`, or a packet), and shows the plan for merging it.
    pub(crate) fn start_merge(&mut self, source: PathBuf) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        if source.canonicalize().ok() == self.files.folder().root().canonicalize().ok() {
            return self.notify(words::this_project());
        }
        // Merging compares texts, so all of them have to be in memory.
        self.read_then(move |session| {
            let ours = session.project.clone();
            let folder = session.files.folder().clone();
            session.jobs.start(JobKind::ReadOtherProject, move |_| {
                let read = read_other(&source, &ours).map(|other| {
                    let Other { copy, problems } = other;
                    keep_originals(&folder, &source, &ours, &copy.project);
                    (copy.matching(&ours), problems.len())
                });
                Box::new(move |session: &mut Session| session.read_other_project(source, read))
            });
        });
    }

    fn read_other_project(&mut self, source: PathBuf, read: Result<(OtherCopy, usize), IoError>) {
        match read {
            Err(error) => self.notify_error(words::not_merged(&error)),
            Ok((copy, problems)) => {
                let (decisions, accepted) = (ProjectResolutions::new(), BTreeSet::new());
                let plan = MergePlan::default();
                let mut merging = Merging { source, problems, copy, decisions, accepted, plan, revision: 0 };
                merging.plan_for(&self.project);
                self.merging = Some(merging);
                self.request(WindowRequest::Merge);
            }
        }
    }

    /// Resolves a conflict of the merge.
    pub(crate) fn decide_merge(&mut self, at: ConflictLocation, side: Side) {
        if let Some(merging) = &mut self.merging {
            merging.decide(at, side, &self.project);
        }
    }

    /// Accepts a change to the codebook that a packet proposes, or declines it.
    pub(crate) fn accept_proposal_of_packet(&mut self, entry: CodebookEntry, accept: bool) {
        if let Some(merging) = &mut self.merging {
            merging.accept(entry, accept, &self.project);
        }
    }

    /// Applies the merge, as one step.
    pub(crate) fn finish_merge(&mut self) {
        let Some(mut merging) = self.merging.take() else { return };
        // Meanwhile, others may have changed the project.
        if merging.revision != self.project.revision() {
            merging.plan_for(&self.project);
        }
        let MergePlan { edits, documents, layers, conflicts, .. } = merging.plan;
        if edits.is_empty() {
            return self.notify(words::nothing_to_merge());
        }
        self.project.admit_values_of(&merging.copy.project);
        let name = merging.source.file_stem().map(|name| name.to_string_lossy());
        if self.edit(steps::merge_project(name.as_deref()), Edit::Batch(edits)) {
            let spans: usize = layers.iter().map(|layer| layer.added + layer.changed + layer.removed).sum();
            self.notify(words::merged_project(documents.len(), spans, conflicts.len()));
            self.read_layers();
        }
    }

    /// Cancels the merge.
    pub(crate) fn end_merge(&mut self) {
        self.merging = None;
    }
}

/// Copies the originals of new documents to where saving finds them. A missing one does not prevent the merge; `check`
/// reports it.
pub(super) fn keep_originals(
    folder: &demarche_io::project::Folder,
    source: &Path,
    ours: &Project,
    theirs: &Project,
) {
    let root = if source.is_dir() { source } else { source.parent().unwrap_or(source) };
    let other = demarche_io::project::Folder::new(root);
    let known = |sha256: &str| ours.documents().iter().any(|d| d.meta.origin.sha256 == sha256);
    for document in theirs.documents() {
        let origin = &document.meta.origin;
        if origin.kept.is_empty() || known(&origin.sha256) {
            continue;
        }
        let _ = adopt_original(folder, &other, &document.meta);
    }
}
