//! *Done* as a lock, and documents that a lead returns to their coders.
//!
//! In a project with a lead, a document that its coder has marked as done stays as it is until the lead returns it. The return
//! is a record in the lead's review; the coder's Demarche reopens the document and records in the coder's review that it has
//! followed the return, so it does so once. In a project without a lead, coders reopen documents themselves.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_model::{AnnotatorId, DocumentId, Edit, Return, Role, Status, Touch};

use crate::Session;
use crate::words::returns as words;

/// The documents that may have been returned to the user since they were looked at.
#[derive(Default)]
pub(crate) struct Returns(BTreeSet<DocumentId>);

impl Returns {
    /// Looks at a document that was read.
    pub fn document_read(&mut self, id: &DocumentId) {
        self.0.insert(id.clone());
    }

    /// Looks at the documents whose reviews have changed.
    pub fn follow(&mut self, touched: &[Touch]) {
        let reviewed = touched.iter().filter_map(|touch| match touch {
            Touch::Review(document, _) => Some(document.clone()),
            _ => None,
        });
        self.0.extend(reviewed);
    }
}

impl Session {
    /// Returns whether an edit leaves alone what the user has marked as done; if not, they get a notice that says what to do.
    pub(crate) fn is_unlocked(&mut self, edit: &Edit) -> bool {
        let Some(locked) = self.project.locked_layer(&self.me, edit) else { return true };
        let title = self.project.document(&locked.document).map_or("", |document| &document.meta.title);
        match self.project.may_reopen(&self.me) {
            true => {
                let text = words::done_without_lead(title);
                self.notify_reopening(text, locked.document);
            }
            false => self.notify_error(words::done_with_lead(title)),
        }
        false
    }

    /// The coders who have marked the open document as done, so that the user, a lead, can return it to them.
    pub fn returnable(&self) -> Vec<AnnotatorId> {
        let Some(document) = self.document().filter(|_| self.project.role(&self.me) == Role::Lead) else {
            return Vec::new();
        };
        let done = document.layers.iter().filter(|(owner, layer)| {
            !owner.is_consensus() && **owner != self.me && layer.status() == Status::Done
        });
        done.map(|(owner, _)| owner.clone()).collect()
    }

    /// Returns the open document to a coder, with a reason.
    pub(crate) fn return_document(&mut self, annotator: AnnotatorId, reason: &str) {
        let Some(document) = self.document().map(|document| document.id().clone()) else { return };
        if !self.is_writable() || !self.returnable().contains(&annotator) {
            return;
        }
        let name = self.project.name_of(&annotator).to_owned();
        let made = Return { at: self.env.now(), reason: reason.trim().to_owned() };
        let reviewer = self.me.clone();
        let edit = Edit::SetReturn { document, reviewer, annotator, to: Some(Arc::new(made)) };
        // The coder's Demarche may follow it at once, so it can't be undone.
        match self.apply(&words::return_to(&name), edit) {
            Ok(_) => self.notify(words::was_returned(&name)),
            Err(error) => self.notify_error(crate::words::not_done(&error)),
        }
    }

    /// Follows the returns of documents to the user. Called once per frame.
    pub(crate) fn tick_returns(&mut self) {
        if self.returns.0.is_empty() || self.read_only().is_some() {
            return;
        }
        for document in std::mem::take(&mut self.returns.0) {
            self.follow_return(document);
        }
    }

    /// Reopens a document that was returned to the user. A document that they are not done with stays as it is.
    fn follow_return(&mut self, document: DocumentId) {
        let Some((lead, made)) = self.project.pending_return(&document, &self.me) else { return };
        let (lead, made) = (self.project.name_of(lead).to_owned(), made.clone());
        let me = self.me.clone();
        let followed = Return { at: made.at, reason: String::new() };
        let followed = Edit::SetReturn {
            document: document.clone(),
            reviewer: me.clone(),
            annotator: me,
            to: Some(Arc::new(followed)),
        };
        let is_done = self.status(&document) == Status::Done;
        let reopened = Edit::SetStatus { layer: self.my_layer(&document), to: Status::InProgress };
        let edits = is_done.then_some(reopened).into_iter().chain([followed]).collect();
        let label = words::reopened_by(&lead, &made.reason);
        match self.apply(&label, Edit::Batch(edits)) {
            Ok(_) if is_done => {
                let title = self.project.document(&document).map_or("", |document| &document.meta.title);
                let text = words::returned(title, &lead, &made.reason);
                self.saving.hurry();
                self.notify_lasting(text);
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "a return of a document was not followed"),
        }
    }
}
