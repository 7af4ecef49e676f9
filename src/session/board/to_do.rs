//! What the user has to do: documents that came back, those they have begun, and those they have not.

use std::collections::BTreeMap;

use demarche_model::{AnnotatorId, DocumentId, Status};

use crate::Session;

/// The user's documents, in the order of the list of documents.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ToDo {
    /// Documents that came back.
    pub returned: Vec<ReturnedDocument>,
    /// Assigned documents that the user has begun, apart from those that a lead has returned.
    pub begun: Vec<DocumentId>,
    /// Assigned documents that the user has not begun.
    pub new: Vec<DocumentId>,
    /// Number of assigned documents that the user is done with.
    pub done: usize,
}

/// A document that came back: a lead has returned it, or others have decided on passages of the user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReturnedDocument {
    /// The document.
    pub id: DocumentId,
    /// The number of entries of the inbox that the user has not read.
    pub unread: usize,
    /// The lead who has returned it, and why, until the user is done with it again.
    pub by: Option<(AnnotatorId, String)>,
}

impl ToDo {
    /// The document to go on with.
    pub fn next(&self) -> Option<&DocumentId> {
        let [by_lead, returned] =
            [self.by_lead().next(), self.returned.first()].map(|found| found.map(|it| &it.id));
        by_lead.or(self.begun.first()).or(returned).or(self.new.first())
    }

    /// Number of documents that the user has to tag: those that a lead has returned, and assigned ones that they are not done with.
    pub fn left(&self) -> usize {
        self.by_lead().count() + self.begun.len() + self.new.len()
    }

    /// The documents that a lead has returned.
    fn by_lead(&self) -> impl Iterator<Item = &ReturnedDocument> {
        self.returned.iter().filter(|returned| returned.by.is_some())
    }
}

/// The list, and what it was made from.
#[derive(Default)]
pub(super) struct KnownToDo {
    pub list: ToDo,
    made_from: Option<(AnnotatorId, u64, u64, usize)>,
}

impl Session {
    /// Lists what the user has to do again if that may have changed.
    pub(super) fn refresh_to_do(&mut self) {
        let now =
            (self.me.clone(), self.project.revision(), self.project.list_revision(), self.review.unread());
        if self.board.to_do.made_from.as_ref() != Some(&now) {
            self.board.to_do.list = self.listed_to_do();
            self.board.to_do.made_from = Some(now);
        }
    }

    fn listed_to_do(&self) -> ToDo {
        let mut unread: BTreeMap<&DocumentId, usize> = BTreeMap::new();
        for entry in self.review.inbox().filter(|entry| entry.unread) {
            *unread.entry(&entry.at.layer.document).or_default() += 1;
        }
        // Everything is assigned to a reviewer or lead to whom nothing in particular is, but it is not their task.
        let tags = !self.oversees() || self.has_assignments();
        let mut list = ToDo::default();
        for id in self.sorted_documents() {
            let unread = unread.get(id).copied().unwrap_or_default();
            let by = self.returned_by(id);
            let is_returned = by.is_some();
            if unread > 0 || is_returned {
                list.returned.push(ReturnedDocument { id: id.clone(), unread, by });
            }
            if is_returned || !tags || !self.is_assigned_to_me(id) {
                continue;
            }
            match self.status(id) {
                Status::New => list.new.push(id.clone()),
                Status::InProgress => list.begun.push(id.clone()),
                Status::Done => list.done += 1,
            }
        }
        list
    }

    /// The lead who has returned a document to the user, and why, until the user is done with it again.
    fn returned_by(&self, id: &DocumentId) -> Option<(AnnotatorId, String)> {
        let (lead, made) = self.project.latest_return(id, &self.me)?;
        let is_open = self.status(id) != Status::Done || self.project.pending_return(id, &self.me).is_some();
        is_open.then(|| (lead.clone(), made.reason.clone()))
    }
}
