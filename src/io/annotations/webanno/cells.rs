//! The reader of passages and relations in the cells of rows.

use std::collections::HashMap;

use super::schema::{Column, Schema};
use super::spans::{flags, range, with_values};
use super::text::Row;
use crate::annotations::importer::Input;
use crate::annotations::refusal::{LinkFault, Refusal};
use crate::annotations::{DraftLink, DraftSpan};
use crate::export::webanno::{split, unescape};
use crate::loss::{AnnotationLoss, Losses};
use crate::{Loss, Problem};
use demarche_analysis::context::shorten;

/// The content of the rows.
pub(super) struct Read {
    pub spans: Vec<DraftSpan>,
    pub links: Vec<DraftLink>,
    pub problems: Vec<Problem>,
    pub losses: Vec<Loss>,
}

/// A passage whose rows are being read.
struct Passage {
    layer: usize,
    line: usize,
    start: usize,
    end: usize,
    values: Vec<(String, String)>,
}

/// A slot of a passage.
struct Slot<'a> {
    /// The passage that has it.
    host: usize,
    /// Its role, or the feature if it has none.
    kind: String,
    /// The layer, unit and number of the passage that fills it; no number for the only one.
    layer: &'a str,
    unit: &'a str,
    number: Option<usize>,
}

/// A relation in its row.
struct Relation<'a> {
    line: usize,
    layer: usize,
    kind: Option<String>,
    /// The units at its end and at its start, with the numbers of the passages there; 0 for the only one.
    to: &'a str,
    from: &'a str,
    numbers: (usize, usize),
}

/// A reader of rows.
pub(super) struct Reader<'a> {
    input: &'a Input<'a>,
    schema: &'a Schema,
    passages: Vec<Passage>,
    relations: Vec<Relation<'a>>,
    slots: Vec<Slot<'a>>,
    /// Passages by layer and number.
    numbered: HashMap<(usize, usize), usize>,
    /// Passages by their first unit and layer.
    begin: HashMap<(&'a str, usize), usize>,
    problems: Vec<Problem>,
    losses: Losses,
}

/// The values of a layer in a row: for each stacked annotation, its features or the start of a relation.
#[derive(Default)]
struct Stack<'r> {
    number: Option<usize>,
    values: Vec<(&'r str, &'r str)>,
    source: Option<&'r str>,
    /// The feature and the roles of slots.
    roles: Vec<(&'r str, Vec<&'r str>)>,
    /// The layer and units of what fills them.
    fillers: Vec<(&'r str, Vec<&'r str>)>,
}

impl<'a> Reader<'a> {
    pub fn new(input: &'a Input<'a>, schema: &'a Schema) -> Self {
        Self {
            input,
            schema,
            passages: Vec::new(),
            relations: Vec::new(),
            slots: Vec::new(),
            numbered: HashMap::new(),
            begin: HashMap::new(),
            problems: Vec::new(),
            losses: Losses::default(),
        }
    }

    /// Adds a problem in a line.
    pub fn refuse(&mut self, line: usize, why: impl Into<Refusal>) {
        self.problems.push(self.input.refused(Some(line), why));
    }

    /// Reads a row.
    pub fn row(&mut self, row: &Row<'a>) {
        let mut stacks: Vec<Vec<Stack<'a>>> = Vec::new();
        stacks.resize_with(self.schema.layers.len(), Vec::new);
        let schema = self.schema;
        for (column, cell) in
            schema.columns.iter().zip(&row.cells).filter(|(_, cell)| !matches!(**cell, "_" | ""))
        {
            let layer = match column {
                Column::Left(kind) => {
                    self.losses.add(kind.clone(), 1);
                    continue;
                }
                Column::Feature(layer, _)
                | Column::Source(layer)
                | Column::Role(layer, _)
                | Column::Filler(layer, _) => *layer,
            };
            for (at, part) in split(cell, '|').into_iter().enumerate() {
                if stacks[layer].len() <= at {
                    stacks[layer].push(Stack::default());
                }
                stacks[layer][at].take(column, part);
            }
        }
        for (layer, stack) in stacks.into_iter().enumerate() {
            let joins = schema.layers[layer].joins.is_some();
            for annotation in stack {
                if joins {
                    self.relation(row, layer, annotation)
                } else {
                    self.passage(row, layer, annotation)
                }
            }
        }
    }

    fn passage(&mut self, row: &Row<'a>, layer: usize, stack: Stack<'a>) {
        let known = stack.number.and_then(|number| self.numbered.get(&(layer, number)).copied());
        let at = known.unwrap_or(self.passages.len());
        if known.is_none() {
            self.passages.push(Passage {
                layer,
                line: row.line,
                start: row.start,
                end: row.end,
                values: Vec::new(),
            });
            self.begin.entry((row.id, layer)).or_insert(at);
            if let Some(number) = stack.number {
                self.numbered.insert((layer, number), at);
            }
        }
        if known.is_none() {
            self.slots(at, &stack);
        }
        let passage = &mut self.passages[at];
        passage.end = passage.end.max(row.end);
        for (feature, value) in stack.values {
            // The rows of a passage repeat its features.
            if !passage.values.iter().any(|(known, _)| known == feature) {
                passage.values.push((feature.to_owned(), unescape(value)));
            }
        }
    }

    /// Adds the slots of a new passage.
    fn slots(&mut self, host: usize, stack: &Stack<'a>) {
        for ((feature, roles), (layer, units)) in stack.roles.iter().zip(&stack.fillers) {
            let roles = roles.iter().copied().chain(std::iter::repeat("*"));
            for (unit, role) in units.iter().filter(|unit| !matches!(**unit, "*" | "_" | "")).zip(roles) {
                let (unit, number) = numbered(unit);
                let kind =
                    if matches!(role, "*" | "_" | "") { (*feature).to_owned() } else { unescape(role) };
                let number = number.and_then(|number| number.parse().ok());
                self.slots.push(Slot { host, kind, layer, unit, number });
            }
        }
    }

    fn relation(&mut self, row: &Row<'a>, layer: usize, stack: Stack<'a>) {
        let Some(source) = stack.source else {
            return self.refuse(row.line, LinkFault::NoRelationSource);
        };
        let (from, numbers) = numbered(source);
        let numbers = match numbers.map(|numbers| numbers.split_once('_')) {
            None => Some((0, 0)),
            Some(pair) => pair.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?))),
        };
        let Some(numbers) = numbers else {
            return self.refuse(row.line, LinkFault::RelationSource(shorten(source, 40)));
        };
        let category = self.schema.layers[layer].category.as_deref();
        let kind = stack
            .values
            .iter()
            .find(|(feature, _)| Some(*feature) == category)
            .map(|(_, value)| unescape(value));
        let others = stack.values.len() - usize::from(kind.is_some());
        self.losses.add(AnnotationLoss::RelationFeatures, others);
        self.relations.push(Relation { line: row.line, layer, kind, to: row.id, from, numbers });
    }

    /// Returns everything, with offsets in UTF-16 units.
    pub fn finish(mut self, annotator: Option<&str>) -> Read {
        let mut links = self.links();
        links.extend(self.filled_slots());
        let flags = flags(self.passages.iter().flat_map(|passage| &passage.values));
        let empty = self.passages.iter().filter(|passage| passage.is_empty()).count();
        self.losses.add(AnnotationLoss::EmptyAnnotations, empty);
        let passages = self.passages.into_iter().enumerate().filter(|(_, passage)| !passage.is_empty());
        let spans = passages.map(|(at, passage)| {
            let Passage { layer, line, start, end, values } = passage;
            let span = DraftSpan {
                line: Some(line),
                id: Some(at.to_string()),
                annotator: annotator.map(str::to_owned),
                ranges: vec![range(start, end)],
                ..DraftSpan::default()
            };
            with_values(span, &self.schema.layers[layer], values, &flags)
        });
        Read { spans: spans.collect(), links, problems: self.problems, losses: self.losses.report() }
    }

    /// Returns the slots as links from the passage that has them to the one that fills them.
    fn filled_slots(&mut self) -> Vec<DraftLink> {
        let mut links = Vec::new();
        for slot in std::mem::take(&mut self.slots) {
            let layers = &self.schema.layers;
            let named = layers.iter().position(|layer| layer.joins.is_none() && layer.name == slot.layer);
            // The declared layer may be a general one, such as that of all annotations.
            let all = named.into_iter().chain(0..layers.len());
            let filler = |layer| match slot.number {
                Some(number) => self.numbered.get(&(layer, number)).copied(),
                None => self.begin.get(&(slot.unit, layer)).copied(),
            };
            let filler = { all }.find_map(filler).filter(|to| !self.is_empty(*to));
            match filler.filter(|_| !self.is_empty(slot.host)) {
                Some(to) => links.push(DraftLink {
                    line: Some(self.passages[slot.host].line),
                    kind: slot.kind,
                    from: slot.host.to_string(),
                    to: to.to_string(),
                    ..DraftLink::default()
                }),
                None => self.losses.add(AnnotationLoss::Slots, 1),
            }
        }
        links
    }

    fn is_empty(&self, passage: usize) -> bool {
        self.passages[passage].is_empty()
    }

    fn links(&mut self) -> Vec<DraftLink> {
        let mut links = Vec::new();
        for relation in std::mem::take(&mut self.relations) {
            let layer = &self.schema.layers[relation.layer];
            let joined = |other: &super::schema::Layer| {
                other.joins.is_none() && Some(&other.name) == layer.joins.as_ref()
            };
            let base = self.schema.layers.iter().position(joined);
            let find = |unit: &'a str, number: usize| match number {
                0 => self.begin.get(&(unit, base?)).copied(),
                _ => self.numbered.get(&(base?, number)).copied(),
            };
            let from = find(relation.from, relation.numbers.0);
            let to = find(relation.to, relation.numbers.1);
            let is_lost =
                from.is_some_and(|from| self.is_empty(from)) || to.is_some_and(|to| self.is_empty(to));
            if is_lost {
                self.losses.add(AnnotationLoss::UnjoinedLinks, 1);
            } else if let Some((from, to)) = from.zip(to) {
                links.push(DraftLink {
                    line: Some(relation.line),
                    kind: relation.kind.unwrap_or_else(|| layer.short().to_owned()),
                    from: from.to_string(),
                    to: to.to_string(),
                    ..DraftLink::default()
                });
            } else if base.is_none() {
                self.losses.add(AnnotationLoss::UnjoinedLinks, 1);
            } else {
                let (from, to) = (shorten(relation.from, 20), relation.to.to_owned());
                let why = LinkFault::NotPassages { from, to };
                self.problems.push(self.input.refused(Some(relation.line), why));
            }
        }
        links
    }
}

impl Passage {
    /// Returns whether it covers no words.
    fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

impl<'r> Stack<'r> {
    /// Adds a part of a cell.
    fn take(&mut self, column: &'r Column, part: &'r str) {
        let feature = match column {
            Column::Left(_) => return,
            Column::Source(_) => {
                self.source = Some(part);
                return;
            }
            Column::Filler(_, layer) => {
                self.fillers.push((layer, split(part, ';')));
                return;
            }
            Column::Feature(_, feature) | Column::Role(_, feature) => feature,
        };
        let (value, number) = numbered(part);
        self.number = self.number.or(number.and_then(|number| number.parse().ok()));
        if matches!(column, Column::Role(..)) {
            self.roles.push((feature, split(value, ';')));
        } else if value != "*" {
            self.values.push((feature, value));
        }
    }
}

/// Splits a value from the number in brackets after it.
fn numbered(part: &str) -> (&str, Option<&str>) {
    let bracketed = || {
        let inner = part.strip_suffix(']').filter(|rest| !rest.ends_with('\\'))?;
        inner.rsplit_once('[')
    };
    bracketed().map_or((part, None), |(value, number)| (value, Some(number)))
}
