//! The provenance of spans of the consensus.

use super::{AnnotatorId, SpanId, Stamp};

/// A span of the same document, with its owner.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceSpan {
    /// The owner of its layer.
    pub annotator: AnnotatorId,
    /// The span.
    pub span: SpanId,
}

/// What a decision of adjudication rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Basis {
    /// The readings of several people, or a passage that the adjudicator drew.
    #[default]
    Compared,
    /// The reading of the only person who worked on the document: nobody else has read it.
    Single,
}

/// The spans from which a span of the consensus was made, and the person who decided on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provenance {
    /// The spans that it was made from; empty if it was drawn from scratch.
    pub from: Vec<SourceSpan>,
    /// Spans that it was preferred to: it settles them, but is not made from them.
    pub over: Vec<SourceSpan>,
    /// What the decision rests on.
    pub basis: Basis,
    /// The person who decided.
    pub by: AnnotatorId,
    /// The time of the decision.
    pub at: Stamp,
}

impl Provenance {
    /// All spans that it settles.
    pub fn settles(&self) -> impl Iterator<Item = &SourceSpan> {
        self.from.iter().chain(&self.over)
    }
}
