//! The live folder: what others write into the project's folder comes in between two frames, without disturbing the one
//! who works here. Selection, scroll position and undo stay; files that are written here are never replaced.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use demarche_io::project::{
    Alignments, FileKey, Found, FoundContent, Seen, Snapshot, Watch, keep_conflicts, read_changed,
    tell_conflict,
};
use demarche_io::{IoError, Problem};
use demarche_model::merge::{
    Picks, Side, Version, layer_edits, merge_layers, merge_projects, merge_reviews_as, review_edits,
};
use demarche_model::{AnnotatorId, DocumentId, Edit, Layer, LayerId, Project, Review, Touch};

use crate::Session;
use crate::jobs::{Done, Worker};

/// Pauses before a file that can't be read is read again: it may be half-written.
const PAUSES_MS: [u64; 6] = [50, 100, 200, 400, 800, 1600];

/// What is known of the files on disk.
#[derive(Default)]
pub(crate) struct Live {
    watch: Option<Watch>,
    seen: Seen,
    /// Layers as they were last read or written, to merge against.
    layers: HashMap<LayerId, Arc<Layer>>,
    reviews: HashMap<(DocumentId, AnnotatorId), Arc<Review>>,
    /// Files of mine that somebody else has changed; they are not written until they are merged.
    held: BTreeSet<FileKey>,
    /// What layers of mine hold that somebody else has changed.
    elsewhere: BTreeMap<LayerId, (Option<u64>, Layer)>,
    /// Files that have changed and are to be read.
    pending: BTreeSet<FileKey>,
    reading: bool,
    alignments: Alignments,
    /// Files that can't be read any more, with what was wrong in them when they could.
    broken: HashMap<FileKey, Vec<Problem>>,
    /// Copies that a synchronising program has put beside files, relative to the project's folder.
    pub(crate) copies: BTreeSet<PathBuf>,
}

impl Live {
    /// What was last seen of files that are to be written.
    pub fn seen(&self, keys: &BTreeSet<FileKey>) -> Seen {
        self.seen.of(keys)
    }

    /// Files that have to be merged before they may be written.
    pub fn held(&self) -> &BTreeSet<FileKey> {
        &self.held
    }

    /// A document has been read.
    pub fn read(&mut self, project: &Project, id: &DocumentId, hashes: Vec<(FileKey, u64)>) {
        for (key, hash) in hashes {
            self.seen.note(key, Some(hash));
        }
        let Some(document) = project.document(id) else { return };
        for (annotator, layer) in &document.layers {
            self.layers.insert(LayerId::new(id, annotator), layer.clone());
        }
        for (reviewer, review) in &document.reviews {
            self.reviews.insert((id.clone(), reviewer.clone()), review.clone());
        }
    }

    /// Files have been written, others not, since somebody else has changed them.
    pub fn wrote(&mut self, files: &[(FileKey, Option<u64>)], foreign: &[FileKey], snapshot: &Snapshot) {
        for (key, hash) in files {
            self.seen.note(key.clone(), *hash);
            if let (FileKey::Layer(id), None) = (key, hash) {
                self.layers.remove(id);
            }
        }
        for (id, layer) in snapshot.layers() {
            let key = FileKey::Layer(id.clone());
            if files.iter().any(|(written, _)| *written == key) {
                self.layers.insert(id.clone(), layer.clone());
            }
        }
        self.held.extend(foreign.iter().cloned());
        self.pending.extend(foreign.iter().cloned());
    }

    /// Notes what stands in `project.ron`.
    pub fn set_head(&mut self, head: Project) {
        self.seen.set_head(head);
    }

    fn base(&self, id: &LayerId) -> Layer {
        self.layers.get(id).map(|layer| (**layer).clone()).unwrap_or_default()
    }
}

/// What became of reading a file that has changed.
type Changed = (FileKey, Result<Option<Found>, Problem>);

impl Session {
    /// Begins to follow what others write.
    pub(crate) fn watch(&mut self) {
        // No document has been read yet, so that this holds no text and no layer.
        self.live.set_head(self.project.clone());
        let env = self.env.clone();
        self.live.copies = self.listing.copies().iter().cloned().collect();
        self.live.watch = Some(Watch::start(&self.folder, move || env.wake()));
    }

    /// Layers of mine that somebody else has changed on disk, and that wait to be merged.
    pub fn changed_elsewhere(&self) -> impl Iterator<Item = &LayerId> {
        self.live.elsewhere.keys()
    }

    /// Reads, on a worker, what others have written since the last look.
    pub(crate) fn follow_disk(&mut self) {
        if let Some(watch) = &self.live.watch {
            for path in watch.take() {
                match FileKey::from_relative(&path) {
                    Some(key) => {
                        self.live.pending.insert(key);
                    }
                    None => self.note_copy(&path),
                }
            }
        }
        // What is being written here just now is known when that is done.
        if self.live.reading || self.live.pending.is_empty() || !self.saving.is_idle() {
            return;
        }
        let keys = std::mem::take(&mut self.live.pending);
        self.live.reading = true;
        let seen = self.live.seen.of(&keys);
        let (folder, project) = (self.folder.clone(), self.project.clone());
        let alignments = self.live.alignments.clone();
        self.jobs.start("reading what others have changed", move |worker| {
            let read = |key: &FileKey| read_changed(&folder, &project, key, (&seen, &alignments));
            read_patiently(worker, keys, read);
            Box::new(|session: &mut Session| session.live.reading = false)
        });
    }

    fn take_changes(&mut self, changes: Vec<Changed>) {
        for (key, result) in changes {
            let file = key.relative();
            match result {
                Ok(None) => {
                    // As it was before it could not be read.
                    if let Some(before) = self.live.broken.remove(&key) {
                        self.problems.retain(|problem| problem.file != file);
                        self.problems.extend(before);
                    }
                }
                Ok(Some(found)) => {
                    self.live.broken.remove(&key);
                    self.problems.retain(|problem| problem.file != file);
                    self.problems.extend(found.problems.clone());
                    self.take_change(key, found);
                }
                Err(problem) => {
                    let (before, others) = std::mem::take(&mut self.problems)
                        .into_iter()
                        .partition(|problem: &Problem| problem.file == file);
                    self.problems = others;
                    self.live.broken.entry(key.clone()).or_insert(before);
                    if self.live.held.contains(&key) {
                        self.notify_error(format!(
                            "Your file was changed elsewhere and can't be read: {problem}"
                        ));
                    }
                    self.problems.push(problem);
                }
            }
        }
    }

    fn take_change(&mut self, key: FileKey, found: Found) {
        if found.hash.is_some() {
            self.listing.note(&key);
        }
        match (key, found.content) {
            (FileKey::Project, FoundContent::Project(theirs)) => {
                self.live.seen.note(FileKey::Project, found.hash);
                self.head_changed(*theirs);
            }
            (FileKey::Layer(id), FoundContent::Layer(layer)) => self.layer_changed(id, found.hash, layer),
            (FileKey::Review(document, reviewer), FoundContent::Review(review)) => {
                self.review_changed(document, reviewer, found.hash, review);
            }
            (FileKey::Text(id), _) => {
                self.project.reserve_ids([id.document.clone()]);
                if self.reading_failed(&id.document).is_some() {
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
            self.live.seen.note(key, hash);
            let touch = self.project.set_layer_from_disk(&id, layer);
            self.keep_base(&id);
            self.follow(&touch.into_iter().collect::<Vec<_>>());
            return;
        }
        let base = self.live.base(&id);
        if layer == base || hash.is_none() {
            // A file of mine that is gone is no word of anybody: it is written again with the next change.
            self.live.seen.note(key.clone(), hash);
            self.live.held.remove(&key);
            self.live.elsewhere.remove(&id);
            return;
        }
        self.live.held.insert(key);
        self.live.elsewhere.insert(id, (hash, layer));
    }

    fn keep_base(&mut self, id: &LayerId) {
        match self.project.layer(id) {
            Some(layer) => self.live.layers.insert(id.clone(), layer.clone()),
            None => self.live.layers.remove(id),
        };
    }

    /// Merges a layer of mine with what somebody else has made of its file, as one step. What both have changed, each in
    /// its own way, is kept in the layer until it is decided.
    pub(crate) fn merge_elsewhere(&mut self, id: &LayerId) {
        let Some((hash, theirs)) = self.live.elsewhere.remove(id) else { return };
        let key = FileKey::Layer(id.clone());
        let Some(document) = self.project.document(&id.document).cloned() else { return };
        let (Some(text), version) = (document.text.clone(), document.meta.versions.current.number) else {
            return;
        };
        let ours = self.project.layer(id).map(|layer| (**layer).clone()).unwrap_or_default();
        let merged = merge_layers(&self.live.base(id), &ours, &theirs);
        let to = match merged.conflicts.is_empty() {
            true => merged.value,
            false => keep_conflicts(&merged.value, &merged.conflicts, &text, version),
        };
        let edits = layer_edits(id, &ours, &to);
        let nothing = edits.is_empty();
        if nothing || self.edit("merge what was changed elsewhere", Edit::Batch(edits)) {
            self.live.held.remove(&key);
            self.live.seen.note(key.clone(), hash);
            self.live.layers.insert(id.clone(), Arc::new(theirs));
            self.saving.must_write(key, self.env.now());
            // A new text may have waited for this.
            self.live.pending.insert(FileKey::Project);
            let count = merged.conflicts.len();
            self.notify(match count {
                0 => "Merged".to_owned(),
                _ => format!("Merged; {count} to decide, see above the text"),
            });
        } else {
            self.live.elsewhere.insert(id.clone(), (hash, theirs));
        }
    }

    /// Merges all files of mine that somebody else has changed, reading them where that has not been done.
    pub(crate) fn merge_all_elsewhere(&mut self) -> Result<(), IoError> {
        for key in self.live.held.clone() {
            let seen = self.live.seen.of([&key]);
            let known = (&seen, &self.live.alignments);
            let read = read_changed(&self.folder, &self.project, &key, known).map_err(IoError::Problem)?;
            match read {
                Some(found) => self.take_change(key.clone(), found),
                None => {
                    self.live.held.remove(&key);
                }
            }
            if let FileKey::Layer(id) = &key {
                self.merge_elsewhere(id);
            }
        }
        Ok(())
    }

    fn review_changed(
        &mut self,
        document: DocumentId,
        reviewer: AnnotatorId,
        hash: Option<u64>,
        review: Review,
    ) {
        let key = FileKey::Review(document.clone(), reviewer.clone());
        let place = (document.clone(), reviewer.clone());
        if !self.saving.works_here(&reviewer) {
            self.live.seen.note(key, hash);
            let touch = self.project.set_review_from_disk(&document, &reviewer, review);
            if let Some(now) = self.project.document(&document).and_then(|d| d.reviews.get(&reviewer)) {
                self.live.reviews.insert(place, now.clone());
            }
            return self.follow(&touch.into_iter().collect::<Vec<_>>());
        }
        // My own decisions from another machine: threads are united, and of two verdicts the later one counts.
        let of = |review: Option<&Arc<Review>>| review.map(|review| (**review).clone()).unwrap_or_default();
        let base = of(self.live.reviews.get(&place));
        let ours = of(self.project.document(&document).and_then(|d| d.reviews.get(&reviewer)));
        let picks = later(&merge_reviews_as(&base, &ours, &review, &Picks::new()).conflicts);
        let merged = merge_reviews_as(&base, &ours, &review, &picks).value;
        let edits = review_edits(&document, &reviewer, &ours, &merged);
        if edits.is_empty() || self.edit("merge decisions made elsewhere", Edit::Batch(edits)) {
            self.live.held.remove(&key);
            self.live.seen.note(key, hash);
            self.live.reviews.insert(place, Arc::new(review));
        }
    }

    /// `project.ron` was changed by somebody.
    fn head_changed(&mut self, theirs: Project) {
        let merged = merge_projects(Some(self.live.seen.head()), &self.project, &theirs);
        let conflicts = merged.conflicts.iter().map(tell_conflict).collect();
        if self.take_head(&merged.value, conflicts) {
            self.live.set_head(theirs);
        } else {
            // What was seen of it stays what it was, so that nothing of theirs is taken back by the next save.
            self.live.seen.note(FileKey::Project, None);
        }
    }

    /// Takes over what `project.ron` says now, after it was merged with what is here. Documents with changes that are not
    /// on disk yet stay, whoever has removed them. Says whether it was taken over.
    pub(crate) fn take_head(&mut self, head: &Project, conflicts: Vec<String>) -> bool {
        if !self.leave_old_texts(head) {
            return false;
        }
        let mut keep = BTreeSet::new();
        for document in self.project.documents().iter().filter(|d| head.document(d.id()).is_none()) {
            let id = document.id();
            // Who removes a document takes along all files that they know. One of mine that is there still is news to them.
            let mine = |annotator: &AnnotatorId| {
                let layer = LayerId::new(id, annotator);
                let there = || self.saving.works_here(annotator) && self.folder.layer(&layer).exists();
                self.saving.is_changed(&FileKey::Layer(layer.clone())) || there()
            };
            if document.layers.keys().any(mine) {
                keep.insert(id.clone());
            }
        }
        let touched = self.project.set_head_from_disk(head, &keep);
        self.follow(&touched);
        for id in keep {
            let title = self.project.document(&id).map(|d| d.meta.title.clone()).unwrap_or_default();
            let texts = self.project.document(&id).map(|document| document.meta.text_ids());
            let texts = texts.into_iter().flatten();
            let keys = texts.flat_map(|text| [FileKey::Text(text.clone()), FileKey::Anchors(text)]);
            for key in keys.chain([FileKey::Project]).collect::<Vec<_>>() {
                self.saving.must_write(key, self.env.now());
            }
            self.notify_error(format!(
                "Somebody has removed “{title}” from the project. It stays, since you have changed something in it; remove it \
                 if you agree."
            ));
        }
        for conflict in conflicts {
            self.notify_error(format!("Changed here and by somebody else; yours stands: {conflict}."));
        }
        if touched.iter().any(|touch| matches!(touch, Touch::Project)) {
            // What is shown is read first, also where nobody has tagged anything in it.
            let shown = self.place.document.clone();
            if let Some(shown) = shown.filter(|id| self.project.document(id).is_some_and(|d| !d.is_read())) {
                self.read_document(&shown);
            }
            self.read_layers();
        }
        true
    }
}

/// The later of two decisions, for each of which there are two.
fn later(conflicts: &[demarche_model::merge::Conflict]) -> Picks {
    let side = |conflict: &demarche_model::merge::Conflict| match (&conflict.ours, &conflict.theirs) {
        (Version::Decision(ours), Version::Decision(theirs)) if theirs.modified > ours.modified => {
            Side::Theirs
        }
        (Version::Gone, Version::Decision(_)) => Side::Theirs,
        _ => Side::Ours,
    };
    conflicts.iter().map(|conflict| (conflict.at.clone(), side(conflict))).collect()
}

/// Reads files; those that can't be read again and again, with growing pauses, before that is reported.
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
            return worker.send(taking(good));
        };
        worker.send(taking(good));
        left = bad.into_iter().map(|(key, _)| key).collect();
        std::thread::sleep(Duration::from_millis(*pause));
    }
}

fn taking(changes: Vec<Changed>) -> Done {
    Box::new(move |session: &mut Session| session.take_changes(changes))
}
