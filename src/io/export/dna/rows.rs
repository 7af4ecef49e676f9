//! The columns and rows of an event list.

use std::borrow::Cow;

use crate::IoError;
use crate::export::Scope;
use crate::export::quotes::Quotes;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses, RangeLoss};
use demarche_model::{
    AnnotatorId, AttributeId, Codebook, Document, Meaning, Project, Span, Text, Unfinished, Value,
};

/// Columns before the variables.
const BEFORE: [&str; 2] = ["statement_id", "time"];
/// Columns after the variables.
const AFTER: [&str; 12] = [
    "start_position",
    "stop_position",
    "text",
    "coder",
    "document_id",
    "document_title",
    "document_author",
    "document_source",
    "document_section",
    "document_type",
    "statement_type",
    "note",
];
/// The variables that DNA has in every new database, with their meanings.
const VARIABLES: [(&str, Meaning); 3] =
    [("person", Meaning::Speaker), ("organization", Meaning::Actor), ("concept", Meaning::Issue)];

/// A field of a row.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Field<'a> {
    Empty,
    Number(f64),
    Words(Cow<'a, str>),
}

impl<'a> Field<'a> {
    fn words(words: impl Into<Cow<'a, str>>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Words(words) }
    }

    fn count(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

/// The columns of an event list.
pub(super) struct Columns {
    /// The name and attribute of each variable; `None` for one that the codebook does not have.
    variables: Vec<(String, Option<AttributeId>)>,
}

impl Columns {
    /// Returns the columns for the codebook of a project: person, organization and concept, then its other attributes.
    pub fn of(project: &Project) -> Self {
        let codebook = project.codebook();
        let mut variables: Vec<(String, Option<AttributeId>)> = VARIABLES
            .iter()
            .map(|(name, meaning)| ((*name).to_owned(), attribute_of(codebook, meaning)))
            .collect();
        for attribute in &codebook.attributes {
            if variables.iter().any(|(_, id)| id.as_ref() == Some(&attribute.id)) {
                continue;
            }
            let mut name = attribute.id.as_str().to_owned();
            let is_taken = |name: &str| {
                BEFORE.contains(&name)
                    || AFTER.contains(&name)
                    || variables.iter().any(|(known, _)| known == name)
            };
            if is_taken(&name) {
                name = format!("attribute_{name}");
            }
            variables.push((name, Some(attribute.id.clone())));
        }
        Self { variables }
    }

    /// Returns the names of the columns.
    pub fn header(&self) -> Vec<&str> {
        let variables = self.variables.iter().map(|(name, _)| name.as_str());
        BEFORE.into_iter().chain(variables).chain(AFTER).collect()
    }

    /// Passes the row of each chosen passage to `write`, and counts what the rows do not carry.
    pub fn each(
        &self,
        scope: &Scope<'_>,
        losses: &mut Losses,
        mut write: impl FnMut(&[Field<'_>], &mut Losses) -> Result<(), IoError>,
    ) -> Result<(), Unfinished<IoError>> {
        let mut number = 0;
        scope.each(losses, |document, text, losses| {
            losses.add(ExportLoss::Links, scope.count_links(document));
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let passages = scope.passages(document);
            losses.add(ExportLoss::EmptyDocuments, usize::from(passages.is_empty()));
            let quotes = Quotes::of(scope, document, text, losses);
            let mut units = Units { text, at: (0, 0) };
            for (annotator, span) in passages {
                number += 1;
                let unknown = span.attributes.keys().filter(|id| !self.has(id)).count();
                losses.add(ExportLoss::UnknownValues, unknown);
                losses.add(RangeLoss::CoveredGaps, usize::from(span.ranges.count() > 1));
                losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
                let codebook = scope.project.codebook();
                let row = self.row(number, codebook, (document, &quotes), (annotator, span), &mut units);
                write(&row, losses)?;
            }
            Ok(())
        })
    }

    fn has(&self, id: &AttributeId) -> bool {
        self.variables.iter().any(|(_, known)| known.as_ref() == Some(id))
    }

    fn row<'a>(
        &self,
        number: usize,
        codebook: &'a Codebook,
        (document, quotes): (&'a Document, &'a Quotes<'_>),
        (annotator, span): (&'a AnnotatorId, &'a Span),
        units: &mut Units<'_>,
    ) -> Vec<Field<'a>> {
        let meta = &document.meta;
        let cover = span.ranges.cover();
        // DNA has a time for every document; a date that is only a month or a year is its first day.
        let time = meta
            .date
            .as_ref()
            .map(|date| format!("{}{} 00:00:00", date.as_str(), &"-01-01"[rest(date.as_str())..]));
        let mut row = vec![Field::count(number), Field::words(time.unwrap_or_default())];
        let value = |id: &Option<AttributeId>| id.as_ref().and_then(|id| span.attributes.get(id));
        row.extend(self.variables.iter().map(|(_, id)| value(id).map_or(Field::Empty, field)));
        row.push(Field::count(units.of(cover.start)));
        row.push(Field::count(units.of(cover.end)));
        row.push(Field::words(quotes.shown(span)));
        row.extend(
            [
                annotator.as_str(),
                meta.id.as_str(),
                meta.title.as_str(),
                meta.author.as_str(),
                meta.source.as_str(),
                "",
                "",
                codebook.name_of(&span.category),
                span.note.as_str(),
            ]
            .map(Field::words),
        );
        row
    }
}

/// Returns the number of bytes of `-01-01` that a date has itself.
fn rest(date: &str) -> usize {
    date.len().saturating_sub("2026".len()).min("-01-01".len())
}

fn attribute_of(codebook: &Codebook, meaning: &Meaning) -> Option<AttributeId> {
    codebook.meaning(meaning).map(|(attribute, _)| attribute.id.clone())
}

/// Returns a value as a field. Yes and no are 1 and 0, as in DNA.
fn field(value: &Value) -> Field<'_> {
    match value {
        Value::Flag(flag) => Field::Number(f64::from(u8::from(*flag))),
        Value::Number(number) if number.is_finite() => Field::Number(*number),
        Value::Number(_) | Value::Choice(_) | Value::Choices(_) | Value::Text(_) | Value::Date(_) => {
            Field::words(value.data_text())
        }
    }
}

/// Counts UTF-16 units of a text, from the last place, since passages are in order.
struct Units<'t> {
    text: &'t Text,
    /// A byte, and the units before it.
    at: (usize, usize),
}

impl Units<'_> {
    fn of(&mut self, byte: usize) -> usize {
        let (from, before) = if byte < self.at.0 { (0, 0) } else { self.at };
        let more: usize = self.text.as_str()[from..byte].chars().map(char::len_utf16).sum();
        self.at = (byte, before + more);
        self.at.1
    }
}
