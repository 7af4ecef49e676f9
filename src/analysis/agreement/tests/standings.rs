//! The agreement of pairs, against the figures of [`measure`], and how coders stand to each other.

use proptest::prelude::*;

use super::laws::{NAMES, build, documents};
use super::*;
use crate::agreement::{PairMeasure, Standings};

fn standings(project: &Project, coders: &[&str], measure: PairMeasure) -> Standings {
    Standings::new(project, ids(coders), measure, &SegmentCache::default(), &()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pairs_have_the_figures_of_the_agreement_screen(documents in documents()) {
        let project = build(&documents);
        let all = answer(&project, &NAMES);
        for measure in PairMeasure::ALL {
            let found = standings(&project, &NAMES, measure);
            for (a, b) in [(0, 1), (0, 2), (1, 2)] {
                let of = [NAMES[a], NAMES[b]];
                let wanted = value(&all, measure.measure(), measure.unit(), "", &of);
                let got = found.pair(b, a).unwrap().value;
                match (got, wanted) {
                    (Ok(got), Ok(wanted)) => prop_assert!((got - wanted).abs() < 1e-9, "{got} {wanted}"),
                    (got, wanted) => prop_assert_eq!(got, wanted),
                }
            }
            prop_assert_eq!(found.pair(1, 1), None);
        }
    }

    #[test]
    fn a_document_has_the_mean_of_its_pairs(documents in documents()) {
        let project = build(&documents);
        let found = standings(&project, &NAMES, PairMeasure::F1Exact);
        for document in project.documents() {
            let question = Question {
                draws: 0,
                documents: Some([document.id().clone()].into()),
                ..Question::new(ids(&NAMES))
            };
            let alone = measure(&project, &question, &SegmentCache::default(), &()).unwrap();
            let pairs = [["ana", "ben"], ["ana", "eva"], ["ben", "eva"]];
            let values = pairs.iter().filter_map(|of| value(&alone, Measure::F1Exact, Unit::Span, "", of).ok());
            let values: Vec<f64> = values.collect();
            let got = found.document(document.id()).and_then(Result::ok);
            let wanted = (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
            match (got, wanted) {
                (Some(got), Some(wanted)) => prop_assert!((got - wanted).abs() < 1e-9),
                (got, wanted) => prop_assert_eq!(got, wanted),
            }
        }
    }
}

/// Ana, Ben and Cem tag alike, but in the last four of twelve documents Cem tags something else.
fn drifting() -> Project {
    let same = || vec![span("demand", 0, 3), span("offer", 4, 7)];
    let documents: Vec<(&str, Vec<Work>)> = (0..12)
        .map(|at| {
            let cem = if at < 8 { same() } else { vec![span("threat", 8, 13)] };
            let work = [("ana", same()), ("ben", same()), ("cem", cem)];
            ("one two three", work.map(|(who, spans)| (who, Status::Done, spans)).to_vec())
        })
        .collect();
    let project = project(&documents);
    let later = |at: usize, layer: &Layer| {
        let spans = layer.spans().map(|span| Span { modified: Stamp(at as i64 * 60), ..Span::clone(span) });
        Arc::new(Layer::new(Status::Done, spans.collect::<Vec<_>>(), [], []))
    };
    let documents = project.documents().iter().enumerate().map(|(at, document)| {
        let mut document = Document::clone(document);
        for layer in document.layers.values_mut() {
            *layer = later(at, layer);
        }
        document
    });
    let codebook = (**project.codebook()).clone();
    Project::assemble(String::new(), vec![], vec![], vec![], codebook, documents.collect())
}

#[test]
fn a_coder_who_drifts_is_found_in_the_recent_part_of_their_work() {
    let found = standings(&drifting(), &["ana", "ben", "cem"], PairMeasure::F1Exact);
    let [ana, ben, cem] = *found.of_coders() else { panic!("three") };
    assert_eq!((cem.recent, cem.earlier, cem.recent_documents), (Some(0.0), Some(2.0 * 16.0 / 35.0), 3));
    assert!(cem.has_drifted() && cem.stands_apart);
    // Eight documents of two passages each match, four of two and one don't.
    let f1 = 2.0 * 16.0 / (8.0 * 4.0 + 4.0 * 3.0);
    assert!((cem.mean.unwrap() - f1).abs() < 1e-9);
    assert_eq!((ana.mean, ben.others), (Some((1.0 + f1) / 2.0), 2));
    assert!(!ana.stands_apart && !ben.stands_apart);
}

#[test]
fn with_few_documents_there_is_no_recent_part() {
    let work = |who| (who, Status::Done, vec![span("demand", 0, 3)]);
    let found = standings(
        &project(&[("one two", vec![work("ana"), work("ben")])]),
        &["ana", "ben"],
        PairMeasure::F1Overlap,
    );
    let ana = found.of_coders()[0];
    assert_eq!((ana.mean, ana.recent, ana.earlier, ana.stands_apart), (Some(1.0), None, None, false));
}
