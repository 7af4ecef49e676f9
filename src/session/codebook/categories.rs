//! Adding, changing and moving categories.

use demarche_model::{Category, CategoryId};

use super::super::Session;
use super::draft::Draft;
use crate::words::{codebook as words, steps};

impl Session {
    pub(super) fn put_category(&mut self, mut category: Category) {
        let mut draft = Draft::new(self.project.codebook());
        let old = draft.codebook.category(&category.id).cloned();
        if old.is_none() {
            category.id = draft.codebook.free_id(category.id.as_str());
        }
        if let Some(holder) = draft.holder_of_key(category.hotkey, &category.id).filter(|_| !category.retired)
        {
            let notice = words::key_taken(&category.name, &holder.name);
            return self.notify(notice);
        }
        if let Some(why) = self.no_such_parent(category.parent.as_ref(), &category.name) {
            return self.notify(why);
        }
        let (id, name, parent) = (category.id.clone(), category.name.clone(), category.parent.clone());
        let moves = parent.is_some() && old.as_ref().is_none_or(|old| old.parent != parent);
        draft.put(category);
        if let Some(parent) = parent.filter(|parent| moves && !draft.codebook.is_descendant(parent, &id)) {
            let before = draft.next_after(&parent, &id);
            draft.move_before(&id, before.as_ref());
        }
        let old = old.as_ref().map(|old| old.name.as_str());
        let notice = match old {
            None => words::added(&name),
            Some(old) if old != name => words::renamed(old, &name),
            Some(_) => words::changed(&name),
        };
        if !draft.edits.is_empty() {
            self.change(steps::put_category(old, &name), draft.edits, notice);
        }
    }

    fn no_such_parent(&self, parent: Option<&CategoryId>, name: &str) -> Option<String> {
        let missing = parent.filter(|parent| self.project.codebook().category(parent).is_none())?;
        Some(words::no_such_parent(name, missing.as_str()))
    }

    /// Moves a category with its descendants.
    pub(super) fn move_category(
        &mut self,
        id: &CategoryId,
        before: Option<CategoryId>,
        parent: Option<CategoryId>,
    ) {
        let mut draft = Draft::new(self.project.codebook());
        let Some(name) = draft.codebook.category(id).map(|category| category.name.clone()) else { return };
        if let Some(why) = self.no_such_parent(parent.as_ref(), &name) {
            return self.notify(why);
        }
        let inside = draft.block(id);
        if parent.as_ref().is_some_and(|parent| inside.contains(parent)) {
            return self.notify(words::under_itself(&name));
        }
        // A position before one of its own descendants is where it is now.
        let stays = before.as_ref().is_some_and(|before| inside.contains(before));
        let before = match (&parent, before) {
            (Some(parent), None) => draft.next_after(parent, id),
            (_, before) => before,
        };
        draft.change(id, |category| category.parent = parent);
        if !stays {
            draft.move_before(id, before.as_ref());
        }
        match draft.edits.is_empty() {
            true => self.notify(words::already_there(&name)),
            false => {
                self.change(steps::move_category(&name), draft.edits, words::moved(&name));
            }
        }
    }
}
