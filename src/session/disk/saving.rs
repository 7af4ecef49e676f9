//! The files that have to be saved, and when: a few seconds after the last change, on request, and again after a fault.

use std::collections::{BTreeSet, HashMap};

use demarche_io::disk::DiskFault;
use demarche_io::project::FileKey;
use demarche_model::{AnnotatorId, LayerId, Stamp, Touch};

use super::owners::Owners;
use crate::save_fault::{SaveFault, Unwritten};
use crate::{AUTOSAVE_AFTER_S, Monotonic};

/// Longest time that a change waits if the user works without a pause, in seconds.
const AUTOSAVE_AT_MOST_S: i64 = 10;

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
    /// Whether a worker writes: files, the history, or both.
    is_writing: bool,
    /// The first change that is not on disk yet.
    first_change: Option<Monotonic>,
    last_change: Option<Monotonic>,
    saved_at: Option<Stamp>,
    failed: Option<(Monotonic, SaveFault)>,
    /// The number of files that were saved since the user asked for it, until they get the answer.
    asked: Option<usize>,
    /// When layers were saved last.
    written_at: HashMap<LayerId, Monotonic>,
    /// Seconds from the last change to saving automatically, if the user has chosen that.
    pause_s: Option<i64>,
    /// Whether everything is to be saved as soon as possible.
    hurries: bool,
    /// Whether the folder was gone at the last attempt, so that the lock may have been lost.
    was_away: bool,
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
    /// The last attempt failed.
    Failed(SaveFault),
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

    /// Chooses the pause after which changes are saved automatically, in seconds.
    pub(crate) fn set_pause(&mut self, pause_s: i64) {
        self.pause_s = Some(pause_s);
    }

    /// Saves everything as soon as possible, without waiting for a pause.
    pub(crate) fn hurry(&mut self) {
        self.hurries |= !self.changed.is_empty() || self.failed.is_some();
    }

    /// Tries again as soon as possible to save what could not be saved.
    pub(super) fn retry(&mut self) {
        self.hurries |= self.failed.is_some();
    }

    /// The fault of the last attempt.
    pub(super) fn fault(&self) -> Option<&SaveFault> {
        let is_over = |fault: &&SaveFault| fault.unwritten == Unwritten::Work && !self.has_unsaved();
        self.failed.as_ref().map(|(_, fault)| fault).filter(|fault| !is_over(fault))
    }

    /// Returns whether everything is saved but the history.
    pub(super) fn lacks_history(&self) -> bool {
        self.fault().is_some_and(|fault| fault.unwritten == Unwritten::History)
    }

    /// Records that the user wants to know what is saved.
    pub(super) fn ask(&mut self) {
        self.asked.get_or_insert(0);
    }

    /// Counts files that were saved. Returns the answer to the user's question once everything but `held` is saved.
    pub(super) fn answer(&mut self, written: usize, held: &BTreeSet<FileKey>) -> Option<usize> {
        let count = self.asked.as_mut()?;
        *count += written;
        if self.changed.iter().all(|key| held.contains(key)) { self.asked.take() } else { None }
    }

    /// Forgets that the user has asked. Returns whether they had.
    pub(super) fn take_asked(&mut self) -> bool {
        self.asked.take().is_some()
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
        !self.is_writing
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
    pub(super) fn state(&self) -> SaveState {
        match self.fault() {
            _ if self.is_writing => SaveState::Saving,
            Some(fault) if self.lacks_history() => SaveState::Failed(fault.clone()),
            _ if self.changed.is_empty() => SaveState::Saved(self.saved_at),
            Some(fault) => SaveState::Failed(fault.clone()),
            None => SaveState::Changed,
        }
    }

    /// Returns whether anything is not on disk yet.
    pub(crate) fn has_unsaved(&self) -> bool {
        !self.changed.is_empty() || !self.under_way.is_empty()
    }

    /// Takes the files that a worker should write, apart from those that wait; `None` while a worker writes, and if there is
    /// nothing to write, not even the history.
    pub(super) fn begin(&mut self, waiting: &BTreeSet<FileKey>) -> Option<BTreeSet<FileKey>> {
        if self.is_writing {
            return None;
        }
        let keys = self.take_changed(waiting);
        self.is_writing = !keys.is_empty() || self.lacks_history();
        self.under_way.clone_from(&keys);
        self.is_writing.then_some(keys)
    }

    /// The files that are to be written and are not being written.
    pub(super) fn changed(&self) -> &BTreeSet<FileKey> {
        &self.changed
    }

    /// The files that are to be written or are being written.
    pub(super) fn unsaved(&self) -> impl Iterator<Item = &FileKey> {
        self.changed.union(&self.under_way)
    }

    /// Returns whether saving does not wait for a pause.
    pub(super) fn hurries(&self) -> bool {
        self.hurries
    }

    /// Returns whether a layer was saved so recently that it should not be saved again if it is large.
    pub(super) fn is_recent(&self, layer: &LayerId, now: Monotonic) -> bool {
        self.written_at.get(layer).is_some_and(|at| (0..LARGE_EVERY_S).contains(&(now.0 - at.0)))
    }

    /// Records when layers were saved.
    pub(super) fn wrote(&mut self, files: &[(FileKey, Option<u64>)], now: Monotonic) {
        for (key, _) in files {
            if let FileKey::Layer(layer) = key {
                self.written_at.insert(layer.clone(), now);
            }
        }
    }

    /// Records that the worker is done. Returns the files that it was to write.
    pub(super) fn end(&mut self) -> BTreeSet<FileKey> {
        self.is_writing = false;
        std::mem::take(&mut self.under_way)
    }

    /// Records that everything is on disk.
    pub(super) fn succeed(&mut self, now: Stamp) {
        self.saved_at = Some(now);
        self.failed = None;
    }

    /// Records that these files could not be written, or only the history.
    pub(super) fn fail(&mut self, keys: BTreeSet<FileKey>, fault: SaveFault, now: Monotonic) {
        if !keys.is_empty() {
            self.changed.extend(keys);
            self.first_change.get_or_insert(now);
        }
        self.was_away |= matches!(fault.disk, DiskFault::Gone | DiskFault::Unreachable);
        self.failed = Some((now, fault));
    }

    /// Returns whether the folder was gone at the last attempt, so that the lock may have been lost.
    pub(super) fn was_away(&self) -> bool {
        self.was_away
    }

    /// Records that the folder is there again, and that its lock is known.
    pub(super) fn came_back(&mut self) {
        self.was_away = false;
    }

    /// Takes the files to write, except those that wait.
    pub(super) fn take_changed(&mut self, waiting: &BTreeSet<FileKey>) -> BTreeSet<FileKey> {
        self.first_change = None;
        self.hurries = false;
        let (waiting, free) =
            std::mem::take(&mut self.changed).into_iter().partition(|key| waiting.contains(key));
        self.changed = waiting;
        free
    }

    pub(super) fn is_due(&self, now: Monotonic, waiting: &BTreeSet<FileKey>) -> bool {
        let pause_s = self.pause_s.unwrap_or(AUTOSAVE_AFTER_S);
        let paused = self.last_change.is_none_or(|last| now.0 - last.0 >= pause_s);
        let at_most_s = AUTOSAVE_AT_MOST_S.max(pause_s);
        let long = self.first_change.is_some_and(|first| now.0 - first.0 >= at_most_s);
        let waited = self.failed.as_ref().is_none_or(|(at, _)| now.0 - at.0 >= RETRY_AFTER_S);
        let some = self.changed.iter().any(|key| !waiting.contains(key)) || self.lacks_history();
        some && !self.is_writing && (self.hurries || (waited && (paused || long)))
    }
}
