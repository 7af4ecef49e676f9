//! The audit log of the project. Each step is recorded when it is done, appended to its author's file when that is saved,
//! and read from disk on demand.

use std::collections::HashMap;
use std::path::PathBuf;

use demarche_analysis::changes::changes;
use demarche_io::history::write_csv;
use demarche_io::project::read_history;
use demarche_io::{FileTask, IoError, Problem};
use demarche_model::{AnnotatorId, Change, Changed, DocumentId, Edit, LogEntry, Project, SpanId};

use crate::words::history as words;
use crate::{JobKind, Session};

/// The steps of this session, and the whole log once it has been read.
#[derive(Default)]
pub(crate) struct AuditLog {
    /// The steps of this session, oldest first.
    own: Vec<LogEntry>,
    /// Number of those that are on disk.
    saved: usize,
    /// Number of those that are on disk or being written, and so are no longer extended.
    taken: usize,
    /// Whether some of those that are not on disk may be there, since writing them has failed half-way.
    is_in_doubt: bool,
    known: Option<Known>,
    reading: bool,
}

/// The whole log.
struct Known {
    entries: Vec<LogEntry>,
    /// The changes of each span, by the indices of entry and change.
    by_span: HashMap<SpanId, Vec<(usize, usize)>>,
    problems: Vec<Problem>,
}

impl Known {
    fn new(entries: Vec<LogEntry>, problems: Vec<Problem>) -> Self {
        let mut known =
            Self { entries: Vec::with_capacity(entries.len()), by_span: HashMap::new(), problems };
        entries.into_iter().for_each(|entry| known.push(entry));
        known
    }

    fn push(&mut self, entry: LogEntry) {
        let at = self.entries.len();
        for (index, change) in entry.changes.iter().enumerate() {
            if let Some(span) = change.span {
                self.by_span.entry(span).or_default().push((at, index));
            }
        }
        self.entries.push(entry);
    }
}

impl AuditLog {
    /// Steps that are not on disk yet, with the count to pass to [`AuditLog::saved`] once they are.
    pub(crate) fn unsaved(&self) -> (Vec<LogEntry>, usize) {
        (self.own.get(self.saved..).unwrap_or_default().to_vec(), self.own.len())
    }

    /// Takes the steps that are to be written, like [`AuditLog::unsaved`].
    pub(crate) fn take_unsaved(&mut self) -> (Vec<LogEntry>, usize) {
        self.taken = self.own.len();
        self.unsaved()
    }

    /// Records how many steps of this session are on disk.
    pub(crate) fn saved(&mut self, count: usize) {
        self.saved = self.saved.max(count);
        self.is_in_doubt = false;
    }

    /// Records that writing steps has failed, perhaps half-way.
    pub(crate) fn doubt(&mut self) {
        self.is_in_doubt = true;
    }

    /// Returns whether some of the steps that are not on disk may be there.
    pub(crate) fn is_in_doubt(&self) -> bool {
        self.is_in_doubt
    }

    /// Returns whether a worker should read the log; `false` while one does.
    fn begin_reading(&mut self) -> bool {
        !std::mem::replace(&mut self.reading, true)
    }

    /// Stores the log as it is on disk; `None` if it could not be read. The steps of this session may or may not be on
    /// disk yet.
    pub(crate) fn end_reading(&mut self, read: Option<(Vec<LogEntry>, Vec<Problem>)>) {
        self.reading = false;
        if let Some((mut entries, problems)) = read {
            let own: Vec<LogEntry> = self.own.iter().filter(|own| !entries.contains(own)).cloned().collect();
            entries.extend(own);
            entries.sort_by_key(|entry| entry.at);
            self.known = Some(Known::new(entries, problems));
        }
    }

    /// Adds a step, or extends the last one by it. Returns the entry and its number.
    fn record(&mut self, entry: LogEntry) -> Option<(usize, LogEntry)> {
        self.add(entry);
        Some((self.own.len().checked_sub(1)?, self.own.last()?.clone()))
    }

    fn add(&mut self, entry: LogEntry) {
        if self.own.len() > self.taken && self.own.last_mut().is_some_and(|last| extend(last, &entry)) {
            if let (Some(known), Some(last)) = (&mut self.known, self.own.last())
                && let Some(there) = known.entries.last_mut()
                && (&there.who, &there.step) == (&last.who, &last.step)
            {
                *there = last.clone();
            }
            return;
        }
        if let Some(known) = &mut self.known {
            known.push(entry.clone());
        }
        self.own.push(entry);
    }
}

/// Extends an entry by the next one if both are from typing into the same note or memo. Returns whether it did.
fn extend(last: &mut LogEntry, next: &LogEntry) -> bool {
    let [one] = &mut last.changes[..] else { return false };
    let [other] = &next.changes[..] else { return false };
    let same = matches!(one.what, Changed::Note | Changed::Memo(_))
        && other.what == one.what
        && one.span == other.span
        && last.step == next.step
        && last.who == next.who;
    if same {
        one.after.clone_from(&other.after);
        last.at = next.at;
    }
    same
}

impl Session {
    /// Records a step that was just done, given its inverse. Returns the entry and its number.
    pub(crate) fn record(&mut self, step: &str, inverse: &Edit) -> Option<(usize, LogEntry)> {
        let entry = LogEntry {
            at: self.env.now(),
            who: self.me.clone(),
            step: step.to_owned(),
            changes: changes(inverse, &self.project),
        };
        self.clock.stamped(entry.at);
        self.audit_log.record(entry)
    }

    /// Reads the log on a worker, including what others have added since the last time.
    pub(crate) fn read_audit_log(&mut self) {
        if !self.audit_log.begin_reading() {
            return;
        }
        let (folder, project, me) = (self.files.folder().clone(), self.project.clone(), self.me.clone());
        self.jobs.start(JobKind::ReadHistory, move |_| {
            let read = read_history(&folder).map(|(mut entries, problems)| {
                entries.retain(|entry| may_see(&project, &me, entry));
                (entries, problems)
            });
            Box::new(move |session: &mut Session| session.audit_log_was_read(read))
        });
    }

    fn audit_log_was_read(&mut self, read: Result<(Vec<LogEntry>, Vec<Problem>), IoError>) {
        if let Err(error) = &read {
            self.notify_error(words::not_read(error));
        }
        self.audit_log.end_reading(read.ok());
    }

    /// The log, oldest step first; `None` until it has been read, see [`crate::HistoryAction::Read`].
    pub fn audit_log(&self) -> Option<&[LogEntry]> {
        self.audit_log.known.as_ref().map(|known| &known.entries[..])
    }

    /// Problems in the files of the log.
    pub fn audit_log_problems(&self) -> &[Problem] {
        self.audit_log.known.as_ref().map_or(&[], |known| &known.problems)
    }

    /// The changes of one span, oldest first; `None` until the log has been read.
    pub fn changes_of_span(&self, span: SpanId) -> Option<Vec<(&LogEntry, &Change)>> {
        let known = self.audit_log.known.as_ref()?;
        let indices = known.by_span.get(&span).map_or(&[][..], |indices| indices);
        let found = indices.iter().filter_map(|(entry, change)| {
            let entry = known.entries.get(*entry)?;
            Some((entry, entry.changes.get(*change)?))
        });
        Some(found.collect())
    }

    /// Exports the log as CSV on a worker: all of it, or only one person's steps, or only those in one document.
    pub(crate) fn export_audit_log(
        &mut self,
        path: PathBuf,
        who: Option<AnnotatorId>,
        document: Option<DocumentId>,
    ) {
        let (folder, project, me) = (self.files.folder().clone(), self.project.clone(), self.me.clone());
        let (unsaved, _) = self.audit_log.unsaved();
        self.jobs.start(JobKind::ExportHistory, move |_| {
            let written = read_history(&folder).and_then(|(mut entries, _)| {
                // A step may have been saved since this job was started.
                let unsaved: Vec<LogEntry> =
                    unsaved.into_iter().filter(|entry| !entries.contains(entry)).collect();
                entries.extend(unsaved);
                entries.retain(|entry| {
                    entry_concerns(entry, who.as_ref(), document.as_ref()) && may_see(&project, &me, entry)
                });
                let mut out = Vec::new();
                write_csv(&entries, &mut out)?;
                std::fs::write(&path, out).map_err(IoError::system(FileTask::WriteFile, &path))?;
                Ok(entries.len())
            });
            Box::new(move |session: &mut Session| match written {
                Ok(count) => session.notify(words::exported(count, &path)),
                Err(error) => session.notify_error(words::not_exported(&error)),
            })
        });
    }
}

/// Returns whether a user may see a step. Blind annotators must not learn from the log what others have tagged.
fn may_see(project: &Project, me: &AnnotatorId, entry: &LogEntry) -> bool {
    entry.who == *me
        || entry.changes.iter().all(|change| match (&change.document, &change.layer) {
            (Some(document), Some(layer)) => project.may_see(me, document, layer),
            _ => !matches!(change.what, Changed::Memo(_)) || !project.works_blind(me),
        })
}

/// Returns whether a step is by a person and changes a document; `None` matches any.
pub fn entry_concerns(entry: &LogEntry, who: Option<&AnnotatorId>, document: Option<&DocumentId>) -> bool {
    who.is_none_or(|who| entry.who == *who)
        && document.is_none_or(|id| entry.changes.iter().any(|change| change.document.as_ref() == Some(id)))
}
