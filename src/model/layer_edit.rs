//! Edits of spans, links and the status of a layer.

use std::sync::Arc;

use super::text_range::cover;
use super::{
    AnnotatorId, Applied, Detached, Document, DocumentId, Edit, EditError, Layer, LayerId, Link, LinkId,
    Project, Span, SpanId, Stamp, Status, TextRange, Touch,
};

impl Project {
    pub(super) fn set_span(
        &mut self,
        layer: LayerId,
        id: SpanId,
        to: Option<Arc<Span>>,
    ) -> Result<Applied, EditError> {
        self.check_span(&layer, id, to.as_deref())?;
        let range = to.as_ref().map(|span| span.ranges.cover());
        let old = self.with_layer(&layer, |l| l.set_span(id, to));
        old.iter().for_each(|span| self.remember_wrong_values(span));
        let range = cover(range, old.as_ref().map(|span| span.ranges.cover()));
        Ok(Applied {
            inverse: Edit::SetSpan { layer: layer.clone(), id, to: old },
            touched: vec![Touch::Layer(layer, range)],
        })
    }

    pub(super) fn check_span(&self, layer: &LayerId, id: SpanId, to: Option<&Span>) -> Result<(), EditError> {
        let document = self.writable(&layer.document, &layer.annotator)?;
        let Some(span) = to else {
            let there = document.layer(&layer.annotator).is_some_and(|l| l.span(id).is_some());
            return if there { Ok(()) } else { Err(EditError::Missing(id.to_string())) };
        };
        if span.id != id {
            return Err(EditError::IdMismatch(id.to_string()));
        }
        if self.codebook.category(&span.category).is_none() {
            return Err(EditError::NoCategory(span.category.clone()));
        }
        let old = document.layer(&layer.annotator).and_then(|l| l.span(id));
        self.check_new_values(span, old.map(|span| &**span)).map_err(EditError::Value)?;
        let inside = document.text.as_ref().is_some_and(|text| span.ranges.iter().all(|r| text.holds(r)));
        if inside { Ok(()) } else { Err(EditError::OutsideText(layer.document.clone())) }
    }

    pub(super) fn set_link(
        &mut self,
        layer: LayerId,
        id: LinkId,
        to: Option<Arc<Link>>,
    ) -> Result<Applied, EditError> {
        let document = self.writable(&layer.document, &layer.annotator)?;
        let old = document.layer(&layer.annotator).and_then(|l| l.link(id)).cloned();
        match &to {
            Some(link) if link.id != id => return Err(EditError::IdMismatch(id.to_string())),
            None if old.is_none() => return Err(EditError::Missing(id.to_string())),
            _ => {}
        }
        self.with_layer(&layer, |l| l.set_link(id, to));
        Ok(Applied {
            inverse: Edit::SetLink { layer: layer.clone(), id, to: old },
            touched: vec![Touch::Layer(layer, TextRange::default())],
        })
    }

    pub(super) fn set_status(&mut self, layer: LayerId, to: Status) -> Result<Applied, EditError> {
        self.writable(&layer.document, &layer.annotator)?;
        let old = self.with_layer(&layer, |l| l.set_status(to));
        Ok(Applied {
            inverse: Edit::SetStatus { layer: layer.clone(), to: old },
            touched: vec![Touch::Layer(layer, TextRange::default())],
        })
    }

    pub(super) fn set_unblinded(&mut self, layer: LayerId, to: Option<Stamp>) -> Result<Applied, EditError> {
        self.writable(&layer.document, &layer.annotator)?;
        let old = self.with_layer(&layer, |l| l.set_unblinded(to));
        Ok(Applied {
            inverse: Edit::SetUnblinded { layer: layer.clone(), to: old },
            touched: vec![Touch::Layer(layer, TextRange::default())],
        })
    }

    pub(super) fn set_detached(
        &mut self,
        layer: LayerId,
        key: u32,
        to: Option<Arc<Detached>>,
    ) -> Result<Applied, EditError> {
        let document = self.writable(&layer.document, &layer.annotator)?;
        let there = document.layer(&layer.annotator).is_some_and(|l| l.detached_at(key).is_some());
        if to.is_none() && !there {
            return Err(EditError::Missing(format!("record {key}")));
        }
        let old = self.with_layer(&layer, |l| l.set_detached(key, to));
        Ok(Applied {
            inverse: Edit::SetDetached { layer: layer.clone(), key, to: old },
            touched: vec![Touch::Layer(layer, TextRange::default())],
        })
    }

    /// Returns the document if the files of `annotator` in it may be written.
    pub(super) fn writable(&self, id: &DocumentId, annotator: &AnnotatorId) -> Result<&Document, EditError> {
        let document = self.document(id).ok_or_else(|| EditError::NoDocument(id.clone()))?;
        if !document.is_loaded() {
            return Err(EditError::NotLoaded(id.clone()));
        }
        if document.unreadable.contains(annotator) {
            return Err(EditError::Unreadable { document: id.clone(), annotator: annotator.clone() });
        }
        self.check_owner(document, annotator)?;
        Ok(document)
    }

    /// Changes a layer. Creates it if it does not exist, and removes it if it becomes empty.
    pub(super) fn with_layer<T: Default>(&mut self, id: &LayerId, change: impl FnOnce(&mut Layer) -> T) -> T {
        let Some(document) = self.document_mut(&id.document) else { return T::default() };
        let layer = document.layers.entry(id.annotator.clone()).or_default();
        let result = change(Arc::make_mut(layer));
        if layer.is_empty() {
            document.layers.remove(&id.annotator);
            self.former_people.insert(id.annotator.clone());
        }
        self.touch(&id.document);
        result
    }
}
