//! Moving documents in the list of the project, which is the order of exports and reports, too.

use std::collections::HashSet;

use demarche_io::place::DocumentSort;
use demarche_model::{DocumentId, Edit};

use crate::Session;
use crate::words::{document_list as words, steps};

/// A place in the list, next to a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ListPlace {
    /// Directly before it.
    Before(DocumentId),
    /// Directly after it.
    After(DocumentId),
}

impl Session {
    /// The reason why documents can't be moved now: the list is not in the order that moving changes.
    pub fn moving_refusal(&self) -> Option<&'static str> {
        (self.document_list.order().by != DocumentSort::Hand).then(words::not_by_hand)
    }

    /// Moves documents next to another one, in the order in which they are listed.
    pub(super) fn move_documents(&mut self, ids: &[DocumentId], place: &ListPlace) {
        if let Some(why) = self.moving_refusal() {
            return self.notify(why);
        }
        let Some(to) = self.places_of(ids, place) else { return };
        let has_moved = |(at, id): &(usize, DocumentId)| self.project.position(id) != Some(*at);
        if to.iter().any(has_moved) {
            self.edit(steps::move_documents(&self.documents_in_words(ids)), Edit::MoveDocuments { to });
        }
    }

    /// Moves documents past the row above or below them.
    pub(super) fn move_by_row(&mut self, ids: &[DocumentId], is_down: bool) {
        let moving: HashSet<&DocumentId> = ids.iter().collect();
        let mut rows: Vec<usize> = ids.iter().filter_map(|id| self.document_row(id)).collect();
        rows.sort_unstable();
        let other = |row: usize| self.document_in_row(row).filter(|id| !moving.contains(id)).cloned();
        let place = match (rows.first(), rows.last(), is_down) {
            (Some(&first), _, false) => (0..first).rev().find_map(other).map(ListPlace::Before),
            (_, Some(&last), true) => {
                (last + 1..self.document_list.len()).find_map(other).map(ListPlace::After)
            }
            (None, _, _) | (_, None, _) => None,
        };
        if let Some(place) = place {
            self.move_documents(ids, &place);
        }
    }

    /// The positions that documents have once they are moved.
    fn places_of(&self, ids: &[DocumentId], place: &ListPlace) -> Option<Vec<(usize, DocumentId)>> {
        let mut from: Vec<usize> = ids.iter().filter_map(|id| self.project.position(id)).collect();
        from.sort_unstable();
        from.dedup();
        let at = match place {
            ListPlace::Before(id) => self.project.position(id)?,
            ListPlace::After(id) => self.project.position(id)? + 1,
        };
        // The documents before the place that do not move themselves.
        let first = at - from.iter().filter(|&&position| position < at).count();
        let documents = self.project.documents();
        let id = |position: usize| documents.get(position).map(|document| document.id().clone());
        from.into_iter().enumerate().map(|(nth, position)| Some((first + nth, id(position)?))).collect()
    }
}
