//! Comparing annotators, and settling their differences.
//!
//! Comparisons are updated lazily: an edit marks the documents that have changed, and while the screen is shown, short ones
//! are compared at once and the others by a job. The current difference is that of the current span; it has no state of its
//! own, so that undo restores it.

mod bulk;
mod comparison;
mod filter;
mod navigate;
mod provenance;
mod settle;
mod spans;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Project, Status, Touch};

use super::{JobKind, Screen, Session, Shown};
use crate::words::compare as words;
use comparison::CachedComparison;

pub use bulk::{BulkRequest, BulkScope, settle_by_rule};
pub use comparison::{DocumentComparison, Tally};
pub use filter::{DifferenceFilter, DifferenceRow};
pub use settle::Settling;

/// Maximum number of spans to compare between two frames; a job compares more.
const AT_ONCE: usize = 4_000;

/// Number of documents that a job sends at once.
const CHUNK: usize = 64;

/// Chooses what is compared, or settles differences.
#[derive(Clone, PartialEq, Debug)]
pub enum CompareAction {
    /// Chooses whom to compare; `None` for everyone.
    People(Option<Vec<AnnotatorId>>),
    /// Filters the list of differences.
    Filter(DifferenceFilter),
    /// Goes to a passage of the open document, by its index in the comparison.
    GoTo(usize),
    /// Settles the current difference.
    Settle(Settling),
    /// Adds the passages that all agree on to the consensus, in the open document or in all.
    AdoptAgreed { everywhere: bool },
    /// Counts what a rule would settle.
    CountBulk(BulkRequest),
    /// Settles differences by a rule, as one step.
    SettleInBulk(BulkRequest),
}

/// The comparisons of documents, and the list of differences.
#[derive(Default)]
pub(super) struct Comparing {
    /// Whom to compare; `None` for everyone.
    people: Option<Vec<AnnotatorId>>,
    filter: DifferenceFilter,
    cache: HashMap<DocumentId, CachedComparison>,
    tally: Tally,
    /// Documents that have changed since they were compared.
    stale: BTreeSet<DocumentId>,
    /// The revision of the documents that the cache is for, with the user and the coders; `None` to start over.
    lists: Option<(u64, AnnotatorId, Vec<AnnotatorId>)>,
    is_running: bool,
    bulk: bulk::Planning,
    /// The comparison that the user stopped; any other one is still started.
    stopped: Option<Wanted>,
    /// Goes up whenever comparisons or the list change.
    serial: u64,
    rows: Vec<DifferenceRow>,
    /// The document and serial that `rows` are for.
    rows_for: Option<(DocumentId, u64)>,
}

/// The people and documents to compare.
#[derive(PartialEq)]
struct Wanted {
    people: Vec<AnnotatorId>,
    document: Option<DocumentId>,
    revision: u64,
}

impl Comparing {
    fn insert(&mut self, id: DocumentId, comparison: CachedComparison) {
        self.serial += 1;
        self.tally.add(comparison.compared.tally());
        if let Some(before) = self.cache.insert(id, comparison) {
            self.tally.subtract(before.compared.tally());
        }
    }

    fn remove(&mut self, id: &DocumentId) {
        if let Some(before) = self.cache.remove(id) {
            self.serial += 1;
            self.tally.subtract(before.compared.tally());
        }
    }

    fn clear(&mut self) {
        self.serial += 1;
        self.cache.clear();
        self.tally = Tally::default();
    }

    /// Chooses whom to compare.
    fn choose_people(&mut self, people: Option<Vec<AnnotatorId>>) {
        self.people = people;
        self.lists = None;
    }

    /// Stores the comparison of a document; `None` if it can't be compared.
    fn set(&mut self, id: DocumentId, comparison: Option<CachedComparison>) {
        self.stale.remove(&id);
        match comparison {
            Some(comparison) => self.insert(id, comparison),
            None => self.remove(&id),
        }
    }

    /// Returns whether a worker should start; `false` while one runs.
    fn begin_job(&mut self) -> bool {
        !std::mem::replace(&mut self.is_running, true)
    }

    /// Records that the worker is done; `stopped` is what it has not finished.
    fn end_job(&mut self, stopped: Option<Wanted>) {
        self.is_running = false;
        self.stopped = stopped;
    }

    /// Returns whether the user has stopped this comparison.
    fn is_stopped(&mut self, wanted: &Wanted) -> bool {
        self.stopped.take_if(|stopped| stopped != wanted);
        self.stopped.is_some()
    }

    /// Resumes the comparison that the user stopped.
    pub(super) fn resume(&mut self) {
        self.stopped = None;
    }

    /// Starts over if the list of people or documents has changed.
    fn follow_lists(&mut self, project: &Project, me: &AnnotatorId, coders: &[AnnotatorId]) {
        let lists = Some((project.list_revision(), me.clone(), coders.to_vec()));
        if self.lists == lists {
            return;
        }
        if self.lists.is_none() {
            self.clear();
        }
        self.lists = lists;
        let read = project.documents().iter().filter(|document| document.is_loaded());
        self.stale = read.map(|document| document.id().clone()).collect();
        let gone: Vec<DocumentId> =
            self.cache.keys().filter(|id| project.document(id).is_none()).cloned().collect();
        gone.iter().for_each(|id| self.remove(id));
    }

    /// Filters the list of differences.
    fn set_filter(&mut self, filter: DifferenceFilter) {
        self.filter = filter;
        self.rows_for = None;
        self.serial += 1;
    }

    /// Stores the list of differences of a document.
    fn list(&mut self, rows: Vec<DifferenceRow>, document: Option<DocumentId>) {
        self.rows = rows;
        self.rows_for = document.map(|id| (id, self.serial));
    }

    /// Returns whether the list is that of a document and up to date.
    fn is_listed(&self, document: &DocumentId) -> bool {
        self.rows_for.as_ref().is_some_and(|(listed, serial)| listed == document && *serial == self.serial)
    }

    /// Marks the documents that an edit has changed.
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

    /// Marks a document that was read.
    pub(super) fn document_read(&mut self, id: &DocumentId) {
        self.stale.insert(id.clone());
    }
}

impl Session {
    /// The annotators who are compared, in a stable order. Reviewers and leads who have tagged nothing are none of them.
    pub fn compared_people(&self) -> Vec<AnnotatorId> {
        let mut people = self.taggers().to_vec();
        if let Some(chosen) = &self.comparing.people {
            people.retain(|id| chosen.contains(id));
        }
        people
    }

    /// Chooses whom to compare; `None` for everyone.
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
            CompareAction::CountBulk(request) => self.count_bulk(request),
            CompareAction::SettleInBulk(request) => self.settle_in_bulk(request),
        }
    }

    /// The comparison of a document; `None` until it has been compared.
    pub fn compared(&self, id: &DocumentId) -> Option<&Arc<DocumentComparison>> {
        Some(&self.comparing.cache.get(id)?.compared)
    }

    /// The comparison of the open document.
    pub fn comparison(&self) -> Option<&Arc<DocumentComparison>> {
        self.compared(self.view.document()?)
    }

    /// The numbers of differing and settled passages in all documents compared so far.
    pub fn comparison_tally(&self) -> Tally {
        self.comparing.tally
    }

    /// Returns whether documents are still to be compared.
    pub fn is_comparing(&self) -> bool {
        !self.comparing.stale.is_empty() || self.comparing.lists.is_none()
    }

    /// Returns whether the user has stopped the comparison before all documents were compared.
    pub fn comparison_is_stopped(&self) -> bool {
        self.comparing.stopped.is_some() && self.is_comparing()
    }

    /// Goes up whenever comparisons or the list change. Derived values are cached under it.
    pub fn comparison_serial(&self) -> u64 {
        self.comparing.serial
    }

    /// The reason why the user may not edit the consensus, if there is one.
    pub fn adjudication_refusal(&self) -> Option<&'static str> {
        if self.read_only().is_some() {
            return Some(words::read_only());
        }
        (!self.project.may_adjudicate(&self.me)).then_some(words::annotator_role())
    }

    /// The reason why the user may not see the differences of a document, if there is one.
    pub fn comparison_refusal(&self, document: &Document) -> Option<&'static str> {
        let is_blind = self.project.visibility_for(&self.me).blind_status(document) != Status::Done;
        is_blind.then_some(words::blind())
    }

    /// Returns whether the user may change layers of an annotator here: their own; on the screens Compare and Analyse, and
    /// while only the consensus is shown, also the consensus, except what others have decided.
    pub fn may_edit(&self, annotator: &AnnotatorId) -> bool {
        if annotator.is_consensus() {
            let here = match self.view.screen() {
                Screen::Compare | Screen::Analyse => true,
                Screen::Annotate | Screen::Agreement | Screen::Board => {
                    *self.view.shown() == Shown::One(annotator.whole())
                }
            };
            let is_mine = annotator.adjudicator().is_none_or(|adjudicator| adjudicator == self.me);
            return here && is_mine && self.adjudication_refusal().is_none();
        }
        *annotator == self.me && self.view.screen() != Screen::Compare
    }

    /// Compares documents that have changed, if the screen is shown: the open document and short ones at once, the others
    /// with a job.
    pub(super) fn refresh_comparison(&mut self) {
        if self.view.screen() != Screen::Compare {
            return;
        }
        self.comparing.follow_lists(&self.project, &self.me, self.coders.taggers());
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
                self.comparing.set(id, None);
                continue;
            };
            let before = self.comparing.cache.get(&id);
            let kept = before.is_some_and(|before| before.compares(document, people));
            let cost = if kept { 0 } else { cost(document, people) };
            if cost <= budget {
                budget -= cost;
                let comparison = CachedComparison::new(document, people, before);
                self.comparing.set(id, Some(comparison));
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

    /// Compares the remaining documents on a worker.
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
                let compare = |document: &Arc<Document>| {
                    (document.id().clone(), CachedComparison::new(document, people, None))
                };
                let found: Vec<(DocumentId, CachedComparison)> = chunk.iter().map(compare).collect();
                worker.progress().step((number * CHUNK + chunk.len()).min(total), total);
                let people = people.clone();
                worker.send(Box::new(move |session: &mut Session| session.add_compared(found, &people)));
            }
            let stopped = worker.progress().is_stopped().then_some(wanted);
            Box::new(move |session: &mut Session| {
                session.comparing.end_job(stopped);
                session.refresh_comparison();
            })
        });
    }

    /// Stores comparisons that a worker has made, unless their documents have changed since.
    fn add_compared(&mut self, found: Vec<(DocumentId, CachedComparison)>, people: &[AnnotatorId]) {
        if self.compared_people() != people {
            return;
        }
        for (id, comparison) in found {
            let Some(document) = self.project.document(&id) else { continue };
            if comparison.compares(document, people) {
                // Reviews or the consensus may have changed, which is cheap to update.
                let comparison = match document.revision == comparison.revision {
                    true => comparison,
                    false => CachedComparison::new(document, people, Some(&comparison)),
                };
                self.comparing.set(id, Some(comparison));
            }
        }
        self.list_differences();
    }
}

/// The number of spans to compare.
fn cost(document: &Document, people: &[AnnotatorId]) -> usize {
    people.iter().filter_map(|id| document.layer(id)).map(|layer| layer.len()).sum()
}
