//! The people of a project: names, roles, who reads what, and whether annotators work blind.

use demarche_model::{Annotator, AnnotatorId, DocumentId, Edit, Role, Status};

use crate::Session;

/// How far somebody is with what they are to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Workload {
    /// Documents they are to read.
    pub assigned: usize,
    /// Those of them that they are done with, as far as documents have been read.
    pub done: usize,
    /// Passages they have tagged, in whatever document.
    pub passages: usize,
    /// Decisions and answers they have written.
    pub decisions: usize,
}

impl Session {
    /// Whether the user is to read this document.
    pub fn is_assigned_to_me(&self, document: &DocumentId) -> bool {
        self.project.annotator(&self.me).is_none_or(|me| me.is_assigned(document))
    }

    /// Whether documents were assigned to the user, so that others are not theirs to read.
    pub fn has_assignments(&self) -> bool {
        self.project.annotator(&self.me).is_some_and(|me| !me.documents.is_empty())
    }

    /// How far somebody is. Looks at every document, so that it is for a dialog, not for every frame.
    pub fn workload(&self, person: &Annotator) -> Workload {
        let mut load = Workload::default();
        for document in self.project.documents() {
            let layer = document.layer(&person.id);
            load.passages += layer.map_or(0, |layer| layer.len());
            load.decisions += document.reviews.get(&person.id).map_or(0, |review| review.decisions.len());
            if person.is_assigned(document.id()) {
                load.assigned += 1;
                load.done += usize::from(layer.is_some_and(|layer| layer.status() == Status::Done));
            }
        }
        load
    }

    /// Why somebody can't be taken out of the project, if so.
    pub fn removal_refusal(&self, person: &Annotator) -> Option<&'static str> {
        if person.id == self.me {
            return Some("This is you; work as somebody else first");
        }
        let unread = self.project.documents().iter().filter(|document| !document.is_loaded());
        let mut listed = unread.flat_map(|document| {
            self.files
                .listing()
                .annotators(document.id())
                .chain(self.files.listing().reviewers(document.id()))
        });
        let work = self.workload(person);
        let documents = self.project.documents();
        let has_layer = documents.iter().any(|document| document.layer(&person.id).is_some());
        let works = work.decisions > 0 || has_layer || listed.any(|id| *id == person.id);
        works.then_some("They have tagged or decided something, which stays theirs")
    }

    /// Why the user can't change roles, assignments and blindness, if so: there is a lead, and it is somebody else.
    pub fn leading_refusal(&self) -> Option<&'static str> {
        let led = self.project.annotators().iter().any(|person| person.role == Role::Lead);
        let may = !led || self.project.role(&self.me) == Role::Lead;
        (!may).then_some("Only a lead changes roles, assignments and blind work")
    }

    /// Changes people, or adds those who are new, as one step.
    pub(crate) fn set_people(&mut self, people: Vec<Annotator>) {
        let known = self.project.annotators();
        let mut edits = Vec::new();
        for person in people.into_iter().filter(|person| !person.name.trim().is_empty()) {
            let at = known.iter().position(|old| old.id == person.id);
            if at.is_none_or(|at| known[at] != person) {
                let place = at.unwrap_or(known.len() + edits.len());
                edits.push(Edit::SetAnnotator { id: person.id.clone(), to: Some((place, person)) });
            }
        }
        let label = match edits.as_slice() {
            [] => return,
            [Edit::SetAnnotator { to: Some((_, person)), .. }] => format!("change {}", person.name),
            _ => "change people".to_owned(),
        };
        self.edit(label, Edit::Batch(edits));
    }

    pub(crate) fn remove_person(&mut self, id: &AnnotatorId) {
        let Some(person) = self.project.annotator(id).cloned() else { return };
        match self.removal_refusal(&person) {
            Some(why) => self.notify(why),
            None => {
                let edit = Edit::SetAnnotator { id: id.clone(), to: None };
                self.edit(format!("remove {}", person.name), edit);
            }
        }
    }

    pub(crate) fn set_blind(&mut self, to: bool) {
        if to != self.project.is_blind() {
            self.edit(if to { "work blind" } else { "work openly" }, Edit::SetBlind { to });
        }
    }
}

/// Spreads documents over people so that each is read by `overlap` of them (at least one, at most all), everybody gets the
/// same number give or take one, and neighbours in the list differ in who reads them.
pub fn distribute_documents(
    documents: &[DocumentId],
    people: &[AnnotatorId],
    overlap: usize,
) -> Vec<Vec<DocumentId>> {
    let mut out = vec![Vec::new(); people.len()];
    let overlap = overlap.clamp(1, people.len().max(1));
    let mut next = 0;
    for document in documents.iter().filter(|_| !people.is_empty()) {
        for _ in 0..overlap {
            out[next % people.len()].push(document.clone());
            next += 1;
        }
    }
    out
}
