//! The printed lines at the upper and lower edge of each page. The text of a page lacks separate numbers, and may have
//! merged a header with the start of a paragraph; here, each line is separate.

use std::collections::BTreeMap;

use unpdf::parser::backend::{PdfBackend, RawBackend};
use unpdf::parser::{LayoutAnalyzer, TextSpan};

/// Greatest number of lines in a header or footer.
const EDGE: usize = 3;
/// Greatest length of a line in a header or footer, in bytes.
const LONGEST: usize = 200;
/// Greatest vertical distance between spans of one line, relative to the font size.
const SAME: f32 = 0.5;
/// Greatest coordinate in points; no page comes close to it (ISO 32000-1, annex C: 14,400).
const FAR: f32 = 100_000.0;
/// Least gap between words, relative to the font size.
const GAP: f32 = 0.15;

/// A line at an edge.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its text; empty if it is too long for a header.
    pub text: String,
    /// The distance to the next line inwards, relative to the font size.
    pub gap: f32,
}

/// The lines at the edges of a page, from the edge inwards.
#[derive(Clone, Default, Debug)]
pub(super) struct Edges {
    pub top: Vec<Line>,
    pub foot: Vec<Line>,
    /// The number of lines on the whole page; if they are few, some are at both edges.
    pub lines: usize,
    /// Whether words are so far outside the page that column detection would use unlimited memory.
    pub is_wild: bool,
}

/// Returns the edges of all pages by their numbers in the file, without pages that can't be read.
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

/// Returns the text of a line; empty if it is too long for a header.
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
