//! Comparing: where annotators differ, and what adjudication makes of it.
//!
//! What is known of documents ([`known`]) follows the project at a distance: an edit notes which documents have changed,
//! and these are looked at anew where the screen is shown, short ones at once and the others by a job. Where one stands is
//! the picked span and the passage that it belongs to; there is no other state of it, so that undo brings it back.

mod filter;
mod known;
mod settle;
mod spans;
mod walk;
mod words;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Role, Status, Touch};

use super::{Screen, Session, Shown};
use known::Known;

pub use filter::{DifferenceFilter, DifferenceRow};
pub use known::{Compared, Tally};
pub use settle::Settling;

/// Spans of a document that are compared between two frames; more are left to a job.
const AT_ONCE: usize = 4_000;

/// Documents whose results a job hands over together.
const CHUNK: usize = 64;

/// A wish that concerns how annotators differ.
#[derive(Clone, PartialEq, Debug)]
pub enum CompareAction {
    /// Chooses whom to compare; everybody for `None`.
    People(Option<Vec<AnnotatorId>>),
    /// Chooses which differences are listed.
    Filter(DifferenceFilter),
    /// Goes to a passage of the document that is shown, by its number in the comparison.
    GoTo(usize),
    /// Settles the difference at which the user stands.
    Settle(Settling),
    /// Puts into the consensus what all agree on: in the document that is shown, or in all.
    TakeAgreed { everywhere: bool },
}

/// What is known of where annotators differ.
#[derive(Default)]
pub(super) struct Comparing {
    /// Whom to compare; everybody where nobody was chosen.
    chosen: Option<Vec<AnnotatorId>>,
    filter: DifferenceFilter,
    known: HashMap<DocumentId, Known>,
    tally: Tally,
    /// Documents that have changed since they were looked at.
    stale: BTreeSet<DocumentId>,
    /// The revision of people and documents that is known, and who has looked; `None` to begin anew.
    lists: Option<(u64, AnnotatorId)>,
    under_way: bool,
    /// What was to be compared when the user stopped it; anything else is compared again.
    stopped: Option<Wanted>,
    /// Moves on whenever something is known anew.
    serial: u64,
    rows: Vec<DifferenceRow>,
    rows_of: Option<(DocumentId, u64)>,
}

/// What the screen wants to be compared.
#[derive(PartialEq)]
struct Wanted {
    people: Vec<AnnotatorId>,
    document: Option<DocumentId>,
    revision: u64,
}

impl Comparing {
    fn put(&mut self, id: DocumentId, known: Known) {
        self.serial += 1;
        self.tally.add(known.compared.tally());
        if let Some(before) = self.known.insert(id, known) {
            self.tally.take(before.compared.tally());
        }
    }

    fn leave(&mut self, id: &DocumentId) {
        if let Some(before) = self.known.remove(id) {
            self.serial += 1;
            self.tally.take(before.compared.tally());
        }
    }

    fn forget(&mut self) {
        self.serial += 1;
        self.known.clear();
        self.tally = Tally::default();
    }

    /// Notes what an edit has changed.
    pub(super) fn follow(&mut self, touched: &[Touch]) {
        for touch in touched {
            match touch {
                Touch::Layer(layer, _) | Touch::Recoded(layer, _) | Touch::Realigned(layer) => {
                    self.stale.insert(layer.document.clone());
                }
                Touch::Review(document, _) => {
                    self.stale.insert(document.clone());
                }
                _ => {}
            }
        }
    }

    /// Compares again what the user had stopped.
    pub(super) fn resume(&mut self) {
        self.stopped = None;
    }

    /// Notes that a document has come into memory.
    pub(super) fn document_read(&mut self, id: &DocumentId) {
        self.stale.insert(id.clone());
    }
}

impl Session {
    /// Everybody who can be compared: the project's annotators, without what adjudication writes.
    pub fn comparable(&self) -> Vec<AnnotatorId> {
        let people = self.project.annotators().iter().map(|annotator| annotator.id.clone());
        people.filter(|id| !id.is_consensus()).collect()
    }

    /// Who is compared, in a stable order.
    pub fn compared_people(&self) -> Vec<AnnotatorId> {
        let mut people = self.comparable();
        if let Some(chosen) = &self.comparing.chosen {
            people.retain(|id| chosen.contains(id));
        }
        people
    }

    /// Chooses whom to compare; everybody for `None`.
    pub(super) fn compare_people(&mut self, people: Option<Vec<AnnotatorId>>) {
        self.comparing.chosen = people;
        self.comparing.lists = None;
        self.refresh_comparison();
    }

    /// Carries out a wish.
    pub(super) fn compare(&mut self, wish: CompareAction) {
        match wish {
            CompareAction::People(people) => self.compare_people(people),
            CompareAction::Filter(filter) => self.filter_differences(filter),
            CompareAction::GoTo(number) => self.go_to_difference(number),
            CompareAction::Settle(how) => self.settle(how),
            CompareAction::TakeAgreed { everywhere } => self.take_agreed(everywhere),
        }
    }

    /// How the annotators of a document differ; `None` while that is not known.
    pub fn compared(&self, id: &DocumentId) -> Option<&Arc<Compared>> {
        Some(&self.comparing.known.get(id)?.compared)
    }

    /// How the annotators of the document that is shown differ.
    pub fn comparison(&self) -> Option<&Arc<Compared>> {
        self.compared(self.place.document.as_ref()?)
    }

    /// How many passages of the project differ and are settled, as far as it has been compared.
    pub fn comparison_tally(&self) -> Tally {
        self.comparing.tally
    }

    /// Whether documents are still to be compared.
    pub fn is_comparing(&self) -> bool {
        !self.comparing.stale.is_empty() || self.comparing.lists.is_none()
    }

    /// Whether the user has stopped the comparison before all documents were compared.
    pub fn comparison_is_stopped(&self) -> bool {
        self.comparing.stopped.is_some() && self.is_comparing()
    }

    /// Moves on whenever something is known anew of differences, or something else is listed. Derived values are cached
    /// under it.
    pub fn comparison_serial(&self) -> u64 {
        self.comparing.serial
    }

    /// Why the user may not write the consensus, if so.
    pub fn cannot_adjudicate(&self) -> Option<&'static str> {
        if self.read_only().is_some() {
            return Some("This project is open read-only");
        }
        // Where nobody was given the task, it is anybody's.
        let given = self.project.annotators().iter().any(|annotator| annotator.role > Role::Annotator);
        let may = !given || self.project.role(&self.me) > Role::Annotator;
        (!may).then_some("Reviewers and leads write the consensus; your role is annotator")
    }

    /// Why the user may not see how others differ in a document, if so.
    pub fn closed_to_me(&self, document: &Document) -> Option<&'static str> {
        let closed = self.project.sight_of(&self.me).status(document) != Status::Done;
        closed.then_some("You work blind: it opens once you have marked it as done")
    }

    /// Whether the user may change the layers of this annotator here: their own where they tag; where
    /// annotators are compared, and where the consensus alone is shown, that.
    pub fn writes(&self, annotator: &AnnotatorId) -> bool {
        if annotator.is_consensus() {
            let here = self.screen == Screen::Compare || self.shown == Shown::One(annotator.clone());
            return here && self.cannot_adjudicate().is_none();
        }
        *annotator == self.me && self.screen != Screen::Compare
    }

    /// Looks anew at what has changed, if the screen is shown: at the document that is shown and at short ones now, at the
    /// others by a job.
    pub(super) fn refresh_comparison(&mut self) {
        if self.screen != Screen::Compare {
            return;
        }
        self.refresh_lists();
        let wanted = Wanted {
            people: self.compared_people(),
            document: self.place.document.clone(),
            revision: self.project.revision(),
        };
        self.comparing.stopped.take_if(|stopped| *stopped != wanted);
        let (people, is_stopped) = (&wanted.people, self.comparing.stopped.is_some());
        let mut budget = AT_ONCE;
        let shown = self.place.document.clone().filter(|id| self.comparing.stale.contains(id));
        let first = self.comparing.stale.iter().take(if is_stopped { 0 } else { CHUNK });
        let first = shown.into_iter().chain(first.cloned());
        let mut later = Vec::new();
        for id in first.collect::<Vec<_>>() {
            let found = self.project.document(&id).filter(|document| document.is_read());
            let Some(document) = found.filter(|document| self.closed_to_me(document).is_none()) else {
                self.comparing.stale.remove(&id);
                self.comparing.leave(&id);
                continue;
            };
            let before = self.comparing.known.get(&id);
            let kept = before.is_some_and(|before| before.compares(document, people));
            let cost = if kept { 0 } else { cost(document, people) };
            if cost <= budget {
                budget -= cost;
                let known = Known::of(document, people, before);
                self.comparing.put(id.clone(), known);
                self.comparing.stale.remove(&id);
            } else {
                later.push(id);
            }
        }
        if !is_stopped && !later.is_empty() {
            self.compare_in_background(wanted);
        } else if !is_stopped && !self.comparing.stale.is_empty() {
            self.env.wake();
        }
        self.list_differences();
    }

    /// Begins anew where people or documents are others than before.
    fn refresh_lists(&mut self) {
        let lists = Some((self.project.list_revision(), self.me.clone()));
        if self.comparing.lists == lists {
            return;
        }
        if self.comparing.lists.is_none() {
            self.comparing.forget();
        }
        self.comparing.lists = lists;
        let documents = self.project.documents();
        let (comparing, project) = (&mut self.comparing, &self.project);
        comparing.stale = documents.iter().filter(|d| d.is_read()).map(|d| d.id().clone()).collect();
        let gone: Vec<DocumentId> =
            comparing.known.keys().filter(|id| project.document(id).is_none()).cloned().collect();
        gone.iter().for_each(|id| comparing.leave(id));
    }

    /// Compares on a worker what is still to be compared.
    fn compare_in_background(&mut self, wanted: Wanted) {
        if std::mem::replace(&mut self.comparing.under_way, true) {
            return;
        }
        let stale = self.comparing.stale.iter().filter_map(|id| self.project.document(id).cloned());
        let stale = stale.filter(|document| document.is_read() && self.closed_to_me(document).is_none());
        let documents: Vec<Arc<Document>> = stale.collect();
        self.jobs.start("comparing", move |worker| {
            let people = &wanted.people;
            let total = documents.len();
            for (number, chunk) in documents.chunks(CHUNK).enumerate() {
                if worker.progress().is_stopped() {
                    break;
                }
                let known =
                    |document: &Arc<Document>| (document.id().clone(), Known::of(document, people, None));
                let found: Vec<(DocumentId, Known)> = chunk.iter().map(known).collect();
                worker.progress().step((number * CHUNK + chunk.len()).min(total), total);
                let people = people.clone();
                worker.send(Box::new(move |session: &mut Session| session.take_compared(found, &people)));
            }
            let stopped = worker.progress().is_stopped().then_some(wanted);
            Box::new(move |session: &mut Session| {
                session.comparing.under_way = false;
                session.comparing.stopped = stopped;
                session.refresh_comparison();
            })
        });
    }

    /// Takes in what a worker has found out, unless the document is another by now.
    fn take_compared(&mut self, found: Vec<(DocumentId, Known)>, people: &[AnnotatorId]) {
        if self.compared_people() != people {
            return;
        }
        for (id, known) in found {
            let Some(document) = self.project.document(&id) else { continue };
            if known.compares(document, people) {
                // Reviews or the consensus may have changed; they cost little.
                let known = match document.revision == known.revision {
                    true => known,
                    false => Known::of(document, people, Some(&known)),
                };
                self.comparing.put(id.clone(), known);
                self.comparing.stale.remove(&id);
            }
        }
        self.list_differences();
    }
}

/// How many spans have to be looked at.
fn cost(document: &Document, people: &[AnnotatorId]) -> usize {
    people.iter().filter_map(|id| document.layer(id)).map(|layer| layer.len()).sum()
}
