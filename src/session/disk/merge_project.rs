//! "Merge a project…": another copy of this project is read, what it would bring is shown, conflicts are decided one by
//! one, and all of it comes in as one step. And packets, which go to one person and come back that way.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use demarche_analysis::merge_project::{
    ConflictLocation, MergePlan, ProjectResolutions, plan, with_matching_ids,
};
use demarche_io::IoError;
use demarche_io::project::{Other, keep_original, part_for, person, read_other, write_packet};
use demarche_model::merge::Side;
use demarche_model::{Annotator, DocumentId, Edit, Project};

use crate::words::{counted, passages};
use crate::{JobKind, Session, WindowRequest};

/// Another copy of the project, while it is decided what becomes of it.
#[derive(Debug)]
pub struct Merging {
    /// Where it lies.
    pub source: PathBuf,
    /// What is wrong in its files.
    pub problems: usize,
    theirs: Arc<Project>,
    base: Option<Arc<Project>>,
    decisions: ProjectResolutions,
    plan: MergePlan,
    /// The revision of the project that the plan is for.
    revision: u64,
}

impl Merging {
    /// Plans the merge for the project as it is now.
    fn plan_for(&mut self, ours: &Project) {
        self.revision = ours.revision();
        self.plan = plan(self.base.as_deref(), ours, &self.theirs, &self.decisions);
    }

    /// Decides a conflict.
    fn decide(&mut self, at: ConflictLocation, side: Side, ours: &Project) {
        self.decisions.insert(at, side);
        self.plan_for(ours);
    }

    /// What would be done, as it is decided now.
    pub fn plan(&self) -> &MergePlan {
        &self.plan
    }

    /// How a conflict was decided; as it was here, if it was not.
    pub fn side(&self, spot: &ConflictLocation) -> Side {
        self.decisions.get(spot).copied().unwrap_or_default()
    }

    /// Whether a conflict has been decided.
    pub fn is_decided(&self, spot: &ConflictLocation) -> bool {
        self.decisions.contains_key(spot)
    }

    /// Whether it is known what both were once.
    pub fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// The other copy.
    pub fn theirs(&self) -> &Project {
        &self.theirs
    }
}

impl Session {
    /// The merge that is being decided on.
    pub fn merging(&self) -> Option<&Merging> {
        self.merging.as_ref()
    }

    /// Reads another copy of the project (a folder, its `project.ron`, or a packet), and shows what it would bring.
    pub(crate) fn start_merge(&mut self, source: PathBuf) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        if source.canonicalize().ok() == self.files.folder().root().canonicalize().ok() {
            return self.notify("That is this project itself; choose another copy of it");
        }
        // Texts are compared, so all of ours have to be in memory.
        self.read_then(move |session| {
            let ours = session.project.clone();
            let folder = session.files.folder().clone();
            session.jobs.start(JobKind::ReadOtherProject, move |_| {
                let read = read_other(&source, &ours).map(|other| {
                    let Other { project, base, problems } = other;
                    keep_originals(&folder, &source, &ours, &project);
                    let theirs = with_matching_ids(&ours, &project);
                    (theirs, base.map(|base| with_matching_ids(&ours, &base)), problems.len())
                });
                Box::new(move |session: &mut Session| session.read_other_project(source, read))
            });
        });
    }

    fn read_other_project(
        &mut self,
        source: PathBuf,
        read: Result<(Project, Option<Project>, usize), IoError>,
    ) {
        match read {
            Err(error) => self.notify_error(format!("Not merged: {error}")),
            Ok((theirs, base, problems)) => {
                let (theirs, base) = (Arc::new(theirs), base.map(Arc::new));
                let (decisions, plan) = (ProjectResolutions::new(), MergePlan::default());
                let mut merging = Merging { source, problems, theirs, base, decisions, plan, revision: 0 };
                merging.plan_for(&self.project);
                self.merging = Some(merging);
                self.request(WindowRequest::Merge);
            }
        }
    }

    /// Decides a conflict of the merge.
    pub(crate) fn decide_merge(&mut self, spot: ConflictLocation, side: Side) {
        if let Some(merging) = &mut self.merging {
            merging.decide(spot, side, &self.project);
        }
    }

    /// Carries the merge out, as one step.
    pub(crate) fn finish_merge(&mut self) {
        let Some(mut merging) = self.merging.take() else { return };
        // Others may have written meanwhile.
        if merging.revision != self.project.revision() {
            merging.plan_for(&self.project);
        }
        let MergePlan { edits, documents, layers, conflicts, .. } = merging.plan;
        if edits.is_empty() {
            return self.notify("Nothing to merge: all of it is here already");
        }
        let name = merging.source.file_stem().map(|name| name.to_string_lossy().into_owned());
        let label = format!("merge {}", name.unwrap_or_else(|| "a project".to_owned()));
        if self.edit(label, Edit::Batch(edits)) {
            let spans: usize = layers.iter().map(|layer| layer.added + layer.changed + layer.removed).sum();
            self.notify(format!(
                "Merged: {}, {} changed, {}. Ctrl+Z takes it back",
                counted(documents.len(), "document", "documents"),
                passages(spans),
                counted(conflicts.len(), "conflict", "conflicts"),
            ));
            self.read_layers();
        }
    }

    /// Gives the merge up.
    pub(crate) fn end_merge(&mut self) {
        self.merging = None;
    }

    /// Writes a packet for a person: the codebook, these documents, and of layers their own alone. A name that nobody has
    /// joins the project's annotators.
    pub(crate) fn write_packet(&mut self, name: &str, documents: Vec<DocumentId>, path: PathBuf) {
        let name = name.trim().to_owned();
        if name.is_empty() || documents.is_empty() {
            return self.notify("Say for whom the packet is, and choose at least one document");
        }
        let who = person(&self.project, &name);
        if self.project.annotator(&who.id).is_none() {
            let at = self.project.annotators().len();
            let to = Some((at, who.clone()));
            if !self.edit(format!("add {name}"), Edit::SetAnnotator { id: who.id.clone(), to }) {
                return;
            }
        }
        self.read_then(move |session| session.pack(&who, documents, path));
    }

    fn pack(&mut self, who: &Annotator, documents: Vec<DocumentId>, path: PathBuf) {
        let part = part_for(&self.project, who, &documents);
        let (folder, name) = (self.files.folder().clone(), who.name.clone());
        self.jobs.start(JobKind::WritePacket, move |_| {
            let written = write_packet(&path, &part, &folder);
            Box::new(move |session: &mut Session| match written {
                Ok(()) => session.notify(format!("Packet for {name}: {}", path.display())),
                Err(error) => session.notify_error(format!("Not written: {error}")),
            })
        });
    }
}

/// Keeps the copies of originals of documents that are to come, where saving finds them. That one is missing is no reason
/// not to merge; `check` reports it.
fn keep_originals(folder: &demarche_io::project::Folder, source: &Path, ours: &Project, theirs: &Project) {
    let root = if source.is_dir() { source } else { source.parent().unwrap_or(source) };
    let there = demarche_io::project::Folder::new(root);
    let known = |sha256: &str| ours.documents().iter().any(|d| d.meta.origin.sha256 == sha256);
    for document in theirs.documents() {
        let origin = &document.meta.origin;
        if origin.kept.is_empty() || known(&origin.sha256) {
            continue;
        }
        if let Ok(bytes) = std::fs::read(there.original(&document.meta.text_id(), &origin.kept)) {
            let _ = keep_original(folder, origin.whole_sha256(), &bytes);
        }
    }
}
