//! Tests of the comparison of annotators.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use demarche_model::{
    Basis, Decision, DocumentMeta, Origin, Provenance, Ranges, Review, SpanId, Stamp, Status, Text, Value,
    Verdict,
};

/// A span in short: category, start, end, value of an attribute.
type SpanSpec = (u8, usize, usize, u8);

fn span(id: u128, (category, start, end, actor): SpanSpec) -> Span {
    let value = |actor: u8| Value::Choice(format!("a{actor}").into());
    Span {
        id: SpanId(Uuid::from_u128(id)),
        category: format!("c{category}").as_str().into(),
        ranges: Ranges::one(TextRange { start, end }).unwrap(),
        attributes: (actor > 0).then(|| ("actor".into(), value(actor))).into_iter().collect(),
        note: String::new(),
        created: Stamp(0),
        modified: Stamp(0),
        provenance: None,
    }
}

/// Builds a document in which `a0`, `a1` … have tagged these spans.
fn document(layers: &[Vec<SpanSpec>]) -> Document {
    let text = Arc::new(Text::new("x".repeat(400)));
    let meta = DocumentMeta {
        id: "d001".into(),
        title: String::new(),
        date: None,
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Default::default(),
        sets: Default::default(),
    };
    let mut document = Document::new(meta, text);
    for (number, spans) in layers.iter().enumerate() {
        let id = |at: usize| ((number as u128) << 32) | (at as u128 + 1);
        let spans = spans.iter().enumerate().map(|(at, spec)| span(id(at), *spec));
        let layer = Layer::new(Status::Done, spans, [], []);
        document.layers.insert(name(number), Arc::new(layer));
    }
    document
}

fn name(number: usize) -> AnnotatorId {
    AnnotatorId::new(format!("a{number}"))
}

fn names(count: usize) -> Vec<AnnotatorId> {
    (0..count).map(name).collect()
}

/// Returns the kind of each cluster, with the ids of its spans.
fn outline(differences: &Differences) -> Vec<(Option<DifferenceKind>, Vec<SpanId>)> {
    let ids = |cluster: &Cluster| cluster.spans().map(|span| span.id).collect();
    differences.clusters().iter().map(|cluster| (cluster.kind, ids(cluster))).collect()
}

fn kinds(layers: &[Vec<SpanSpec>]) -> Vec<Option<DifferenceKind>> {
    let document = document(layers);
    Differences::new(&document, &names(layers.len())).clusters().iter().map(|cluster| cluster.kind).collect()
}

#[test]
fn kinds_of_difference_are_distinguished() {
    let (missed, category) = (Some(DifferenceKind::Missed), Some(DifferenceKind::Category));
    let (bounds, attribute) = (Some(DifferenceKind::Bounds), Some(DifferenceKind::Attribute));
    let cases = [
        (vec![(1, 0, 10, 1)], vec![(1, 0, 10, 1)], vec![None]),
        (vec![(1, 0, 10, 1)], vec![(1, 0, 10, 2)], vec![attribute]),
        (vec![(1, 0, 10, 1)], vec![(1, 2, 12, 1)], vec![bounds]),
        (vec![(1, 0, 10, 1)], vec![(2, 0, 10, 1)], vec![category]),
        (vec![(1, 0, 10, 1)], vec![(2, 5, 12, 2)], vec![category]),
        (vec![(1, 0, 10, 1)], vec![(1, 10, 12, 1)], vec![missed, missed]),
        // A demand inside a threat: the threats are one passage, and the demand has no other reading.
        (vec![(1, 0, 90, 0), (2, 40, 60, 0)], vec![(1, 0, 90, 0)], vec![None, missed]),
        // The same words in another category count for more than a small overlap in the same category.
        (vec![(1, 0, 50, 0)], vec![(2, 0, 50, 0), (1, 48, 90, 0)], vec![category, missed]),
        // Of two spans that differ in one attribute only, the one with the same value is the match.
        (vec![(1, 0, 9, 2), (1, 0, 9, 1)], vec![(1, 0, 9, 1), (1, 0, 9, 2)], vec![None, None]),
    ];
    for (a, b, expect) in cases {
        assert_eq!(kinds(&[a.clone(), b.clone()]), expect, "{a:?} and {b:?}");
    }
}

#[test]
fn three_annotators_meet_in_clusters() {
    let one = vec![(1, 0, 10, 0)];
    assert_eq!(kinds(&[one.clone(), one.clone(), one.clone()]), [None]);
    assert_eq!(kinds(&[one.clone(), one.clone(), vec![(1, 4, 10, 0)]]), [Some(DifferenceKind::Bounds)]);
    let elsewhere = vec![(1, 20, 30, 0)];
    assert_eq!(
        kinds(&[one.clone(), one.clone(), elsewhere]),
        [Some(DifferenceKind::Missed), Some(DifferenceKind::Missed)]
    );
    // The second reading bridges the first and the third, which do not overlap.
    assert_eq!(kinds(&[one, vec![(1, 5, 15, 0)], vec![(1, 12, 20, 0)]]), [Some(DifferenceKind::Bounds)]);
}

#[test]
fn an_annotator_who_has_not_worked_has_missed_nothing() {
    let mut document = document(&[vec![(1, 0, 10, 0)], vec![], vec![(1, 0, 10, 0)]]);
    let opened = Layer::new(Status::InProgress, [], [], []);
    document.layers.insert(name(1), Arc::new(opened));
    let differences = Differences::new(&document, &names(4));
    assert_eq!(
        (differences.annotators(), differences.absent()),
        (&[name(0), name(2)][..], &[name(1), name(3)][..])
    );
    assert_eq!(differences.clusters()[0].kind, None);
    // To be done without having tagged anything is a statement.
    document.layers.insert(name(1), Arc::new(Layer::new(Status::Done, [], [], [])));
    assert_eq!(Differences::new(&document, &names(4)).clusters()[0].kind, Some(DifferenceKind::Missed));
    assert!(Differences::new(&document, &[name(0)]).clusters().is_empty(), "nobody to compare with");
}

#[test]
fn readings_have_common_ranges_and_differing_attributes() {
    let document = document(&[vec![(1, 0, 10, 1)], vec![(1, 4, 20, 2)]]);
    let differences = Differences::new(&document, &names(2));
    let cluster = &differences.clusters()[0];
    assert_eq!(cluster.common_ranges(), [TextRange { start: 4, end: 10 }]);
    assert_eq!(cluster.cover, TextRange { start: 0, end: 20 });
    assert_eq!(cluster.differing_attributes(), ["actor".into()].into());
    assert!(cluster.differs_in(DifferenceKind::Attribute) && !cluster.differs_in(DifferenceKind::Category));
}

#[test]
fn settlement_is_derived_from_the_consensus() {
    let mut document = document(&[vec![(1, 0, 10, 0), (1, 20, 30, 0)], vec![(2, 0, 10, 0)]]);
    let differences = Differences::new(&document, &names(2));
    let settled = |document: &Document| -> Vec<Settlement> {
        let adjudication = Adjudication::from_document(document);
        differences.clusters().iter().map(|cluster| adjudication.settlement(&differences, cluster)).collect()
    };
    assert_eq!(settled(&document), [Settlement::Open, Settlement::Open]);
    let sources = differences.sources(&differences.clusters()[0]);
    let made = |from: &[SourceSpan], over: &[SourceSpan]| {
        let provenance = Provenance {
            from: from.to_vec(),
            over: over.to_vec(),
            basis: Basis::Compared,
            by: name(0),
            at: Stamp(1),
        };
        let span = Span { provenance: Some(Box::new(provenance)), ..span(99, (1, 0, 10, 0)) };
        Arc::new(Layer::new(Status::New, [span], [], []))
    };
    document.layers.insert(AnnotatorId::consensus(), made(&sources[..1], &[]));
    assert_eq!(settled(&document)[0], Settlement::Open, "nothing settles the other reading");
    document.layers.insert(AnnotatorId::consensus(), made(&sources[..1], &sources[1..]));
    assert_eq!(settled(&document)[0], Settlement::Adopted(vec![SpanId(Uuid::from_u128(99))]));
    let source = &differences.sources(&differences.clusters()[1])[0];
    let nothing = Decision::empty(source.annotator.clone(), source.span, Stamp(1));
    let decision = Decision { verdict: Some(Verdict::Rejected), ..nothing };
    let decisions = BTreeMap::from([(source.span, Arc::new(decision))]);
    document.reviews.insert(AnnotatorId::consensus(), Arc::new(Review::of_decisions(decisions)));
    assert_eq!(settled(&document)[1], Settlement::Excluded);
}

fn span_spec() -> impl Strategy<Value = SpanSpec> {
    (0..3_u8, 0..120_usize, 1..40_usize, 0..3_u8)
        .prop_map(|(category, start, length, actor)| (category, start, start + length, actor))
}

proptest! {
    #[test]
    fn every_span_is_in_exactly_one_cluster(layers in vec(vec(span_spec(), 0..25), 2..5)) {
        let document = document(&layers);
        let differences = Differences::new(&document, &names(layers.len()));
        let mut seen: Vec<SpanId> = differences.clusters().iter().flat_map(|c| c.spans()).map(|s| s.id).collect();
        seen.sort_unstable();
        let mut all: Vec<SpanId> =
            document.layers.values().flat_map(|layer| layer.spans()).map(|span| span.id).collect();
        all.sort_unstable();
        prop_assert_eq!(seen, if differences.annotators().len() < 2 { Vec::new() } else { all });
        for cluster in differences.clusters() {
            for (annotator, span) in differences.readings(cluster) {
                prop_assert!(document.layer(annotator).unwrap().span(span.id).is_some(), "as its owner has it");
            }
            let agreed = cluster.spans().count() == differences.annotators().len()
                && cluster.spans().all(|s| {
                    let first = cluster.spans().next().unwrap();
                    (&s.category, &s.ranges, &s.attributes) == (&first.category, &first.ranges, &first.attributes)
                });
            prop_assert_eq!(cluster.kind.is_none(), agreed);
        }
    }

    #[test]
    fn the_order_of_annotators_changes_nothing(layers in vec(vec(span_spec(), 1..20), 2..5)) {
        let document = document(&layers);
        let there = Differences::new(&document, &names(layers.len()));
        let mut turned = names(layers.len());
        turned.reverse();
        let back = Differences::new(&document, &turned);
        let sorted = |differences: &Differences| {
            let mut outline = outline(differences);
            outline.iter_mut().for_each(|(_, ids)| ids.sort_unstable());
            outline
        };
        prop_assert_eq!(sorted(&there), sorted(&back));
    }

    #[test]
    fn identical_layers_do_not_differ(spans in vec(span_spec(), 1..30), count in 2..5_usize) {
        prop_assert!(kinds(&vec![spans; count]).iter().all(Option::is_none));
    }

    #[test]
    fn identical_readings_are_matched_whatever_surrounds_them(
        layers in vec(vec(span_spec(), 1..20), 2..4),
        common in span_spec(),
    ) {
        let with: Vec<Vec<SpanSpec>> = layers
            .iter()
            .map(|spans| spans.iter().copied().chain([common]).collect())
            .collect();
        prop_assert!(kinds(&with).iter().any(Option::is_none));
    }
}

#[test]
fn a_minority_reading_is_an_outlier() {
    let apart = |layers: &[Vec<SpanSpec>]| {
        let document = document(layers);
        let differences = Differences::new(&document, &names(layers.len()));
        let cluster = differences.clusters()[0].clone();
        (0..layers.len()).map(|place| cluster.is_outlier(place)).collect::<Vec<_>>()
    };
    let (threat, demand) = (vec![(0, 0, 10, 0)], vec![(1, 0, 10, 0)]);
    assert_eq!(apart(&[threat.clone(), threat.clone(), demand.clone()]), [false, false, true]);
    assert_eq!(apart(&[threat.clone(), demand.clone()]), [true, true]);
    assert_eq!(apart(&[threat.clone(), vec![], vec![]]), [true, false, false]);
    assert_eq!(apart(&[threat.clone(), threat.clone()]), [false, false]);
    assert_eq!(apart(&[threat.clone(), threat, demand.clone(), demand]), [true; 4]);
}
