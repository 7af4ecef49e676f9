//! Random filters and layers.

use proptest::prelude::*;

use super::super::ast::*;
use demarche_model::{Ranges, TextRange};

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["[a-z]{1,3}", "[a-z=*:,|()\"\\\\ .-]{0,4}", "\\PC{0,3}", "none|any"];
    let made = (text, 0..3u8).prop_map(|(text, how)| match how {
        0 => Value::name(text),
        1 => Value::word(text),
        _ => Value::quoted(text),
    });
    (made, any::<bool>(), any::<bool>())
        .prop_map(|(value, exact, prefix)| value.with_exact(exact).with_prefix(prefix))
}

fn field() -> impl Strategy<Value = Field> {
    let named = prop::sample::select(Field::NAMED.to_vec());
    prop_oneof![4 => named, 1 => "[a-z0-9_-]{1,4}".prop_map(|id| Field::Attribute(id.into()))]
}

fn distance() -> impl Strategy<Value = Distance> {
    let unit = prop::sample::select(Unit::ALL.to_vec());
    (prop_oneof![0..4u32, any::<u32>()], unit).prop_map(|(count, unit)| Distance { count, unit })
}

/// Any relation, with a distance if it takes one.
pub(super) fn relation() -> impl Strategy<Value = Relation> {
    let relation = prop::sample::select(Relation::ALL.to_vec());
    (relation, prop::option::of(distance())).prop_map(|(relation, distance)| {
        distance.and_then(|distance| relation.within(distance)).unwrap_or(relation)
    })
}

/// Any tree of a filter, whether its names exist or not.
pub(super) fn filter() -> impl Strategy<Value = Filter> {
    let condition = (field(), value(), prop::collection::vec(value(), 0..3))
        .prop_map(|(field, first, more)| Term::Field(Condition::new(field, first, more)));
    filter_of(prop_oneof![1 => Just(Term::Any).boxed(), 8 => condition.boxed()].boxed())
}

/// A tree of a filter with terms of the sample, and relations of ranges and links.
pub(super) fn bindable() -> impl Strategy<Value = Filter> {
    let terms = [
        "any",
        "category:demand",
        "category:=demand,threat",
        "role:offer,none",
        "actor:Estmark",
        "actor:none",
        "issue:fees",
        "date:2026-02..",
        "when:none",
        "review:accepted",
        "ask:open",
        "is:denied,linked",
        "port",
        "words:2..4",
        "document:d1",
        "status:done",
        "@position:any",
        "view:hard",
    ];
    let parse = |text: &str| Filter::parse(text).unwrap().terms().unwrap()[0].clone();
    filter_of(prop::sample::select(terms.map(parse).to_vec()).boxed())
}

fn filter_of(leaf: BoxedStrategy<Term>) -> impl Strategy<Value = Filter> {
    let term = leaf.prop_recursive(4, 24, 4, |term| {
        let terms = prop::collection::vec(term.clone(), 0..3);
        let inner = prop::collection::vec(terms, 1..3).prop_map(Filter::any_of);
        prop_oneof![
            term.prop_map(|term| Term::Not(Box::new(term))),
            inner.clone().prop_map(Term::Group),
            (relation(), inner).prop_map(|(relation, other)| Term::Related(relation, other)),
        ]
    });
    prop::collection::vec(prop::collection::vec(term, 0..4), 1..3).prop_map(Filter::any_of)
}

/// A text of sentences and paragraphs, and the ranges of passages in it.
pub(super) fn layer() -> impl Strategy<Value = (String, Vec<Ranges>)> {
    let text = prop::collection::vec(
        prop::sample::select(vec!["Take it. ", "No, é ü. ", "\n", "\n\n", "word ", "위협 "]),
        1..12,
    );
    let text = text.prop_map(|parts| format!("Go. {}", parts.concat()));
    text.prop_flat_map(|text| {
        let length = text.len();
        let range = (0..length, 1..8usize);
        let ranges = prop::collection::vec(range, 1..4);
        let snapped = text.clone();
        let passages = prop::collection::vec(ranges, 0..12).prop_map(move |all| {
            let floor = |at: usize| snapped.floor_char_boundary(at.min(snapped.len()));
            let range = |&(start, length): &(usize, usize)| {
                let start = floor(start);
                let end = snapped.ceil_char_boundary((start + length).min(snapped.len()));
                TextRange { start, end }
            };
            all.iter().filter_map(|ranges| Ranges::new(ranges.iter().map(range))).collect()
        });
        (Just(text), passages)
    })
}
