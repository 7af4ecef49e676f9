//! Saving: only what changed, on a worker, by itself a few seconds after the last change.

use std::collections::BTreeSet;

use demarche_io::project::{FileKey, Snapshot, Written, append_history, snapshot, write_shared};
use demarche_model::{AnnotatorId, LayerId, Stamp, Touch};

use crate::{AUTOSAVE_AFTER_S, JobKind, Session, SessionError};

/// Seconds that a change waits at most, even if the user goes on without a pause.
const AUTOSAVE_AT_MOST_S: i64 = 10;

/// How often files are merged and written, if somebody goes on writing them meanwhile.
const TRIES: usize = 4;

/// Seconds until saving is tried again after it has failed.
const RETRY_AFTER_S: i64 = 15;

/// What has to be written, and what is being written.
#[derive(Default)]
pub(crate) struct Saving {
    changed: BTreeSet<FileKey>,
    owners: Owners,
    under_way: BTreeSet<FileKey>,
    /// The first change that is not on disk yet.
    first_change: Option<Stamp>,
    last_change: Option<Stamp>,
    saved_at: Option<Stamp>,
    failed: Option<(Stamp, String)>,
}

/// Whose files are written here.
///
/// Every file has one writer. So when categories are merged, the files of those who do not work here are left as they
/// are, and an alias makes them say what the memory says. But a layer whose file this session has written, or may write
/// at any moment, must follow: else undo would leave the new category in a file that was written in between, with no
/// alias that explains it. That holds for everybody who has worked here since the project was opened, and for layers that
/// an import has changed. The same holds where a document gets another text: a layer says which one its offsets count, and
/// those of others go on counting the one before. Once a layer is written here, its file says what the memory says, whatever is done
/// and undone.
#[derive(Default)]
struct Owners {
    /// Who has worked here since the project was opened.
    here: BTreeSet<AnnotatorId>,
    /// Those of them who have changed something.
    busy: BTreeSet<AnnotatorId>,
    /// Layers that were changed otherwise than by a change of the codebook.
    changed: BTreeSet<LayerId>,
    /// Layers of others in which spans are another category's than in their files, perhaps.
    behind: BTreeSet<LayerId>,
}

impl Owners {
    /// Whether the file of a place that was changed is to be written.
    fn writes(&mut self, touch: &Touch) -> bool {
        match touch {
            Touch::Layer(layer, _) => {
                if self.here.contains(&layer.annotator) {
                    self.busy.insert(layer.annotator.clone());
                } else {
                    self.changed.insert(layer.clone());
                }
                true
            }
            Touch::Recoded(layer, _) => {
                let here = self.here.contains(&layer.annotator);
                let ours = here || self.changed.contains(layer);
                if here {
                    // The file is written with the new category, and undo has to write it again.
                    self.busy.insert(layer.annotator.clone());
                } else if !ours {
                    self.behind.insert(layer.clone());
                }
                ours
            }
            Touch::Realigned(layer) => self.here.contains(&layer.annotator) || self.changed.contains(layer),
            Touch::Project | Touch::Text(_) | Touch::Anchors(_) | Touch::Original(..) | Touch::Review(..) => {
                true
            }
        }
    }

    /// Somebody works here from now on. Their layers that have to be written.
    fn comes(&mut self, annotator: &AnnotatorId) -> Vec<LayerId> {
        self.here.insert(annotator.clone());
        let (theirs, others) =
            std::mem::take(&mut self.behind).into_iter().partition(|layer| layer.annotator == *annotator);
        self.behind = others;
        let theirs: BTreeSet<LayerId> = theirs;
        theirs.into_iter().collect()
    }
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
    pub(crate) fn note(&mut self, touched: &[Touch], now: Stamp) {
        for touch in touched {
            if self.owners.writes(touch) {
                self.changed.insert(FileKey::from(touch));
            }
        }
        self.first_change.get_or_insert(now);
        self.last_change = Some(now);
    }

    /// Somebody works here from now on.
    pub(crate) fn comes(&mut self, annotator: &AnnotatorId, now: Stamp) {
        let behind = self.owners.comes(annotator);
        if !behind.is_empty() {
            self.changed.extend(behind.into_iter().map(FileKey::Layer));
            self.first_change.get_or_insert(now);
            self.last_change = Some(now);
        }
    }

    /// Somebody works here no more. If they have changed nothing, their files are again those of somebody else.
    pub(crate) fn leaves(&mut self, annotator: &AnnotatorId) {
        if !self.owners.busy.contains(annotator) {
            self.owners.here.remove(annotator);
        }
    }

    /// Whether a layer is written here, and so is never replaced by what somebody else has written.
    pub(crate) fn is_ours(&self, layer: &LayerId) -> bool {
        self.owners.here.contains(&layer.annotator) || self.owners.changed.contains(layer)
    }

    /// Whether somebody works here, or has, as this person.
    pub(crate) fn works_here(&self, annotator: &AnnotatorId) -> bool {
        self.owners.here.contains(annotator)
    }

    /// Whether a file has changes that are not on disk yet.
    pub(crate) fn is_changed(&self, key: &FileKey) -> bool {
        self.changed.contains(key) || self.under_way.contains(key)
    }

    /// Whether nothing is being written just now.
    pub(crate) fn is_idle(&self) -> bool {
        self.under_way.is_empty()
    }

    /// A file has to be written.
    pub(crate) fn must_write(&mut self, key: FileKey, now: Stamp) {
        self.changed.insert(key);
        self.first_change.get_or_insert(now);
        self.last_change = Some(now);
    }

    /// Files have been written otherwise than by saving.
    pub(crate) fn is_written<'a>(&mut self, keys: impl Iterator<Item = &'a FileKey>) {
        for key in keys {
            self.changed.remove(key);
        }
    }

    pub(crate) fn changed_within(&self, now: Stamp, seconds: i64) -> bool {
        self.last_change.is_some_and(|last| now.0 - last.0 <= seconds)
    }

    /// The state of the files.
    fn state(&self) -> SaveState {
        match &self.failed {
            _ if !self.under_way.is_empty() => SaveState::Saving,
            _ if self.changed.is_empty() => SaveState::Saved(self.saved_at),
            Some((_, why)) => SaveState::Failed(why.clone()),
            None => SaveState::Changed,
        }
    }

    /// Whether anything is not on disk yet.
    fn has_unsaved(&self) -> bool {
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
    fn fail(&mut self, keys: BTreeSet<FileKey>, why: String, now: Stamp) {
        self.end();
        self.changed.extend(keys);
        self.first_change.get_or_insert(now);
        self.failed = Some((now, why));
    }

    /// Takes what has to be written, but for what has to be merged first.
    fn take_changed(&mut self, held: &BTreeSet<FileKey>) -> BTreeSet<FileKey> {
        self.first_change = None;
        let (held, free) = std::mem::take(&mut self.changed).into_iter().partition(|key| held.contains(key));
        self.changed = held;
        free
    }

    fn is_due(&self, now: Stamp, held: &BTreeSet<FileKey>) -> bool {
        let paused = self.last_change.is_none_or(|last| now.0 - last.0 >= AUTOSAVE_AFTER_S);
        let long = self.first_change.is_some_and(|first| now.0 - first.0 >= AUTOSAVE_AT_MOST_S);
        let retry = self.failed.as_ref().is_none_or(|(at, _)| now.0 - at.0 >= RETRY_AFTER_S);
        let some = self.changed.iter().any(|key| !held.contains(key));
        some && self.under_way.is_empty() && (paused || long) && retry
    }
}

impl Session {
    /// How far the project's files are.
    pub fn save_state(&self) -> SaveState {
        self.saving.state()
    }

    /// Whether anything is not on disk yet.
    pub fn has_unsaved(&self) -> bool {
        self.saving.has_unsaved()
    }

    /// Saves what has changed, on a worker.
    pub fn save(&mut self) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        if !self.saving.has_unsaved() {
            return self.notify("Everything is saved");
        }
        self.start_saving();
    }

    /// Saves what has changed, and returns when it is on disk. For closing, the command line and tests.
    ///
    /// # Errors
    /// Where a file can't be written; what was not written counts as changed still.
    pub fn save_now(&mut self) -> Result<(), SessionError> {
        while !self.saving.is_idle() {
            self.wait_for_result();
        }
        // Nobody asks any more: what somebody else has changed in my files is merged, and conflicts are kept in them.
        for _ in 0..TRIES {
            self.merge_all_elsewhere()?;
            let keys = self.saving.take_changed(&BTreeSet::new());
            if keys.is_empty() {
                break;
            }
            let (steps, count) = self.audit_log.unsaved();
            let snapshot = snapshot(&self.project, &keys);
            let (written, result) = write_shared(self.files.folder(), &snapshot, &self.live.seen(&keys));
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

    /// Saves by itself when it is time.
    pub(crate) fn autosave(&mut self) {
        if self.read_only().is_none() && self.saving.is_due(self.env.now(), self.live.held()) {
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

    /// Remembers what stands on disk now, and what others have changed there.
    pub(crate) fn wrote(&mut self, written: Written, snapshot: &Snapshot) {
        let now = self.env.now();
        for key in &written.foreign {
            self.saving.must_write(key.clone(), now);
        }
        self.live.wrote(&written.files, &written.foreign, snapshot);
        // A document may be read again: then these files are read with it.
        let there = written.files.iter().filter(|(_, hash)| hash.is_some());
        there.for_each(|(key, _)| self.files.list(key));
        if let Some(head) = written.head {
            let news = written.merged || !written.conflicts.is_empty();
            if !news || self.take_head(&head, written.conflicts) {
                self.live.set_head(head);
            }
        }
    }

    /// Everything is on disk, and of the history so many steps of this session.
    fn saved(&mut self, steps: usize) {
        self.audit_log.saved(steps);
        if let Some(why) = self.saving.succeed(self.env.now()) {
            self.outbox.withdraw(&complaint(&why));
        }
    }

    fn not_saved(&mut self, keys: BTreeSet<FileKey>, why: String) {
        self.notify_error(complaint(&why));
        self.saving.fail(keys, why, self.env.now());
    }
}

/// What the user is told of a save that failed, until one works.
fn complaint(why: &str) -> String {
    format!("Not saved: {why}. Your work is kept here and saving is tried again.")
}
