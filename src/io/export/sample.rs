//! A small project with everything that is difficult for exports.

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use demarche_model::{
    Annotator, AttributeDef, AttributeKind, Attributes, Category, CategoryId, Codebook, Colour, Date,
    Document, DocumentMeta, Edit, LayerId, Link, LinkId, LinkKind, Origin, Project, Ranges, Span, SpanId,
    Stamp, Text, TextRange, Value,
};

/// 2026-03-14 09:00 UTC.
pub(crate) const NOW: Stamp = Stamp(1_773_478_800);

pub(crate) const FIRST: &str = "=SUM(A1) opens this 👩‍👩‍👧 text.\nThe e\u{301}lan \u{2014} 한국어 위협은 here.\n\
    \tTabs,\tand \"quotes\".\nשלום עולם is said; +1 follows, - too, @home. *Stars* [and] <more> | pipes.\n";
pub(crate) const SECOND: &str = "Second text, without a span.\n";

/// Returns a category for tests.
pub(crate) fn category(id: &str, name: &str, parent: Option<&str>) -> Category {
    Category { parent: parent.map(CategoryId::new), ..Category::new(id.into(), name, Colour::nth(0)) }
}

fn attribute(id: &str, kind: AttributeKind) -> Arc<AttributeDef> {
    let (id, name) = (id.into(), id.to_owned());
    Arc::new(AttributeDef::new(id, name, kind))
}

/// Returns the codebook of the sample.
pub(crate) fn codebook() -> Codebook {
    let categories = [
        category("move", "Move", None),
        category("threat", "Threat", Some("move")),
        category("offer", "Offer", None),
    ];
    Codebook {
        categories: categories.map(Arc::new).into(),
        attributes: vec![
            attribute("actor", AttributeKind::Actor),
            attribute("note", AttributeKind::Text),
            attribute("weight", AttributeKind::Number),
            attribute("conditional", AttributeKind::Flag),
            attribute("due", AttributeKind::Date),
            attribute("issues", AttributeKind::Choices(vec!["fees".into(), "port".into()])),
        ],
        link_kinds: vec![Arc::new(LinkKind::new("responds-to".into(), "responds to", ""))],
        ..Codebook::default()
    }
}

/// Returns a document with a text.
pub(crate) fn document(id: &str, title: &str, text: &str) -> Arc<Document> {
    let text = Arc::new(Text::new(text));
    let meta = DocumentMeta {
        id: id.into(),
        title: title.to_owned(),
        date: Date::parse("2026-03-14"),
        author: String::new(),
        source: "Ministry, \"Halden\"".to_owned(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Default::default(),
        sets: Default::default(),
    };
    Arc::new(Document::new(meta, text))
}

/// Returns a span over all the given words, each at its first occurrence in the text.
pub(crate) fn span(id: u128, category: &str, text: &str, words: &[&str]) -> Span {
    let range = |words: &&str| {
        let start = text.find(words).expect("the words are in the text");
        TextRange { start, end: start + words.len() }
    };
    Span {
        id: SpanId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + id)),
        category: category.into(),
        ranges: Ranges::new(words.iter().map(range)).expect("not empty"),
        attributes: Attributes::new(),
        note: String::new(),
        created: NOW,
        modified: Stamp(NOW.0 + 60),
        provenance: None,
    }
}

/// Returns a project with two documents, two annotators, and spans over everything difficult.
pub(crate) fn project() -> Project {
    let mut project = Project::new("Harbour *talks*", codebook());
    let mut apply = |edit| project.apply(edit).expect("the sample is sound");
    for (at, (id, name)) in [("ben", "Ben"), ("ana", "Ana 한")].into_iter().enumerate() {
        let annotator = Annotator::new(id.into(), name, Colour::nth(at));
        apply(Edit::SetAnnotator { id: id.into(), to: Some((at, annotator)) });
    }
    apply(Edit::InsertDocument { at: 0, document: document("d001", "Briefing, 14 March", FIRST) });
    apply(Edit::InsertDocument { at: 1, document: document("d002", "@Memo", SECOND) });
    let ana = LayerId::new(&"d001".into(), &"ana".into());
    let mut rich = span(1, "threat", FIRST, &["👩‍👩‍👧 text", "e\u{301}lan", "위협"]);
    rich.note = "two\nlines, \"quoted\"".to_owned();
    rich.attributes = Attributes::from([
        ("actor".into(), Value::Choice("Norvania".into())),
        ("note".into(), Value::Text("=1+1".into())),
        ("weight".into(), Value::Number(-2.5)),
        ("conditional".into(), Value::Flag(true)),
        ("due".into(), Value::Date("2026-04-01".into())),
        ("issues".into(), Value::Choices(BTreeSet::from(["fees".into(), "port".into()]))),
    ]);
    let spans = [
        rich,
        span(2, "offer", FIRST, &["=SUM(A1) opens"]),
        span(3, "threat", FIRST, &["here.\n\tTabs,\tand \"quotes\"."]),
        span(4, "offer", FIRST, &["שלום עולם"]),
        span(5, "move", FIRST, &["+1 follows"]),
        span(6, "move", FIRST, &["@home. *Stars* [and] <more> | pipes"]),
        span(7, "move", FIRST, &["\tTabs,"]),
    ];
    for span in spans {
        apply(Edit::SetSpan { layer: ana.clone(), id: span.id, to: Some(Arc::new(span)) });
    }
    let ben = span(8, "threat", FIRST, &["한국어"]);
    let layer = LayerId::new(&"d001".into(), &"ben".into());
    apply(Edit::SetSpan { layer, id: ben.id, to: Some(Arc::new(ben.clone())) });
    let link = Link {
        id: LinkId(Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0001)),
        kind: "responds-to".into(),
        from: span(2, "offer", FIRST, &["=SUM(A1) opens"]).id,
        to_document: "d001".into(),
        to: ben.id,
        created: NOW,
    };
    apply(Edit::SetLink { layer: ana, id: link.id, to: Some(Arc::new(link)) });
    project
}
