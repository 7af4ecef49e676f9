//! The journal of the user's unsaved steps: it survives the end of the program, and is cut when everything is saved.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use demarche_io::project::{FileKey, Journal, JournalFlush, Recovered, Step, read_changed};
use demarche_model::{Applied, LogEntry};

use crate::Session;
use crate::words::disk as words;

/// Size of a journal from which on the files are saved without delay, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// Longest time that saving waits for the journal.
const PATIENCE: Duration = Duration::from_secs(5);

/// The journal, once there is a step to write.
#[derive(Default)]
pub(crate) struct Journaling {
    journal: Option<Journal>,
}

impl Journaling {
    /// The number of the last step.
    pub(crate) fn last(&self) -> u64 {
        self.journal.as_ref().map_or(0, Journal::last)
    }

    /// Writes all steps to the disk, so that a power cut can't leave a journal that is older than the files.
    pub(crate) fn flush(journal: Option<&JournalFlush>) {
        if let Some(journal) = journal {
            journal.flush(PATIENCE);
        }
    }

    /// Records that the files hold all steps until this one, except for what those in `except` would hold.
    pub(crate) fn saved(&self, until: u64, except: BTreeSet<FileKey>) {
        if let Some(journal) = &self.journal {
            journal.saved(until, except);
        }
    }

    /// Returns whether steps are kept without saving the files.
    pub(crate) fn works(&self) -> bool {
        self.journal
            .as_ref()
            .is_none_or(|journal| journal.failure().is_none() && journal.bytes() < MOST_BYTES)
    }

    /// Returns whether there is a journal and it can be written.
    pub(crate) fn keeps(&self) -> bool {
        self.journal.as_ref().is_some_and(|journal| journal.failure().is_none())
    }

    /// The reason why the journal can't be written, if it can't.
    pub(crate) fn failure(&self) -> Option<String> {
        self.journal.as_ref().and_then(Journal::failure)
    }

    /// The path of the journal if it is in the user's folder.
    pub(crate) fn outside(&self) -> Option<PathBuf> {
        self.journal.as_ref().and_then(Journal::outside)
    }

    /// Writes what is waiting, and ends the journal.
    pub(crate) fn close(&mut self) {
        self.journal = None;
    }
}

impl Session {
    /// Hands a step over to the journal. `files` are those that have to be written for it.
    pub(crate) fn journal_step(
        &mut self,
        applied: &Applied,
        files: &BTreeSet<FileKey>,
        entry: Option<(usize, LogEntry)>,
    ) {
        if !self.may_write() {
            return;
        }
        let step = Step::new(applied, &self.project, files, self.live.shared_head(), entry);
        let (folder, me) = (self.files.folder(), &self.me);
        self.journaling.journal.get_or_insert_with(|| Journal::start(folder, me)).add(step);
    }

    /// A handle with which another thread can make the journal durable, once there is one.
    pub fn journal_flush(&self) -> Option<JournalFlush> {
        self.journaling.journal.as_ref().map(Journal::flush_handle)
    }

    /// Forgets the changes that are not saved: they are not recovered when the project is opened again.
    pub fn discard_unsaved(&mut self) {
        if let Some(journal) = &self.journaling.journal {
            journal.discard();
        }
    }

    /// Tells the user what was recovered from the journal.
    pub(crate) fn report_recovered(&mut self, recovered: Recovered) {
        if recovered.steps > 0 {
            self.notify_lasting(words::recovered(recovered.steps, recovered.documents()));
        }
        if recovered.torn {
            self.notify_lasting(words::journal_torn());
        }
        for path in &recovered.kept {
            self.notify_error(words::journal_kept(path));
        }
        self.report_conflicts(recovered.conflicts);
    }

    /// Reads the files in which something was recovered while the project is open.
    pub(crate) fn take_in_recovered(&mut self, recovered: Recovered) {
        for key in &recovered.files {
            let seen = self.live.seen([key]);
            let read = read_changed(self.files.folder(), &self.project, key, &seen, self.live.alignments());
            match read {
                Ok(Some(found)) => self.apply_change(key.clone(), found),
                Ok(None) => {}
                // It is reported when the document is read.
                Err(problem) => self.files.add_problem_once(problem),
            }
        }
        self.report_recovered(recovered);
    }

    /// Saves what the user has changed before another person becomes the user, whose journal is another one. Returns
    /// whether that worked.
    pub(crate) fn save_before_leaving(&mut self) -> bool {
        self.save_if_writable().is_ok()
    }
}
