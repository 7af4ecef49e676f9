use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use crate::annotations::importer::{Importer, Input};
use crate::annotations::{Additions, Fresh, Incoming, SpanOwner, place};
use crate::export::{Scope, memory, sample};
use crate::{ExportLoss, IoError, Loss};
use demarche_model::{
    Annotator, AnnotatorId, Basis, CategoryId, Colour, DocumentId, Edit, LayerId, Project, Provenance,
    Ranges, Role, SourceSpan, Span, SpanId, TextRange,
};

/// Returns a source of consecutive ids, so that tests are reproducible.
fn counter() -> impl FnMut() -> Uuid {
    let mut next = 0x7000u128 << 64;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

fn try_read(project: &Project, bytes: &[u8], annotator: Option<&str>) -> Result<Incoming, IoError> {
    let annotator = annotator.map(AnnotatorId::new);
    let owner = annotator.as_ref().map_or(SpanOwner::Named, SpanOwner::All);
    let input = Input::new(Path::new("in.jsonl"), bytes.to_vec());
    let fresh = Fresh { ids: &mut counter(), now: sample::NOW };
    place(project, input.path, super::Jsonl.read(&input)?, owner, fresh)
}

fn read(project: &Project, lines: &str, annotator: Option<&str>) -> Incoming {
    try_read(project, lines.as_bytes(), annotator).unwrap()
}

fn export(project: &Project) -> String {
    memory::text("jsonl", &Scope::everything(project))
}

/// Exports a project into which the documents `d001`, `d002` … have been imported, under those ids.
fn export_back(project: &Project, imported: &[DocumentId]) -> String {
    (1..).zip(imported).fold(export(project), |text, (number, id)| {
        text.replace(&format!("\"{id}\""), &format!("\"d{number:03}\""))
    })
}

fn messages(import: &Incoming) -> Vec<String> {
    import.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn an_export_is_read_back_to_the_byte() {
    let exported = export(&sample::project());
    let mut empty = Project::new("empty", sample::codebook());
    let annotators = sample::project().annotators().to_vec();
    for (at, annotator) in annotators.into_iter().enumerate() {
        empty.apply(Edit::SetAnnotator { id: annotator.id.clone(), to: Some((at, annotator)) }).unwrap();
    }
    let import = read(&empty, &exported, None);
    assert_eq!(messages(&import), [""; 0]);
    assert_eq!((import.documents.len(), import.spans, import.links, import.skipped), (2, 8, 1, 0));
    empty.apply(import.edit).unwrap();
    assert_eq!(export_back(&empty, &import.documents), exported);
    assert_eq!(empty.actors(), ["Norvania"]);
}

#[test]
fn provenance_of_consensus_passages_is_read_back() {
    let mut project = sample::project();
    let document = project.document(&"d001".into()).unwrap().clone();
    let (annotator, from) = document
        .layers
        .iter()
        .find_map(|(annotator, layer)| Some((annotator.clone(), layer.spans().next()?.clone())))
        .unwrap();
    let source = |span| SourceSpan { annotator: annotator.clone(), span };
    let gone = SpanId(Uuid::from_u128(7));
    let provenance = Provenance {
        from: vec![source(from.id)],
        over: vec![source(gone)],
        basis: Basis::Single,
        by: "ben".into(),
        at: sample::NOW,
    };
    let id = SpanId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0999));
    let span = Span { id, provenance: Some(Box::new(provenance.clone())), ..Span::clone(&from) };
    let layer = LayerId::new(&"d001".into(), &AnnotatorId::consensus());
    project.apply(Edit::SetSpan { layer: layer.clone(), id, to: Some(Arc::new(span)) }).unwrap();
    let exported = export(&project);
    let mut empty = Project::new("empty", sample::codebook());
    let import = read(&empty, &exported, None);
    assert_eq!(messages(&import), [""; 0]);
    assert!(!import.additions.annotators.contains(&AnnotatorId::consensus()), "it is nobody");
    empty.apply(import.edit).unwrap();
    let came = empty.layer(&LayerId::new(&import.documents[0], &layer.annotator)).unwrap().span(id).unwrap();
    assert_eq!(came.provenance.as_deref(), Some(&provenance));
    // If the ids are in use, it refers to the spans by their new ids.
    let import = read(
        &project,
        &exported.replace(r#""text":""#, r#""text":"X "#).replace(r#""quote""#, r#""q""#),
        None,
    );
    project.apply(import.edit).unwrap();
    let document = project.document(&import.documents[0]).unwrap();
    let consensus = document.consensus_spans().next().unwrap();
    let named = &consensus.provenance.as_ref().unwrap().from[0];
    assert!(named.span != from.id && document.layer(&named.annotator).unwrap().span(named.span).is_some());
    let (_, losses) = memory::export("csv", &Scope::everything(&empty));
    assert!(losses.contains(&Loss::new(ExportLoss::Origins, 1)));
}

#[test]
fn consensus_passages_become_the_part_of_someone_who_may_adjudicate() {
    let mut project = sample::project();
    let span = project.documents()[0].layers.values().find_map(|layer| layer.spans().next()).unwrap().clone();
    let id = SpanId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0999));
    let decided = Arc::new(Span { id, note: "Agreed.".to_owned(), ..Span::clone(&span) });
    let part = AnnotatorId::consensus_of(&"ana".into());
    let set = Edit::SetSpan { layer: LayerId::new(&"d001".into(), &part), id, to: Some(decided) };
    project.apply(set).unwrap();
    let exported = export(&project.with_one_consensus());
    assert!(exported.contains(r#""annotator":"consensus""#));
    let importing = |roles: &[(&str, Role)], user: &str| {
        let mut into = Project::new("empty", sample::codebook());
        for (at, (id, role)) in roles.iter().enumerate() {
            let person = Annotator { role: *role, ..Annotator::new((*id).into(), *id, Colour::nth(at)) };
            into.apply(Edit::SetAnnotator { id: (*id).into(), to: Some((at, person)) }).unwrap();
        }
        let input = Input::new(Path::new("in.jsonl"), exported.clone().into_bytes());
        let fresh = Fresh { ids: &mut counter(), now: sample::NOW };
        let (draft, user) = (super::Jsonl.read(&input).unwrap(), AnnotatorId::new(user));
        let import = place(&into, input.path, draft, SpanOwner::Unsigned(&user), fresh).unwrap();
        let documents = import.documents.clone();
        into.apply(import.edit).unwrap();
        into.document(&documents[0]).unwrap().consensus_layer_of(id).unwrap().annotator
    };
    let of = |who: &str| AnnotatorId::consensus_of(&who.into());
    let (lead, reader, coder) = (("ana", Role::Lead), ("rita", Role::Reviewer), ("ben", Role::Annotator));
    assert_eq!(importing(&[coder, lead, reader], "rita"), of("rita"));
    assert_eq!(importing(&[coder, lead, reader], "ben"), of("ana"));
    assert_eq!(importing(&[coder], "ben"), of("ben"), "nobody reviews");
    assert_eq!(importing(&[coder], "nobody-here"), of("ben"));
    assert_eq!(importing(&[], "nobody-here"), AnnotatorId::consensus());
    // A passage that one adjudicator has is not imported again for another.
    let again = read(&project, &exported, None);
    assert_eq!((again.spans, again.documents.len()), (0, 0));
}

#[test]
fn importing_twice_changes_nothing() {
    let project = sample::project();
    let import = read(&project, &export(&project), None);
    assert_eq!(import.edit, Edit::Batch(Vec::new()));
    assert_eq!((import.documents.len(), import.spans, import.links, import.skipped), (0, 0, 0, 9));
    assert_eq!(import.additions, Additions::default());
}

#[test]
fn a_text_that_is_there_gets_a_layer_of_the_annotator() {
    let mut project = sample::project();
    let exported = export(&project);
    let import = read(&project, &exported, Some("cleo"));
    assert_eq!(import.documents, []);
    assert_eq!((import.spans, import.links), (8, 1));
    assert_eq!(import.additions.annotators, ["cleo".into()]);
    project.apply(import.edit).unwrap();
    let layer = project.document(&"d001".into()).unwrap().layer(&"cleo".into()).unwrap();
    assert_eq!(layer.len(), 8);
    // The given ids are in use, so all are new, and the link refers to the new ones.
    let link = layer.links().next().unwrap();
    assert!(layer.span(link.from).is_some() && layer.span(link.to).is_some());
    assert_eq!(project.annotator(&"cleo".into()).unwrap().name, "Cleo");
    assert_eq!(read(&project, &exported, Some("cleo")).edit, Edit::Batch(Vec::new()));
}

#[test]
fn new_entries_are_added_and_reported() {
    let mut project = sample::project();
    let line = r#"{"id":7,"text":"한 red line\r\nand more 👩‍👩‍👧.","title":" ","spans":[
        {"annotator":"../Ana Müller","category":"red-line","start":2,"end":10,"quote":"red line",
         "attributes":{"tone":"cold","marks":["a","b"],"when":{"date":"2026-01-02"},"none":null}},
        {"annotator":"ana","category":"THREAT","ranges":[[12,15],[16,20]],"quote":"and more","note":"n"},
        {"annotator":"ana","category":"Offer","ranges":[[12,15],[17,20]],"quote":"and ore"}],
        "label":[[21,26,"offer"]],"links":[{"kind":"answers","from":1,"to":2}]}"#
        .replace('\n', " ");
    let error = try_read(&project, line.as_bytes(), None);
    assert!(error.unwrap_err().to_string().contains("--annotator"));
    let line = line.replace(r#""label":[[21,26,"offer"]],"#, "");
    let import = read(&project, &line, None);
    assert_eq!(messages(&import), ["a link starts at the span `1`, which was not imported: in.jsonl:1"]);
    let [id] = &import.documents[..] else { panic!("{:?}", import.documents) };
    let id = id.clone();
    assert_eq!(import.additions.categories, ["red-line".into()]);
    assert_eq!(import.additions.annotators, ["ana-muller".into()]);
    assert_eq!(import.additions.attributes, ["marks".into(), "tone".into(), "when".into()]);
    project.apply(import.edit).unwrap();
    let document = project.document(&id).unwrap();
    assert_eq!(document.meta.title, "한 red line");
    assert_eq!(document.meta.origin.sha256.len(), 64);
    let quotes: Vec<String> = document
        .layers
        .values()
        .flat_map(|layer| layer.spans())
        .map(|span| format!("{} {}", span.category, span.quote(document.text.as_ref().unwrap())))
        .collect();
    assert_eq!(quotes, ["threat and more", "offer and ore", "red-line red line"]);
    assert_eq!(project.codebook().category(&"red-line".into()).unwrap().name, "Red line");
    assert_eq!(project.annotator(&"ana-muller".into()).unwrap().name, "../Ana Müller");
}

#[test]
fn an_old_id_means_what_it_has_become() {
    let mut project = sample::project();
    project.apply(Edit::SetAlias { from: "plea".into(), to: Some("offer".into()) }).unwrap();
    let line = r#"{"text":"One two three.","spans":[{"category":"plea","start":0,"end":3},{"category":"Plea","start":4,"end":7}]}"#;
    let import = read(&project, line, Some("ana"));
    assert_eq!((import.spans, import.additions.categories.as_slice()), (2, ["Plea".into()].as_slice()));
    project.apply(import.edit).unwrap();
    let document = project.document(&import.documents[0]).unwrap();
    let spans = document.layers.values().flat_map(|layer| layer.spans());
    assert!(spans.map(|span| span.category.as_str()).eq(["offer", "Plea"]));
}

#[test]
fn a_json_file_is_refused_once() {
    let project = sample::project();
    for file in ["[\n{\"text\":\"a\"},\n{}\n]", "{\n \"text\": \"a\"\n}"] {
        assert_eq!(messages(&read(&project, file, None)).len(), 1);
    }
}

#[test]
fn doccano_labels_are_imported() {
    let project = sample::project();
    let import = read(
        &project,
        r#"{"id":1,"text":"👩‍👩‍👧 will go","label":[[6,10,"Threat"],[6,99,"Threat"]]}"#,
        Some("ana"),
    );
    assert_eq!(import.spans, 1);
    assert_eq!(messages(&import), ["the span 6–99 is outside the text of 13 characters: in.jsonl:1"]);
}

#[test]
fn a_format_is_detected_after_a_long_text() {
    let text = "We will go. ".repeat(9000);
    let line = format!(
        r#"{{"text":"{text}","entities":[{{"label":"Threat","start_offset":0,"end_offset":10}}],"relations":[]}}"#
    );
    let import = read(&sample::project(), &line, Some("ana"));
    assert_eq!((import.spans, messages(&import).len()), (1, 0));
}

#[test]
fn invalid_records_are_refused_one_by_one() {
    let project = sample::project();
    let lines = [
        r#"{"text":"One two three.","spans":["#,
        r#"{"text":"One two three.","date":"soon","spans":[{"category":"offer","start":0,"end":3},"#,
        r#"{"title":"no text"}"#,
        "",
        r#"{"text":"  "}"#,
    ];
    let spans = [
        r#"{"category":"offer","start":3,"end":3}"#,
        r#"{"category":"offer","start":5,"end":2}"#,
        r#"{"category":"offer","start":-1,"end":2}"#,
        r#"{"category":"offer","start":4,"end":7,"quote":"One"}"#,
        r#"{"category":"offer","start":"x","end":7}"#,
        r#"{"start":4,"end":7}"#,
        r#"{"category":" ","start":4,"end":7}"#,
        r#"{"category":"offer"}"#,
        r#"{"category":"offer","start":0,"end":7,"ranges":[[0,3]]}"#,
        r#"{"category":"offer","start":4,"end":7,"attributes":{"actor":{"a":1}}}"#,
        r#"{"category":"offer","start":4,"end":7,"created":"yesterday"}"#,
        "3",
        r#"{"category":"unheard-of","start":4,"end":7}]}"#,
    ];
    let file =
        [lines[0], &format!("{}{}", lines[1], spans.join(",")), lines[2], lines[3], lines[4]].join("\n");
    let import = read(&project, &file, Some("ana"));
    assert_eq!(import.spans, 2);
    assert_eq!(import.additions.categories, ["unheard-of".into()]);
    let mut kinds: Vec<(usize, &str)> =
        import.problems.iter().map(|p| (p.line.unwrap(), p.kind.name())).collect();
    kinds.sort_unstable();
    let (malformed, outside) = ("malformed", "outside-text");
    assert_eq!(
        kinds,
        [
            (1, malformed),
            (2, malformed),
            (2, malformed),
            (2, malformed),
            (2, malformed),
            (2, malformed),
            (2, malformed),
            (2, malformed),
            (2, malformed),
            (2, malformed),
            (2, outside),
            (2, outside),
            (2, outside),
            (2, "quote-mismatch"),
            (3, malformed),
            (5, "not-imported"),
        ]
    );
}

#[test]
fn nothing_in_a_file_makes_it_panic() {
    let project = sample::project();
    let exported = export(&project);
    let mut damaged = exported.clone().into_bytes();
    for at in (0..damaged.len()).step_by(17) {
        let kept = std::mem::replace(&mut damaged[at], b'9');
        let result = try_read(&project, &damaged, Some("ana"));
        let mut copy = project.clone();
        copy.apply(result.unwrap().edit).unwrap();
        damaged[at] = kept;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn all_passages_are_read_back(
        texts in prop::collection::vec("[a한é👩 \u{200d}\u{301}\tש\n]{1,60}x", 1..4),
        spans in prop::collection::vec((0..4usize, 0..3usize, 0..60usize, 1..20usize, 0..60usize, 1..9usize), 0..25),
    ) {
        let mut project = Project::new("p", sample::codebook());
        for (at, text) in texts.iter().enumerate() {
            // The number makes texts distinct, since equal texts would be read back as one.
            let document = sample::document(&format!("d{:03}", at + 1), "T", &format!("{at}{text}"));
            project.apply(Edit::InsertDocument { at, document }).unwrap();
        }
        let mut id = counter();
        let mut seen = HashSet::new();
        for (document, category, start, length, second, more) in spans {
            let document = &project.documents()[document % texts.len()];
            let text = document.text.clone().unwrap();
            let at = |count: usize| text.byte_offset(count.min(text.characters())).unwrap();
            let range = |start, length| TextRange { start: at(start), end: at(start + length) };
            let Some(ranges) = Ranges::new([range(start, length), range(second, more)]) else { continue };
            let category: CategoryId = ["move", "threat", "offer"][category].into();
            let annotator: AnnotatorId = if length % 2 == 0 { "ana" } else { "ben" }.into();
            if !seen.insert((document.id().clone(), annotator.clone(), category.clone(), ranges.clone())) {
                continue;
            }
            let span = Span { category, ranges, id: SpanId(id()), ..sample::span(1, "move", "x", &["x"]) };
            let layer = LayerId::new(document.id(), &annotator);
            project.apply(Edit::SetSpan { layer, id: span.id, to: Some(Arc::new(span)) }).unwrap();
        }
        let exported = export(&project);
        let mut empty = Project::new("q", sample::codebook());
        let import = read(&empty, &exported, None);
        prop_assert_eq!(messages(&import), Vec::<String>::new());
        empty.apply(import.edit).unwrap();
        let sorted = |text: String| {
            let mut spans: Vec<String> = text.split('{').map(|s| s.trim_end_matches([',', ']']).to_owned()).collect();
            spans.sort();
            spans
        };
        prop_assert_eq!(sorted(export_back(&empty, &import.documents)), sorted(exported));
    }
}
