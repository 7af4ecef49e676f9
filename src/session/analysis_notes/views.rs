//! Saved views: the user's first, then those of others.

use std::sync::Arc;

use demarche_model::{AnnotatorId, NotesEntry, SavedView, ViewId};

use crate::Session;
use crate::words::{analysis_notes as words, steps};

/// A saved view in the list of all.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SavedViewEntry<'a> {
    /// The person who saved it.
    pub owner: &'a AnnotatorId,
    /// The view.
    pub view: &'a Arc<SavedView>,
    /// True if it is the user's; those of others can't be changed.
    pub is_mine: bool,
}

impl Session {
    /// All saved views: the user's by name, then those of others by person and name. Sorts them: not for every row of a list.
    pub fn saved_views(&self) -> Vec<SavedViewEntry<'_>> {
        let all = self.project.analysis_notes().iter();
        let mut views: Vec<SavedViewEntry<'_>> = all
            .flat_map(|(owner, notes)| {
                let entry = move |view| SavedViewEntry { owner, view, is_mine: *owner == self.me };
                notes.views.values().map(entry)
            })
            .collect();
        views.sort_by_cached_key(|entry| {
            let person = self.project.name_of(entry.owner).to_lowercase();
            let name = entry.view.name.to_lowercase();
            (!entry.is_mine, (!entry.is_mine).then_some(person), name, entry.view.id)
        });
        views
    }

    /// A saved view of anyone, by id; the user's if several have it.
    pub fn saved_view(&self, id: ViewId) -> Option<SavedViewEntry<'_>> {
        let found = |owner| {
            let (owner, notes) = self.project.analysis_notes().get_key_value(owner)?;
            let view = notes.views.get(&id)?;
            Some(SavedViewEntry { owner, view, is_mine: *owner == self.me })
        };
        found(&self.me).or_else(|| self.project.analysis_notes().keys().find_map(found))
    }

    /// A saved view by the name that a filter gives it, ignoring case: the user's, or the only one of others.
    pub fn saved_view_named(&self, name: &str) -> Option<SavedViewEntry<'_>> {
        let name = name.trim().to_lowercase();
        let mut named = self.saved_views();
        named.retain(|entry| entry.view.name.to_lowercase() == name);
        match named.as_slice() {
            [one] => Some(*one),
            [first, ..] if first.is_mine => Some(*first),
            _ => None,
        }
    }

    pub(super) fn save_view(&mut self, view: SavedView) {
        let view = SavedView { name: view.name.trim().to_owned(), ..view };
        let is_saved = self.my_view(view.id).is_some_and(|saved| **saved == view);
        if is_saved || self.refuse_name(&view.name, view.id) {
            return;
        }
        let label = steps::save_view(&view.name);
        self.set_entry(label, NotesEntry::View(view.id, Some(Arc::new(view))));
    }

    pub(super) fn save_view_as(&mut self, view: SavedView) {
        self.save_view(SavedView { id: ViewId(self.env.new_uuid()), ..view });
    }

    pub(super) fn rename_view(&mut self, id: ViewId, name: &str) {
        let name = name.trim();
        let Some(view) = self.my_view(id).filter(|view| view.name != name).cloned() else { return };
        if !self.refuse_name(name, id) {
            let to = Arc::new(SavedView { name: name.to_owned(), ..(*view).clone() });
            self.set_entry(steps::rename_view(name), NotesEntry::View(id, Some(to)));
        }
    }

    pub(super) fn delete_view(&mut self, id: ViewId) {
        let Some(name) = self.my_view(id).map(|view| view.name.clone()) else { return };
        self.set_entry(steps::delete_view(&name), NotesEntry::View(id, None));
    }

    fn my_view(&self, id: ViewId) -> Option<&Arc<SavedView>> {
        self.my_notes()?.views.get(&id)
    }

    /// Refuses a name that another view of the user has: a filter refers to a view by name. Returns whether it did.
    fn refuse_name(&mut self, name: &str, id: ViewId) -> bool {
        let is_taken =
            |view: &Arc<SavedView>| view.id != id && view.name.to_lowercase() == name.to_lowercase();
        let taken = self.my_notes().is_some_and(|notes| notes.views.values().any(is_taken));
        if taken {
            self.notify_error(words::name_taken(name));
        }
        taken
    }
}
