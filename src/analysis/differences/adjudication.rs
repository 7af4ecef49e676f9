//! The decisions of adjudication in a document. They are derived from the consensus layer, whose spans name
//! the spans they settle, and from the record of what was left out of it. There is no other state.

use std::collections::HashMap;

use super::{Cluster, Differences};
use demarche_model::{AnnotatorId, Document, SourceSpan, SpanId, Verdict};

/// The spans of a document that adjudication has decided on.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Adjudication {
    /// The consensus spans that settle each span; empty if it was left out.
    decided: HashMap<SourceSpan, Vec<SpanId>>,
}

/// The state of a cluster in adjudication.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Settlement {
    /// At least one of its readings is undecided.
    Open,
    /// Adopted into the consensus as these spans.
    Adopted(Vec<SpanId>),
    /// Excluded from the consensus.
    Excluded,
}

impl Settlement {
    /// True if nothing is left to decide.
    pub fn is_settled(&self) -> bool {
        *self != Self::Open
    }
}

impl Adjudication {
    /// Collects the decisions in a document.
    pub fn from_document(document: &Document) -> Self {
        let mut decided: HashMap<SourceSpan, Vec<SpanId>> = HashMap::new();
        let consensus = AnnotatorId::consensus();
        let review = document.reviews.get(&consensus);
        for decision in review.into_iter().flat_map(|review| review.decisions.values()) {
            if decision.verdict == Some(Verdict::Rejected) {
                let source = SourceSpan { annotator: decision.annotator.clone(), span: decision.span };
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

    /// The consensus spans that settle a span; `None` if it is undecided.
    pub fn consensus_spans(&self, source: &SourceSpan) -> Option<&[SpanId]> {
        self.decided.get(source).map(Vec::as_slice)
    }

    /// The state of a cluster.
    pub fn settlement(&self, differences: &Differences, cluster: &Cluster) -> Settlement {
        let mut adopted: Vec<SpanId> = Vec::new();
        for (annotator, span) in differences.readings(cluster) {
            let source = SourceSpan { annotator: annotator.clone(), span: span.id };
            match self.consensus_spans(&source) {
                None => return Settlement::Open,
                Some(spans) => adopted
                    .extend(spans.iter().filter(|id| !adopted.contains(id)).copied().collect::<Vec<_>>()),
            }
        }
        if adopted.is_empty() { Settlement::Excluded } else { Settlement::Adopted(adopted) }
    }
}
