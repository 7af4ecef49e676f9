//! The mark on a layer whose owner worked blind until the work of others came into view.
//!
//! Others' work comes into view in a document that its coder has marked as done, and everywhere when blind coding ends. What is
//! tagged or changed afterwards is not independent, so the layer records the first time at which its owner could have seen the
//! work of others, and rounds leave later work out. Undoing *Done* does not undo what was seen, so the mark is no step that
//! can be undone.

use std::collections::BTreeSet;

use demarche_model::{AnnotatorId, Document, DocumentId, Edit, Layer, Project, Stamp, Status, Touch};

use crate::Session;
use crate::words::team as words;

/// The documents in which the work of others may have come into view since they were looked at.
#[derive(Default)]
pub(crate) struct Unblinding {
    documents: BTreeSet<DocumentId>,
    /// When blind coding ended in this session, and for whom.
    ended: Option<(AnnotatorId, Stamp)>,
}

impl Unblinding {
    /// Looks at a document that was read.
    pub fn document_read(&mut self, id: &DocumentId) {
        self.documents.insert(id.clone());
    }

    /// Looks at the documents whose layers have changed.
    pub fn follow(&mut self, touched: &[Touch]) {
        let changed = touched.iter().filter_map(|touch| match touch {
            Touch::Layer(layer, _) => Some(layer.document.clone()),
            _ => None,
        });
        self.documents.extend(changed);
    }

    /// Looks at all documents, since this user works blind no longer.
    pub fn end_of_blind_coding(&mut self, project: &Project, user: AnnotatorId, now: Stamp) {
        self.ended = Some((user, now));
        self.documents.extend(project.documents().iter().map(|document| document.id().clone()));
    }
}

impl Session {
    /// Marks the user's layers in documents in which the work of others has come into view. Called once per frame.
    pub(crate) fn tick_unblinding(&mut self) {
        if self.unblinding.documents.is_empty() || self.read_only().is_some() {
            return;
        }
        for document in std::mem::take(&mut self.unblinding.documents) {
            self.mark_unblinded(&document);
        }
    }

    fn mark_unblinded(&mut self, id: &DocumentId) {
        let Some(at) = self.project.document(id).and_then(|document| self.unblinded_at(document)) else {
            return;
        };
        let edit = Edit::SetUnblinded { layer: self.my_layer(id), to: Some(at) };
        if let Err(error) = self.apply(words::saw_others(), edit) {
            tracing::warn!(%error, "a layer was not marked as unblinded");
        }
    }

    /// When the work of others in a document came into the user's view, unless their layer says so already.
    fn unblinded_at(&self, document: &Document) -> Option<Stamp> {
        let mine = document.layer(&self.me).filter(|layer| layer.unblinded().is_none())?;
        let is_work_of_others = |layer: &Layer| layer.has_work();
        let mut others = document.layers.iter().filter(|(owner, _)| owner.writer() != self.me);
        if !others.any(|(_, layer)| is_work_of_others(layer)) {
            return None;
        }
        match self.project.works_blind(&self.me) {
            true => (mine.status() == Status::Done).then(|| self.env.now()),
            false => self.unblinding.ended.as_ref().filter(|(user, _)| *user == self.me).map(|(_, at)| *at),
        }
    }
}
