//! A text with its passages marked, and what is said of them in the margin.

use std::collections::HashMap;
use std::sync::Arc;

use super::{PASSAGE, Report};
use crate::export::Scope;
use crate::export::figures::{name, several, words};
use crate::loss::{ExportLoss, Losses};
use crate::xml::escaped;
use demarche_model::{AnnotatorId, Document, Link, Locator, Span, SpanId, Text, TextRange};

/// So many passages over one another can be seen apart; those below are in the margin all the same.
const LANES: usize = 6;

/// The passages of a document in the order of the text, whoever tagged them.
pub(super) fn in_order<'a>(
    scope: &Scope<'a>,
    document: &'a Document,
) -> Vec<(&'a AnnotatorId, &'a Arc<Span>)> {
    let mut passages = scope.passages(document);
    passages.sort_by_key(|(_, span)| (span.ranges.start(), std::cmp::Reverse(span.ranges.end())));
    passages
}

/// A range of a passage as it is drawn.
struct Stroke {
    range: TextRange,
    /// The number of the passage in the document, from 0.
    passage: usize,
    /// How far below the words its line runs.
    lane: usize,
    /// Whether the passage begins here, so that its number stands here.
    first: bool,
}

impl Report<'_> {
    /// Writes a document.
    pub(super) fn document(&mut self, at: usize, document: &Document, text: &Text, losses: &mut Losses) {
        let passages = in_order(self.scope, document);
        let meta = &document.meta;
        self.out.push_str(&format!(
            "<section class=\"document\" id=\"d{at}\">\n<h2>{}</h2>\n",
            escaped(&meta.title)
        ));
        let date = meta.date.as_ref().map(|date| date.to_string());
        let source = Some(escaped(&meta.source)).filter(|source| !source.trim().is_empty());
        let facts: Vec<String> =
            date.into_iter().chain(source).chain([several(passages.len(), "passage")]).collect();
        self.out.push_str(&format!("<p class=\"soft\">{}</p>\n", facts.join(" · ")));
        let strokes = strokes(&passages);
        let links = links(self.scope, document);
        let (mut from, mut listed, mut next) = (0, 0, 0);
        let mut active = Vec::new();
        for line in text.as_str().split('\n') {
            let range = TextRange { start: from, end: from + line.len() };
            from = range.end + 1;
            // Whatever begins before the next line is listed here.
            let until = passages[listed..].partition_point(|(_, span)| span.ranges.start() < from) + listed;
            if !line.trim().is_empty() || until > listed {
                self.out.push_str("<div class=\"row\"><p dir=\"auto\">");
                self.line(text, range, &passages, &strokes, (&mut active, &mut next));
                self.out.push_str("</p><ul>");
                for (number, (annotator, span)) in (listed..until).zip(&passages[listed..until]) {
                    let place = document.anchors.locate(span.ranges.cover());
                    self.passage((at, number), annotator, span, place, &links, losses);
                }
                self.out.push_str("</ul></div>\n");
            }
            listed = until;
        }
        self.out.push_str("</section>\n");
    }

    /// Writes a line, cut where a stroke begins or ends. `active` are the strokes that have begun, `next` is the first that
    /// has not.
    fn line(
        &mut self,
        text: &Text,
        range: TextRange,
        passages: &[(&AnnotatorId, &Arc<Span>)],
        strokes: &[Stroke],
        (active, next): (&mut Vec<usize>, &mut usize),
    ) {
        let mut at = range.start;
        while at < range.end {
            active.retain(|stroke| strokes[*stroke].range.end > at);
            while strokes.get(*next).is_some_and(|stroke| stroke.range.start <= at) {
                if strokes[*next].range.end > at {
                    active.push(*next);
                }
                *next += 1;
            }
            let ends = active.iter().map(|stroke| strokes[*stroke].range.end);
            let begins = strokes.get(*next).map(|stroke| stroke.range.start);
            let end = ends.chain(begins).fold(range.end, usize::min);
            let drawn: Vec<&Stroke> = active.iter().map(|stroke| &strokes[*stroke]).collect();
            self.piece(text.slice(TextRange { start: at, end }), at, passages, drawn);
            at = end;
        }
    }

    /// Writes a piece of text with all that lies over it.
    fn piece(
        &mut self,
        words: &str,
        at: usize,
        passages: &[(&AnnotatorId, &Arc<Span>)],
        mut drawn: Vec<&Stroke>,
    ) {
        // The outermost line is the lowest.
        drawn.sort_by_key(|stroke| std::cmp::Reverse((stroke.lane, stroke.passage)));
        let hidden = drawn.len().saturating_sub(LANES);
        let shown = &drawn[hidden..];
        for (number, stroke) in shown.iter().enumerate() {
            let (_, span) = passages[stroke.passage];
            let class = self.class(&span.category);
            let lane = stroke.lane.min(LANES - 1);
            self.out.push_str(&format!("<mark class=\"{class} l{lane}\""));
            if stroke.first && stroke.range.start == at {
                self.out.push_str(&format!(" data-n=\"{}\"", stroke.passage + 1));
            }
            if number == 0 {
                let names = shown.iter().rev().map(|stroke| self.label(passages[stroke.passage]));
                let mut title = names.collect::<Vec<_>>().join("; ");
                if hidden > 0 {
                    title.push_str(&format!("; and {hidden} more"));
                }
                self.out.push_str(&format!(" title=\"{}\"", escaped(&title)));
            }
            self.out.push('>');
        }
        self.out.push_str(&escaped(words));
        self.out.push_str(&"</mark>".repeat(shown.len()));
    }

    fn label(&self, (annotator, span): (&AnnotatorId, &Arc<Span>)) -> String {
        let project = self.scope.project;
        format!("{} ({})", project.codebook().name_of(&span.category), name(project, annotator))
    }

    /// Writes what is said of a passage.
    fn passage(
        &mut self,
        (at, number): (usize, usize),
        annotator: &AnnotatorId,
        span: &Span,
        place: Locator<'_>,
        links: &HashMap<(&AnnotatorId, SpanId), Vec<&Link>>,
        losses: &mut Losses,
    ) {
        let project = self.scope.project;
        let category = escaped(project.codebook().name_of(&span.category));
        let (class, who) = (self.class(&span.category), escaped(name(project, annotator)));
        let shown = number + 1;
        self.out.push_str(&format!(
            "{PASSAGE}{class}\" id=\"d{at}p{shown}\"><b>{shown} {category}</b> <span class=\"soft\">{who}</span>"
        ));
        let place = escaped(&place.to_string());
        if !place.is_empty() {
            self.out.push_str(&format!("<span class=\"fact\">{place}</span>"));
        }
        let facts = span.attributes.iter().map(|(id, value)| {
            let attributes = &project.codebook().attributes;
            let label = attributes.iter().find(|a| a.id == *id).map_or(id.as_str(), |a| a.name.as_str());
            format!("{}: {}", escaped(label), escaped(&words(value)))
        });
        let facts: Vec<String> = facts.collect();
        if !facts.is_empty() {
            self.out.push_str(&format!("<span class=\"fact\">{}</span>", facts.join(" · ")));
        }
        if !span.note.trim().is_empty() {
            self.out.push_str(&format!("<span class=\"note\">{}</span>", escaped(span.note.trim())));
        }
        for link in links.get(&(annotator, span.id)).into_iter().flatten() {
            self.link(at, link, losses);
        }
        self.out.push_str("</li>");
    }

    fn link(&mut self, at: usize, link: &Link, losses: &mut Losses) {
        let Some(&(document, number)) = self.places.get(&link.to) else {
            losses.add(ExportLoss::LinksToOutside, 1);
            return;
        };
        let kinds = &self.scope.project.codebook().link_kinds;
        let kind =
            kinds.iter().find(|kind| kind.id == link.kind).map_or(link.kind.as_str(), |kind| &kind.name);
        let number = number + 1;
        let elsewhere = self.scope.project.document(&link.to_document).filter(|_| document != at);
        let title = elsewhere.map_or_else(String::new, |there| format!(" in {}", escaped(&there.meta.title)));
        self.out.push_str(&format!(
            "<span class=\"fact\">→ {} <a href=\"#d{document}p{number}\">{number}</a>{title}</span>",
            escaped(kind)
        ));
    }
}

/// The links of a document by whose they are and where they start.
fn links<'a>(scope: &Scope<'a>, document: &'a Document) -> HashMap<(&'a AnnotatorId, SpanId), Vec<&'a Link>> {
    let mut links: HashMap<_, Vec<&Link>> = HashMap::new();
    for (annotator, layer) in scope.layers(document) {
        for link in layer.links() {
            links.entry((annotator, link.from)).or_default().push(link);
        }
    }
    links
}

/// The ranges of all passages in the order in which they begin, each in the first lane that is free there.
fn strokes(passages: &[(&AnnotatorId, &Arc<Span>)]) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = Vec::with_capacity(passages.len());
    for (passage, (_, span)) in passages.iter().enumerate() {
        let ranges = span.ranges.iter().enumerate();
        strokes.extend(ranges.map(|(number, range)| Stroke { range, passage, lane: 0, first: number == 0 }));
    }
    strokes.sort_by_key(|stroke| (stroke.range.start, std::cmp::Reverse(stroke.range.end), stroke.passage));
    // Where the last stroke of each lane ends.
    let mut ends: Vec<usize> = Vec::new();
    for stroke in &mut strokes {
        let free = ends.iter().position(|end| *end <= stroke.range.start);
        // Below the last lane that can be seen apart, all are alike.
        stroke.lane = free.unwrap_or(ends.len()).min(LANES);
        match ends.get_mut(stroke.lane) {
            Some(end) => *end = stroke.range.end.max(*end),
            None => ends.push(stroke.range.end),
        }
    }
    strokes
}
