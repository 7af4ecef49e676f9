//! The work of one coder in one document.

use demarche_model::{AnnotatorId, Document, Layer, Project, Stamp, Status};

/// The state of a coder's work in a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LayerWork {
    /// The coder's status.
    pub status: Status,
    /// Whether the document is assigned to the coder.
    pub is_assigned: bool,
    /// Number of spans.
    pub spans: usize,
    /// When a span or link was last made or changed; `None` if there is none.
    pub last_change: Option<Stamp>,
}

impl LayerWork {
    /// The work of a coder in a document of the project.
    pub fn new(project: &Project, document: &Document, coder: &AnnotatorId) -> Self {
        let layer = document.layer(coder);
        Self {
            status: layer.map_or(Status::New, |layer| layer.status()),
            is_assigned: project.annotator(coder).is_none_or(|person| person.is_assigned(document.id())),
            spans: layer.map_or(0, |layer| layer.len()),
            last_change: layer.and_then(|layer| last_change(layer)),
        }
    }
}

/// When a span or link of a layer was last made or changed. A change of status alone leaves no time in a layer.
pub fn last_change(layer: &Layer) -> Option<Stamp> {
    let spans = layer.spans_unsorted().map(|span| span.modified.max(span.created));
    spans.chain(layer.links().map(|link| link.created)).max()
}

/// The work of every coder in every document that they have worked on or that is assigned to them, by document.
pub fn layers_of_work(project: &Project) -> Vec<(&Document, AnnotatorId, LayerWork)> {
    let coders = project.taggers();
    let of_document = |document: &'_ std::sync::Arc<Document>| {
        let works = coders.iter().map(|coder| (coder.clone(), LayerWork::new(project, document, coder)));
        works.collect::<Vec<_>>()
    };
    let mut out = Vec::new();
    for document in project.documents() {
        for (coder, work) in of_document(document) {
            if work.is_assigned || document.layer(&coder).is_some_and(|layer| !layer.is_empty()) {
                out.push((&**document, coder, work));
            }
        }
    }
    out
}
