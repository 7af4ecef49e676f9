//! What the user has to do: documents that came back with questions, those they have begun, and those they have not.

use std::collections::BTreeMap;

use demarche_model::{AnnotatorId, DocumentId, Status};

use crate::Session;

/// The user's documents, in the order of the list of documents.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ToDo {
    /// Documents in which others have decided on passages of the user, with the number of entries of the inbox that the user
    /// has not read.
    pub returned: Vec<(DocumentId, usize)>,
    /// Assigned documents that the user has begun.
    pub begun: Vec<DocumentId>,
    /// Assigned documents that the user has not begun.
    pub new: Vec<DocumentId>,
    /// Number of assigned documents that the user is done with.
    pub done: usize,
}

impl ToDo {
    /// The document to go on with.
    pub fn next(&self) -> Option<&DocumentId> {
        let returned = self.returned.first().map(|(id, _)| id);
        self.begun.first().or(returned).or(self.new.first())
    }

    /// Number of assigned documents that the user is not done with.
    pub fn left(&self) -> usize {
        self.begun.len() + self.new.len()
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
            if let Some(count) = unread.get(id) {
                list.returned.push((id.clone(), *count));
            }
            if !tags || !self.is_assigned_to_me(id) {
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
}
