use std::collections::HashSet;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use demarche_model::{
    Attributes, Codebook, Date, Document, DocumentMeta, Edit, LayerId, Origin, Project, Ranges, Span, SpanId,
};

const CATEGORIES: [&str; 3] = ["threat", "offer", "demand"];

fn span(text: &Text, id: u128, category: usize, ranges: &[(usize, usize)], day: i64) -> Option<Span> {
    let range = |&(start, length): &(usize, usize)| {
        let at = |count: usize| text.byte_offset(count.min(text.characters())).unwrap();
        TextRange::new(at(start), at(start + length))
    };
    Some(Span {
        id: SpanId(Uuid::from_u128(id)),
        category: CATEGORIES[category % 3].into(),
        ranges: Ranges::new(ranges.iter().map(range))?,
        attributes: Attributes::new(),
        note: String::new(),
        created: Stamp(day * 86_400),
        modified: Stamp(day * 86_400 + 100_000),
        provenance: None,
    })
}

fn document(id: &str, content: &str) -> Arc<Document> {
    let text = Arc::new(Text::new(content));
    let meta = DocumentMeta {
        id: id.into(),
        title: id.to_owned(),
        date: Date::parse("2026"),
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Default::default(),
        sets: Default::default(),
    };
    Arc::new(Document::new(meta, text))
}

fn project(contents: &[&str]) -> Project {
    let mut project = Project::new("test", Codebook::default());
    for (at, id) in CATEGORIES.iter().enumerate() {
        project.apply(add_category(at, id)).unwrap();
    }
    for (at, content) in contents.iter().enumerate() {
        let document = document(&format!("d{at}"), content);
        project.apply(Edit::InsertDocument { at, document }).unwrap();
    }
    project
}

fn add_category(at: usize, id: &str) -> Edit {
    let category = demarche_model::Category::new(id.into(), id, demarche_model::Colour::nth(at));
    Edit::SetCategory { id: id.into(), to: Some((at, Arc::new(category))) }
}

fn set(layer: &LayerId, span: Option<Span>, id: u128) -> Edit {
    Edit::SetSpan { layer: layer.clone(), id: SpanId(Uuid::from_u128(id)), to: span.map(Arc::new) }
}

#[test]
fn a_span_counts_once_and_its_characters_once() {
    let text = Text::new("위협과 요구. ".repeat(100));
    let spans = [
        span(&text, 1, 0, &[(0, 5), (200, 5)], 10),
        span(&text, 2, 0, &[(3, 4)], 11),
        span(&text, 3, 1, &[(0, 7)], 10),
    ];
    let layer = Layer::new(Default::default(), spans.into_iter().flatten(), [], []);
    let summary = DocumentSummary::new(&text, &[&layer]);
    assert_eq!((summary.spans(), summary.tagged_characters(), summary.characters()), (3, 12, 800));
    assert_eq!(summary.category(&"threat".into()), Count { spans: 2, characters: 12 });
    assert_eq!(summary.category(&"offer".into()), Count { spans: 1, characters: 7 });
    assert_eq!(summary.category(&"demand".into()), Count::default());
    let days: Vec<_> = summary.activity().iter().map(|(day, &count)| (day.0, count)).collect();
    assert_eq!(days, [(10, 2), (11, 3), (12, 1)]);
}

#[test]
fn a_profile_shows_the_distribution_of_a_category() {
    let text = Text::new("a".repeat(100_000));
    let layer =
        Layer::new(Default::default(), span(&text, 1, 0, &[(0, 25_000), (50_000, 12_500)], 0), [], []);
    let summary = DocumentSummary::new(&text, &[&layer]);
    let profile = summary.profile(&"threat".into()).expect("it occurs");
    for (got, mean) in profile.chunks(BINS / 4).zip([1.0, 0.0, 0.5, 0.0]) {
        let got = got.iter().sum::<f32>() / got.len() as f32;
        assert!((got - mean).abs() < 0.01, "{profile:?}");
    }
    assert_eq!(summary.profile(&"offer".into()), None);
    let empty = DocumentSummary::new(&Text::new(""), &[]);
    assert_eq!(empty.profile(&"threat".into()), None);
}

#[test]
fn a_profile_follows_a_change() {
    let text = Text::new("a".repeat(100_000));
    let whole = Layer::new(Default::default(), span(&text, 1, 0, &[(0, 100_000)], 0), [], []);
    let none = Layer::default();
    let mut summary = DocumentSummary::new(&text, &[&whole]);
    assert_eq!(summary.profile(&"threat".into()), Some(&[1.0; BINS]));
    summary.update(&text, &[&none], TextRange { start: 0, end: 100_000 });
    assert_eq!(summary.profile(&"threat".into()), None);
}

#[test]
fn chunks_of_a_large_document_are_small() {
    let text = Text::new("word ".repeat(200_000));
    let starts = chunk_starts(&text);
    assert!(starts.len() <= TARGET_CHUNKS, "{}", starts.len());
    let starts = chunk_starts(&Text::new("word ".repeat(2_000_000)));
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] <= MAX_CHUNK_BYTES));
}

/// Counts naively, with sets of characters.
fn naive(text: &Text, layers: &[&Layer], category: Option<&str>) -> Count {
    let mut characters = HashSet::new();
    let mut spans = 0;
    for span in layers.iter().flat_map(|l| l.spans()) {
        if category.is_none_or(|id| span.category.as_str() == id) {
            spans += 1;
            let ranges = span.ranges.iter();
            characters.extend(ranges.flat_map(|r| text.char_offset(r.start)..text.char_offset(r.end)));
        }
    }
    Count { spans, characters: characters.len() }
}

/// Layer, id, category, ranges and day; every other edit of an existing id removes it.
type RandomEdit = (bool, u128, usize, Vec<(usize, usize)>, i64);

fn random_edits() -> impl Strategy<Value = Vec<RandomEdit>> {
    let ranges = prop::collection::vec((0..900usize, 1..200usize), 1..4);
    prop::collection::vec((any::<bool>(), 0..12u128, 0..3usize, ranges, 0..4i64), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn incremental_updates_agree_with_a_full_count(edits in random_edits(), undone in any::<bool>()) {
        let content = "Das Übereinkommen 위협 e\u{301} 👩‍👩‍👧 ends. ".repeat(25);
        let mut project = project(&[&content, "short"]);
        let shown = undone.then(|| vec!["ana".into()]);
        let mut summary = ProjectSummary::new(&project, shown.clone());
        let text = project.document(&"d0".into()).unwrap().text.clone().unwrap();
        let mut inverses = Vec::new();
        for (ana, id, category, ranges, day) in edits {
            let layer = LayerId::new(&"d0".into(), &if ana { "ana" } else { "ben" }.into());
            let id = id + if ana { 0 } else { 100 };
            let there = project.layer(&layer).is_some_and(|l| l.span(SpanId(Uuid::from_u128(id))).is_some());
            let to = if there && day == 0 { None } else { span(&text, id, category, &ranges, day) };
            if to.is_none() && !there {
                continue;
            }
            let applied = project.apply(set(&layer, to, id)).unwrap();
            summary.update(&project, &applied.touched);
            inverses.push(applied.inverse);
        }
        prop_assert_eq!(&summary, &ProjectSummary::new(&project, shown.clone()));
        let document = project.document(&"d0".into()).unwrap();
        let layers: Vec<&Layer> = document.layers.iter()
            .filter(|(id, _)| !undone || id.as_str() == "ana").map(|(_, l)| &**l).collect();
        let got = summary.document(&"d0".into()).unwrap();
        let all = Count { spans: got.spans(), characters: got.tagged_characters() };
        prop_assert_eq!(all, naive(&text, &layers, None));
        for id in CATEGORIES {
            prop_assert_eq!(got.category(&id.into()), naive(&text, &layers, Some(id)));
        }
        for inverse in inverses.into_iter().rev() {
            let applied = project.apply(inverse).unwrap();
            summary.update(&project, &applied.touched);
        }
        prop_assert_eq!(summary.totals().spans, 0);
        let gone = project.apply(Edit::RemoveDocument { document: "d0".into() }).unwrap();
        summary.update(&project, &gone.touched);
        prop_assert_eq!(&summary, &ProjectSummary::new(&project, shown));
        prop_assert_eq!(summary.totals().documents, 1);
    }
}
