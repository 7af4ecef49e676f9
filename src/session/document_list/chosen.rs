//! The chosen documents: what a command on several documents is for.

use std::collections::HashSet;

use demarche_model::DocumentId;

use crate::Session;

/// The documents that the user has chosen in the list.
#[derive(Default)]
pub(super) struct Chosen {
    ids: HashSet<DocumentId>,
    in_order: Vec<DocumentId>,
    /// Where the choice began.
    anchor: Option<DocumentId>,
    cursor: Option<DocumentId>,
}

impl Chosen {
    /// The documents, in the order of the list.
    pub fn in_order(&self) -> &[DocumentId] {
        &self.in_order
    }

    /// True if a document is among them.
    pub fn contains(&self, id: &DocumentId) -> bool {
        self.ids.contains(id)
    }

    /// The document at the keyboard cursor.
    pub fn cursor(&self) -> Option<&DocumentId> {
        self.cursor.as_ref()
    }
}

impl Session {
    /// Chooses one document alone.
    pub(super) fn choose_document(&mut self, id: DocumentId) {
        self.document_list.chosen.anchor = Some(id.clone());
        self.document_list.chosen.cursor = Some(id.clone());
        self.set_chosen([id].into());
    }

    pub(super) fn toggle_chosen(&mut self, id: DocumentId) {
        let mut ids = self.document_list.chosen.ids.clone();
        if !ids.remove(&id) {
            ids.insert(id.clone());
        }
        self.document_list.chosen.anchor = Some(id.clone());
        self.document_list.chosen.cursor = Some(id);
        self.set_chosen(ids);
    }

    /// Chooses the rows from where the choice began to this document.
    pub(super) fn extend_chosen(&mut self, to: &DocumentId) {
        let Some(end) = self.document_row(to) else { return };
        let anchor = self.document_list.chosen.anchor.get_or_insert_with(|| to.clone()).clone();
        let start = self.document_row(&anchor).unwrap_or(end);
        let rows = start.min(end)..=start.max(end);
        let ids = rows.filter_map(|row| self.document_in_row(row).cloned()).collect();
        self.document_list.chosen.cursor = Some(to.clone());
        self.set_chosen(ids);
    }

    pub(super) fn choose_all(&mut self) {
        let all: Vec<DocumentId> = self.listed_documents().cloned().collect();
        self.set_chosen(all.into_iter().collect());
    }

    /// Moves the cursor by rows, at most to the first or last one.
    pub(super) fn step_chosen(&mut self, by: isize, extend: bool) {
        let Some(last) = self.document_list.len().checked_sub(1) else { return };
        let here = self.document_list.cursor().and_then(|id| self.document_row(id));
        let row = match here {
            Some(row) => row.saturating_add_signed(by).min(last),
            None if by == isize::MAX => last,
            None => 0,
        };
        let Some(id) = self.document_in_row(row).cloned() else { return };
        if extend { self.extend_chosen(&id) } else { self.choose_document(id) }
    }

    /// The documents of the list, in its order.
    fn listed_documents(&self) -> impl Iterator<Item = &DocumentId> {
        (0..self.document_list.len()).filter_map(|row| self.document_in_row(row))
    }

    fn set_chosen(&mut self, ids: HashSet<DocumentId>) {
        let mut rows: Vec<(usize, DocumentId)> =
            ids.iter().filter_map(|id| Some((self.document_row(id)?, id.clone()))).collect();
        rows.sort_unstable();
        let chosen = &mut self.document_list.chosen;
        chosen.in_order = rows.into_iter().map(|(_, id)| id).collect();
        chosen.ids = chosen.in_order.iter().cloned().collect();
    }

    /// Keeps of the choice what is still listed, so that no command changes a document that is out of sight.
    pub(super) fn follow_choice(&mut self) {
        self.set_chosen(self.document_list.chosen.ids.clone());
        let is_listed = |id: &DocumentId| self.document_row(id).is_some();
        let (anchor, cursor) = (&self.document_list.chosen.anchor, &self.document_list.chosen.cursor);
        let kept = [anchor, cursor].map(|id| id.clone().filter(is_listed));
        [self.document_list.chosen.anchor, self.document_list.chosen.cursor] = kept;
    }

    /// Chooses the document that was opened, unless it is chosen with others.
    pub(super) fn follow_opened(&mut self) {
        let opened = self.view.document();
        if opened == self.document_list.followed.as_ref() {
            return;
        }
        self.document_list.followed = opened.cloned();
        if let Some(id) = opened.filter(|id| !self.document_list.is_chosen(id)).cloned() {
            self.choose_document(id);
        }
    }
}
