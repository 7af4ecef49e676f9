//! The state of files that others write as well.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use demarche_io::project::{Alignments, Changes, FileKey, Seen, Snapshot, Watch};
use demarche_model::merge::Conflict;
use demarche_model::{AnalysisNotes, AnnotatorId, DocumentId, Layer, LayerId, NotesPart, Project, Review};

/// Files as they were last read or written here, and those that others have changed since.
#[derive(Default)]
pub(crate) struct Live {
    watch: Option<Watch>,
    seen: Seen,
    /// Layers and reviews as they were last read or written, to merge against.
    layers: HashMap<LayerId, Arc<Layer>>,
    reviews: HashMap<ReviewKey, Arc<Review>>,
    /// Analysis notes as they were last read or written.
    notes: HashMap<AnnotatorId, AnalysisNotes>,
    /// The user's files that were changed elsewhere; they are not written until they are merged.
    held: BTreeSet<FileKey>,
    /// Versions of the user's layers that were written elsewhere.
    elsewhere: BTreeMap<LayerId, ForeignLayer>,
    /// Files that have changed and have to be read.
    pending: BTreeSet<FileKey>,
    reading: bool,
    alignments: Alignments,
    /// The conflicts about ids that two people have, as last reported.
    shared_ids: Vec<Conflict>,
}

/// The review of a document by a person.
pub(crate) type ReviewKey = (DocumentId, AnnotatorId);

/// Another version of a layer, with the hash of its file.
#[derive(Clone, Debug)]
pub(crate) struct ForeignLayer {
    pub layer: Layer,
    pub hash: Option<u64>,
}

impl Live {
    /// Starts to follow a project. No document has been read yet, so `head` has no texts and no layers.
    pub fn start(&mut self, head: Project, watch: Watch) {
        let notes = head.analysis_notes().iter();
        self.notes = notes.map(|(owner, notes)| (owner.clone(), (**notes).clone())).collect();
        self.set_head(head);
        self.watch = Some(watch);
    }

    /// Files that have changed since the last call, relative to the project's folder.
    pub fn changes(&self) -> Changes {
        self.watch.as_ref().map(Watch::take).unwrap_or_default()
    }

    /// Looks for changes that were missed while the folder was gone.
    pub fn was_away(&self) {
        self.watch.iter().for_each(Watch::was_away);
    }

    /// The layers, reviews and analysis notes that were read or written.
    pub fn seen_files(&self) -> impl Iterator<Item = &FileKey> {
        self.seen.files()
    }

    /// Marks a file that has to be read.
    pub fn must_read(&mut self, key: FileKey) {
        self.pending.insert(key);
    }

    /// Takes the files that a worker should read; `None` if there are none or a worker is still reading.
    pub fn begin_reading(&mut self) -> Option<BTreeSet<FileKey>> {
        if self.reading || self.pending.is_empty() {
            return None;
        }
        self.reading = true;
        Some(std::mem::take(&mut self.pending))
    }

    /// Records that the worker is done.
    pub fn end_reading(&mut self) {
        self.reading = false;
    }

    /// The last known content of some files.
    pub fn seen<'a>(&self, keys: impl IntoIterator<Item = &'a FileKey>) -> Seen {
        self.seen.for_files(keys)
    }

    /// Alignments of texts, used to place the spans of others.
    pub fn alignments(&self) -> &Alignments {
        &self.alignments
    }

    /// The last known content of `project.ron`.
    pub fn head(&self) -> &Project {
        self.seen.head()
    }

    /// The last known content of `project.ron`, to share.
    pub fn shared_head(&self) -> &Arc<Project> {
        self.seen.head()
    }

    /// Records the content of `project.ron`.
    pub fn set_head(&mut self, head: Project) {
        self.seen.set_head(head);
    }

    /// The conflicts about ids that two people have, as last reported.
    pub fn shared_ids(&self) -> &[Conflict] {
        &self.shared_ids
    }

    /// Records the conflicts about ids that two people have.
    pub fn set_shared_ids(&mut self, conflicts: Vec<Conflict>) {
        self.shared_ids = conflicts;
    }

    /// Records the hash of a file; `None` if it is gone.
    pub fn saw(&mut self, key: FileKey, hash: Option<u64>) {
        self.seen.record(key, hash);
    }

    /// Records the files of a document that was read.
    pub fn read(&mut self, project: &Project, id: &DocumentId, hashes: Vec<(FileKey, u64)>) {
        for (key, hash) in hashes {
            self.seen.record(key, Some(hash));
        }
        let Some(document) = project.document(id) else { return };
        for (annotator, layer) in &document.layers {
            self.layers.insert(LayerId::new(id, annotator), layer.clone());
        }
        for (reviewer, review) in &document.reviews {
            self.reviews.insert((id.clone(), reviewer.clone()), review.clone());
        }
    }

    /// Records the files that were written, and those that were not because they were changed elsewhere.
    pub fn wrote(&mut self, files: &[(FileKey, Option<u64>)], foreign: &[FileKey], snapshot: &Snapshot) {
        for (key, hash) in files {
            self.seen.record(key.clone(), *hash);
            match (key, hash) {
                (FileKey::Layer(id), None) => drop(self.layers.remove(id)),
                (FileKey::AnalysisNotes(owner, part), None) => {
                    self.set_notes_base(owner, *part, &AnalysisNotes::default());
                }
                _ => {}
            }
        }
        let written: HashSet<&FileKey> = files.iter().map(|(key, _)| key).collect();
        for (id, layer) in snapshot.layers() {
            if written.contains(&FileKey::Layer(id.clone())) {
                self.layers.insert(id.clone(), layer.clone());
            }
        }
        for (owner, part, notes) in snapshot.analysis_notes() {
            if written.contains(&FileKey::AnalysisNotes(owner.clone(), part)) {
                self.set_notes_base(owner, part, notes);
            }
        }
        self.held.extend(foreign.iter().cloned());
        self.pending.extend(foreign.iter().cloned());
    }

    /// A layer as it was last read or written; empty if there was none.
    pub fn layer_base(&self, id: &LayerId) -> Layer {
        self.layers.get(id).map(|layer| (**layer).clone()).unwrap_or_default()
    }

    /// A review as it was last read or written.
    pub fn review_base(&self, key: &ReviewKey) -> Option<&Arc<Review>> {
        self.reviews.get(key)
    }

    /// Records a layer as it is in its file.
    pub fn set_layer_base(&mut self, id: &LayerId, layer: Option<Arc<Layer>>) {
        match layer {
            Some(layer) => self.layers.insert(id.clone(), layer),
            None => self.layers.remove(id),
        };
    }

    /// Records a review as it is in its file.
    pub fn set_review_base(&mut self, key: ReviewKey, review: Arc<Review>) {
        self.reviews.insert(key, review);
    }

    /// A part of a person's analysis notes as it was last read or written; empty if there was none.
    pub fn notes_base(&self, owner: &AnnotatorId, part: NotesPart) -> AnalysisNotes {
        self.notes.get(owner).map(|notes| notes.only(part)).unwrap_or_default()
    }

    /// Records a part of a person's analysis notes as it is in its file.
    pub fn set_notes_base(&mut self, owner: &AnnotatorId, part: NotesPart, notes: &AnalysisNotes) {
        self.notes.entry(owner.clone()).or_default().replace(part, notes);
    }

    /// Files that have to be merged before they may be written.
    pub fn held(&self) -> &BTreeSet<FileKey> {
        &self.held
    }

    /// Lets a file be written again.
    pub fn release(&mut self, key: &FileKey) {
        self.held.remove(key);
    }

    /// The user's layers that have another version on disk.
    pub fn elsewhere(&self) -> impl Iterator<Item = &LayerId> {
        self.elsewhere.keys()
    }

    /// Keeps another version of a layer of the user until it is merged; its file is not written until then.
    pub fn keep_elsewhere(&mut self, id: LayerId, theirs: ForeignLayer) {
        self.held.insert(FileKey::Layer(id.clone()));
        self.elsewhere.insert(id, theirs);
    }

    /// Takes the other version of a layer of the user, to merge it.
    pub fn take_elsewhere(&mut self, id: &LayerId) -> Option<ForeignLayer> {
        self.elsewhere.remove(id)
    }
}
