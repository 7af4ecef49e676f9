//! The undo stack on disk: read by a job when a project is opened, and written whenever everything is saved.

use std::sync::Arc;

use demarche_io::project::{self, Folder, LoggedStep, Place, UndoLog};
use demarche_model::{AnnotatorId, Project};

use super::undo::{UndoStack, UndoStep};
use crate::{JobKind, Session, TextSelection, ViewState};

/// The state of the undo log.
#[derive(Default)]
pub(crate) struct UndoLogging {
    is_reading: bool,
    /// The person whose log is up to date, and the number of changes of the undo stack that it has.
    written: Option<(AnnotatorId, u64)>,
}

impl UndoLogging {
    /// Returns whether the log is being read. It is valid for the files as they were when the project was opened, so
    /// nothing is saved until then.
    pub(crate) fn is_reading(&self) -> bool {
        self.is_reading
    }

    /// Ends reading. Returns whether the steps in the log are still wanted.
    pub(crate) fn end_reading(&mut self) -> bool {
        std::mem::take(&mut self.is_reading)
    }

    /// Records that the log of a person has this number of changes of the undo stack.
    pub(crate) fn wrote(&mut self, written: (AnnotatorId, u64)) {
        self.written = Some(written);
    }
}

/// The undo stack at a time when everything else is being saved.
pub(crate) struct UndoSnapshot {
    folder: Folder,
    me: AnnotatorId,
    stack: UndoStack,
    project: Project,
}

impl UndoSnapshot {
    /// Writes the log. Call it when everything is saved. Returns whose log has how many changes now.
    pub(crate) fn write(&self) -> (AnnotatorId, u64) {
        // If the log is lost, no work is.
        let log = (&self.stack).into();
        if let Err(error) = project::write_undo_log(&self.folder, &self.me, &log, &self.project) {
            tracing::warn!(%error, "undo stack not kept");
        }
        (self.me.clone(), self.stack.changes)
    }
}

impl Session {
    /// Reads the steps that could be undone when the user closed the project, on a worker.
    pub(crate) fn recall_undo_stack(&mut self) {
        // The steps of a user who has removed themselves from the list are still there.
        if !self.may_write() {
            return;
        }
        self.undo_logging.is_reading = true;
        let (folder, me) = (self.folder().clone(), self.me.clone());
        self.jobs.start(JobKind::ReadUndoLog, move |_| {
            let earlier = UndoStack::from(project::read_undo_log(&folder, &me));
            Box::new(move |session: &mut Session| {
                if session.undo_logging.end_reading() {
                    session.undo_stack.add_earlier(earlier);
                    session.undo_logging.wrote((me, 0));
                }
            })
        });
    }

    /// Removes all steps, including those that are being read.
    pub(crate) fn clear_undo_stack(&mut self) {
        self.undo_logging.end_reading();
        self.undo_stack.clear();
    }

    /// The undo stack to be written with everything that is saved now; `None` if the log has it.
    pub(crate) fn undo_snapshot(&self) -> Option<UndoSnapshot> {
        let is_written = self.undo_logging.written == Some((self.me.clone(), self.undo_stack.changes));
        (self.may_write() && !is_written && !self.undo_logging.is_reading()).then(|| UndoSnapshot {
            folder: self.folder().clone(),
            me: self.me.clone(),
            stack: self.undo_stack.clone(),
            project: self.project.clone(),
        })
    }

    /// Writes the steps that can be undone for the next session, if everything is saved and the log lacks some.
    pub(crate) fn keep_undo_stack(&self) {
        if let Some(snapshot) = self.undo_snapshot().filter(|_| !self.has_unsaved()) {
            snapshot.write();
        }
    }
}

impl From<&UndoStack> for UndoLog {
    fn from(stack: &UndoStack) -> Self {
        let log = |step: &Arc<UndoStep>| LoggedStep {
            label: step.label.clone(),
            edit: step.edit.clone(),
            before: place(&step.before),
            after: place(&step.after),
        };
        Self { done: stack.done.iter().map(log).collect(), undone: stack.undone.iter().map(log).collect() }
    }
}

impl From<UndoLog> for UndoStack {
    fn from(log: UndoLog) -> Self {
        let step = |step: LoggedStep| {
            Arc::new(UndoStep {
                label: step.label,
                edit: step.edit,
                before: view(step.before),
                after: view(step.after),
            })
        };
        Self {
            done: log.done.into_iter().map(step).collect(),
            undone: log.undone.into_iter().map(step).collect(),
            ..Self::default()
        }
    }
}

fn place(view: &ViewState) -> Place {
    let TextSelection { anchor, head } = view.text_selection;
    Place { document: view.document.clone(), anchor, head, current: view.current.clone() }
}

fn view(place: Place) -> ViewState {
    let text_selection = TextSelection { anchor: place.anchor, head: place.head };
    ViewState { document: place.document, text_selection, current: place.current }
}
