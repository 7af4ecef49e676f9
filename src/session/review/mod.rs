//! Review: a reviewer decides on the spans of others, and their annotators answer.
//!
//! Each person's decisions and comments are in their own review (`reviews/PERSON/DOCUMENT.ron`), so that every file has
//! one writer. The thread of a span is everyone's comments on it, by time.

mod decide;
mod filter;
mod inbox;
mod queue;
mod queue_filter;

use std::collections::{BTreeMap, BTreeSet};

use demarche_model::{
    AnnotatorId, CategoryId, Decision, DecisionState, Document, DocumentId, Project, Proposal, Role, Span,
    SpanId, SpanRef, Stamp, Touch, Verdict,
};

use super::{Session, WindowRequest};
use crate::words::review as words;

use filter::Group;

pub use filter::{ReviewFilter, ReviewSample, ReviewState};
pub use inbox::InboxEntry;

/// Reviews the spans of others, or answers a review.
#[derive(Clone, PartialEq, Debug)]
pub enum ReviewAction {
    /// Builds the queue if there is none yet.
    Begin,
    /// Filters the queue.
    Filter(ReviewFilter),
    /// Goes to the span at a position of the queue.
    GoTo(usize),
    /// Proposes a change; an empty comment is left out.
    Propose { at: SpanRef, proposal: Box<Proposal>, comment: String },
    /// Adds a comment to the thread of a span.
    Comment { at: SpanRef, text: String },
    /// Applies a reviewer's decision on the user's span: accepts the proposal, or removes the span if it was rejected.
    Apply { at: SpanRef, reviewer: AnnotatorId },
    /// Marks a decision on the user's span, or an answer, as read.
    Dismiss(SpanRef),
}

/// The queue of spans to decide on, and the inbox of decisions on the user's own spans.
#[derive(Default)]
pub struct Reviewing {
    begun: bool,
    /// Documents that have changed since the queue was built.
    stale: BTreeSet<DocumentId>,
    /// Whether a change concerns all documents.
    all_stale: bool,
    filter: ReviewFilter,
    queue: queue::Queue,
    /// Distinguishes results of jobs for this queue from those for earlier ones.
    serial: u64,
    /// Whether a worker fills the queue.
    is_filling: bool,
    /// Whether to go to the first span once a job has filled the queue.
    start_when_filled: bool,
    at: usize,
    inbox: BTreeMap<DocumentId, Vec<InboxEntry>>,
    unread: usize,
    /// The time up to which the user has read the thread of each span.
    seen: BTreeMap<SpanId, i64>,
}

impl Reviewing {
    /// Returns whether there is a queue.
    pub fn is_begun(&self) -> bool {
        self.begun
    }

    /// The filter of the queue.
    pub fn filter(&self) -> &ReviewFilter {
        &self.filter
    }

    /// The entries of the queue, by document and position: the first of the spans that are one reading.
    pub fn items(&self) -> &[SpanRef] {
        self.queue.items()
    }

    /// Returns whether a worker is still looking for spans.
    pub fn is_filling(&self) -> bool {
        self.is_filling
    }

    /// The number of spans in the queue that the user has decided on.
    pub fn decided(&self) -> usize {
        self.queue.decided()
    }

    /// The number of decisions and answers that the user has not read.
    pub fn unread(&self) -> usize {
        self.unread
    }

    /// Decisions on the user's spans, and answers to the user's decisions, by document.
    pub fn inbox(&self) -> impl Iterator<Item = &InboxEntry> {
        self.inbox.values().flatten()
    }

    /// Begins a review. Returns whether there was none.
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    /// Filters the queue.
    fn set_filter(&mut self, filter: ReviewFilter) {
        self.filter = filter;
        self.begun = true;
    }

    /// Remembers to go to the first undecided span once a worker has filled the queue.
    fn start_when_filled(&mut self) {
        self.start_when_filled = true;
    }

    /// Marks all documents as changed since the queue was built.
    fn all_have_changed(&mut self) {
        self.all_stale = true;
    }

    /// Returns whether all documents have changed, and resets that.
    fn take_all_stale(&mut self) -> bool {
        std::mem::take(&mut self.all_stale)
    }

    /// Marks a document as changed since the queue was built.
    fn has_changed(&mut self, id: &DocumentId) {
        self.stale.insert(id.clone());
    }

    /// Takes the documents whose part of the queue has to be rebuilt; none while a worker rebuilds some.
    fn take_stale(&mut self) -> Vec<DocumentId> {
        if self.is_filling { Vec::new() } else { std::mem::take(&mut self.stale).into_iter().collect() }
    }

    /// Resets the queue and ignores the workers that fill it. With `keep`, its spans stay until their part is rebuilt, so
    /// that it does not lose those that were decided on just now.
    fn reset_queue(&mut self, project: &Project, keep: bool) {
        self.queue.reset(project, self.filter.sample, keep);
        self.serial += 1;
        self.is_filling = false;
        self.stale.clear();
    }

    /// Records that a worker fills the queue. Returns the serial of this queue.
    fn begin_job(&mut self) -> u64 {
        self.is_filling = true;
        self.serial
    }

    /// Records that a worker is done. Returns whether the user is waiting to go to the first span.
    fn end_job(&mut self) -> bool {
        self.is_filling = false;
        std::mem::take(&mut self.start_when_filled)
    }

    /// The current entry of the queue.
    fn here(&self) -> Option<&SpanRef> {
        self.items().get(self.at)
    }

    /// Replaces the entries of documents, given by their positions in the project.
    fn set_parts(&mut self, project: &Project, parts: BTreeMap<usize, Vec<Group>>) {
        let here = self.here().cloned();
        self.queue.set(parts);
        self.move_to(project, here.as_ref());
    }

    /// Moves to a position of the queue.
    fn go_to(&mut self, position: usize) {
        self.at = position;
    }

    /// Moves to a span of the queue; to the start if it is not in the queue.
    fn move_to(&mut self, project: &Project, at: Option<&SpanRef>) {
        self.at = at.and_then(|at| self.queue.position(project, at)).unwrap_or(0);
    }

    /// Replaces the inbox of a document.
    fn set_inbox(&mut self, id: &DocumentId, entries: Vec<InboxEntry>) {
        let count = |entries: &[InboxEntry]| entries.iter().filter(|entry| entry.unread).count();
        let unread = count(&entries);
        let old = match entries.is_empty() {
            true => self.inbox.remove(id),
            false => self.inbox.insert(id.clone(), entries),
        };
        self.unread = self.unread + unread - count(&old.unwrap_or_default());
    }

    /// Records that the user has read the thread of a span up to this time.
    fn mark_seen(&mut self, span: SpanId, latest: Stamp) {
        self.seen.insert(span, latest.0);
    }

    /// Resets everything for another user, given what they have read. Ignores results of jobs for the previous user.
    fn restart(&mut self, seen: BTreeMap<SpanId, i64>) {
        *self = Self { seen, serial: self.serial + 1, ..Self::default() };
    }
}

impl Session {
    /// The review queue and the inbox.
    pub fn review(&self) -> &Reviewing {
        &self.review
    }

    /// The position in the queue of the span to decide on.
    pub fn review_position(&self) -> Option<usize> {
        let target = self.review_target();
        let position = target.and_then(|at| self.review.queue.position(&self.project, at));
        let gone = || self.review.here().is_some_and(|at| self.project.span(at).is_none());
        position.or_else(|| (target.is_none() && gone()).then_some(self.review.at))
    }

    /// The span to decide on: the current one, or the one that was current before words were selected.
    pub fn review_target(&self) -> Option<&SpanRef> {
        let before = || {
            let at = self.tagging.previous_current().filter(|_| !self.text_selection().is_empty())?;
            let here = self.view.document() == Some(&at.layer.document);
            (here && self.project.span(at).is_some() && self.may_see_span(at)).then_some(at)
        };
        self.current().or_else(before)
    }

    /// A span, and those of others that are the same reading: they are reviewed together.
    pub fn reviewed_together(&self, at: &SpanRef) -> Vec<SpanRef> {
        let document = self.project.document(&at.layer.document);
        document.map_or_else(Vec::new, |document| self.queue_filter().alike(document, at))
    }

    /// The reason why the user can't decide on a span, if there is one.
    pub fn review_refusal(&self, at: &SpanRef) -> Option<&'static str> {
        if at.layer.annotator == self.me {
            return Some(words::own_passage());
        }
        self.reviewing_refusal()
    }

    /// The reason why the user can't review at all: the project has reviewers, and they are not one.
    pub fn reviewing_refusal(&self) -> Option<&'static str> {
        let some = self.project.annotators().iter().any(|person| person.role > Role::Annotator);
        let may = !some || self.project.role(&self.me) > Role::Annotator;
        (!may).then_some(words::not_a_reviewer())
    }

    /// The state of a decision, given its span as it is now.
    pub fn decision_state(&self, at: &SpanRef, decision: &Decision) -> DecisionState {
        let document = self.project.document(&at.layer.document);
        document.map_or(DecisionState::Current, |document| {
            self.queue_filter().decision_state(document, at, decision)
        })
    }

    /// Returns whether the user has decided on a span as it is now.
    pub fn has_decided(&self, at: &SpanRef) -> bool {
        let document = self.project.document(&at.layer.document);
        document.is_some_and(|document| self.queue_filter().has_decided(document, at))
    }

    /// The most critical verdict of reviewers on a span among the decisions that still hold. What adjudication left out
    /// of the consensus is no verdict on the span.
    pub fn verdict_on(&self, document: &Document, owner: &AnnotatorId, span: &Span) -> Option<Verdict> {
        let holds = |decision: &Decision| {
            let text = document.text.as_ref()?;
            let decision_state = decision.state(Some(span), text, self.project.codebook());
            (decision.annotator == *owner && decision_state == DecisionState::Current).then_some(())?;
            decision.verdict.or(decision.proposal.as_ref().map(|_| Verdict::Disputed))
        };
        let reviewers = document.decisions(span.id).filter(|(who, _)| !who.is_consensus());
        let verdicts = reviewers.filter_map(|(_, decision)| holds(decision));
        verdicts.max_by_key(|verdict| match verdict {
            Verdict::Accepted => 0,
            Verdict::Disputed => 1,
            Verdict::Rejected => 2,
        })
    }

    /// The current name of a category; its id if it is gone.
    pub fn category_name<'a>(&'a self, id: &'a CategoryId) -> &'a str {
        self.project.codebook().name_of(id)
    }

    /// Shows the queue, and goes to the first span to decide on.
    pub fn start_review(&mut self) {
        self.request(WindowRequest::Review);
        self.begin_review();
        if self.review.is_filling() {
            self.review.start_when_filled();
            return;
        }
        self.go_to_first_undecided();
    }

    /// Goes to the first undecided span of the queue, unless the current span is in the queue.
    fn go_to_first_undecided(&mut self) {
        let first = self.review.items().iter().position(|at| !self.has_decided(at));
        match (self.review_position(), first) {
            (None, Some(first)) => self.go_to_review(first),
            (None, None) if self.review.items().is_empty() => self.notify(words::queue_empty()),
            _ => {}
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_review(&mut self, action: ReviewAction) {
        match action {
            ReviewAction::Begin => self.begin_review(),
            ReviewAction::Filter(filter) => self.filter_review(filter),
            ReviewAction::GoTo(position) => self.go_to_review(position),
            ReviewAction::Propose { at, proposal, comment } => self.propose(&at, *proposal, &comment),
            ReviewAction::Comment { at, text } => self.comment(&at, &text),
            ReviewAction::Apply { at, reviewer } => self.apply_decision(&at, &reviewer),
            ReviewAction::Dismiss(at) => self.dismiss(&at),
        }
    }

    /// Updates the inbox after an edit; the queue follows at the next tick.
    pub(super) fn follow_review(&mut self, touched: &[Touch]) {
        let mut documents = BTreeSet::new();
        let mut decided = BTreeSet::new();
        for touch in touched {
            match touch {
                Touch::Layer(layer, _) | Touch::Recoded(layer, _) | Touch::Realigned(layer) => {
                    // Marking a document as done changes the user's layer, and shows blind annotators those of others.
                    if layer.annotator != self.me || self.project.works_blind(&self.me) {
                        self.review.has_changed(&layer.document);
                    }
                    documents.insert(&layer.document);
                }
                Touch::Text(text) => {
                    self.review.has_changed(&text.document);
                    documents.insert(&text.document);
                }
                Touch::Review(document, who) => {
                    if *who == self.me {
                        decided.insert(document);
                    }
                    documents.insert(document);
                }
                Touch::Project => self.review.all_have_changed(),
                Touch::Anchors(_) | Touch::Original(..) | Touch::AnalysisNotes(..) => {}
            }
        }
        documents.into_iter().for_each(|document| self.refresh_inbox(document));
        if self.review.begun {
            decided.into_iter().for_each(|document| self.count_decided(document));
        }
    }

    /// Updates the review for a document that was read.
    pub(super) fn review_document_read(&mut self, id: &DocumentId) {
        self.review.has_changed(id);
        self.refresh_inbox(id);
    }

    /// Starts over for the current user.
    pub(super) fn restart_review(&mut self) {
        let seen = self.read_seen();
        self.review.restart(seen);
        let ids: Vec<DocumentId> = self.project.documents().iter().map(|d| d.id().clone()).collect();
        ids.iter().for_each(|id| self.refresh_inbox(id));
    }
}
