//! The filter of the passages table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use demarche_model::{
    Anchors, AnnotatorId, CategoryId, Document, DocumentId, DocumentMeta, Span, Stamp, Text, TextRange, Value,
};

use super::column::Column;
use super::set::PassageSet;

/// A filter for spans. Empty fields match everything.
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
    /// Only spans created in this period: from the first time, before the second.
    pub created: Option<(Stamp, Stamp)>,
    /// Only spans whose words or note contain this, ignoring case.
    pub words: String,
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

    /// The filter with its words in lower case, to match many spans.
    pub(super) fn prepared(&self) -> PreparedFilter {
        let mut filter = self.clone();
        filter.words = filter.words.to_lowercase();
        for column in filter.columns.values_mut() {
            if let ColumnFilter::Holds(words) = column {
                *words = words.to_lowercase();
            }
        }
        PreparedFilter(filter)
    }
}

/// The parts of a document that filters depend on.
#[derive(Clone, Copy)]
pub(crate) struct DocumentParts<'a> {
    /// Title, date and other details.
    pub meta: &'a DocumentMeta,
    /// The text, if it is in memory.
    pub text: Option<&'a Text>,
    /// Pages, headings and times.
    pub anchors: &'a Anchors,
}

impl<'a> DocumentParts<'a> {
    /// The parts of a document of a project.
    pub fn from_document(document: &'a Document) -> Self {
        Self { meta: &document.meta, text: document.text.as_deref(), anchors: &document.anchors }
    }
}

/// A filter prepared for matching.
pub(super) struct PreparedFilter(PassageFilter);

impl PreparedFilter {
    /// Returns whether spans of a document can match.
    pub fn document(&self, id: &DocumentId) -> bool {
        self.0.document.as_ref().is_none_or(|only| only == id)
    }

    /// Returns whether spans of an annotator can match.
    pub fn annotator(&self, id: &AnnotatorId) -> bool {
        self.0.annotator.as_ref().is_none_or(|only| only == id)
    }

    /// Returns whether a span matches, given that its document and annotator do.
    pub fn span(&self, document: DocumentParts<'_>, annotator: &AnnotatorId, span: &Span) -> bool {
        let filter = &self.0;
        filter.among.as_ref().is_none_or(|set| set.holds(annotator, span.id))
            && filter.category.as_ref().is_none_or(|only| *only == span.category)
            && filter.stretch.is_none_or(|only| span.ranges.overlaps(only))
            && filter.created.is_none_or(|(from, to)| from <= span.created && span.created < to)
            && filter.columns.iter().all(|(column, filter)| filter.matches(column, document, annotator, span))
            && (filter.words.is_empty()
                || span.note.to_lowercase().contains(&filter.words)
                || document.text.is_some_and(|text| span.quote(text).to_lowercase().contains(&filter.words)))
    }
}

impl ColumnFilter {
    fn matches(
        &self,
        column: &Column,
        document: DocumentParts<'_>,
        annotator: &AnnotatorId,
        span: &Span,
    ) -> bool {
        match self {
            Self::Holds(words) => {
                let holds = |whole: &str| whole.to_lowercase().contains(words);
                match column {
                    Column::Passage => document.text.is_some_and(|text| holds(&span.quote(text))),
                    Column::Note => holds(&span.note),
                    Column::Document => holds(&document.meta.title),
                    Column::Place => holds(&document.anchors.locate(span.ranges.cover()).to_string()),
                    Column::Attribute(id) => {
                        span.attributes.get(id).is_some_and(|value| holds(&value.text()))
                    }
                    _ => true,
                }
            }
            Self::Among(values) => {
                let mut found = false;
                each_value(column, document.meta, annotator, span, &mut |key| found |= values.contains(key));
                found
            }
            Self::Between { from, to } => match column {
                Column::Date => {
                    document.meta.date.as_ref().is_some_and(|date| date_between(date.as_str(), from, to))
                }
                Column::Attribute(id) => {
                    span.attributes.get(id).is_some_and(|value| value_between(value, from, to))
                }
                _ => true,
            },
        }
    }
}

fn value_between(value: &Value, from: &str, to: &str) -> bool {
    match value {
        Value::Number(number) => number_between(*number, from, to),
        Value::Date(date) => date_between(date, from, to),
        Value::Choice(_) | Value::Choices(_) | Value::Text(_) | Value::Flag(_) => false,
    }
}

fn date_between(date: &str, from: &str, to: &str) -> bool {
    let (from, to) = (from.trim(), to.trim());
    // ISO dates sort as texts. `2026-03` as the upper bound includes the last day of March.
    (from.is_empty() || date >= from || from.starts_with(date))
        && (to.is_empty() || date <= to || date.starts_with(to))
}

fn number_between(number: f64, from: &str, to: &str) -> bool {
    let read = |end: &str| end.trim().parse::<f64>().ok();
    read(from).is_none_or(|from| number >= from) && read(to).is_none_or(|to| number <= to)
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
