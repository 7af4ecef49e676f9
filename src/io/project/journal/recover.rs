//! Recovery of changes that a Demarche that was killed had not saved.
//!
//! The steps in the journal are applied to the files as they are now, and saved; then the journal is removed. Applying
//! it twice does no harm, so recovery itself can be interrupted at any point.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::super::analysis_notes;
use super::super::commit::{Commit, Guard};
use super::super::context::{Categories, Context};
use super::super::folder::{FileKey, Folder};
use super::super::history::{append_history, not_recorded};
use super::super::listing::Listing;
use super::super::newer::newer_file;
use super::super::open::{Opened, open, parse_whole_project, read_document_seen};
use super::super::project_file::ProjectPart;
use super::super::read_back::read_back;
use super::super::save::snapshot;
use super::super::shared::{Seen, write_shared};
use super::super::texts::{Alignments, Texts};
use super::file::Place;
use super::layers::{set_in_layer, set_in_review};
use super::read::{LayerSet, Pending, Set};
use crate::IoError;
use demarche_model::merge::{Conflict, merge_projects};
use demarche_model::{AnnotatorId, DocumentId, LayerId, LogEntry, Project, SpanId};

/// Number of attempts while others write the same files.
const TRIES: usize = 4;

/// The result of recovering a journal.
#[derive(Debug, Default)]
pub struct Recovered {
    /// Number of steps that had not been saved.
    pub steps: usize,
    /// The files that were written.
    pub files: BTreeSet<FileKey>,
    /// Conflicts with other people's changes to `project.ron`. The journal's version was used.
    pub conflicts: Vec<Conflict>,
    /// Whether the end of the journal was damaged, as after a power cut.
    pub torn: bool,
    /// Journals that are kept, since something in them can't be applied.
    pub kept: Vec<PathBuf>,
}

impl Recovered {
    /// Number of documents in which something was recovered.
    pub fn documents(&self) -> usize {
        self.files.iter().filter_map(|key| key.document()).collect::<BTreeSet<_>>().len()
    }

    /// Returns whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        self.steps == 0 && self.conflicts.is_empty() && self.kept.is_empty()
    }
}

/// Saves the steps in a person's journal on this machine, and removes it. Their lock must be held. A project with a
/// file in a newer format is left alone.
///
/// # Errors
/// The journal can't be read, or the files can't be written. The journal is kept.
pub fn recover(folder: &Folder, person: &AnnotatorId) -> Result<Recovered, IoError> {
    recover_from(&Place::of(folder, person))
}

pub(super) fn recover_from(place: &Place) -> Result<Recovered, IoError> {
    let pending = Pending::read(place)?;
    let mut recovered = Recovered { torn: pending.torn, ..Recovered::default() };
    let mut can_go = !pending.unread;
    if !pending.is_empty() {
        let opened = open(&place.folder)?;
        if newer_file(&place.folder, &opened).is_some() {
            return Ok(Recovered::default());
        }
        let mut is_whole = false;
        for _ in 0..TRIES {
            let (others_wrote, whole) = write_once(&place.folder, &pending, &mut recovered)?;
            is_whole = whole && !others_wrote;
            if !others_wrote {
                break;
            }
        }
        let log = unrecorded(&place.folder, &pending);
        append_history(&place.folder, &log)?;
        let is_new = !log.is_empty() || !recovered.files.is_empty();
        recovered.steps = if is_new { log.len().max(1) } else { 0 };
        can_go &= is_whole;
    }
    if !can_go {
        recovered.kept = place.keep()?;
    }
    place.remove()?;
    Ok(recovered)
}

/// Returns the steps that the history lacks.
fn unrecorded(folder: &Folder, pending: &Pending) -> Vec<LogEntry> {
    pending.log().into_iter().flat_map(|(who, steps)| not_recorded(folder, &who, steps)).collect()
}

/// Applies and saves the pending steps. Returns whether others have written one of the files in the meantime, and
/// whether everything could be applied.
fn write_once(
    folder: &Folder,
    pending: &Pending,
    recovered: &mut Recovered,
) -> Result<(bool, bool), IoError> {
    let mut replay = Replay::start(folder, pending)?;
    recovered.conflicts = std::mem::take(&mut replay.conflicts);
    for (document, work) in replay.work_by_document(pending) {
        replay.apply(&document, &work);
    }
    let snapshot = snapshot(&replay.project, &replay.changed);
    let (written, result) = write_shared(folder, &snapshot, &replay.seen);
    recovered.files.extend(replay.changed.iter().cloned());
    result?;
    read_back(folder, &snapshot, &written)?;
    Ok((!written.foreign.is_empty(), replay.is_whole))
}

/// A project to which a journal is being applied.
struct Replay<'a> {
    folder: &'a Folder,
    project: Project,
    listing: Listing,
    seen: Seen,
    changed: BTreeSet<FileKey>,
    conflicts: Vec<Conflict>,
    is_whole: bool,
}

/// The changes to the files of one document.
#[derive(Default)]
struct Work<'p> {
    layers: BTreeMap<LayerId, Vec<&'p LayerSet>>,
    reviews: BTreeMap<AnnotatorId, Vec<(&'p str, &'p [SpanId])>>,
}

impl<'a> Replay<'a> {
    /// Writes the texts in the journal, then applies its changes to `project.ron`.
    fn start(folder: &'a Folder, pending: &Pending) -> Result<Self, IoError> {
        let mut changed = write_texts(folder, pending)?;
        let Opened { mut project, listing, hashes, .. } = open(folder)?;
        let mut seen = Seen::new(project.clone());
        hashes.into_iter().for_each(|(key, hash)| seen.record(key, Some(hash)));
        let mut conflicts = Vec::new();
        if let Some((ours, base)) = last_project(pending, &project, folder)? {
            let merged = merge_projects(Some(&base), &ours, &project);
            let is_new =
                !ProjectPart::from_project(&merged.value).is_same(&ProjectPart::from_project(&project));
            if is_new {
                project.set_project_file_from_disk(&merged.value, &BTreeSet::new());
                changed.insert(FileKey::Project);
                conflicts = merged.conflicts;
            }
        }
        for key in gone(pending) {
            if folder.has(&key.relative()) {
                changed.insert(key);
            }
        }
        let mut replay = Self { folder, project, listing, seen, changed, conflicts, is_whole: true };
        pending.parts().for_each(|set| replay.set_analysis_notes(set));
        Ok(replay)
    }

    /// Sets analysis notes as a part of a step has them.
    fn set_analysis_notes(&mut self, set: &Set) {
        let (key, content) = match set {
            Set::File(key, content) => (key, Some(content)),
            Set::Gone(key) => (key, None),
            Set::Project { .. } | Set::Layer(..) | Set::Review(..) => return,
        };
        let FileKey::AnalysisNotes(owner, part) = key else { return };
        let writer = (owner, self.project.key_of(owner));
        let read = content.map(|content| analysis_notes::read_whole(content, &key.relative(), *part, writer));
        match read.transpose() {
            Ok(notes) if !self.project.has_unreadable_notes(owner, *part) => {
                let notes = notes.unwrap_or_default();
                if self.project.set_analysis_notes_from_disk(owner, *part, &notes).is_some() {
                    self.changed.insert(key.clone());
                }
            }
            Ok(_) | Err(_) => self.is_whole = false,
        }
    }

    /// Returns the changes to layers and reviews, by document. Changes before a file was removed don't count. The copy
    /// of an original is written with its document, which has to be read for that.
    fn work_by_document<'p>(&self, pending: &'p Pending) -> BTreeMap<DocumentId, Work<'p>> {
        let mut all: BTreeMap<DocumentId, Work<'p>> = BTreeMap::new();
        for set in pending.parts() {
            match set {
                Set::Layer(FileKey::Layer(id), set) => {
                    let work = all.entry(id.document.clone()).or_default();
                    work.layers.entry(id.clone()).or_default().push(set);
                }
                Set::Review(FileKey::Review(document, reviewer), content, removed) => {
                    let work = all.entry(document.clone()).or_default();
                    work.reviews.entry(reviewer.clone()).or_default().push((content, removed));
                }
                Set::Gone(FileKey::Layer(id)) => {
                    all.entry(id.document.clone()).or_default().layers.remove(id);
                }
                Set::Gone(FileKey::Review(document, reviewer)) => {
                    all.entry(document.clone()).or_default().reviews.remove(reviewer);
                }
                Set::File(FileKey::Original(text, _), _) => {
                    all.entry(text.document.clone()).or_default();
                }
                Set::Project { .. } | Set::Layer(..) | Set::Review(..) | Set::File(..) | Set::Gone(_) => {}
            }
        }
        let has_document = |id: &DocumentId| self.project.document(id).is_some();
        all.retain(|id, work| has_document(id) || !work.layers.is_empty() || !work.reviews.is_empty());
        all
    }

    fn apply(&mut self, id: &DocumentId, work: &Work<'_>) {
        let meta = self.project.document(id).map(|document| document.meta.clone());
        let codebook = self.project.codebook().clone();
        let read = meta.map(|meta| read_document_seen(self.folder, &self.listing, &codebook, &meta));
        let Some(Ok((contents, _, hashes))) = read else {
            // The document or its text is gone. The journal is kept.
            self.is_whole = false;
            return;
        };
        hashes.into_iter().for_each(|(key, hash)| self.seen.record(key, Some(hash)));
        self.project.load_document(id, contents);
        for (layer, sets) in &work.layers {
            self.is_whole &= self.set_layer(layer, sets).is_some();
        }
        for (reviewer, sets) in &work.reviews {
            self.is_whole &= self.set_review(id, reviewer, sets).is_some();
        }
    }

    /// Applies the changes to a layer; `None` if they can't be applied.
    fn set_layer(&mut self, id: &LayerId, sets: &[&LayerSet]) -> Option<()> {
        let document = self.project.document(&id.document)?;
        let texts = Texts::from_document(document, &Alignments::default())?;
        let now = document.layer(&id.annotator).cloned().unwrap_or_default();
        if document.unreadable.contains(&id.annotator) {
            return None;
        }
        let key = FileKey::Layer(id.clone());
        let categories = Categories::new(self.project.codebook());
        let file = key.relative();
        let context =
            Context { file: &file, id, texts: Some(&texts), categories: Some(&categories), key: None };
        let to = set_in_layer(&now, sets, &context).ok()?;
        if self.project.set_layer_from_disk(id, to).is_some() {
            self.changed.insert(key);
        }
        Some(())
    }

    /// Applies the changes to a review; `None` if they can't be applied.
    fn set_review(
        &mut self,
        id: &DocumentId,
        reviewer: &AnnotatorId,
        sets: &[(&str, &[SpanId])],
    ) -> Option<()> {
        let document = self.project.document(id)?;
        if document.unreadable.contains(reviewer) {
            return None;
        }
        let now = document.reviews.get(reviewer).map(|review| (**review).clone()).unwrap_or_default();
        let to = set_in_review(&now, sets, (id, reviewer)).ok()?;
        if self.project.set_review_from_disk(id, reviewer, to).is_some() {
            self.changed.insert(FileKey::Review(id.clone(), reviewer.clone()));
        }
        Some(())
    }
}

/// Writes the texts and anchors in the journal, before the files that refer to them are read. Returns the files that
/// saving has to write as well.
fn write_texts(folder: &Folder, pending: &Pending) -> Result<BTreeSet<FileKey>, IoError> {
    let mut last: BTreeMap<&FileKey, Option<&str>> = BTreeMap::new();
    for set in pending.parts() {
        match set {
            Set::File(key, content) => last.insert(key, Some(content)),
            Set::Gone(key) => last.insert(key, None),
            Set::Project { .. } | Set::Layer(..) | Set::Review(..) => continue,
        };
    }
    let mut changed = BTreeSet::new();
    let mut commit = Commit::begin(folder, last.len())?;
    for (key, content) in last {
        let Some(content) = content else { continue };
        let path = key.relative();
        if !folder.has(&path) && !matches!(key, FileKey::AnalysisNotes(..)) {
            changed.insert(key.clone());
        }
        match key {
            FileKey::Text(_) => commit.put_text(&path, content.as_bytes())?,
            FileKey::Anchors(_) => {
                let old = commit.read(&path)?;
                commit.put(&path, content.as_bytes(), old.as_deref(), Guard::None)?;
            }
            FileKey::Original(..)
            | FileKey::Project
            | FileKey::Layer(_)
            | FileKey::Review(..)
            | FileKey::AnalysisNotes(..) => {}
        }
    }
    commit.finish()?;
    Ok(changed)
}

/// Returns the files that no longer exist at the end of the journal.
fn gone(pending: &Pending) -> BTreeSet<FileKey> {
    let mut gone = BTreeSet::new();
    for set in pending.parts() {
        match set {
            Set::Gone(key) => drop(gone.insert(key.clone())),
            Set::File(key, _) | Set::Layer(key, _) | Set::Review(key, ..) => drop(gone.remove(key)),
            Set::Project { .. } => {}
        }
    }
    gone
}

/// Returns the last `project.ron` in the journal, and its base. If the file on disk is an intermediate version of the
/// journal's, because the program was killed between saving it and recording that, this version is the base.
fn last_project(
    pending: &Pending,
    now: &Project,
    folder: &Folder,
) -> Result<Option<(Project, Project)>, IoError> {
    let parse = |text: &Arc<str>| -> Result<Project, IoError> {
        let read = parse_whole_project(text.as_bytes().to_vec()).map_err(IoError::Problem)?;
        Ok(ProjectPart::from_project(&read).with_checksums(folder).head())
    };
    let all: Vec<(&Arc<str>, &Arc<str>)> = pending
        .parts()
        .filter_map(|set| match set {
            Set::Project { base, to } => Some((base, to)),
            Set::Layer(..) | Set::Review(..) | Set::File(..) | Set::Gone(_) => None,
        })
        .collect();
    let Some((base, to)) = all.last() else { return Ok(None) };
    let now = ProjectPart::from_project(now).with_checksums(folder);
    for (_, passed) in all.iter().rev() {
        let passed = parse(passed)?;
        if ProjectPart::from_project(&passed).is_same(&now) {
            return Ok(Some((parse(to)?, passed)));
        }
    }
    Ok(Some((parse(to)?, parse(base)?)))
}
