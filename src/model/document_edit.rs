//! Edits of documents, and of reviewers' decisions in them.

use std::sync::Arc;

use super::touch::document_touches;
use super::{
    AnnotatorId, Applied, Decision, Document, DocumentId, DocumentMeta, Edit, EditError, Project, SpanId,
    Text, Touch,
};

impl Project {
    pub(super) fn set_meta(&mut self, id: DocumentId, to: DocumentMeta) -> Result<Applied, EditError> {
        if to.id != id {
            return Err(EditError::IdMismatch(id.to_string()));
        }
        let Some(document) = self.document_mut(&id) else { return Err(EditError::NoDocument(id)) };
        let to = DocumentMeta { sets: document.meta.sets.clone(), ..to };
        let old = std::mem::replace(&mut document.meta, to);
        Ok(self.project_changed(Edit::SetMeta { document: id, to: Box::new(old) }))
    }

    pub(super) fn insert_document(
        &mut self,
        at: usize,
        document: Arc<Document>,
    ) -> Result<Applied, EditError> {
        let id = document.id().clone();
        self.check_new_document(&id)?;
        let stray = |text: &Arc<Text>| document.anchors.first_outside(text).is_some();
        if document.text.as_ref().is_some_and(stray) {
            return Err(EditError::OutsideText(id));
        }
        let mut touched = document_touches(&document);
        touched.push(Touch::Project);
        self.insert_into_list(at, document);
        self.touch(&id);
        Ok(Applied { inverse: Edit::RemoveDocument { document: id }, touched })
    }

    pub(super) fn remove_document(&mut self, id: DocumentId) -> Result<Applied, EditError> {
        let at = self.position(&id).ok_or_else(|| EditError::NoDocument(id.clone()))?;
        let document = self.remove_from_list(at);
        self.revision += 1;
        let mut touched = document_touches(&document);
        touched.push(Touch::Project);
        Ok(Applied { inverse: Edit::InsertDocument { at, document }, touched })
    }

    pub(super) fn set_decision(
        &mut self,
        document: DocumentId,
        reviewer: AnnotatorId,
        span: SpanId,
        to: Option<Arc<Decision>>,
    ) -> Result<Applied, EditError> {
        self.writable(&document, &reviewer)?;
        if to.as_ref().is_some_and(|decision| decision.span != span) {
            return Err(EditError::IdMismatch(span.to_string()));
        }
        let Some(holder) = self.document_mut(&document) else { return Err(EditError::NoDocument(document)) };
        let review = Arc::make_mut(holder.reviews.entry(reviewer.clone()).or_default());
        let old = match to {
            Some(decision) => review.decisions.insert(span, decision),
            None => review.decisions.remove(&span),
        };
        if review.is_empty() {
            holder.reviews.remove(&reviewer);
            self.former_people.insert(reviewer.clone());
        }
        self.touch(&document);
        Ok(Applied {
            inverse: Edit::SetDecision {
                document: document.clone(),
                reviewer: reviewer.clone(),
                span,
                to: old,
            },
            touched: vec![Touch::Review(document, reviewer)],
        })
    }
}
