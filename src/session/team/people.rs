//! The people of a project: names, roles, assigned documents and blind coding.

use demarche_model::{Annotator, AnnotatorId, DocumentId, Edit, Status};

use crate::Session;
use crate::words::{steps, team as words};

/// A person's progress with their documents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Workload {
    /// Number of assigned documents.
    pub assigned: usize,
    /// Number of those that they are done with, counting only documents in memory.
    pub done: usize,
    /// Number of passages they have tagged in all documents.
    pub passages: usize,
    /// Number of their decisions and answers.
    pub decisions: usize,
}

impl Session {
    /// Returns whether a document is assigned to the user.
    pub fn is_assigned_to_me(&self, document: &DocumentId) -> bool {
        self.project.annotator(&self.me).is_none_or(|me| me.is_assigned(document))
    }

    /// Returns whether the user has been assigned some of the documents, rather than all.
    pub fn has_assignments(&self) -> bool {
        self.project.annotator(&self.me).is_some_and(|me| !me.documents.is_all())
    }

    /// A person's progress. Looks at every document: call it for a dialog, not in every frame.
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

    /// The reason why a person can't be removed from the project, if there is one.
    pub fn removal_refusal(&self, person: &Annotator) -> Option<&'static str> {
        if person.id == self.me {
            return Some(words::this_is_you());
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
        let has_notes = self.project.analysis_notes_of(&person.id).is_some()
            || self.project.unreadable_notes_of(&person.id).next().is_some();
        let works = work.decisions > 0 || has_layer || has_notes || listed.any(|id| *id == person.id);
        works.then_some(words::has_work())
    }

    /// The reason why the user can't change roles, assignments and blind coding: the project has leads, and they are not
    /// one.
    pub fn leading_refusal(&self) -> Option<&'static str> {
        (!self.project.may_lead(&self.me)).then_some(words::not_a_lead())
    }

    /// Changes people, or adds new ones, as one step.
    pub(crate) fn set_people(&mut self, people: Vec<Annotator>) {
        let known = self.project.annotators();
        let mut edits = Vec::new();
        for person in people.into_iter().filter(|person| !person.name.trim().is_empty()) {
            let at = known.iter().position(|old| old.id == person.id);
            if at.is_none_or(|at| known[at] != person) {
                let position = at.unwrap_or(known.len() + edits.len());
                let is_new = at.is_none() && person.key.is_none();
                let person = match is_new {
                    true => self.project.with_first_key(person, self.env.new_person_key()),
                    false => person,
                };
                edits.push(Edit::SetAnnotator { id: person.id.clone(), to: Some((position, person)) });
            }
        }
        let label = match edits.as_slice() {
            [] => return,
            [Edit::SetAnnotator { to: Some((_, person)), .. }] => steps::change_person(&person.name),
            _ => steps::change_people().to_owned(),
        };
        self.edit(label, Edit::Batch(edits));
    }

    pub(crate) fn remove_person(&mut self, id: &AnnotatorId) {
        let Some(person) = self.project.annotator(id).cloned() else { return };
        match self.removal_refusal(&person) {
            Some(why) => self.notify(why),
            None => {
                let edit = Edit::SetAnnotator { id: id.clone(), to: None };
                self.edit(steps::remove_person(&person.name), edit);
            }
        }
    }

    pub(crate) fn set_blind(&mut self, to: bool) {
        if to != self.project.is_blind() {
            self.edit(steps::set_blind(to), Edit::SetBlind { to });
        }
    }
}
