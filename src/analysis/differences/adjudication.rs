//! The decisions of adjudication in a document. They are derived from the consensus, whose spans name
//! the spans they settle, and from the decisions on what was left out of it. There is no other state.

use std::collections::{HashMap, HashSet};

use super::contradictions::{contradictions_in, left_out};
use super::{Cluster, Differences};
use demarche_model::{Document, SourceSpan, SpanId};

/// The spans of a document that adjudication has decided on.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Adjudication {
    /// The consensus spans that settle each span; empty if it was left out.
    decided: HashMap<SourceSpan, Vec<SpanId>>,
    /// The spans on which decisions contradict each other.
    contradicted: HashSet<SourceSpan>,
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
    /// Adjudicators contradict each other on it; these spans are in the consensus.
    Contradicted(Vec<SpanId>),
}

impl Settlement {
    /// True if nothing is left to decide.
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Open | Self::Contradicted(_) => false,
            Self::Adopted(_) | Self::Excluded => true,
        }
    }

    /// The spans of the consensus that it was adopted as, even if that is contradicted.
    pub fn adopted(&self) -> &[SpanId] {
        match self {
            Self::Adopted(spans) | Self::Contradicted(spans) => spans,
            Self::Open | Self::Excluded => &[],
        }
    }
}

impl Adjudication {
    /// Collects the decisions in a document.
    pub fn from_document(document: &Document) -> Self {
        let mut decided: HashMap<SourceSpan, Vec<SpanId>> = HashMap::new();
        for source in left_out(document.consensus_decisions()) {
            decided.entry(source).or_default();
        }
        for span in document.consensus_spans() {
            for source in span.provenance.iter().flat_map(|provenance| provenance.settles()) {
                decided.entry(source.clone()).or_default().push(span.id);
            }
        }
        let contradicted = contradictions_in(document).into_iter().map(|found| found.source).collect();
        Self { decided, contradicted }
    }

    /// The consensus spans that settle a span; `None` if it is undecided.
    pub fn consensus_spans(&self, source: &SourceSpan) -> Option<&[SpanId]> {
        self.decided.get(source).map(Vec::as_slice)
    }

    /// The state of a cluster.
    pub fn settlement(&self, differences: &Differences, cluster: &Cluster) -> Settlement {
        let sources = differences.sources(cluster);
        let mut adopted: Vec<SpanId> = Vec::new();
        for id in sources.iter().filter_map(|source| self.consensus_spans(source)).flatten() {
            if !adopted.contains(id) {
                adopted.push(*id);
            }
        }
        if sources.iter().any(|source| self.contradicted.contains(source)) {
            return Settlement::Contradicted(adopted);
        }
        if sources.iter().any(|source| self.consensus_spans(source).is_none()) {
            return Settlement::Open;
        }
        if adopted.is_empty() { Settlement::Excluded } else { Settlement::Adopted(adopted) }
    }
}
