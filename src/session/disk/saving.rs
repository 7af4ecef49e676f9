//! Saving changed files on a worker, automatically a few seconds after the last change.

use std::collections::{BTreeSet, HashMap};

use demarche_io::project::{FileKey, Snapshot, Written, append_history, read_back, snapshot, write_shared};
use demarche_model::{AnnotatorId, LayerId, Stamp, Touch};

use super::journaling::Journaling;
use super::owners::Owners;
use crate::words::disk as words;
use crate::{AUTOSAVE_AFTER_S, JobKind, Monotonic, Session, SessionError};

/// Longest time that a change waits if the user works without a pause, in seconds.
const AUTOSAVE_AT_MOST_S: i64 = 10;

/// Maximum number of attempts to merge and write files while others keep changing them.
const TRIES: usize = 4;

/// Number of spans above which a layer is large: writing its file takes a noticeable time.
const LARGE_SPANS: usize = 5_000;

/// Shortest time between two automatic saves of a large layer, in seconds. Until then, the journal has its changes.
const LARGE_EVERY_S: i64 = 60;

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
    /// When layers were saved last.
    written_at: HashMap<LayerId, Monotonic>,
    /// Whether everything is to be saved as soon as possible.
    hurries: bool,
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
    /// Records a change. Returns the files that have to be written for it.
    pub(crate) fn record(&mut self, touched: &[Touch], now: Monotonic) -> BTreeSet<FileKey> {
        let written = touched.iter().filter(|touch| self.owners.writes(touch));
        let files: BTreeSet<FileKey> = written.map(FileKey::from).collect();
        self.changed.extend(files.iter().cloned());
        self.first_change.get_or_insert(now);
        self.last_change = Some(now);
        // An import is saved at once.
        self.hurries |= files.iter().any(|key| matches!(key, FileKey::Text(_)));
        files
    }

    /// Saves everything as soon as possible, without waiting for a pause.
    pub(crate) fn hurry(&mut self) {
        self.hurries |= !self.changed.is_empty();
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
        self.owners.person_left(annotator);
    }

    /// Returns whether a layer is written here, and so is never replaced by another version.
    pub(crate) fn is_ours(&self, layer: &LayerId) -> bool {
        self.owners.is_ours(layer)
    }

    /// Returns whether a person is or has been the user in this session.
    pub(crate) fn works_here(&self, annotator: &AnnotatorId) -> bool {
        self.owners.works_here(annotator)
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

    /// Takes the files that a worker should write, apart from those that wait; none while a worker writes.
    fn begin(&mut self, waiting: &BTreeSet<FileKey>) -> BTreeSet<FileKey> {
        if !self.is_idle() {
            return BTreeSet::new();
        }
        let keys = self.take_changed(waiting);
        self.under_way.clone_from(&keys);
        keys
    }

    /// Returns whether a layer was saved so recently that it should not be saved again if it is large.
    fn is_recent(&self, layer: &LayerId, now: Monotonic) -> bool {
        self.written_at.get(layer).is_some_and(|at| (0..LARGE_EVERY_S).contains(&(now.0 - at.0)))
    }

    /// Records when layers were saved.
    fn wrote(&mut self, files: &[(FileKey, Option<u64>)], now: Monotonic) {
        for (key, _) in files {
            if let FileKey::Layer(layer) = key {
                self.written_at.insert(layer.clone(), now);
            }
        }
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

    /// Takes the files to write, except those that wait.
    fn take_changed(&mut self, waiting: &BTreeSet<FileKey>) -> BTreeSet<FileKey> {
        self.first_change = None;
        self.hurries = false;
        let (waiting, free) =
            std::mem::take(&mut self.changed).into_iter().partition(|key| waiting.contains(key));
        self.changed = waiting;
        free
    }

    fn is_due(&self, now: Monotonic, waiting: &BTreeSet<FileKey>) -> bool {
        let paused = self.last_change.is_none_or(|last| now.0 - last.0 >= AUTOSAVE_AFTER_S);
        let long = self.first_change.is_some_and(|first| now.0 - first.0 >= AUTOSAVE_AT_MOST_S);
        let retry = self.failed.as_ref().is_none_or(|(at, _)| now.0 - at.0 >= RETRY_AFTER_S);
        let some = self.changed.iter().any(|key| !waiting.contains(key));
        some && self.under_way.is_empty() && (paused || long || self.hurries) && retry
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
        let held = self.live.held().iter().filter(|key| self.saving.is_changed(key)).count();
        if held > 0 {
            self.notify_error(words::held_files(held));
        }
        self.saving.hurry();
        self.start_saving(&self.live.held().clone());
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
            let last = self.journaling.last();
            let (steps, count) = self.audit_log.take_unsaved();
            let snapshot = snapshot(&self.project, &keys);
            Journaling::flush(self.journal_flush());
            let (written, result) = write_shared(self.files.folder(), &snapshot, &self.live.seen(&keys));
            let result = result.and_then(|()| read_back(self.files.folder(), &snapshot, &written));
            let not_written = written.not_written();
            self.wrote(written, &snapshot);
            let result = result.and_then(|()| append_history(self.files.folder(), &steps));
            match &result {
                Ok(()) => {
                    self.saved(count);
                    self.journaling.saved(last, not_written);
                }
                Err(error) => self.not_saved(keys, error.to_string()),
            }
            result?;
        }
        Ok(())
    }

    /// Saves what can be saved before the program is ended. Returns when it is on disk.
    ///
    /// # Errors
    /// As [`Session::save_now`].
    pub fn save_if_writable(&mut self) -> Result<(), SessionError> {
        if self.may_write() { self.save_now() } else { Ok(()) }
    }

    /// Saves automatically when it is time. What was changed before a file in a newer format was found is saved as well.
    pub(crate) fn autosave(&mut self) {
        let now = self.env.monotonic();
        let waiting = self.waiting_files(now);
        if self.may_write() && self.saving.is_due(now, &waiting) {
            self.start_saving(&waiting);
        }
    }

    /// The changed files that are not saved yet: those that have to be merged first, and large layers that were saved a
    /// moment ago, as long as the journal has their changes.
    fn waiting_files(&self, now: Monotonic) -> BTreeSet<FileKey> {
        let mut waiting = self.live.held().clone();
        if !self.saving.hurries && self.journaling.works() {
            let is_large = |layer: &LayerId| {
                self.saving.is_recent(layer, now)
                    && self.project.layer(layer).is_some_and(|layer| layer.len() > LARGE_SPANS)
            };
            let large = |key: &&FileKey| matches!(key, FileKey::Layer(layer) if is_large(layer));
            waiting.extend(self.saving.changed.iter().filter(large).cloned());
        }
        waiting
    }

    fn start_saving(&mut self, waiting: &BTreeSet<FileKey>) {
        let keys = self.saving.begin(waiting);
        if keys.is_empty() {
            return;
        }
        let last = self.journaling.last();
        let mut except = self.saving.changed.clone();
        let snapshot = snapshot(&self.project, &keys);
        let (steps, count) = self.audit_log.take_unsaved();
        let (folder, seen) = (self.files.folder().clone(), self.live.seen(&keys));
        let journal = self.journal_flush();
        self.jobs.start(JobKind::Save, move |_| {
            Journaling::flush(journal);
            let (written, result) = write_shared(&folder, &snapshot, &seen);
            let result = result.and_then(|()| read_back(&folder, &snapshot, &written));
            let result = result.and_then(|()| append_history(&folder, &steps));
            Box::new(move |session: &mut Session| {
                except.extend(written.not_written());
                session.wrote(written, &snapshot);
                session.saving.end();
                match result {
                    Ok(()) => {
                        session.saved(count);
                        session.journaling.saved(last, except);
                    }
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
        self.saving.wrote(&written.files, now);
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
