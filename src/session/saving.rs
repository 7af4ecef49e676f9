//! Saving: only what changed, on a worker, by itself a few seconds after the last change.

use std::collections::BTreeSet;

use crate::io::IoError;
use crate::io::project::{FileKey, snapshot, write};
use crate::model::{Stamp, Touch};

use super::{AUTOSAVE_AFTER_S, Session};

/// Seconds that a change waits at most, even if the user goes on without a pause.
const AUTOSAVE_AT_MOST_S: i64 = 10;

/// Seconds until saving is tried again after it has failed.
const RETRY_AFTER_S: i64 = 15;

/// What has to be written, and what is being written.
#[derive(Default)]
pub(super) struct Saving {
    changed: BTreeSet<FileKey>,
    under_way: BTreeSet<FileKey>,
    /// The first change that is not on disk yet.
    first_change: Option<Stamp>,
    last_change: Option<Stamp>,
    saved_at: Option<Stamp>,
    failed: Option<(Stamp, String)>,
}

/// How far the project's files are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SaveState {
    /// Everything is on disk; since when, if it was saved in this session.
    Saved(Option<Stamp>),
    /// There are changes that are not on disk yet.
    Changed,
    /// A worker writes now.
    Saving,
    /// The last attempt failed; the text says why.
    Failed(String),
}

impl Saving {
    pub(super) fn note(&mut self, touched: &[Touch], now: Stamp) {
        self.changed.extend(touched.iter().map(FileKey::from));
        self.first_change.get_or_insert(now);
        self.last_change = Some(now);
    }

    pub(super) fn changed_within(&self, now: Stamp, seconds: i64) -> bool {
        self.last_change.is_some_and(|last| now.0 - last.0 <= seconds)
    }

    fn take_changed(&mut self) -> BTreeSet<FileKey> {
        self.first_change = None;
        std::mem::take(&mut self.changed)
    }

    fn is_due(&self, now: Stamp) -> bool {
        let paused = self.last_change.is_none_or(|last| now.0 - last.0 >= AUTOSAVE_AFTER_S);
        let long = self.first_change.is_some_and(|first| now.0 - first.0 >= AUTOSAVE_AT_MOST_S);
        let retry = self.failed.as_ref().is_none_or(|(at, _)| now.0 - at.0 >= RETRY_AFTER_S);
        !self.changed.is_empty() && self.under_way.is_empty() && (paused || long) && retry
    }
}

impl Session {
    /// How far the project's files are.
    pub fn save_state(&self) -> SaveState {
        match &self.saving {
            saving if !saving.under_way.is_empty() => SaveState::Saving,
            Saving { failed: Some((_, why)), changed, .. } if !changed.is_empty() => {
                SaveState::Failed(why.clone())
            }
            saving if !saving.changed.is_empty() => SaveState::Changed,
            saving => SaveState::Saved(saving.saved_at),
        }
    }

    /// Whether anything is not on disk yet.
    pub fn has_unsaved(&self) -> bool {
        !self.saving.changed.is_empty() || !self.saving.under_way.is_empty()
    }

    /// Saves what has changed, on a worker.
    pub fn save(&mut self) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        if self.saving.changed.is_empty() && self.saving.under_way.is_empty() {
            return self.notify("Everything is saved");
        }
        self.start_saving();
    }

    /// Saves what has changed, and returns when it is on disk. For closing, the command line and tests.
    ///
    /// # Errors
    /// Where a file can't be written; what was not written counts as changed still.
    pub fn save_now(&mut self) -> Result<(), IoError> {
        while !self.saving.under_way.is_empty() {
            self.wait_for_result();
        }
        let keys = self.saving.take_changed();
        if keys.is_empty() {
            return Ok(());
        }
        let written = write(&self.folder, &snapshot(&self.project, &keys));
        match &written {
            Ok(()) => self.saved(),
            Err(error) => self.not_saved(keys, error.to_string()),
        }
        written
    }

    /// Saves by itself when it is time.
    pub(super) fn autosave(&mut self) {
        if self.read_only().is_none() && self.saving.is_due(self.env.now()) {
            self.start_saving();
        }
    }

    fn start_saving(&mut self) {
        if !self.saving.under_way.is_empty() {
            return;
        }
        let keys = self.saving.take_changed();
        self.saving.under_way = keys.clone();
        let snapshot = snapshot(&self.project, &keys);
        let folder = self.folder.clone();
        self.jobs.start("saving", move |_| {
            let written = write(&folder, &snapshot);
            // Dropping a large snapshot takes a moment; it happens here rather than between two frames.
            drop(snapshot);
            Box::new(move |session: &mut Session| match written {
                Ok(()) => {
                    session.saving.under_way.clear();
                    session.saved();
                }
                Err(error) => session.not_saved(keys, error.to_string()),
            })
        });
    }

    fn saved(&mut self) {
        self.saving.saved_at = Some(self.env.now());
        if let Some((_, why)) = self.saving.failed.take() {
            let complaint = complaint(&why);
            self.notices.retain(|notice| notice.text != complaint);
        }
    }

    fn not_saved(&mut self, keys: BTreeSet<FileKey>, why: String) {
        self.saving.under_way.clear();
        self.saving.changed.extend(keys);
        self.saving.first_change.get_or_insert(self.env.now());
        self.saving.failed = Some((self.env.now(), why.clone()));
        self.notify_error(complaint(&why));
    }
}

/// What the user is told of a save that failed, until one works.
fn complaint(why: &str) -> String {
    format!("Not saved: {why}. Your work is kept here and saving is tried again.")
}
