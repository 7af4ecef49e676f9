//! Reviews: decisions and comments on the spans of others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    AnnotatorId, AttributeId, CategoryId, Codebook, Quote, Ranges, Span, SpanId, Stamp, Text, Value,
};

/// Everything that one person says about spans in one document: the unit of ownership, and one file on disk.
/// The owner of a span answers in their own review, so that every file has one writer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Review {
    /// Decisions by span.
    pub decisions: BTreeMap<SpanId, Arc<Decision>>,
    /// The latest return of the document to each of its coders.
    pub returns: BTreeMap<AnnotatorId, Arc<Return>>,
}

impl Review {
    /// A review of decisions alone.
    pub fn of_decisions(decisions: impl IntoIterator<Item = (SpanId, Arc<Decision>)>) -> Self {
        Self { decisions: decisions.into_iter().collect(), returns: BTreeMap::new() }
    }

    /// True if it says nothing. An empty review has no file.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty() && self.returns.is_empty()
    }
}

/// A document that is returned to a coder who has marked it as done. In the coder's own review, it records that their
/// Demarche has followed the return of this time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Return {
    /// When it was returned.
    pub at: Stamp,
    /// Why, in the words of the lead.
    pub reason: String,
}

/// What one person says about one span: a verdict, a proposed change, or comments alone.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// The owner of the span.
    pub annotator: AnnotatorId,
    /// The span.
    pub span: SpanId,
    /// The verdict; `None` for comments alone.
    pub verdict: Option<Verdict>,
    /// A proposed change.
    pub proposal: Option<Proposal>,
    /// The span at the time of the decision; shown after it is removed.
    pub about: Option<SpanSnapshot>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// The time of the decision. Comments have times of their own.
    pub modified: Stamp,
    /// When the span had last been changed, as the decision saw it: its own time, since clocks of two machines differ. `None` in
    /// decisions of older versions, and without verdict and proposal.
    pub decided_on: Option<Stamp>,
}

/// A reviewer's verdict on a span.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// The span should stay as it is.
    Accepted,
    /// The span should be removed.
    Rejected,
    /// The span needs discussion.
    Disputed,
}

/// A change to a span that a reviewer proposes. Whatever is `None` or not listed stays as it is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Proposal {
    /// The category it should have.
    pub category: Option<CategoryId>,
    /// The ranges it should have.
    pub bounds: Option<Bounds>,
    /// The attribute values it should have; `None` to remove one.
    pub attributes: BTreeMap<AttributeId, Option<Value>>,
}

/// Proposed ranges of a span, in **characters** and with their text, since the text may be a different
/// version when they are read.
#[derive(Clone, PartialEq, Debug)]
pub struct Bounds {
    /// Ranges in characters.
    pub characters: Ranges,
    /// The text there.
    pub quote: Quote,
}

/// A span at the time it was decided on.
#[derive(Clone, PartialEq, Debug)]
pub struct SpanSnapshot {
    /// Its category.
    pub category: CategoryId,
    /// Its text.
    pub quote: Quote,
}

/// A comment on a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// Its author.
    pub author: AnnotatorId,
    /// The time it was written.
    pub at: Stamp,
    /// Its text.
    pub text: String,
}

/// The state of a decision, given its span today.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DecisionState {
    /// The span is as it was at the time of the decision.
    Current,
    /// The span is as the decision proposes.
    Applied,
    /// The span was changed after the decision.
    Changed,
    /// The span was removed.
    Removed,
}

/// The change that a decision asks the owner of its span to make.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum RequestedChange<'a> {
    /// To change the span as proposed.
    Apply(&'a Proposal),
    /// To remove the span.
    Remove,
}

impl Decision {
    /// A decision that says nothing yet.
    pub fn empty(annotator: AnnotatorId, span: SpanId, at: Stamp) -> Self {
        Self {
            annotator,
            span,
            verdict: None,
            proposal: None,
            about: None,
            comments: Vec::new(),
            modified: at,
            decided_on: None,
        }
    }

    /// True if it says nothing, so that it need not be kept.
    pub fn is_empty(&self) -> bool {
        self.verdict.is_none() && self.proposal.is_none() && self.comments.is_empty()
    }

    /// True if a span was changed after the decision.
    pub fn is_before(&self, span: &Span) -> bool {
        match self.decided_on {
            Some(seen) => span.modified != seen,
            None => span.modified > self.modified,
        }
    }

    /// The change that this decision of a reviewer asks for. The consensus asks for none: it records what adjudication
    /// left out, and independent coding stays as it was.
    pub fn requested_change(&self, reviewer: &AnnotatorId) -> Option<RequestedChange<'_>> {
        match (&self.proposal, self.verdict) {
            _ if reviewer.is_consensus() => None,
            (Some(proposal), _) => Some(RequestedChange::Apply(proposal)),
            (None, Some(Verdict::Rejected)) => Some(RequestedChange::Remove),
            (None, Some(Verdict::Accepted | Verdict::Disputed) | None) => None,
        }
    }

    /// The time of the last verdict, proposal or comment.
    pub fn last_activity(&self) -> Stamp {
        let comments = self.comments.iter().map(|comment| comment.at);
        if self.verdict.is_none() && self.proposal.is_none() {
            return comments.max().unwrap_or(self.modified);
        }
        comments.fold(self.modified, Stamp::max)
    }

    /// Its state, given the span today.
    pub fn state(&self, span: Option<&Span>, text: &Text, codebook: &Codebook) -> DecisionState {
        match (span, &self.proposal) {
            (None, _) => DecisionState::Removed,
            (Some(span), Some(proposal)) if proposal.is_applied_to(span, text, codebook) => {
                DecisionState::Applied
            }
            (Some(span), _) if self.is_before(span) => DecisionState::Changed,
            _ => DecisionState::Current,
        }
    }
}

impl Proposal {
    /// True if nothing is proposed.
    pub fn is_empty(&self) -> bool {
        self.category.is_none() && self.bounds.is_none() && self.attributes.is_empty()
    }

    /// The span as proposed. `None` if the category no longer exists or the text there is different.
    pub fn applied(&self, span: &Span, text: &Text, codebook: &Codebook) -> Option<Span> {
        let mut span = span.clone();
        if let Some(category) = &self.category {
            span.category = codebook.resolve(category)?.id.clone();
        }
        if let Some(bounds) = &self.bounds {
            span.ranges = bounds.ranges(text)?;
        }
        for (id, value) in &self.attributes {
            match value {
                Some(value) => span.attributes.insert(id.clone(), value.clone()),
                None => span.attributes.remove(id),
            };
        }
        Some(span)
    }

    /// True if a span is already as proposed.
    pub fn is_applied_to(&self, span: &Span, text: &Text, codebook: &Codebook) -> bool {
        !self.is_empty() && self.applied(span, text, codebook).is_some_and(|applied| applied == *span)
    }
}

impl Bounds {
    /// Records ranges of a text.
    pub fn from_ranges(ranges: &Ranges, text: &Text) -> Option<Self> {
        Some(Self { characters: ranges.to_characters(text)?, quote: Quote::of_span(ranges, text) })
    }

    /// The ranges in bytes; `None` if the text there is different.
    pub fn ranges(&self, text: &Text) -> Option<Ranges> {
        self.characters.to_bytes(text).filter(|ranges| self.quote.is_at(ranges, text))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::TextRange;
    use super::*;

    /// A span that was last changed at this time, by the clock of its owner.
    fn span(modified: i64) -> Span {
        let ranges = Ranges::one(TextRange::new(0, 3)).unwrap();
        let span = Span::new(SpanId(Uuid::from_u128(1)), "demand".into(), ranges, Stamp(0));
        Span { modified: Stamp(modified), ..span }
    }

    fn state(decision: &Decision, span: &Span) -> DecisionState {
        decision.state(Some(span), &Text::new("one two"), &Codebook::default())
    }

    #[test]
    fn whether_a_decision_stands_depends_on_what_it_decided_on_and_not_on_clocks() {
        let seen = span(100);
        // The reviewer's clock is ten minutes ahead, or ten minutes behind.
        for at in [700, -500] {
            let decision = Decision {
                verdict: Some(Verdict::Accepted),
                decided_on: Some(seen.modified),
                ..Decision::empty("ana".into(), seen.id, Stamp(at))
            };
            assert_eq!(state(&decision, &seen), DecisionState::Current);
            assert_eq!(state(&decision, &span(160)), DecisionState::Changed);
            assert_eq!(state(&decision, &span(40)), DecisionState::Changed, "the owner's clock was put back");
        }
    }

    #[test]
    fn a_decision_of_an_older_version_keeps_the_rule_of_time() {
        let decision = Decision {
            verdict: Some(Verdict::Accepted),
            ..Decision::empty("ana".into(), span(0).id, Stamp(100))
        };
        assert_eq!(state(&decision, &span(100)), DecisionState::Current);
        assert_eq!(state(&decision, &span(101)), DecisionState::Changed);
    }
}
