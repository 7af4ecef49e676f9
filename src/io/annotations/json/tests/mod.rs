//! Laws of all JSON formats: each is distinguished from the others and read back as it was, and no damage makes it panic.

mod foreign;
mod speed;
mod w3c;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use uuid::Uuid;

use crate::annotations::importer::Input;
use crate::annotations::{Fresh, Incoming, SpanOwner, importer, importer_of, place};
use crate::export::random::count_of;
use crate::export::{Exported, Scope, export_to_path, exporter, sample};
use crate::loss::RangeLoss;
use demarche_model::{
    AnnotatorId, Edit, LayerId, Link, LinkId, Project, Ranges, Span, SpanId, TextRange, Value,
};

const FORMATS: [&str; 6] = ["doccano", "label-studio", "prodigy", "spacy", "w3c", "jsonl"];

/// Returns the file of an exported folder that an importer reads.
fn target(folder: &Path, format: &str) -> (PathBuf, PathBuf) {
    let info = exporter(format).unwrap().info();
    match exporter(format).unwrap().is_folder() {
        true => (folder.join(format), folder.join(format).join("tasks.json")),
        false => {
            (folder.join("x").with_extension(info.extension), folder.join("x").with_extension(info.extension))
        }
    }
}

fn export(project: &Project, format: &str) -> (Exported, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let (path, file) = target(folder.path(), format);
    let exported = export_to_path(exporter(format).unwrap(), &Scope::everything(project), &path).unwrap();
    (exported, std::fs::read(file).unwrap())
}

/// Describes the result of reading back and the losses, one per line.
fn losses(exported: &Exported) -> Vec<String> {
    let read_back = exported.read_back.as_ref().unwrap();
    let lines = read_back.differences.iter().chain(&exported.losses);
    let lines = lines.map(|loss| loss.short());
    [read_back.to_string()].into_iter().chain(lines).collect()
}

/// Reads a file into an empty project of the sample's codebook.
fn read(name: &str, path: &str, bytes: &[u8], owner: SpanOwner<'_>) -> (Project, Incoming) {
    let mut project = Project::new("empty", sample::codebook());
    let input = Input::new(Path::new(path), bytes.to_vec());
    let mut next = 0x7000u128 << 64;
    let mut ids = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let draft = importer(name).unwrap().read(&input).unwrap();
    let mut incoming = place(&project, input.path, draft, owner, fresh).unwrap();
    let edit = std::mem::replace(&mut incoming.edit, Edit::Batch(Vec::new()));
    project.apply(edit).unwrap();
    (project, incoming)
}

/// Returns all passages of a project: document, annotator, category, words, attributes, note.
fn passages(project: &Project) -> Vec<String> {
    let mut out = Vec::new();
    for document in project.documents() {
        for (annotator, layer) in &document.layers {
            for span in layer.spans() {
                let quote = span.quote(document.text.as_ref().unwrap());
                let values: Vec<String> =
                    span.attributes.iter().map(|(id, value)| format!(" {id}={value:?}")).collect();
                let note = if span.note.is_empty() { String::new() } else { format!(" ({})", span.note) };
                out.push(format!("{annotator} {}: {quote}{}{note}", span.category, values.concat()));
            }
            for link in layer.links() {
                let word = |id| layer.span(id).map_or("elsewhere".to_owned(), |s| s.category.to_string());
                out.push(format!("{annotator} {} {} {}", word(link.from), link.kind, word(link.to)));
            }
        }
    }
    out
}

fn messages(incoming: &Incoming) -> Vec<String> {
    let losses = incoming.losses.iter().map(|loss| loss.short());
    let remarks = incoming.remarks.iter().cloned();
    incoming.problems.iter().map(ToString::to_string).chain(losses).chain(remarks).collect()
}

#[test]
fn every_export_is_detected_by_its_head() {
    let mut long = sample::project();
    let text = format!("{} end", "A long text. ".repeat(9000));
    long.apply(Edit::InsertDocument { at: 0, document: sample::document("d000", "Long", &text) }).unwrap();
    for project in [sample::project(), long] {
        for format in FORMATS {
            let (_, bytes) = export(&project, format);
            let (path, file) = target(Path::new("/"), format);
            assert!(path.extension().is_some() || file.extension().is_some());
            let head = &bytes[..bytes.len().min(64 * 1024)];
            let found = importer_of(&file, head).map(|importer| importer.name());
            assert_eq!(found, Some(format));
            // They are distinguished although all have the same extension.
            let ending = if format == "w3c" || format == "label-studio" { "json" } else { "jsonl" };
            let found = importer_of(Path::new("x").with_extension(ending).as_ref(), head);
            assert_eq!(found.map(|importer| importer.name()), Some(format));
        }
    }
    let unlabelled = importer_of(Path::new("x.json"), b"{\"text\":\"a\"}").map(|importer| importer.name());
    assert_eq!(unlabelled, Some("jsonl"), "the text is imported, not the JSON around it");
    for other in ["[1,2]", "{}", "", "no JSON", "{\"version\":1,\"items\":[]}"] {
        assert!(importer_of(Path::new("x.json"), other.as_bytes()).is_none(), "{other}");
    }
}

#[test]
fn the_sample_is_read_back_except_for_reported_losses() {
    let losses = |format| losses(&export(&sample::project(), format).0);
    let all = "Read back and compared: 8 of 8 passages came back";
    assert_eq!(losses("w3c"), [format!("{all}, 1 of 1 links")]);
    let outer = "1 LinksToOthers";
    assert_eq!(losses("label-studio"), [format!("{all}, 0 of 1 links"), outer.to_owned()]);
    assert_eq!(
        losses("prodigy"),
        [format!("{all}, 0 of 1 links"), outer.to_owned(), "2 HiddenRanges".to_owned()]
    );
    let several = "1 SplitPassages";
    assert_eq!(
        losses("doccano"),
        [
            "Read back and compared: 7 of 8 passages came back, 0 of 1 links",
            "3 NewPassages",
            "6 AttributeValues",
            "1 Notes",
            outer,
            several
        ]
    );
    assert_eq!(
        losses("spacy"),
        [
            "Read back and compared: 6 of 8 passages came back, 0 of 1 links",
            "2 NewPassages",
            "6 AttributeValues",
            "1 Notes",
            "1 Links",
            several,
            "2 OffTokenRanges"
        ]
    );
}

#[test]
fn an_annotator_with_an_email_is_a_user_of_label_studio() {
    let mut project = sample::project();
    let mut ben = project.annotator(&"ben".into()).unwrap().clone();
    ben.name = "ben@example.org".to_owned();
    project.apply(Edit::SetAnnotator { id: "ben".into(), to: Some((0, ben)) }).unwrap();
    let (exported, bytes) = export(&project, "label-studio");
    let tasks = String::from_utf8(bytes).unwrap();
    assert!(
        tasks.contains(r#""completed_by":{"email":"ben@example.org"}"#)
            && !tasks.contains(r#""annotator":"ben""#)
    );
    assert_eq!(exported.read_back.unwrap().differences, []);
}

#[test]
fn a_file_that_is_nested_deep_or_cut_off_is_one_problem() {
    let me = AnnotatorId::new("me");
    for format in &FORMATS[..5] {
        for file in ["[".repeat(200_000), "{\"a\":".repeat(200_000), "[{\"data\":{\"text\":\"a\"".to_owned()]
        {
            let (project, incoming) =
                read(format, "/no/such/x.json", file.as_bytes(), SpanOwner::Unsigned(&me));
            assert_eq!((project.documents().len(), incoming.problems.len()), (0, 1), "{format}");
        }
    }
}

/// The random parts of a span: document, annotator, category, start, length, and a second range.
type Wish = (usize, bool, usize, usize, usize, Option<(usize, usize)>, u8);

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let second = prop::option::of((0..60usize, 1..9usize));
    prop::collection::vec(
        (0..4usize, any::<bool>(), 0..3usize, 0..60usize, 1..20usize, second, any::<u8>()),
        0..20,
    )
}

/// Generates texts with everything that is difficult for offsets.
fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a한é👩 \u{200d}\u{301}\tש\n.'\"\\\\<&]{1,60}x", 1..4)
}

/// Returns one value for each bit.
fn values(bits: u8) -> demarche_model::Attributes {
    let all = [
        ("actor", Value::Choice("Norvania & \"co\"".into())),
        ("note", Value::Text(" two\nlines ".to_owned())),
        ("weight", Value::Number(f64::from(bits) / 4.0 - 9.0)),
        ("conditional", Value::Flag(bits > 100)),
        ("due", Value::Date("2026-04-01".into())),
        ("issues", Value::Choices(["fees".into()].into())),
    ];
    all.into_iter()
        .enumerate()
        .filter(|(at, _)| bits >> at & 1 == 1)
        .map(|(_, (id, v))| (id.into(), v))
        .collect()
}

/// Returns a project with these spans. `plain` is for formats with one range per passage and nothing else.
fn random(texts: &[String], wishes: Vec<Wish>, plain: bool) -> Project {
    let mut project = Project::new("p", sample::codebook());
    for (at, text) in texts.iter().enumerate() {
        // The number makes texts distinct, since equal texts would be read back as one.
        let document = sample::document(&format!("d{:03}", at + 1), "T", &format!("{at}{text}"));
        project.apply(Edit::InsertDocument { at, document }).unwrap();
    }
    let mut seen = HashSet::new();
    let mut last: Option<(LayerId, SpanId)> = None;
    for (number, (document, ana, category, start, length, second, bits)) in (1u128..).zip(wishes) {
        let document = &project.documents()[document % texts.len()];
        let text = document.text.clone().unwrap();
        let at = |count: usize| text.byte_offset(count.min(text.characters())).unwrap();
        let range = |start, length| TextRange { start: at(start), end: at(start + length) };
        let second = second.filter(|_| !plain).map(|(start, length)| range(start, length));
        let Some(ranges) = Ranges::new([range(start, length)].into_iter().chain(second)) else { continue };
        let category = ["move", "threat", "offer"][category];
        let annotator: AnnotatorId = if ana { "ana" } else { "ben" }.into();
        let layer = LayerId::new(document.id(), &annotator);
        if !seen.insert((layer.clone(), category, ranges.clone())) {
            continue;
        }
        let id = SpanId(Uuid::from_u128(number << 64 | 7));
        let (attributes, note) =
            if plain { Default::default() } else { (values(bits), "n ".repeat(number as usize % 3)) };
        let span = Span { ranges, id, attributes, note, ..sample::span(1, category, "x", &["x"]) };
        project.apply(Edit::SetSpan { layer: layer.clone(), id, to: Some(Arc::new(span)) }).unwrap();
        if let Some((_, from)) = last.take().filter(|(other, _)| *other == layer) {
            let id = LinkId(Uuid::from_u128(number << 64 | 9));
            let (to_document, kind) = (layer.document.clone(), "responds-to".into());
            let link = Link {
                id: LinkId(id.0),
                kind,
                from,
                to_document,
                to: SpanId(Uuid::from_u128(number << 64 | 7)),
                created: sample::NOW,
            };
            project.apply(Edit::SetLink { layer: layer.clone(), id, to: Some(Arc::new(link)) }).unwrap();
        }
        last = Some((layer, SpanId(Uuid::from_u128(number << 64 | 7))));
    }
    project
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn all_passages_are_read_back(texts in texts(), wishes in wishes()) {
        for format in ["label-studio", "prodigy", "w3c", "doccano"] {
            let project = random(&texts, wishes.clone(), format == "doccano");
            let read_back = export(&project, format).0.read_back.unwrap();
            prop_assert_eq!(read_back.spans.0, read_back.spans.1, "{}", format);
            let (came, all) = read_back.links.unwrap();
            prop_assert_eq!(came, all, "{}", format);
            prop_assert_eq!(read_back.differences, [], "{}", format);
        }
    }

    #[test]
    fn passages_on_spacy_tokens_are_read_back(texts in texts(), wishes in wishes()) {
        let exported = export(&random(&texts, wishes, true), "spacy").0;
        let read_back = exported.read_back.unwrap();
        let off = count_of(&exported.losses, RangeLoss::OffTokenRanges);
        prop_assert_eq!(read_back.spans.0 + off, read_back.spans.1);
        prop_assert_eq!(read_back.differences, []);
    }
}

/// A kind of damage with a position and a byte.
type Damage = (u8, usize, usize, u8);

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec(
        (0..5u8, any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()),
        1..5,
    )
    .prop_map(|all| {
        all.into_iter().map(|(kind, a, b, byte)| (kind, a.index(1 << 20), b.index(1 << 20), byte)).collect()
    })
}

fn damage(bytes: &mut Vec<u8>, (kind, a, b, byte): Damage) {
    if bytes.is_empty() {
        return;
    }
    let (a, b) = (a % bytes.len(), b % bytes.len());
    let part = bytes[a.min(b)..a.max(b)].to_vec();
    match kind {
        0 => bytes[a] = byte,
        1 => bytes.truncate(a),
        2 => drop(bytes.splice(a..a, part)),
        3 => drop(bytes.drain(a.min(b)..a.max(b))),
        _ => drop(bytes.splice(a..a, br#"-9223372036854775808"#.iter().copied())),
    }
}

fn survive(cases: u32) {
    let exports: Vec<(&str, Vec<u8>)> =
        FORMATS[..5].iter().map(|&format| (format, export(&sample::project(), format).1)).collect();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    proptest!(config, |(which in 0..5usize, damages in damages())| {
        let (format, bytes) = &exports[which];
        let mut bytes = bytes.clone();
        damages.into_iter().for_each(|each| damage(&mut bytes, each));
        let me = AnnotatorId::new("ana");
        read(format, "/no/such/x.json", &bytes, SpanOwner::Unsigned(&me));
    });
}

#[test]
fn no_damage_makes_an_import_panic() {
    survive(256);
}

#[test]
#[ignore = "for hours of it: MUTATIONS says how many"]
fn no_damage_of_many_makes_an_import_panic() {
    survive(std::env::var("MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000));
}

/// Writes a random project for the readers of other programs; see `tests/independent/json_formats.py`.
#[test]
#[ignore = "writes to the folder that INDEPENDENT names"]
fn a_rich_project_for_independent_readers() {
    let root = PathBuf::from(std::env::var_os("INDEPENDENT").unwrap());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut tree = || (texts(), wishes()).new_tree(&mut runner).unwrap().current();
    let (mut all_texts, mut all_wishes) = (Vec::new(), Vec::new());
    for at in 0..40 {
        let (texts, wishes) = tree();
        let start = all_texts.len();
        all_wishes.extend(
            wishes
                .into_iter()
                .map(|wish| (start + wish.0 % texts.len(), true, wish.2, wish.3, wish.4, wish.5, wish.6)),
        );
        all_texts.extend(texts.into_iter().map(|text| format!("{at} 👩 {text}")));
    }
    let project = random(&all_texts, all_wishes, false);
    for format in FORMATS {
        let (path, _) = target(&root.join(format), format);
        let info = exporter(format).unwrap().info();
        let path = if exporter(format).unwrap().is_folder() {
            root.join(format)
        } else {
            path.with_file_name("export").with_extension(info.extension)
        };
        std::fs::create_dir_all(root.join(format)).unwrap();
        export_to_path(exporter(format).unwrap(), &Scope::everything(&project), &path).unwrap();
    }
}
