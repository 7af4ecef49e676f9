//! Reading the sheets of passages back: all that a person with a spreadsheet or a script can get out of them.

use std::collections::{BTreeMap, HashMap};

use super::build::{document, plain};
use crate::archive::Archive;
use crate::project::parse_time;
use crate::xml::{Element, Walker, XmlEvent};
use demarche_model::{
    AnnotatorId, Date, Document, DocumentMeta, Layer, LayerId, Project, Ranges, Span, SpanId, Text,
};
use uuid::Uuid;

/// The formats that are sheets.
pub(super) const SHEETS: [&str; 3] = ["csv", "tsv", "xlsx"];

/// A row by the names of its columns.
type Row = HashMap<String, String>;

/// The passages of a document by annotator.
type Passages = BTreeMap<AnnotatorId, Vec<Span>>;

/// A document with its text and passages.
type Tagged = (DocumentMeta, Text, Passages);

/// The names of the columns of a passage: those of the tables, then those of the workbook.
const COLUMNS: [(&str, &str); 10] = [
    ("document", "Document id"),
    ("title", "Document"),
    ("date", "Date"),
    ("source", "Source"),
    ("annotator", "Annotator id"),
    ("category", "Category id"),
    ("ranges", "Ranges"),
    ("note", "Note"),
    ("created", "Created"),
    ("span", "Passage id"),
];

/// Returns the project that a sheet of passages describes. Texts are not in it: they are those of `project`.
pub(super) fn read(format: &str, bytes: &[u8], project: &Project) -> Project {
    let rows = if format == "xlsx" { rows_of_workbook(bytes) } else { rows_of_table(format, bytes) };
    let mut documents: BTreeMap<String, Tagged> = BTreeMap::new();
    for row in rows {
        let get = |column: &str| {
            let (_, other) = COLUMNS.iter().find(|(name, _)| *name == column).unwrap();
            let value = row.get(column).or_else(|| row.get(*other));
            value.cloned().unwrap_or_default()
        };
        let id = get("document");
        let text = project.document(&id.as_str().into()).unwrap().text.as_ref().unwrap().as_str();
        let meta = DocumentMeta {
            title: get("title"),
            date: Date::parse(&get("date")),
            source: get("source"),
            ..document(&id, text).meta.clone()
        };
        let text = Text::new(text);
        let ranges = get("ranges").split(';').map(|range| characters(range, &text)).collect::<Vec<_>>();
        let created = parse_time(&get("created")).unwrap();
        let span = Span {
            id: SpanId(Uuid::parse_str(&get("span")).unwrap()),
            category: get("category").as_str().into(),
            ranges: Ranges::new(ranges).unwrap(),
            attributes: values(&row, project),
            note: get("note"),
            created,
            modified: created,
            provenance: None,
        };
        let annotator = AnnotatorId::new(get("annotator"));
        documents
            .entry(id)
            .or_insert((meta, text, BTreeMap::new()))
            .2
            .entry(annotator)
            .or_default()
            .push(span);
    }
    assemble(project, documents.into_values())
}

fn assemble(project: &Project, documents: impl Iterator<Item = Tagged>) -> Project {
    let mut layers = Vec::new();
    let documents = documents.map(|(meta, text, of_document)| {
        let id = meta.id.clone();
        layers.extend(of_document.into_iter().map(|(annotator, spans)| (id.clone(), annotator, spans)));
        Document::new(meta, text.into())
    });
    let documents: Vec<Document> = documents.collect();
    let codebook = (**project.codebook()).clone();
    let people = plain().annotators().to_vec();
    let mut read = Project::assemble("Sheet".to_owned(), people, vec![], vec![], codebook, documents);
    for (document, annotator, spans) in layers {
        let layer = Layer::new(Default::default(), spans, [], []);
        read.set_layer_from_disk(&LayerId::new(&document, &annotator), layer);
    }
    read
}

/// Returns the values in the columns of attributes.
fn values(row: &Row, project: &Project) -> demarche_model::Attributes {
    let attributes = project.codebook().attributes.iter();
    let values = attributes.filter_map(|attribute| {
        let id = attribute.id.as_str();
        let column = [format!("attribute_{id}"), id.to_owned()];
        let cell = column.iter().find_map(|name| row.get(name))?;
        // Names of people and issues are written with commas in the workbook.
        Some((attribute.id.clone(), attribute.kind.parse(&cell.replace(", ", "; "))?))
    });
    values.collect()
}

/// Returns a range in bytes of one in characters: `120 135`.
fn characters(range: &str, text: &Text) -> demarche_model::TextRange {
    let (start, end) = range.split_once(' ').unwrap();
    let byte = |at: &str| text.byte_offset(at.parse().unwrap()).unwrap();
    demarche_model::TextRange { start: byte(start), end: byte(end) }
}

fn rows_of_table(format: &str, bytes: &[u8]) -> Vec<Row> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let delimiter = if format == "tsv" { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn rows_of_workbook(bytes: &[u8]) -> Vec<Row> {
    let mut archive = Archive::open(bytes).unwrap();
    let mut part = |name: &str| {
        let at = archive.names().iter().position(|known| known == name).unwrap();
        root(&String::from_utf8(archive.read(at).unwrap()).unwrap())
    };
    let shared: Vec<String> = part("xl/sharedStrings.xml")
        .children
        .iter()
        .map(|item| unescaped(item.text_of("t").unwrap()))
        .collect();
    let sheet = part("xl/worksheets/sheet1.xml");
    let rows = sheet.all("sheetData").next().unwrap().children.iter().map(|row| {
        let cell = |cell: &Element| {
            let column = cell.get("r").unwrap().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            let value = cell.text_of("v").unwrap_or_default();
            let value = match cell.get("t") {
                Some("s") => shared[value.parse::<usize>().unwrap()].clone(),
                Some("b") => (value == "1").to_string(),
                _ => value.to_owned(),
            };
            (column, value)
        };
        row.children.iter().map(cell).collect::<HashMap<_, _>>()
    });
    let rows: Vec<_> = rows.collect();
    let named = |row: &HashMap<String, String>| {
        row.iter().map(|(column, value)| (rows[0][column].clone(), value.clone())).collect()
    };
    rows[1..].iter().map(named).collect()
}

fn root(xml: &str) -> Element {
    let mut walker = Walker::new(xml);
    loop {
        if let XmlEvent::Open(mut element) = walker.next_event().unwrap() {
            walker.fill(&mut element).unwrap();
            return element;
        }
    }
}

/// Returns a text with its control characters, which a workbook has as `_x0001_`.
fn unescaped(text: &str) -> String {
    let code = |at: usize| {
        let code = text.get(at..at + 7)?.strip_prefix("_x")?.strip_suffix('_')?;
        char::from_u32(u32::from_str_radix(code, 16).ok()?)
    };
    let mut out = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let escaped = code(at);
        out.push(escaped.unwrap_or(c));
        at += if escaped.is_some() { 7 } else { c.len_utf8() };
    }
    out
}
