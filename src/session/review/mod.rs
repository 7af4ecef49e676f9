//! Review: a reviewer walks the spans of others and decides on them; the one who tagged them answers.
//!
//! What one person says stands in their own review (`reviews/PERSON/DOCUMENT.ron`), so that every file has one writer; the
//! thread of a span is what all of them say, by time.

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

pub use filter::{ReviewFilter, ReviewState};
pub use inbox::InboxEntry;

/// What somebody who reviews, or answers a review, wants.
#[derive(Clone, PartialEq, Debug)]
pub enum ReviewAction {
    /// Makes the queue, if there is none yet.
    Begin,
    /// Chooses which spans come into the queue.
    Filter(ReviewFilter),
    /// Goes to the span at this place of the queue.
    GoTo(usize),
    /// Proposes a change, and says why where the comment is not empty.
    Propose { at: SpanRef, proposal: Box<Proposal>, comment: String },
    /// Adds a remark to the thread of a span.
    Comment { at: SpanRef, text: String },
    /// Does what this person has decided on the user's span: takes over what they propose, removes what they reject.
    Apply { at: SpanRef, reviewer: AnnotatorId },
    /// Takes a decision on the user's span, or an answer, as read.
    Dismiss(SpanRef),
}

/// The queue of spans to decide on, and what others have decided on the user's own.
#[derive(Default)]
pub struct Reviewing {
    begun: bool,
    /// Documents that have changed since the queue was made.
    stale: BTreeSet<DocumentId>,
    /// Whether something has changed that concerns all of them.
    all_stale: bool,
    filter: ReviewFilter,
    queue: queue::Queue,
    /// Tells results of a job for an earlier queue from those that are wanted.
    serial: u64,
    under_way: bool,
    /// Whether to go to the first span once a job has made the queue.
    start_when_made: bool,
    at: usize,
    inbox: BTreeMap<DocumentId, Vec<InboxEntry>>,
    unread: usize,
    /// Up to when the user has read what others say of a span.
    seen: BTreeMap<SpanId, i64>,
}

impl Reviewing {
    /// Whether there is a queue.
    pub fn is_begun(&self) -> bool {
        self.begun
    }

    /// Which spans are in the queue.
    pub fn filter(&self) -> &ReviewFilter {
        &self.filter
    }

    /// The spans of the queue, by document and place.
    pub fn items(&self) -> &[SpanRef] {
        self.queue.items()
    }

    /// Whether a worker still looks for spans.
    pub fn is_filling(&self) -> bool {
        self.under_way
    }

    /// How many spans of the queue the user has decided on.
    pub fn decided(&self) -> usize {
        self.queue.decided()
    }

    /// How many decisions and answers the user has not read.
    pub fn unread(&self) -> usize {
        self.unread
    }

    /// What others say of the user's spans, and what is answered to the user's decisions, by document.
    pub fn inbox(&self) -> impl Iterator<Item = &InboxEntry> {
        self.inbox.values().flatten()
    }

    /// Begins a review. Returns whether there was none.
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    /// Chooses which spans come into the queue.
    fn set_filter(&mut self, filter: ReviewFilter) {
        self.filter = filter;
        self.begun = true;
    }

    /// Remembers to go to the first undecided span once a worker has made the queue.
    fn start_when_made(&mut self) {
        self.start_when_made = true;
    }

    /// Marks all documents as changed since the queue was made.
    fn all_have_changed(&mut self) {
        self.all_stale = true;
    }

    /// Whether all documents have changed; `false` from then on.
    fn take_all_stale(&mut self) -> bool {
        std::mem::take(&mut self.all_stale)
    }

    /// Marks a document that has changed since the queue was made.
    fn has_changed(&mut self, id: &DocumentId) {
        self.stale.insert(id.clone());
    }

    /// Takes the documents whose part of the queue has to be rebuilt; none while a worker rebuilds some.
    fn take_stale(&mut self) -> Vec<DocumentId> {
        if self.under_way { Vec::new() } else { std::mem::take(&mut self.stale).into_iter().collect() }
    }

    /// Resets the queue and ignores the workers that fill it. With `keep`, its spans stay until their part is rebuilt, so
    /// that nothing is lost that was decided on just now.
    fn reset_queue(&mut self, project: &Project, keep: bool) {
        self.queue.reset(project, keep);
        self.serial += 1;
        self.under_way = false;
        self.stale.clear();
    }

    /// Records that a worker makes parts of the queue. Returns the serial of this queue.
    fn begin_job(&mut self) -> u64 {
        self.under_way = true;
        self.serial
    }

    /// Records that a worker is done. Returns whether the user is waiting to go to the first span.
    fn end_job(&mut self) -> bool {
        self.under_way = false;
        std::mem::take(&mut self.start_when_made)
    }

    /// The span of the queue that the user is at.
    fn here(&self) -> Option<&SpanRef> {
        self.items().get(self.at)
    }

    /// Puts parts of documents into the queue, given their positions in the project.
    fn put_parts(&mut self, project: &Project, parts: BTreeMap<usize, Vec<SpanRef>>) {
        let here = self.here().cloned();
        self.queue.set(parts);
        self.move_to(project, here.as_ref());
    }

    /// Moves to a place of the queue.
    fn go_to(&mut self, place: usize) {
        self.at = place;
    }

    /// Moves to a span of the queue; to the start if it is not in the queue.
    fn move_to(&mut self, project: &Project, at: Option<&SpanRef>) {
        self.at = at.and_then(|at| self.queue.place(project, at)).unwrap_or(0);
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

    /// Records that the user has read the decisions on a span up to this moment.
    fn mark_seen(&mut self, span: SpanId, latest: Stamp) {
        self.seen.insert(span, latest.0);
    }

    /// Resets everything for another user, who has read this much. Results still to come for the last one are ignored.
    fn restart(&mut self, seen: BTreeMap<SpanId, i64>) {
        *self = Self { seen, serial: self.serial + 1, ..Self::default() };
    }
}

impl Session {
    /// The review that is under way.
    pub fn review(&self) -> &Reviewing {
        &self.review
    }

    /// Place in the queue of the span that the user is at.
    pub fn review_position(&self) -> Option<usize> {
        let target = self.review_target();
        let place = target.and_then(|at| self.review.queue.place(&self.project, at));
        let gone = || self.review.here().is_some_and(|at| self.project.span(at).is_none());
        place.or_else(|| (target.is_none() && gone()).then_some(self.review.at))
    }

    /// The span to decide on: the picked one; where words are selected, that which was picked before.
    pub fn review_target(&self) -> Option<&SpanRef> {
        let before = || {
            let at = self.tagging.previous_current().filter(|_| !self.text_selection().is_empty())?;
            let here = self.view.document() == Some(&at.layer.document);
            (here && self.project.span(at).is_some() && self.may_see_span(at)).then_some(at)
        };
        self.current().or_else(before)
    }

    /// Why the user can't decide on a span, if so.
    pub fn review_refusal(&self, at: &SpanRef) -> Option<&'static str> {
        if at.layer.annotator == self.me {
            return Some("This passage is yours: others decide on it, and you answer them");
        }
        self.reviewing_refusal()
    }

    /// Why the user can't review at all, if so: some have the role, and they do not.
    pub fn reviewing_refusal(&self) -> Option<&'static str> {
        let some = self.project.annotators().iter().any(|person| person.role > Role::Annotator);
        let may = !some || self.project.role(&self.me) > Role::Annotator;
        (!may).then_some("Only reviewers and leads decide on passages; see People… in the menu Review")
    }

    /// How a decision stands to its span now.
    pub fn decision_state(&self, at: &SpanRef, decision: &Decision) -> DecisionState {
        let document = self.project.document(&at.layer.document);
        document.map_or(DecisionState::Current, |document| {
            self.queue_filter().decision_state(document, at, decision)
        })
    }

    /// Whether the user has decided on a span as it is now.
    pub fn has_decided(&self, at: &SpanRef) -> bool {
        let document = self.project.document(&at.layer.document);
        document.is_some_and(|document| self.queue_filter().has_decided(document, at))
    }

    /// The verdict that counts for a span at a glance: of several decisions that still hold the most critical one.
    pub fn verdict_on(&self, document: &Document, owner: &AnnotatorId, span: &Span) -> Option<Verdict> {
        let holds = |decision: &Decision| {
            let text = document.text.as_ref()?;
            let decision_state = decision.state(Some(span), text, self.project.codebook());
            (decision.annotator == *owner && decision_state == DecisionState::Current).then_some(())?;
            decision.verdict.or(decision.proposal.as_ref().map(|_| Verdict::Disputed))
        };
        let verdicts = document.decisions(span.id).filter_map(|(_, decision)| holds(decision));
        verdicts.max_by_key(|verdict| match verdict {
            Verdict::Accepted => 0,
            Verdict::Disputed => 1,
            Verdict::Rejected => 2,
        })
    }

    /// The words of a category as they are called now; the id where it is gone.
    pub fn category_name<'a>(&'a self, id: &'a CategoryId) -> &'a str {
        self.project.codebook().name_of(id)
    }

    /// Shows the queue, and the first span to decide on.
    pub fn start_review(&mut self) {
        self.request(WindowRequest::Review);
        self.begin_review();
        if self.review.is_filling() {
            self.review.start_when_made();
            return;
        }
        self.go_to_first_undecided();
    }

    /// Goes to the first span of the queue to decide on, unless the user is at one of it already.
    fn go_to_first_undecided(&mut self) {
        let first = self.review.items().iter().position(|at| !self.has_decided(at));
        match (self.review_position(), first) {
            (None, Some(first)) => self.go_to_review(first),
            (None, None) if self.review.items().is_empty() => {
                self.notify("Nothing to review here; see the filters of the tab Review")
            }
            _ => {}
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_review(&mut self, action: ReviewAction) {
        match action {
            ReviewAction::Begin => self.begin_review(),
            ReviewAction::Filter(filter) => self.filter_review(filter),
            ReviewAction::GoTo(place) => self.go_to_review(place),
            ReviewAction::Propose { at, proposal, comment } => self.propose(&at, *proposal, &comment),
            ReviewAction::Comment { at, text } => self.comment(&at, &text),
            ReviewAction::Apply { at, reviewer } => self.apply_decision(&at, &reviewer),
            ReviewAction::Dismiss(at) => self.dismiss(&at),
        }
    }

    /// Follows an edit: what others say of the user's spans at once, the queue at the next tick.
    pub(super) fn follow_review(&mut self, touched: &[Touch]) {
        let mut documents = BTreeSet::new();
        let mut said = BTreeSet::new();
        for touch in touched {
            match touch {
                Touch::Layer(layer, _) | Touch::Recoded(layer, _) | Touch::Realigned(layer) => {
                    // Who works blind sees others' once done, which is a change of their own layer.
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
                        said.insert(document);
                    }
                    documents.insert(document);
                }
                Touch::Project => self.review.all_have_changed(),
                Touch::Anchors(_) | Touch::Original(..) => {}
            }
        }
        documents.into_iter().for_each(|document| self.refresh_inbox(document));
        if self.review.begun {
            said.into_iter().for_each(|document| self.count_decided(document));
        }
    }

    /// A document has come into memory.
    pub(super) fn review_document_read(&mut self, id: &DocumentId) {
        self.review.has_changed(id);
        self.refresh_inbox(id);
    }

    /// Somebody else works here: begins anew with what they have read.
    pub(super) fn review_as_me(&mut self) {
        let seen = self.read_seen();
        self.review.restart(seen);
        let ids: Vec<DocumentId> = self.project.documents().iter().map(|d| d.id().clone()).collect();
        ids.iter().for_each(|id| self.refresh_inbox(id));
    }
}
