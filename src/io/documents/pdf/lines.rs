//! The lines at the upper and lower edge of each page as they are printed. What was read of a page lacks numbers that stand
//! alone, and a header may have become the front of a paragraph: here each line is one by itself.

use std::collections::BTreeMap;

use unpdf::parser::backend::{PdfBackend, RawBackend};
use unpdf::parser::{LayoutAnalyzer, TextSpan};

/// So many lines at the top of a page, and at its foot, may be header and footer.
const EDGE: usize = 3;
/// Longest header or footer, in bytes.
const LONGEST: usize = 200;
/// Lines that do not differ more in height, in parts of the size of their letters, are one.
const SAME: f32 = 0.5;
/// No page is larger, in points (ISO 32000-1, annex C: 14,400), by far.
const FAR: f32 = 100_000.0;
/// A gap between words, in parts of the size of their letters.
const GAP: f32 = 0.15;

/// A line at an edge.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its words; empty for one that is too long to be a header.
    pub text: String,
    /// How far away the next line inwards is, in sizes of the letters.
    pub gap: f32,
}

/// What is printed at the edges of a page, from the edge inwards.
#[derive(Clone, Default, Debug)]
pub(super) struct Edges {
    pub top: Vec<Line>,
    pub foot: Vec<Line>,
    /// How many lines there are on the whole page; on one of few, some are among both.
    pub lines: usize,
    /// Whether words stand so far outside of the page that finding its columns would take memory without bound.
    pub is_wild: bool,
}

/// The edges of all pages, by their numbers in the file. What can't be read is without edges.
pub(super) fn edges(bytes: &[u8]) -> BTreeMap<u32, Edges> {
    let Ok(backend) = RawBackend::load_bytes(bytes) else { return BTreeMap::new() };
    let analyzer = LayoutAnalyzer::new(&backend);
    let edges = |number| (number, analyzer.extract_page_spans(number).map(of_page).unwrap_or_default());
    backend.pages().into_keys().map(edges).collect()
}

fn of_page(mut spans: Vec<TextSpan>) -> Edges {
    let is_wild = |span: &TextSpan| {
        [span.x, span.y, span.width, span.font_size].iter().any(|value| value.is_nan() || value.abs() >= FAR)
    };
    if spans.iter().any(is_wild) {
        return Edges { is_wild: true, ..Edges::default() };
    }
    spans.retain(|span| !span.is_rotated() && !span.text.trim().is_empty());
    spans.sort_by(|one, other| other.y.total_cmp(&one.y));
    let lines: Vec<&[TextSpan]> = spans
        .chunk_by(|one, next| one.y - next.y <= one.font_size.min(next.font_size).max(1.0) * SAME)
        .collect();
    let line = |at: usize, inwards: Option<usize>| {
        let [here, there] = [Some(at), inwards].map(|at| at.and_then(|at| lines.get(at)?.first()));
        let gap = here.zip(there).map(|(here, there)| (here.y - there.y).abs() / here.font_size.max(1.0));
        Line {
            text: lines.get(at).map_or_else(String::new, |line| text(line)),
            gap: gap.unwrap_or(f32::INFINITY),
        }
    };
    let outer = 0..lines.len().min(EDGE);
    Edges {
        top: outer.clone().map(|at| line(at, Some(at + 1))).collect(),
        foot: outer.map(|at| lines.len() - 1 - at).map(|at| line(at, at.checked_sub(1))).collect(),
        lines: lines.len(),
        is_wild: false,
    }
}

/// The words of a line; empty for one that is too long to be a header.
fn text(spans: &[TextSpan]) -> String {
    let mut spans: Vec<&TextSpan> = spans.iter().collect();
    spans.sort_by(|one, other| one.x.total_cmp(&other.x));
    let (mut text, mut end) = (String::new(), f32::MAX);
    for span in spans {
        if span.x - end > span.font_size * GAP {
            text.push(' ');
        }
        text.push_str(&span.text);
        end = span.x + span.width;
        if text.len() > LONGEST {
            return String::new();
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
