use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use crate::*;

const TEXT: &str = "one two three four five six seven";

fn span(id: u128, start: usize, note: &str) -> Span {
    let ranges = Ranges::one(TextRange::new(start, start + 3)).unwrap();
    Span {
        note: note.to_owned(),
        ..Span::new(SpanId(Uuid::from_u128(id)), "demand".into(), ranges, Stamp(0))
    }
}

fn link(id: u128, from: u128, to: u128) -> Link {
    Link {
        id: LinkId(Uuid::from_u128(id)),
        kind: "answers".into(),
        from: SpanId(Uuid::from_u128(from)),
        to_document: "d001".into(),
        to: SpanId(Uuid::from_u128(to)),
        created: Stamp(0),
    }
}

/// A decision under its span.
type Decided = (SpanId, Arc<Decision>);

fn decision(owner: &str, span: u128, at: i64, verdict: Verdict, author: &str) -> Decided {
    let id = SpanId(Uuid::from_u128(span));
    let comment = Comment { author: author.into(), at: Stamp(at), text: format!("{author} {at}") };
    let decision = Decision {
        verdict: Some(verdict),
        comments: vec![comment],
        ..Decision::empty(owner.into(), id, Stamp(at))
    };
    (id, Arc::new(decision))
}

/// A project that lists Ben and Cleo, with these layers and reviews in its only document.
fn project(layers: Vec<(&str, Layer)>, reviews: Vec<(&str, Vec<Decided>)>) -> Project {
    let mut document = fixtures::document("d001", TEXT);
    document.layers.extend(layers.into_iter().map(|(owner, layer)| (owner.into(), Arc::new(layer))));
    for (reviewer, decisions) in reviews {
        let decisions = decisions.into_iter().collect::<BTreeMap<_, _>>();
        document.reviews.insert(reviewer.into(), Arc::new(Review::of_decisions(decisions)));
    }
    let category = Arc::new(Category::new("demand".into(), "Demand", Colour::nth(0)));
    let codebook = Codebook { categories: vec![category], ..Codebook::default() };
    let people = ["ben", "cleo"].map(|id| Annotator::new(id.into(), id, Colour::nth(0))).to_vec();
    Project::assemble(String::new(), people, vec![], vec![], codebook, vec![document])
}

fn layer(status: Status, spans: Vec<Span>, links: Vec<Link>) -> Layer {
    Layer::new(status, spans, links, [])
}

/// Gives what `bo` owns to Ben. Returns the inverse.
fn reassign(project: &mut Project) -> Edit {
    let mut next = 9000;
    let mut new_uuid = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let edit = project.reassign(&"bo".into(), &"ben".into(), &mut new_uuid).unwrap();
    project.apply(edit).unwrap().inverse
}

fn notes(project: &Project, owner: &str) -> Vec<String> {
    let layer = project.documents()[0].layer(&owner.into());
    layer.map_or_else(Vec::new, |layer| layer.spans().map(|span| span.note.clone()).collect())
}

#[test]
fn coders_are_people_listed_then_owners_of_layers() {
    let layers = vec![
        ("zoe", layer(Status::New, vec![span(1, 0, "")], vec![])),
        ("consensus", layer(Status::New, vec![span(2, 0, "")], vec![])),
        ("ben", layer(Status::New, vec![span(3, 0, "")], vec![])),
    ];
    let project = project(layers, vec![("dora", vec![decision("ben", 3, 1, Verdict::Accepted, "dora")])]);
    let ids = |ids: Vec<AnnotatorId>| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(ids(project.coders()), ["ben", "cleo", "zoe"]);
    assert_eq!(ids(project.unlisted_owners().into_iter().collect()), ["dora", "zoe"]);
}

#[test]
fn a_union_keeps_equal_passages_once_and_drops_nothing() {
    let theirs = vec![span(1, 0, "same"), span(2, 4, "other note"), span(3, 8, "only here")];
    let own = vec![span(11, 0, "same"), span(12, 4, "my note")];
    let layers = vec![
        ("bo", layer(Status::Done, theirs, vec![link(1, 3, 1)])),
        ("ben", layer(Status::InProgress, own, vec![])),
        ("cleo", layer(Status::New, vec![span(21, 0, "")], vec![link(2, 21, 1)])),
    ];
    let mut project = project(layers, vec![]);
    let before = project.clone();
    let inverse = reassign(&mut project);
    assert_eq!(notes(&project, "bo"), [""; 0]);
    assert_eq!(notes(&project, "ben"), ["same", "other note", "my note", "only here"]);
    let document = &project.documents()[0];
    let kept = SpanId(Uuid::from_u128(11));
    for owner in ["ben", "cleo"] {
        let links: Vec<SpanId> = document.layer(&owner.into()).unwrap().links().map(|link| link.to).collect();
        assert_eq!(links, [kept], "links of {owner} lead to the copy that was kept");
    }
    assert_eq!(document.layer(&"ben".into()).unwrap().status(), Status::InProgress);
    project.apply(inverse).unwrap();
    assert_eq!(project.documents()[0].layers, before.documents()[0].layers);
}

#[test]
fn passages_with_different_links_are_different() {
    let layers = vec![
        ("bo", layer(Status::New, vec![span(1, 0, ""), span(2, 4, "")], vec![link(1, 1, 2)])),
        ("ben", layer(Status::New, vec![span(11, 0, ""), span(12, 4, "")], vec![])),
    ];
    let mut linked = project(layers.clone(), vec![]);
    reassign(&mut linked);
    assert_eq!(notes(&linked, "ben").len(), 3, "the passage with a link stays, its end is kept once");
    let mut layers = layers;
    layers[1].1 = layer(Status::New, vec![span(11, 0, ""), span(12, 4, "")], vec![link(3, 11, 12)]);
    let mut equal = project(layers, vec![]);
    reassign(&mut equal);
    let ben = equal.documents()[0].layer(&"ben".into()).unwrap().clone();
    assert_eq!((ben.len(), ben.links().count()), (2, 1));
}

#[test]
fn decisions_and_provenance_follow() {
    let sources = vec![
        SourceSpan { annotator: "bo".into(), span: SpanId(Uuid::from_u128(1)) },
        SourceSpan { annotator: "ben".into(), span: SpanId(Uuid::from_u128(11)) },
    ];
    let provenance =
        Provenance { from: sources, over: vec![], basis: Basis::Compared, by: "bo".into(), at: Stamp(0) };
    let agreed = Span { provenance: Some(Box::new(provenance)), ..span(31, 0, "") };
    let layers = vec![
        ("bo", layer(Status::New, vec![span(1, 0, "")], vec![])),
        ("ben", layer(Status::New, vec![span(11, 0, "")], vec![])),
        ("cleo", layer(Status::New, vec![span(21, 4, "")], vec![])),
        ("consensus", layer(Status::New, vec![agreed], vec![])),
    ];
    let about_bo = vec![
        decision("bo", 1, 1, Verdict::Rejected, "cleo"),
        decision("ben", 11, 2, Verdict::Accepted, "cleo"),
    ];
    let by_bo = vec![decision("cleo", 21, 3, Verdict::Disputed, "bo")];
    let mut project = project(layers, vec![("cleo", about_bo), ("bo", by_bo)]);
    let before = project.clone();
    let inverse = reassign(&mut project);
    let document = &project.documents()[0];
    assert_eq!(document.reviews.keys().map(|id| id.as_str()).collect::<Vec<_>>(), ["ben", "cleo"]);
    let about = document.decision(&"cleo".into(), SpanId(Uuid::from_u128(11))).unwrap();
    assert_eq!((about.verdict, about.comments.len()), (Some(Verdict::Accepted), 2));
    assert_eq!(document.reviews[&"cleo".into()].decisions.len(), 1);
    let by = document.decision(&"ben".into(), SpanId(Uuid::from_u128(21))).unwrap();
    assert_eq!((by.verdict, &by.comments[0].author), (Some(Verdict::Disputed), &"ben".into()));
    let consensus = document.layer(&AnnotatorId::consensus()).unwrap().spans().next().unwrap().clone();
    let provenance = consensus.provenance.as_ref().unwrap();
    let source = SourceSpan { annotator: "ben".into(), span: SpanId(Uuid::from_u128(11)) };
    assert_eq!((&provenance.from, &provenance.by), (&vec![source], &"ben".into()));
    project.apply(inverse).unwrap();
    assert_eq!(project.documents()[0].reviews, before.documents()[0].reviews);
    assert_eq!(project.documents()[0].layers, before.documents()[0].layers);
}

#[test]
fn an_owner_whose_id_differs_in_case_can_be_joined_and_undone() {
    let mut project = project(vec![("BEN", layer(Status::New, vec![span(1, 0, "")], vec![]))], vec![]);
    let edit = project.reassign(&"BEN".into(), &"ben".into(), &mut Uuid::now_v7).unwrap();
    let inverse = project.apply(edit).unwrap().inverse;
    assert_eq!((notes(&project, "ben").len(), notes(&project, "BEN").len()), (1, 0));
    project.apply(inverse).unwrap();
    assert_eq!((notes(&project, "ben").len(), notes(&project, "BEN").len()), (0, 1));
}

#[test]
fn what_can_not_be_read_is_not_reassigned() {
    let layers = vec![("bo", layer(Status::New, vec![span(1, 0, "")], vec![]))];
    let mut project = project(layers, vec![]);
    let to_consensus = project.reassign(&"bo".into(), &AnnotatorId::consensus(), &mut Uuid::now_v7);
    assert!(matches!(to_consensus, Err(EditError::NotAPerson(_))));
    Arc::make_mut(&mut project.documents[0]).unreadable.insert("bo".into());
    let unreadable = project.reassign(&"bo".into(), &"ben".into(), &mut Uuid::now_v7);
    assert!(matches!(unreadable, Err(EditError::Unreadable { .. })));
}

fn spans() -> impl Strategy<Value = Vec<(u128, usize, bool)>> {
    prop::collection::btree_map(0u128..12, (0usize..4, any::<bool>()), 0..8)
        .prop_map(|spans| spans.into_iter().map(|(id, (at, note))| (id, at, note)).collect())
}

fn links() -> impl Strategy<Value = Vec<(u128, usize, usize)>> {
    prop::collection::vec((0u128..20, 0usize..8, 0usize..8), 0..5)
}

/// A layer of these spans, and of the links between them.
fn drawn(spans: &[(u128, usize, bool)], links: &[(u128, usize, usize)]) -> Layer {
    let made = spans.iter().map(|(id, at, note)| span(*id, at * 4, if *note { "n" } else { "" })).collect();
    let ids = |at: usize| spans.get(at).map(|(id, ..)| *id);
    let made_links = links.iter().filter_map(|(id, from, to)| Some(link(*id, ids(*from)?, ids(*to)?)));
    layer(Status::New, made, made_links.collect())
}

proptest! {
    /// Whatever both have, ids that clash too: every passage and link of both is in the union, and undo restores both.
    #[test]
    fn a_union_holds_every_passage_and_link(a in spans(), b in spans(), la in links(), lb in links()) {
        let (theirs, own) = (drawn(&a, &la), drawn(&b, &lb));
        prop_assume!(!theirs.is_empty());
        let layers = [("bo", theirs.clone()), ("ben", own.clone())];
        let layers = layers.into_iter().filter(|(_, layer)| !layer.is_empty()).collect();
        let mut project = project(layers, vec![]);
        let before = project.documents()[0].layers.clone();
        let inverse = reassign(&mut project);
        let union = project.documents()[0].layer(&"ben".into()).unwrap().clone();
        let content = |layer: &Layer| {
            let spans = layer.spans().map(|span| (span.ranges.start(), span.note.clone()));
            spans.collect::<std::collections::BTreeSet<_>>()
        };
        let place = |layer: &Layer, id| {
            layer.span(id).map(|span| (span.ranges.start(), span.note.clone()))
        };
        let ends = |layer: &Layer| {
            let ends = layer.links().map(|link| (place(layer, link.from), place(layer, link.to)));
            ends.collect::<std::collections::BTreeSet<_>>()
        };
        prop_assert_eq!(content(&union), &content(&theirs) | &content(&own));
        prop_assert_eq!(ends(&union), &ends(&theirs) | &ends(&own));
        prop_assert!(own.spans().all(|span| union.span(span.id) == Some(span)));
        prop_assert!(!project.documents()[0].layers.contains_key(&"bo".into()));
        project.apply(inverse).unwrap();
        prop_assert_eq!(&project.documents()[0].layers, &before);
    }
}

#[test]
fn what_an_adjudicator_decided_is_reassigned_with_them() {
    let provenance =
        Provenance { from: vec![], over: vec![], basis: Basis::Compared, by: "bo".into(), at: Stamp(0) };
    let decided = Span { provenance: Some(Box::new(provenance)), ..span(31, 0, "") };
    let layers = vec![
        ("consensus/bo", layer(Status::New, vec![decided, span(32, 4, "")], vec![link(1, 32, 31)])),
        ("consensus/ben", layer(Status::New, vec![span(33, 8, "")], vec![])),
    ];
    let mut project = project(layers, vec![]);
    assert_eq!(project.unlisted_owners(), ["bo".into()].into());
    let before = project.documents()[0].layers.clone();
    let inverse = reassign(&mut project);
    let document = &project.documents()[0];
    let owners: Vec<&AnnotatorId> = document.layers.keys().collect();
    assert_eq!(owners, [&AnnotatorId::consensus_of(&"ben".into())]);
    let spans: Vec<_> = document.consensus_spans().collect();
    assert_eq!((spans.len(), spans[0].provenance.as_ref().map(|p| p.by.clone())), (3, Some("ben".into())));
    assert_eq!(document.consensus_layers().flat_map(|(_, layer)| layer.links()).count(), 1);
    project.apply(inverse).unwrap();
    assert_eq!(project.documents()[0].layers, before);
}
