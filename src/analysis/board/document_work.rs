//! The work of all coders in one document.

use demarche_model::{Document, DocumentId, Layer, Stamp, Status};

use super::BoardScope;
use super::layer_work::last_change;
use super::pace::Step;
use crate::differences::{Adjudication, Differences};

/// What a coder has done in a document.
#[derive(Clone, PartialEq, Debug)]
pub struct CodedLayer {
    /// The coder's status.
    pub status: Status,
    /// Number of spans.
    pub spans: usize,
    /// When a span or link was last made or changed.
    pub last_change: Option<Stamp>,
    pub(super) steps: Box<[Step]>,
}

impl CodedLayer {
    fn new(layer: &Layer) -> Self {
        Self {
            status: layer.status(),
            spans: layer.len(),
            last_change: last_change(layer),
            steps: Step::of_layer(layer).collect(),
        }
    }
}

/// The work in a document, as of one of its revisions.
#[derive(Clone, PartialEq, Debug)]
pub struct DocumentWork {
    id: DocumentId,
    revision: u64,
    is_loaded: bool,
    /// The layers that are not empty, by the position of their coder.
    layers: Vec<(usize, CodedLayer)>,
    open_differences: Option<usize>,
}

impl DocumentWork {
    pub(super) fn new(document: &Document, scope: &BoardScope) -> Self {
        let layer_of = |(at, coder)| {
            let layer: &Layer = document.layer(coder)?;
            (!layer.is_empty()).then(|| (at, CodedLayer::new(layer)))
        };
        Self {
            id: document.id().clone(),
            revision: document.revision,
            is_loaded: document.is_loaded(),
            layers: scope.coders.iter().enumerate().filter_map(layer_of).collect(),
            open_differences: scope.differences.then(|| open_differences(document, scope)).flatten(),
        }
    }

    /// True if these are the counts of the document as it is.
    pub(super) fn is_of(&self, document: &Document) -> bool {
        (self.revision, self.is_loaded) == (document.revision, document.is_loaded())
    }

    /// The document.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// What the coder at this position has done; `None` for nothing.
    pub fn layer(&self, coder: usize) -> Option<&CodedLayer> {
        let found = self.layers.binary_search_by_key(&coder, |(at, _)| *at).ok()?;
        self.layers.get(found).map(|(_, layer)| layer)
    }

    /// The layers that are not empty, with the positions of their coders.
    pub fn layers(&self) -> impl Iterator<Item = (usize, &CodedLayer)> {
        self.layers.iter().map(|(at, layer)| (*at, layer))
    }

    /// Number of differences between coders that nobody has settled; `None` if fewer than two have worked on the document,
    /// or if differences are not counted.
    pub fn open_differences(&self) -> Option<usize> {
        self.open_differences
    }
}

fn open_differences(document: &Document, scope: &BoardScope) -> Option<usize> {
    let differences = Differences::new(document, &scope.coders);
    if differences.annotators().len() < 2 {
        return None;
    }
    let adjudication = Adjudication::from_document(document);
    let differing = differences.clusters().iter().filter(|cluster| cluster.kind.is_some());
    let open = differing.filter(|cluster| !adjudication.settlement(&differences, cluster).is_settled());
    Some(open.count())
}
