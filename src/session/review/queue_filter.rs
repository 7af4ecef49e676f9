//! Finding the spans of a document for the review queue. Independent of the session, so that a worker can do it too.

use std::collections::{BTreeSet, HashMap};

use demarche_analysis::differences::is_same;
use demarche_model::{
    AnnotatorId, CategoryId, Decision, DecisionState, Document, DocumentId, LayerId, Project, Ranges, Span,
    SpanRef, Verdict,
};

use super::filter::{Group, Positions};
use super::{ReviewFilter, ReviewState};

/// The filter of the queue, with what it depends on.
#[derive(Clone, Copy)]
pub(super) struct QueueFilter<'a> {
    pub project: &'a Project,
    pub me: &'a AnnotatorId,
    pub filter: &'a ReviewFilter,
}

impl<'a> QueueFilter<'a> {
    /// The entries of a document in the queue, by position, then spans that are gone but decided on. Spans in `kept` stay
    /// whatever the filter. Equal readings of several people are one entry.
    pub fn groups(self, document: &'a Document, kept: &Positions) -> Vec<Group> {
        if self.filter.document.as_ref().is_some_and(|only| only != document.id()) {
            return Vec::new();
        }
        let mut found: Vec<(usize, SpanRef, &Span)> = Vec::new();
        for (owner, layer) in &document.layers {
            if !self.is_reviewed(document.id(), owner) {
                continue;
            }
            let id = LayerId::new(document.id(), owner);
            for span in layer.spans() {
                let at = SpanRef { layer: id.clone(), span: span.id };
                if kept.contains_key(&at) || self.is_wanted(document, &at, span) {
                    found.push((span.ranges.start(), at, span));
                }
            }
        }
        found.sort_by(|(start, at, _), (other_start, other, _)| (start, at).cmp(&(other_start, other)));
        let found = found.into_iter().map(|(_, at, span)| (at, span));
        grouped(found).into_iter().chain(self.gone_in(document).map(|at| vec![at])).collect()
    }

    /// A span, and the spans of others in the queue's layers that are the same reading.
    pub fn alike(self, document: &Document, at: &SpanRef) -> Group {
        let mut group = vec![at.clone()];
        let owner = &at.layer.annotator;
        let span = document.layer(owner).and_then(|layer| layer.span(at.span));
        let Some(span) = span.filter(|_| owner != self.me && !owner.is_consensus()) else { return group };
        for (other, layer) in &document.layers {
            if other == owner || other.is_consensus() || !self.is_reviewed(document.id(), other) {
                continue;
            }
            let here = layer.index().overlapping(span.ranges.cover());
            let mut here = here.filter_map(|entry| layer.span(entry.span));
            if let Some(same) = here.find(|one| is_same(one, span)) {
                group.push(SpanRef { layer: LayerId::new(document.id(), other), span: same.id });
            }
        }
        group
    }

    /// The number of spans that [`Self::groups`] looks at.
    pub fn cost(self, document: &Document) -> usize {
        let others = document.layers.iter().filter(|(owner, _)| self.is_reviewed(document.id(), owner));
        others.map(|(_, layer)| layer.len()).sum()
    }

    /// Counts the entries of a document in the queue that the user has decided on. Its cost follows the user's decisions.
    pub fn decided(self, document: &Document, positions: &Positions) -> usize {
        let mine = document.reviews.get(self.me);
        let decisions = mine.into_iter().flat_map(|review| review.decisions.values());
        let decided = decisions.filter_map(|decision| {
            let layer = LayerId::new(document.id(), &decision.annotator);
            let at = SpanRef { layer, span: decision.span };
            positions.get(&at).copied().filter(|_| self.has_decided(document, &at))
        });
        decided.collect::<BTreeSet<usize>>().len()
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

/// Groups spans that are the same reading, at most one of each layer. The first of a group decides its place.
fn grouped<'a>(spans: impl Iterator<Item = (SpanRef, &'a Span)>) -> Vec<Group> {
    let mut groups: Vec<(&Span, Group)> = Vec::new();
    let mut known: HashMap<(&CategoryId, &Ranges), Vec<usize>> = HashMap::new();
    for (at, span) in spans {
        let alike = known.entry((&span.category, &span.ranges)).or_default();
        let same = alike.iter().filter_map(|place| Some((*place, groups.get(*place)?)));
        let mut same = same.filter(|(_, (first, group))| {
            is_same(first, span) && group.iter().all(|other| other.layer != at.layer)
        });
        match same.next().map(|(place, _)| place) {
            Some(place) => groups.get_mut(place).into_iter().for_each(|(_, group)| group.push(at.clone())),
            None => {
                alike.push(groups.len());
                groups.push((span, vec![at]));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
