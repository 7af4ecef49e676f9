//! The rows of the passages table: visible spans that match the filter, by document and position, or sorted and grouped.
//!
//! Rows are kept per document and patched where a layer changes, so that tagging in a document of 100,000 spans costs a
//! search and one move of memory; so is an order by a column. If sorting takes longer than a frame, a worker does it, and
//! the table keeps its old rows until then.

mod column;
mod filter;
mod narrow;
mod order;
mod row;
mod rows;
mod set;
mod table;
mod terms;
mod values;
mod work;

use std::collections::BTreeSet;

use demarche_model::{AnnotatorId, DocumentId, LayerId, Project, SpanId, SpanRef, Touch, Visibility};

use super::Session;
use super::filtering::PassingSpans;

pub use column::{Column, ColumnKind, OrderKey, Passage};
pub(super) use filter::DocumentParts;
pub(super) use filter::Narrowing;
pub use filter::{ColumnFilter, PassageFilter};
pub use order::{Arrangement, Sort};
pub(super) use rows::{DocumentRows, PassageQuery};
pub use set::PassageSet;
use table::Patched;
pub(super) use table::TableModel;
pub use values::ValueCount;
use values::ValueList;

/// Filters or sorts the passages table.
#[derive(Clone, PartialEq, Debug)]
pub enum PassagesAction {
    /// Filters by columns: changes the terms of the filter of the window that they show.
    Filter(PassageFilter),
    /// Sorts or groups the rows.
    Arrange(Arrangement),
    /// Counts the values of a column.
    CountValues(Column),
    /// Closes or opens a group, or all groups.
    CloseGroup { group: Option<OrderKey>, closed: bool },
}

/// Maximum number of spans to sort between two frames; a worker sorts more.
const AT_ONCE: usize = 20_000;

/// The passages table.
#[derive(Default)]
pub struct PassageTable {
    table: TableModel,
    /// The query to show. The table's own query is older while a worker rebuilds it.
    query: PassageQuery,
    work: Work,
    columns: ColumnFilters,
    values: ValueList,
    /// Counts requests to workers, to recognise late results.
    last_serial: u64,
    closed: BTreeSet<OrderKey>,
    /// Whether a document with pages, headings or times has been in memory.
    have_places: bool,
}

/// What the columns are filtered by, and the filter of the window that it was read from.
#[derive(Default)]
struct ColumnFilters {
    filter: PassageFilter,
    text: String,
    list_revision: u64,
    narrowing: Narrowing,
}

/// The work of a worker for the table.
#[derive(Default)]
enum Work {
    #[default]
    None,
    /// A rebuild of the table is to be started.
    Requested,
    /// A rebuild is running; these changes have been made since it began.
    UnderWay { serial: u64, missed: Vec<Touch> },
}

/// A row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TableRow<'a> {
    /// The span's document.
    pub document: &'a DocumentId,
    /// The span's annotator.
    pub annotator: &'a AnnotatorId,
    /// The span.
    pub span: SpanId,
}

impl TableRow<'_> {
    /// The reference to the span.
    pub fn at(&self) -> SpanRef {
        SpanRef { layer: LayerId::new(self.document, self.annotator), span: self.span }
    }

    /// The span with everything that the row shows; `None` if it has just been removed.
    pub fn passage<'p>(&'p self, project: &'p Project) -> Option<Passage<'p>> {
        let document = project.document(self.document)?;
        let span = document.layer(self.annotator)?.span(self.span)?;
        Some(Passage { project, document, annotator: self.annotator, span })
    }
}

/// A visible line of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableLine<'a> {
    /// The heading of a group.
    Group {
        /// The key of the group.
        key: &'a OrderKey,
        /// Number of rows.
        rows: usize,
        /// The index of its first row.
        first: usize,
        /// Whether its rows are hidden.
        closed: bool,
    },
    /// The row with this index.
    Row(usize),
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_passages(&mut self, action: PassagesAction) {
        match action {
            PassagesAction::Filter(filter) => self.filter_passages(filter),
            PassagesAction::Arrange(arrangement) => {
                self.passages.arrange(&self.project, arrangement);
                self.sort_passages();
            }
            PassagesAction::CountValues(column) => self.count_values(&column),
            PassagesAction::CloseGroup { group, closed } => self.passages.close(group, closed),
        }
    }
}

impl PassageTable {
    /// What the columns are filtered by.
    fn filter(&self) -> &PassageFilter {
        &self.columns.filter
    }

    /// The order and grouping.
    pub fn arrangement(&self) -> &Arrangement {
        &self.query.arrangement
    }

    /// The column that the current rows are grouped by, which a worker may be about to change.
    pub fn grouped_by(&self) -> Option<&Column> {
        self.table.query.arrangement.group.as_ref()
    }

    /// Returns whether a worker is still sorting the rows.
    pub fn is_sorting(&self) -> bool {
        !matches!(self.work, Work::None)
    }

    /// The number of rows, including those of closed groups.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Returns whether a document with pages, headings or times has been read, so that the column for them is useful.
    pub fn have_places(&self) -> bool {
        self.have_places
    }

    fn see_places(&mut self, project: &Project, id: &DocumentId) {
        self.have_places |= project.document(id).is_some_and(|document| !document.anchors.is_empty());
    }

    /// Returns whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of visible spans, whatever the filter.
    pub fn total(&self) -> usize {
        self.table.total
    }

    /// The row at an index.
    pub fn row(&self, index: usize) -> Option<TableRow<'_>> {
        let (rows, row) = self.table.row(index)?;
        let annotator = rows.annotators.get(row.who as usize)?;
        Some(TableRow { document: &rows.document, annotator, span: row.span.id })
    }

    /// The index of a span's row.
    pub fn position(&self, project: &Project, at: &SpanRef) -> Option<usize> {
        self.table.position(project, at)
    }

    /// The spans of all rows, in order.
    pub fn spans(&self) -> impl Iterator<Item = SpanRef> {
        (0..self.len()).filter_map(|index| Some(self.row(index)?.at()))
    }

    /// The number of lines: headings, and the rows of open groups.
    pub fn lines(&self) -> usize {
        match self.groups().last() {
            Some(group) => group.line_end,
            None => self.len(),
        }
    }

    /// The line at an index.
    pub fn line(&self, index: usize) -> Option<TableLine<'_>> {
        if self.groups().is_empty() {
            return (index < self.len()).then_some(TableLine::Row(index));
        }
        let group = &self.groups().get(self.groups().partition_point(|group| group.line_end <= index))?;
        let first = group.start();
        Some(match index - group.line() {
            0 => TableLine::Group { key: &group.key, rows: group.rows, first, closed: group.closed },
            below => TableLine::Row(first + below - 1),
        })
    }

    /// The index of the line that shows a row, or of the heading if its group is closed.
    pub fn line_of(&self, row: usize) -> usize {
        let group = self.groups().get(self.groups().partition_point(|group| group.end <= row));
        match group {
            None => row,
            Some(group) if group.closed => group.line(),
            Some(group) => group.line() + 1 + row - group.start(),
        }
    }

    /// The row after (or before) another one, skipping closed groups and wrapping around.
    pub fn step(&self, from: Option<usize>, forward: bool) -> Option<usize> {
        let lines = self.lines();
        let start = from.map(|row| self.line_of(row));
        // A closed group has only one line, so this skips at most as many lines as there are groups.
        (1..=lines).find_map(|step| {
            let line = match (start, forward) {
                (None, true) => step - 1,
                (None, false) => lines - step,
                (Some(start), true) => (start + step) % lines,
                (Some(start), false) => (start + lines - step) % lines,
            };
            match self.line(line)? {
                TableLine::Row(row) => Some(row),
                TableLine::Group { .. } => None,
            }
        })
    }

    /// The group that a row belongs to.
    pub fn group_of(&self, row: usize) -> Option<&OrderKey> {
        let groups = self.groups();
        groups.get(groups.partition_point(|group| group.end <= row)).map(|group| &group.key)
    }

    fn groups(&self) -> &[order::Group] {
        self.table.order.as_ref().map_or(&[], |order| &order.groups)
    }

    /// Closes or opens a group, or all of them.
    pub(super) fn close(&mut self, group: Option<OrderKey>, closed: bool) {
        let groups = match group {
            Some(key) => vec![key],
            None => self.groups().iter().map(|group| group.key.clone()).collect(),
        };
        for key in groups {
            if closed {
                self.closed.insert(key);
            } else {
                self.closed.remove(&key);
            }
        }
        self.table.count(&self.closed);
    }

    /// Shows the rows of other layers.
    pub(super) fn set_visibility(&mut self, project: &Project, visibility: Visibility) {
        self.query.visibility = visibility;
        self.rebuild(project);
    }

    /// Narrows the rows among those that pass the filter of the window.
    fn narrow(&mut self, project: &Project, narrowing: Narrowing) {
        if self.query.narrowing != narrowing {
            self.query.narrowing = narrowing;
            self.rebuild(project);
        }
    }

    /// Shows the passages that pass the filter of the window. If only those of some documents have changed, the rows of the
    /// others stay.
    pub(super) fn show_passing(
        &mut self,
        project: &Project,
        passing: PassingSpans,
        changed: Option<Vec<DocumentId>>,
    ) {
        self.query.passing = passing.clone();
        let Some(changed) = changed.filter(|_| !matches!(self.work, Work::Requested)) else {
            return self.rebuild(project);
        };
        self.table.query.passing = passing;
        changed.iter().for_each(|id| self.document_read(project, id, None));
    }

    /// Reads from the filter of the window what the columns are filtered by, if it has changed.
    pub(super) fn follow_terms(&mut self, text: &str, project: &Project) {
        let (known, list_revision) = (&mut self.columns, project.list_revision());
        let is_same = known.text == text && known.list_revision == list_revision;
        if !is_same || known.narrowing != self.query.narrowing {
            let filter = terms::columns(text, project).with_narrowing(&self.query.narrowing);
            let narrowing = self.query.narrowing.clone();
            *known = ColumnFilters { filter, text: text.to_owned(), list_revision, narrowing };
        }
    }

    /// Sorts and groups the rows.
    pub(super) fn arrange(&mut self, project: &Project, mut arrangement: Arrangement) {
        arrangement.group = arrangement.group.filter(Column::groups);
        if arrangement.group != self.query.arrangement.group {
            self.closed.clear();
        }
        self.query.arrangement = arrangement;
        self.rebuild(project);
    }

    /// The query of the current rows.
    pub(super) fn query(&self) -> &PassageQuery {
        &self.table.query
    }

    /// Updates the rows after an edit. Counts them once, however much the edit has touched.
    pub(super) fn follow(&mut self, project: &Project, touched: &[Touch]) {
        for touch in touched {
            if let Touch::Anchors(id) = touch {
                self.see_places(project, &id.document);
            }
        }
        if touched.iter().any(|touch| matches!(touch, Touch::Project | Touch::Text(_))) {
            return self.rebuild(project);
        }
        self.note_missed(touched);
        let mut followed = Patched::Yes;
        for touch in touched {
            if let Touch::Layer(layer, range) | Touch::Recoded(layer, range) = touch
                && self.table.layer_changed(project, layer, *range) == Patched::TooMuch
            {
                followed = Patched::TooMuch;
            }
        }
        self.table.count(&self.closed);
        self.followed(project, followed);
    }

    /// Updates the rows for a document that was read; a worker may have built them.
    pub(super) fn document_read(&mut self, project: &Project, id: &DocumentId, rows: Option<DocumentRows>) {
        self.see_places(project, id);
        let text = project.document(id).map(|document| Touch::Text(document.meta.text_id()));
        self.note_missed(text.as_slice());
        let followed = self.table.document_read(project, id, rows);
        self.table.count_groups(&self.closed);
        self.followed(project, followed);
    }

    fn followed(&mut self, project: &Project, followed: Patched) {
        // A table that is being rebuilt gets the change when it is done.
        if followed == Patched::TooMuch && !matches!(self.work, Work::UnderWay { .. }) {
            self.rebuild(project);
        }
    }
}
