//! What adjudication has decided: read off the consensus layer, whose spans say which others they settle, and off the record
//! of what was left out of it. There is no other state.

use std::collections::HashMap;

use super::{Cluster, Differences};
use demarche_model::{AnnotatorId, Document, Source, SpanId, Verdict};

/// What has become of the spans of a document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ledger {
    /// The spans of the consensus that settle a span; none where it was left out.
    decided: HashMap<Source, Vec<SpanId>>,
}

/// What has become of a passage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Settled {
    /// At least one of its readings is not decided on.
    Open,
    /// These spans of the consensus came of it.
    Taken(Vec<SpanId>),
    /// It was left out of the consensus.
    LeftOut,
}

impl Settled {
    /// Whether nothing is left to decide.
    pub fn is_settled(&self) -> bool {
        *self != Self::Open
    }
}

impl Ledger {
    /// What has been decided in a document.
    pub fn of(document: &Document) -> Self {
        let mut decided: HashMap<Source, Vec<SpanId>> = HashMap::new();
        let consensus = AnnotatorId::consensus();
        let review = document.reviews.get(&consensus);
        for decision in review.into_iter().flat_map(|review| review.decisions.values()) {
            if decision.verdict == Some(Verdict::Rejected) {
                let source = Source { annotator: decision.annotator.clone(), span: decision.span };
                decided.entry(source).or_default();
            }
        }
        for span in document.layer(&consensus).into_iter().flat_map(|layer| layer.spans()) {
            for source in span.provenance.iter().flat_map(|provenance| provenance.settles()) {
                decided.entry(source.clone()).or_default().push(span.id);
            }
        }
        Self { decided }
    }

    /// The spans of the consensus that settle a span; `None` where it is not decided on.
    pub fn of_source(&self, source: &Source) -> Option<&[SpanId]> {
        self.decided.get(source).map(Vec::as_slice)
    }

    /// What has become of a passage.
    pub fn of_cluster(&self, differences: &Differences, cluster: &Cluster) -> Settled {
        let mut taken: Vec<SpanId> = Vec::new();
        for (annotator, span) in differences.readings(cluster) {
            let source = Source { annotator: annotator.clone(), span: span.id };
            match self.of_source(&source) {
                None => return Settled::Open,
                Some(spans) => {
                    taken.extend(spans.iter().filter(|id| !taken.contains(id)).copied().collect::<Vec<_>>())
                }
            }
        }
        if taken.is_empty() { Settled::LeftOut } else { Settled::Taken(taken) }
    }
}
