//! Deciding on spans of others, proposing changes of them, and talking about them.

use std::sync::Arc;

use demarche_model::{
    Comment, Decision, Edit, Proposal, Span, SpanRef, SpanSnapshot, Stamp, TextRange, Verdict,
};

use super::super::Session;

impl Session {
    /// Decides on the picked span, and goes on to the next.
    pub fn decide(&mut self, verdict: Verdict) {
        let Some(at) = self.review_target().cloned() else { return self.notify("Pick a passage first") };
        if let Some(why) = self.review_refusal(&at) {
            return self.notify(why);
        }
        let (label, told) = match verdict {
            Verdict::Accepted => ("accept a passage", "Accepted"),
            Verdict::Rejected => ("reject a passage", "Rejected"),
            Verdict::Disputed => ("dispute a passage", "Disputed"),
        };
        let name = self.span_name(&at);
        let said = self.say(&at, label, |decision, now| {
            decision.verdict = Some(verdict);
            if verdict != Verdict::Disputed {
                decision.proposal = None;
            }
            decision.modified = now;
        });
        if said {
            self.notify(format!("{told}: {name}"));
            self.go_to_next_undecided();
        }
    }

    /// Proposes a change of a span. What it says already is left out.
    pub(super) fn propose(&mut self, at: &SpanRef, proposal: Proposal, comment: &str) {
        if let Some(why) = self.review_refusal(at) {
            return self.notify(why);
        }
        let Some(span) = self.project.span(at).cloned() else { return self.notify("This passage is gone") };
        let text = self.project.document(&at.layer.document).and_then(|document| document.text.clone());
        let proposal = without_what_is(proposal, &span, text.as_deref());
        if proposal.is_empty() {
            return self.notify("Nothing proposed: the passage says so already");
        }
        let (me, comment) = (self.me.clone(), comment.trim().to_owned());
        let edit = self.decision_edit(at, |decision, now| {
            decision.verdict = Some(Verdict::Disputed);
            decision.proposal = Some(proposal);
            decision.modified = now;
            if !comment.is_empty() {
                decision.comments.push(Comment { author: me, at: now, text: comment });
            }
        });
        let said =
            edit.is_some_and(|edit| self.edit_then("propose a change", edit, |session| session.go_to(at)));
        if said {
            self.notify("Proposed");
            self.go_to_next_undecided();
        }
    }

    /// Adds a remark to the thread of a span.
    pub(super) fn comment(&mut self, at: &SpanRef, text: &str) {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return;
        }
        let me = self.me.clone();
        if self.say(at, "comment on a passage", |decision, now| {
            decision.comments.push(Comment { author: me, at: now, text });
        }) {
            self.mark_seen(at);
        }
    }

    /// Takes the user's decision on the picked span back; comments stay.
    pub fn withdraw(&mut self) {
        let Some(at) = self.current_review() else { return self.notify("Pick a passage first") };
        let document = self.project.document(&at.layer.document);
        let mine = document.and_then(|document| document.decision(&self.me, at.span));
        if mine.is_none_or(|decision| decision.verdict.is_none() && decision.proposal.is_none()) {
            return self.notify("You have not decided on this passage");
        }
        self.say(&at, "take a decision back", |decision, _| {
            decision.verdict = None;
            decision.proposal = None;
        });
    }

    /// The span that the user is at: the picked one, or one of the queue that is gone.
    pub fn current_review(&self) -> Option<SpanRef> {
        let queued = || self.review.items().get(self.review_position()?).cloned();
        self.review_target().cloned().or_else(queued)
    }

    /// The words to propose for the passage at hand: those that are selected, if some are.
    pub fn proposed_range(&self) -> TextRange {
        self.text_selection().range()
    }

    /// Changes what the user says of a span, as one step.
    fn say(&mut self, at: &SpanRef, label: &str, change: impl FnOnce(&mut Decision, Stamp)) -> bool {
        self.decision_edit(at, change).is_some_and(|edit| self.edit(label, edit))
    }

    /// The edit that changes the user's decision on a span; `None` if there was none and still is none.
    fn decision_edit(&self, at: &SpanRef, change: impl FnOnce(&mut Decision, Stamp)) -> Option<Edit> {
        let now = self.env.now();
        let document = self.project.document(&at.layer.document)?;
        let old = document.decision(&self.me, at.span).cloned();
        let fresh = || Decision::empty(at.layer.annotator.clone(), at.span, now);
        let mut decision = old.as_ref().map_or_else(fresh, |old| Decision::clone(old));
        change(&mut decision, now);
        if let Some((span, text)) = self.project.span(at).zip(document.text.as_ref())
            && (decision.verdict.is_some() || decision.proposal.is_some())
        {
            decision.about = Some(SpanSnapshot { category: span.category.clone(), quote: span.quote(text) });
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

/// A proposal without what the span says already.
fn without_what_is(mut proposal: Proposal, span: &Span, text: Option<&demarche_model::Text>) -> Proposal {
    proposal.category = proposal.category.filter(|category| *category != span.category);
    let ranges = |bounds: &demarche_model::Bounds| text.and_then(|text| bounds.ranges(text));
    proposal.bounds = proposal.bounds.filter(|bounds| ranges(bounds).as_ref() != Some(&span.ranges));
    proposal.attributes.retain(|id, value| value.as_ref() != span.attributes.get(id));
    proposal
}
