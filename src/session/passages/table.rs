//! The rows of all documents, kept up to date edit by edit.

use std::collections::BTreeSet;
use std::ops::Range;

use demarche_model::{Document, DocumentId, LayerId, Project, SpanRef, TextRange};

use super::column::OrderKey;
use super::filter::DocumentParts;
use super::order::{Order, SortedRow};
use super::row::StoredRow;
use super::rows::{DocumentRows, PassageQuery};

/// Rows that are put into an order one by one; to put more there, it is made anew.
const ONE_BY_ONE: usize = 4_000;

/// Rows for one choice of what is shown.
#[derive(Default)]
pub(crate) struct TableModel {
    pub(super) query: PassageQuery,
    documents: Vec<DocumentRows>,
    /// `ends[i]`: rows of the documents `0..=i`.
    ends: Vec<usize>,
    pub(super) total: usize,
    /// Where rows are not by document and place.
    pub(super) order: Option<Order>,
}

/// Whether the table could follow a change, or has to be made anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Patched {
    Yes,
    TooMuch,
}

impl TableModel {
    /// Makes the rows of a project.
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

    /// Counts rows; after every change.
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

    /// Counts the rows of the groups alone.
    pub(super) fn count_groups(&mut self, closed: &BTreeSet<OrderKey>) {
        if let Some(order) = &mut self.order {
            order.count(closed);
        }
    }

    /// The row at this place of the table, with its document's rows.
    pub(super) fn row(&self, index: usize) -> Option<(&DocumentRows, StoredRow)> {
        if let Some(order) = &self.order {
            let entry = order.get(index)?;
            return Some((self.documents.get(entry.document as usize)?, entry.row));
        }
        let document = self.ends.partition_point(|&end| end <= index);
        let slot = self.documents.get(document)?;
        slot.rows.get(index - self.start(document)).map(|row| (slot, *row))
    }

    pub(super) fn position(&self, project: &Project, at: &SpanRef) -> Option<usize> {
        let document = project.position(&at.layer.document)?;
        let cover = project.span(at)?.ranges.cover();
        let slot = self.slot(document, &at.layer.document)?;
        let key = (cover.start, std::cmp::Reverse(cover.end), at.span);
        let place = slot.rows.binary_search_by_key(&key, StoredRow::key).ok()?;
        match &self.order {
            None => Some(place + self.start(document)),
            Some(order) => order.position(&slot.entries(document, place..place + 1).next()?),
        }
    }

    /// Rows of the documents before this one.
    fn start(&self, document: usize) -> usize {
        if document == 0 { 0 } else { self.ends[document - 1] }
    }

    /// The rows of a document, if they stand where the project has it.
    fn slot(&self, position: usize, id: &DocumentId) -> Option<&DocumentRows> {
        self.documents.get(position).filter(|slot| slot.document == *id)
    }

    /// A layer has changed in a stretch of its document. Rows have to be counted afterwards.
    pub(super) fn layer_changed(&mut self, project: &Project, id: &LayerId, range: TextRange) -> Patched {
        let Some((position, document)) = place_of(project, &id.document) else { return Patched::Yes };
        let Some(slot) = self.documents.get_mut(position).filter(|slot| slot.document == id.document) else {
            return Patched::TooMuch;
        };
        let layers = || document.layers.iter().map(|(annotator, layer)| (annotator, &**layer));
        let added = self.query.rows_in(slot, DocumentParts::document(document), layers(), Some(range));
        slot.total = self.query.total(layers());
        let place = slot.starting_in(range);
        self.splice(project, position, place, added)
    }

    /// A document has come into memory; these are its rows, if they are known already. No other document is looked at,
    /// since thousands come one after another; rows of groups have to be counted afterwards.
    pub(super) fn document_read(
        &mut self,
        project: &Project,
        id: &DocumentId,
        rows: Option<DocumentRows>,
    ) -> Patched {
        let Some((position, document)) = place_of(project, id) else { return Patched::Yes };
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

    /// Puts rows in the place of others, here and in the order.
    fn splice(
        &mut self,
        project: &Project,
        position: usize,
        place: Range<usize>,
        added: Vec<StoredRow>,
    ) -> Patched {
        let slot = &mut self.documents[position];
        let Some(order) = &mut self.order else {
            slot.rows.splice(place, added);
            return Patched::Yes;
        };
        let keys = slot.keys_of(project, &self.query.arrangement, &added);
        if keys.len() != added.len() {
            return Patched::TooMuch;
        }
        let new = added.iter().zip(&keys);
        let new =
            new.map(|(row, keys)| SortedRow { keys: keys.clone(), document: position as u32, row: *row });
        let (gone, come) = differences(slot.entries(position, place.clone()).collect(), new.collect());
        if gone.len() + come.len() > ONE_BY_ONE {
            return Patched::TooMuch;
        }
        gone.iter().for_each(|entry| order.remove(entry));
        come.into_iter().for_each(|entry| order.insert(entry));
        slot.rows.splice(place.clone(), added);
        slot.keys.splice(place, keys);
        Patched::Yes
    }
}

fn place_of<'a>(project: &'a Project, id: &DocumentId) -> Option<(usize, &'a Document)> {
    Some((project.position(id)?, project.document(id)?))
}

/// What has gone and what has come between two lists of one document's rows by place.
fn differences(old: Vec<SortedRow>, new: Vec<SortedRow>) -> (Vec<SortedRow>, Vec<SortedRow>) {
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let mut old = old.into_iter().peekable();
    for entry in new {
        while let Some(before) = old.next_if(|before| before.row.key() < entry.row.key()) {
            gone.push(before);
        }
        match old.next_if(|before| before.row.key() == entry.row.key()) {
            Some(before) if before == entry => {}
            before => {
                gone.extend(before);
                come.push(entry);
            }
        }
    }
    gone.extend(old);
    (gone, come)
}
