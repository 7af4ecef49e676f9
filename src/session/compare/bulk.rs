//! Settling differences in bulk, by a rule. A worker looks at the documents and counts; what it has found is then made as
//! one step.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche_analysis::differences::{BulkCount, BulkDecision, BulkSettling};
use demarche_model::{AnnotatorId, Document, DocumentId, Edit, Project, SourceSpan, Span};

use super::settle::joined_notes;
use super::spans::{Adjudicator, Draft};
use crate::annotate::link_index::LinkIndex;
use crate::words::compare as words;
use crate::{Env, JobKind, Session};

/// Number of documents between two reports of progress.
const CHUNK: usize = 64;

/// What to settle by a rule.
#[derive(Clone, PartialEq, Debug)]
pub struct BulkRequest {
    /// The rule.
    pub settling: BulkSettling,
    /// The documents.
    pub scope: BulkScope,
}

/// The documents in which differences are settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum BulkScope {
    /// The open document.
    Document,
    /// The documents chosen in the list.
    Chosen,
    /// All documents.
    #[default]
    All,
}

/// The decisions that a rule makes in each document.
type Decisions = BTreeMap<DocumentId, Vec<BulkDecision>>;

/// What a rule settles, as counted last.
#[derive(Default)]
pub(super) struct Planning {
    plan: Option<Plan>,
    /// What a worker is counting.
    running: Option<Wanted>,
    /// What to settle once the worker is done.
    next: Option<BulkRequest>,
}

/// What a rule settles.
struct Plan {
    wanted: Wanted,
    decisions: Decisions,
    count: BulkCount,
}

/// A request, with everything else that its result depends on.
#[derive(Clone, PartialEq)]
struct Wanted {
    request: BulkRequest,
    documents: Vec<DocumentId>,
    people: Vec<AnnotatorId>,
    revision: u64,
}

impl Planning {
    /// What has been counted for a request.
    fn plan_for(&self, wanted: &Wanted) -> Option<&Plan> {
        self.plan.as_ref().filter(|plan| plan.wanted == *wanted)
    }
}

impl Session {
    /// The numbers of passages that a request settles and leaves open; `None` until they are counted.
    pub fn bulk_count(&self, request: &BulkRequest) -> Option<BulkCount> {
        Some(self.comparing.bulk.plan_for(&self.wanted(request))?.count)
    }

    /// Returns whether a worker is counting what a request settles.
    pub fn is_counting_bulk(&self) -> bool {
        self.comparing.bulk.running.is_some()
    }

    /// Counts what a request settles, unless it is counted already.
    pub(super) fn count_bulk(&mut self, request: BulkRequest) {
        let wanted = self.wanted(&request);
        if self.comparing.bulk.running.is_some() || self.comparing.bulk.plan_for(&wanted).is_some() {
            return;
        }
        self.once_layers_are_read(move |session| session.plan_bulk(&request));
    }

    /// Settles what a request has counted, as one step; counts first if that is outdated.
    pub(super) fn settle_in_bulk(&mut self, request: BulkRequest) {
        if let Some(why) = self.adjudication_refusal() {
            return self.notify(why);
        }
        let wanted = self.wanted(&request);
        match self.comparing.bulk.plan.take_if(|plan| plan.wanted == wanted) {
            Some(plan) => self.apply_bulk(plan),
            None => {
                self.comparing.bulk.next = Some(request.clone());
                self.count_bulk(request);
            }
        }
    }

    /// The documents that a worker stopped counting, or that a panic left uncounted, can be counted again.
    pub(crate) fn give_up_counting_differences(&mut self) {
        self.comparing.bulk = Planning::default();
    }

    fn wanted(&self, request: &BulkRequest) -> Wanted {
        let documents = match request.scope {
            BulkScope::Document => self.view.document().into_iter().cloned().collect(),
            BulkScope::Chosen => self.document_list.chosen().to_vec(),
            BulkScope::All => Vec::new(),
        };
        Wanted {
            request: request.clone(),
            documents,
            people: self.compared_people(),
            revision: self.project.revision(),
        }
    }

    fn plan_bulk(&mut self, request: &BulkRequest) {
        let wanted = self.wanted(request);
        let is_wanted = |document: &&Arc<Document>| match request.scope {
            BulkScope::All => true,
            BulkScope::Document | BulkScope::Chosen => wanted.documents.contains(document.id()),
        };
        let documents = self.project.documents().iter().filter(is_wanted);
        let documents: Vec<Arc<Document>> =
            documents.filter(|document| self.comparison_refusal(document).is_none()).cloned().collect();
        let project = self.project.clone();
        self.comparing.bulk.running = Some(wanted.clone());
        self.jobs.start(JobKind::CountDifferences, move |worker| {
            let mut plan = Plan { wanted, decisions: Decisions::new(), count: BulkCount::default() };
            for (number, document) in documents.iter().enumerate() {
                if number % CHUNK == 0 {
                    worker.progress().step(number, documents.len());
                }
                if worker.progress().is_stopped() {
                    return Box::new(|session: &mut Session| session.give_up_counting_differences());
                }
                plan.add(&project, document);
            }
            Box::new(move |session: &mut Session| session.take_bulk_plan(plan))
        });
    }

    /// Keeps what a worker has counted, and settles it if the user has asked for that.
    fn take_bulk_plan(&mut self, plan: Plan) {
        self.comparing.bulk.running = None;
        self.comparing.bulk.plan = Some(plan);
        if let Some(request) = self.comparing.bulk.next.take() {
            self.settle_in_bulk(request);
        }
    }

    fn apply_bulk(&mut self, plan: Plan) {
        let edits = edits(self.adjudicator(), &plan.decisions);
        let BulkCount { taken, left_out, .. } = plan.count;
        if plan.count.decided() == 0 || edits.is_empty() {
            return self.notify(words::nothing_to_settle_in_bulk());
        }
        if self.edit(words::bulk_step(taken, left_out), Edit::Batch(edits)) {
            self.refresh_comparison();
            self.notify(words::settled_in_bulk(taken, left_out, plan.count.open()));
        }
    }
}

impl Plan {
    fn add(&mut self, project: &Project, document: &Document) {
        let (decisions, count) = self.wanted.request.settling.plan(project, document, &self.wanted.people);
        self.count.add(count);
        if !decisions.is_empty() {
            self.decisions.insert(document.id().clone(), decisions);
        }
    }
}

/// Returns the edits by which `me` settles the differences of documents by a rule, and the numbers of passages. Compares
/// the layers of these people. For the command line, which has no session.
pub fn settle_by_rule<'a>(
    (project, env): (&Project, &Env),
    me: &AnnotatorId,
    people: &[AnnotatorId],
    settling: &BulkSettling,
    documents: impl IntoIterator<Item = &'a DocumentId>,
) -> (Vec<Edit>, BulkCount) {
    let mut count = BulkCount::default();
    let mut decisions = Decisions::new();
    for document in documents.into_iter().filter_map(|id| project.document(id)) {
        let (found, counted) = settling.plan(project, document, people);
        count.add(counted);
        decisions.insert(document.id().clone(), found);
    }
    let links = LinkIndex::of(project);
    (edits(Adjudicator { project, me, env, links: &links }, &decisions), count)
}

/// Returns the edits that make these decisions.
fn edits(by: Adjudicator<'_>, decisions: &Decisions) -> Vec<Edit> {
    let mut draft = Draft::new(by);
    for (id, decisions) in decisions {
        for decision in decisions {
            match decision {
                BulkDecision::LeaveOut(sources) => {
                    sources.iter().for_each(|source| draft.exclude(id, source.clone()));
                }
                BulkDecision::Take { reading, from, over, basis } => {
                    let note = joined_notes(by.project, spans(by.project, id, from));
                    let like = Span { note, ..Span::clone(reading) };
                    draft.add(id, &like, from.clone(), over.clone(), *basis);
                }
            }
        }
    }
    draft.finish()
}

/// The spans of a document that are sources, with their owners.
fn spans<'a>(
    project: &'a Project,
    document: &DocumentId,
    sources: &'a [SourceSpan],
) -> impl Iterator<Item = (&'a AnnotatorId, &'a Span)> {
    let document = project.document(document);
    sources.iter().filter_map(move |source| {
        Some((&source.annotator, &**document?.layer(&source.annotator)?.span(source.span)?))
    })
}
