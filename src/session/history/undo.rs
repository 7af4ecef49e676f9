//! Undo and redo, without limit. A step holds the edit that leads to the other side of it, and where the user was.

use demarche_model::Edit;

use crate::{Session, ViewState};

/// One thing that the user did.
#[derive(Clone, PartialEq, Debug)]
pub struct UndoStep {
    /// Its name for menus, such as "tag as Threat".
    pub label: String,
    /// The edit that takes it back (or, among what was undone, brings it back).
    pub edit: Edit,
    /// Where the user was before.
    pub before: ViewState,
    /// Where the user was after.
    pub after: ViewState,
}

impl UndoStep {
    /// Whether another step changes the same span under the same name.
    fn is_like(&self, other: &Self) -> bool {
        match (&self.edit, &other.edit) {
            (Edit::SetSpan { layer, id, .. }, Edit::SetSpan { layer: other_layer, id: other_id, .. }) => {
                self.label == other.label && layer == other_layer && id == other_id
            }
            _ => false,
        }
    }
}

/// How a step goes onto the undo stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Recording {
    /// As a step of its own.
    NewStep,
    /// As part of the latest step, if that changed the same span under the same label: typing a note is one step.
    Continued,
}

/// What was done, and what was taken back and can be done again.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct UndoStack {
    done: Vec<UndoStep>,
    undone: Vec<UndoStep>,
}

impl UndoStack {
    /// The name of the step that undo takes back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    /// The name of the step that redo brings back.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// Names of the steps done, latest first.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.done.iter().rev().map(|step| step.label.as_str())
    }

    /// Adds a step that was just done.
    pub(crate) fn push(&mut self, step: UndoStep, recording: Recording) {
        match self.done.last_mut() {
            Some(last)
                if recording == Recording::Continued && self.undone.is_empty() && last.is_like(&step) =>
            {
                last.after = step.after;
            }
            _ => {
                self.undone.clear();
                self.done.push(step);
            }
        }
    }

    fn take_done(&mut self) -> Option<UndoStep> {
        self.done.pop()
    }

    fn take_undone(&mut self) -> Option<UndoStep> {
        self.undone.pop()
    }

    fn put_done(&mut self, step: UndoStep) {
        self.done.push(step);
    }

    fn put_undone(&mut self, step: UndoStep) {
        self.undone.push(step);
    }
}

impl Session {
    /// Takes the latest step back.
    pub fn undo(&mut self) {
        let Some(step) = self.undo_stack.take_done() else { return self.notify("Nothing to undo") };
        let Some(inverse) = self.apply_step("undo", &step) else { return };
        self.restore(step.before.clone());
        self.notify(format!("Undone: {}", step.label));
        self.undo_stack.put_undone(UndoStep { edit: inverse, ..step });
    }

    /// Brings the step back that was taken back last.
    pub fn redo(&mut self) {
        let Some(step) = self.undo_stack.take_undone() else { return self.notify("Nothing to redo") };
        let Some(inverse) = self.apply_step("redo", &step) else { return };
        self.restore(step.after.clone());
        self.notify(format!("Done again: {}", step.label));
        self.undo_stack.put_done(UndoStep { edit: inverse, ..step });
    }

    /// Applies the edit of a step. Returns the edit to the other side of it.
    fn apply_step(&mut self, way: &str, step: &UndoStep) -> Option<Edit> {
        match self.apply(&format!("{way}: {}", step.label), step.edit.clone()) {
            Ok(inverse) => Some(inverse),
            Err(error) => {
                self.notify_error(format!("\"{}\" can't be undone or redone: {error}.", step.label));
                None
            }
        }
    }
}
