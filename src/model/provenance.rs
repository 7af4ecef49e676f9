//! Where spans of the consensus come from.

use super::{AnnotatorId, SpanId, Stamp};

/// A span of the same document, by whose it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceSpan {
    /// Whose layer it stands in.
    pub annotator: AnnotatorId,
    /// The span.
    pub span: SpanId,
}

/// Where a span of the consensus comes from, and who decided that.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provenance {
    /// The spans that it was made of; none where it was drawn anew.
    pub from: Vec<SourceSpan>,
    /// The spans that it was preferred to: they are settled by it, and it is not made of them.
    pub over: Vec<SourceSpan>,
    /// Who decided.
    pub by: AnnotatorId,
    /// When.
    pub at: Stamp,
}

impl Provenance {
    /// All spans that are settled by it.
    pub fn settles(&self) -> impl Iterator<Item = &SourceSpan> {
        self.from.iter().chain(&self.over)
    }
}
