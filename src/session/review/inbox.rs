//! The inbox: decisions on the user's spans and answers to the user's decisions, and acting on them.

use std::collections::BTreeMap;

use demarche_io::settings::Local;
use demarche_model::{
    AnnotatorId, Decision, DecisionState, Document, DocumentId, LayerId, Proposal, RequestedChange, SpanId,
    SpanRef, Stamp, Verdict,
};

use super::super::Session;
use crate::words::{review as words, steps};

/// A span with a decision or an answer for the user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxEntry {
    /// The span: the user's, or one that the user has decided on.
    pub at: SpanRef,
    /// The time of the latest decision or comment by another person.
    pub latest: Stamp,
    /// Whether the user has neither read nor answered it.
    pub unread: bool,
}

impl Session {
    /// The spans whose threads the user has read, as remembered on this machine.
    pub(super) fn read_seen(&self) -> BTreeMap<SpanId, i64> {
        let local = Local::read(self.files.folder());
        let mine = local.seen.get(self.me.as_str()).into_iter().flatten();
        mine.filter_map(|(id, at)| Some((SpanId(uuid::Uuid::try_parse(id).ok()?), *at))).collect()
    }

    /// The spans whose threads the user has read, to be remembered on this machine.
    pub(crate) fn seen_to_remember(&self) -> BTreeMap<String, i64> {
        self.review.seen.iter().map(|(id, at)| (id.to_string(), *at)).collect()
    }

    /// Updates the inbox of a document. Its cost follows the decisions there, not the spans.
    pub(super) fn refresh_inbox(&mut self, id: &DocumentId) {
        let entries = self.project.document(id).map(|document| self.entries(document)).unwrap_or_default();
        self.review.set_inbox(id, entries);
    }

    fn entries(&self, document: &Document) -> Vec<InboxEntry> {
        let mut latest: BTreeMap<(AnnotatorId, SpanId), (Stamp, bool)> = BTreeMap::new();
        for (who, review) in document.reviews.iter().filter(|(who, _)| **who != self.me) {
            for decision in review.decisions.values() {
                let about_mine = decision.annotator == self.me;
                let answer =
                    decision.annotator == *who && document.decision(&self.me, decision.span).is_some();
                if !about_mine && !answer {
                    continue;
                }
                let at = self.span_of(document, decision);
                // An accepted passage needs no answer.
                let accepted = decision.verdict == Some(Verdict::Accepted) && decision.comments.is_empty();
                // The consensus asks nothing of the owner, so it is shown and never unread.
                let open = !accepted
                    && !who.is_consensus()
                    && self.decision_state(&at, decision) != DecisionState::Applied;
                let entry = latest.entry((decision.annotator.clone(), decision.span)).or_default();
                *entry = (
                    entry.0.max(if open { decision.last_activity() } else { Stamp::default() }),
                    entry.1 || open,
                );
            }
        }
        let mut entries: Vec<(usize, InboxEntry)> = Vec::new();
        for ((owner, span), (latest, open)) in latest {
            let at = SpanRef { layer: LayerId::new(document.id(), &owner), span };
            let mine = document.decision(&self.me, span).and_then(|d| d.comments.last()).map(|c| c.at);
            let own =
                document.decision(&self.me, span).filter(|_| owner != self.me).map(|d| d.last_activity());
            let seen = self.review.seen.get(&span).map(|&at| Stamp(at));
            let read = [mine, own, seen].into_iter().flatten().max();
            let there = self.project.span(&at);
            let unread = open && there.is_some() && read.is_none_or(|read| read < latest);
            let start = there.map_or(usize::MAX, |span| span.ranges.start());
            entries.push((start, InboxEntry { at, latest, unread }));
        }
        entries.sort_by(|a, b| (a.0, &a.1.at).cmp(&(b.0, &b.1.at)));
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn span_of(&self, document: &Document, decision: &Decision) -> SpanRef {
        SpanRef { layer: LayerId::new(document.id(), &decision.annotator), span: decision.span }
    }

    /// Goes to the next unread entry of the inbox after the current span, wrapping around.
    pub fn next_in_inbox(&mut self) {
        let unread: Vec<SpanRef> =
            self.review.inbox().filter(|entry| entry.unread).map(|entry| entry.at.clone()).collect();
        let all: Vec<&SpanRef> = self.review.inbox().map(|entry| &entry.at).collect();
        let position = |at: &SpanRef| all.iter().position(|other| *other == at);
        let here = self.current().and_then(position);
        let after = unread.iter().find(|at| here.is_none_or(|here| position(at) > Some(here)));
        match after.or(unread.first()).cloned() {
            Some(at) => self.go_to(&at),
            None => self.notify(words::nothing_new()),
        }
    }

    /// Marks the thread of a span as read.
    pub(super) fn mark_seen(&mut self, at: &SpanRef) {
        let latest = self.project.document(&at.layer.document).and_then(|document| {
            let others = document.decisions(at.span).filter(|(who, _)| **who != self.me);
            others.map(|(_, decision)| decision.last_activity()).max()
        });
        if let Some(latest) = latest {
            self.review.mark_seen(at.span, latest);
            self.refresh_inbox(&at.layer.document);
            self.save_local_state();
        }
    }

    /// Marks the thread of a span as read, and goes to the next unread one.
    pub(super) fn dismiss(&mut self, at: &SpanRef) {
        self.mark_seen(at);
        if self.review.unread > 0 {
            self.next_in_inbox();
        } else {
            self.notify(words::nothing_else_new());
        }
    }

    /// Marks the thread of the current span as read, and goes to the next unread one.
    pub fn dismiss_current(&mut self) {
        match self.current().cloned() {
            Some(at) => self.dismiss(&at),
            None => self.notify(words::no_current_passage()),
        }
    }

    /// Applies the latest decision on the current span that calls for a change.
    pub fn apply_latest_decision(&mut self) {
        let Some(at) = self.current().cloned() else { return self.notify(words::no_current_passage()) };
        let document = self.project.document(&at.layer.document);
        let is_open = |who: &AnnotatorId, decision: &Decision| {
            decision.requested_change(who).is_some()
                && self.decision_state(&at, decision) != DecisionState::Applied
        };
        let decisions = document.into_iter().flat_map(|document| document.decisions(at.span));
        let latest =
            decisions.filter(|(who, d)| **who != self.me && is_open(who, d)).max_by_key(|(_, d)| d.modified);
        match latest.map(|(who, _)| who.clone()) {
            Some(who) => self.apply_decision(&at, &who),
            None => self.notify(words::no_change_proposed()),
        }
    }

    /// Applies a reviewer's decision on a span of the user.
    pub(super) fn apply_decision(&mut self, at: &SpanRef, reviewer: &AnnotatorId) {
        if at.layer.annotator != self.me {
            return self.notify(words::not_yours());
        }
        let document = self.project.document(&at.layer.document);
        let Some(decision) = document.and_then(|d| d.decision(reviewer, at.span)).cloned() else { return };
        let origin = steps::decision_of(self.project.name_of(reviewer), decision.modified);
        match decision.requested_change(reviewer) {
            Some(RequestedChange::Apply(proposal)) => self.accept_proposal(at, proposal, &origin),
            Some(RequestedChange::Remove) => {
                self.mark_seen(at);
                self.remove_rejected(at, &origin);
            }
            None => self.notify(words::nothing_to_apply()),
        }
    }

    /// Changes a span as proposed. `origin` names the decision, for the audit log.
    fn accept_proposal(&mut self, at: &SpanRef, proposal: &Proposal, origin: &str) {
        let text = self.project.document(&at.layer.document).and_then(|document| document.text.clone());
        let Some((span, text)) = self.project.span(at).cloned().zip(text) else { return };
        let Some(changed) = proposal.applied(&span, &text, self.project.codebook()) else {
            return self.notify_error(words::proposal_outdated());
        };
        if changed == *span {
            return self.notify(words::proposal_already_applied());
        }
        let moved = changed.category != span.category || changed.ranges != span.ranges;
        if moved && self.same_span(&at.layer, &changed).is_some() {
            return self.notify(words::duplicate());
        }
        if self.change_span(at, changed, steps::accept_proposal(origin)) {
            self.mark_seen(at);
            self.go_to(at);
            self.notify(words::proposal_accepted());
        }
    }
}
