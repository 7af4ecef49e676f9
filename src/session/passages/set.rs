//! A named set of passages, such as those behind a figure.

use std::collections::{BTreeMap, HashSet};

use demarche_model::{AnnotatorId, SpanId, SpanRef};

/// A set of spans with a name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PassageSet {
    /// The name for people: `differences behind Cohen’s κ, Threat`.
    pub title: String,
    spans: BTreeMap<AnnotatorId, HashSet<SpanId>>,
}

impl PassageSet {
    /// A set with a name.
    pub fn new(title: String, spans: impl IntoIterator<Item = SpanRef>) -> Self {
        let mut set = Self { title, ..Self::default() };
        for at in spans {
            set.spans.entry(at.layer.annotator).or_default().insert(at.span);
        }
        set
    }

    /// Returns whether a span belongs to it.
    pub fn holds(&self, annotator: &AnnotatorId, span: SpanId) -> bool {
        self.spans.get(annotator).is_some_and(|spans| spans.contains(&span))
    }
}
