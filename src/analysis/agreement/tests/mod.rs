//! Whole projects: figures worked out by hand, and laws that hold for any layers.

mod curves;
mod examples;
mod laws;
mod links;
mod measures;
mod standings;
mod unitizing;

use std::sync::Arc;

use super::*;
use demarche_model::{
    AttributeDef, AttributeKind, Attributes, Category, Codebook, Colour, DocumentMeta, Layer, Origin, Ranges,
    Span, SpanId, Stamp, Status, Text, TextRange, Value,
};

pub const CATEGORIES: [&str; 3] = ["demand", "offer", "threat"];

/// A span in short: category, ranges and actor.
pub type Short = (&'static str, Vec<(usize, usize)>, Option<&'static str>);

/// The work of one annotator in a document.
pub type Work = (&'static str, Status, Vec<Short>);

pub fn span(category: &'static str, start: usize, end: usize) -> Short {
    (category, vec![(start, end)], None)
}

/// Builds a project of these texts, with the work of annotators in each.
pub fn project(documents: &[(&str, Vec<Work>)]) -> Project {
    let colour = Colour([0, 0, 0]);
    let attribute = |id: &str, kind| AttributeDef {
        id: id.into(),
        name: id.to_owned(),
        kind,
        categories: vec![],
        default: None,
        hotkey: None,
        definition: String::new(),
        means: Vec::new(),
        unit: None,
    };
    let codebook = Codebook {
        categories: CATEGORIES.iter().map(|id| Arc::new(Category::new((*id).into(), *id, colour))).collect(),
        attributes: vec![
            Arc::new(attribute("actor", AttributeKind::Actor)),
            Arc::new(attribute("reason", AttributeKind::Text)),
        ],
        ..Codebook::default()
    };
    let mut number = 0;
    let documents = documents.iter().enumerate().map(|(place, (text, work))| {
        let text = Arc::new(Text::new(*text));
        let mut document = Document::new(meta(place, &text), text);
        for (annotator, status, spans) in work {
            let spans = spans.iter().map(|short| {
                number += 1;
                make(short, number)
            });
            let layer = Layer::new(*status, spans, [], []);
            document.layers.insert((*annotator).into(), Arc::new(layer));
        }
        document
    });
    Project::assemble(String::new(), vec![], vec![], vec![], codebook, documents.collect())
}

fn meta(place: usize, text: &Text) -> DocumentMeta {
    DocumentMeta {
        id: DocumentId::new(format!("d{place:03}")),
        title: String::new(),
        date: None,
        source: String::new(),
        author: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Default::default(),
        sets: Default::default(),
    }
}

fn make((category, ranges, actor): &Short, number: u128) -> Span {
    let ranges = ranges.iter().map(|&(start, end)| TextRange { start, end });
    let actor = actor.map(|actor| ("actor".into(), Value::Choice(actor.into())));
    Span {
        id: SpanId(uuid::Uuid::from_u128(number)),
        category: (*category).into(),
        ranges: Ranges::new(ranges).unwrap(),
        attributes: Attributes::from_iter(actor),
        note: String::new(),
        created: Stamp(0),
        modified: Stamp(0),
        provenance: None,
    }
}

pub fn ids(annotators: &[&str]) -> Vec<AnnotatorId> {
    annotators.iter().map(AnnotatorId::new).collect()
}

/// Answers a question about these annotators, without intervals.
pub fn answer(project: &Project, annotators: &[&str]) -> Agreement {
    let question = Question { draws: 0, ..Question::new(ids(annotators)) };
    measure(project, &question, &SegmentCache::default(), &()).unwrap()
}

/// Returns the value of a figure; `category` is `""` for all.
pub fn value(answer: &Agreement, measure: Measure, unit: Unit, category: &str, of: &[&str]) -> FigureValue {
    let subject = if category.is_empty() { Subject::Overall } else { Subject::Category(category.into()) };
    answer.figure(measure, unit, &subject, &ids(of)).unwrap().value
}

/// Asserts that two annotators have no figure for a category, and that neither has used it where both have worked.
pub fn check_left_out(
    project: &Project,
    answer: &Agreement,
    (measure, unit, category): (Measure, Unit, &str),
    of: [&str; 2],
) {
    let work = |document: &Document| of.map(|name| document.layers.get(&AnnotatorId::new(name)).cloned());
    let both = project.documents().iter().filter_map(|document| match work(document) {
        [Some(first), Some(second)] => Some([first, second]),
        [..] => None,
    });
    let is_used = both.flatten().any(|layer| layer.spans().any(|span| span.category.as_str() == category));
    assert!(!is_used, "{category} has been used by one of {of:?}");
    let subject = Subject::Category(category.into());
    assert_eq!(answer.figure(measure, unit, &subject, &ids(&of)).map(|figure| figure.value), None);
}
