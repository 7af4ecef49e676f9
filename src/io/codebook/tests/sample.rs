//! A codebook with everything that is difficult for formats, and random codebooks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use smol_str::SmolStr;

use crate::project::Preset;
use demarche_model::{AttributeDef, AttributeKind, Category, Codebook, Colour, LinkKind, Meaning, Value};

/// Returns the sample.
pub(super) fn sample() -> Preset {
    let category = |n: usize, id: &str, name: &str| Category::new(id.into(), name, Colour::nth(n));
    let move_ = Category { hotkey: Some('1'), ..category(0, "move", "Move | act") };
    let threat = Category {
        hotkey: Some('='),
        parent: Some("move".into()),
        definition: "=SUM(A1) is <no> formula & \"quoted\".\n\nSecond paragraph; 위협.".to_owned(),
        include: "Deadlines, even veiled".to_owned(),
        exclude: "'-1 and *stars*\n- no list".to_owned(),
        examples: vec!["Unless the basin reopens, …".to_owned(), "or else".to_owned()],
        codes: codes(&[("CAMEO", &["13", "138"]), ("name", &["T"])]),
        ..category(1, "threat", "Threat")
    };
    let veiled =
        Category { parent: Some("threat".into()), retired: true, ..category(2, "t 2", "Veiled threat") };
    let offer = Category {
        codes: codes(&[("REFI-QDA", &["{9F6C6A4E-2C1D-4f7e-8b1a-0123456789ab}"])]),
        ..category(3, "offer", "Offer")
    };
    let categories = [move_, threat, veiled, offer].map(Arc::new).into();
    Preset {
        id: "sample".to_owned(),
        name: "Harbour *moves*".to_owned(),
        description: "What parties do.\nIn two lines.".to_owned(),
        codebook: Codebook {
            categories,
            attributes: attributes(),
            link_kinds: link_kinds(),
            ..Codebook::default()
        },
    }
}

fn codes(list: &[(&str, &[&str])]) -> BTreeMap<SmolStr, Vec<SmolStr>> {
    list.iter()
        .map(|(scheme, codes)| ((*scheme).into(), codes.iter().copied().map(SmolStr::new).collect()))
        .collect()
}

fn attributes() -> Vec<Arc<AttributeDef>> {
    let kinds = [
        ("tone", AttributeKind::Choice(vec!["calm".into(), "author's claim".into()])),
        ("means", AttributeKind::Choices(vec!["port".into(), "fee|toll".into()])),
        ("actor", AttributeKind::Actor),
        ("issue", AttributeKind::Issue),
        ("words", AttributeKind::Text),
        ("sum", AttributeKind::Number),
        ("conditional", AttributeKind::Flag),
        ("by", AttributeKind::Date),
        ("parties", AttributeKind::Actors),
    ];
    let attribute = |(id, kind): (&str, AttributeKind)| AttributeDef {
        id: id.into(),
        name: id.to_uppercase(),
        kind,
        categories: if id == "tone" { vec!["threat".into(), "offer".into()] } else { Vec::new() },
        default: match id {
            "tone" => Some(Value::Choice("calm".into())),
            "means" => Some(Value::Choices(BTreeSet::from(["port".into()]))),
            "sum" => Some(Value::Number(-0.5)),
            _ => None,
        },
        hotkey: id.chars().next().filter(|_| id != "by" && id != "parties"),
        definition: if id == "actor" { "Who, not where.".to_owned() } else { String::new() },
        means: match id {
            "sum" => vec![Meaning::Position],
            "tone" => vec![Meaning::Past("author's claim".into()), Meaning::Hypothetical("calm".into())],
            "parties" => vec![Meaning::Actor, Meaning::Speaker],
            _ => Vec::new(),
        },
        unit: (id == "sum").then(|| "crowns | tonne".to_owned()),
    };
    kinds.map(attribute).map(Arc::new).into()
}

fn link_kinds() -> Vec<Arc<LinkKind>> {
    let kind = |id: &str, definition: &str, answers| {
        Arc::new(LinkKind { answers, ..LinkKind::new(id.into(), id.replace('-', " "), definition) })
    };
    vec![
        kind("responds-to", "The first answers the second.", None),
        kind("takes-back", "", Some(true)),
        kind("repeats", "", Some(false)),
    ]
}

/// Generates texts with characters that have a meaning in some format.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,6}( [a-z가é]{1,5}){0,4}",
        1 => "[a-c|=+@'\";,<>&:#*\\\\ \t\n\r\u{1}-]{0,12}",
        1 => Just("Include: x".to_owned()),
        1 => Just(String::new()),
    ]
}

fn category() -> impl Strategy<Value = Category> {
    let texts = (text(), text(), text(), text(), prop::collection::vec(text(), 0..3));
    let codes = prop::collection::btree_map(
        prop_oneof![3 => Just("CAMEO".to_owned()), 1 => text()],
        prop::collection::vec(text(), 0..3),
        0..3,
    );
    let key = prop::option::weighted(0.3, any::<char>());
    (texts, codes, key, any::<[u8; 3]>(), prop::bool::weighted(0.2)).prop_map(
        |((name, definition, include, exclude, examples), codes, hotkey, colour, retired)| Category {
            hotkey,
            definition,
            include,
            exclude,
            examples,
            codes: codes
                .into_iter()
                .map(|(scheme, codes)| (scheme.into(), codes.into_iter().map(SmolStr::from).collect()))
                .collect(),
            retired,
            ..Category::new("".into(), name, Colour(colour))
        },
    )
}

/// Generates consistent categories: distinct ids and keys, and parents that exist and come first.
pub(super) fn categories() -> impl Strategy<Value = Vec<Arc<Category>>> {
    let entry = (
        category(),
        prop_oneof![3 => "[a-z_-]{1,5}", 1 => text()],
        prop::option::of(any::<prop::sample::Index>()),
    );
    prop::collection::vec(entry, 1..6).prop_map(|entries| {
        let mut out: Vec<Arc<Category>> = Vec::new();
        for (mut category, id, parent) in entries {
            let taken = |id: &str| out.iter().any(|c| c.id.as_str().to_lowercase() == id.to_lowercase());
            let id = if id.trim().is_empty() || taken(&id) { format!("c{}", out.len()) } else { id };
            if !taken(&id) {
                category.id = id.as_str().into();
                category.parent =
                    parent.filter(|_| !out.is_empty()).map(|at| out[at.index(out.len())].id.clone());
                category.hotkey = category.hotkey.filter(|key| out.iter().all(|c| c.hotkey != Some(*key)));
                out.push(Arc::new(category));
            }
        }
        out
    })
}

/// Generates codebooks with any attributes and link kinds.
pub(super) fn book() -> impl Strategy<Value = Preset> {
    (categories(), text(), any::<[bool; 3]>()).prop_map(|(categories, name, [with, described, linked])| {
        let mut codebook = Codebook { categories, ..Codebook::default() };
        if with {
            codebook.attributes = attributes();
            let known: Vec<_> = codebook.categories.iter().map(|c| c.id.clone()).collect();
            let tone = Arc::make_mut(&mut codebook.attributes[0]);
            tone.categories = known;
        }
        codebook.link_kinds = if linked { link_kinds() } else { Vec::new() };
        let description = if described { "d".to_owned() } else { String::new() };
        Preset { id: "x".to_owned(), name, description, codebook }
    })
}
