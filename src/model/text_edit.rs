//! The edit that replaces the text of a document by another version.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::touch::text_touches;
use super::{Applied, Document, Edit, EditError, LayerId, Project, TextId, Touch};

impl Project {
    /// Replaces a document's text by another version.
    pub(super) fn replace_text(&mut self, to: Arc<Document>) -> Result<Applied, EditError> {
        self.check_text(&to)?;
        let id = to.id().clone();
        let Some(document) = self.document_mut(&id) else { return Err(EditError::NoDocument(id)) };
        let revision = document.revision;
        let old = std::mem::replace(document, (*to).clone());
        document.revision = revision;
        let touched = touches_between(&old, document);
        self.touch(&id);
        let inverse = Edit::ReplaceText { to: Arc::new(old) };
        Ok(Applied { touched, ..self.project_changed(inverse) })
    }

    fn check_text(&self, to: &Document) -> Result<(), EditError> {
        let id = to.id();
        let now = self.document(id).ok_or_else(|| EditError::NoDocument(id.clone()))?;
        let (Some(text), true) = (&to.text, now.is_loaded()) else {
            return Err(EditError::NotLoaded(id.clone()));
        };
        if to.anchors.first_outside(text).is_some() {
            return Err(EditError::OutsideText(id.clone()));
        }
        for span in to.layers.values().flat_map(|layer| layer.spans_unsorted()) {
            if !span.ranges.iter().all(|range| text.holds(range)) {
                return Err(EditError::OutsideText(id.clone()));
            }
            if self.codebook.category(&span.category).is_none() {
                return Err(EditError::NoCategory(span.category.clone()));
            }
        }
        Ok(())
    }
}

/// Returns what changes when one version of a document replaces another.
fn touches_between(old: &Document, new: &Document) -> Vec<Touch> {
    let texts: BTreeSet<TextId> = old.meta.text_ids().chain(new.meta.text_ids()).collect();
    let mut touched: BTreeSet<Touch> = BTreeSet::from([Touch::Project]);
    for text in texts {
        touched.extend(text_touches(old, text.clone()));
        touched.extend(text_touches(new, text));
    }
    let owners = old.layers.keys().chain(new.layers.keys());
    touched.extend(owners.map(|annotator| Touch::Realigned(LayerId::new(new.id(), annotator))));
    touched.into_iter().collect()
}
