//! Projects with one passage, and additions to them.

use std::sync::Arc;

use uuid::Uuid;

use crate::export::sample;
use demarche_model::{
    Annotator, AnnotatorId, Attributes, Basis, Colour, Comment, Decision, Detached, DetachedReason, Document,
    Edit, Layer, LayerId, Link, LinkId, Project, Provenance, SourceSpan, Span, Value, Verdict,
};

pub(super) const TEXT: &str = "Norvania will suspend the talks.\nThe port reopens on Friday.\n";
pub(super) const OTHER: &str = "Estmark answers the note.\n";

/// A project with one passage and nothing that any format could lose.
pub(super) fn plain() -> Project {
    let mut project = Project::new("Talks", sample::codebook());
    for (at, id) in ["ana", "ben"].into_iter().enumerate() {
        let person = Annotator::new(id.into(), id, Colour::nth(at));
        project.apply(Edit::SetAnnotator { id: id.into(), to: Some((at, person)) }).unwrap();
    }
    project.apply(Edit::InsertDocument { at: 0, document: document("d001", TEXT) }).unwrap();
    add(&mut project, "d001", "ana", sample::span(1, "move", TEXT, &["suspend"]));
    project
}

/// A document titled by its first line, like a text without a title.
pub(super) fn document(id: &str, text: &str) -> Arc<Document> {
    let mut document = (*sample::document(id, text.lines().next().unwrap_or(id), text)).clone();
    (document.meta.date, document.meta.source) = (None, String::new());
    Arc::new(document)
}

pub(super) fn layer_id(document: &str, annotator: &str) -> LayerId {
    LayerId::new(&document.into(), &annotator.into())
}

pub(super) fn add(project: &mut Project, document: &str, annotator: &str, span: Span) {
    let layer = layer_id(document, annotator);
    project.apply(Edit::SetSpan { layer, id: span.id, to: Some(span.into()) }).unwrap();
}

pub(super) fn insert(project: &mut Project, id: &str, text: &str, words: &str) {
    let at = project.documents().len();
    project.apply(Edit::InsertDocument { at, document: document(id, text) }).unwrap();
    add(project, id, "ana", sample::span(9, "move", text, &[words]));
}

/// Changes the only passage.
pub(super) fn change(project: &mut Project, change: impl Fn(&mut Span)) {
    let mut span = Span::clone(spans(project).next().unwrap());
    change(&mut span);
    add(project, "d001", "ana", span);
}

pub(super) fn value(project: &mut Project, attribute: &str, value: Value) {
    let mut span = Span::clone(spans(project).next().unwrap());
    span.attributes = Attributes::from([(attribute.into(), value)]);
    // Files may hold values that no edit produces.
    let layer = Layer::new(Default::default(), [span], [], []);
    project.set_layer_from_disk(&layer_id("d001", "ana"), layer);
}

pub(super) fn choices() -> Value {
    Value::Choices(["fees".into(), "port".into()].into())
}

/// Links the only passage to a new one.
pub(super) fn link(project: &mut Project, document: &str, annotator: &str) {
    let text = if document == "d001" { TEXT } else { OTHER };
    let to = sample::span(2, "offer", text, &[if document == "d001" { "reopens" } else { "answers" }]);
    match document {
        "d001" => add(project, document, annotator, to.clone()),
        _ => {
            insert(project, document, text, "note");
            add(project, document, annotator, to.clone());
        }
    }
    let from = sample::span(1, "move", TEXT, &["suspend"]).id;
    let id = LinkId(Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0001));
    let kind = "responds-to".into();
    let link = Link { id, kind, from, to_document: document.into(), to: to.id, created: sample::NOW };
    project.apply(Edit::SetLink { layer: layer_id("d001", "ana"), id, to: Some(link.into()) }).unwrap();
}

pub(super) fn settle(project: &mut Project) {
    let source = SourceSpan { annotator: "ana".into(), span: sample::span(1, "move", TEXT, &["suspend"]).id };
    let provenance = Provenance {
        from: vec![source],
        over: vec![],
        basis: Basis::Compared,
        by: "ana".into(),
        at: sample::NOW,
    };
    let span = sample::span(3, "move", TEXT, &["suspend"]);
    let span = Span { provenance: Some(Box::new(provenance)), ..span };
    let layer = LayerId::new(&"d001".into(), &AnnotatorId::consensus());
    project.apply(Edit::SetSpan { layer, id: span.id, to: Some(span.into()) }).unwrap();
}

pub(super) fn decide(project: &mut Project) {
    let span = sample::span(1, "move", TEXT, &["suspend"]).id;
    let comment = Comment { author: "ben".into(), at: sample::NOW, text: "No.".to_owned() };
    let decision = Decision {
        verdict: Some(Verdict::Rejected),
        comments: vec![comment],
        ..Decision::empty("ana".into(), span, sample::NOW)
    };
    let (document, reviewer) = ("d001".into(), "ben".into());
    project.apply(Edit::SetDecision { document, reviewer, span, to: Some(decision.into()) }).unwrap();
}

pub(super) fn detach(project: &mut Project) {
    let record = Detached {
        record: "(broken)".to_owned(),
        claim: None,
        reason: DetachedReason::DuplicateId,
        line: 7,
        link: false,
    };
    let layer = layer_id("d001", "ana");
    project.apply(Edit::SetDetached { layer, key: 0, to: Some(record.into()) }).unwrap();
}

pub(super) fn layers(project: &Project) -> impl Iterator<Item = &Arc<Layer>> {
    project.documents().iter().flat_map(|document| document.layers.values())
}

pub(super) fn spans(project: &Project) -> impl Iterator<Item = &Arc<Span>> {
    layers(project).flat_map(|layer| layer.spans())
}

pub(super) fn has_value(project: &Project, attribute: &str, value: &Value) -> bool {
    spans(project).any(|span| span.attributes.get(&attribute.into()) == Some(value))
}

pub(super) fn has_link(project: &Project) -> bool {
    let ends = |link: &Link| {
        let there = project.document(&link.to_document);
        there.is_some_and(|document| document.layers.values().any(|layer| layer.span(link.to).is_some()))
    };
    layers(project).flat_map(|layer| layer.links()).any(|link| ends(link))
}
