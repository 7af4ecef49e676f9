//! Tables with a row per span: the common part of CSV and TSV.

use crate::spreadsheet::guard;
use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use super::Scope;
use super::exporter::broken;
use super::move_columns::{MOVE_COLUMNS, MoveColumns, MoveValue};
use super::quotes::Quotes;
use super::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::{FileTask, IoError, Loss};
use demarche_analysis::context;
use demarche_model::{AnnotatorId, AttributeDef, AttributeId, Document, Span, Text, Unfinished};

/// Length of the context on either side, in characters.
const CONTEXT: usize = 80;

/// Columns before those of the attributes.
const BEFORE: [&str; 14] = [
    "document",
    "title",
    "date",
    "source",
    "annotator",
    "category",
    "category_name",
    "parent",
    "start",
    "end",
    "ranges",
    "quote",
    "context_before",
    "context_after",
];
/// Columns after those of the attributes.
const AFTER: [&str; 4] = ["note", "created", "modified", "span"];
/// Further columns at the end, if a document has pages or headings.
const PLACE: [&str; 2] = ["page", "heading"];

/// The dialect of a table.
pub(super) struct Dialect {
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
    /// The byte between two fields.
    pub delimiter: u8,
    /// Whether rows end with CR LF rather than LF.
    pub crlf: bool,
}

/// Counts the rows of a table that was written, without the header.
pub(super) fn rows_in(path: &Path, delimiter: u8) -> Result<usize, IoError> {
    let unreadable = |error: csv::Error| IoError::system(FileTask::ReadExport, path)(error.into());
    let reader = csv::ReaderBuilder::new().delimiter(delimiter).from_path(path).map_err(unreadable)?;
    reader.into_byte_records().try_fold(0, |count, row| row.map(|_| count + 1)).map_err(unreadable)
}

/// Writes the spans of a scope as a table.
pub(super) fn write_table(
    scope: &Scope<'_>,
    out: &mut dyn Write,
    dialect: Dialect,
) -> Result<Vec<Loss>, Unfinished<IoError>> {
    if dialect.bom {
        out.write_all("\u{feff}".as_bytes()).map_err(broken)?;
    }
    let end = if dialect.crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut format = csv::WriterBuilder::new();
    format.delimiter(dialect.delimiter).terminator(end);
    let mut writer = format.from_writer(out);
    let attributes = &scope.project.codebook().attributes;
    let columns = attributes.iter().map(|attribute| column(attribute.id.as_str()));
    let places = scope.knows_places();
    let last = AFTER.into_iter().chain(PLACE.into_iter().filter(|_| places)).chain(MOVE_COLUMNS);
    let moves = MoveColumns::of(scope.project);
    let header = BEFORE.map(Cow::Borrowed).into_iter().chain(columns).chain(last.map(Cow::Borrowed));
    writer.write_record(header.map(|name| guard(&name).into_owned())).map_err(csv_broken)?;

    writer.flush().map_err(broken)?;
    let out = writer.into_inner().map_err(|error| broken(error.into_error()))?;

    let mut losses = Losses::default();
    let make = |document: &Document, text: &Text, losses: &mut Losses| {
        losses.add(ExportLoss::Links, scope.count_links(document));
        losses.add(ExportLoss::Decisions, scope.count_decisions(document));
        let passages = scope.passages(document);
        if passages.is_empty() {
            losses.add(ExportLoss::EmptyDocuments, 1);
        }
        let quotes = Quotes::of(scope, document, text, losses);
        let mut row = Row::default();
        let mut writer = format.from_writer(Vec::new());
        for (annotator, span) in passages {
            row.fill(scope, (document, text, &quotes), annotator, span);
            if places {
                row.add_location(document, span);
            }
            row.add_move(moves.values(document, annotator, span));
            let known = |id: &AttributeId| attributes.iter().any(|attribute| attribute.id == *id);
            let unknown = span.attributes.keys().filter(|id| !known(id)).count();
            losses.add(ExportLoss::UnknownValues, unknown);
            losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
            writer.write_byte_record(&row.fields).map_err(csv_broken)?;
        }
        losses.add(ExportLoss::GuardedFields, row.guarded);
        writer.into_inner().map_err(|error| broken(error.into_error()))
    };
    scope.each_converted(&mut losses, make, |rows| out.write_all(&rows).map_err(broken))?;
    Ok(losses.report())
}

/// Converts an error of the writer. An error of the system keeps its kind, so that a closed pipe is recognised.
pub(super) fn csv_broken(error: csv::Error) -> IoError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => broken(error),
        other => broken(std::io::Error::other(format!("{other:?}"))),
    }
}

/// Returns the column name of an attribute: its id, with a prefix if a column of the table has that name.
fn column(id: &str) -> Cow<'_, str> {
    let taken = [&BEFORE[..], &AFTER, &PLACE, &MOVE_COLUMNS];
    if taken.iter().any(|names| names.contains(&id)) {
        Cow::Owned(format!("attribute_{id}"))
    } else {
        Cow::Borrowed(id)
    }
}

/// A row, reused for the next one.
#[derive(Default)]
struct Row {
    fields: csv::ByteRecord,
    guarded: usize,
}

impl Row {
    fn fill(
        &mut self,
        scope: &Scope<'_>,
        (document, text, quotes): (&Document, &Text, &Quotes<'_>),
        annotator: &AnnotatorId,
        span: &Span,
    ) {
        self.fields.clear();
        let codebook = scope.project.codebook();
        let parent = codebook.category(&span.category).and_then(|c| c.parent.as_ref());
        let meta = &document.meta;
        self.words(meta.id.as_str());
        self.words(&meta.title);
        self.words(meta.date.as_ref().map_or("", |date| date.as_str()));
        self.words(&meta.source);
        self.words(annotator.as_str());
        self.words(span.category.as_str());
        self.words(codebook.name_of(&span.category));
        self.words(parent.map_or("", |parent| parent.as_str()));
        let cover = span.ranges.cover();
        self.plain(&text.char_offset(cover.start).to_string());
        self.plain(&text.char_offset(cover.end).to_string());
        self.plain(&ranges(text, span));
        self.words(&quotes.shown(span));
        self.words(&context::before(text, cover.start, CONTEXT));
        self.words(&context::after(text, cover.end, CONTEXT));
        for attribute in &codebook.attributes {
            self.attribute(attribute, span);
        }
        self.words(&span.note);
        self.plain(&format_time(span.created));
        self.plain(&format_time(span.modified));
        self.plain(&span.id.to_string());
    }

    /// Adds the page, or the time of a transcript, and the heading.
    fn add_location(&mut self, document: &Document, span: &Span) {
        let location = document.anchors.locate(span.ranges.cover());
        let page = if location.page.is_some() { location.pages() } else { location.short() };
        self.words(&page);
        self.words(location.heading.unwrap_or_default());
    }

    /// Adds what the analysis makes of the passage.
    fn add_move(&mut self, values: [MoveValue; 10]) {
        for value in values {
            match value {
                MoveValue::None => self.plain(""),
                MoveValue::Words(words) => self.plain(&words),
                MoveValue::Number(number) => self.plain(&number.to_string()),
            }
        }
    }

    fn attribute(&mut self, attribute: &AttributeDef, span: &Span) {
        match span.attributes.get(&attribute.id) {
            None => self.plain(""),
            // A number may begin with a minus; it is not a formula.
            Some(value) if value.as_number().is_some() => self.plain(&value.data_text()),
            Some(value) => self.words(&value.data_text()),
        }
    }

    /// Adds a field that Demarche generates.
    fn plain(&mut self, field: &str) {
        self.fields.push_field(field.as_bytes());
    }

    /// Adds a field with words from a text or a person, guarded against formulas.
    fn words(&mut self, field: &str) {
        let safe = guard(field);
        self.guarded += usize::from(safe.len() != field.len());
        self.fields.push_field(safe.as_bytes());
    }
}

/// Returns the ranges of a span in characters as brat writes them, `120 135;140 152`, which no spreadsheet takes for a date
/// or a time.
pub(super) fn ranges(text: &Text, span: &Span) -> String {
    let range =
        |r: demarche_model::TextRange| format!("{} {}", text.char_offset(r.start), text.char_offset(r.end));
    span.ranges.iter().map(range).collect::<Vec<_>>().join(";")
}
