//! A text with its passages marked, and their details in the margin.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{PASSAGE, Report};
use crate::export::Scope;
use crate::export::figures::{name, words};
use crate::loss::{ExportLoss, Losses};
use crate::words::export::{html as html_words, report};
use crate::xml::escaped;
use demarche_model::{
    AnnotatorId, AttributeId, Document, Link, Locator, MemoSubject, Span, SpanId, Text, TextRange, Value,
};

/// Number of overlapping passages that can be drawn. Those below are still listed in the margin.
const LANES: usize = 6;

/// Returns the passages of all annotators in a document, in the order of the text.
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
    /// The index of the passage in the document.
    passage: usize,
    /// The lane of its line below the words.
    lane: usize,
    /// Whether it is the first range of the passage, where its number is shown.
    first: bool,
}

/// The strokes over a position. Thousands may be nested, of which the first few are drawn.
#[derive(Default)]
struct Active {
    by_end: BTreeSet<(usize, usize)>,
    by_lane: BTreeSet<(usize, usize, usize)>,
    /// The first stroke that has not begun.
    next: usize,
}

impl Active {
    /// Moves on to a position. Returns the next one at which a stroke begins or ends.
    fn advance(&mut self, strokes: &[Stroke], at: usize) -> Option<usize> {
        while let Some(&(end, index)) = self.by_end.first()
            && end <= at
        {
            self.by_end.remove(&(end, index));
            self.by_lane.remove(&(strokes[index].lane, strokes[index].passage, index));
        }
        while let Some(stroke) = strokes.get(self.next).filter(|stroke| stroke.range.start <= at) {
            if stroke.range.end > at {
                self.by_end.insert((stroke.range.end, self.next));
                self.by_lane.insert((stroke.lane, stroke.passage, self.next));
            }
            self.next += 1;
        }
        let begins = strokes.get(self.next).map(|stroke| stroke.range.start);
        self.by_end.first().map(|&(end, _)| end).into_iter().chain(begins).min()
    }

    /// Returns the strokes that are drawn, the outermost and so lowest first.
    fn drawn<'s>(&self, strokes: &'s [Stroke]) -> Vec<&'s Stroke> {
        let mut drawn: Vec<&Stroke> =
            self.by_lane.iter().take(LANES).map(|&(_, _, index)| &strokes[index]).collect();
        drawn.reverse();
        drawn
    }

    /// Returns the number of strokes that are not drawn.
    fn hidden(&self) -> usize {
        self.by_lane.len().saturating_sub(LANES)
    }
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
        let sets: Vec<String> = self.scope.sets_of(document).into_iter().map(escaped).collect();
        let sets = (!sets.is_empty()).then(|| report::sets(&sets));
        let facts: Vec<String> =
            date.into_iter().chain(source).chain(sets).chain([report::passages(passages.len())]).collect();
        self.out.push_str(&format!("<p class=\"soft\">{}</p>\n", facts.join(" · ")));
        self.memos_on(&MemoSubject::Document(document.id().clone()));
        let strokes = strokes(&passages);
        let links = links(self.scope, document);
        let (mut from, mut listed) = (0, 0);
        let mut active = Active::default();
        for line in text.as_str().split('\n') {
            let range = TextRange { start: from, end: from + line.len() };
            from = range.end + 1;
            // Passages that begin before the next line are listed here.
            let until = passages[listed..].partition_point(|(_, span)| span.ranges.start() < from) + listed;
            if !line.trim().is_empty() || until > listed {
                self.out.push_str("<div class=\"row\"><p dir=\"auto\">");
                self.line(text, range, &passages, &strokes, &mut active);
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

    /// Writes a line, split where a stroke begins or ends. `active` are the strokes over the end of the line before.
    fn line(
        &mut self,
        text: &Text,
        range: TextRange,
        passages: &[(&AnnotatorId, &Arc<Span>)],
        strokes: &[Stroke],
        active: &mut Active,
    ) {
        let mut at = range.start;
        while at < range.end {
            let end = active.advance(strokes, at).map_or(range.end, |next| next.min(range.end));
            let words = text.slice(TextRange { start: at, end });
            self.piece(words, at, passages, &active.drawn(strokes), active.hidden());
            at = end;
        }
    }

    /// Writes a piece of text with the strokes over it.
    fn piece(
        &mut self,
        words: &str,
        at: usize,
        passages: &[(&AnnotatorId, &Arc<Span>)],
        shown: &[&Stroke],
        hidden: usize,
    ) {
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
                    title.push_str(&html_words::and_more(hidden));
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

    /// Writes a passage in the margin.
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
        let facts = self.facts(span);
        if !facts.is_empty() {
            self.out.push_str(&format!("<span class=\"fact\">{facts}</span>"));
        }
        if !span.note.trim().is_empty() {
            self.out.push_str(&format!("<span class=\"note\">{}</span>", escaped(span.note.trim())));
        }
        for link in links.get(&(annotator, span.id)).into_iter().flatten() {
            self.link(at, link, losses);
        }
        self.out.push_str("</li>");
    }

    /// Returns the attributes of a passage in one line.
    pub(super) fn facts(&self, span: &Span) -> String {
        let attributes = &self.scope.project.codebook().attributes;
        let fact = |(id, value): (&AttributeId, &Value)| {
            let label = attributes.iter().find(|a| a.id == *id).map_or(id.as_str(), |a| a.name.as_str());
            format!("{}: {}", escaped(label), escaped(&words(value)))
        };
        span.attributes.iter().map(fact).collect::<Vec<_>>().join(" · ")
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
        let title =
            elsewhere.map_or_else(String::new, |other| html_words::in_document(&escaped(&other.meta.title)));
        self.out.push_str(&format!(
            "<span class=\"fact\">→ {} <a href=\"#d{document}p{number}\">{number}</a>{title}</span>",
            escaped(kind)
        ));
    }
}

/// Returns the links of a document by annotator and by the span that they start at.
fn links<'a>(scope: &Scope<'a>, document: &'a Document) -> HashMap<(&'a AnnotatorId, SpanId), Vec<&'a Link>> {
    let mut links: HashMap<_, Vec<&Link>> = HashMap::new();
    for (annotator, layer) in scope.layers(document) {
        for link in layer.links() {
            links.entry((annotator, link.from)).or_default().push(link);
        }
    }
    links
}

/// Returns the ranges of all passages in the order of their starts, each in the first free lane.
fn strokes(passages: &[(&AnnotatorId, &Arc<Span>)]) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = Vec::with_capacity(passages.len());
    for (passage, (_, span)) in passages.iter().enumerate() {
        let ranges = span.ranges.iter().enumerate();
        strokes.extend(ranges.map(|(number, range)| Stroke { range, passage, lane: 0, first: number == 0 }));
    }
    strokes.sort_by_key(|stroke| (stroke.range.start, std::cmp::Reverse(stroke.range.end), stroke.passage));
    // The end of the last stroke in each lane.
    let mut ends: Vec<usize> = Vec::new();
    for stroke in &mut strokes {
        let free = ends.iter().position(|end| *end <= stroke.range.start);
        // All strokes below the last lane that can be drawn share one.
        stroke.lane = free.unwrap_or(ends.len()).min(LANES);
        match ends.get_mut(stroke.lane) {
            Some(end) => *end = stroke.range.end.max(*end),
            None => ends.push(stroke.range.end),
        }
    }
    strokes
}
