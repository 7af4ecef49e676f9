//! The passages of layers as rows, kept while their documents stay the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use demarche_model::{AnnotatorId, Claim, Detached, Document, DocumentId, Layer, Span};

/// The passages of a layer.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By place in the text.
    placed: Vec<Arc<Span>>,
    /// Those whose place was lost when the text changed.
    lost: Vec<Arc<Detached>>,
}

impl Rows {
    fn of(layer: &Layer) -> Self {
        let lost = layer.detached().map(|(_, record)| record);
        let lost = lost.filter(|record| record.is_pending() && record.claim.is_some());
        Self { placed: layer.spans().cloned().collect(), lost: lost.cloned().collect() }
    }

    /// Number of passages.
    pub fn len(&self) -> usize {
        self.placed.len() + self.lost.len()
    }

    /// The passages that have a place. They come first.
    pub fn placed(&self) -> &[Arc<Span>] {
        &self.placed
    }

    /// A passage and, if its place is lost, its record.
    pub fn get(&self, at: usize) -> Option<(&Span, Option<&Claim>)> {
        match self.placed.get(at) {
            Some(span) => Some((span, None)),
            None => {
                let record = self.lost.get(at.checked_sub(self.placed.len())?)?;
                let claim = record.claim.as_ref()?;
                Some((&claim.span, Some(claim)))
            }
        }
    }
}

/// The rows of the layers of a project.
#[derive(Clone, Debug, Default)]
pub(super) struct RowStore(HashMap<DocumentId, DocumentLayers>);

#[derive(Clone, Debug, Default)]
struct DocumentLayers {
    /// The revision of the document.
    revision: u64,
    layers: BTreeMap<AnnotatorId, Arc<Rows>>,
}

impl RowStore {
    /// The rows of a layer of a document.
    pub fn of(&mut self, document: &Document, owner: &AnnotatorId, layer: &Layer) -> Arc<Rows> {
        let known = self.0.entry(document.id().clone()).or_default();
        if known.revision != document.revision {
            *known = DocumentLayers { revision: document.revision, layers: BTreeMap::new() };
        }
        if let Some(rows) = known.layers.get(owner) {
            return rows.clone();
        }
        let rows = Arc::new(Rows::of(layer));
        known.layers.insert(owner.clone(), rows.clone());
        rows
    }
}
