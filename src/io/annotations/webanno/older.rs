//! WebAnno TSV 1 and 2. A row has a token and, in each column, the values of its annotations: `B-x` begins one that `I-x` in
//! the next row goes on, and a value without a letter is an annotation of this token. Sources: WebannoTsv1Reader and
//! WebannoTsv2Reader of INCEpTION.

use std::collections::HashMap;

use super::schema::Layer;
use super::spans::{flags, range, with_values};
use crate::annotations::importer::Input;
use crate::annotations::refusal::RecordFault;
use crate::annotations::whose::whose;
use crate::annotations::{Draft, DraftDocument, DraftLink, DraftSpan};
use crate::loss::{AnnotationLoss, Losses};
use demarche_analysis::context::shorten;

/// A version before 3.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Older {
    /// Ten columns, of which the fifth has names.
    One,
    /// Columns that the first line declares.
    Two,
}

/// Number of lines in which the first row has to come.
const FIRST: usize = 20;
/// The layer of names in version 1, and its column.
const NAMES: (&str, &str, usize) = ("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "value", 4);
/// The number of columns in version 1.
const COLUMNS: usize = 10;

impl Older {
    /// Returns the version of a file by its first bytes.
    pub fn of(head: &[u8]) -> Option<Self> {
        let (mut is_marked, mut declares) = (false, false);
        for line in head.split(|&byte| byte == b'\n').take(FIRST) {
            let line = line.trim_ascii();
            if line.starts_with(b"#") {
                is_marked |= line.starts_with(b"#text=") || line.starts_with(b"#id=");
                declares |= !is_marked && line.contains(&b'|');
                continue;
            }
            if line.is_empty() {
                continue;
            }
            let id = line.split(|&byte| byte == b'\t').next()?;
            let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
            let mut parts = id.split(|&byte| byte == b'-');
            let (first, second, more) = (parts.next()?, parts.next(), parts.next());
            return match (is_marked && line.contains(&b'\t') && is_number(first), second, more) {
                (true, None, None) if !declares => Some(Self::One),
                (true, Some(second), None) if is_number(second) => Some(Self::Two),
                _ => None,
            };
        }
        None
    }
}

/// A column after the token.
enum Column {
    /// A feature of the layer with this index.
    Feature(usize, String),
    /// The start of a relation of the layer with this index, which has the features before it.
    Start(usize),
    /// A linguistic one.
    Left,
}

/// A passage.
struct Passage {
    layer: usize,
    line: usize,
    range: (usize, usize),
    values: Vec<(String, String)>,
}

/// A relation: its line, layer, kind, and the tokens at its start and its end.
type Relation<'a> = (usize, usize, String, &'a str, &'a str);

/// An annotation of one token.
#[derive(Default)]
struct Mark<'a> {
    begins: bool,
    goes_on: bool,
    values: Vec<(&'a str, &'a str)>,
    start: Option<&'a str>,
}

struct Reader<'a> {
    input: &'a Input<'a>,
    text: String,
    /// The length of the text so far, in characters, and the byte from which the next token is searched.
    at: (usize, usize),
    layers: Vec<Layer>,
    passages: Vec<Passage>,
    relations: Vec<Relation<'a>>,
    /// The passage that may go on, by layer and position in the stack.
    open: HashMap<(usize, usize), usize>,
    /// The first passage of a layer at a token.
    begin: HashMap<(usize, &'a str), usize>,
    draft: Draft,
    losses: Losses,
}

/// Reads a file.
pub(super) fn read(input: &Input<'_>, content: &str, version: Older) -> Draft {
    let (mut layers, mut columns) = (Vec::new(), Vec::new());
    if version == Older::One {
        layers.push(Layer::of_spans(NAMES.0, &[NAMES.1]));
        let kind = |column| {
            if column == NAMES.2 - 2 { Column::Feature(0, NAMES.1.to_owned()) } else { Column::Left }
        };
        columns.extend((0..COLUMNS - 2).map(kind));
    }
    let lines: Vec<(usize, &str)> = (1..).zip(content.lines()).collect();
    let declarations = lines.iter().map(|(_, line)| line.trim());
    let declarations = declarations.filter(|line| line.starts_with('#') && line.contains('|'));
    for line in declarations.filter(|line| !line.starts_with("#text=") && version == Older::Two) {
        declare(line, &mut layers, &mut columns);
    }
    let mut reader = Reader {
        input,
        text: String::new(),
        at: (0, 0),
        layers,
        passages: Vec::new(),
        relations: Vec::new(),
        open: HashMap::new(),
        begin: HashMap::new(),
        draft: Draft::default(),
        losses: Losses::default(),
    };
    let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let sentences = lines.split(|(_, line)| line.trim().is_empty());
    for sentence in sentences {
        let text = sentence.iter().find_map(|(_, line)| line.trim().strip_prefix("#text="));
        let rows = sentence.iter().filter(|(_, line)| is_row(&line.trim()));
        let rows: Vec<(usize, Vec<&str>)> =
            rows.map(|(at, line)| (*at, line.split('\t').collect())).collect();
        reader.sentence(text, &rows, &columns, version);
    }
    reader.finish()
}

/// Reads a declaration of version 2: `# LAYER | FEATURE | AttachTo=LAYER # LAYER …`.
fn declare(line: &str, layers: &mut Vec<Layer>, columns: &mut Vec<Column>) {
    for layer in line.split('#').map(str::trim).filter(|layer| !layer.is_empty()) {
        let mut parts = layer.split('|').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        if Layer::is_grammar(name) {
            columns.extend(parts.iter().map(|_| Column::Left));
            continue;
        }
        let at = layers.len();
        let base = parts.iter().find_map(|part| part.strip_prefix("AttachTo="));
        let features: Vec<&str> =
            parts.iter().filter(|part| !part.starts_with("AttachTo=")).copied().collect();
        columns.extend(features.iter().map(|feature| Column::Feature(at, (*feature).to_owned())));
        columns.extend(base.map(|_| Column::Start(at)));
        layers.push(Layer { joins: base.map(str::to_owned), ..Layer::of_spans(name, &features) });
    }
}

impl<'a> Reader<'a> {
    fn sentence(
        &mut self,
        text: Option<&str>,
        rows: &[(usize, Vec<&'a str>)],
        columns: &'a [Column],
        version: Older,
    ) {
        if rows.is_empty() {
            return;
        }
        let words: Vec<&str> =
            rows.iter().map(|(_, cells)| cells.get(1).copied().unwrap_or_default()).collect();
        let from = self.text.len();
        // The text of the sentence if all tokens are in it, in their order.
        let mut rest = text.unwrap_or_default();
        let is_whole = words.iter().all(|word| match rest.find(word) {
            Some(at) => {
                rest = &rest[at + word.len()..];
                true
            }
            None => false,
        });
        match text.filter(|_| is_whole) {
            Some(text) => self.text.push_str(text),
            None => self.text.push_str(&words.join(" ")),
        }
        self.text.push('\n');
        self.at = (self.at.0 + self.text[self.at.1..from].chars().count(), from);
        for ((line, cells), word) in rows.iter().zip(words) {
            if cells.len() < 2 || word.is_empty() {
                let why = RecordFault::Row(shorten(&cells.join(" "), 40));
                self.draft.problems.push(self.input.refused(Some(*line), why));
                continue;
            }
            let (before, at) = self.at;
            let Some(found) = self.text[at..].find(word).map(|found| at + found) else { continue };
            let start = before + self.text[at..found].chars().count();
            let end = start + word.chars().count();
            self.at = (end, found + word.len());
            // Files with fewer columns than version 1 has the names in the last one.
            let few = [&cells[..2], &["_", "_"], &cells[cells.len() - 1..]].concat();
            let is_short = version == Older::One && cells.len() < COLUMNS - 1 && cells.len() > 2;
            let cells = if is_short { &few } else { cells };
            self.row(*line, cells, (start, end), columns);
        }
    }

    fn row(&mut self, line: usize, cells: &[&'a str], place: (usize, usize), columns: &'a [Column]) {
        let mut stacks: HashMap<usize, Vec<Mark<'a>>> = HashMap::new();
        for (column, cell) in columns.iter().zip(&cells[2..]) {
            let cell = cell.trim();
            let layer = match column {
                Column::Left => {
                    self.losses.add(AnnotationLoss::Grammar, usize::from(!matches!(cell, "" | "_" | "O")));
                    continue;
                }
                Column::Feature(layer, _) | Column::Start(layer) => *layer,
            };
            let stack = stacks.entry(layer).or_default();
            for (at, part) in cell.split('|').enumerate() {
                if stack.len() <= at {
                    stack.push(Mark::default());
                }
                stack[at].take(column, part, &self.layers[layer].name);
            }
        }
        for layer in 0..self.layers.len() {
            let marks = stacks.remove(&layer).unwrap_or_default();
            let length = marks.len();
            for (at, mark) in marks.into_iter().enumerate() {
                self.mark(line, cells[0], (layer, at), mark, place);
            }
            self.open.retain(|(open, at), _| *open != layer || *at < length);
        }
    }

    fn mark(
        &mut self,
        line: usize,
        token: &'a str,
        (layer, at): (usize, usize),
        mark: Mark<'a>,
        place: (usize, usize),
    ) {
        if self.layers[layer].joins.is_some() {
            if let Some(start) = mark.start {
                let kind = mark.values.first().map_or_else(|| self.layers[layer].short(), |(_, value)| value);
                self.relations.push((line, layer, kind.to_owned(), start, token));
            }
            return;
        }
        if mark.goes_on
            && let Some(&open) = self.open.get(&(layer, at))
        {
            self.passages[open].range.1 = place.1;
            return;
        }
        if !mark.begins && !mark.goes_on {
            self.open.remove(&(layer, at));
        }
        if !mark.begins && !mark.goes_on && mark.values.is_empty() && mark.start.is_none() {
            return;
        }
        let values = mark.values.iter().filter(|(_, value)| !value.is_empty());
        let values = values.map(|(feature, value)| ((*feature).to_owned(), (*value).to_owned()));
        let number = self.passages.len();
        self.passages.push(Passage { layer, line, range: place, values: values.collect() });
        self.begin.entry((layer, token)).or_insert(number);
        if mark.begins || mark.goes_on {
            self.open.insert((layer, at), number);
        }
    }

    fn finish(mut self) -> Draft {
        let (annotator, id) = whose(self.input);
        let mut links = Vec::new();
        for (line, layer, kind, from, to) in std::mem::take(&mut self.relations) {
            let joins = self.layers[layer].joins.as_ref();
            let base = self.layers.iter().position(|l| l.joins.is_none() && Some(&l.name) == joins);
            let find = |token| self.begin.get(&(base?, token)).map(ToString::to_string);
            match find(from).zip(find(to)) {
                Some((from, to)) => {
                    links.push(DraftLink { line: Some(line), kind, from, to, ..DraftLink::default() });
                }
                None => self.losses.add(AnnotationLoss::UnjoinedLinks, 1),
            }
        }
        let flags = flags(self.passages.iter().flat_map(|passage| &passage.values));
        let spans = self.passages.into_iter().enumerate().map(|(number, passage)| {
            let span = DraftSpan {
                line: Some(passage.line),
                id: Some(number.to_string()),
                annotator: annotator.clone(),
                ranges: vec![range(passage.range.0, passage.range.1)],
                ..DraftSpan::default()
            };
            with_values(span, &self.layers[passage.layer], passage.values, &flags)
        });
        let spans = spans.collect();
        let document =
            DraftDocument { id, text: self.text, rebuilt: true, spans, links, ..DraftDocument::default() };
        Draft { documents: vec![document], losses: self.losses.report(), ..self.draft }
    }
}

impl<'a> Mark<'a> {
    /// Adds a part of a cell.
    fn take(&mut self, column: &'a Column, part: &'a str, layer: &str) {
        let Column::Feature(_, feature) = column else {
            self.start = Some(part).filter(|part| !matches!(*part, "" | "_"));
            return;
        };
        let (letter, value) = match part.split_at_checked(2) {
            Some(("B-" | "B_", value)) => ('B', value),
            Some(("I-" | "I_", value)) => ('I', value),
            Some(("O-", _)) => return,
            _ if matches!(part, "" | "_" | "O" | "-") => return,
            _ => ('S', part),
        };
        self.begins |= letter == 'B';
        self.goes_on |= letter == 'I';
        // A feature without a value has the name of the layer.
        let is_set = value != "_" && !value.starts_with(layer);
        self.values.push((feature, if is_set { value } else { "" }));
    }
}
