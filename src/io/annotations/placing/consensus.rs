//! The destination of imported passages of the consensus: the part of it that one adjudicator writes.

use super::Placer;
use crate::annotations::SpanOwner;
use demarche_model::{AnnotatorId, DocumentId, Project, SpanId};

/// Returns the part of the consensus to which an import adds: that of the user, if they may adjudicate; otherwise that
/// of the first person who may. If nobody is listed, it belongs to no adjudicator. The provenance of each passage
/// records who decided on it.
pub(super) fn home(project: &Project, owner: SpanOwner<'_>) -> AnnotatorId {
    let user = match owner {
        SpanOwner::All(id) | SpanOwner::Unsigned(id) => Some(id),
        SpanOwner::Named => None,
    };
    let mut people =
        project.annotators().iter().map(|person| &person.id).filter(|id| project.may_adjudicate(id));
    let user = user.filter(|user| people.clone().any(|id| id == *user));
    user.or_else(|| people.next()).map_or_else(AnnotatorId::consensus, AnnotatorId::consensus_of)
}

impl Placer<'_, '_> {
    /// Returns the owner of the layer for an annotator of the file.
    pub(super) fn owner_for(&self, annotator: AnnotatorId) -> AnnotatorId {
        if annotator.is_consensus() { self.consensus.clone() } else { annotator }
    }

    /// Returns the owner of the layer in which a placed span is. A passage of the consensus may be in the layer of another
    /// adjudicator already.
    pub(super) fn owner_of(&self, document: &DocumentId, span: SpanId, owner: &AnnotatorId) -> AnnotatorId {
        let known = self.project.document(document).filter(|_| owner.is_consensus());
        let layer = known.and_then(|document| document.consensus_layer_of(span));
        layer.map_or_else(|| owner.clone(), |layer| layer.annotator)
    }
}
