//! The file of one document and annotator.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use super::escape::{escape_text, escape_value};
use super::units::{Mark, Unit, Units};
use super::{COMMENT, LABEL, RELATION, SPAN};
use crate::io::codebook::Names;
use crate::io::export::words::Words;
use crate::io::export::{Losses, Scope};
use crate::model::{AttributeId, Document, Layer, LinkKindId, Span, SpanId, Text, TextRange, Value};

/// The features that passages have beside their category.
pub(super) struct Features {
    /// Attributes with the names of their features, in the order of the codebook.
    attributes: Vec<(AttributeId, String)>,
}

impl Features {
    /// Those of all passages in a scope.
    pub fn of(scope: &Scope<'_>) -> Self {
        let mut used = BTreeSet::new();
        for document in scope.documents() {
            for (_, layer) in scope.layers(document) {
                used.extend(scope.spans(layer).flat_map(|span| span.attributes.keys()));
            }
        }
        let listed = scope.project.codebook().attributes.iter().map(|attribute| &attribute.id);
        let mut ordered: Vec<&AttributeId> = listed.filter(|id| used.contains(id)).collect();
        ordered.extend(used.iter().filter(|id| !ordered.contains(*id)).copied().collect::<Vec<_>>());
        let mut names = Names::default();
        for reserved in [LABEL, COMMENT, "begin", "end", "sofa"] {
            names.free(reserved);
        }
        let attributes =
            ordered.into_iter().map(|id| (id.clone(), names.free(&feature(id.as_str())).replace('-', "_")));
        Self { attributes: attributes.collect() }
    }
}

/// A name as features can have: letters, digits and `_`.
fn feature(name: &str) -> String {
    let safe: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if safe.starts_with(|c: char| c.is_numeric()) { format!("_{safe}") } else { safe }
}

/// The file of a layer; without one, that of a document that nobody has tagged.
pub(super) fn compose(
    scope: &Scope<'_>,
    document: &Document,
    text: &Text,
    words: &Words,
    layer: Option<&Layer>,
    features: &Features,
    losses: &mut Losses,
) -> String {
    let units = layer.map(|layer| Units::of(scope, layer, words, losses)).unwrap_or_default();
    let links = layer.map(|layer| links(scope, document, layer, &units, losses)).unwrap_or_default();
    let mut page = "#FORMAT=WebAnno TSV 3.3\n".to_owned();
    let names: String = features.attributes.iter().map(|(_, name)| format!("|{name}")).collect();
    let _ = writeln!(page, "#T_SP={SPAN}|{LABEL}{names}|{COMMENT}");
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

/// A link: its kind, and the marks that it joins.
type Joint<'a> = (&'a LinkKindId, usize, usize);

/// The links that stay in the layer, by the unit that they lead to.
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
            None => losses.add("links to another document, another annotator or a passage left out", 1),
        }
    }
    links
}

/// What units with passages are called: `2-3` is the third token of the second sentence, `2-3.1` the first part of it.
fn ids(words: &Words, units: &Units<'_>) -> HashMap<Unit, String> {
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
    words: &'a Words,
    units: &'a Units<'a>,
    features: &'a Features,
    links: &'a HashMap<Unit, Vec<Joint<'a>>>,
    ids: &'a HashMap<Unit, String>,
    /// A byte and its offset in UTF-16 units, from which the next is counted.
    last: (usize, usize),
}

impl Rows<'_> {
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
        let word = self.text.slice(range);
        let _ = write!(self.page, "{id}\t{start}-{}\t{word}\t", start + length(word));
        let marks: Vec<&Mark<'_>> =
            self.units.at.get(&unit).into_iter().flatten().map(|&mark| &self.units.marks[mark]).collect();
        self.column(&marks, |span| Some(span.category.to_string()));
        for (id, _) in &self.features.attributes {
            self.column(&marks, |span| span.attributes.get(id).map(words));
        }
        self.column(&marks, |span| Some(span.note.clone()));
        if !self.links.is_empty() {
            self.relations(unit);
        }
        self.page.push('\n');
    }

    fn column(&mut self, marks: &[&Mark<'_>], value: impl Fn(&Span) -> Option<String>) {
        let cells = marks.iter().map(|mark| {
            let value = value(mark.span).filter(|value| !value.is_empty());
            let number = mark.number.map(|number| format!("[{number}]")).unwrap_or_default();
            format!("{}{number}", value.map_or("*".to_owned(), |value| escape_value(&value)))
        });
        self.cell(cells.collect());
    }

    fn relations(&mut self, unit: Unit) {
        let links = self.links.get(&unit).map(Vec::as_slice).unwrap_or_default();
        self.cell(links.iter().map(|(kind, ..)| escape_value(kind.as_str())).collect());
        let references = links.iter().map(|&(_, from, to)| {
            let [from, to] = [from, to].map(|mark| &self.units.marks[mark]);
            let numbers = (from.number.is_some() || to.number.is_some())
                .then(|| format!("[{}_{}]", from.number.unwrap_or(0), to.number.unwrap_or(0)));
            format!("{}{}", self.ids[&from.first], numbers.unwrap_or_default())
        });
        self.cell(references.collect());
    }

    fn cell(&mut self, values: Vec<String>) {
        let _ = write!(self.page, "{}\t", if values.is_empty() { "_".to_owned() } else { values.join("|") });
    }
}

/// Length in UTF-16 units.
fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// An attribute as a feature has it.
fn words(value: &Value) -> String {
    match value {
        Value::Choice(choice) => choice.to_string(),
        Value::Choices(choices) => {
            choices.iter().map(|choice| choice.as_str()).collect::<Vec<_>>().join("; ")
        }
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
    }
}
