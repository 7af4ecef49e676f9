//! Saving changed files and the history: automatically on a worker, on request, and on closing.

use std::collections::BTreeSet;

use demarche_io::IoError;
use demarche_io::disk::DiskFault;
use demarche_io::project::{
    FileKey, Folder, JournalFlush, Seen, Snapshot, Written, append_history, append_missing_history,
    read_back, snapshot, write_shared,
};
use demarche_model::{AnnotatorId, LayerId, LogEntry};

use super::journaling::Journaling;
use crate::history::undo_log::UndoSnapshot;
use crate::save_fault::{SaveFault, Unwritten};
use crate::words::{disk as words, faults as fault_words};
use crate::{JobKind, Monotonic, SaveState, Session, SessionError};

/// Maximum number of attempts to merge and write files while others keep changing them.
const TRIES: usize = 4;

/// Number of spans above which a layer is large: writing its file takes a noticeable time.
const LARGE_SPANS: usize = 5_000;

/// What is to be saved, as it is now.
struct Work {
    keys: BTreeSet<FileKey>,
    folder: Folder,
    snapshot: Snapshot,
    seen: Seen,
    /// The steps that the history lacks, and the number of steps in all.
    steps: (Vec<LogEntry>, usize),
    /// Whether some of the steps may be in the history already.
    is_in_doubt: bool,
    journal: Option<JournalFlush>,
    /// The number of the last step in the journal.
    last: u64,
    /// The changed files that are not to be saved.
    waiting: BTreeSet<FileKey>,
    /// The undo stack, if its log lacks steps.
    undo: Option<UndoSnapshot>,
}

/// What came of saving.
struct Outcome {
    written: Written,
    files: Result<(), IoError>,
    history: Result<(), IoError>,
    /// Whose undo log has how many changes, if it was written.
    undo: Option<(AnnotatorId, u64)>,
}

impl Work {
    /// Writes files, then the history, then the undo log if everything is saved.
    fn write(&self) -> Outcome {
        Journaling::flush(self.journal.as_ref());
        let (written, result) = write_shared(&self.folder, &self.snapshot, &self.seen);
        let files = result.and_then(|()| read_back(&self.folder, &self.snapshot, &written));
        let append = if self.is_in_doubt { append_missing_history } else { append_history };
        // A step that is in the history is in the files.
        let history = if files.is_ok() { append(&self.folder, &self.steps.0) } else { Ok(()) };
        let is_all = files.is_ok() && self.waiting.is_empty() && written.not_written().is_empty();
        let undo = self.undo.as_ref().filter(|_| is_all).map(UndoSnapshot::write);
        Outcome { written, files, history, undo }
    }
}

impl Session {
    /// The state of saving.
    pub fn save_state(&self) -> SaveState {
        self.saving.state()
    }

    /// Returns whether any work is not on disk yet. The history may be missing, which the journal keeps.
    pub fn has_unsaved(&self) -> bool {
        self.saving.has_unsaved()
    }

    /// Saves changed files on a worker, and says what came of it.
    pub fn save(&mut self) {
        if let Some(why) = self.read_only().filter(|_| !self.may_write()) {
            return self.notify_error(why);
        }
        if !self.saving.has_unsaved() && !self.saving.lacks_history() {
            return self.notify(words::nothing_to_save());
        }
        self.saving.hurry();
        self.start_saving(&self.live.held().clone());
        if self.live.held().iter().any(|key| self.saving.is_changed(key)) {
            self.notify_error(words::held_files());
        }
        if !self.saving.is_idle() || self.undo_logging.is_reading() {
            self.saving.ask();
        }
    }

    /// Saves changed files, and returns when they are on disk. For closing, the command line and tests.
    ///
    /// # Errors
    /// If a file can't be written. What was not written still counts as changed. A history that can't be written is no
    /// error: the journal keeps it.
    pub fn save_now(&mut self) -> Result<(), SessionError> {
        while !self.saving.is_idle() || self.undo_logging.is_reading() {
            self.wait_for_result();
        }
        if self.has_unsaved() && !self.retake_lock() {
            return Err(SessionError::LockLost(self.folder().root().to_owned()));
        }
        // The user can't be asked any more: other versions of their files are merged, and conflicts are kept in the files.
        for _ in 0..TRIES {
            self.merge_all_elsewhere().inspect_err(|error| self.notify_error(words::not_merged(error)))?;
            let keys = self.saving.take_changed(&BTreeSet::new());
            let is_last = keys.is_empty();
            if is_last && !self.saving.lacks_history() {
                break;
            }
            let work = self.work(keys);
            let outcome = work.write();
            self.finish(work, outcome)?;
            if is_last {
                break;
            }
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
        if !self.saving.hurries() && self.journaling.works() {
            let is_large = |layer: &LayerId| {
                self.saving.is_recent(layer, now)
                    && self.project.layer(layer).is_some_and(|layer| layer.len() > LARGE_SPANS)
            };
            let large = |key: &&FileKey| matches!(key, FileKey::Layer(layer) if is_large(layer));
            waiting.extend(self.saving.changed().iter().filter(large).cloned());
        }
        waiting
    }

    /// Starts to save everything apart from files that wait. The undo log is read first: it is valid only for the files as
    /// they were when the project was opened.
    fn start_saving(&mut self, waiting: &BTreeSet<FileKey>) {
        if self.undo_logging.is_reading() || !self.retake_lock() {
            return;
        }
        let Some(keys) = self.saving.begin(waiting) else { return };
        self.places.change();
        let work = self.work(keys);
        self.jobs.start(JobKind::Save, move |_| {
            let outcome = work.write();
            Box::new(move |session: &mut Session| {
                session.saving.end();
                // It is in the banner.
                let _ = session.finish(work, outcome);
            })
        });
    }

    fn work(&mut self, keys: BTreeSet<FileKey>) -> Work {
        Work {
            folder: self.files.folder().clone(),
            snapshot: snapshot(&self.project, &keys),
            seen: self.live.seen(&keys),
            is_in_doubt: self.audit_log.is_in_doubt(),
            steps: self.audit_log.take_unsaved(),
            journal: self.journal_flush(),
            last: self.journaling.last(),
            waiting: self.saving.changed().clone(),
            undo: self.undo_snapshot(),
            keys,
        }
    }

    /// Records what came of saving.
    fn finish(&mut self, work: Work, outcome: Outcome) -> Result<(), SessionError> {
        let Outcome { written, files, history, undo } = outcome;
        let not_written = written.not_written();
        let count = work.keys.difference(&not_written).count();
        self.wrote(written, &work.snapshot);
        undo.into_iter().for_each(|written| self.undo_logging.wrote(written));
        if let Err(error) = files {
            self.not_saved(work.keys, SaveFault::new(&error, Unwritten::Work));
            return Err(error.into());
        }
        if let Err(error) = history {
            self.audit_log.doubt();
            self.not_saved(BTreeSet::new(), SaveFault::new(&error, Unwritten::History));
            return Ok(());
        }
        tracing::info!("project saved");
        self.audit_log.saved(work.steps.1);
        self.saving.succeed(self.env.now());
        let mut except = work.waiting;
        except.extend(not_written);
        self.journaling.saved(work.last, except);
        if let Some(count) = self.saving.answer(count, self.live.held()) {
            self.notify(words::saved_files(count));
        }
        if self.live.held().is_empty() {
            self.outbox.withdraw(words::held_files());
        }
        Ok(())
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

    /// Records that files could not be written, or only the history.
    fn not_saved(&mut self, keys: BTreeSet<FileKey>, fault: SaveFault) {
        tracing::warn!(files = keys.len(), fault = ?fault.disk, unwritten = ?fault.unwritten, "project not saved");
        if self.saving.take_asked() {
            self.notify(words::not_saved(&fault_words::short(&fault), fault.unwritten));
        }
        self.saving.fail(keys, fault, self.env.monotonic());
    }

    /// Records that the worker that saves has panicked. It may have written anything.
    pub(crate) fn saving_panicked(&mut self) {
        let keys = self.saving.end();
        self.audit_log.doubt();
        let (disk, why) = (DiskFault::Other, fault_words::panicked().to_owned());
        self.not_saved(keys, SaveFault { disk, unwritten: Unwritten::Work, why });
    }
}
