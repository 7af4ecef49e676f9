//! Ids of spans and links, which are those of the file if they can be kept.

use std::collections::HashMap;

use foldhash::{HashSet as FastSet, HashSetExt};
use uuid::Uuid;

use super::Placer;
use crate::annotations::DraftDocument;
use demarche_model::Project;

impl Placer<'_, '_> {
    /// Returns the given id, if it is a UUID that is not in use, or a new one.
    pub(super) fn fresh_id(&mut self, given: Option<&str>) -> Uuid {
        let given = given.and_then(|id| Uuid::parse_str(id).ok());
        if let Some(id) = given.filter(|id| !id.is_nil() && !self.used.contains(id)) {
            self.used.insert(id);
            return id;
        }
        let id = (self.fresh.ids)();
        self.used.insert(id);
        id
    }
}

/// Returns whether a file has ids that can be kept.
pub(super) fn brings_ids(documents: &[DraftDocument]) -> bool {
    let spans = documents.iter().flat_map(|d| d.spans.iter().map(|span| &span.id));
    let links = documents.iter().flat_map(|d| d.links.iter().map(|link| &link.id));
    spans.chain(links).any(|id| brings_id(id.as_deref()))
}

/// Returns whether an id can be kept.
fn brings_id(id: Option<&str>) -> bool {
    id.is_some_and(|id| Uuid::parse_str(id).is_ok())
}

/// Returns every id in use, including those of detached records.
pub(super) fn used_ids(project: &Project) -> FastSet<Uuid> {
    let mut used = FastSet::new();
    for layer in project.documents().iter().flat_map(|document| document.layers.values()) {
        used.extend(layer.spans().map(|span| span.id.0));
        used.extend(layer.links().map(|link| link.id.0));
        used.extend(layer.detached().filter_map(|(_, d)| d.claim.as_ref()).map(|claim| claim.span.id.0));
    }
    used
}

/// Returns whether something in a document refers to spans by their ids.
pub(super) fn refers(document: &DraftDocument) -> bool {
    !document.links.is_empty() || document.spans.iter().any(|span| span.provenance.is_some())
}

/// Returns the number of links that start from each record with links, by the ids of its document and its own; 0 for records
/// that links only lead to.
pub(super) fn outgoing(documents: &[DraftDocument]) -> HashMap<(String, String), usize> {
    let mut outgoing: HashMap<(String, String), usize> = HashMap::new();
    for document in documents {
        for link in &document.links {
            *outgoing.entry((document.id.clone(), link.from.clone())).or_default() += 1;
            let there = link.to_document.as_ref().unwrap_or(&document.id);
            outgoing.entry((there.clone(), link.to.clone())).or_default();
        }
    }
    outgoing
}
