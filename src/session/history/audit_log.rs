//! The history of the project: every step is noted as it is done, added to the file of whoever did it when that is saved,
//! and read from disk when somebody asks for it.

use std::collections::HashMap;
use std::path::PathBuf;

use demarche_analysis::changes::changes;
use demarche_io::history::write_csv;
use demarche_io::project::read_history;
use demarche_io::{IoError, Problem};
use demarche_model::{AnnotatorId, Change, Changed, DocumentId, Edit, LogEntry, Project, SpanId};

use crate::words::counted;
use crate::{JobKind, Session};

/// What is known of the history.
#[derive(Default)]
pub(crate) struct AuditLog {
    /// The steps of this session, oldest first.
    own: Vec<LogEntry>,
    /// How many of them are on disk.
    saved: usize,
    known: Option<Known>,
    reading: bool,
}

/// The whole history, once it was asked for.
struct Known {
    entries: Vec<LogEntry>,
    /// Where the changes of a span are: entry and change.
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
    /// Steps that are not on disk yet, with the count to hand to [`AuditLog::saved`] once they are.
    pub(crate) fn unsaved(&self) -> (Vec<LogEntry>, usize) {
        (self.own.get(self.saved..).unwrap_or_default().to_vec(), self.own.len())
    }

    pub(crate) fn saved(&mut self, count: usize) {
        self.saved = self.saved.max(count);
    }

    /// Returns whether a worker should read the history; `false` while one does.
    fn begin_reading(&mut self) -> bool {
        !std::mem::replace(&mut self.reading, true)
    }

    /// Takes the history as it is on disk; `None` if it could not be read. The steps of this session may or may not be
    /// on disk yet.
    fn end_reading(&mut self, read: Option<(Vec<LogEntry>, Vec<Problem>)>) {
        self.reading = false;
        if let Some((mut entries, problems)) = read {
            let own: Vec<LogEntry> = self.own.iter().filter(|own| !entries.contains(own)).cloned().collect();
            entries.extend(own);
            entries.sort_by_key(|entry| entry.at);
            self.known = Some(Known::new(entries, problems));
        }
    }

    fn note(&mut self, entry: LogEntry) {
        if self.own.len() > self.saved && self.own.last_mut().is_some_and(|last| continued(last, &entry)) {
            // The note goes on in the same step.
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

/// Lets a step take in what follows it, where both are words typed into one note.
fn continued(last: &mut LogEntry, next: &LogEntry) -> bool {
    let [one] = &mut last.changes[..] else { return false };
    let [other] = &next.changes[..] else { return false };
    let same = one.what == Changed::Note
        && other.what == Changed::Note
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
    /// Notes a step that was just done, by the edit that takes it back.
    pub(crate) fn record(&mut self, step: &str, inverse: &Edit) {
        let entry = LogEntry {
            at: self.env.now(),
            who: self.me.clone(),
            step: step.to_owned(),
            changes: changes(inverse, &self.project),
        };
        self.audit_log.note(entry);
    }

    /// Reads the history, on a worker; what others have added since it was read last comes in, too.
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
            self.notify_error(format!("The history was not read: {error}"));
        }
        self.audit_log.end_reading(read.ok());
    }

    /// The history, oldest step first; `None` until it was read, see [`crate::HistoryAction::Read`].
    pub fn audit_log(&self) -> Option<&[LogEntry]> {
        self.audit_log.known.as_ref().map(|known| &known.entries[..])
    }

    /// What is wrong in the files of the history.
    pub fn audit_log_problems(&self) -> &[Problem] {
        self.audit_log.known.as_ref().map_or(&[], |known| &known.problems)
    }

    /// What has become of one span, oldest first; `None` until the history was read.
    pub fn changes_of_span(&self, span: SpanId) -> Option<Vec<(&LogEntry, &Change)>> {
        let known = self.audit_log.known.as_ref()?;
        let places = known.by_span.get(&span).map_or(&[][..], |places| places);
        let found = places.iter().filter_map(|(entry, change)| {
            let entry = known.entries.get(*entry)?;
            Some((entry, entry.changes.get(*change)?))
        });
        Some(found.collect())
    }

    /// Writes the history as CSV, on a worker: all of it, or what one person did, or what concerns one document.
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
                entries.extend(unsaved);
                entries.retain(|entry| {
                    entry_concerns(entry, who.as_ref(), document.as_ref()) && may_see(&project, &me, entry)
                });
                let mut out = Vec::new();
                write_csv(&entries, &mut out)?;
                std::fs::write(&path, out).map_err(IoError::system("can't write the file", &path))?;
                Ok(entries.len())
            });
            Box::new(move |session: &mut Session| match written {
                Ok(count) => {
                    let steps = counted(count, "step", "steps");
                    session.notify(format!("{steps} written to {}", path.display()));
                }
                Err(error) => session.notify_error(format!("The history was not exported: {error}")),
            })
        });
    }
}

/// Whether somebody may know of a step: who works blind does not learn from the history what others have tagged.
fn may_see(project: &Project, me: &AnnotatorId, entry: &LogEntry) -> bool {
    entry.who == *me
        || entry.changes.iter().all(|change| match (&change.document, &change.layer) {
            (Some(document), Some(layer)) => project.may_see(me, document, layer),
            _ => true,
        })
}

/// Whether a step is one of this person, and changes something of this document; `None` lets everything pass.
pub fn entry_concerns(entry: &LogEntry, who: Option<&AnnotatorId>, document: Option<&DocumentId>) -> bool {
    who.is_none_or(|who| entry.who == *who)
        && document.is_none_or(|id| entry.changes.iter().any(|change| change.document.as_ref() == Some(id)))
}
