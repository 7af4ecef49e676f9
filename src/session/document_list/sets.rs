//! Sets of documents, which the team shares.

use std::collections::BTreeMap;

use demarche_model::{DocumentId, DocumentSetId, Edit};

use crate::Session;
use crate::words::{document_list as words, steps};

impl Session {
    /// The sets by name, each with the number of its documents. Looks at every document: keep it until
    /// [`Project::list_revision`](demarche_model::Project::list_revision) changes.
    pub fn sets_with_sizes(&self) -> Vec<(DocumentSetId, String, usize)> {
        let mut sizes = BTreeMap::<&DocumentSetId, usize>::new();
        for set in self.project.documents().iter().flat_map(|document| &document.meta.sets) {
            *sizes.entry(set).or_default() += 1;
        }
        let sets = self.project.document_sets().iter();
        let mut sets: Vec<_> = sets
            .map(|(id, name)| (id.clone(), name.clone(), sizes.get(id).copied().unwrap_or_default()))
            .collect();
        sets.sort_by_cached_key(|(id, name, _)| (name.to_lowercase(), id.clone()));
        sets
    }

    /// The reason why a set can't have a name, if there is one.
    pub fn set_name_refusal(&self, name: &str, of: Option<&DocumentSetId>) -> Option<String> {
        let wanted = name.trim().to_lowercase();
        if wanted.is_empty() {
            return Some(words::name_missing().to_owned());
        }
        let mut others = self.project.document_sets().iter().filter(|(id, _)| Some(*id) != of);
        let twin = others.find(|(_, other)| other.trim().to_lowercase() == wanted);
        twin.map(|(_, other)| words::name_taken(other))
    }

    pub(super) fn create_set(&mut self, name: &str, documents: Vec<DocumentId>) {
        let name = name.trim();
        if let Some(why) = self.set_name_refusal(name, None) {
            return self.notify_error(why);
        }
        let edit = self.project.new_document_set(name, documents);
        self.edit(steps::create_set(name), edit);
    }

    pub(super) fn rename_set(&mut self, id: &DocumentSetId, name: &str) {
        let name = name.trim();
        let Some(old) = self.project.document_sets().get(id).cloned().filter(|old| old != name) else {
            return;
        };
        match self.set_name_refusal(name, Some(id)) {
            Some(why) => self.notify_error(why),
            None => {
                let edit = Edit::SetDocumentSet { id: id.clone(), to: Some(name.to_owned()) };
                self.edit(steps::rename_set(&old, name), edit);
            }
        }
    }

    pub(super) fn remove_set(&mut self, id: &DocumentSetId) {
        let Some(name) = self.project.document_sets().get(id).cloned() else { return };
        let edit = self.project.document_set_removal(id);
        self.edit(steps::remove_set(&name), edit);
    }

    pub(super) fn add_to_set(&mut self, id: &DocumentSetId, documents: Vec<DocumentId>) {
        self.set_members(id, documents, true);
    }

    pub(super) fn take_out_of_set(&mut self, id: &DocumentSetId, documents: Vec<DocumentId>) {
        self.set_members(id, documents, false);
    }

    fn set_members(&mut self, id: &DocumentSetId, mut documents: Vec<DocumentId>, are_in: bool) {
        let Some(name) = self.project.document_sets().get(id).cloned() else { return };
        let is_in = |id: &DocumentId, set| self.project.document(id).map(|d| d.meta.sets.contains(set));
        documents.retain(|document| is_in(document, id) == Some(!are_in));
        if documents.is_empty() {
            return self.notify(words::no_member_changed(&name, are_in));
        }
        let what = self.documents_in_words(&documents);
        let label =
            if are_in { steps::add_to_set(&what, &name) } else { steps::take_out_of_set(&what, &name) };
        self.edit(label, Edit::SetMembers { set: id.clone(), documents, are_in });
    }
}
