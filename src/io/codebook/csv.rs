//! CSV with a row per category, for spreadsheets: RFC 4180 in UTF-8 with a byte order mark. Reads tables made by hand as
//! well.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use smol_str::SmolStr;
use thiserror::Error;

use super::codebook_format::{CodebookFormat, Files, Input, Written, problem};
use super::draft::{Draft, Drafts, Parent};
use super::tidy::{
    joined, note_aliases, note_description, note_no_relations, note_untidy, split, survives, tidy,
};
use crate::FormatInfo;
use crate::Preset;
use crate::loss::{CodebookLoss, Losses};
use crate::spreadsheet::guard;
use crate::words::codebook as words;
use crate::{FileTask, IoError, Problem, ProblemKind};
use demarche_model::{Category, Codebook};

/// Columns before those of the schemes; one more follows them.
const COLUMNS: [&str; 9] =
    ["id", "name", "parent", "colour", "hotkey", "definition", "include", "exclude", "examples"];
/// The column after those of the schemes.
const RETIRED: &str = "retired";
/// Prefix for the name of a scheme that would be taken for another column.
const CODES: &str = "codes:";
/// Characters with which a formula may start in a spreadsheet.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

/// Comma-separated values with a row per category.
pub(super) struct Csv;

impl CodebookFormat for Csv {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "csv",
            title: "CSV for spreadsheets",
            extension: "csv",
            carries: "a row per category: id, name, parent, colour, key, texts, examples, a column of codes per scheme",
            loses: "attributes, kinds of link, the description; a spreadsheet may make 1 of the code 01 when it saves",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv", "txt"]
    }

    fn write(&self, book: &Preset) -> Result<Written, IoError> {
        let categories = &book.codebook.categories;
        let schemes: BTreeSet<&SmolStr> = categories.iter().flat_map(|c| c.codes.keys()).collect();
        let mut losses = Losses::default();
        let mut out = "\u{feff}".as_bytes().to_vec();
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&mut out);
        let header = COLUMNS.iter().map(ToString::to_string);
        let header = header.chain(schemes.iter().map(|name| header_of(name))).chain([RETIRED.to_owned()]);
        let mut rows = vec![header.collect::<Vec<_>>()];
        for category in categories {
            note_losses(category, &mut losses);
            rows.push(row(category, &schemes));
        }
        for row in rows {
            writer.write_record(row.iter().map(|field| armour(field))).map_err(broken)?;
        }
        writer.flush().map_err(|error| broken(error.into()))?;
        drop(writer);
        note_no_relations(&book.codebook, &mut losses);
        note_aliases(&book.codebook, &mut losses);
        note_description(&book.description, &mut losses);
        Ok(Written { files: Files::One(out), losses: losses.report() })
    }

    fn read(&self, input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
        let text = input.text()?;
        let mut drafts = Drafts::new(input.path);
        read_rows(&text, &mut drafts).map_err(|(line, fault)| {
            IoError::Problem(problem(input.path, Some(line), ProblemKind::Malformed, fault.to_string()))
        })?;
        let (categories, problems) = drafts.finish();
        let codebook = Codebook { categories, ..Codebook::default() };
        Ok((input.preset(input.stem(), codebook), problems))
    }
}

fn broken(error: csv::Error) -> IoError {
    IoError::Stream { task: FileTask::WriteTable, source: error.into() }
}

fn row(category: &Category, schemes: &BTreeSet<&SmolStr>) -> Vec<String> {
    let (id, name) = (tidy(category.id.as_str()), tidy(&category.name));
    let nameless = id.is_empty() && name.is_empty();
    let mut row = vec![
        id,
        // A row with neither would not be read back.
        if nameless { "category".to_owned() } else { name },
        category.parent.as_ref().map(|parent| tidy(parent.as_str())).unwrap_or_default(),
        category.colour.to_string(),
        category.hotkey.map(|key| tidy(&key.to_string())).unwrap_or_default(),
        tidy(&category.definition),
        tidy(&category.include),
        tidy(&category.exclude),
        joined(&category.examples),
    ];
    row.extend(schemes.iter().map(|scheme| category.codes.get(*scheme).map_or(String::new(), |c| joined(c))));
    row.push(if category.retired { "yes" } else { "" }.to_owned());
    row
}

fn note_losses(category: &Category, losses: &mut Losses) {
    note_untidy(category, losses);
    let key = category.hotkey.map(String::from).unwrap_or_default();
    losses.add(CodebookLoss::InvisibleKeys, usize::from(tidy(&key) != key));
    let codes = category.codes.iter().filter(|(scheme, codes)| {
        codes.is_empty() || !survives(codes) || tidy(scheme) != ***scheme || scheme.is_empty()
    });
    let lists = codes.count() + usize::from(!survives(&category.examples));
    losses.add(CodebookLoss::BrokenLists, lists);
}

/// Returns the header of a scheme's column: its name, with a prefix if it would be taken for another column.
fn header_of(scheme: &str) -> String {
    let name = tidy(scheme);
    match Column::from_header(&name) {
        Column::Codes(read) if read == name => name,
        _ => format!("{CODES}{name}"),
    }
}

/// Puts a `'` before a field that a spreadsheet would run as a formula, and before one that looks guarded already.
fn armour(field: &str) -> String {
    if looks_guarded(field) { format!("'{field}") } else { guard(field).into_owned() }
}

/// Removes the `'` that [`armour`] has put before a field.
fn bare(field: &str) -> &str {
    if looks_guarded(field) { &field[1..] } else { field }
}

fn looks_guarded(field: &str) -> bool {
    field.starts_with('\'') && field.trim_start_matches('\'').starts_with(FORMULA)
}

/// The meaning of a column.
#[derive(PartialEq, Eq, Debug)]
enum Column {
    Id,
    Name,
    Parent,
    Colour,
    Key,
    Definition,
    Include,
    Exclude,
    Examples,
    Retired,
    /// Codes of this scheme.
    Codes(String),
    /// A column without a name.
    Unnamed,
}

impl Column {
    /// Recognises a column by its header, in upper or lower case, with names that people and other programs use.
    fn from_header(header: &str) -> Self {
        match header.to_lowercase().replace(['_', '-'], " ").as_str() {
            "" => Self::Unnamed,
            "id" | "identifier" => Self::Id,
            "name" | "category" | "code" | "code name" | "label" | "tag" | "title" => Self::Name,
            "parent" | "parent id" | "parent code" | "parent category" | "parent name" => Self::Parent,
            "colour" | "color" => Self::Colour,
            "hotkey" | "key" | "shortcut" => Self::Key,
            "definition" | "description" | "meaning" => Self::Definition,
            "include" | "inclusion" | "inclusion criteria" | "when to use" => Self::Include,
            "exclude" | "exclusion" | "exclusion criteria" | "when not to use" => Self::Exclude,
            "examples" | "example" => Self::Examples,
            "retired" | "closed" => Self::Retired,
            _ => Self::Codes(header.strip_prefix(CODES).unwrap_or(header).trim().to_owned()),
        }
    }
}

/// The line and the reason why a table can't be read at all.
type Refusal = (usize, TableFault);

/// A fault of a table as a whole.
#[derive(Debug, Error)]
enum TableFault {
    #[error("the table can't be read: {0}")]
    Csv(#[from] csv::Error),
    #[error("the first row must name the columns, and one of them must be `id` or `name`")]
    NoColumns,
}

fn read_rows(text: &str, drafts: &mut Drafts) -> Result<(), Refusal> {
    // Excel understands a first line such as `sep=;`, which names the delimiter.
    let named = text.lines().next().and_then(|line| line.trim_matches('"').strip_prefix("sep="));
    let (text, skipped) = match named {
        Some(_) => (text.split_once('\n').map_or("", |(_, rest)| rest), 1),
        None => (text, 0),
    };
    let delimiter = named.and_then(|name| name.bytes().next()).unwrap_or_else(|| delimiter_of(text));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut columns: Option<Vec<Column>> = None;
    for record in reader.records() {
        let record = record.map_err(|error| (skipped + 1, TableFault::Csv(error)))?;
        let line = record.position().map_or(1, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX).saturating_add(skipped);
        match &columns {
            _ if record.iter().all(|field| field.trim().is_empty()) => {}
            None => columns = Some(read_header(&record, line)?),
            Some(columns) => read_row(columns, &record, line, drafts),
        }
    }
    Ok(())
}

/// Returns the delimiter: the most frequent of `,`, `;` and tab in the first line, outside quotes.
fn delimiter_of(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(d, _)| *d == byte).for_each(|(_, count)| *count += 1),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| delimiter)
}

fn read_header(record: &StringRecord, line: usize) -> Result<Vec<Column>, Refusal> {
    let columns: Vec<Column> = record.iter().map(|field| Column::from_header(bare(field.trim()))).collect();
    if columns.iter().any(|column| matches!(column, Column::Id | Column::Name)) {
        Ok(columns)
    } else {
        Err((line, TableFault::NoColumns))
    }
}

fn read_row(columns: &[Column], record: &StringRecord, line: usize, drafts: &mut Drafts) {
    let mut draft = Draft { line, ..Draft::default() };
    for (at, field) in record.iter().enumerate() {
        let cell = bare(field.trim()).trim().to_owned();
        match columns.get(at) {
            _ if cell.is_empty() => {}
            Some(Column::Id) => set(&mut draft.id, cell),
            Some(Column::Name) => set(&mut draft.name, cell),
            Some(Column::Parent) => draft.parent = Some(Parent::Named(cell)),
            Some(Column::Colour) => set(&mut draft.colour, cell),
            Some(Column::Key) => set(&mut draft.key, cell),
            Some(Column::Definition) => set(&mut draft.definition, cell),
            Some(Column::Include) => set(&mut draft.include, cell),
            Some(Column::Exclude) => set(&mut draft.exclude, cell),
            Some(Column::Examples) => draft.examples.extend(split(&cell)),
            Some(Column::Retired) => match cell.to_lowercase().as_str() {
                "yes" | "y" | "true" | "1" | "x" => draft.retired = true,
                "no" | "n" | "false" | "0" => {}
                _ => {
                    drafts.report(line, ProblemKind::Malformed, words::neither_yes_nor_no(&cell, RETIRED));
                }
            },
            Some(Column::Codes(scheme)) => {
                let codes = split(&cell).into_iter().map(SmolStr::from);
                draft.codes.entry(scheme.as_str().into()).or_default().extend(codes);
            }
            Some(Column::Unnamed) | None => {
                drafts.report(line, ProblemKind::Malformed, words::unnamed_column(&cell));
            }
        }
    }
    if draft.id.is_empty() && draft.name.is_empty() {
        drafts.report(line, ProblemKind::Malformed, words::nameless_row());
    } else {
        drafts.list.push(draft);
    }
}

/// Sets a field, or appends to it if two columns have the same meaning.
fn set(field: &mut String, cell: String) {
    if field.is_empty() {
        *field = cell;
    } else {
        field.push('\n');
        field.push_str(&cell);
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, armour, bare, delimiter_of, header_of};

    #[test]
    fn the_guard_against_formulas_is_removed_again() {
        for field in ["=1", "'=1", "''-x", "'tis", "a=b", "", "@", "'"] {
            assert_eq!(bare(&armour(field)), field);
            assert!(!armour(field).starts_with(['=', '@', '+', '-']));
        }
    }

    #[test]
    fn no_scheme_is_taken_for_another_column() {
        for scheme in ["CAMEO", "Name", "codes:x", "parent_id", "", "key"] {
            assert_eq!(Column::from_header(&header_of(scheme)), Column::Codes(scheme.to_owned()), "{scheme}");
        }
        assert_eq!(header_of("PLOVER"), "PLOVER");
    }

    #[test]
    fn the_delimiter_is_found_in_the_first_row() {
        assert_eq!(delimiter_of("id;name;\"a,b,c,d\"\n1,2,3,4"), b';');
        assert_eq!(delimiter_of("id\tname"), b'\t');
        assert_eq!((delimiter_of("name"), delimiter_of("id,name")), (b',', b','));
    }
}
