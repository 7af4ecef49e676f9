//! Page labels of a PDF (ISO 32000-1, 12.4.2): `i, ii, 1, 2`.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

use super::text::decoded;
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

/// Returns the labels of the pages of a file. `None` if there are none, or if they only repeat the index of their
/// page: many programs write such labels, whatever is printed on the pages.
pub(super) fn labels(catalog: &Dict<'_>, pages: usize) -> Option<Vec<String>> {
    let mut ranges = Vec::new();
    collect(&catalog.get::<Dict<'_>>("PageLabels")?, DEPTH, &mut ranges);
    ranges.sort_by_key(|range| range.from);
    let mut ranges = ranges.iter().peekable();
    let mut range = ranges.next_if(|range| range.from == 0)?;
    let mut label = |page: usize| {
        while let Some(next) = ranges.next_if(|next| next.from <= page) {
            range = next;
        }
        let number = range.style.map(|style| numbered(range.start.saturating_add(page - range.from), style));
        let label = format!("{}{}", range.prefix, number.unwrap_or_default());
        // A page without a label, such as a cover.
        if label.trim().is_empty() { format!("[{}]", page + 1) } else { label }
    };
    let labels: Vec<String> = (0..pages).map(&mut label).collect();
    let says_more = labels.iter().zip(1..).any(|(label, number): (_, usize)| *label != number.to_string());
    says_more.then_some(labels)
}

fn collect(node: &Dict<'_>, depth: usize, ranges: &mut Vec<Range>) {
    let numbers: Vec<Object<'_>> = node
        .get::<Array<'_>>("Nums")
        .into_iter()
        .flat_map(|nums| nums.iter::<Object<'_>>().take(2 * RANGES))
        .collect();
    for pair in numbers.chunks_exact(2) {
        let [from, facts] = pair else { continue };
        let from = from.clone().into_i32().and_then(|from| usize::try_from(from).ok());
        if let (Some(from), Some(facts), true) = (from, facts.clone().into_dict(), ranges.len() < RANGES) {
            ranges.push(range(from, &facts));
        }
    }
    if depth > 0 {
        for kid in
            node.get::<Array<'_>>("Kids").into_iter().flat_map(|kids| kids.iter::<Dict<'_>>().take(RANGES))
        {
            if ranges.len() < RANGES {
                collect(&kid, depth - 1, ranges);
            }
        }
    }
}

fn range(from: usize, facts: &Dict<'_>) -> Range {
    let style = match facts.get::<Name<'_>>("S").as_deref() {
        Some(b"D") => Some(Style::Decimal),
        Some(b"R") => Some(Style::UpperRoman),
        Some(b"r") => Some(Style::LowerRoman),
        Some(b"A") => Some(Style::Upper),
        Some(b"a") => Some(Style::Lower),
        _ => None,
    };
    let prefix =
        facts.get::<PdfString<'_>>("P").map(|prefix| prefix_of(prefix.as_bytes())).unwrap_or_default();
    let start = facts.get::<i32>("St").and_then(|start| usize::try_from(start).ok());
    Range { from, style, prefix, start: start.unwrap_or(1) }
}

fn prefix_of(bytes: &[u8]) -> String {
    decoded(bytes).chars().filter(|c| !c.is_control()).take(PREFIX).collect()
}
