//! Figures worked out by hand.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// Four sentences of 15 bytes, including the line end.
const TEXT: &str = "We ask for it.\nWe ask for it.\nWe ask for it.\nWe ask for it.";

fn check(got: FigureValue, wanted: f64) {
    let got = got.unwrap();
    assert!((got - wanted).abs() < 1e-9, "{got}, not {wanted}");
}

#[test]
fn spans_of_two_are_matched_one_to_one() {
    // The example of FORMATS: (0–10 A, 30–40 B) against (0–8 A, 30–40 B).
    let project = project(&[(
        TEXT,
        vec![
            ("ana", Status::Done, vec![span("demand", 0, 10), span("offer", 30, 40)]),
            ("ben", Status::Done, vec![span("demand", 0, 8), span("offer", 30, 40)]),
        ],
    )]);
    let answer = answer(&project, &["ana", "ben"]);
    let f1 = |measure, category| value(&answer, measure, Unit::Span, category, &["ana", "ben"]);
    check(f1(Measure::F1Exact, ""), 0.5);
    check(f1(Measure::F1Overlap, ""), 0.75);
    check(f1(Measure::F1Exact, "demand"), 0.0);
    check(f1(Measure::F1Overlap, "demand"), 0.5);
    check(f1(Measure::F1Overlap, "offer"), 1.0);
    for measure in [Measure::F1Exact, Measure::F1Overlap] {
        check_left_out(&project, &answer, (measure, Unit::Span, "threat"), ["ana", "ben"]);
    }
    let mut counts = vec![vec![0; 4]; 4];
    (counts[0][0], counts[1][1]) = (1, 1);
    assert_eq!(answer.confusions[0].rows().collect::<Vec<_>>(), counts);
}

#[test]
fn sentences_carry_what_is_tagged_in_them() {
    let project = project(&[(
        TEXT,
        vec![
            ("ana", Status::Done, vec![span("demand", 0, 5), span("demand", 18, 20), span("offer", 45, 59)]),
            ("ben", Status::Done, vec![span("demand", 3, 9), span("offer", 30, 59)]),
        ],
    )]);
    let answer = answer(&project, &["ana", "ben"]);
    let of = |measure, category| value(&answer, measure, Unit::Sentence, category, &["ana", "ben"]);
    // demand: ana 1 1 0 0, ben 1 0 0 0.
    check(of(Measure::Percent, "demand"), 0.75);
    check(of(Measure::CohenKappa, "demand"), (0.75 - 0.5) / 0.5);
    check(of(Measure::FleissKappa, "demand"), (0.75 - (9.0 + 25.0) / 64.0) / (1.0 - 34.0 / 64.0));
    check(of(Measure::AlphaNominal, "demand"), 1.0 - 7.0 * 2.0 / (2.0 * 3.0 * 5.0));
    // All: ana d d – o, ben d – o o.
    check(of(Measure::Percent, ""), 0.5);
    check(of(Measure::CohenKappa, ""), (0.5 - 5.0 / 16.0) / (1.0 - 5.0 / 16.0));
    for measure in [Measure::Percent, Measure::CohenKappa] {
        check_left_out(&project, &answer, (measure, Unit::Sentence, "threat"), ["ana", "ben"]);
    }
}

#[test]
fn several_categories_on_one_sentence_leave_the_overall_figure_undefined() {
    let ana = vec![span("demand", 0, 5), span("offer", 6, 9)];
    let ben = vec![span("demand", 0, 5)];
    let project = project(&[(TEXT, vec![("ana", Status::Done, ana), ("ben", Status::Done, ben)])]);
    let answer = answer(&project, &["ana", "ben"]);
    for measure in [Measure::Percent, Measure::CohenKappa, Measure::FleissKappa, Measure::AlphaNominal] {
        let of = |unit, category| value(&answer, measure, unit, category, &["ana", "ben"]);
        assert_eq!(of(Unit::Sentence, ""), Err(Undefined::SeveralLabels));
        check(of(Unit::Sentence, "demand"), 1.0);
        assert!(of(Unit::Token, "").is_ok(), "no token has two");
    }
}

#[test]
fn an_annotator_who_has_not_worked_is_missing() {
    let tagged = || vec![span("demand", 0, 5), span("offer", 30, 40)];
    let all = project(&[
        (
            TEXT,
            vec![
                ("ana", Status::Done, tagged()),
                ("ben", Status::Done, tagged()),
                ("eva", Status::Done, tagged()),
            ],
        ),
        (TEXT, vec![("ana", Status::Done, tagged()), ("ben", Status::Done, tagged())]),
        (TEXT, vec![("ana", Status::Done, tagged())]),
        (TEXT, vec![("ana", Status::Done, vec![]), ("ben", Status::New, vec![])]),
    ]);
    let answer = answer(&all, &["ana", "ben", "eva"]);
    assert_eq!((answer.compared.len(), answer.left_out), (2, 2));
    for figure in &answer.figures {
        if let Ok(value) = figure.value {
            assert!((value - 1.0).abs() < 1e-9, "{figure:?}");
        }
        assert!(figure.documents > 0);
    }
    let done = |of: &[&str], measure| {
        let found = answer.figures.iter().find(|f| *f.annotators == *ids(of) && f.measure == measure);
        found.unwrap().documents
    };
    assert_eq!(done(&["ana", "ben"], Measure::CohenKappa), 2);
    assert_eq!(done(&["ana", "eva"], Measure::CohenKappa), 1);
    assert_eq!(done(&["ana", "ben", "eva"], Measure::AlphaNominal), 2);
    assert_eq!(done(&["ana", "ben", "eva"], Measure::FleissKappa), 1);
}

#[test]
fn attributes_are_compared_on_matching_spans() {
    let said = |start, end, actor| ("demand", vec![(start, end)], actor);
    let project = project(&[(
        TEXT,
        vec![
            (
                "ana",
                Status::Done,
                vec![
                    said(0, 5, Some("Norvania")),
                    said(15, 20, Some("Norvania")),
                    said(30, 40, None),
                    said(45, 50, None),
                ],
            ),
            (
                "ben",
                Status::Done,
                vec![said(0, 5, Some("Norvania")), said(16, 20, Some("Estmark")), said(30, 40, None)],
            ),
        ],
    )]);
    let answer = answer(&project, &["ana", "ben"]);
    let of = |measure, attribute: &str| {
        let subject = Subject::Attribute(attribute.into());
        answer.figure(measure, Unit::Span, &subject, &ids(&["ana", "ben"])).unwrap()
    };
    // The third passage is blank for both, which is no agreement.
    check(of(Measure::Percent, "actor").value, 0.5);
    // Norvania 2 and 1, Estmark 0 and 1: by chance 2 / 4.
    check(of(Measure::CohenKappa, "actor").value, 0.0);
    assert_eq!(of(Measure::Percent, "actor").size, 2);
    assert_eq!(of(Measure::Percent, "reason").value, Err(Undefined::FreeText));
}

#[test]
fn a_figure_opens_its_passages() {
    let project = project(&[(
        TEXT,
        vec![
            ("ana", Status::Done, vec![span("demand", 0, 5), span("demand", 15, 20), span("offer", 30, 40)]),
            ("ben", Status::Done, vec![span("demand", 0, 5), span("threat", 32, 40)]),
        ],
    )]);
    let question = Question::new(ids(&["ana", "ben"]));
    let spans = |aim: &DrillDown| {
        let spans = spans_behind(&project, &question, aim, &SegmentCache::default());
        spans.iter().map(|at| at.span.0.as_u128()).collect::<Vec<_>>()
    };
    let figure = |measure, unit, category: &str, differing| DrillDown::Figure {
        measure,
        unit,
        subject: if category.is_empty() { Subject::Overall } else { Subject::Category(category.into()) },
        annotators: ids(&["ana", "ben"]),
        differing,
    };
    assert_eq!(spans(&figure(Measure::F1Exact, Unit::Span, "", false)), [1, 2, 3, 4, 5]);
    assert_eq!(spans(&figure(Measure::F1Exact, Unit::Span, "", true)), [2, 3, 5]);
    assert_eq!(spans(&figure(Measure::F1Exact, Unit::Span, "demand", false)), [1, 2, 4]);
    assert_eq!(spans(&figure(Measure::CohenKappa, Unit::Sentence, "demand", true)), [2]);
    assert_eq!(spans(&figure(Measure::AlphaNominal, Unit::Token, "", true)), [2, 3, 5]);
    let cell = |row: Option<&str>, column: Option<&str>| DrillDown::Cell {
        first: "ana".into(),
        second: "ben".into(),
        row: row.map(CategoryId::new),
        column: column.map(CategoryId::new),
    };
    assert_eq!(spans(&cell(Some("demand"), Some("demand"))), [1, 4]);
    assert_eq!(spans(&cell(Some("offer"), Some("threat"))), [3, 5]);
    assert_eq!(spans(&cell(Some("demand"), None)), [2]);
    assert_eq!(spans(&cell(None, Some("demand"))), [] as [u128; 0]);
    let answer = answer(&project, &["ana", "ben"]);
    assert_eq!(answer.confusions[0].rows().next().unwrap(), [1, 0, 0, 1]);
    assert_eq!(answer.confusions[0].rows().nth(1).unwrap(), [0, 0, 1, 0]);
}

#[test]
fn the_consensus_is_left_out_unless_it_is_named() {
    let tagged = || vec![span("demand", 0, 5)];
    let project = project(&[(
        TEXT,
        vec![
            ("ben", Status::Done, tagged()),
            ("consensus", Status::Done, tagged()),
            ("ana", Status::Done, tagged()),
        ],
    )]);
    assert_eq!(active_annotators(&project), ids(&["ana", "ben"]));
    let answer = answer(&project, &["ana", "consensus"]);
    check(value(&answer, Measure::F1Exact, Unit::Span, "", &["ana", "consensus"]), 1.0);
}

#[test]
fn fewer_than_ten_documents_are_too_few_for_an_interval() {
    let work = |shift| {
        vec![
            ("ana", Status::Done, vec![span("demand", 0, 5), span("offer", 30, 40)]),
            ("ben", Status::Done, vec![span("demand", shift, 5), span("offer", 30, 40)]),
        ]
    };
    let documents = |count: usize| (0..count).map(|n| (TEXT, work(n % 2 * 3))).collect::<Vec<_>>();
    let of = |project: &Project| {
        let question = Question::new(ids(&["ana", "ben"]));
        measure(project, &question, &SegmentCache::default(), &()).unwrap()
    };
    let nine = of(&project(&documents(9)));
    assert!(nine.figures.iter().all(|figure| figure.interval.is_err()));
    let f1 = |of: &Agreement| {
        of.figure(Measure::F1Exact, Unit::Span, &Subject::Overall, &ids(&["ana", "ben"])).unwrap().clone()
    };
    assert_eq!(f1(&nine).interval, Err(NoInterval::TooFewDocuments));
    let twenty = project(&documents(20));
    let (low, high) = f1(&of(&twenty)).interval.unwrap();
    let value = f1(&of(&twenty)).value.unwrap();
    assert!(low < value && value < high && low > 0.5 && high < 1.0, "{low} {value} {high}");
    // The standard deviation of a mean of 20 draws of .5 or 1 with equal odds is .25 / √20 = .056.
    assert!((high - low - 2.0 * 1.96 * 0.0559).abs() < 0.04, "{low} {high}");
    assert_eq!(of(&twenty), of(&twenty), "the seed is fixed");
}

/// Stops the work once so many steps are done.
struct StopsAfter(usize, AtomicUsize);

impl Progress for StopsAfter {
    fn step(&self, done: usize, _of: usize) {
        self.1.fetch_max(done, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.1.load(Ordering::Relaxed) >= self.0
    }
}

#[test]
fn a_computation_can_be_stopped() {
    let project = project(&[(TEXT, vec![("ana", Status::Done, vec![]), ("ben", Status::Done, vec![])])]);
    let question = Question::new(ids(&["ana", "ben"]));
    for steps in 0..2 {
        let stop = StopsAfter(steps, AtomicUsize::new(0));
        assert_eq!(measure(&project, &question, &SegmentCache::default(), &stop), Err(Stopped));
        assert!(stop.1.into_inner() <= steps);
    }
}

/// The values of an attribute on three passages, by both annotators.
fn filled_in(ana: [Option<&'static str>; 3], ben: [Option<&'static str>; 3]) -> FigureValue {
    let spans = |values: [Option<&'static str>; 3]| {
        let said =
            |(at, actor): (usize, Option<&'static str>)| ("demand", vec![(15 * at, 15 * at + 5)], actor);
        values.into_iter().enumerate().map(said).collect::<Vec<Short>>()
    };
    let project =
        project(&[(TEXT, vec![("ana", Status::Done, spans(ana)), ("ben", Status::Done, spans(ben))])]);
    let answer = answer(&project, &["ana", "ben"]);
    let subject = Subject::Attribute("actor".into());
    answer.figure(Measure::Percent, Unit::Span, &subject, &ids(&["ana", "ben"])).unwrap().value
}

#[test]
fn blanks_are_missing_values() {
    let (estmark, norvania) = (Some("Estmark"), Some("Norvania"));
    assert_eq!(filled_in([None; 3], [None; 3]), Err(Undefined::NeverFilledIn));
    assert_eq!(filled_in([estmark, None, None], [None, estmark, None]), Err(Undefined::NotFilledInByBoth));
    assert_eq!(filled_in([estmark, None, None], [estmark, estmark, None]), Ok(1.0));
    assert_eq!(filled_in([estmark, estmark, None], [estmark, norvania, None]), Ok(0.5));
}
