//! What the passages table lets through.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use demarche_model::{
    Anchors, AnnotatorId, CategoryId, Document, DocumentId, DocumentMeta, Span, Stamp, Text, TextRange, Value,
};

use super::column::Column;
use super::set::PassageSet;

/// Which spans the table shows; empty fields let everything through.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PassageFilter {
    /// Only this category.
    pub category: Option<CategoryId>,
    /// Only this document.
    pub document: Option<DocumentId>,
    /// Only spans that share something with this stretch of the document, in bytes.
    pub stretch: Option<TextRange>,
    /// Only this annotator.
    pub annotator: Option<AnnotatorId>,
    /// Only spans made in this stretch of time: from the first, before the second.
    pub created: Option<(Stamp, Stamp)>,
    /// Only spans whose words or note hold this, upper and lower case alike.
    pub words: String,
    /// Only spans that fit the limits of these columns.
    pub columns: BTreeMap<Column, ColumnFilter>,
    /// Only these spans.
    pub among: Option<Arc<PassageSet>>,
}

/// What a column lets through.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ColumnFilter {
    /// Texts that hold these words, upper and lower case alike.
    Holds(String),
    /// One of these values, by [`PassageFilter::values`]' keys; the empty one stands for "not said".
    Among(BTreeSet<SmolStr>),
    /// Dates or numbers from here to there, both included; an end that is empty or can't be read is open.
    Between {
        /// The first that gets through.
        from: String,
        /// The last that gets through. `2026-03` lets all of March through.
        to: String,
    },
}

impl ColumnFilter {
    /// Whether everything gets through.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Holds(words) => words.is_empty(),
            Self::Among(values) => values.is_empty(),
            Self::Between { from, to } => from.trim().is_empty() && to.trim().is_empty(),
        }
    }
}

impl PassageFilter {
    /// Whether everything gets through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The values of a column that get through, by key; none where all do.
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

    /// Lets these values of a column through alone; none for all of them.
    pub fn set_values(&mut self, column: &Column, values: BTreeSet<SmolStr>) {
        self.clear(column);
        // A single one is what a click on a figure asks for, too: the two are the same filter.
        let one = values.first().filter(|_| values.len() == 1);
        match (column, one) {
            (Column::Category, Some(one)) => self.category = Some(CategoryId::new(one)),
            (Column::Document, Some(one)) => self.document = Some(DocumentId::new(one)),
            (Column::Annotator, Some(one)) => self.annotator = Some(AnnotatorId::new(one)),
            _ => self.set_column_filter(column, ColumnFilter::Among(values)),
        }
    }

    /// Limits a column; a limit that lets everything through is none.
    pub fn set_column_filter(&mut self, column: &Column, limit: ColumnFilter) {
        if limit.is_open() {
            self.columns.remove(column);
        } else {
            self.columns.insert(column.clone(), limit);
        }
    }

    /// Whether a column is limited.
    pub fn is_filtered(&self, column: &Column) -> bool {
        self.columns.contains_key(column)
            || match column {
                Column::Category => self.category.is_some(),
                Column::Document => self.document.is_some(),
                Column::Annotator => self.annotator.is_some(),
                _ => false,
            }
    }

    /// Lets everything through a column.
    pub fn clear(&mut self, column: &Column) {
        self.columns.remove(column);
        match column {
            Column::Category => self.category = None,
            Column::Document => (self.document, self.stretch) = (None, None),
            Column::Annotator => self.annotator = None,
            _ => {}
        }
    }

    /// The filter with its words in lower case, to be compared with many spans.
    pub(super) fn prepared(&self) -> PreparedFilter {
        let mut filter = self.clone();
        filter.words = filter.words.to_lowercase();
        for limit in filter.columns.values_mut() {
            if let ColumnFilter::Holds(words) = limit {
                *words = words.to_lowercase();
            }
        }
        PreparedFilter(filter)
    }
}

/// A document, as far as filters look at it.
#[derive(Clone, Copy)]
pub(crate) struct DocumentParts<'a> {
    /// What is known of it.
    pub meta: &'a DocumentMeta,
    /// Its text, where that is in memory.
    pub text: Option<&'a Text>,
    /// Its pages, headings and times.
    pub anchors: &'a Anchors,
}

impl<'a> DocumentParts<'a> {
    /// A document of a project.
    pub fn document(document: &'a Document) -> Self {
        Self { meta: &document.meta, text: document.text.as_deref(), anchors: &document.anchors }
    }
}

/// A filter made ready.
pub(super) struct PreparedFilter(PassageFilter);

impl PreparedFilter {
    /// Whether spans of a document can get through.
    pub fn document(&self, id: &DocumentId) -> bool {
        self.0.document.as_ref().is_none_or(|only| only == id)
    }

    /// Whether spans of an annotator can get through.
    pub fn annotator(&self, id: &AnnotatorId) -> bool {
        self.0.annotator.as_ref().is_none_or(|only| only == id)
    }

    /// Whether a span of a document and an annotator that get through gets through itself.
    pub fn span(&self, of: DocumentParts<'_>, annotator: &AnnotatorId, span: &Span) -> bool {
        let filter = &self.0;
        filter.among.as_ref().is_none_or(|set| set.holds(annotator, span.id))
            && filter.category.as_ref().is_none_or(|only| *only == span.category)
            && filter.stretch.is_none_or(|only| span.ranges.overlaps(only))
            && filter.created.is_none_or(|(from, to)| from <= span.created && span.created < to)
            && filter.columns.iter().all(|(column, limit)| limit.fits(column, of, annotator, span))
            && (filter.words.is_empty()
                || span.note.to_lowercase().contains(&filter.words)
                || of.text.is_some_and(|text| span.quote(text).to_lowercase().contains(&filter.words)))
    }
}

impl ColumnFilter {
    fn fits(&self, column: &Column, of: DocumentParts<'_>, annotator: &AnnotatorId, span: &Span) -> bool {
        match self {
            Self::Holds(words) => {
                let holds = |whole: &str| whole.to_lowercase().contains(words);
                match column {
                    Column::Passage => of.text.is_some_and(|text| holds(&span.quote(text))),
                    Column::Note => holds(&span.note),
                    Column::Document => holds(&of.meta.title),
                    Column::Place => holds(&of.anchors.locate(span.ranges.cover()).to_string()),
                    Column::Attribute(id) => {
                        span.attributes.get(id).is_some_and(|value| holds(&value.text()))
                    }
                    _ => true,
                }
            }
            Self::Among(values) => {
                let mut found = false;
                each_value(column, of.meta, annotator, span, &mut |key| found |= values.contains(key));
                found
            }
            Self::Between { from, to } => match column {
                Column::Date => {
                    of.meta.date.as_ref().is_some_and(|date| date_between(date.as_str(), from, to))
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
    // ISO dates sort as texts; `2026-03` as a last date means its last day.
    (from.is_empty() || date >= from || from.starts_with(date))
        && (to.is_empty() || date <= to || date.starts_with(to))
}

fn number_between(number: f64, from: &str, to: &str) -> bool {
    let read = |end: &str| end.trim().parse::<f64>().ok();
    read(from).is_none_or(|from| number >= from) && read(to).is_none_or(|to| number <= to)
}

/// Hands the keys of what a span has in a column to `each`: ids, or the values themselves; an empty one for none.
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
