//! The categories that coders confuse most often.

use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::agreement::{Agreement, DrillDown, SegmentCache, spans_behind};
use crate::citation::reference;
use crate::context::shorten;
use crate::words::report as words;
use demarche_model::{AnnotatorId, CategoryId, Project, SpanRef};

/// Number of confusions that are listed.
const MOST: usize = 10;

/// Number of quotes of each.
const QUOTES: usize = 2;

/// Length of a quote, in characters.
const CHARACTERS: usize = 140;

/// Two categories that two coders have given to the same passages.
struct Confusion<'a> {
    coders: [&'a AnnotatorId; 2],
    categories: [&'a CategoryId; 2],
    count: usize,
}

/// The table of confusions.
pub(crate) fn part(project: &Project, agreed: &Agreement) -> Part {
    let mut part = Part::new("confusions", Numbered::SecondTable, words::CONFUSIONS_TITLE);
    let confusions = most_frequent(agreed);
    if confusions.is_empty() {
        part.sentence = words::NO_CONFUSIONS.to_owned();
        return part;
    }
    let [passages, quotes] = words::CONFUSIONS;
    let heads = words::CONFUSED.map(Column::text);
    let mut table = Table::with(heads.into_iter().chain([Column::number(passages), Column::text(quotes)]));
    let segments = SegmentCache::default();
    for confusion in &confusions {
        let coder = |at: usize| project.name_of(confusion.coders[at]);
        let name = |at: usize| project.codebook().name_of(confusion.categories[at]);
        let mut quotes = quotes_of(project, agreed, confusion, &segments).into_iter();
        let values = [0, 1].map(|at| Value::text(words::given_by(name(at), coder(at))));
        let first = quotes.next().unwrap_or_default();
        table.line(LineKind::Body, values.into_iter().chain([Value::Count(confusion.count), first]));
        for quote in quotes {
            table.line(LineKind::Body, [Value::blank(), Value::blank(), Value::blank(), quote]);
        }
    }
    part.table = Some(table);
    part.notes.push(words::CONFUSIONS_NOTE.to_owned());
    part
}

/// The most frequent confusions; of those that are as frequent, the first in the order of the codebook. What only one coder
/// has tagged is none.
fn most_frequent(agreed: &Agreement) -> Vec<Confusion<'_>> {
    let mut all: Vec<Confusion<'_>> = Vec::new();
    for matrix in &agreed.confusions {
        for (&(row, column), &count) in matrix.cells.iter().filter(|((row, column), _)| row != column) {
            if let (Some(one), Some(other)) = (agreed.categories.get(row), agreed.categories.get(column)) {
                let coders = [&matrix.first, &matrix.second];
                all.push(Confusion { coders, categories: [one, other], count });
            }
        }
    }
    all.retain(|confusion| confusion.count > 0);
    all.sort_by_key(|confusion| std::cmp::Reverse(confusion.count));
    all.truncate(MOST);
    all
}

/// The first passages of the first coder, in the order of the documents and of the text.
fn quotes_of(
    project: &Project,
    agreed: &Agreement,
    confusion: &Confusion<'_>,
    segments: &SegmentCache,
) -> Vec<Value> {
    let [first, second] = confusion.coders;
    let [row, column] = confusion.categories;
    let cell = DrillDown::Cell {
        first: first.clone(),
        second: second.clone(),
        row: Some(row.clone()),
        column: Some(column.clone()),
    };
    let mut spans: Vec<SpanRef> = spans_behind(project, &agreed.question, &cell, segments);
    spans.retain(|at| at.layer.annotator.whole() == *first);
    let place = |at: &SpanRef| {
        let start = project.span(at).map(|span| span.ranges.start());
        (project.position(&at.layer.document), start, at.span)
    };
    spans.sort_by_key(place);
    let quote = |at: &SpanRef| {
        let (document, span) = (project.document(&at.layer.document)?, project.span(at)?);
        Some(Value::Quote {
            words: shorten(&span.quote(document.text.as_ref()?), CHARACTERS),
            source: reference(document, span.ranges.cover()),
        })
    };
    spans.iter().filter_map(quote).take(QUOTES).collect()
}
