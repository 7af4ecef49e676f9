//! The rows of the passages table: spans that are shown and fit the filter, by document and place, or sorted and grouped.
//!
//! Rows are kept per document and patched where a layer changes, so that tagging in a document of 100,000 spans costs a
//! search and one move of memory; an order by a column is patched likewise. Where so many rows have to be sorted that it
//! would take longer than a frame, a worker does it, and the rows stand meanwhile as they stood.

mod column;
mod filter;
mod order;
mod row;
mod rows;
mod set;
mod table;
mod values;
mod work;

use std::collections::BTreeSet;

use demarche_model::{AnnotatorId, DocumentId, LayerId, Project, SpanId, SpanRef, Touch, Visibility};

use super::Session;

pub use column::{Column, ColumnKind, OrderKey, Passage};
pub(super) use filter::DocumentParts;
pub use filter::{ColumnFilter, PassageFilter};
pub use order::{Arrangement, Sort};
pub(super) use rows::{DocumentRows, PassageQuery};
pub use set::PassageSet;
use table::Patched;
pub(super) use table::TableModel;
pub use values::ValueCount;

/// Filters or sorts the passages table.
#[derive(Clone, PartialEq, Debug)]
pub enum PassagesAction {
    /// Chooses what it shows.
    Filter(PassageFilter),
    /// Chooses in what order it shows it.
    Arrange(Arrangement),
    /// Closes or opens a group; all of them for `None`.
    CloseGroup { group: Option<OrderKey>, closed: bool },
}

/// Spans that are sorted between two frames; more are sorted by a worker.
const AT_ONCE: usize = 20_000;

/// The rows of the passages table.
#[derive(Default)]
pub struct PassageTable {
    table: TableModel,
    /// What shall be shown: as in the table, but for the time that a worker needs.
    query: PassageQuery,
    work: Work,
    /// Counts requests to workers, so that a late result can be recognised.
    last_serial: u64,
    closed: BTreeSet<OrderKey>,
    /// Whether a document with pages, headings or times has been in memory.
    have_places: bool,
}

/// What a worker does for the table.
#[derive(Default)]
enum Work {
    #[default]
    None,
    /// It shall make the table anew.
    Wished,
    /// It makes it; these places have changed since it began.
    UnderWay { serial: u64, missed: Vec<Touch> },
}

/// A row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TableRow<'a> {
    /// The document of the span.
    pub document: &'a DocumentId,
    /// Whose it is.
    pub annotator: &'a AnnotatorId,
    /// Which it is.
    pub span: SpanId,
}

impl TableRow<'_> {
    /// The place of the span.
    pub fn at(&self) -> SpanRef {
        SpanRef { layer: LayerId::new(self.document, self.annotator), span: self.span }
    }

    /// The span with all that is shown of it; `None` where it has just gone.
    pub fn passage<'p>(&'p self, project: &'p Project) -> Option<Passage<'p>> {
        let document = project.document(self.document)?;
        let span = document.layer(self.annotator)?.span(self.span)?;
        Some(Passage { project, document, annotator: self.annotator, span })
    }
}

/// A line of the table as it is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableLine<'a> {
    /// The heading of a group.
    Group {
        /// Tells it from others.
        key: &'a OrderKey,
        /// How many rows it has.
        rows: usize,
        /// Place of the first of them.
        first: usize,
        /// Whether they are hidden.
        closed: bool,
    },
    /// The row at this place.
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
            PassagesAction::CloseGroup { group, closed } => self.passages.close(group, closed),
        }
    }

    /// Chooses what the passages table shows.
    pub(super) fn filter_passages(&mut self, filter: PassageFilter) {
        self.passages.set_filter(&self.project, filter, self.visibility());
        self.sort_passages();
    }
}

impl PassageTable {
    /// What the table shows.
    pub fn filter(&self) -> &PassageFilter {
        &self.query.filter
    }

    /// In what order it does.
    pub fn arrangement(&self) -> &Arrangement {
        &self.query.arrangement
    }

    /// What the rows are grouped by now, which a worker may be about to change.
    pub fn grouped_by(&self) -> Option<&Column> {
        self.table.query.arrangement.group.as_ref()
    }

    /// Whether a worker still brings the rows into the order that is wanted.
    pub fn is_sorting(&self) -> bool {
        !matches!(self.work, Work::None)
    }

    /// How many rows there are, those of closed groups included.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether a document was read of which pages, headings or times are known, so that a column with places says something.
    pub fn have_places(&self) -> bool {
        self.have_places
    }

    fn see_places(&mut self, project: &Project, id: &DocumentId) {
        self.have_places |= project.document(id).is_some_and(|document| !document.anchors.is_empty());
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many spans are shown, whatever the filter.
    pub fn total(&self) -> usize {
        self.table.total
    }

    /// The row at a place of the table.
    pub fn row(&self, index: usize) -> Option<TableRow<'_>> {
        let (of, row) = self.table.row(index)?;
        let annotator = of.annotators.get(row.who as usize)?;
        Some(TableRow { document: &of.document, annotator, span: row.span })
    }

    /// Where a span stands in the table.
    pub fn position(&self, project: &Project, at: &SpanRef) -> Option<usize> {
        self.table.position(project, at)
    }

    /// The spans of all rows, in order.
    pub fn spans(&self) -> impl Iterator<Item = SpanRef> {
        (0..self.len()).filter_map(|index| Some(self.row(index)?.at()))
    }

    /// How many lines are shown: headings, and the rows of groups that are open.
    pub fn lines(&self) -> usize {
        match self.groups().last() {
            Some(group) => group.line_end,
            None => self.len(),
        }
    }

    /// A line of the table.
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

    /// The line that shows a row; of one in a closed group the heading.
    pub fn line_of(&self, row: usize) -> usize {
        let group = self.groups().get(self.groups().partition_point(|group| group.end <= row));
        match group {
            None => row,
            Some(group) if group.closed => group.line(),
            Some(group) => group.line() + 1 + row - group.start(),
        }
    }

    /// The row after (or before) one, leaving out groups that are closed, round the ends.
    pub fn step(&self, from: Option<usize>, forward: bool) -> Option<usize> {
        let lines = self.lines();
        let start = from.map(|row| self.line_of(row));
        // A closed group has one line, so that no more lines are passed than there are groups.
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

    /// The group that a row stands in.
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

    /// Chooses what is shown.
    pub(super) fn set_filter(&mut self, project: &Project, filter: PassageFilter, visibility: Visibility) {
        let arrangement = self.query.arrangement.clone();
        self.query = PassageQuery { filter, arrangement, visibility };
        self.rebuild(project);
    }

    /// Chooses the order.
    pub(super) fn arrange(&mut self, project: &Project, mut arrangement: Arrangement) {
        arrangement.group = arrangement.group.filter(Column::groups);
        if arrangement.group != self.query.arrangement.group {
            self.closed.clear();
        }
        self.query.arrangement = arrangement;
        self.rebuild(project);
    }

    /// Which spans become rows now.
    pub(super) fn query(&self) -> &PassageQuery {
        &self.table.query
    }

    /// Follows an edit, given the places it has touched. Rows are counted once, however many places there are.
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

    /// A document has come into memory; these are its rows, if they are known already.
    pub(super) fn document_read(&mut self, project: &Project, id: &DocumentId, rows: Option<DocumentRows>) {
        self.see_places(project, id);
        let text = project.document(id).map(|document| Touch::Text(document.meta.text_id()));
        self.note_missed(text.as_slice());
        let followed = self.table.document_read(project, id, rows);
        self.table.count_groups(&self.closed);
        self.followed(project, followed);
    }

    fn followed(&mut self, project: &Project, followed: Patched) {
        // A table that is being made hears of it afterwards.
        if followed == Patched::TooMuch && !matches!(self.work, Work::UnderWay { .. }) {
            self.rebuild(project);
        }
    }
}
