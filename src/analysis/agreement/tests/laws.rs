//! Laws, and figures compared with a count unit by unit.

use proptest::prelude::*;

use super::*;
use crate::segment;

const TEXT: &str = "Norvania’s délégation asks for the port. It offers a fee! Art. 5 stands — or falls.\nEstmark \
    replies; “no” was heard, and the talks (36 hours) end. Who pays?\n\nNobody knows: not yet, not here.";

/// Returns the bounds of the text's words, so that spans start and end on character boundaries.
fn bounds() -> Vec<(usize, usize)> {
    segment::tokens(TEXT, TextRange { start: 0, end: TEXT.len() })
        .map(|word| (word.start, word.end))
        .collect()
}

/// Generates a layer: spans from word to word.
fn layer() -> impl Strategy<Value = Vec<Short>> {
    let last = bounds().len();
    let actor = prop_oneof![Just(None), Just(Some("Norvania")), Just(Some("Estmark"))];
    let span = (0..3usize, 0..last, 1..9usize, prop::option::of((0..last, 1..4usize)), actor);
    prop::collection::vec(span, 0..7).prop_map(|spans| {
        let bounds = bounds();
        let range =
            |from: usize, words: usize| (bounds[from].0, bounds[(from + words - 1).min(bounds.len() - 1)].1);
        let short =
            |(category, from, words, second, actor): (usize, usize, usize, Option<(usize, usize)>, _)| {
                let ranges =
                    std::iter::once(range(from, words)).chain(second.map(|(from, words)| range(from, words)));
                (CATEGORIES[category], ranges.collect(), actor)
            };
        spans.into_iter().map(short).collect()
    })
}

/// Generates documents with the layers of three annotators, some of whom may be missing.
pub(super) fn documents() -> impl Strategy<Value = Vec<[Option<Vec<Short>>; 3]>> {
    prop::collection::vec(
        [prop::option::weighted(0.8, layer()), prop::option::of(layer()), prop::option::of(layer())],
        1..5,
    )
}

pub(super) const NAMES: [&str; 3] = ["ana", "ben", "eva"];

pub(super) fn build(documents: &[[Option<Vec<Short>>; 3]]) -> Project {
    let work = |layers: &[Option<Vec<Short>>; 3]| {
        let work = NAMES.iter().zip(layers);
        work.filter_map(|(name, spans)| Some((*name, Status::Done, spans.clone()?))).collect::<Vec<Work>>()
    };
    project(&documents.iter().map(|layers| (TEXT, work(layers))).collect::<Vec<_>>())
}

/// Returns, per document and annotator, which units of the text carry the category.
fn labels(
    documents: &[[Option<Vec<Short>>; 3]],
    units: &[(usize, usize)],
    category: &str,
) -> Vec<[Option<bool>; 3]> {
    let mut out = Vec::new();
    for layers in documents {
        for &(start, end) in units {
            let carries = |spans: &Vec<Short>| {
                let ranges = spans.iter().filter(|span| span.0 == category).flat_map(|span| &span.1);
                ranges.into_iter().any(|range| range.0 < end && start < range.1)
            };
            out.push([0, 1, 2].map(|who| layers[who].as_ref().map(carries)));
        }
    }
    out
}

fn close(got: FigureValue, wanted: Option<f64>, what: &str) -> Result<(), TestCaseError> {
    match (got, wanted) {
        (Ok(got), Some(wanted)) => prop_assert!((got - wanted).abs() < 1e-9, "{}: {} {}", what, got, wanted),
        (got, wanted) => prop_assert!(got.is_err() && wanted.is_none(), "{}: {:?} {:?}", what, got, wanted),
    }
    Ok(())
}

/// Computes α by its definition, with values of any unit.
fn alpha(units: &[[Option<bool>; 3]]) -> Option<f64> {
    let (mut same, mut different, mut given) = (0.0, 0.0, [0.0, 0.0]);
    for unit in units {
        let values: Vec<bool> = unit.iter().flatten().copied().collect();
        for (a, x) in values.iter().enumerate() {
            for (b, y) in values.iter().enumerate() {
                let weight = 1.0 / (values.len() as f64 - 1.0);
                match (a == b, x == y) {
                    (true, _) => {}
                    (false, true) => same += weight,
                    (false, false) => different += weight,
                }
            }
            if values.len() > 1 {
                given[usize::from(*x)] += 1.0;
            }
        }
    }
    let n: f64 = same + different;
    let expected = 2.0 * given[0] * given[1] / (n * (n - 1.0));
    (n > 1.0 && given[0] > 0.0 && given[1] > 0.0).then(|| 1.0 - different / n / expected)
}

fn kappa(units: &[[Option<bool>; 3]], a: usize, b: usize) -> Option<f64> {
    let both: Vec<(bool, bool)> = units.iter().filter_map(|unit| Some((unit[a]?, unit[b]?))).collect();
    let n = both.len() as f64;
    let share = |test: &dyn Fn(&(bool, bool)) -> bool| both.iter().filter(|x| test(x)).count() as f64 / n;
    let (pa, pb) = (share(&|x| x.0), share(&|x| x.1));
    let chance = pa * pb + (1.0 - pa) * (1.0 - pb);
    (n > 0.0 && pa + pb > 0.0 && chance < 1.0).then(|| (share(&|x| x.0 == x.1) - chance) / (1.0 - chance))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Counting by ranges gives the same as counting unit by unit.
    #[test]
    fn figures_agree_with_a_count_unit_by_unit(documents in documents()) {
        let project = build(&documents);
        let answer = answer(&project, &NAMES);
        let sentences: Vec<_> = segment::all_sentences(TEXT).iter().map(|s| (s.start, s.end)).collect();
        for (unit, units) in [(Unit::Sentence, sentences), (Unit::Token, bounds())] {
            for category in CATEGORIES {
                let labels = labels(&documents, &units, category);
                let got = |measure, of: &[&str]| value(&answer, measure, unit, category, of);
                close(got(Measure::AlphaNominal, &NAMES), alpha(&labels), "alpha")?;
                for (a, b) in pairs(3) {
                    let (of, wanted) = ([NAMES[a], NAMES[b]], kappa(&labels, a, b));
                    let mut both = labels.iter().filter_map(|unit| unit[a].zip(unit[b]));
                    match both.any(|(first, second)| first || second) {
                        true => close(got(Measure::CohenKappa, &of), wanted, "kappa")?,
                        false => check_left_out(&project, &answer, (Measure::CohenKappa, unit, category), of),
                    }
                }
            }
        }
    }

    #[test]
    fn every_figure_keeps_its_bounds(documents in documents()) {
        for figure in answer(&build(&documents), &NAMES).figures {
            let least = match figure.measure {
                Measure::Percent
                | Measure::Presence
                | Measure::F1Exact
                | Measure::F1Overlap
                | Measure::Precision
                | Measure::Recall
                | Measure::LinkEnds
                | Measure::LinkF1 => 0.0,
                Measure::CohenKappa | Measure::FleissKappa | Measure::GwetAc1 | Measure::BrennanPrediger => -1.0,
                Measure::AlphaNominal
                | Measure::AlphaMasi
                | Measure::AlphaJaccard
                | Measure::MacroMean
                | Measure::AlphaU
                | Measure::AlphaUJoined
                | Measure::UAlpha
                | Measure::JointUAlpha
                | Measure::CuAlpha
                | Measure::SUAlpha => f64::NEG_INFINITY,
            };
            if let Ok(value) = figure.value {
                prop_assert!((least - 1e-9..=1.0 + 1e-9).contains(&value), "{:?}", figure);
            }
        }
    }

    /// The order of the annotators does not matter.
    #[test]
    fn the_order_of_annotators_does_not_matter(documents in documents()) {
        let project = build(&documents);
        let (forth, back) = (answer(&project, &["ana", "ben", "eva"]), answer(&project, &["eva", "ben", "ana"]));
        for figure in &forth.figures {
            let other = back.figures.iter().find(|other| {
                let mut annotators = other.annotators.to_vec();
                annotators.reverse();
                (other.measure, other.unit, &other.subject) == (figure.measure, figure.unit, &figure.subject)
                    && *annotators == *figure.annotators
            });
            let other = other.unwrap();
            close(other.value, figure.value.ok(), figure.measure.id())?;
        }
        for confusion in &forth.confusions {
            let other = back.confusions.iter().find(|o| (&o.first, &o.second) == (&confusion.second, &confusion.first));
            let transposed = |row: usize, column: usize| other.unwrap().count(column, row);
            for (row, counts) in confusion.rows().enumerate() {
                for (column, &count) in counts.iter().enumerate() {
                    prop_assert_eq!(count, transposed(row, column));
                }
            }
        }
    }

    #[test]
    fn identical_annotators_agree_perfectly(layers in prop::collection::vec(layer(), 1..5)) {
        let documents: Vec<_> = layers.iter().map(|l| [Some(l.clone()), Some(l.clone()), Some(l.clone())]).collect();
        for figure in answer(&build(&documents), &NAMES).figures {
            if let Ok(value) = figure.value {
                prop_assert!((value - 1.0).abs() < 1e-9, "{:?}", figure);
            }
        }
    }

    /// An empty text, or a document that only one annotator has worked on, changes no figure.
    #[test]
    fn documents_with_nothing_to_compare_change_no_figure(documents in documents()) {
        let before = answer(&build(&documents), &NAMES);
        let mut project = build(&documents);
        let more = super::project(&[
            (TEXT, vec![]), (TEXT, vec![]), (TEXT, vec![]), (TEXT, vec![]), (TEXT, vec![]),
            ("", NAMES.map(|name| (name, Status::Done, vec![])).to_vec()),
            (TEXT, vec![("ben", Status::Done, vec![span("offer", 0, 8)])]),
        ]);
        let mut all: Vec<Document> = project.documents().iter().map(|d| (**d).clone()).collect();
        all.extend(more.documents()[5..].iter().map(|d| (**d).clone()));
        project = Project::assemble(String::new(), vec![], vec![], vec![], (**project.codebook()).clone(), all);
        let after = answer(&project, &NAMES);
        for (a, b) in before.figures.iter().zip(&after.figures) {
            // If there were no documents before, there is one now.
            if a.documents > 0 {
                close(b.value, a.value.ok(), a.measure.id())?;
            }
        }
    }

    /// The cells together contain every passage exactly once.
    #[test]
    fn the_confusion_matrix_holds_every_passage_once(documents in documents()) {
        let project = build(&documents);
        let question = Question::new(ids(&["ana", "ben"]));
        let answer = answer(&project, &["ana", "ben"]);
        let all = DrillDown::Figure {
            measure: Measure::F1Exact,
            unit: Unit::Span,
            subject: Subject::Overall,
            annotators: ids(&["ana", "ben"]),
            differing: false,
        };
        let cache = SegmentCache::default();
        let mut found = Vec::new();
        let labels: Vec<Option<CategoryId>> = answer.categories.iter().cloned().map(Some).chain([None]).collect();
        for (row, first) in labels.iter().enumerate() {
            for (column, second) in labels.iter().enumerate() {
                let aim = DrillDown::Cell {
                    first: "ana".into(),
                    second: "ben".into(),
                    row: first.clone(),
                    column: second.clone(),
                };
                let spans = spans_behind(&project, &question, &aim, &cache);
                let each = if first.is_some() && second.is_some() { 2 } else { 1 };
                prop_assert_eq!(spans.len(), each * answer.confusions[0].count(row, column));
                found.extend(spans);
            }
        }
        found.sort();
        let mut wanted = spans_behind(&project, &question, &all, &cache);
        wanted.sort();
        prop_assert_eq!(found, wanted);
    }
}
