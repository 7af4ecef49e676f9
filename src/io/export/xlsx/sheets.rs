//! The three sheets of the workbook.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet};

use crate::IoError;
use crate::export::Scope;
use crate::export::figures::{Figures, name};
use crate::export::move_columns::{MOVE_COLUMNS, MoveColumns, MoveValue};
use crate::export::quotes::Quotes;
use crate::export::scope::infinite_numbers;
use crate::export::table::ranges;
use crate::export::workbook::{ROWS, failed};
use crate::loss::{ExportLoss, Losses};
use crate::project::format_time;
use crate::spreadsheet::held;
use demarche_analysis::context;
use demarche_model::{
    AnnotatorId, AttributeId, Category, CategoryId, Colour, Document, Span, Text, Unfinished, Value,
};

/// Length of the context on either side, in characters.
const CONTEXT: usize = 80;

/// A sheet that is being written, row by row.
struct Sheet<'l> {
    sheet: Worksheet,
    row: u32,
    column: u16,
    wrapped: Format,
    top: Format,
    /// The default format of each column, since looking up the format of a cell takes longer than writing it.
    columns: HashMap<u16, Look>,
    losses: &'l mut Losses,
}

/// The format of a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Text on one line.
    Top,
    /// Wrapped text.
    Wrapped,
}

impl<'l> Sheet<'l> {
    fn new(title: &str, losses: &'l mut Losses) -> Result<Self, IoError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(title).map_err(failed)?;
        let top = Format::new().set_align(FormatAlign::Top);
        let wrapped = top.clone().set_text_wrap();
        Ok(Self { sheet, row: 0, column: 0, wrapped, top, columns: HashMap::new(), losses })
    }

    /// Writes the header, with the width of each column in characters.
    fn head(&mut self, columns: &[(&str, f64)]) -> Result<(), IoError> {
        let bold =
            Format::new().set_bold().set_background_color(Color::RGB(0xE3E6EA)).set_align(FormatAlign::Top);
        for (at, (title, width)) in (0..).zip(columns) {
            self.sheet.set_column_width(at, *width).map_err(failed)?;
            self.sheet.write_string_with_format(self.row, at, *title, &bold).map_err(failed)?;
        }
        self.next();
        Ok(())
    }

    fn next(&mut self) {
        self.row += 1;
        self.column = 0;
    }

    /// Writes a cell with text on one line.
    fn words(&mut self, text: &str) -> Result<(), IoError> {
        self.text(text, Look::Top)
    }

    /// Writes a cell with wrapped text.
    fn wrapped(&mut self, text: &str) -> Result<(), IoError> {
        self.text(text, Look::Wrapped)
    }

    /// Writes a cell with text on a background colour.
    fn filled(&mut self, text: &str, format: &Format) -> Result<(), IoError> {
        self.sheet.write_string_with_format(self.row, self.column, text, format).map_err(failed)?;
        self.column += 1;
        Ok(())
    }

    fn text(&mut self, text: &str, look: Look) -> Result<(), IoError> {
        let held = held(text);
        self.losses.add(ExportLoss::CutTexts, usize::from(held.len() < text.len()));
        if !held.is_empty() {
            let (row, column) = (self.row, self.column);
            match self.own_format(look)? {
                None => self.sheet.write_string(row, column, held),
                Some(Look::Top) => self.sheet.write_string_with_format(row, column, held, &self.top),
                Some(Look::Wrapped) => self.sheet.write_string_with_format(row, column, held, &self.wrapped),
            }
            .map_err(failed)?;
        }
        self.column += 1;
        Ok(())
    }

    /// Returns the format that a cell needs, or `None` if its column has that format. The first cell sets the format of the column.
    fn own_format(&mut self, look: Look) -> Result<Option<Look>, IoError> {
        match self.columns.get(&self.column) {
            Some(known) => Ok((*known != look).then_some(look)),
            None => {
                let format = if look == Look::Top { &self.top } else { &self.wrapped };
                self.sheet.set_column_format(self.column, format).map_err(failed)?;
                self.columns.insert(self.column, look);
                Ok(None)
            }
        }
    }

    fn number(&mut self, number: f64) -> Result<(), IoError> {
        if !number.is_finite() {
            return self.words(&number.to_string());
        }
        let (row, column) = (self.row, self.column);
        match self.own_format(Look::Top)? {
            None => self.sheet.write_number(row, column, number),
            Some(_) => self.sheet.write_number_with_format(row, column, number, &self.top),
        }
        .map_err(failed)?;
        self.column += 1;
        Ok(())
    }

    fn value(&mut self, value: Option<&Value>) -> Result<(), IoError> {
        match value {
            None => {
                self.column += 1;
                Ok(())
            }
            Some(Value::Number(number)) => self.number(*number),
            Some(Value::Flag(flag)) => {
                self.sheet
                    .write_boolean_with_format(self.row, self.column, *flag, &self.top)
                    .map_err(failed)?;
                self.column += 1;
                Ok(())
            }
            Some(Value::Text(text)) => self.wrapped(text),
            Some(value @ (Value::Choice(_) | Value::Choices(_) | Value::Date(_))) => {
                self.words(&value.text())
            }
        }
    }

    /// Writes what the analysis makes of a passage.
    fn move_values(&mut self, values: [MoveValue; 10]) -> Result<(), IoError> {
        for value in values {
            match value {
                MoveValue::None => self.column += 1,
                MoveValue::Words(words) => self.words(&words)?,
                MoveValue::Number(number) => self.number(number)?,
            }
        }
        Ok(())
    }

    /// Freezes the header and adds filters to it.
    fn finish(mut self, columns: usize) -> Result<Worksheet, IoError> {
        let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
        self.sheet.set_freeze_panes(1, 0).map_err(failed)?;
        self.sheet.autofilter(0, 0, self.row.max(2) - 1, last).map_err(failed)?;
        Ok(self.sheet)
    }
}

/// The number of passages of each category.
pub(super) type Rows = HashMap<CategoryId, usize>;

/// Writes the sheet with a row per passage.
pub(super) fn passages(
    scope: &Scope<'_>,
    losses: &mut Losses,
) -> Result<(Worksheet, Rows), Unfinished<IoError>> {
    let mut found = Losses::default();
    let mut sheet = Sheet::new("Passages", &mut found)?;
    let attributes = &scope.project.codebook().attributes;
    let places = scope.knows_places();
    let columns = columns(scope, places);
    let moves = MoveColumns::of(scope.project);
    sheet.head(&columns)?;
    let mut rows = Rows::new();
    scope.each(losses, |document, text, losses| {
        losses.add(ExportLoss::Links, scope.count_links(document));
        losses.add(ExportLoss::Decisions, scope.count_decisions(document));
        let passages = scope.passages(document);
        losses.add(ExportLoss::EmptyDocuments, usize::from(passages.is_empty()));
        let quotes = Quotes::of(scope, document, text, losses);
        for (annotator, span) in passages {
            if sheet.row == ROWS {
                losses.add(ExportLoss::PassagesBeyondSheet, 1);
                continue;
            }
            passage(&mut sheet, scope, (document, text, &quotes), annotator, span)?;
            if places {
                location(&mut sheet, document, span)?;
            }
            sheet.move_values(moves.values(document, annotator, span))?;
            sheet.next();
            *rows.entry(span.category.clone()).or_default() += 1;
            let known = |id: &AttributeId| attributes.iter().any(|attribute| attribute.id == *id);
            let unknown = span.attributes.keys().filter(|id| !known(id)).count();
            losses.add(ExportLoss::UnknownValues, unknown);
            losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
        }
        Ok(())
    })?;
    let sheet = sheet.finish(columns.len())?;
    losses.join(found);
    Ok((sheet, rows))
}

/// The columns of the sheet of passages with their widths, in characters.
fn columns<'a>(scope: &Scope<'a>, places: bool) -> Vec<(&'a str, f64)> {
    let attributes = &scope.project.codebook().attributes;
    let mut columns = vec![
        ("Document", 28.0),
        ("Date", 11.0),
        ("Annotator", 14.0),
        ("Category", 18.0),
        ("Under", 16.0),
        ("Before", 36.0),
        ("Passage", 60.0),
        ("After", 36.0),
    ];
    columns.extend(attributes.iter().map(|attribute| (attribute.name.as_str(), 14.0)));
    let last = [("Note", 40.0), ("Source", 24.0), ("Start", 9.0), ("End", 9.0), ("Ranges", 14.0)];
    columns.extend(last);
    columns.extend([("Created", 20.0), ("Changed", 20.0), ("Document id", 12.0), ("Category id", 14.0)]);
    columns.extend([("Annotator id", 14.0), ("Passage id", 38.0)]);
    if places {
        columns.extend([("Page", 9.0), ("Heading", 30.0)]);
    }
    columns.extend(MOVE_COLUMNS.iter().map(|name| (*name, 12.0)));
    columns
}

fn passage(
    sheet: &mut Sheet<'_>,
    scope: &Scope<'_>,
    (document, text, quotes): (&Document, &Text, &Quotes<'_>),
    annotator: &AnnotatorId,
    span: &Span,
) -> Result<(), IoError> {
    let codebook = scope.project.codebook();
    let category = codebook.category(&span.category);
    let parent = category.and_then(|category| category.parent.as_ref());
    let cover = span.ranges.cover();
    sheet.words(&document.meta.title)?;
    sheet.words(document.meta.date.as_ref().map_or("", |date| date.as_str()))?;
    sheet.words(name(scope.project, annotator))?;
    sheet.words(codebook.name_of(&span.category))?;
    sheet.words(parent.map_or("", |parent| codebook.name_of(parent)))?;
    sheet.wrapped(&context::before(text, cover.start, CONTEXT))?;
    sheet.wrapped(&quotes.shown(span))?;
    sheet.wrapped(&context::after(text, cover.end, CONTEXT))?;
    for attribute in &codebook.attributes {
        sheet.value(span.attributes.get(&attribute.id))?;
    }
    sheet.wrapped(&span.note)?;
    sheet.words(&document.meta.source)?;
    sheet.number(text.char_offset(cover.start) as f64)?;
    sheet.number(text.char_offset(cover.end) as f64)?;
    sheet.words(&ranges(text, span))?;
    sheet.words(&format_time(span.created))?;
    sheet.words(&format_time(span.modified))?;
    sheet.words(document.id().as_str())?;
    sheet.words(span.category.as_str())?;
    sheet.words(annotator.as_str())?;
    sheet.words(&span.id.to_string())
}

/// Writes the page, or the time of a transcript, and the heading.
fn location(sheet: &mut Sheet<'_>, document: &Document, span: &Span) -> Result<(), IoError> {
    let place = document.anchors.locate(span.ranges.cover());
    let page = if place.page.is_some() { place.pages() } else { place.short() };
    sheet.words(&page)?;
    sheet.words(place.heading.unwrap_or_default())
}

/// Writes the sheet with categories, attributes and link kinds.
pub(super) fn codebook(scope: &Scope<'_>, rows: &Rows, losses: &mut Losses) -> Result<Worksheet, IoError> {
    let mut sheet = Sheet::new("Codebook", losses)?;
    let columns = [
        ("Sort", 11.0),
        ("Name", 24.0),
        ("Under", 18.0),
        ("Passages", 10.0),
        ("Colour", 10.0),
        ("Key", 6.0),
        ("Definition", 60.0),
        ("Include", 40.0),
        ("Exclude", 40.0),
        ("Examples or values", 40.0),
        ("Other codes", 20.0),
        ("Open", 8.0),
        ("Id", 18.0),
    ];
    sheet.head(&columns)?;
    for category in scope.chosen_categories() {
        let parent = category.parent.as_ref().map_or("", |parent| scope.project.codebook().name_of(parent));
        self::category(&mut sheet, category, parent, rows.get(&category.id).copied().unwrap_or(0))?;
    }
    for attribute in &scope.project.codebook().attributes {
        let key = attribute.hotkey.map(String::from).unwrap_or_default();
        let texts = ["Attribute", &attribute.name, "", "", "", &key, &attribute.definition, "", ""];
        texts.iter().try_for_each(|text| sheet.wrapped(text))?;
        sheet.wrapped(&attribute.kind.to_string())?;
        ["", "", attribute.id.as_str()].iter().try_for_each(|text| sheet.words(text))?;
        sheet.next();
    }
    for kind in &scope.project.codebook().link_kinds {
        let texts =
            ["Link", &kind.name, "", "", "", "", &kind.definition, "", "", "", "", "", kind.id.as_str()];
        texts.iter().try_for_each(|text| sheet.wrapped(text))?;
        sheet.next();
    }
    sheet.finish(columns.len())
}

fn category(
    sheet: &mut Sheet<'_>,
    category: &Category,
    parent: &str,
    passages: usize,
) -> Result<(), IoError> {
    sheet.words("Category")?;
    sheet.words(&category.name)?;
    sheet.words(parent)?;
    sheet.number(passages as f64)?;
    let Colour([red, green, blue]) = category.colour;
    let rgb = u32::from_be_bytes([0, red, green, blue]);
    let dark = u32::from(red) * 3 + u32::from(green) * 6 + u32::from(blue) < 1280;
    let ink = if dark { Color::White } else { Color::Black };
    let filled = sheet.top.clone().set_background_color(Color::RGB(rgb)).set_font_color(ink);
    sheet.filled(&category.colour.to_string(), &filled)?;
    sheet.words(&category.hotkey.map(String::from).unwrap_or_default())?;
    sheet.wrapped(&category.definition)?;
    sheet.wrapped(&category.include)?;
    sheet.wrapped(&category.exclude)?;
    sheet.wrapped(&category.examples.join("\n"))?;
    let codes = category.codes.iter().map(|(scheme, codes)| format!("{scheme}: {}", codes.join(", ")));
    sheet.wrapped(&codes.collect::<Vec<_>>().join("\n"))?;
    sheet.words(if category.retired { "no" } else { "yes" })?;
    sheet.words(category.id.as_str())?;
    sheet.next();
    Ok(())
}

/// Writes the sheet with figures by category, document and annotator.
pub(super) fn summary(scope: &Scope<'_>, losses: &mut Losses) -> Result<Worksheet, IoError> {
    let figures = Figures::count(scope);
    let mut sheet = Sheet::new("Summary", losses)?;
    let columns =
        [("By", 12.0), ("Name", 36.0), ("Passages", 10.0), ("Characters tagged", 18.0), ("Characters", 12.0)];
    sheet.head(&columns)?;
    let all = (figures.all.spans, Some((figures.all.characters, figures.characters)));
    figure(&mut sheet, "Project", scope.project.name(), all)?;
    for (id, count) in &figures.categories {
        let name = scope.project.codebook().name_of(id);
        figure(&mut sheet, "Category", name, (count.spans, Some((count.characters, figures.characters))))?;
    }
    for (document, count) in &figures.documents {
        let all = document.text.as_ref().map_or(0, |text| text.characters());
        figure(&mut sheet, "Document", &document.meta.title, (count.spans, Some((count.characters, all))))?;
    }
    for (annotator, spans) in &figures.annotators {
        figure(&mut sheet, "Annotator", name(scope.project, annotator), (*spans, None))?;
    }
    sheet.finish(columns.len())
}

/// Writes a row of figures: the number of passages, and the numbers of tagged and of all characters.
fn figure(
    sheet: &mut Sheet<'_>,
    by: &str,
    name: &str,
    (spans, characters): (usize, Option<(usize, usize)>),
) -> Result<(), IoError> {
    sheet.words(by)?;
    sheet.words(name)?;
    sheet.number(spans as f64)?;
    if let Some((tagged, all)) = characters {
        sheet.number(tagged as f64)?;
        sheet.number(all as f64)?;
    }
    sheet.next();
    Ok(())
}
