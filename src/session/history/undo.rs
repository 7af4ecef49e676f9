//! Undo and redo of the latest 10,000 steps, also after the project is closed and opened again. A step holds its
//! inverse edit, and the user's view before and after.

use std::collections::VecDeque;

use demarche_io::project::{self, LoggedStep, Place, UNDO_STEPS, UndoLog};
use demarche_model::Edit;

use crate::words::{history as words, steps};
use crate::{Session, TextSelection, ViewState};

/// A step that the user can undo or redo.
#[derive(Clone, PartialEq, Debug)]
pub struct UndoStep {
    /// The name for menus, such as "tag as Threat".
    pub label: String,
    /// The edit that undoes it, or redoes it if it was undone.
    pub edit: Edit,
    /// The user's view before the step.
    pub before: ViewState,
    /// The user's view after the step.
    pub after: ViewState,
}

impl UndoStep {
    /// Returns whether another step with the same name changes the same span.
    fn is_like(&self, other: &Self) -> bool {
        match (&self.edit, &other.edit) {
            (Edit::SetSpan { layer, id, .. }, Edit::SetSpan { layer: other_layer, id: other_id, .. }) => {
                self.label == other.label && layer == other_layer && id == other_id
            }
            _ => false,
        }
    }
}

/// A way to add a step to the undo stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Recording {
    /// As a step of its own.
    NewStep,
    /// As part of the latest step if that has the same label and span: typing a note is one step.
    Continued,
}

/// The steps that can be undone and redone.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct UndoStack {
    done: VecDeque<UndoStep>,
    undone: Vec<UndoStep>,
}

impl UndoStack {
    /// Returns whether there are no steps.
    fn is_empty(&self) -> bool {
        self.done.is_empty() && self.undone.is_empty()
    }

    /// The name of the step to undo next.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.back().map(|step| step.label.as_str())
    }

    /// The name of the step to redo next.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// The names of the steps that can be undone, latest first.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.done.iter().rev().map(|step| step.label.as_str())
    }

    /// Adds a step that was just done.
    pub(crate) fn push(&mut self, step: UndoStep, recording: Recording) {
        match self.done.back_mut() {
            Some(last)
                if recording == Recording::Continued && self.undone.is_empty() && last.is_like(&step) =>
            {
                last.after = step.after;
            }
            _ => {
                self.undone.clear();
                self.put_done(step);
            }
        }
    }

    fn take_done(&mut self) -> Option<UndoStep> {
        self.done.pop_back()
    }

    fn take_undone(&mut self) -> Option<UndoStep> {
        self.undone.pop()
    }

    fn put_done(&mut self, step: UndoStep) {
        if self.done.len() >= UNDO_STEPS {
            self.done.pop_front();
        }
        self.done.push_back(step);
    }

    fn put_undone(&mut self, step: UndoStep) {
        self.undone.push(step);
    }
}

impl From<&UndoStack> for UndoLog {
    fn from(stack: &UndoStack) -> Self {
        let log = |step: &UndoStep| LoggedStep {
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
        let step = |step: LoggedStep| UndoStep {
            label: step.label,
            edit: step.edit,
            before: view(step.before),
            after: view(step.after),
        };
        Self {
            done: log.done.into_iter().map(step).collect(),
            undone: log.undone.into_iter().map(step).collect(),
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

impl Session {
    /// Reads the steps that could be undone when the user closed the project.
    pub(crate) fn recall_undo_stack(&mut self) {
        // The steps of a user who has removed themselves from the list are still there.
        if self.may_write() && self.undo_stack.is_empty() {
            self.undo_stack = project::read_undo_log(self.folder(), &self.me).into();
        }
    }

    /// Writes the steps that can be undone for the next session, if everything is saved.
    pub(crate) fn keep_undo_stack(&self) {
        if !self.may_write() || self.has_unsaved() {
            return;
        }
        // If the log is lost, no work is.
        let log = (&self.undo_stack).into();
        if let Err(error) = project::write_undo_log(self.folder(), &self.me, &log, &self.project) {
            tracing::warn!(%error, "undo stack not kept");
        }
    }

    /// Undoes the latest step.
    pub fn undo(&mut self) {
        let Some(step) = self.undo_stack.take_done() else { return self.notify(words::nothing_to_undo()) };
        let Some(inverse) = self.apply_step(&steps::undo(&step.label), &step) else { return };
        self.restore(step.before.clone());
        self.notify(words::undone(&step.label));
        self.undo_stack.put_undone(UndoStep { edit: inverse, ..step });
    }

    /// Redoes the step that was undone last.
    pub fn redo(&mut self) {
        let Some(step) = self.undo_stack.take_undone() else { return self.notify(words::nothing_to_redo()) };
        let Some(inverse) = self.apply_step(&steps::redo(&step.label), &step) else { return };
        self.restore(step.after.clone());
        self.notify(words::redone(&step.label));
        self.undo_stack.put_done(UndoStep { edit: inverse, ..step });
    }

    /// Applies the edit of a step. Returns its inverse.
    fn apply_step(&mut self, label: &str, step: &UndoStep) -> Option<Edit> {
        match self.apply(label, step.edit.clone()) {
            Ok(inverse) => Some(inverse),
            Err(error) => {
                self.notify_error(words::cannot_undo(&step.label, &error));
                None
            }
        }
    }
}
