//! The consensus as one layer, for everything that compares, counts or exports it as if it were a person's.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{AnnotatorId, Document, Layer, Project, Review, Span, SpanId};

impl Project {
    /// Returns a copy in which the layers of all adjudicators are one layer of the consensus, and what they left out is
    /// one review. A passage that several settled alike occurs once, with the sources of all.
    #[must_use]
    pub fn with_one_consensus(&self) -> Self {
        let mut copy = self.clone();
        for document in &mut copy.documents {
            let mut owners = document.layers.keys().chain(document.reviews.keys());
            if owners.any(|owner| owner.adjudicator().is_some()) {
                let document = Arc::make_mut(document);
                unite(document);
                unite_decisions(document);
            }
        }
        copy
    }
}

impl Project {
    /// Returns a copy without the consensus and what was left out of it, for everything that counts or exports the coding of
    /// people: a passage of the consensus would be a second copy of theirs.
    #[must_use]
    pub fn without_consensus(&self) -> Self {
        let mut copy = self.clone();
        for document in &mut copy.documents {
            let mut owners = document.layers.keys().chain(document.reviews.keys());
            if owners.any(AnnotatorId::is_consensus) {
                let document = Arc::make_mut(document);
                document.layers.retain(|owner, _| !owner.is_consensus());
                document.reviews.retain(|reviewer, _| !reviewer.is_consensus());
            }
        }
        copy
    }
}

fn unite(document: &mut Document) {
    let parts: Vec<Arc<Layer>> = document.consensus_layers().map(|(_, layer)| layer.clone()).collect();
    if parts.is_empty() {
        return;
    }
    document.layers.retain(|owner, _| !owner.is_consensus());
    let mut spans: Vec<Span> = Vec::new();
    // The id in the union of each passage that was decided on twice.
    let mut same: BTreeMap<SpanId, SpanId> = BTreeMap::new();
    for span in parts.iter().flat_map(|layer| layer.spans()) {
        match spans.iter_mut().find(|known| is_same_passage(known, span)) {
            Some(known) => {
                add_sources(known, span);
                same.insert(span.id, known.id);
            }
            None => spans.push(Span::clone(span)),
        }
    }
    let links = parts.iter().flat_map(|layer| layer.links()).map(|link| {
        let mut link = (**link).clone();
        link.from = same.get(&link.from).copied().unwrap_or(link.from);
        link.to = same.get(&link.to).copied().unwrap_or(link.to);
        link
    });
    let detached = parts.iter().flat_map(|layer| layer.detached()).map(|(_, detached)| (**detached).clone());
    let status = parts.iter().map(|layer| layer.stored_status()).max().unwrap_or_default();
    let union = Layer::new(status, spans, links, detached);
    document.layers.insert(AnnotatorId::consensus(), Arc::new(union));
}

fn unite_decisions(document: &mut Document) {
    let decisions: Vec<_> = document.consensus_decisions().map(|one| (one.span, one.clone())).collect();
    document.reviews.retain(|reviewer, _| !reviewer.is_consensus());
    if !decisions.is_empty() {
        let review = Review { decisions: decisions.into_iter().collect() };
        document.reviews.insert(AnnotatorId::consensus(), Arc::new(review));
    }
}

fn is_same_passage(one: &Span, other: &Span) -> bool {
    one.category == other.category
        && one.ranges == other.ranges
        && one.attributes == other.attributes
        && one.note == other.note
}

fn add_sources(known: &mut Span, other: &Span) {
    let (Some(known), Some(other)) = (&mut known.provenance, &other.provenance) else { return };
    known.basis = known.basis.min(other.basis);
    for (to, more) in [(&mut known.from, &other.from), (&mut known.over, &other.over)] {
        let missing: Vec<_> = more.iter().filter(|source| !to.contains(source)).cloned().collect();
        to.extend(missing);
    }
}
