//! What a reviewer says of somebody's spans, and what is answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{AnnotatorId, AttributeId, CategoryId, Codebook, Ranges, Span, SpanId, Stamp, Text, Value};

/// All that one person says of spans in one document: the unit of ownership, and one file on disk. The one who tagged a
/// span answers in their own review, so that every file has one writer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Review {
    /// Decisions by the span they are about.
    pub decisions: BTreeMap<SpanId, Arc<Decision>>,
}

/// What one person says of one span: a decision, a change that they propose, or only comments.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// Whose span it is about.
    pub annotator: AnnotatorId,
    /// The span.
    pub span: SpanId,
    /// What was decided; `None` for comments alone.
    pub verdict: Option<Verdict>,
    /// What the span should rather say.
    pub proposal: Option<Proposal>,
    /// What the span said then; shown once it is gone.
    pub about: Option<SpanSnapshot>,
    /// Their comments, oldest first.
    pub comments: Vec<Comment>,
    /// When it was decided; comments have times of their own.
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

/// A change of a span that a reviewer proposes. What is `None` or not named shall stay as it is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Proposal {
    /// What it should be tagged as.
    pub category: Option<CategoryId>,
    /// Where it should lie.
    pub bounds: Option<Bounds>,
    /// What should be said of it; `None` for an attribute that should go.
    pub attributes: BTreeMap<AttributeId, Option<Value>>,
}

/// Where a span should lie. In **characters**, with the words: the text may be another one when somebody reads it.
#[derive(Clone, PartialEq, Debug)]
pub struct Bounds {
    /// Ranges in characters.
    pub characters: Ranges,
    /// The words there, as [`Ranges::quote`] says them.
    pub quote: String,
}

/// What a span said when it was decided on.
#[derive(Clone, PartialEq, Debug)]
pub struct SpanSnapshot {
    /// Its category.
    pub category: CategoryId,
    /// Its words.
    pub quote: String,
}

/// A remark about a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// Who wrote it.
    pub author: AnnotatorId,
    /// When.
    pub at: Stamp,
    /// What it says.
    pub text: String,
}

/// How a decision and the span that it is about stand to each other today.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DecisionState {
    /// The span is as it was when it was decided on.
    Current,
    /// The span says what the decision proposes.
    Applied,
    /// The span was changed since.
    Changed,
    /// The span is gone.
    Removed,
}

impl Decision {
    /// Nothing said yet of a span.
    pub fn empty(annotator: AnnotatorId, span: SpanId, at: Stamp) -> Self {
        Self {
            annotator,
            span,
            verdict: None,
            proposal: None,
            about: None,
            comments: Vec::new(),
            modified: at,
        }
    }

    /// Whether it says nothing, so that it need not be kept.
    pub fn is_empty(&self) -> bool {
        self.verdict.is_none() && self.proposal.is_none() && self.comments.is_empty()
    }

    /// When something was said last.
    pub fn last_activity(&self) -> Stamp {
        let said = self.comments.iter().map(|comment| comment.at);
        if self.verdict.is_none() && self.proposal.is_none() {
            return said.max().unwrap_or(self.modified);
        }
        said.fold(self.modified, Stamp::max)
    }

    /// How it stands to the span as that is now.
    pub fn state(&self, span: Option<&Span>, text: &Text, codebook: &Codebook) -> DecisionState {
        match (span, &self.proposal) {
            (None, _) => DecisionState::Removed,
            (Some(span), Some(proposal)) if proposal.is_applied_to(span, text, codebook) => {
                DecisionState::Applied
            }
            (Some(span), _) if span.modified > self.modified => DecisionState::Changed,
            _ => DecisionState::Current,
        }
    }
}

impl Proposal {
    /// Whether nothing is proposed.
    pub fn is_empty(&self) -> bool {
        self.category.is_none() && self.bounds.is_none() && self.attributes.is_empty()
    }

    /// The span as it should be. `None` where the category is gone or the words stand there no more.
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

    /// Whether a span says already what is proposed.
    pub fn is_applied_to(&self, span: &Span, text: &Text, codebook: &Codebook) -> bool {
        !self.is_empty() && self.applied(span, text, codebook).is_some_and(|applied| applied == *span)
    }
}

impl Bounds {
    /// Writes down where ranges of a text lie.
    pub fn from_ranges(ranges: &Ranges, text: &Text) -> Option<Self> {
        Some(Self { characters: ranges.to_characters(text)?, quote: ranges.quote(text) })
    }

    /// The ranges in bytes; `None` where other words stand there.
    pub fn ranges(&self, text: &Text) -> Option<Ranges> {
        self.characters.to_bytes(text).filter(|ranges| ranges.quote(text) == self.quote)
    }
}
