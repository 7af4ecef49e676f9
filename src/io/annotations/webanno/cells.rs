//! The reader of passages and relations in the cells of rows.

use std::collections::HashMap;

use super::schema::{Column, Schema};
use super::text::Row;
use crate::annotations::importer::Input;
use crate::annotations::refusal::{LinkFault, Refusal};
use crate::annotations::{DraftLink, DraftSpan, DraftValue};
use crate::export::inception::COMMENT;
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
}

impl<'a> Reader<'a> {
    pub fn new(input: &'a Input<'a>, schema: &'a Schema) -> Self {
        Self {
            input,
            schema,
            passages: Vec::new(),
            relations: Vec::new(),
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
            let (layer, feature) = match column {
                Column::Left(kind) => {
                    self.losses.add(kind.clone(), 1);
                    continue;
                }
                Column::Feature(layer, feature) => (*layer, Some(feature.as_str())),
                Column::Source(layer) => (*layer, None),
            };
            for (at, part) in split(cell, '|').into_iter().enumerate() {
                if stacks[layer].len() <= at {
                    stacks[layer].push(Stack::default());
                }
                let stack = &mut stacks[layer][at];
                let Some(feature) = feature else {
                    stack.source = Some(part);
                    continue;
                };
                let (value, number) = numbered(part);
                stack.number = stack.number.or(number.and_then(|number| number.parse().ok()));
                if value != "*" {
                    stack.values.push((feature, value));
                }
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
        let passage = &mut self.passages[at];
        passage.end = passage.end.max(row.end);
        for (feature, value) in stack.values {
            // The rows of a passage repeat its features.
            if !passage.values.iter().any(|(known, _)| known == feature) {
                passage.values.push((feature.to_owned(), unescape(value)));
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
        let links = self.links();
        let offset = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        let spans = self.passages.into_iter().enumerate().map(|(at, passage)| {
            let layer = &self.schema.layers[passage.layer];
            let mut span = DraftSpan {
                line: Some(passage.line),
                id: Some(at.to_string()),
                annotator: annotator.map(str::to_owned),
                category: layer.short().to_owned(),
                ranges: vec![(offset(passage.start), offset(passage.end))],
                ..DraftSpan::default()
            };
            for (feature, value) in passage.values {
                if layer.category.as_ref() == Some(&feature) {
                    span.category = value;
                } else if feature == COMMENT {
                    span.note = value;
                } else {
                    span.attributes.push((feature, DraftValue::Word(value)));
                }
            }
            span
        });
        Read { spans: spans.collect(), links, problems: self.problems, losses: self.losses.report() }
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
            if let Some((from, to)) = from.zip(to) {
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

/// Splits a value from the number in brackets after it.
fn numbered(part: &str) -> (&str, Option<&str>) {
    let bracketed = || {
        let inner = part.strip_suffix(']').filter(|rest| !rest.ends_with('\\'))?;
        inner.rsplit_once('[')
    };
    bracketed().map_or((part, None), |(value, number)| (value, Some(number)))
}
