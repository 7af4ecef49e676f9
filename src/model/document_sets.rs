//! Sets of documents, and the order of the list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Applied, Document, DocumentId, DocumentSetId, Edit, EditError, Project, slug};

impl Project {
    /// The documents of a set, in the order of the list.
    pub fn members<'a>(&'a self, set: &'a DocumentSetId) -> impl Iterator<Item = &'a Arc<Document>> {
        self.documents.iter().filter(move |document| document.meta.sets.contains(set))
    }

    /// The set with an id or, ignoring case, a name.
    pub fn document_set_named(&self, name: &str) -> Option<DocumentSetId> {
        let wanted = name.trim().to_lowercase();
        let by_id = self.document_sets.keys().find(|id| id.as_str() == name);
        let named = || self.document_sets.iter().find(|(_, known)| known.trim().to_lowercase() == wanted);
        by_id.or_else(|| named().map(|(id, _)| id)).cloned()
    }

    /// The edit that adds a set with these documents, under a readable id that no other set has.
    ///
    /// ```
    /// use demarche_model::{Codebook, Project};
    ///
    /// let mut project = Project::new("Harbour talks", Codebook::default());
    /// project.apply(project.new_document_set("Round one", Vec::new())).unwrap();
    /// assert_eq!(project.document_set_named("round ONE"), Some("round-one".into()));
    /// ```
    pub fn new_document_set(&self, name: &str, documents: Vec<DocumentId>) -> Edit {
        let id = self.free_document_set_id(name, &[]);
        let mut edits = vec![Edit::SetDocumentSet { id: id.clone(), to: Some(name.to_owned()) }];
        if !documents.is_empty() {
            edits.push(Edit::SetMembers { set: id, documents, are_in: true });
        }
        Edit::Batch(edits)
    }

    /// The edits that put documents into the sets with these names, which are created if the project lacks them.
    pub fn joining_document_sets(&self, wanted: &[(String, Vec<DocumentId>)]) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut new: Vec<(DocumentSetId, String)> = Vec::new();
        for (name, documents) in wanted {
            let lower = name.trim().to_lowercase();
            let is_same = |(_, known): &&(DocumentSetId, String)| known.to_lowercase() == lower;
            let known = self.document_set_named(name);
            let set =
                known.or_else(|| new.iter().find(is_same).map(|(id, _)| id.clone())).unwrap_or_else(|| {
                    let id = self.free_document_set_id(name, &new);
                    let name = name.trim().to_owned();
                    edits.push(Edit::SetDocumentSet { id: id.clone(), to: Some(name.clone()) });
                    new.push((id.clone(), name));
                    id
                });
            edits.push(Edit::SetMembers { set, documents: documents.clone(), are_in: true });
        }
        edits
    }

    /// The edit that removes a set; its documents stay.
    pub fn document_set_removal(&self, id: &DocumentSetId) -> Edit {
        let documents: Vec<DocumentId> = self.members(id).map(|document| document.id().clone()).collect();
        let mut edits = Vec::new();
        if !documents.is_empty() {
            edits.push(Edit::SetMembers { set: id.clone(), documents, are_in: false });
        }
        edits.push(Edit::SetDocumentSet { id: id.clone(), to: None });
        Edit::Batch(edits)
    }

    /// An id that is of no set, nor of one that only a document names, nor of the new ones.
    fn free_document_set_id(&self, name: &str, new: &[(DocumentSetId, String)]) -> DocumentSetId {
        let base = slug(name, "set");
        let is_taken = |id: &DocumentSetId| {
            self.document_sets.contains_key(id)
                || self.members(id).next().is_some()
                || new.iter().any(|(other, _)| other == id)
        };
        let names = std::iter::once(base.clone()).chain((2..u64::MAX).map(|n| format!("{base}-{n}")));
        let mut free = names.map(DocumentSetId::new).filter(|id| !is_taken(id));
        // There are fewer sets than numbers, so one is always free.
        free.next().unwrap_or_else(|| DocumentSetId::new(&base))
    }

    pub(super) fn set_document_set(
        &mut self,
        id: DocumentSetId,
        to: Option<String>,
    ) -> Result<Applied, EditError> {
        if id.as_str().trim().is_empty() {
            return Err(EditError::EmptyId);
        }
        if to.as_ref().is_some_and(|name| name.trim().is_empty()) {
            return Err(EditError::EmptyName);
        }
        if to.is_none() && self.members(&id).next().is_some() {
            return Err(EditError::DocumentSetInUse(id));
        }
        let sets = Arc::make_mut(&mut self.document_sets);
        let is_removal = to.is_none();
        let old = match to {
            Some(name) => sets.insert(id.clone(), name),
            None => sets.remove(&id),
        };
        if is_removal && old.is_none() {
            return Err(EditError::Missing(id.to_string()));
        }
        Ok(self.project_changed(Edit::SetDocumentSet { id, to: old }))
    }

    /// Puts documents into a set or takes them out. The inverse names those of which that was not true before.
    pub(super) fn set_members(
        &mut self,
        set: DocumentSetId,
        documents: Vec<DocumentId>,
        are_in: bool,
    ) -> Result<Applied, EditError> {
        if are_in && !self.document_sets.contains_key(&set) {
            return Err(EditError::NoDocumentSet(set));
        }
        if let Some(unknown) = documents.iter().find(|id| self.position(id).is_none()) {
            return Err(EditError::NoDocument(unknown.clone()));
        }
        let mut changed = Vec::with_capacity(documents.len());
        for id in documents {
            if self.document(&id).is_none_or(|document| document.meta.sets.contains(&set) == are_in) {
                continue;
            }
            let Some(document) = self.document_mut(&id) else { continue };
            if are_in {
                document.meta.sets.insert(set.clone());
            } else {
                document.meta.sets.remove(&set);
            }
            changed.push(id);
        }
        Ok(self.project_changed(Edit::SetMembers { set, documents: changed, are_in: !are_in }))
    }

    /// Moves documents. The inverse moves the same documents back.
    pub(super) fn move_documents(&mut self, to: Vec<(usize, DocumentId)>) -> Result<Applied, EditError> {
        let mut from = Vec::with_capacity(to.len());
        for (_, id) in &to {
            let at = self.position(id).ok_or_else(|| EditError::NoDocument(id.clone()))?;
            from.push((at, id.clone()));
        }
        let places: BTreeSet<usize> = to.iter().map(|(at, _)| *at).collect();
        let moved: BTreeSet<usize> = from.iter().map(|(at, _)| *at).collect();
        let is_inside = places.last().is_none_or(|last| *last < self.documents.len());
        if places.len() < to.len() || moved.len() < to.len() || !is_inside {
            return Err(EditError::BadPositions);
        }
        let first = places.first().into_iter().chain(moved.first()).min().copied();
        self.reorder(&to, &moved);
        if let Some(first) = first {
            self.renumber(first);
        }
        Ok(self.project_changed(Edit::MoveDocuments { to: from }))
    }

    /// Takes the documents at some positions out of the list and inserts them where they belong.
    fn reorder(&mut self, to: &[(usize, DocumentId)], moved: &BTreeSet<usize>) {
        let at_place: BTreeMap<usize, Arc<Document>> =
            to.iter().filter_map(|(at, id)| Some((*at, self.document(id)?.clone()))).collect();
        let all = self.documents.iter().enumerate();
        let mut rest = all.filter(|(at, _)| !moved.contains(at)).map(|(_, document)| document.clone());
        let mut place = |at| at_place.get(&at).cloned().or_else(|| rest.next());
        self.documents = (0..self.documents.len()).filter_map(&mut place).collect();
    }

    /// Sorts the list as another copy of the project has it. A document that the other copy lacks stays behind the one that
    /// it follows now.
    pub(super) fn take_order(&mut self, of: &[Arc<Document>]) {
        let listed: Vec<DocumentId> = of.iter().map(|document| document.id().clone()).collect();
        let now: Vec<DocumentId> = self.documents.iter().map(|document| document.id().clone()).collect();
        let order = merged_with(&now, &listed);
        if order != now {
            self.documents = order.iter().filter_map(|id| self.document(id).cloned()).collect();
            self.renumber(0);
        }
    }
}

/// The ids of `listed` in their order, each followed by those that only `now` has and that follow it there.
fn merged_with(now: &[DocumentId], listed: &[DocumentId]) -> Vec<DocumentId> {
    let known: BTreeSet<&DocumentId> = listed.iter().collect();
    let mut after: BTreeMap<Option<&DocumentId>, Vec<&DocumentId>> = BTreeMap::new();
    let mut anchor = None;
    for id in now {
        if known.contains(id) {
            anchor = Some(id);
        } else {
            after.entry(anchor).or_default().push(id);
        }
    }
    let anchors = std::iter::once(None).chain(listed.iter().map(Some));
    let with_followers = anchors.flat_map(|anchor| {
        anchor.into_iter().chain(after.get(&anchor).into_iter().flatten().copied()).collect::<Vec<_>>()
    });
    with_followers.cloned().collect()
}

/// Returns the edit that brings a list into the order of another list of the same documents, if it is not in it.
pub(super) fn order_edit(now: &[DocumentId], to: &[DocumentId]) -> Option<Edit> {
    let differs = |at: &usize| now.get(*at) != to.get(*at);
    let first = (0..to.len()).find(differs)?;
    let last = (0..to.len()).rev().find(differs)?;
    let window = to.iter().cloned().enumerate().take(last + 1).skip(first);
    Some(Edit::MoveDocuments { to: window.collect() })
}

#[cfg(test)]
#[path = "document_sets_tests.rs"]
mod tests;
