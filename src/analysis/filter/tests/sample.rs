//! A small project to filter, and facts that are read from its tags.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use demarche_model::*;

use super::super::{Corpus, Facts, Filter, Passage, Property, Views};
use crate::bargain::{AskState, DayRange};

/// The saved views of the sample.
pub(super) fn views() -> Views {
    let views = [
        ("fees", "issue:fees"),
        ("hard", "role:demand,threat view:fees"),
        ("mine", "coder:ana role:demand"),
        ("round", "view:trip"),
        ("trip", "-(actor:Estmark view:round)"),
        ("broken", "role:"),
        ("stale", "issue:tariffs"),
    ];
    views.into_iter().map(|(name, filter)| (name.to_owned(), filter.to_owned())).collect()
}

/// A category with a role, below another one.
fn category(id: &str, name: &str, role: &str, parent: Option<&str>) -> Arc<Category> {
    let mut category = Category::new(id.into(), name, Colour::nth(0));
    category.parent = parent.map(CategoryId::from);
    if !role.is_empty() {
        category.codes.insert("MOVE".into(), vec![role.into()]);
    }
    Arc::new(category)
}

pub(super) fn codebook() -> Codebook {
    let attribute = |id: &str, name: &str, kind| Arc::new(AttributeDef::new(id.into(), name, kind));
    Codebook {
        categories: vec![
            category("demand", "Demand", "demand", None),
            category("ultimatum", "Ultimatum", "", Some("demand")),
            category("offer", "Offer", "offer", None),
            category("threat", "Threat", "threat", None),
            category("deed", "Deed", "deed-", None),
            category("remark", "Remark", "", None),
        ],
        attributes: vec![
            attribute("actor", "Actor", AttributeKind::Actors),
            attribute("target", "Target", AttributeKind::Actors),
            attribute("issue", "Issue", AttributeKind::Issue),
            attribute("when", "When", AttributeKind::Date),
            attribute("voice", "Voice", AttributeKind::Choice(vec!["quoted".into(), "own voice".into()])),
            attribute("position", "Position", AttributeKind::Number),
            attribute("negated", "Negated", AttributeKind::Flag),
            attribute("aside", "Aside", AttributeKind::Text),
            attribute("time", "Time", AttributeKind::Choice(vec!["past".into(), "present".into()])),
        ],
        link_kinds: vec![
            Arc::new(LinkKind::new("responds-to".into(), "responds to", "")),
            Arc::new(LinkKind::new("repeats".into(), "repeats", "")),
        ],
        aliases: [("claim".into(), "demand".into())].into(),
    }
}

pub(super) fn document(id: &str, title: &str, date: Option<&str>, text: &str) -> Document {
    let text = Arc::new(Text::new(text));
    let meta = DocumentMeta {
        id: id.into(),
        title: title.to_owned(),
        date: date.and_then(Date::parse),
        author: if id == "d1" { "Ida Holt".to_owned() } else { String::new() },
        source: "Gazette".to_owned(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Versions::default(),
        sets: Default::default(),
    };
    Document::new(meta, text)
}

pub(super) fn id(number: u128) -> SpanId {
    SpanId(Uuid::from_u128(number))
}

/// A passage on the first occurrence of some words.
pub(super) fn span(number: u128, category: &str, text: &Text, words: &str, tags: &[(&str, Value)]) -> Span {
    let start = text.as_str().find(words).unwrap();
    let ranges = Ranges::one(TextRange::new(start, start + words.len())).unwrap();
    let mut span = Span::new(id(number), category.into(), ranges, Stamp(1_773_478_440));
    span.attributes = tags.iter().map(|(id, value)| (AttributeId::from(*id), value.clone())).collect();
    span
}

pub(super) fn names(names: &[&str]) -> Value {
    Value::Choices(names.iter().map(|name| (*name).into()).collect())
}

pub(super) fn link(number: u128, kind: &str, from: u128, to_document: &str, to: u128) -> Link {
    Link {
        id: LinkId(Uuid::from_u128(number)),
        kind: kind.into(),
        from: id(from),
        to_document: to_document.into(),
        to: id(to),
        created: Stamp(0),
    }
}

const FIRST: &str = "Lift the fees now. Or we leave.\n\nWe offer the port. Survey data follow. It rained.";
const SECOND: &str = "Estmark said: we accept the port. Fees stay.";

/// The first document, of which Ana has tagged 1–5 and Ben 11.
fn first_document() -> Document {
    let choice = |text: &str| Value::Choice(text.into());
    let mut first = document("d1", "Press briefing, 18 February", Some("2026-02-18"), FIRST);
    let text = first.text.clone().unwrap();
    let estmark = ("actor", names(&["Estmark"]));
    let mut noted = span(4, "remark", &text, "Survey data", &[("aside", Value::Text("as they say".into()))]);
    noted.note = "check the figures".to_owned();
    let spans = [
        span(
            1,
            "ultimatum",
            &text,
            "Lift the fees now.",
            &[estmark.clone(), ("issue", choice("transit fees"))],
        ),
        span(2, "threat", &text, "Or we leave.", &[estmark, ("voice", choice("quoted"))]),
        span(
            3,
            "offer",
            &text,
            "We offer the port.",
            &[
                ("actor", names(&["Norvania", "Estmark"])),
                ("target", choice("none")),
                ("issue", choice("port access")),
                ("position", Value::Number(-2.5)),
            ],
        ),
        noted,
        span(
            5,
            "remark",
            &text,
            "rained",
            &[("when", Value::Date("2026".into())), ("negated", Value::Flag(true))],
        ),
    ];
    let ana = Layer::new(Status::Done, spans, [link(100, "repeats", 2, "d1", 1)], []);
    let ben = [span(11, "demand", &text, "Lift the fees", &[])];
    first.layers.insert("ana".into(), Arc::new(ana));
    first.layers.insert("ben".into(), Arc::new(Layer::new(Status::New, ben, [], [])));
    let verdict = |span, verdict| {
        let decision =
            Decision { verdict: Some(verdict), ..Decision::empty("ana".into(), id(span), Stamp(0)) };
        (id(span), Arc::new(decision))
    };
    let review = Review::of_decisions([verdict(1, Verdict::Accepted), verdict(2, Verdict::Rejected)]);
    first.reviews.insert("lena".into(), Arc::new(review));
    first
        .reviews
        .insert(AnnotatorId::consensus(), Arc::new(Review::of_decisions([verdict(3, Verdict::Rejected)])));
    first
}

/// The second document, of which Ana has tagged 21 and Ben 22.
fn second_document() -> Document {
    let choice = |text: &str| Value::Choice(text.into());
    let mut second = document("d2", "Communiqué", None, SECOND);
    let text = second.text.clone().unwrap();
    let answer = span(21, "deed", &text, "we accept the port", &[("issue", choice("fees"))]);
    let ana = Layer::new(Status::New, [answer], [link(101, "responds-to", 21, "d1", 3)], []);
    let ben = Layer::new(
        Status::New,
        [span(22, "threat", &text, "Fees stay.", &[])],
        [link(102, "responds-to", 22, "d1", 1)],
        [],
    );
    second.layers.insert("ana".into(), Arc::new(ana));
    second.layers.insert("ben".into(), Arc::new(ben));
    second
}

/// Two documents. In the first, Ana has tagged 1–5 and Ben 11; in the second, Ana 21 and Ben 22.
pub(super) fn project() -> Project {
    let people = [("ana", "Ana Reyes"), ("ben", "Ben"), ("lena", "Lena")];
    let people = people.map(|(id, name)| Annotator::new(id.into(), name, Colour::nth(0)));
    let actors = ["Estmark", "Norvania", "Skippers’ union", "none"].map(str::to_owned);
    let issues = ["fees", "transit fees", "port access"].map(str::to_owned);
    let relations = Relations {
        issues_below: [("transit fees".to_owned(), "fees".to_owned())].into(),
        ..Relations::default()
    };
    let unread = Document::unloaded(document("d3", "Not read", Some("2026"), "").meta);
    Project::assemble(
        "Talks".into(),
        people.to_vec(),
        actors.to_vec(),
        issues.to_vec(),
        codebook(),
        vec![first_document(), second_document(), unread],
    )
    .with_relations(relations)
}

/// Facts that are read from tags, and states that are given.
#[derive(Default)]
pub(super) struct Tags {
    pub asks: BTreeMap<SpanId, AskState>,
    pub ledger_revision: u64,
}

fn entries<'a>(at: Passage<'a>, attribute: &str) -> impl Iterator<Item = &'a str> {
    let value = at.span.attributes.get(&AttributeId::from(attribute));
    value.into_iter().flat_map(Value::choices).map(|name| name.as_str())
}

impl Facts for Tags {
    fn is(&self, at: Passage<'_>, property: Property) -> bool {
        let is_denied = at.span.attributes.get(&"negated".into()) == Some(&Value::Flag(true));
        match property {
            Property::Denied => is_denied,
            Property::Move => !is_denied,
            Property::Ask => self.asks.contains_key(&at.span.id),
            _ => false,
        }
    }

    fn ask(&self, at: Passage<'_>) -> Option<AskState> {
        self.asks.get(&at.span.id).copied()
    }

    fn actors<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str> {
        entries(at, "actor")
    }

    fn targets<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str> {
        entries(at, "target")
    }

    fn issues<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str> {
        entries(at, "issue")
    }

    fn date(&self, at: Passage<'_>) -> Option<DayRange> {
        self.when(at).or_else(|| ().date(at))
    }

    fn when(&self, at: Passage<'_>) -> Option<DayRange> {
        let value = at.span.attributes.get(&"when".into())?;
        Date::parse(&value.text()).as_ref().map(DayRange::from_date)
    }

    fn settings_revision(&self) -> u64 {
        0
    }

    fn ledger_revision(&self) -> u64 {
        self.ledger_revision
    }
}

/// The numbers of the passages of Ana and Ben that pass a filter, in both documents.
pub(super) fn numbers(filter: &str, project: &Project, facts: &impl Facts) -> Vec<u128> {
    let bound = Filter::parse(filter).unwrap().bind(project, &views()).unwrap();
    let corpus = Corpus { project, visible: &Visibility::default(), facts };
    let passing = |document: &Arc<Document>| bound.passing(corpus, document, &["ana".into(), "ben".into()]);
    let layers = project.documents().iter().flat_map(|document| passing(document).layers);
    layers.flat_map(|layer| layer.spans).map(|span| span.0.as_u128()).collect()
}
