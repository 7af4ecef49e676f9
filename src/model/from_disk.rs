//! Loads into memory what other people have written. These are not changes by the user, so there is nothing
//! to undo and nothing to write.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::text_range::cover;
use super::touch::document_touches;
use super::{AnnotatorId, CategoryId, Document, DocumentId, Layer, LayerId, Project, Review, Touch};
use super::{Codebook, TextRange};

impl Project {
    /// Updates a layer to its state on disk. Returns `None` if nothing has changed or the document is not
    /// loaded.
    pub fn set_layer_from_disk(&mut self, id: &LayerId, layer: Layer) -> Option<Touch> {
        let document = self.document_mut(&id.document).filter(|document| document.is_loaded())?;
        document.unreadable.remove(&id.annotator);
        let old = document.layers.get(&id.annotator);
        if old.map_or(layer.is_empty(), |old| **old == layer) {
            return None;
        }
        let covers = |layer: &Layer| {
            let ends = layer.index().entries().iter().map(|entry| Some(entry.range));
            ends.fold(None, |all, range| Some(cover(all, range)))
        };
        let range = cover(covers(&layer), old.and_then(|old| covers(old)));
        if layer.is_empty() {
            document.layers.remove(&id.annotator);
        } else {
            document.layers.insert(id.annotator.clone(), Arc::new(layer));
        }
        self.touch(&id.document);
        Some(Touch::Layer(id.clone(), range))
    }

    /// Updates a review to its state on disk. Returns `None` if nothing has changed or the document is not
    /// loaded.
    pub fn set_review_from_disk(
        &mut self,
        id: &DocumentId,
        reviewer: &AnnotatorId,
        review: Review,
    ) -> Option<Touch> {
        let document = self.document_mut(id).filter(|document| document.is_loaded())?;
        document.unreadable.remove(reviewer);
        let old = document.reviews.get(reviewer);
        if old.map_or(review.is_empty(), |old| **old == review) {
            return None;
        }
        if review.is_empty() {
            document.reviews.remove(reviewer);
        } else {
            document.reviews.insert(reviewer.clone(), Arc::new(review));
        }
        self.touch(id);
        Some(Touch::Review(id.clone(), reviewer.clone()))
    }

    /// Updates everything that the project file contains: name, people, codebook, list of documents. New
    /// documents are not loaded yet; those in `keep` stay, even if the file no longer lists them. Passages of
    /// a category that has become another one follow it, and a category that still has passages stays.
    pub fn set_project_file_from_disk(&mut self, head: &Self, keep: &BTreeSet<DocumentId>) -> Vec<Touch> {
        self.name.clone_from(&head.name);
        self.blind = head.blind;
        self.annotators.clone_from(&head.annotators);
        self.actors.clone_from(&head.actors);
        self.issues.clone_from(&head.issues);
        self.relations.clone_from(&head.relations);
        self.document_sets.clone_from(&head.document_sets);
        let mut touched = self.set_codebook(&head.codebook);
        touched.extend(self.set_documents(&head.documents, keep));
        touched.push(Touch::Project);
        self.revision += 1;
        self.list_revision += 1;
        touched
    }

    fn set_codebook(&mut self, to: &Arc<Codebook>) -> Vec<Touch> {
        if self.codebook == *to {
            return Vec::new();
        }
        let mut touched = Vec::new();
        let mut kept: BTreeSet<CategoryId> = BTreeSet::new();
        let layers: Vec<LayerId> = self.documents.iter().flat_map(|document| layers_of(document)).collect();
        for id in layers {
            let Some(layer) = self.layer(&id) else { continue };
            let gone: Vec<_> = layer
                .spans_unsorted()
                .filter(|span| to.category(&span.category).is_none())
                .cloned()
                .collect();
            let mut covered = None;
            for span in gone {
                let Some(now) = to.resolve(&span.category).map(|category| category.id.clone()) else {
                    kept.insert(span.category.clone());
                    continue;
                };
                self.with_layer(&id, |layer| layer.recode(&[span.id], &now));
                covered = Some(cover(covered, Some(span.ranges.cover())));
            }
            touched.extend(covered.map(|range: TextRange| Touch::Recoded(id, range)));
        }
        let mut codebook = to.clone();
        for category in self.codebook.categories.iter().filter(|category| kept.contains(&category.id)) {
            let codebook = Arc::make_mut(&mut codebook);
            codebook.aliases.remove(&category.id);
            codebook.categories.push(category.clone());
        }
        self.codebook = codebook;
        touched
    }

    fn set_documents(&mut self, to: &[Arc<Document>], keep: &BTreeSet<DocumentId>) -> Vec<Touch> {
        let mut touched = Vec::new();
        let listed: BTreeSet<&DocumentId> = to.iter().map(|document| document.id()).collect();
        let gone: Vec<DocumentId> = self.documents.iter().map(|document| document.id().clone()).collect();
        for id in gone.into_iter().filter(|id| !listed.contains(id) && !keep.contains(id)) {
            if let Some(at) = self.position(&id) {
                touched.extend(document_touches(&self.remove_from_list(at)));
            }
        }
        for (at, document) in to.iter().enumerate() {
            match self.document_mut(document.id()) {
                // In another text no range is valid any more, so the document is loaded again.
                Some(here)
                    if here.is_loaded() && !here.meta.versions.are_same_texts(&document.meta.versions) =>
                {
                    touched
                        .extend(document_touches(here).into_iter().filter(|t| matches!(t, Touch::Text(_))));
                    let revision = here.revision + 1;
                    *here = Document { revision, ..Document::unloaded(document.meta.clone()) };
                }
                Some(here) if here.meta != document.meta => here.meta = document.meta.clone(),
                Some(_) => {}
                None => self.insert_into_list(at, Arc::new(Document::unloaded(document.meta.clone()))),
            }
        }
        self.take_order(to);
        touched
    }
}

fn layers_of(document: &Document) -> Vec<LayerId> {
    document.layers.keys().map(|annotator| LayerId::new(document.id(), annotator)).collect()
}
