//! Marker mode: every selection is tagged with one category, until the mode ends.

use std::sync::Arc;

use demarche_model::{Category, CategoryId};

use crate::words::annotate as words;
use crate::{Screen, Session};

impl Session {
    /// The category of marker mode; `None` outside the mode, which exists only on the Annotate screen.
    pub fn marker(&self) -> Option<&Arc<Category>> {
        let category = self.project.codebook().category(self.tagging.marker()?)?;
        let is_usable = self.screen() == Screen::Annotate && self.read_only().is_none() && !category.retired;
        is_usable.then_some(category)
    }

    /// The category with which Enter tags selected words: that of marker mode, or the one used last.
    pub fn next_category(&self) -> Option<&CategoryId> {
        self.marker().map(|category| &category.id).or(self.tagging.last_category())
    }

    /// The category that a command without a choice is about: that of the current passage, or the one that Enter tags with.
    pub fn category_at_hand(&self) -> Option<&CategoryId> {
        let current = self.current().and_then(|at| self.project.span(at)).map(|span| &span.category);
        let next = self.next_category();
        current.or(next).filter(|id| self.project.codebook().category(id).is_some())
    }

    /// Ends marker mode, or starts it with the category used last, or the first one.
    pub fn toggle_marker(&mut self) {
        if self.end_marker() {
            return;
        }
        let codebook = self.project.codebook();
        let is_open = |id: &CategoryId| codebook.category(id).is_some_and(|category| !category.retired);
        let last = self.tagging.last_category().filter(|id| is_open(id)).cloned();
        let first = || codebook.categories.iter().find(|category| !category.retired).map(|c| c.id.clone());
        let category = last.or_else(first);
        self.set_marker(category);
    }

    /// Starts marker mode with a category, or ends it.
    pub(crate) fn set_marker(&mut self, category: Option<CategoryId>) {
        let Some(category) = category else {
            self.end_marker();
            return;
        };
        let Some(found) = self.project.codebook().category(&category).cloned() else { return };
        if found.retired {
            return self.notify(words::retired(&found.name));
        }
        self.tagging.set_marker(Some(category));
        self.notify(words::marker(&found.name));
    }

    /// Ends marker mode. Returns whether it was on.
    pub(crate) fn end_marker(&mut self) -> bool {
        let was_on = self.marker().is_some();
        self.tagging.set_marker(None);
        was_on
    }
}
