//! Undo and redo of the latest 10,000 steps, also after the project is closed and opened again. A step holds its
//! inverse edit, and the user's view before and after.

use std::sync::Arc;

use demarche_io::project::UNDO_STEPS;
use demarche_model::{Edit, NotesEntry};
use imbl::Vector;

use crate::words::{history as words, steps};
use crate::{Session, ViewState};

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
    /// Returns whether another step with the same name changes the same span or memo.
    fn is_like(&self, other: &Self) -> bool {
        match (&self.edit, &other.edit) {
            (Edit::SetSpan { layer, id, .. }, Edit::SetSpan { layer: other_layer, id: other_id, .. }) => {
                self.label == other.label && layer == other_layer && id == other_id
            }
            (
                Edit::SetNotesEntry { owner, to: NotesEntry::Memo(subject, _) },
                Edit::SetNotesEntry { owner: other_owner, to: NotesEntry::Memo(other_subject, _) },
            ) => self.label == other.label && owner == other_owner && subject == other_subject,
            _ => false,
        }
    }
}

/// A way to add a step to the undo stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Recording {
    /// As a step of its own.
    NewStep,
    /// As part of the latest step if that has the same label and span or memo: typing a note is one step.
    Continued,
}

/// The steps that can be undone and redone. Cheap to clone.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct UndoStack {
    pub(super) done: Vector<Arc<UndoStep>>,
    pub(super) undone: Vector<Arc<UndoStep>>,
    /// The number of changes in this session.
    pub(super) changes: u64,
}

impl UndoStack {
    /// The name of the step to undo next.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    /// The name of the step to redo next.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// The names of the steps that can be undone, latest first.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.done.iter().rev().map(|step| step.label.as_str())
    }

    /// The number of changes in this session; undo and redo count too.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// Adds a step that was just done.
    pub(crate) fn push(&mut self, step: UndoStep, recording: Recording) {
        self.changes += 1;
        match self.done.back_mut() {
            Some(last)
                if recording == Recording::Continued && self.undone.is_empty() && last.is_like(&step) =>
            {
                Arc::make_mut(last).after = step.after;
            }
            _ => {
                self.undone.clear();
                self.put_done(step);
            }
        }
    }

    /// Removes all steps.
    pub(crate) fn clear(&mut self) {
        *self = Self { changes: self.changes + 1, ..Self::default() };
    }

    /// Adds the steps of an earlier session below those of this one. If there are any of this one, those that were undone
    /// before it can't be redone.
    pub(super) fn add_earlier(&mut self, earlier: Self) {
        let Self { mut done, undone, .. } = earlier;
        done.append(std::mem::take(&mut self.done));
        self.done = done.skip(done.len().saturating_sub(UNDO_STEPS));
        if self.changes == 0 {
            self.undone = undone;
        }
    }

    fn take_done(&mut self) -> Option<Arc<UndoStep>> {
        let step = self.done.pop_back();
        self.changes += u64::from(step.is_some());
        step
    }

    fn take_undone(&mut self) -> Option<Arc<UndoStep>> {
        let step = self.undone.pop_back();
        self.changes += u64::from(step.is_some());
        step
    }

    fn put_done(&mut self, step: UndoStep) {
        if self.done.len() >= UNDO_STEPS {
            self.done.pop_front();
        }
        self.done.push_back(Arc::new(step));
    }

    fn put_undone(&mut self, step: UndoStep) {
        self.undone.push_back(Arc::new(step));
    }
}

impl Session {
    /// Undoes the latest step.
    pub fn undo(&mut self) {
        let next = self.undo_stack.done.last().cloned();
        if next.is_some_and(|step| !self.is_unlocked(&step.edit)) {
            // Older steps are about other documents, too, and only the lead opens this one.
            if !self.project.may_reopen(&self.me) {
                self.undo_stack.take_done();
            }
            return;
        }
        let Some(step) = self.undo_stack.take_done() else { return self.notify(words::nothing_to_undo()) };
        let Some(inverse) = self.apply_step(&steps::undo(&step.label), &step) else { return };
        self.restore(step.before.clone());
        self.notify(words::undone(&step.label));
        self.undo_stack.put_undone(UndoStep { edit: inverse, ..(*step).clone() });
    }

    /// Redoes the step that was undone last.
    pub fn redo(&mut self) {
        let next = self.undo_stack.undone.last().cloned();
        if next.is_some_and(|step| !self.is_unlocked(&step.edit)) {
            if !self.project.may_reopen(&self.me) {
                self.undo_stack.take_undone();
            }
            return;
        }
        let Some(step) = self.undo_stack.take_undone() else { return self.notify(words::nothing_to_redo()) };
        let Some(inverse) = self.apply_step(&steps::redo(&step.label), &step) else { return };
        self.restore(step.after.clone());
        self.notify(words::redone(&step.label));
        self.undo_stack.put_done(UndoStep { edit: inverse, ..(*step).clone() });
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
