//! Figures of links, worked out by hand.

use super::*;
use demarche_model::{Link, LinkId, LinkKind};

const TEXT: &str = "We ask a lot. You offer. We say no. They wait.";

/// A link in short: kind, number of the span it starts from, document and number of the span it leads to.
type ShortLink = (&'static str, usize, usize, usize);

/// Builds a project of documents with the passages and links of Ana and Ben. Passages count from 1 over all layers in order.
fn linked(documents: &[[(Vec<Short>, Vec<ShortLink>); 2]]) -> Project {
    let passages: Vec<(&str, Vec<Work>)> = documents
        .iter()
        .map(|layers| {
            let work = |who: &'static str, of: usize| (who, Status::Done, layers[of].0.clone());
            (TEXT, vec![work("ana", 0), work("ben", 1)])
        })
        .collect();
    let plain = project(&passages);
    let mut codebook = (**plain.codebook()).clone();
    codebook.link_kinds =
        ["responds-to", "repeats"].map(|id| Arc::new(LinkKind::new(id.into(), id, ""))).into();
    let id = |number: usize| SpanId(uuid::Uuid::from_u128(number as u128));
    let mut number = 0;
    let built = plain.documents().iter().zip(documents).map(|(document, layers)| {
        let mut document = (**document).clone();
        for (who, (_, links)) in ["ana", "ben"].into_iter().zip(layers) {
            let links: Vec<Link> = links
                .iter()
                .map(|&(kind, from, to_document, to)| {
                    number += 1;
                    Link {
                        id: LinkId(uuid::Uuid::from_u128(number)),
                        kind: kind.into(),
                        from: id(from),
                        to_document: DocumentId::new(format!("d{to_document:03}")),
                        to: id(to),
                        created: Stamp(0),
                    }
                })
                .collect();
            let layer = document.layers[&AnnotatorId::from(who)].clone();
            let spans = layer.spans_unsorted().map(|span| (**span).clone()).collect::<Vec<_>>();
            document.layers.insert(who.into(), Arc::new(Layer::new(Status::Done, spans, links, [])));
        }
        document
    });
    Project::assemble(String::new(), vec![], vec![], vec![], codebook, built.collect())
}

fn of(answer: &Agreement, measure: Measure, kind: &str) -> FigureValue {
    let subject = if kind.is_empty() { Subject::Overall } else { Subject::Link(kind.into()) };
    answer.figure(measure, Unit::Span, &subject, &ids(&["ana", "ben"])).unwrap().value
}

/// Ana (1, 2, 3) and Ben (4, 5, 6) agree on two passages; the third has another category for each.
fn passages(last: &'static str) -> Vec<Short> {
    vec![span("demand", 0, 13), span("offer", 14, 24), span(last, 25, 35)]
}

#[test]
fn links_agree_if_both_ends_and_the_kind_do() {
    let ana = (passages("threat"), vec![("responds-to", 2, 0, 1), ("responds-to", 3, 0, 1)]);
    let ben = (passages("demand"), vec![("responds-to", 5, 0, 4), ("repeats", 6, 0, 4)]);
    let project = linked(&[[ana, ben]]);
    let answer = answer(&project, &["ana", "ben"]);
    assert_eq!(of(&answer, Measure::LinkEnds, "responds-to"), Ok(2.0 / 3.0));
    assert_eq!(of(&answer, Measure::LinkF1, "responds-to"), Ok(2.0 / 3.0));
    assert_eq!(of(&answer, Measure::LinkEnds, "repeats"), Ok(0.0));
    assert_eq!(of(&answer, Measure::LinkF1, ""), Ok(0.5));
    let ends = |differing| {
        let target = DrillDown::Figure {
            measure: Measure::LinkF1,
            unit: Unit::Span,
            subject: Subject::Overall,
            annotators: ids(&["ana", "ben"]),
            differing,
        };
        spans_behind(&project, &Question::new(ids(&["ana", "ben"])), &target, &SegmentCache::default()).len()
    };
    assert_eq!((ends(false), ends(true)), (6, 4));
}

#[test]
fn an_answer_in_the_other_direction_is_another_one_but_repeats_have_none() {
    for (kind, agreed) in [("responds-to", 0.0), ("repeats", 1.0)] {
        let ana = (passages("threat"), vec![(kind, 2, 0, 1)]);
        let ben = (passages("threat"), vec![(kind, 4, 0, 5)]);
        let answer = answer(&linked(&[[ana, ben]]), &["ana", "ben"]);
        assert_eq!(of(&answer, Measure::LinkEnds, kind), Ok(1.0));
        assert_eq!(of(&answer, Measure::LinkF1, kind), Ok(agreed));
    }
}

#[test]
fn links_may_lead_to_another_document_that_both_have_worked_on() {
    let passage = || vec![span("demand", 0, 13)];
    let near = [(passage(), vec![("responds-to", 1, 1, 3)]), (passage(), vec![("responds-to", 2, 1, 4)])];
    let far = [(passage(), vec![]), (passage(), vec![])];
    let answer = answer(&linked(&[near, far]), &["ana", "ben"]);
    assert_eq!(of(&answer, Measure::LinkF1, ""), Ok(1.0));
}

#[test]
fn without_links_there_are_no_figures_of_links() {
    let answer =
        answer(&linked(&[[(passages("threat"), vec![]), (passages("threat"), vec![])]]), &["ana", "ben"]);
    assert!(answer.figures.iter().all(|figure| figure.measure != Measure::LinkF1));
}
