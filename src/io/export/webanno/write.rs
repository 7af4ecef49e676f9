//! The writer of the file of one document and annotator.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use super::escape::{escape_text, push_value};
use super::units::{Unit, Units};
use crate::export::Scope;
use crate::export::inception::{COMMENT, Features, LABEL, RELATION, SPAN};
use crate::export::sentences::Sentences;
use crate::loss::{ExportLoss, Losses};
use demarche_model::{Document, Layer, LinkKindId, Span, SpanId, Text, TextRange, Value};

/// Returns about how many bytes a token takes for each of its passages.
pub(super) fn width(features: &Features, span: &Span) -> u64 {
    let value = |length: usize| length.max(1) + "[1234]|".len();
    let attributes = features.attributes.iter();
    let attributes = attributes
        .map(|feature| span.attributes.get(&feature.attribute).map_or(0, |value| value.data_text().len()));
    let note = features.notes.then_some(span.note.len());
    let lengths = [span.category.as_str().len()].into_iter().chain(note).chain(attributes);
    lengths.map(value).sum::<usize>() as u64
}

/// Returns the file of a layer or, without one, that of a document without passages.
pub(super) fn compose(
    scope: &Scope<'_>,
    document: &Document,
    text: &Text,
    words: &Sentences,
    layer: Option<&Layer>,
    features: &Features,
    losses: &mut Losses,
) -> String {
    let units = layer.map(|layer| Units::new(scope, layer, words, losses)).unwrap_or_default();
    let links = layer.map(|layer| links(scope, document, layer, &units, losses)).unwrap_or_default();
    let mut page = "#FORMAT=WebAnno TSV 3.3\n".to_owned();
    let names: String = features.attributes.iter().map(|feature| format!("|{}", feature.name)).collect();
    let note = if features.notes { format!("|{COMMENT}") } else { String::new() };
    let _ = writeln!(page, "#T_SP={SPAN}|{LABEL}{names}{note}");
    if !links.is_empty() {
        let _ = writeln!(page, "#T_RL={RELATION}|{LABEL}|BT_{SPAN}");
    }
    page.push('\n');
    let ids = ids(words, &units);
    let mut writer =
        Rows { page, text, words, units: &units, features, links: &links, ids: &ids, last: (0, 0) };
    for sentence in words.sentences() {
        writer.sentence(sentence);
    }
    writer.page
}

/// A link: its kind, and the numbers of the passages that it joins.
type Joint<'a> = (&'a LinkKindId, usize, usize);

/// Returns the links within the layer, by the unit that they lead to.
fn links<'a>(
    scope: &Scope<'_>,
    document: &Document,
    layer: &'a Layer,
    units: &Units<'_>,
    losses: &mut Losses,
) -> HashMap<Unit, Vec<Joint<'a>>> {
    let mut marks: HashMap<SpanId, usize> = HashMap::new();
    for (at, mark) in units.marks.iter().enumerate() {
        marks.entry(mark.span.id).or_insert(at);
    }
    let mut links: HashMap<Unit, Vec<Joint<'a>>> = HashMap::new();
    for link in layer.links() {
        if !layer.span(link.from).is_some_and(|span| scope.has(span)) {
            continue;
        }
        let to = marks.get(&link.to).filter(|_| link.to_document == *document.id());
        match marks.get(&link.from).zip(to) {
            Some((&from, &to)) => {
                links.entry(units.marks[to].first).or_default().push((&link.kind, from, to))
            }
            None => losses.add(ExportLoss::LinksToOthers, 1),
        }
    }
    links
}

/// Returns the ids of units with passages: `2-3` is the third token of the second sentence, `2-3.1` the first part of it.
fn ids(words: &Sentences, units: &Units<'_>) -> HashMap<Unit, String> {
    let mut ids = HashMap::new();
    let mut parts = (usize::MAX, 0);
    for unit @ (token, part) in units.at.keys() {
        let sentence = words.starts.partition_point(|start| start <= token);
        let mut id = format!("{sentence}-{}", token - words.starts[sentence - 1] + 1);
        if part.is_some() {
            parts = if parts.0 == *token { (*token, parts.1 + 1) } else { (*token, 1) };
            let _ = write!(id, ".{}", parts.1);
        }
        ids.insert(*unit, id);
    }
    ids
}

struct Rows<'a> {
    page: String,
    text: &'a Text,
    words: &'a Sentences,
    units: &'a Units<'a>,
    features: &'a Features,
    links: &'a HashMap<Unit, Vec<Joint<'a>>>,
    ids: &'a HashMap<Unit, String>,
    /// A byte and its offset in UTF-16 units, from which the next offset is counted.
    last: (usize, usize),
}

impl<'a> Rows<'a> {
    fn sentence(&mut self, tokens: std::ops::Range<usize>) {
        let list = &self.words.tokens[tokens.clone()];
        let whole = TextRange { start: list[0].start, end: list[list.len() - 1].end };
        let _ = writeln!(self.page, "\n#Text={}", escape_text(self.text.slice(whole)));
        let number = self.words.starts.partition_point(|start| *start <= tokens.start);
        for token in tokens.clone() {
            let range = self.words.tokens[token];
            let start = self.utf16(range.start);
            self.row((token, None), range, start, &format!("{number}-{}", token - tokens.start + 1));
            let parts = self.units.at.range((token, Some(TextRange::default()))..(token + 1, None));
            for (unit, _) in parts {
                let Some(part) = unit.1 else { continue };
                let before = TextRange { start: range.start, end: part.start };
                let start = start + length(self.text.slice(before));
                self.row(*unit, part, start, &self.ids[unit]);
            }
        }
    }

    fn utf16(&mut self, byte: usize) -> usize {
        let between = TextRange { start: self.last.0, end: byte };
        self.last = (byte, self.last.1 + length(self.text.slice(between)));
        self.last.1
    }

    fn row(&mut self, unit: Unit, range: TextRange, start: usize, id: &str) {
        let (text, units, features) = (self.text, self.units, self.features);
        let word = text.slice(range);
        let _ = write!(self.page, "{id}\t{start}-{}\t{word}\t", start + length(word));
        let marks = units.at.get(&unit).map(Vec::as_slice).unwrap_or_default();
        self.column(marks, |span| Some(Cow::Borrowed(span.category.as_str())));
        for feature in &features.attributes {
            self.column(marks, |span| span.attributes.get(&feature.attribute).map(Value::data_text));
        }
        if features.notes {
            self.column(marks, |span| Some(Cow::Borrowed(span.note.as_str())));
        }
        if !self.links.is_empty() {
            self.relations(unit);
        }
        self.page.push('\n');
    }

    /// Writes a cell with a value of each passage.
    fn column(&mut self, marks: &[usize], value: impl Fn(&'a Span) -> Option<Cow<'a, str>>) {
        let units = self.units;
        self.cell(marks, |page, mark| {
            let mark = &units.marks[*mark];
            match value(mark.span).filter(|value| !value.is_empty()) {
                Some(value) => push_value(page, &value),
                None => page.push('*'),
            }
            if let Some(number) = mark.number {
                let _ = write!(page, "[{number}]");
            }
        });
    }

    fn relations(&mut self, unit: Unit) {
        let (links, units, ids) = (self.links, self.units, self.ids);
        let links = links.get(&unit).map(Vec::as_slice).unwrap_or_default();
        self.cell(links, |page, (kind, ..)| push_value(page, kind.as_str()));
        self.cell(links, |page, &(_, from, to)| {
            let [from, to] = [from, to].map(|mark| &units.marks[mark]);
            page.push_str(&ids[&from.first]);
            if from.number.is_some() || to.number.is_some() {
                let _ = write!(page, "[{}_{}]", from.number.unwrap_or(0), to.number.unwrap_or(0));
            }
        });
    }

    /// Writes a cell with several values, separated by `|`.
    fn cell<T>(&mut self, all: &[T], write: impl Fn(&mut String, &T)) {
        for (at, one) in all.iter().enumerate() {
            if at > 0 {
                self.page.push('|');
            }
            write(&mut self.page, one);
        }
        self.page.push_str(if all.is_empty() { "_\t" } else { "\t" });
    }
}

/// Returns the length in UTF-16 units.
fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
