//! Undo and redo, without limit. A step holds the edit that leads to the other side of it, and where the user was.

use demarche_model::Edit;

use crate::Place;

/// One thing that the user did.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// Its name for menus, such as "tag as Threat".
    pub label: String,
    /// The edit that takes it back (or, among what was undone, brings it back).
    pub edit: Edit,
    /// Where the user was before.
    pub before: Place,
    /// Where the user was after.
    pub after: Place,
}

/// Where the history stood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    steps: usize,
    label: String,
}

impl Mark {
    /// The name of the step that was the latest.
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// What was done, and what was taken back and can be done again.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Notes a step just done. What was undone before is gone.
    pub fn push(&mut self, step: Step) {
        self.undone.clear();
        self.done.push(step);
    }

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

    /// Adds to the latest step instead of noting a new one, if that has this label and `same` holds for it; so that
    /// typing a note is one step. Says whether it was so.
    pub(crate) fn merge(&mut self, label: &str, after: &Place, same: impl FnOnce(&Edit) -> bool) -> bool {
        if !self.undone.is_empty() {
            return false;
        }
        let Some(last) = self.done.last_mut() else { return false };
        let merged = last.label == label && same(&last.edit);
        if merged {
            last.after = after.clone();
        }
        merged
    }

    /// How many steps have been done, with the name of the latest.
    pub(crate) fn mark(&self) -> Mark {
        Mark { steps: self.done.len(), label: self.undo_label().unwrap_or_default().to_owned() }
    }

    /// Makes one step of the two latest ones, if the earlier one is that of the mark: a file whose parts come in one after
    /// the other is one import.
    pub(crate) fn join(&mut self, mark: &Mark, label: String) {
        let follows = self.done.len() == mark.steps + 1
            && self.done.iter().nth_back(1).is_some_and(|earlier| earlier.label == mark.label);
        if !follows {
            return;
        }
        if let (Some(later), Some(earlier)) = (self.done.pop(), self.done.pop()) {
            let edit = Edit::Batch(vec![later.edit, earlier.edit]);
            self.done.push(Step { label, edit, before: earlier.before, after: later.after });
        }
    }

    pub(crate) fn take_done(&mut self) -> Option<Step> {
        self.done.pop()
    }

    pub(crate) fn take_undone(&mut self) -> Option<Step> {
        self.undone.pop()
    }

    pub(crate) fn put_done(&mut self, step: Step) {
        self.done.push(step);
    }

    pub(crate) fn put_undone(&mut self, step: Step) {
        self.undone.push(step);
    }
}
