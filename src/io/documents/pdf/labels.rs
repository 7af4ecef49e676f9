//! Page labels of a PDF (ISO 32000-1, 12.4.2): `i, ii, 1, 2`.

use unpdf::parser::raw::{PdfDict, PdfObject, RawDocument};

use crate::documents::office::{Style, numbered};

/// Greatest depth of the tree of labels, which also ends cycles.
const DEPTH: usize = 8;
/// Greatest number of ranges of pages.
const RANGES: usize = 10_000;
/// Greatest length of the prefix of a label, in characters.
const PREFIX: usize = 40;

/// A range of pages with labels of the same kind.
struct Range {
    /// The index of its first page, from 0.
    from: usize,
    style: Option<Style>,
    prefix: String,
    start: usize,
}

/// Returns the labels of the pages with these numbers in the file, ascending from 1. `None` if there are none, or if
/// they only repeat the numbers in the file: many programs write such labels, whatever is printed on the pages.
pub(super) fn labels(bytes: &[u8], numbers: &[u32]) -> Option<Vec<String>> {
    let document = RawDocument::load(bytes).ok()?;
    let tree = document.resolve(document.catalog().ok()?.get(b"PageLabels".as_slice())?);
    let mut ranges = Vec::new();
    collect(&document, tree.as_dict()?, DEPTH, &mut ranges);
    ranges.sort_by_key(|range| range.from);
    let mut ranges = ranges.iter().peekable();
    let mut range = ranges.next_if(|range| range.from == 0)?;
    let mut label = |place: &u32| {
        let page = usize::try_from(*place).unwrap_or_default().saturating_sub(1);
        while let Some(next) = ranges.next_if(|next| next.from <= page) {
            range = next;
        }
        let number = range.style.map(|style| numbered(range.start.saturating_add(page - range.from), style));
        let label = format!("{}{}", range.prefix, number.unwrap_or_default());
        // A page without a label, such as a cover.
        if label.trim().is_empty() { format!("[{place}]") } else { label }
    };
    let labels: Vec<String> = numbers.iter().map(&mut label).collect();
    let says_more = labels.iter().zip(numbers).any(|(label, number)| *label != number.to_string());
    says_more.then_some(labels)
}

fn collect(document: &RawDocument, node: &PdfDict, depth: usize, ranges: &mut Vec<Range>) {
    let array = |key: &str| node.get(key.as_bytes()).and_then(|value| document.resolve(value).as_array());
    for pair in array("Nums").unwrap_or_default().chunks_exact(2) {
        let (from, facts) = (document.resolve(&pair[0]).as_i64(), document.resolve(&pair[1]).as_dict());
        if let (Some(from), Some(facts), true) = (from, facts, ranges.len() < RANGES) {
            ranges.extend(usize::try_from(from).ok().map(|from| range(document, from, facts)));
        }
    }
    for kid in array("Kids").unwrap_or_default().iter().filter(|_| depth > 0).take(RANGES) {
        if let Some(kid) = document.resolve(kid).as_dict().filter(|_| ranges.len() < RANGES) {
            collect(document, kid, depth - 1, ranges);
        }
    }
}

fn range(document: &RawDocument, from: usize, facts: &PdfDict) -> Range {
    let get = |key: &str| facts.get(key.as_bytes()).map(|value| document.resolve(value));
    let style = match get("S").and_then(PdfObject::as_name) {
        Some(b"D") => Some(Style::Decimal),
        Some(b"R") => Some(Style::UpperRoman),
        Some(b"r") => Some(Style::LowerRoman),
        Some(b"A") => Some(Style::Upper),
        Some(b"a") => Some(Style::Lower),
        _ => None,
    };
    let prefix = get("P").and_then(PdfObject::as_str_bytes).map(text).unwrap_or_default();
    let start = get("St").and_then(PdfObject::as_i64).and_then(|start| usize::try_from(start).ok());
    Range { from, style, prefix, start: start.unwrap_or(1) }
}

/// Decodes a text string (7.9.2.2): UTF-16 with a byte order mark, or one byte per character.
fn text(bytes: &[u8]) -> String {
    let encoding =
        encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::WINDOWS_1252, |(found, _)| found);
    let (text, ..) = encoding.decode(bytes);
    text.chars().filter(|c| !c.is_control()).take(PREFIX).collect()
}
