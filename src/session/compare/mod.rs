//! Comparing: where annotators differ, and what adjudication makes of it.
//!
//! What is known of documents ([`known`]) follows the project at a distance: an edit notes which documents have changed,
//! and these are looked at anew where the screen is shown, short ones at once and the others by a job. Where one stands is
//! the picked span and the passage that it belongs to; there is no other state of it, so that undo brings it back.

mod comparison;
mod filter;
mod navigate;
mod settle;
mod spans;
mod words;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Project, Role, Status, Touch};

use super::{JobKind, Screen, Session, Shown};
use comparison::CachedComparison;

pub use comparison::{DocumentComparison, Tally};
pub use filter::{DifferenceFilter, DifferenceRow};
pub use settle::Settling;

/// Spans of a document that are compared between two frames; more are left to a job.
const AT_ONCE: usize = 4_000;

/// Documents whose results a job hands over together.
const CHUNK: usize = 64;

/// Chooses what is compared, or settles how annotators differ.
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
    AdoptAgreed { everywhere: bool },
}

/// What is known of where annotators differ.
#[derive(Default)]
pub(super) struct Comparing {
    /// Whom to compare; everybody where nobody was chosen.
    chosen: Option<Vec<AnnotatorId>>,
    filter: DifferenceFilter,
    known: HashMap<DocumentId, CachedComparison>,
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
    fn put(&mut self, id: DocumentId, known: CachedComparison) {
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

    /// Chooses whom to compare.
    fn choose_people(&mut self, people: Option<Vec<AnnotatorId>>) {
        self.chosen = people;
        self.lists = None;
    }

    /// Records what is known of a document that was compared; `None` for one that is not to be compared.
    fn looked_at(&mut self, id: DocumentId, known: Option<CachedComparison>) {
        self.stale.remove(&id);
        match known {
            Some(known) => self.put(id, known),
            None => self.leave(&id),
        }
    }

    /// Returns whether a worker should start; `false` while one runs.
    fn begin_job(&mut self) -> bool {
        !std::mem::replace(&mut self.under_way, true)
    }

    /// A worker is done; `stopped` is what it has not compared to the end.
    fn end_job(&mut self, stopped: Option<Wanted>) {
        self.under_way = false;
        self.stopped = stopped;
    }

    /// Whether the user has stopped the comparison of just this.
    fn is_stopped(&mut self, wanted: &Wanted) -> bool {
        self.stopped.take_if(|stopped| stopped != wanted);
        self.stopped.is_some()
    }

    /// Compares again what the user had stopped.
    pub(super) fn resume(&mut self) {
        self.stopped = None;
    }

    /// Starts over if the list of people or documents has changed.
    fn follow_lists(&mut self, project: &Project, me: &AnnotatorId) {
        let lists = Some((project.list_revision(), me.clone()));
        if self.lists == lists {
            return;
        }
        if self.lists.is_none() {
            self.forget();
        }
        self.lists = lists;
        let read = project.documents().iter().filter(|document| document.is_loaded());
        self.stale = read.map(|document| document.id().clone()).collect();
        let gone: Vec<DocumentId> =
            self.known.keys().filter(|id| project.document(id).is_none()).cloned().collect();
        gone.iter().for_each(|id| self.leave(id));
    }

    /// Chooses which differences are listed.
    fn set_filter(&mut self, filter: DifferenceFilter) {
        self.filter = filter;
        self.rows_of = None;
        self.serial += 1;
    }

    /// The differences that are listed of a document.
    fn list(&mut self, rows: Vec<DifferenceRow>, document: Option<DocumentId>) {
        self.rows = rows;
        self.rows_of = document.map(|id| (id, self.serial));
    }

    /// Whether the list is that of a document as it is known now.
    fn is_listed(&self, document: &DocumentId) -> bool {
        self.rows_of.as_ref().is_some_and(|(of, serial)| of == document && *serial == self.serial)
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
        self.comparing.choose_people(people);
        self.refresh_comparison();
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_compare(&mut self, action: CompareAction) {
        match action {
            CompareAction::People(people) => self.compare_people(people),
            CompareAction::Filter(filter) => self.filter_differences(filter),
            CompareAction::GoTo(number) => self.go_to_difference(number),
            CompareAction::Settle(how) => self.settle(how),
            CompareAction::AdoptAgreed { everywhere } => self.adopt_agreed(everywhere),
        }
    }

    /// How the annotators of a document differ; `None` while that is not known.
    pub fn compared(&self, id: &DocumentId) -> Option<&Arc<DocumentComparison>> {
        Some(&self.comparing.known.get(id)?.compared)
    }

    /// How the annotators of the document that is shown differ.
    pub fn comparison(&self) -> Option<&Arc<DocumentComparison>> {
        self.compared(self.view.document()?)
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
    pub fn adjudication_refusal(&self) -> Option<&'static str> {
        if self.read_only().is_some() {
            return Some("This project is open read-only");
        }
        // Where nobody was given the task, it is anybody's.
        let given = self.project.annotators().iter().any(|annotator| annotator.role > Role::Annotator);
        let may = !given || self.project.role(&self.me) > Role::Annotator;
        (!may).then_some("Reviewers and leads write the consensus; your role is annotator")
    }

    /// Why the user may not see how others differ in a document, if so.
    pub fn comparison_refusal(&self, document: &Document) -> Option<&'static str> {
        let closed = self.project.visibility_for(&self.me).blind_status(document) != Status::Done;
        closed.then_some("You work blind: it opens once you have marked it as done")
    }

    /// Whether the user may change the layers of this annotator here: their own where they tag; where
    /// annotators are compared, and where the consensus alone is shown, that.
    pub fn may_edit(&self, annotator: &AnnotatorId) -> bool {
        if annotator.is_consensus() {
            let here =
                self.view.screen() == Screen::Compare || *self.view.shown() == Shown::One(annotator.clone());
            return here && self.adjudication_refusal().is_none();
        }
        *annotator == self.me && self.view.screen() != Screen::Compare
    }

    /// Looks anew at what has changed, if the screen is shown: at the document that is shown and at short ones now, at the
    /// others by a job.
    pub(super) fn refresh_comparison(&mut self) {
        if self.view.screen() != Screen::Compare {
            return;
        }
        self.comparing.follow_lists(&self.project, &self.me);
        let wanted = Wanted {
            people: self.compared_people(),
            document: self.view.document().cloned(),
            revision: self.project.revision(),
        };
        let (people, is_stopped) = (&wanted.people, self.comparing.is_stopped(&wanted));
        let mut budget = AT_ONCE;
        let shown = self.view.document().cloned().filter(|id| self.comparing.stale.contains(id));
        let others = self.comparing.stale.iter().take(if is_stopped { 0 } else { CHUNK });
        let first = shown.into_iter().chain(others.cloned());
        let mut later = Vec::new();
        for id in first.collect::<Vec<_>>() {
            let found = self.project.document(&id).filter(|document| document.is_loaded());
            let Some(document) = found.filter(|document| self.comparison_refusal(document).is_none()) else {
                self.comparing.looked_at(id, None);
                continue;
            };
            let before = self.comparing.known.get(&id);
            let kept = before.is_some_and(|before| before.compares(document, people));
            let cost = if kept { 0 } else { cost(document, people) };
            if cost <= budget {
                budget -= cost;
                let known = CachedComparison::of(document, people, before);
                self.comparing.looked_at(id, Some(known));
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

    /// Compares on a worker what is still to be compared.
    fn compare_in_background(&mut self, wanted: Wanted) {
        if !self.comparing.begin_job() {
            return;
        }
        let documents: Vec<Arc<Document>> = self
            .comparing
            .stale
            .iter()
            .filter_map(|id| self.project.document(id).cloned())
            .filter(|document| document.is_loaded() && self.comparison_refusal(document).is_none())
            .collect();
        self.jobs.start(JobKind::CompareAnnotators, move |worker| {
            let people = &wanted.people;
            let total = documents.len();
            for (number, chunk) in documents.chunks(CHUNK).enumerate() {
                if worker.progress().is_stopped() {
                    break;
                }
                let known = |document: &Arc<Document>| {
                    (document.id().clone(), CachedComparison::of(document, people, None))
                };
                let found: Vec<(DocumentId, CachedComparison)> = chunk.iter().map(known).collect();
                worker.progress().step((number * CHUNK + chunk.len()).min(total), total);
                let people = people.clone();
                worker.send(Box::new(move |session: &mut Session| session.take_compared(found, &people)));
            }
            let stopped = worker.progress().is_stopped().then_some(wanted);
            Box::new(move |session: &mut Session| {
                session.comparing.end_job(stopped);
                session.refresh_comparison();
            })
        });
    }

    /// Takes in what a worker has found out, unless the document is another by now.
    fn take_compared(&mut self, found: Vec<(DocumentId, CachedComparison)>, people: &[AnnotatorId]) {
        if self.compared_people() != people {
            return;
        }
        for (id, known) in found {
            let Some(document) = self.project.document(&id) else { continue };
            if known.compares(document, people) {
                // Reviews or the consensus may have changed; they cost little.
                let known = match document.revision == known.revision {
                    true => known,
                    false => CachedComparison::of(document, people, Some(&known)),
                };
                self.comparing.looked_at(id, Some(known));
            }
        }
        self.list_differences();
    }
}

/// How many spans have to be looked at.
fn cost(document: &Document, people: &[AnnotatorId]) -> usize {
    people.iter().filter_map(|id| document.layer(id)).map(|layer| layer.len()).sum()
}
