//! Deciding on spans of others, proposing changes and commenting.

use std::sync::Arc;

use demarche_model::{
    Comment, Decision, Edit, Proposal, Quote, Span, SpanRef, SpanSnapshot, Stamp, TextRange, Verdict,
};

use super::super::Session;
use crate::words::{review as words, steps};

/// When a decision is made, and when its span had last been changed.
#[derive(Clone, Copy)]
struct Moment {
    now: Stamp,
    seen: Option<Stamp>,
}

impl Moment {
    /// Records in a decision when it was made and what it decided on.
    fn mark(self, decision: &mut Decision) {
        decision.modified = self.now;
        decision.decided_on = self.seen;
    }
}

impl Session {
    /// Decides on the current span, and goes to the next one.
    pub fn decide(&mut self, verdict: Verdict) {
        let Some(at) = self.review_target().cloned() else { return self.notify(words::no_current_passage()) };
        if let Some(why) = self.review_refusal(&at) {
            return self.notify(why);
        }
        let name = self.span_name(&at);
        let owners = self.owners_of(&at);
        let done = self.change_decisions(&at, steps::decide(verdict), |decision, moment| {
            decision.verdict = Some(verdict);
            if verdict != Verdict::Disputed {
                decision.proposal = None;
            }
            moment.mark(decision);
        });
        if done {
            self.notify(words::decided(verdict, &name, &owners));
            self.go_to_next_undecided();
        }
    }

    /// Proposes a change of a span, without the parts that would change nothing.
    pub(super) fn propose(&mut self, at: &SpanRef, proposal: Proposal, comment: &str) {
        if let Some(why) = self.review_refusal(at) {
            return self.notify(why);
        }
        let Some(span) = self.project.span(at).cloned() else { return self.notify(words::passage_gone()) };
        let text = self.project.document(&at.layer.document).and_then(|document| document.text.clone());
        let proposal = only_changes(proposal, &span, text.as_deref());
        if proposal.is_empty() {
            return self.notify(words::nothing_proposed());
        }
        let (me, comment) = (self.me.clone(), comment.trim().to_owned());
        let edits = self.decision_edits(at, |decision, moment| {
            decision.verdict = Some(Verdict::Disputed);
            decision.proposal = Some(proposal.clone());
            moment.mark(decision);
            if !comment.is_empty() {
                decision.comments.push(Comment { author: me.clone(), at: moment.now, text: comment.clone() });
            }
        });
        let done = !edits.is_empty()
            && self.edit_then(steps::propose(), Edit::Batch(edits), |session| session.go_to(at));
        if done {
            self.notify(words::proposed());
            self.go_to_next_undecided();
        }
    }

    /// Adds a comment to the thread of a span, and of those of others that are the same reading.
    pub(super) fn comment(&mut self, at: &SpanRef, text: &str) {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return;
        }
        let me = self.me.clone();
        if self.change_decisions(at, steps::comment(), |decision, moment| {
            decision.comments.push(Comment { author: me.clone(), at: moment.now, text: text.clone() });
        }) {
            self.mark_seen(at);
        }
    }

    /// Withdraws the user's decision on the current span; comments are kept.
    pub fn withdraw(&mut self) {
        let Some(at) = self.current_review() else { return self.notify(words::no_current_passage()) };
        let document = self.project.document(&at.layer.document);
        let mine = document.and_then(|document| document.decision(&self.me, at.span));
        if mine.is_none_or(|decision| decision.verdict.is_none() && decision.proposal.is_none()) {
            return self.notify(words::not_decided());
        }
        self.change_decisions(&at, steps::withdraw(), |decision, _| {
            decision.verdict = None;
            decision.proposal = None;
            decision.decided_on = None;
        });
    }

    /// The current span, or the current entry of the queue if its span is gone.
    pub fn current_review(&self) -> Option<SpanRef> {
        let queued = || self.review.items().get(self.review_position()?).cloned();
        self.review_target().cloned().or_else(queued)
    }

    /// The selected words, which can be proposed as the bounds of the current span.
    pub fn proposed_range(&self) -> TextRange {
        self.text_selection().range()
    }

    /// The names of those whose reading is decided on with that of a span; none if it is theirs alone.
    fn owners_of(&self, at: &SpanRef) -> Vec<String> {
        let together = self.reviewed_together(at);
        let names = together.iter().map(|at| self.project.name_of(&at.layer.annotator).to_owned());
        if together.len() > 1 { names.collect() } else { Vec::new() }
    }

    /// Changes the user's decision on a span and those of others that are the same reading, as one step.
    fn change_decisions(
        &mut self,
        at: &SpanRef,
        label: &str,
        change: impl Fn(&mut Decision, Moment),
    ) -> bool {
        let edits = self.decision_edits(at, change);
        !edits.is_empty() && self.edit(label, Edit::Batch(edits))
    }

    /// The edits that change the user's decisions on a span and those of others that are the same reading.
    fn decision_edits(&self, at: &SpanRef, change: impl Fn(&mut Decision, Moment)) -> Vec<Edit> {
        let now = self.env.now();
        let together = self.reviewed_together(at);
        together.iter().filter_map(|at| self.decision_edit(at, now, &change)).collect()
    }

    /// The edit that changes the user's decision on a span; `None` if there was none and still is none.
    fn decision_edit(
        &self,
        at: &SpanRef,
        now: Stamp,
        change: &impl Fn(&mut Decision, Moment),
    ) -> Option<Edit> {
        let document = self.project.document(&at.layer.document)?;
        let old = document.decision(&self.me, at.span).cloned();
        let fresh = || Decision::empty(at.layer.annotator.clone(), at.span, now);
        let mut decision = old.as_ref().map_or_else(fresh, |old| Decision::clone(old));
        change(&mut decision, Moment { now, seen: self.project.span(at).map(|span| span.modified) });
        if let Some((span, text)) = self.project.span(at).zip(document.text.as_ref())
            && (decision.verdict.is_some() || decision.proposal.is_some())
        {
            decision.about = Some(SpanSnapshot {
                category: span.category.clone(),
                quote: Quote::of_span(&span.ranges, text),
            });
        }
        let to = (!decision.is_empty()).then(|| Arc::new(decision));
        (to.is_some() || old.is_some()).then(|| Edit::SetDecision {
            document: at.layer.document.clone(),
            reviewer: self.me.clone(),
            span: at.span,
            to,
        })
    }
}

/// Removes from a proposal everything that the span already has.
fn only_changes(mut proposal: Proposal, span: &Span, text: Option<&demarche_model::Text>) -> Proposal {
    proposal.category = proposal.category.filter(|category| *category != span.category);
    let ranges = |bounds: &demarche_model::Bounds| text.and_then(|text| bounds.ranges(text));
    proposal.bounds = proposal.bounds.filter(|bounds| ranges(bounds).as_ref() != Some(&span.ranges));
    proposal.attributes.retain(|id, value| value.as_ref() != span.attributes.get(id));
    proposal
}
