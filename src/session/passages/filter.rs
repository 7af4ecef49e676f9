//! The filters of the columns of the passages table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use demarche_analysis::search::folded;
use demarche_analysis::summary::Day;
use demarche_model::{Anchors, AnnotatorId, CategoryId, Document, DocumentId, DocumentMeta, Span, TextRange};

use super::column::Column;
use super::set::PassageSet;

/// What the columns of the table are filtered by: the terms of the filter of the window that a column can show, and what has
/// no form as a term. Empty fields match everything.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PassageFilter {
    /// Only this category.
    pub category: Option<CategoryId>,
    /// Only this document.
    pub document: Option<DocumentId>,
    /// Only spans that overlap this range of the document, in bytes.
    pub stretch: Option<TextRange>,
    /// Only this annotator.
    pub annotator: Option<AnnotatorId>,
    /// Only spans created on this day.
    pub created: Option<Day>,
    /// Only spans that match the filters of these columns.
    pub columns: BTreeMap<Column, ColumnFilter>,
    /// Only these spans.
    pub among: Option<Arc<PassageSet>>,
}

/// A filter for one column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ColumnFilter {
    /// Texts that contain these words, ignoring case.
    Holds(String),
    /// Any of these values, by the keys of [`PassageFilter::values`]; the empty key matches spans without a value.
    Among(BTreeSet<SmolStr>),
    /// Dates or numbers between two bounds, both included; a bound that is empty or invalid is open.
    Between {
        /// The lowest value.
        from: String,
        /// The highest value. `2026-03` includes all of March.
        to: String,
    },
}

impl ColumnFilter {
    /// Returns whether everything matches.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Holds(words) => words.is_empty(),
            Self::Among(values) => values.is_empty(),
            Self::Between { from, to } => from.trim().is_empty() && to.trim().is_empty(),
        }
    }
}

impl PassageFilter {
    /// Returns whether everything matches.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The keys of the values of a column that match; empty if all do.
    pub fn values(&self, column: &Column) -> BTreeSet<SmolStr> {
        let one = match column {
            Column::Category => self.category.as_ref().map(|id| id.as_str()),
            Column::Document => self.document.as_ref().map(|id| id.as_str()),
            Column::Annotator => self.annotator.as_ref().map(|id| id.as_str()),
            _ => None,
        };
        match (one, self.columns.get(column)) {
            (Some(one), _) => BTreeSet::from([SmolStr::new(one)]),
            (None, Some(ColumnFilter::Among(values))) => values.clone(),
            _ => BTreeSet::new(),
        }
    }

    /// Filters a column by values, given by their keys; an empty set clears its filter.
    pub fn set_values(&mut self, column: &Column, values: BTreeSet<SmolStr>) {
        self.clear(column);
        // A click on a figure filters by a single value, too. The two have to be equal.
        let one = values.first().filter(|_| values.len() == 1);
        match (column, one) {
            (Column::Category, Some(one)) => self.category = Some(CategoryId::new(one)),
            (Column::Document, Some(one)) => self.document = Some(DocumentId::new(one)),
            (Column::Annotator, Some(one)) => self.annotator = Some(AnnotatorId::new(one)),
            _ => self.set_column_filter(column, ColumnFilter::Among(values)),
        }
    }

    /// Filters a column; an open filter clears it.
    pub fn set_column_filter(&mut self, column: &Column, filter: ColumnFilter) {
        if filter.is_open() {
            self.columns.remove(column);
        } else {
            self.columns.insert(column.clone(), filter);
        }
    }

    /// Returns whether a column is filtered.
    pub fn is_filtered(&self, column: &Column) -> bool {
        self.columns.contains_key(column)
            || match column {
                Column::Category => self.category.is_some(),
                Column::Document => self.document.is_some(),
                Column::Annotator => self.annotator.is_some(),
                _ => false,
            }
    }

    /// Clears the filter of a column.
    pub fn clear(&mut self, column: &Column) {
        self.columns.remove(column);
        match column {
            Column::Category => self.category = None,
            Column::Document => (self.document, self.stretch) = (None, None),
            Column::Annotator => self.annotator = None,
            _ => {}
        }
    }

    /// What has no form as a term of the filter.
    pub(super) fn narrowing(&self) -> Narrowing {
        let place = match self.columns.get(&Column::Place) {
            Some(ColumnFilter::Holds(words)) => words.clone(),
            Some(ColumnFilter::Among(_) | ColumnFilter::Between { .. }) | None => String::new(),
        };
        Narrowing { stretch: self.document.clone().zip(self.stretch), place, among: self.among.clone() }
    }

    /// The same filter with what has no form as a term.
    pub(super) fn with_narrowing(mut self, narrowing: &Narrowing) -> Self {
        if let Some((document, stretch)) = &narrowing.stretch {
            self.document.get_or_insert_with(|| document.clone());
            self.stretch = Some(*stretch);
        }
        if !narrowing.place.is_empty() {
            self.columns.insert(Column::Place, ColumnFilter::Holds(narrowing.place.clone()));
        }
        Self { among: narrowing.among.clone(), ..self }
    }
}

/// What the table shows of the passages that pass the filter of the window. It has no form as a term, and is not saved.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Narrowing {
    /// Only spans that overlap this range of a document, in bytes.
    pub(super) stretch: Option<(DocumentId, TextRange)>,
    /// Only spans whose page or heading contains this, ignoring case.
    pub(super) place: String,
    /// Only these spans.
    pub(super) among: Option<Arc<PassageSet>>,
}

impl Narrowing {
    /// The same with its words in lower case, to match many spans.
    pub(super) fn prepared(&self) -> PreparedNarrowing {
        PreparedNarrowing(Self { place: folded(&self.place), ..self.clone() })
    }
}

/// The parts of a document that filters depend on.
#[derive(Clone, Copy)]
pub(crate) struct DocumentParts<'a> {
    /// Title, date and other details.
    pub meta: &'a DocumentMeta,
    /// Pages, headings and times.
    pub anchors: &'a Anchors,
}

impl<'a> DocumentParts<'a> {
    /// The parts of a document of a project.
    pub fn from_document(document: &'a Document) -> Self {
        Self { meta: &document.meta, anchors: &document.anchors }
    }
}

/// A narrowing prepared for matching.
pub(super) struct PreparedNarrowing(Narrowing);

impl PreparedNarrowing {
    /// Returns whether spans of a document can match.
    pub fn document(&self, id: &DocumentId) -> bool {
        self.0.stretch.as_ref().is_none_or(|(only, _)| only == id)
    }

    /// Returns whether a span matches, given that its document does.
    pub fn span(&self, document: DocumentParts<'_>, annotator: &AnnotatorId, span: &Span) -> bool {
        let Narrowing { stretch, place, among } = &self.0;
        let is_there = || folded(&document.anchors.locate(span.ranges.cover()).to_string()).contains(place);
        among.as_ref().is_none_or(|set| set.holds(annotator, span.id))
            && stretch.as_ref().is_none_or(|(_, only)| span.ranges.overlaps(*only))
            && (place.is_empty() || is_there())
    }
}

/// Calls `each` with the keys of a span's values in a column: ids, or the values themselves; an empty key for no value.
pub(super) fn each_value(
    column: &Column,
    meta: &DocumentMeta,
    annotator: &AnnotatorId,
    span: &Span,
    each: &mut dyn FnMut(&str),
) {
    match column {
        Column::Category => each(span.category.as_str()),
        Column::Document => each(meta.id.as_str()),
        Column::Annotator => each(annotator.as_str()),
        Column::Date => each(meta.date.as_ref().map_or("", |date| date.as_str())),
        Column::Note => each(&span.note),
        Column::Passage | Column::Place => {}
        Column::Attribute(id) => match span.attributes.get(id) {
            Some(value) if value.texts().next().is_some() => value.texts().for_each(|text| each(&text)),
            Some(_) | None => each(""),
        },
    }
}
