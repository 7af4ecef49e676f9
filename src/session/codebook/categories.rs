//! Adding, changing and moving categories.

use demarche_model::{Category, CategoryId};

use super::super::Session;
use super::draft::Draft;

impl Session {
    pub(super) fn put_category(&mut self, mut category: Category) {
        let mut draft = Draft::of(self.project.codebook());
        let old = draft.codebook.category(&category.id).cloned();
        if old.is_none() {
            category.id = draft.codebook.free_id(category.id.as_str());
        }
        if let Some(holder) = draft.holder_of_key(category.hotkey, &category.id).filter(|_| !category.retired)
        {
            let told = format!("The key of {} is {}'s already; choose another", category.name, holder.name);
            return self.notify(told);
        }
        if let Some(why) = self.no_such_parent(category.parent.as_ref(), &category.name) {
            return self.notify(why);
        }
        let (id, name, parent) = (category.id.clone(), category.name.clone(), category.parent.clone());
        let moves = parent.is_some() && old.as_ref().is_none_or(|old| old.parent != parent);
        draft.put(category);
        if let Some(parent) = parent.filter(|parent| moves && !draft.codebook.is_descendant(parent, &id)) {
            let before = draft.behind(&parent, &id);
            draft.move_before(&id, before.as_ref());
        }
        let (label, told) = match old {
            None => (format!("add {name}"), format!("Added: {name}")),
            Some(old) if old.name != name => {
                (format!("rename {} to {name}", old.name), format!("{} is called {name} now", old.name))
            }
            Some(_) => (format!("change {name}"), format!("Changed: {name}")),
        };
        if !draft.edits.is_empty() {
            self.change(label, draft.edits, told);
        }
    }

    fn no_such_parent(&self, parent: Option<&CategoryId>, name: &str) -> Option<String> {
        let missing = parent.filter(|parent| self.project.codebook().category(parent).is_none())?;
        Some(format!("{name} can't stand under {missing}, which is no category; choose another"))
    }

    /// Moves a category with all that stands below it.
    pub(super) fn move_category(
        &mut self,
        id: &CategoryId,
        before: Option<CategoryId>,
        parent: Option<CategoryId>,
    ) {
        let mut draft = Draft::of(self.project.codebook());
        let Some(name) = draft.codebook.category(id).map(|category| category.name.clone()) else { return };
        if let Some(why) = self.no_such_parent(parent.as_ref(), &name) {
            return self.notify(why);
        }
        let inside = draft.block(id);
        if parent.as_ref().is_some_and(|parent| inside.contains(parent)) {
            return self.notify(format!("{name} can't stand under itself"));
        }
        // Before something that moves along: it stays in its place.
        let stays = before.as_ref().is_some_and(|before| inside.contains(before));
        let before = match (&parent, before) {
            (Some(parent), None) => draft.behind(parent, id),
            (_, before) => before,
        };
        draft.change(id, |category| category.parent = parent);
        if !stays {
            draft.move_before(id, before.as_ref());
        }
        match draft.edits.is_empty() {
            true => self.notify(format!("{name} stands there already")),
            false => {
                self.change(format!("move {name}"), draft.edits, format!("Moved: {name}"));
            }
        }
    }
}
