//! Agreement over documents and rounds, by pair, and of a coder with themselves.

use super::*;

/// Two sentences of 15 bytes, including the line end.
const TEXT: &str = "We ask for it.\nWe ask for it.";

/// The work of Ana, Ben and Eva in a document; Ben and Eva find nothing if they do not agree.
fn work(ben: bool, eva: bool) -> Vec<Work> {
    let found = |agrees: bool| if agrees { vec![span("demand", 0, 5)] } else { vec![span("offer", 16, 20)] };
    vec![
        ("ana", Status::Done, found(true)),
        ("ben", Status::Done, found(ben)),
        ("eva", Status::Done, found(eva)),
    ]
}

fn question(of: &[&str]) -> Question {
    Question { draws: 0, ..Question::new(ids(of)) }
}

fn f1(point: &CurvePoint) -> FigureValue {
    point.figures.iter().find(|figure| figure.measure == Measure::F1Exact).unwrap().value
}

#[test]
fn coders_learn_from_stretch_to_stretch() {
    let alone = vec![("ana", Status::Done, vec![span("demand", 0, 5)])];
    let project = project(&[
        (TEXT, work(false, false)),
        (TEXT, alone),
        (TEXT, work(false, true)),
        (TEXT, work(true, true)),
    ]);
    let order: Vec<DocumentId> = project.documents().iter().map(|document| document.id().clone()).collect();
    let question = question(&["ana", "ben", "eva"]);
    let points = over_documents(&project, &question, (&order, 2), &SegmentCache::default(), &()).unwrap();
    assert_eq!(points.iter().map(|point| point.documents.len()).collect::<Vec<_>>(), [2, 1]);
    // Of the three pairs of each document, one agrees in the first and one in the third.
    assert!((f1(&points[0]).unwrap() - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(f1(&points[1]), Ok(1.0));
    let backwards: Vec<DocumentId> = order.into_iter().rev().collect();
    let points = over_documents(&project, &question, (&backwards, 1), &SegmentCache::default(), &()).unwrap();
    assert_eq!(f1(&points[0]), Ok(1.0));
}

#[test]
fn each_round_is_a_point() {
    let (first, second) = (project(&[(TEXT, work(false, true))]), project(&[(TEXT, work(true, true))]));
    let question = question(&["ana", "ben", "eva"]);
    let none = project(&[(TEXT, vec![])]);
    let points = over_rounds(&[&first, &second, &none], &question, &SegmentCache::default(), &()).unwrap();
    assert_eq!((f1(&points[0]).unwrap() * 3.0).round(), 1.0);
    assert_eq!(f1(&points[1]), Ok(1.0));
    assert!(points[2].documents.is_empty());
}

#[test]
fn figures_of_one_document_are_those_of_a_project_of_one() {
    let ana = vec![span("demand", 0, 5), span("offer", 0, 5), span("threat", 16, 20)];
    let ben = vec![span("demand", 0, 7), span("threat", 16, 20)];
    let project = project(&[(TEXT, vec![("ana", Status::Done, ana), ("ben", Status::Done, ben)])]);
    let answer = answer(&project, &["ana", "ben"]);
    for pooled in &answer.by_document[0].figures {
        let figure = value(&answer, pooled.measure, pooled.unit, "", &["ana", "ben"]);
        assert!((figure.unwrap() - pooled.value.unwrap()).abs() < 1e-12, "{pooled:?}");
    }
}

#[test]
fn a_coder_is_compared_with_themselves() {
    let (first, second) = (project(&[(TEXT, work(true, true))]), project(&[(TEXT, work(false, true))]));
    let (both, [before, after]) = intra_coder(&first, &second, &"ben".into());
    let compared = answer(&both, &[before.as_str(), after.as_str()]);
    let of = |measure| value(&compared, measure, Unit::Span, "", &[before.as_str(), after.as_str()]);
    assert_eq!(of(Measure::F1Exact), Ok(0.0));
    let (both, [before, after]) = intra_coder(&first, &second, &"eva".into());
    let compared = answer(&both, &[before.as_str(), after.as_str()]);
    let figure = value(&compared, Measure::F1Exact, Unit::Span, "", &[before.as_str(), after.as_str()]);
    assert_eq!(figure, Ok(1.0));
}

#[test]
fn the_table_of_pairs_shows_who_stands_apart() {
    let three = answer(&project(&[(TEXT, work(true, false))]), &["ana", "ben", "eva"]);
    let matrices = pair_matrices(&three);
    let f1 = matrices.iter().find(|matrix| matrix.measure == Measure::F1Exact).unwrap();
    let values = [0, 1, 2].map(|column| f1.figure(0, column).map(|figure| (figure.value, figure.documents)));
    assert_eq!(values, [None, Some((Ok(1.0), 1)), Some((Ok(0.0), 1))]);
    assert_eq!([0, 1, 2].map(|row| f1.mean(row)), [Some(0.5), Some(0.5), Some(0.0)]);
    let two = answer(&project(&[(TEXT, work(true, false))]), &["ana", "ben"]);
    assert!(pair_matrices(&two).is_empty());
}

#[test]
fn a_category_that_neither_of_two_has_used_has_no_figures_of_theirs() {
    let three = answer(&project(&[(TEXT, work(true, false))]), &["ana", "ben", "eva"]);
    let offer = Subject::Category("offer".into());
    let has = |of: &[&str]| three.figures.iter().any(|f| f.subject == offer && *f.annotators == *ids(of));
    assert!(!has(&["ana", "ben"]), "both have tagged demands only");
    assert!(has(&["ana", "eva"]) && has(&["ben", "eva"]) && has(&["ana", "ben", "eva"]));
}
