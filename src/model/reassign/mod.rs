//! Giving everything that one person owns to another: passages, links, detached records, decisions and analysis notes.
//!
//! Nothing is dropped. A passage that the new owner has already, with the same content and links, is kept once, and
//! whatever refers to the other copy refers to theirs.

mod analysis_notes;
mod moved;
mod pairs;
mod reviews;

use std::collections::HashSet;
use std::sync::Arc;

use uuid::Uuid;

use super::{
    AnnotatorId, Document, Edit, EditError, Layer, LayerId, Link, LinkId, Project, Span, SpanId, Status,
};
use analysis_notes::notes_edits;
use moved::Moved;
use reviews::review_edits;

impl Project {
    /// Returns the edit that gives everything that `from` owns to `to`. Where both have a layer, `to` gets the union.
    /// `new_uuid` makes ids for passages and links whose id `to` has already.
    ///
    /// # Errors
    /// One of them is the consensus, `from` owns nothing in the documents that are loaded, or a file of theirs can't
    /// be read.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_model::{Codebook, EditError, Project};
    ///
    /// let project = Project::new("Harbour talks", Codebook::default());
    /// let nothing = project.reassign(&"bokafor".into(), &"ben".into(), &mut uuid::Uuid::now_v7);
    /// assert_eq!(nothing, Err(EditError::NothingOwned("bokafor".into())));
    /// ```
    pub fn reassign(
        &self,
        from: &AnnotatorId,
        to: &AnnotatorId,
        new_uuid: &mut dyn FnMut() -> Uuid,
    ) -> Result<Edit, EditError> {
        if let Some(consensus) = [from, to].into_iter().find(|id| id.is_consensus()) {
            return Err(EditError::NotAPerson(consensus.clone()));
        }
        let unreadable =
            |document: &&Arc<Document>| document.unreadable.iter().any(|owner| owner.writer() == *from);
        if let Some(document) = self.documents.iter().find(unreadable) {
            let (document, annotator) = (document.id().clone(), from.clone());
            return Err(EditError::Unreadable { document, annotator });
        }
        if self.unreadable_notes_of(from).next().is_some() {
            return Err(EditError::UnreadableNotes(from.clone()));
        }
        let moved = Moved::new(self, from, to, new_uuid);
        let mut edits = Vec::new();
        for document in &self.documents {
            let [old, new] = [from, to].map(AnnotatorId::consensus_of);
            for owners in [[from, to], [&old, &new]] {
                if document.layer(owners[0]).is_some() {
                    edits.extend(layer_edits(document, owners, &moved, new_uuid));
                }
            }
        }
        let mut owns_anything = !edits.is_empty();
        for document in &self.documents {
            let reviewers = [from, &AnnotatorId::consensus_of(from)];
            owns_anything |= reviewers.iter().any(|reviewer| document.reviews.contains_key(*reviewer));
            edits.extend(review_edits(document, &moved));
            edits.extend(reference_edits(document, &moved));
        }
        owns_anything |= self.analysis_notes.contains_key(from);
        edits.extend(notes_edits(self, &moved, new_uuid));
        if owns_anything { Ok(Edit::Batch(edits)) } else { Err(EditError::NothingOwned(from.clone())) }
    }
}

/// The edits that move a layer of the first owner in a document to the second.
fn layer_edits(
    document: &Document,
    owners: [&AnnotatorId; 2],
    moved: &Moved<'_>,
    new_uuid: &mut dyn FnMut() -> Uuid,
) -> Vec<Edit> {
    let [old, new] = owners.map(|owner| LayerId::new(document.id(), owner));
    let [layer, target] =
        owners.map(|owner| document.layer(owner).map_or_else(Layer::default, |layer| (**layer).clone()));
    let remove = |span: &Arc<Span>| Edit::SetSpan { layer: old.clone(), id: span.id, to: None };
    let mut edits: Vec<Edit> = layer.spans().map(remove).collect();
    for span in layer.spans().filter(|span| !moved.is_paired(span.id)) {
        let id = moved.own(span.id);
        let renamed = || Arc::new(Span { id, ..(**span).clone() });
        let to = moved.with_provenance(span).map_or_else(renamed, |span| Arc::new(Span { id, ..span }));
        edits.push(Edit::SetSpan { layer: new.clone(), id, to: Some(to) });
    }
    let place = |link: &Link| (link.kind.clone(), link.from, link.to_document.clone(), link.to);
    let there: HashSet<_> = target.links().map(|link| place(link)).collect();
    for link in layer.links() {
        edits.push(Edit::SetLink { layer: old.clone(), id: link.id, to: None });
        let mut link = Link { from: moved.own(link.from), to: moved.own(link.to), ..(**link).clone() };
        if there.contains(&place(&link)) {
            continue;
        }
        if target.link(link.id).is_some() {
            link.id = LinkId(new_uuid());
        }
        edits.push(Edit::SetLink { layer: new.clone(), id: link.id, to: Some(Arc::new(link)) });
    }
    let first_free = target.detached().last().map_or(0, |(key, _)| key + 1);
    for ((key, record), free) in layer.detached().zip(first_free..) {
        edits.push(Edit::SetDetached { layer: old.clone(), key, to: None });
        edits.push(Edit::SetDetached { layer: new.clone(), key: free, to: Some(record.clone()) });
    }
    let status = united_status(&layer, &target);
    for (id, layer, to) in [(&old, &layer, Status::New), (&new, &target, status)] {
        if layer.stored_status() != to {
            edits.push(Edit::SetStatus { layer: id.clone(), to });
        }
    }
    let unblinded = [&layer, &target].into_iter().filter_map(|layer| layer.unblinded()).min();
    for (id, layer, to) in [(old, &layer, None), (new, &target, unblinded)] {
        if layer.unblinded() != to {
            edits.push(Edit::SetUnblinded { layer: id, to });
        }
    }
    edits
}

/// The status of a union: the work is done only if both parts are.
fn united_status(one: &Layer, other: &Layer) -> Status {
    match (one.status(), other.status()) {
        (Status::New, status) | (status, Status::New) => status,
        (one, other) => one.min(other),
    }
}

/// The edits of what refers to the moved passages: links of others, and the provenance of the consensus.
fn reference_edits(document: &Document, moved: &Moved<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (owner, layer) in document.layers.iter().filter(|(owner, _)| owner.writer() != *moved.from) {
        let id = LayerId::new(document.id(), owner);
        for link in layer.links().filter(|link| moved.merged(link.to) != link.to) {
            let to = Some(Arc::new(Link { to: moved.merged(link.to), ..(**link).clone() }));
            edits.push(Edit::SetLink { layer: id.clone(), id: link.id, to });
        }
        if owner.is_consensus() {
            let spans = layer.spans().filter_map(|span| moved.with_provenance(span));
            let set = |span: Span| (span.id, Some(Arc::new(span)));
            let edit = |(span, to): (SpanId, _)| Edit::SetSpan { layer: id.clone(), id: span, to };
            edits.extend(spans.map(set).map(edit));
        }
    }
    edits
}

#[cfg(test)]
mod tests;
