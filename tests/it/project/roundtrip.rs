//! Any project comes back from disk as it went there.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::io::project::{Folder, create};
use demarche::model::*;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::project::{codebook, files, link_id, meta, read_all, span_id};

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<String>().prop_map(|s| Value::Choice(s.into())),
        vec(any::<String>(), 0..3).prop_map(|v| Value::Choices(v.into_iter().map(Into::into).collect())),
        any::<String>().prop_map(Value::Text),
        any::<f64>().prop_filter("a number", |n| !n.is_nan()).prop_map(Value::Number),
        any::<bool>().prop_map(Value::Flag),
        any::<String>().prop_map(|s| Value::Date(s.into())),
    ]
}

/// Ranges by fractions of a text's characters, then attributes, note, whether it was changed, when, and the category.
type Parts = (Vec<(f64, f64)>, Vec<(String, Value)>, String, bool, i64, u8);

fn span() -> impl Strategy<Value = Parts> {
    let ranges = vec((0.0..1.0, 0.0..1.0), 1..4);
    (
        ranges,
        vec((any::<String>(), value()), 0..3),
        any::<String>(),
        any::<bool>(),
        -9_999_999_999_i64..99_999_999_999,
        any::<u8>(),
    )
}

fn ranges(text: &Text, fractions: &[(f64, f64)]) -> Option<Ranges> {
    let byte = |f: f64| text.byte_offset((f * text.characters() as f64) as usize).expect("inside");
    Ranges::new(fractions.iter().map(|&(a, b)| TextRange::new(byte(a), byte(b))))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_project_comes_back_from_disk(
        names in vec(any::<String>(), 4),
        content in "(\\PC|\n|\t|é|한|👩‍👩‍👧){1,300}",
        spans in vec(span(), 0..12),
        status in 0..3_u8,
        links in 0..3_u128,
        comments in vec(any::<String>(), 0..3),
        aliases in vec("\\PC{1,8}", 0..4),
        proposed in proptest::option::of(span()),
        blind in any::<bool>(),
    ) {
        let text = Arc::new(Text::new(content));
        let made = spans.into_iter().zip(0..).filter_map(|((places, attributes, note, retouched, at, category), n)| {
            Some(Span {
                id: span_id(n),
                category: if category % 2 == 0 { "demand" } else { "threat" }.into(),
                ranges: ranges(&text, &places)?,
                attributes: attributes.into_iter().map(|(id, v)| (AttributeId::new(id), v)).collect(),
                note,
                created: Stamp(at),
                modified: Stamp(at + i64::from(retouched)),
                provenance: (n % 2 == 1).then(|| {
                    let source = |n| SourceSpan { annotator: names[3].as_str().into(), span: span_id(n) };
                    let over = (0..n % 4).map(source).collect();
                    Box::new(Provenance { from: vec![source(n)], over, basis: Basis::Compared, by: "ben".into(), at: Stamp(at) })
                }),
            })
        });
        let links = (0..links).map(|n| Link {
            id: link_id(n), kind: names[0].as_str().into(), from: span_id(n),
            to_document: names[1].as_str().into(), to: span_id(n + 1), created: Stamp(0),
        });
        let status = [Status::New, Status::InProgress, Status::Done][status as usize];
        let layer = Layer::new(status, made, links, []);
        let mut document = Document::new(DocumentMeta { title: names[2].clone(), ..meta("d001", &text) }, text.clone());
        if !layer.is_empty() {
            document.layers.insert("ana".into(), Arc::new(layer));
        }
        let comments: Vec<Comment> = comments.into_iter()
            .map(|text| Comment { author: names[0].as_str().into(), at: Stamp(1), text }).collect();
        let decision = Decision {
            annotator: "ana".into(), span: span_id(0), verdict: (!blind).then_some(Verdict::Rejected),
            about: proposed.as_ref().map(|(_, _, quote, ..)| SpanSnapshot { category: "threat".into(), quote: Quote::of_words(quote) }),
            proposal: proposed.map(|(places, attributes, _, some, ..)| Proposal {
                category: some.then(|| "demand".into()),
                bounds: ranges(&text, &places).and_then(|ranges| Bounds::from_ranges(&ranges, &text)),
                attributes: attributes.into_iter().map(|(id, v)| (AttributeId::new(id), some.then_some(v))).collect(),
            }),
            comments, modified: Stamp(2), decided_on: (!blind).then_some(Stamp(1)),
        };
        let decisions = BTreeMap::from([(span_id(0), Arc::new(decision))]);
        document.reviews.insert("위협".into(), Arc::new(Review::of_decisions(decisions)));
        let mut codebook = codebook();
        for (alias, to) in aliases.iter().zip(["demand", "threat"].into_iter().cycle()) {
            // Ids that differ in case alone count as one.
            let taken = codebook.aliases.keys().any(|id| id.as_str().to_lowercase() == alias.to_lowercase());
            if !taken && !alias.trim().is_empty() && codebook.category(&alias.as_str().into()).is_none() {
                codebook.aliases.insert(alias.as_str().into(), to.into());
            }
        }
        let project = Project::assemble(
            names[3].clone(), vec![], names.clone(), names.clone(), codebook, vec![document],
        ).with_blind(blind);
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(dir.path().join("a"));
        create(&folder, &project).expect("created");
        let (read, problems) = read_all(&folder).expect("opened");
        prop_assert!(problems.is_empty(), "{:?}", problems);
        let (was, is) = (&project.documents()[0], &read.documents()[0]);
        prop_assert_eq!(&was.layers, &is.layers);
        prop_assert_eq!(&was.reviews, &is.reviews);
        prop_assert_eq!(&was.meta, &is.meta);
        prop_assert_eq!(project.codebook(), read.codebook());
        prop_assert_eq!(&was.text, &is.text);
        prop_assert_eq!(project.is_blind(), read.is_blind());
        prop_assert_eq!((project.name(), project.actors(), project.issues()), (read.name(), read.actors(), read.issues()));
        let again = Folder::new(dir.path().join("b"));
        create(&again, &read).expect("created");
        prop_assert_eq!(files(folder.root()), files(again.root()));
    }
}
