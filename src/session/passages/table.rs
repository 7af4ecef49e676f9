//! The rows of all documents, updated with every edit.

use std::collections::BTreeSet;
use std::ops::Range;

use demarche_model::{Document, DocumentId, LayerId, Project, SpanRef, TextRange};

use super::column::OrderKey;
use super::filter::DocumentParts;
use super::order::{Order, SortedRow};
use super::row::StoredRow;
use super::rows::{DocumentRows, PassageQuery};

/// Maximum number of rows to insert or remove one by one; for more, the order is rebuilt.
const ONE_BY_ONE: usize = 4_000;

/// The rows of a query.
#[derive(Default)]
pub(crate) struct TableModel {
    pub(super) query: PassageQuery,
    documents: Vec<DocumentRows>,
    /// `ends[i]`: the number of rows of the documents `0..=i`.
    ends: Vec<usize>,
    pub(super) total: usize,
    /// The order of rows if they are sorted or grouped.
    pub(super) order: Option<Order>,
}

/// The outcome of updating the table after a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Patched {
    Yes,
    /// The table has to be rebuilt.
    TooMuch,
}

impl TableModel {
    /// Builds the rows of a project.
    pub fn new(project: &Project, query: PassageQuery) -> Self {
        let mut documents: Vec<DocumentRows> = project.documents().iter().map(|d| query.rows_of(d)).collect();
        let mut order = None;
        if !query.arrangement.is_by_place() {
            for slot in &mut documents {
                slot.keys = slot.keys_of(project, &query.arrangement, &slot.rows);
            }
            let all = documents.iter().enumerate();
            let entries = all.flat_map(|(at, slot)| slot.entries(at, 0..slot.rows.len())).collect();
            order = Some(Order::new(&query.arrangement, entries));
        }
        let mut table = Self { query, documents, order, ..Self::default() };
        table.count(&BTreeSet::new());
        table
    }

    pub(super) fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Recounts the rows.
    pub(super) fn count(&mut self, closed: &BTreeSet<OrderKey>) {
        let mut end = 0;
        self.ends.clear();
        self.ends.extend(self.documents.iter().map(|slot| {
            end += slot.rows.len();
            end
        }));
        self.total = self.documents.iter().map(|slot| slot.total).sum();
        self.count_groups(closed);
    }

    /// Recounts the rows of the groups.
    pub(super) fn count_groups(&mut self, closed: &BTreeSet<OrderKey>) {
        if let Some(order) = &mut self.order {
            order.count(closed);
        }
    }

    /// The row at an index of the table, with its document's rows.
    pub(super) fn row(&self, index: usize) -> Option<(&DocumentRows, &StoredRow)> {
        if let Some(order) = &self.order {
            let entry = order.get(index)?;
            return Some((self.documents.get(entry.document as usize)?, &entry.row));
        }
        let document = self.ends.partition_point(|&end| end <= index);
        let slot = self.documents.get(document)?;
        slot.rows.get(index - self.start(document)).map(|row| (slot, row))
    }

    pub(super) fn position(&self, project: &Project, at: &SpanRef) -> Option<usize> {
        let document = project.position(&at.layer.document)?;
        let cover = project.span(at)?.ranges.cover();
        let slot = self.slot(document, &at.layer.document)?;
        let key = (cover.start, std::cmp::Reverse(cover.end), at.span);
        let index = slot.rows.binary_search_by_key(&key, StoredRow::key).ok()?;
        match &self.order {
            None => Some(index + self.start(document)),
            Some(order) => order.position(&slot.entries(document, index..index + 1).next()?),
        }
    }

    /// The number of rows of the documents before this one.
    fn start(&self, document: usize) -> usize {
        if document == 0 { 0 } else { self.ends[document - 1] }
    }

    /// The rows of a document, if they are at its position in the project.
    fn slot(&self, position: usize, id: &DocumentId) -> Option<&DocumentRows> {
        self.documents.get(position).filter(|slot| slot.document == *id)
    }

    /// Updates the rows for a change of a layer in a range. Call [`Self::count`] afterwards.
    pub(super) fn layer_changed(&mut self, project: &Project, id: &LayerId, range: TextRange) -> Patched {
        let Some((position, document)) = document_at(project, &id.document) else { return Patched::Yes };
        let Some(slot) = self.documents.get_mut(position).filter(|slot| slot.document == id.document) else {
            return Patched::TooMuch;
        };
        let layers = || document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
        let added = self.query.rows_in(slot, DocumentParts::from_document(document), layers(), Some(range));
        slot.total = self.query.total(layers());
        let replaced = slot.starting_in(range);
        self.splice(project, position, replaced, added)
    }

    /// Updates the rows for a document that was read; a worker may have built them. Looks at no other document, since
    /// thousands are read one after another. Call [`Self::count_groups`] afterwards.
    pub(super) fn document_read(
        &mut self,
        project: &Project,
        id: &DocumentId,
        rows: Option<DocumentRows>,
    ) -> Patched {
        let Some((position, document)) = document_at(project, id) else { return Patched::Yes };
        let rows = rows.unwrap_or_else(|| self.query.rows_of(document));
        let Some(slot) = self.documents.get_mut(position).filter(|slot| slot.document == *id) else {
            return Patched::TooMuch;
        };
        let before = (slot.rows.len(), slot.total);
        (slot.total, slot.annotators) = (rows.total, rows.annotators);
        let followed = self.splice(project, position, 0..before.0, rows.rows);
        let slot = &self.documents[position];
        let after = (slot.rows.len(), slot.total);
        self.ends[position..].iter_mut().for_each(|end| *end = *end - before.0 + after.0);
        self.total = self.total - before.1 + after.1;
        followed
    }

    /// Replaces rows of a document, here and in the order.
    fn splice(
        &mut self,
        project: &Project,
        position: usize,
        replaced: Range<usize>,
        added: Vec<StoredRow>,
    ) -> Patched {
        let slot = &mut self.documents[position];
        let Some(order) = &mut self.order else {
            slot.rows.splice(replaced, added);
            return Patched::Yes;
        };
        let keys = slot.keys_of(project, &self.query.arrangement, &added);
        if keys.len() != added.len() {
            return Patched::TooMuch;
        }
        let new = added.iter().zip(&keys);
        let new = new.map(|(row, keys)| SortedRow {
            keys: keys.clone(),
            document: position as u32,
            row: row.clone(),
        });
        let (removed, inserted) =
            differences(slot.entries(position, replaced.clone()).collect(), new.collect());
        if removed.len() + inserted.len() > ONE_BY_ONE {
            return Patched::TooMuch;
        }
        removed.iter().for_each(|entry| order.remove(entry));
        inserted.into_iter().for_each(|entry| order.insert(entry));
        slot.rows.splice(replaced.clone(), added);
        slot.keys.splice(replaced, keys);
        Patched::Yes
    }
}

/// A document with its position in the project.
fn document_at<'a>(project: &'a Project, id: &DocumentId) -> Option<(usize, &'a Document)> {
    Some((project.position(id)?, project.document(id)?))
}

/// The rows removed and inserted between two lists of a document's rows, which are ordered by position.
fn differences(old: Vec<SortedRow>, new: Vec<SortedRow>) -> (Vec<SortedRow>, Vec<SortedRow>) {
    let (mut removed, mut inserted) = (Vec::new(), Vec::new());
    let mut old = old.into_iter().peekable();
    for entry in new {
        while let Some(before) = old.next_if(|before| before.row.key() < entry.row.key()) {
            removed.push(before);
        }
        match old.next_if(|before| before.row.key() == entry.row.key()) {
            Some(before) if before == entry => {}
            before => {
                removed.extend(before);
                inserted.push(entry);
            }
        }
    }
    removed.extend(old);
    (removed, inserted)
}
