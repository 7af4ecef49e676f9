//! The passages that pass the filter, as the table and the summary need them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use demarche_analysis::filter::Passing;
use demarche_analysis::summary::ProjectSummary;
use demarche_model::{AnnotatorId, DocumentId, SpanId};

use super::super::analyse::FilterRefusal;

/// The passages that pass the filter of the window.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// The reason why the filter does not fit the project any more. Nothing passes then.
    pub refusal: Option<FilterRefusal>,
    /// Number of passages that pass.
    pub passing: usize,
    /// Number of visible passages.
    pub of: usize,
    /// Number of passages that pass only because their date may be in the range.
    pub uncertain: usize,
    pub(super) spans: PassingSpans,
    pub(super) summary: ProjectSummary,
}

impl Filtered {
    /// Counts of the passages that pass.
    pub fn summary(&self) -> &ProjectSummary {
        &self.summary
    }

    pub(super) fn spans(&self) -> PassingSpans {
        self.spans.clone()
    }

    /// The documents in which other passages pass than in a previous result, or in the same passages another text.
    pub(super) fn changed_since(&self, before: &Self) -> Vec<DocumentId> {
        let (now, then) = (self.spans.documents(), before.spans.documents());
        let is_changed = |id: &&DocumentId| match (now.get(*id), then.get(*id)) {
            (Some(now), Some(then)) => !Arc::ptr_eq(now, then),
            (now, then) => now.is_some() != then.is_some(),
        };
        let gone = then.keys().filter(|id| !now.contains_key(*id));
        now.keys().chain(gone).filter(is_changed).cloned().collect()
    }
}

/// The passages that pass a filter, by document; without a filter, all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct PassingSpans(pub(super) Option<Arc<HashMap<DocumentId, Arc<DocumentSpans>>>>);

/// The passages of a document that pass.
#[derive(Clone, Debug)]
pub(crate) struct DocumentSpans {
    /// What they were made from.
    pub(super) passing: Arc<Passing>,
    /// By the owner of the layer; the parts of the consensus are one.
    layers: HashMap<AnnotatorId, HashSet<SpanId>>,
}

/// Two are equal if they are the same result.
impl PartialEq for PassingSpans {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

impl DocumentSpans {
    pub(super) fn new(passing: &Arc<Passing>) -> Self {
        let layers = passing.layers.iter();
        let layers = layers.map(|layer| (layer.owner.clone(), layer.spans.iter().copied().collect()));
        Self { passing: passing.clone(), layers: layers.collect() }
    }

    /// The passages of a layer that pass.
    pub(crate) fn layer(&self, owner: &AnnotatorId) -> Option<&HashSet<SpanId>> {
        self.layers.get(&owner.whole())
    }
}

impl PassingSpans {
    fn documents(&self) -> &HashMap<DocumentId, Arc<DocumentSpans>> {
        static NONE: std::sync::LazyLock<HashMap<DocumentId, Arc<DocumentSpans>>> =
            std::sync::LazyLock::new(HashMap::new);
        self.0.as_deref().unwrap_or(&NONE)
    }

    /// The passages of a layer that pass; `None` if all do.
    pub(crate) fn of_layer(&self, document: &DocumentId, owner: &AnnotatorId) -> Option<PassingLayer<'_>> {
        let documents = self.0.as_deref()?;
        Some(PassingLayer(documents.get(document).and_then(|spans| spans.layer(owner))))
    }
}

/// The passages of a layer that pass.
#[derive(Clone, Copy)]
pub(crate) struct PassingLayer<'a>(Option<&'a HashSet<SpanId>>);

impl PassingLayer<'_> {
    /// True if a passage passes.
    pub(crate) fn holds(self, span: SpanId) -> bool {
        self.0.is_some_and(|spans| spans.contains(&span))
    }
}
