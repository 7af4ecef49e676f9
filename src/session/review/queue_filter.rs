//! Finding the spans of a document for the review queue. Independent of the session, so that a worker can do it too.

use demarche_model::{
    AnnotatorId, Decision, DecisionState, Document, DocumentId, LayerId, Project, Span, SpanRef, Verdict,
};

use super::filter::Positions;
use super::{ReviewFilter, ReviewState};

/// The filter of the queue, with what it depends on.
#[derive(Clone, Copy)]
pub(super) struct QueueFilter<'a> {
    pub project: &'a Project,
    pub me: &'a AnnotatorId,
    pub filter: &'a ReviewFilter,
}

impl<'a> QueueFilter<'a> {
    /// The spans of a document that belong in the queue, by position, then those that are gone but decided on. Spans in
    /// `kept` stay whatever the filter.
    pub fn spans(self, document: &'a Document, kept: &Positions) -> Vec<SpanRef> {
        if self.filter.document.as_ref().is_some_and(|only| only != document.id()) {
            return Vec::new();
        }
        let mut found: Vec<(usize, SpanRef)> = Vec::new();
        for (owner, layer) in &document.layers {
            if !self.is_reviewed(document.id(), owner) {
                continue;
            }
            let id = LayerId::new(document.id(), owner);
            for span in layer.spans() {
                let at = SpanRef { layer: id.clone(), span: span.id };
                if kept.contains_key(&at) || self.is_wanted(document, &at, span) {
                    found.push((span.ranges.start(), at));
                }
            }
        }
        found.sort();
        found.into_iter().map(|(_, at)| at).chain(self.gone_in(document)).collect()
    }

    /// The number of spans that [`Self::spans`] looks at.
    pub fn cost(self, document: &Document) -> usize {
        let others = document.layers.iter().filter(|(owner, _)| self.is_reviewed(document.id(), owner));
        others.map(|(_, layer)| layer.len()).sum()
    }

    /// Counts the spans of a document in the queue that the user has decided on. Its cost follows the user's decisions.
    pub fn decided(self, document: &Document, positions: &Positions) -> usize {
        let mine = document.reviews.get(self.me);
        let decisions = mine.into_iter().flat_map(|review| review.decisions.values());
        let decided = decisions.filter(|decision| {
            let layer = LayerId::new(document.id(), &decision.annotator);
            let at = SpanRef { layer, span: decision.span };
            positions.contains_key(&at) && self.has_decided(document, &at)
        });
        decided.count()
    }

    /// Returns whether the user has decided on a span as it is now.
    pub fn has_decided(self, document: &Document, at: &SpanRef) -> bool {
        document.decision(self.me, at.span).is_some_and(|decision| {
            let decides = decision.verdict.is_some() || decision.proposal.is_some();
            decides && self.decision_state(document, at, decision) != DecisionState::Changed
        })
    }

    /// The state of a decision, given its span as it is now.
    pub fn decision_state(self, document: &Document, at: &SpanRef, decision: &Decision) -> DecisionState {
        let span = document.layer(&at.layer.annotator).and_then(|layer| layer.span(at.span));
        let text = document.text.as_ref();
        let codebook = self.project.codebook();
        text.map_or(DecisionState::Current, |text| decision.state(span.map(|s| &**s), text, codebook))
    }

    fn is_reviewed(self, document: &DocumentId, owner: &AnnotatorId) -> bool {
        let wanted = match &self.filter.annotator {
            Some(only) => only == owner,
            None => !owner.is_consensus(),
        };
        wanted && owner != self.me && self.project.may_see(self.me, document, owner)
    }

    fn is_wanted(self, document: &Document, at: &SpanRef, span: &Span) -> bool {
        if self.filter.category.as_ref().is_some_and(|only| *only != span.category) {
            return false;
        }
        match self.filter.state {
            ReviewState::All => true,
            ReviewState::Undecided => !self.has_decided(document, at),
            ReviewState::Decided => document
                .decision(self.me, span.id)
                .is_some_and(|d| d.verdict.is_some() || d.proposal.is_some()),
            ReviewState::Disputed => document.decisions(span.id).any(|(_, decision)| {
                let disputes = decision.verdict == Some(Verdict::Disputed) || decision.proposal.is_some();
                disputes && self.decision_state(document, at, decision) != DecisionState::Applied
            }),
            ReviewState::Answered => {
                let mine = document.decision(self.me, span.id).map(|decision| decision.last_activity());
                let theirs = document.decision(&at.layer.annotator, span.id).map(|d| d.last_activity());
                mine.zip(theirs).is_some_and(|(mine, theirs)| theirs >= mine)
            }
        }
    }

    /// Spans that are gone but that the user has decided on; listed if the filter shows decided ones.
    fn gone_in(self, document: &'a Document) -> impl Iterator<Item = SpanRef> + 'a {
        let shown = matches!(self.filter.state, ReviewState::Decided | ReviewState::All);
        let mine = document.reviews.get(self.me).filter(|_| shown);
        mine.into_iter().flat_map(|review| review.decisions.values()).filter_map(move |decision| {
            let layer = LayerId::new(document.id(), &decision.annotator);
            let category = decision.about.as_ref().map(|about| &about.category);
            let wanted = self.filter.category.as_ref().is_none_or(|only| category == Some(only));
            let there = document.layer(&decision.annotator).is_some_and(|l| l.span(decision.span).is_some());
            (wanted && !there && self.is_reviewed(document.id(), &decision.annotator))
                .then_some(SpanRef { layer, span: decision.span })
        })
    }
}
