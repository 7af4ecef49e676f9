//! Figures of the running text: published examples, and cases whose figures are easily misread.

use super::*;
use crate::agreement::continua::Continua;
use crate::agreement::matching::TaggedSpan;
use crate::agreement::u_alpha::{self, Category as Counts};

/// Categories of the published example.
const VALUES: [&str; 7] = ["1", "2", "3", "4", "5", "6", "7"];

/// Krippendorff 2019, figure 12.11: Alex, Paul and Suzan divide a continuum of length 60; units given by value, first and last
/// place.
fn alex_paul_and_suzan() -> (Vec<Counts>, Continua) {
    let observers: [&[(usize, usize, usize)]; 3] = [
        &[(0, 1, 7), (1, 8, 13), (4, 31, 32), (5, 33, 37), (5, 38, 44), (6, 45, 60)],
        &[(0, 1, 7), (2, 8, 13), (4, 14, 21), (5, 33, 44)],
        &[(0, 1, 7), (3, 8, 13), (4, 14, 21), (5, 33, 37), (5, 38, 41), (5, 42, 44)],
    ];
    let text = Text::new("x".repeat(60));
    let spans = observers.map(|units| {
        let unit = |&(value, first, last): &(usize, usize, usize)| {
            (value, make(&span(VALUES[value], first - 1, last), last as u128))
        };
        units.iter().map(unit).collect::<Vec<_>>()
    });
    let tagged = spans.each_ref().map(|spans| {
        spans.iter().map(|(category, span)| TaggedSpan { category: *category, span }).collect::<Vec<_>>()
    });
    let continua = Continua::new(VALUES.len(), &tagged, &text);
    let categories = continua.categories.iter();
    (categories.map(|of| of.exclusive).collect(), continua)
}

fn near(got: FigureValue, published: f64) {
    let got = got.unwrap();
    assert!((got - published).abs() < 0.001, "{got}, not {published}");
}

#[test]
fn krippendorffs_example_of_the_family_of_2016() {
    let (categories, continua) = alex_paul_and_suzan();
    let worked = 3.0 * 60.0;
    near(u_alpha::joint(worked, categories.iter().copied()), 0.510);
    near(u_alpha::binary(worked, continua.any), 0.413);
    near(u_alpha::coding(categories.iter().copied()), 0.724);
    let shared: f64 = categories.iter().map(|category| category.coding.shared).sum();
    assert!((shared / worked - 0.461).abs() < 0.0005, "{shared}");
    let of = |value: usize| u_alpha::selected(categories[value], categories.iter().copied());
    for agreed in [0, 4, 5] {
        near(of(agreed), 1.0);
    }
    for disputed in [1, 2, 3] {
        near(of(disputed), 0.0);
    }
    assert_eq!(of(6), Err(Undefined::NothingShared));
}

/// Four sentences of 46 characters in all.
const TEXT: &str = "We ask a lot. You offer. We say no. They wait.";

fn two(ana: Vec<Short>, ben: Vec<Short>) -> Agreement {
    let layers = vec![("ana", Status::Done, ana), ("ben", Status::Done, ben)];
    answer(&project(&[(TEXT, layers)]), &["ana", "ben"])
}

fn text_value(answer: &Agreement, measure: Measure, category: &str) -> FigureValue {
    value(answer, measure, Unit::Character, category, &["ana", "ben"])
}

#[test]
fn overlapping_passages_of_one_annotator_are_united() {
    let united = two(vec![span("demand", 0, 30), span("demand", 20, 40)], vec![span("demand", 0, 40)]);
    for measure in [Measure::AlphaU, Measure::AlphaUJoined, Measure::UAlpha] {
        assert_eq!(text_value(&united, measure, "demand"), Ok(1.0));
    }
}

#[test]
fn a_split_passage_lowers_alpha_u_of_2004_but_hardly_that_of_2016() {
    let split = (("demand", vec![(0, 10), (22, 40)], None), span("demand", 0, 40));
    let answer = two(vec![split.0], vec![split.1]);
    assert!(text_value(&answer, Measure::AlphaU, "demand").unwrap() < 0.0);
    let touching = two(vec![span("demand", 0, 21), span("demand", 21, 40)], vec![span("demand", 0, 40)]);
    assert!(text_value(&touching, Measure::AlphaU, "demand").unwrap() < 0.5);
    assert_eq!(text_value(&touching, Measure::UAlpha, "demand"), Ok(1.0));
}

/// The same two passages with their categories exchanged: found alike, categorised against each other.
#[test]
fn passages_and_categories_are_assessed_apart() {
    let swapped = two(
        vec![span("demand", 0, 13), span("offer", 25, 35)],
        vec![span("offer", 0, 13), span("demand", 25, 35)],
    );
    assert_eq!(text_value(&swapped, Measure::UAlpha, ""), Ok(1.0));
    assert!(text_value(&swapped, Measure::CuAlpha, "").unwrap() < 0.0);
    assert!(text_value(&swapped, Measure::SUAlpha, "demand").unwrap() < 0.0);
    assert_eq!(text_value(&swapped, Measure::SUAlpha, "threat"), Err(Undefined::NothingTagged));
}

/// Text with several categories of one annotator is left out for both, and the rest is what the figures are about.
#[test]
fn text_with_several_categories_is_left_out() {
    let measures = [Measure::JointUAlpha, Measure::CuAlpha];
    let ana = vec![span("demand", 0, 13), span("offer", 5, 20), span("threat", 25, 35)];
    let several = two(ana, vec![span("demand", 0, 8), span("offer", 13, 20), span("threat", 25, 35)]);
    for measure in measures {
        assert_eq!(text_value(&several, measure, ""), Ok(1.0));
    }
    assert!(text_value(&several, Measure::UAlpha, "").unwrap() < 1.0);
    let only = two(vec![span("demand", 0, 13), span("offer", 0, 13)], vec![span("demand", 0, 13)]);
    for measure in measures {
        assert_eq!(text_value(&only, measure, ""), Err(Undefined::SeveralLabels));
    }
}

#[test]
fn passages_at_the_same_place_of_different_documents_do_not_agree() {
    let work = |spans: Vec<Short>, others: Vec<Short>| {
        vec![("ana", Status::Done, spans), ("ben", Status::Done, others)]
    };
    let passage = || vec![span("demand", 0, 13)];
    let answer = answer(
        &project(&[(TEXT, work(passage(), vec![])), (TEXT, work(vec![], passage()))]),
        &["ana", "ben"],
    );
    for measure in [Measure::AlphaU, Measure::AlphaUJoined, Measure::UAlpha] {
        assert!(text_value(&answer, measure, "").unwrap() < 0.0, "{measure:?}");
    }
    assert_eq!(text_value(&answer, Measure::CuAlpha, ""), Err(Undefined::NothingShared));
}

/// Three documents of 46 characters, with one passage of four characters per document and annotator.
#[test]
fn on_joined_documents_a_gap_goes_on() {
    let ana = |from: usize| vec![span("demand", from, from + 4)];
    let documents: Vec<(&str, Vec<Work>)> = [(0, 40), (20, 20), (42, 3)]
        .iter()
        .map(|&(a, b)| (TEXT, vec![("ana", Status::Done, ana(a)), ("ben", Status::Done, ana(b))]))
        .collect();
    let apart = answer(&project(&documents), &["ana", "ben"]);
    let (per_document, joined) =
        (text_value(&apart, Measure::AlphaU, ""), text_value(&apart, Measure::AlphaUJoined, ""));
    // The formula of 2004 on 138 characters, with units at 0, 66, 134 and 40, 66, 95.
    let (units, length): (f64, f64) = (4.0, 138.0);
    let gaps = [62.0, 64.0, 40.0, 22.0, 25.0, 39.0];
    let room: f64 = 6.0 * units * units * gaps.iter().map(|gap: &f64| gap - units + 1.0).sum::<f64>();
    let cubes = 6.0 * (2.0 * units.powi(3) - 3.0 * units * units + units);
    let worked = 2.0 * length;
    let pairs = worked * (worked - 1.0) - 6.0 * units * (units - 1.0);
    let expected = 2.0 / length * (5.0 / 3.0 * cubes + room) / pairs;
    let observed = 2.0 * 4.0 * units * units / (worked * length);
    assert!((joined.unwrap() - (1.0 - observed / expected)).abs() < 1e-9);
    assert!((per_document.unwrap() - joined.unwrap()).abs() > 0.001);
    let single = answer(&project(&documents[..1]), &["ana", "ben"]);
    assert_eq!(text_value(&single, Measure::AlphaU, ""), text_value(&single, Measure::AlphaUJoined, ""));
}
