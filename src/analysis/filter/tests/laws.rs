use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

use super::super::ast::{Distance, Filter, Relation, Term, Unit};
use super::super::*;
use super::random::{bindable, filter, layer, relation};
use super::sample::{Tags, document, id, numbers, project};
use crate::bargain::AskState;
use demarche_model::{Layer, Project, Ranges, Span, Stamp, Status, Text, Visibility};

/// The number of units between two covering stretches, counted unit by unit; 0 if they overlap.
fn units_between(text: &str, a: &Ranges, b: &Ranges, unit: Unit) -> usize {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    if second.start() < first.end() {
        return 0;
    }
    let (from, to) = (first.end(), second.start());
    let starts_between = |starts: Vec<usize>| {
        let number = |at: usize| starts.iter().filter(|start| **start <= at).count().max(1);
        number(to) - number(from - 1)
    };
    match unit {
        Unit::Character => text[from..to].chars().count(),
        Unit::Word => {
            use unicode_segmentation::UnicodeSegmentation;
            let words = text.unicode_word_indices().map(|(at, word)| (at, at + word.len()));
            words.filter(|(start, end)| *start >= from && *end <= to).count()
        }
        Unit::Sentence => {
            starts_between(crate::segment::all_sentences(text).iter().map(|range| range.start).collect())
        }
        Unit::Paragraph => {
            let lines = text.split_inclusive('\n').filter(|line| !line.trim().is_empty());
            starts_between(lines.map(|line| line.as_ptr() as usize - text.as_ptr() as usize).collect())
        }
    }
}

/// A relation between two passages, by its definition.
fn holds(relation: Relation, text: &str, a: &Ranges, b: &Ranges) -> bool {
    let is_inside = |a: &Ranges, b: &Ranges| {
        a.iter().all(|r| b.iter().any(|wide| wide.start <= r.start && r.end <= wide.end))
    };
    let is_within = |distance: Option<Distance>, default: bool| match distance {
        Some(Distance { count, unit }) => units_between(text, a, b, unit) <= count as usize,
        None => default,
    };
    let same = |unit| units_between(text, a, b, unit) == 0;
    match relation {
        Relation::Overlaps => a.iter().any(|range| b.overlaps(range)),
        Relation::Inside => is_inside(a, b),
        Relation::Contains => is_inside(b, a),
        Relation::Exact => a == b,
        Relation::Near(distance) => is_within(distance, same(Unit::Paragraph)),
        Relation::Before(distance) => a.end() <= b.start() && is_within(distance, true),
        Relation::After(distance) => b.end() <= a.start() && is_within(distance, true),
        Relation::SameSentence => same(Unit::Sentence),
        Relation::SameParagraph => same(Unit::Paragraph),
        Relation::SameDocument => true,
        Relation::Answers | Relation::AnsweredBy | Relation::Linked => false,
    }
}

/// A project with one layer of passages, of which every second one is a threat.
fn one_layer(text: &str, passages: &[Ranges]) -> Project {
    let mut document = document("d1", "Memo", None, text);
    let span = |(number, ranges): (usize, &Ranges)| {
        let category = if number % 2 == 0 { "threat" } else { "demand" };
        Span::new(id(number as u128), category.into(), ranges.clone(), Stamp(0))
    };
    let layer = Layer::new(Status::New, passages.iter().enumerate().map(span), [], []);
    document.layers.insert("ana".into(), Arc::new(layer));
    Project::assemble("Talks".into(), vec![], vec![], vec![], super::sample::codebook(), vec![document])
}

/// Sorted numbers of all passages of the sample that pass.
fn passing(filter: &Filter, project: &Project) -> Vec<u128> {
    let asks = [(id(1), AskState::Open), (id(3), AskState::Met)].into();
    let mut found = numbers(&filter.to_string(), project, &Tags { asks, ledger_revision: 0 });
    found.sort_unstable();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_printed_reads_back(filter in filter()) {
        let text = filter.to_string();
        prop_assert_eq!(Filter::parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn no_text_is_too_much(text in "[a-z:,|();\"\\\\*=@ .0-9-]{0,30}|\\PC{0,30}") {
        let project = project();
        if let Ok(filter) = Filter::parse(&text) {
            prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter.clone()));
            let _ = filter.bind(&project, &super::sample::views());
            filter.in_words(&project);
        }
        let length = text.chars().count();
        if let Err(error) = Filter::parse(&text) {
            prop_assert!(error.at.start <= length && error.at.start < error.at.end);
        }
        for caret in 0..=length {
            let completion = complete(&text, caret, &project, &Views::new());
            prop_assert!(completion.replace.end <= length);
        }
    }

    #[test]
    fn chips_and_text_are_two_forms_of_one_thing(
        filter in filter(), other in filter(), at in any::<Index>(),
    ) {
        let chips = Chips::from(filter.clone());
        prop_assert_eq!(&chips.filter(), &filter);
        prop_assert_eq!(&Chips::from(Filter::parse(&filter.to_string()).unwrap()), &chips);
        if !chips.is_empty() {
            let at = at.index(chips.len());
            let mut negated = chips.clone();
            negated.negate(at);
            prop_assert_eq!(Filter::parse(&negated.filter().to_string()), Ok(negated.filter()));
            negated.negate(at);
            // A doubled sign is lost, and means nothing.
            if !filter.to_string().contains("--") {
                prop_assert_eq!(bare(&negated.filter()), bare(&filter));
            }
        }
        let mut more = chips.clone();
        more.add(Term::Group(other));
        prop_assert_eq!(more.len(), chips.len() + 1);
        prop_assert_eq!(Filter::parse(&more.filter().to_string()), Ok(more.filter()));
        more.remove(chips.len());
        prop_assert_eq!(bare(&more.filter()), bare(&filter));
    }

    #[test]
    fn a_filter_and_its_negation_divide_the_passages(filter in bindable()) {
        let project = project();
        let opposite = Filter::all_of([Term::Group(filter.clone()).negated()]);
        let (mut both, other) = (passing(&filter, &project), passing(&opposite, &project));
        both.extend(other);
        both.sort_unstable();
        prop_assert_eq!(both, passing(&Filter::default(), &project));
    }

    #[test]
    fn the_order_of_terms_does_not_matter(filter in bindable(), by in any::<Index>()) {
        let project = project();
        let alternatives = filter.alternatives().iter().rev().map(|terms| {
            let mut terms = terms.clone();
            let middle = by.index(terms.len() + 1);
            terms.rotate_left(middle);
            terms.reverse();
            terms
        });
        let turned = Filter::any_of(alternatives.collect::<Vec<_>>());
        prop_assert_eq!(passing(&turned, &project), passing(&filter, &project));
    }

    #[test]
    fn relations_agree_with_a_comparison_of_all_pairs((text, passages) in layer(), relation in relation()) {
        let project = one_layer(&text, &passages);
        let filter = Filter::parse("category:threat").unwrap();
        let filter = Filter::all_of([Term::Related(relation, filter)]);
        let bound = filter.bind(&project, &Views::new()).unwrap();
        let corpus = Corpus { project: &project, visible: &Visibility::default(), facts: &() };
        let passing = bound.passing(corpus, &project.documents()[0], &["ana".into()]);
        let mut found: Vec<usize> =
            passing.layers.iter().flat_map(|layer| &layer.spans).map(|id| id.0.as_u128() as usize).collect();
        found.sort_unstable();
        let is_related = |a: &usize| {
            let threats = (0..passages.len()).step_by(2).filter(|b| b != a);
            threats.into_iter().any(|b| holds(relation, &text, &passages[*a], &passages[b]))
        };
        let expected: Vec<usize> = (0..passages.len()).filter(is_related).collect();
        prop_assert_eq!(found, expected, "{} in {:?}: {:?}", filter, Text::new(text), passages);
    }
}

/// A filter without parentheses around the whole, which make no difference.
fn bare(filter: &Filter) -> Filter {
    match filter.terms() {
        Some([Term::Group(inner)]) => bare(inner),
        Some(_) | None => filter.clone(),
    }
}
