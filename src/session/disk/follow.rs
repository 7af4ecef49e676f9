//! Following the project's folder: applies what others write there, between two frames. Selection, scroll position and
//! undo stack are kept, and files that are written here are never replaced.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use demarche_io::Problem;
use demarche_io::project::{Changes, FileKey, Found, FoundContent, read_changed};
use demarche_model::merge::{
    Conflict, ConflictValue, Resolutions, Side, merge_layers, merge_reviews_with, review_edits,
};
use demarche_model::{AnnotatorId, DocumentId, Edit, Layer, LayerId, Review};

use super::live::ForeignLayer;
use crate::jobs::{Done, Worker};
use crate::words::{disk as words, steps};
use crate::{JobKind, Session};

/// Pauses before an unreadable file is read again: it may be half-written.
const PAUSES_MS: [u64; 6] = [50, 100, 200, 400, 800, 1600];

/// The result of reading a file that has changed.
type Changed = (FileKey, Result<Option<Found>, Problem>);

impl Session {
    /// Reads files that others have written since the last call, on a worker.
    pub(crate) fn follow_disk(&mut self) {
        let Changes { files, survey } = self.live.changes();
        let missed = survey.map(|found| self.missed(&found)).unwrap_or_default();
        for path in files.into_iter().chain(missed) {
            match FileKey::from_relative(&path) {
                Some(key) => self.live.must_read(key),
                None => self.update_copy(&path),
            }
        }
        // Files that are being written here are recognised only after that.
        if !self.saving.is_idle() {
            return;
        }
        let Some(keys) = self.live.begin_reading() else { return };
        tracing::info!(files = keys.len(), "files changed on disk");
        let seen = self.live.seen(&keys);
        let (folder, project) = (self.files.folder().clone(), self.project.clone());
        let alignments = self.live.alignments().clone();
        self.jobs.start(JobKind::ReadChanges, move |worker| {
            let read = |key: &FileKey| read_changed(&folder, &project, key, &seen, &alignments);
            read_patiently(worker, keys, read);
            Box::new(|session: &mut Session| session.live.end_reading())
        });
    }

    /// The files that may have changed unnoticed, given those that there are: `project.ron`, those that were read, and
    /// those that have appeared. Others are read when they are needed.
    fn missed(&self, found: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        let read = self.live.seen_files().map(FileKey::relative);
        let copies = self.files.copies().map(Path::to_owned);
        let is_new = |path: &&PathBuf| match FileKey::from_relative(path) {
            Some(FileKey::Project | FileKey::Anchors(_) | FileKey::Original(..)) => false,
            Some(key) => !self.files.listing().has(&key),
            None => true,
        };
        let appeared = found.iter().filter(is_new).cloned();
        read.chain(copies).chain(appeared).chain([FileKey::Project.relative()]).collect()
    }

    fn apply_changes(&mut self, changes: Vec<Changed>) {
        for (key, result) in changes {
            let file = key.relative();
            match result {
                // Unchanged, or as it was before it could not be read.
                Ok(None) => self.files.is_readable_again(&file),
                Ok(Some(mut found)) => {
                    self.files.was_read(&file, std::mem::take(&mut found.problems));
                    self.apply_change(key, found);
                }
                Err(problem) => {
                    tracing::warn!(kind = ?problem.kind, "a file changed on disk can't be read");
                    if self.live.held().contains(&key) {
                        self.notify_error(words::own_file_unreadable(&problem));
                    }
                    self.files.is_unreadable(&file, problem);
                }
            }
        }
    }

    /// Applies a change of a file.
    pub(crate) fn apply_change(&mut self, key: FileKey, found: Found) {
        if found.hash.is_some() {
            self.files.list(&key);
        }
        match (key, found.content) {
            (FileKey::Project, FoundContent::Project(theirs)) => {
                self.live.saw(FileKey::Project, found.hash);
                self.head_changed(*theirs);
            }
            (FileKey::Layer(id), FoundContent::Layer(layer)) => self.layer_changed(id, found.hash, layer),
            (FileKey::Review(document, reviewer), FoundContent::Review(review)) => {
                self.review_changed(document, reviewer, found.hash, review);
            }
            (FileKey::AnalysisNotes(owner, part), FoundContent::AnalysisNotes(notes)) => {
                self.notes_changed(&owner, part, found.hash, notes);
            }
            (FileKey::Text(id), _) => {
                self.project.reserve_ids([id.document.clone()]);
                if self.read_failure(&id.document).is_some() {
                    self.read_document(&id.document);
                }
                self.read_layers();
            }
            _ => self.read_layers(),
        }
    }

    fn layer_changed(&mut self, id: LayerId, hash: Option<u64>, layer: Layer) {
        let key = FileKey::Layer(id.clone());
        if !self.saving.is_ours(&id) {
            self.live.saw(key, hash);
            let touch = self.project.set_layer_from_disk(&id, layer);
            self.live.set_layer_base(&id, self.project.layer(&id).cloned());
            self.after_edit(touch.as_slice());
            return;
        }
        let base = self.live.layer_base(&id);
        if layer == base || hash.is_none() {
            self.live.saw(key.clone(), hash);
            self.live.release(&key);
            self.live.take_elsewhere(&id);
            // A missing file does not mean that someone emptied the layer.
            if hash.is_none() && self.project.layer(&id).is_some() {
                self.saving.must_write(key, self.env.monotonic());
            }
            return;
        }
        let ours = self.project.layer(&id).map(|layer| (**layer).clone()).unwrap_or_default();
        let has_conflicts = !merge_layers(&base, &ours, &layer).conflicts.is_empty();
        self.live.keep_elsewhere(id.clone(), ForeignLayer { layer, hash });
        // A decision of the user is needed only where both have changed the same.
        if !has_conflicts && self.read_only().is_none() {
            self.merge_elsewhere(&id);
        }
    }

    fn review_changed(
        &mut self,
        document: DocumentId,
        reviewer: AnnotatorId,
        hash: Option<u64>,
        review: Review,
    ) {
        let key = FileKey::Review(document.clone(), reviewer.clone());
        let review_key = (document.clone(), reviewer.clone());
        if !self.saving.works_here(&reviewer.writer()) {
            self.live.saw(key, hash);
            let touch = self.project.set_review_from_disk(&document, &reviewer, review);
            if let Some(now) = self.project.document(&document).and_then(|d| d.reviews.get(&reviewer)) {
                self.live.set_review_base(review_key, now.clone());
            }
            return self.after_edit(touch.as_slice());
        }
        // The user's own decisions from another machine: threads are united, and the later of two verdicts counts.
        let or_empty =
            |review: Option<&Arc<Review>>| review.map(|review| (**review).clone()).unwrap_or_default();
        let base = or_empty(self.live.review_base(&review_key));
        let ours = or_empty(self.project.document(&document).and_then(|d| d.reviews.get(&reviewer)));
        let resolutions = later(&merge_reviews_with(&base, &ours, &review, &Resolutions::new()).conflicts);
        let merged = merge_reviews_with(&base, &ours, &review, &resolutions).value;
        let edits = review_edits(&document, &reviewer, &ours, &merged);
        if edits.is_empty() || self.edit(steps::merge_decisions(), Edit::Batch(edits)) {
            self.live.release(&key);
            self.live.saw(key, hash);
            self.live.set_review_base(review_key, Arc::new(review));
        }
    }
}

/// Resolves conflicts of decisions in favour of the later one.
fn later(conflicts: &[Conflict]) -> Resolutions {
    let side = |conflict: &Conflict| match (&conflict.ours, &conflict.theirs) {
        (ConflictValue::Decision(ours), ConflictValue::Decision(theirs))
            if theirs.modified > ours.modified =>
        {
            Side::Theirs
        }
        (ConflictValue::Removed, ConflictValue::Decision(_)) => Side::Theirs,
        _ => Side::Ours,
    };
    conflicts.iter().map(|conflict| (conflict.at.clone(), side(conflict))).collect()
}

/// Reads files. Retries those that can't be read with growing pauses before reporting a problem.
fn read_patiently(
    worker: &Worker,
    keys: BTreeSet<FileKey>,
    read: impl Fn(&FileKey) -> Result<Option<Found>, Problem>,
) {
    let mut left: Vec<FileKey> = keys.into_iter().collect();
    for pause in PAUSES_MS.iter().map(Some).chain([None]) {
        let (mut good, mut bad): (Vec<Changed>, Vec<Changed>) = (Vec::new(), Vec::new());
        for key in left {
            let result = read(&key);
            if result.is_ok() { &mut good } else { &mut bad }.push((key, result));
        }
        let Some(pause) = pause.filter(|_| !bad.is_empty() && !worker.progress().is_stopped()) else {
            good.append(&mut bad);
            return worker.send(applying(good));
        };
        worker.send(applying(good));
        left = bad.into_iter().map(|(key, _)| key).collect();
        std::thread::sleep(Duration::from_millis(*pause));
    }
}

fn applying(changes: Vec<Changed>) -> Done {
    Box::new(move |session: &mut Session| session.apply_changes(changes))
}
