//! Saving changed files on a worker, automatically a few seconds after the last change.

use std::collections::BTreeSet;

use demarche_io::project::{FileKey, Snapshot, Written, append_history, read_back, snapshot, write_shared};
use demarche_model::{AnnotatorId, LayerId, Stamp, Touch};

use crate::words::disk as words;
use crate::{AUTOSAVE_AFTER_S, JobKind, Monotonic, Session, SessionError};

/// Longest time that a change waits if the user works without a pause, in seconds.
const AUTOSAVE_AT_MOST_S: i64 = 10;

/// Maximum number of attempts to merge and write files while others keep changing them.
const TRIES: usize = 4;

/// Seconds until saving is tried again after it has failed.
const RETRY_AFTER_S: i64 = 15;

/// The files that have to be written, and those that are being written.
#[derive(Default)]
pub(crate) struct Saving {
    changed: BTreeSet<FileKey>,
    owners: Owners,
    under_way: BTreeSet<FileKey>,
    /// The first change that is not on disk yet.
    first_change: Option<Monotonic>,
    last_change: Option<Monotonic>,
    saved_at: Option<Stamp>,
    failed: Option<(Monotonic, String)>,
}

/// The people and layers whose files are written here.
///
/// Every file has one writer. So when categories are merged, the files of others are left alone, and an alias makes them
/// mean the same as the layers in memory. But a file that this session has written, or may write at any moment, must
/// follow: otherwise, undo would leave the new category in a file written in between, without an alias to explain it. That
/// applies to everyone who has been the user since the project was opened, and to layers that an import has changed. The
/// same applies when a document's text is updated: layers of others keep referring to the previous version. Once a layer
/// has been written here, its file always follows the memory, whatever is done and undone.
#[derive(Default)]
struct Owners {
    /// Everyone who has been the user since the project was opened.
    here: BTreeSet<AnnotatorId>,
    /// Those of them who have changed something.
    busy: BTreeSet<AnnotatorId>,
    /// Layers of others that were changed, other than by a change of the codebook.
    changed: BTreeSet<LayerId>,
    /// Layers of others in which spans may have another category than in their files.
    behind: BTreeSet<LayerId>,
}

impl Owners {
    /// Returns whether the file of a change has to be written.
    fn writes(&mut self, touch: &Touch) -> bool {
        match touch {
            Touch::Layer(layer, _) => {
                if self.here.contains(&layer.annotator.writer()) {
                    self.busy.insert(layer.annotator.writer());
                } else {
                    self.changed.insert(layer.clone());
                }
                true
            }
            Touch::Recoded(layer, _) => {
                let here = self.here.contains(&layer.annotator.writer());
                let ours = here || self.changed.contains(layer);
                if here {
                    // The file gets the new category, so undo has to write it again.
                    self.busy.insert(layer.annotator.writer());
                } else if !ours {
                    self.behind.insert(layer.clone());
                }
                ours
            }
            Touch::Realigned(layer) => {
                self.here.contains(&layer.annotator.writer()) || self.changed.contains(layer)
            }
            Touch::Project | Touch::Text(_) | Touch::Anchors(_) | Touch::Original(..) | Touch::Review(..) => {
                true
            }
        }
    }

    /// Records that a person is the user now. Returns their layers that have to be written.
    fn person_joined(&mut self, annotator: &AnnotatorId) -> Vec<LayerId> {
        self.here.insert(annotator.clone());
        let (theirs, others) = std::mem::take(&mut self.behind)
            .into_iter()
            .partition(|layer| layer.annotator.writer() == *annotator);
        self.behind = others;
        let theirs: BTreeSet<LayerId> = theirs;
        theirs.into_iter().collect()
    }
}

/// The state of saving.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SaveState {
    /// Everything is on disk, since this time if it was saved in this session.
    Saved(Option<Stamp>),
    /// Some changes are not on disk yet.
    Changed,
    /// A worker is writing.
    Saving,
    /// The last attempt failed, for this reason.
    Failed(String),
}

impl Saving {
    /// Records a change.
    pub(crate) fn record(&mut self, touched: &[Touch], now: Monotonic) {
        for touch in touched {
            if self.owners.writes(touch) {
                self.changed.insert(FileKey::from(touch));
            }
        }
        self.first_change.get_or_insert(now);
        self.last_change = Some(now);
    }

    /// Records that a person is the user now.
    pub(crate) fn person_joined(&mut self, annotator: &AnnotatorId, now: Monotonic) {
        let behind = self.owners.person_joined(annotator);
        if !behind.is_empty() {
            self.changed.extend(behind.into_iter().map(FileKey::Layer));
            self.first_change.get_or_insert(now);
            self.last_change = Some(now);
        }
    }

    /// Records that a person is no longer the user. If they have changed nothing, their files are those of others again.
    pub(crate) fn person_left(&mut self, annotator: &AnnotatorId) {
        if !self.owners.busy.contains(annotator) {
            self.owners.here.remove(annotator);
        }
    }

    /// Returns whether a layer is written here, and so is never replaced by another version.
    pub(crate) fn is_ours(&self, layer: &LayerId) -> bool {
        self.owners.here.contains(&layer.annotator.writer()) || self.owners.changed.contains(layer)
    }

    /// Returns whether a person is or has been the user in this session.
    pub(crate) fn works_here(&self, annotator: &AnnotatorId) -> bool {
        self.owners.here.contains(annotator)
    }

    /// Returns whether a file has changes that are not on disk yet.
    pub(crate) fn is_changed(&self, key: &FileKey) -> bool {
        self.changed.contains(key) || self.under_way.contains(key)
    }

    /// Returns whether nothing is being written.
    pub(crate) fn is_idle(&self) -> bool {
        self.under_way.is_empty()
    }

    /// Marks a file that has to be written.
    pub(crate) fn must_write(&mut self, key: FileKey, now: Monotonic) {
        self.changed.insert(key);
        self.first_change.get_or_insert(now);
        self.last_change = Some(now);
    }

    /// Records that files have been written other than by saving.
    pub(crate) fn is_written<'a>(&mut self, keys: impl Iterator<Item = &'a FileKey>) {
        for key in keys {
            self.changed.remove(key);
        }
    }

    /// Returns whether the last change is at most `seconds` old.
    pub(crate) fn changed_within(&self, now: Monotonic, seconds: i64) -> bool {
        self.last_change.is_some_and(|last| now.0 - last.0 <= seconds)
    }

    /// The state of saving.
    fn state(&self) -> SaveState {
        match &self.failed {
            _ if !self.under_way.is_empty() => SaveState::Saving,
            _ if self.changed.is_empty() => SaveState::Saved(self.saved_at),
            Some((_, why)) => SaveState::Failed(why.clone()),
            None => SaveState::Changed,
        }
    }

    /// Returns whether anything is not on disk yet.
    pub(crate) fn has_unsaved(&self) -> bool {
        !self.changed.is_empty() || !self.under_way.is_empty()
    }

    /// Takes the files that a worker should write; none while a worker writes.
    fn begin(&mut self, held: &BTreeSet<FileKey>) -> BTreeSet<FileKey> {
        if !self.is_idle() {
            return BTreeSet::new();
        }
        let keys = self.take_changed(held);
        self.under_way.clone_from(&keys);
        keys
    }

    /// Records that the worker is done.
    fn end(&mut self) {
        self.under_way.clear();
    }

    /// Records that everything is on disk. Returns the failure that this resolves, if any.
    fn succeed(&mut self, now: Stamp) -> Option<String> {
        self.saved_at = Some(now);
        self.failed.take().map(|(_, why)| why)
    }

    /// Records that files could not be written.
    fn fail(&mut self, keys: BTreeSet<FileKey>, why: String, now: Monotonic) {
        self.end();
        self.changed.extend(keys);
        self.first_change.get_or_insert(now);
        self.failed = Some((now, why));
    }

    /// Takes the files to write, except those that have to be merged first.
    fn take_changed(&mut self, held: &BTreeSet<FileKey>) -> BTreeSet<FileKey> {
        self.first_change = None;
        let (held, free) = std::mem::take(&mut self.changed).into_iter().partition(|key| held.contains(key));
        self.changed = held;
        free
    }

    fn is_due(&self, now: Monotonic, held: &BTreeSet<FileKey>) -> bool {
        let paused = self.last_change.is_none_or(|last| now.0 - last.0 >= AUTOSAVE_AFTER_S);
        let long = self.first_change.is_some_and(|first| now.0 - first.0 >= AUTOSAVE_AT_MOST_S);
        let retry = self.failed.as_ref().is_none_or(|(at, _)| now.0 - at.0 >= RETRY_AFTER_S);
        let some = self.changed.iter().any(|key| !held.contains(key));
        some && self.under_way.is_empty() && (paused || long) && retry
    }
}

impl Session {
    /// The state of saving.
    pub fn save_state(&self) -> SaveState {
        self.saving.state()
    }

    /// Returns whether anything is not on disk yet.
    pub fn has_unsaved(&self) -> bool {
        self.saving.has_unsaved()
    }

    /// Saves changed files on a worker.
    pub fn save(&mut self) {
        if let Some(why) = self.read_only().filter(|_| !self.may_write()) {
            return self.notify_error(why);
        }
        if !self.saving.has_unsaved() {
            return self.notify(words::nothing_to_save());
        }
        self.start_saving();
    }

    /// Saves changed files, and returns when they are on disk. For closing, the command line and tests.
    ///
    /// # Errors
    /// If a file can't be written. What was not written still counts as changed.
    pub fn save_now(&mut self) -> Result<(), SessionError> {
        while !self.saving.is_idle() {
            self.wait_for_result();
        }
        // The user can't be asked any more: other versions of their files are merged, and conflicts are kept in the files.
        for _ in 0..TRIES {
            self.merge_all_elsewhere()?;
            let keys = self.saving.take_changed(&BTreeSet::new());
            if keys.is_empty() {
                break;
            }
            let (steps, count) = self.audit_log.unsaved();
            let snapshot = snapshot(&self.project, &keys);
            let (written, result) = write_shared(self.files.folder(), &snapshot, &self.live.seen(&keys));
            let result = result.and_then(|()| read_back(self.files.folder(), &snapshot, &written));
            self.wrote(written, &snapshot);
            let result = result.and_then(|()| append_history(self.files.folder(), &steps));
            match &result {
                Ok(()) => self.saved(count),
                Err(error) => self.not_saved(keys, error.to_string()),
            }
            result?;
        }
        Ok(())
    }

    /// Saves automatically when it is time. What was changed before a file in a newer format was found is saved as well.
    pub(crate) fn autosave(&mut self) {
        if self.may_write() && self.saving.is_due(self.env.monotonic(), self.live.held()) {
            self.start_saving();
        }
    }

    fn start_saving(&mut self) {
        let keys = self.saving.begin(self.live.held());
        if keys.is_empty() {
            return;
        }
        let snapshot = snapshot(&self.project, &keys);
        let (steps, count) = self.audit_log.unsaved();
        let (folder, seen) = (self.files.folder().clone(), self.live.seen(&keys));
        self.jobs.start(JobKind::Save, move |_| {
            let (written, result) = write_shared(&folder, &snapshot, &seen);
            let result = result.and_then(|()| read_back(&folder, &snapshot, &written));
            let result = result.and_then(|()| append_history(&folder, &steps));
            Box::new(move |session: &mut Session| {
                session.wrote(written, &snapshot);
                session.saving.end();
                match result {
                    Ok(()) => session.saved(count),
                    Err(error) => session.not_saved(keys, error.to_string()),
                }
            })
        });
    }

    /// Records what is on disk now, and what others have changed there.
    pub(crate) fn wrote(&mut self, written: Written, snapshot: &Snapshot) {
        let now = self.env.monotonic();
        for key in written.foreign.iter().chain(&written.postponed) {
            self.saving.must_write(key.clone(), now);
        }
        self.live.wrote(&written.files, &written.foreign, snapshot);
        // If a document is read again, these files have to be read with it.
        let existing = written.files.iter().filter(|(_, hash)| hash.is_some());
        existing.for_each(|(key, _)| self.files.list(key));
        if let Some(head) = written.head {
            let has_changes = written.merged || !written.conflicts.is_empty();
            if !has_changes || self.apply_head(&head, written.conflicts) {
                self.live.set_head(head);
            }
        }
    }

    /// Records that everything is on disk, including this number of steps in the audit log.
    fn saved(&mut self, steps: usize) {
        tracing::info!("project saved");
        self.audit_log.saved(steps);
        if let Some(why) = self.saving.succeed(self.env.now()) {
            self.outbox.withdraw(&words::not_saved(&why));
        }
    }

    fn not_saved(&mut self, keys: BTreeSet<FileKey>, why: String) {
        tracing::warn!(files = keys.len(), "project not saved");
        self.notify_error(words::not_saved(&why));
        self.saving.fail(keys, why, self.env.monotonic());
    }
}
