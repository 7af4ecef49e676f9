//! Builds projects in a few words.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_model::{
    AttributeDef, AttributeKind, Category, Codebook, Colour, Date, Document, DocumentMeta, Layer, Link,
    LinkId, LinkKind, Meaning, Origin, Project, Ranges, Relations, Span, SpanId, Stamp, Status, Text,
    TextRange, Value, Versions,
};
use uuid::Uuid;

/// The categories: one for each role that matters, and one without.
pub(crate) const CATEGORIES: [(&str, Option<&str>); 7] = [
    ("demand", Some("demand")),
    ("offer", Some("offer")),
    ("concession", Some("concession")),
    ("rejection", Some("rejection")),
    ("withdrawal", Some("withdrawal")),
    ("reason", Some("reason")),
    ("note", None),
];

pub(crate) const ACTORS: [&str; 4] = ["A", "B", "C", "Both"];
pub(crate) const ISSUES: [&str; 3] = ["fees", "port", "ship"];

/// A passage to be built.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spec {
    pub category: &'static str,
    pub ranges: Vec<(usize, usize)>,
    pub actors: Vec<&'static str>,
    pub targets: Vec<&'static str>,
    pub issues: Vec<&'static str>,
    pub when: Option<&'static str>,
    pub is_denied: bool,
    pub is_hypothetical: bool,
    pub is_conditional: bool,
    pub is_reported: bool,
    pub fee: Option<f64>,
}

/// A passage of a category at a place in the text, by one actor to another about an issue.
pub(crate) fn spec(
    category: &'static str,
    range: (usize, usize),
    actor: &'static str,
    target: &'static str,
    issue: &'static str,
) -> Spec {
    let one = |name: &'static str| if name.is_empty() { Vec::new() } else { vec![name] };
    Spec {
        category,
        ranges: vec![range],
        actors: one(actor),
        targets: one(target),
        issues: one(issue),
        ..Spec::default()
    }
}

/// A document to be built, with its date and its passages.
pub(crate) type DocumentSpec = (&'static str, Option<&'static str>, Vec<Spec>);

pub(crate) fn span_id(document: usize, span: usize) -> SpanId {
    SpanId(Uuid::from_u128(((document as u128 + 1) << 32) | (span as u128 + 1)))
}

/// A link to be built: its kind, and the near and the far passage, by document and place in the list.
pub(crate) type LinkSpec = (&'static str, (usize, usize), (usize, usize));

/// A project with these documents, whose passages Ana has tagged.
pub(crate) fn project(documents: &[DocumentSpec], links: &[LinkSpec]) -> Project {
    let codebook = codebook();
    let built: Vec<Document> = documents
        .iter()
        .enumerate()
        .map(|(number, (text, date, specs))| {
            let spans = specs.iter().enumerate().map(|(at, spec)| span(span_id(number, at), spec));
            let own = links.iter().enumerate().filter(|(_, (_, from, _))| from.0 == number);
            let link = |(at, (kind, from, to)): (usize, &LinkSpec)| Link {
                id: LinkId(Uuid::from_u128(at as u128 + 1)),
                kind: (*kind).into(),
                from: span_id(from.0, from.1),
                to_document: document_id(to.0).as_str().into(),
                to: span_id(to.0, to.1),
                created: Stamp(0),
            };
            document(number, text, *date, Layer::new(Status::Done, spans, own.map(link), []))
        })
        .collect();
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    let members = [("Both".to_owned(), ["A".to_owned(), "B".to_owned()].into())];
    let relations = Relations {
        members: members.into(),
        persons: [("Osk".to_owned(), "A".to_owned())].into(),
        observers: ["Institute".to_owned()].into(),
        ..Relations::default()
    };
    Project::assemble("Talks".into(), vec![], names(&ACTORS), names(&ISSUES), codebook, built)
        .with_relations(relations)
}

fn document_id(number: usize) -> String {
    format!("d{:03}", number + 1)
}

fn document(number: usize, text: &str, date: Option<&str>, layer: Layer) -> Document {
    let text = Arc::new(Text::new(text));
    let meta = DocumentMeta {
        id: document_id(number).as_str().into(),
        title: String::new(),
        date: date.and_then(Date::parse),
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Versions::default(),
        sets: Default::default(),
    };
    let mut document = Document::new(meta, text);
    document.layers.insert("ana".into(), Arc::new(layer));
    document
}

fn codebook() -> Codebook {
    let category = |(at, (id, role)): (usize, &(&str, Option<&str>))| {
        let mut category = Category::new((*id).into(), *id, Colour::nth(at));
        category.codes.extend(role.map(|role| ("MOVE".into(), vec![role.into()])));
        Arc::new(category)
    };
    let attribute = |id: &str, kind| Arc::new(AttributeDef::new(id.into(), id, kind));
    let time = AttributeKind::Choice(vec!["past".into(), "hypothetical".into()]);
    let fee = AttributeDef {
        means: vec![Meaning::Position],
        ..AttributeDef::new("fee".into(), "Fee", AttributeKind::Number)
    };
    Codebook {
        categories: CATEGORIES.iter().enumerate().map(category).collect(),
        attributes: vec![
            attribute("actor", AttributeKind::Actors),
            attribute("target", AttributeKind::Actors),
            attribute("issue", AttributeKind::Choices(ISSUES.iter().map(|issue| (*issue).into()).collect())),
            attribute("negated", AttributeKind::Flag),
            attribute("conditional", AttributeKind::Flag),
            attribute("time", time),
            attribute("when", AttributeKind::Date),
            Arc::new(fee),
        ],
        link_kinds: vec![
            Arc::new(LinkKind::new("responds-to".into(), "responds to", "")),
            Arc::new(LinkKind::new("repeats".into(), "repeats", "")),
        ],
        ..Codebook::default()
    }
}

fn span(id: SpanId, spec: &Spec) -> Span {
    let ranges = spec.ranges.iter().map(|(start, end)| TextRange::new(*start, *end));
    let mut span = Span::new(id, spec.category.into(), Ranges::new(ranges).unwrap(), Stamp(0));
    let mut set = |name: &str, value: Value| drop(span.attributes.insert(name.into(), value));
    for (name, list) in [("actor", &spec.actors), ("target", &spec.targets), ("issue", &spec.issues)] {
        if !list.is_empty() {
            set(name, Value::Choices(list.iter().map(|entry| (*entry).into()).collect::<BTreeSet<_>>()));
        }
    }
    if spec.is_denied {
        set("negated", Value::Flag(true));
    }
    if spec.is_conditional {
        set("conditional", Value::Flag(true));
    }
    for (is_so, time) in [(spec.is_reported, "past"), (spec.is_hypothetical, "hypothetical")] {
        if is_so {
            set("time", Value::Choice(time.into()));
        }
    }
    if let Some(when) = spec.when {
        set("when", Value::Date(when.into()));
    }
    if let Some(fee) = spec.fee {
        set("fee", Value::Number(fee));
    }
    span
}
