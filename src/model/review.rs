//! What a reviewer says of somebody's spans.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{AnnotatorId, SpanId, Stamp};

/// All decisions of one reviewer in one document: the unit of ownership, and one file on disk.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Review {
    /// Decisions by the span they are about.
    pub decisions: BTreeMap<SpanId, Arc<Decision>>,
}

/// A reviewer's decision on one span.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// Whose span it is about.
    pub annotator: AnnotatorId,
    /// The span.
    pub span: SpanId,
    /// What was decided.
    pub verdict: Verdict,
    /// The thread of comments, oldest first.
    pub comments: Vec<Comment>,
    /// When it was decided.
    pub modified: Stamp,
}

/// What a reviewer decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// The span stands.
    Accepted,
    /// The span should go.
    Rejected,
    /// It has to be talked about.
    Disputed,
}

/// A remark in the thread of a decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// Who wrote it.
    pub author: AnnotatorId,
    /// When.
    pub at: Stamp,
    /// What it says.
    pub text: String,
}
