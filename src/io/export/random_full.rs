//! Random projects and random damage to files, for the tests of all formats.

use std::collections::HashSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use uuid::Uuid;

use super::{Scope, export_to_path, exporter, sample};
use demarche_model::{
    AnnotatorId, Attributes, CategoryId, Edit, LayerId, Link, LinkId, Project, Ranges, Span, SpanId,
    TextRange, Value,
};

/// The parts of a span: document, start, length, gap, length of a second range, category, note, attributes.
type Seed = (Index, usize, usize, usize, usize, usize, String, Attributes);

/// Texts with everything that is difficult for offsets.
const TEXT: &str = "[a한é👩 \u{200d}\u{301}\tש\n<&]{1,60}x";

fn attributes() -> impl Strategy<Value = Attributes> {
    let value = prop_oneof![
        "[a한 \"<]{1,9}x".prop_map(|word| ("actor", Value::Choice(word.into()))),
        "[a한\n\"<&]{1,9}".prop_map(|text| ("note", Value::Text(text))),
        (-999_999..999_999).prop_map(|number| ("weight", Value::Number(f64::from(number) / 8.0))),
        any::<bool>().prop_map(|flag| ("conditional", Value::Flag(flag))),
        Just(("due", Value::Date("2026-04-01".into()))),
        prop::collection::btree_set("[a-z ]{1,5}", 1..3)
            .prop_map(|all| ("issues", Value::Choices(all.into_iter().map(Into::into).collect()))),
    ];
    prop::collection::vec(value, 0..3)
        .prop_map(|all| all.into_iter().map(|(id, value)| (id.into(), value)).collect::<Attributes>())
}

/// Generates projects with several texts, spans of two annotators, and links.
pub(crate) fn project() -> impl Strategy<Value = Project> {
    let note = "([a한\t\n<&\"]{1,9}x)?";
    let seed = (any::<Index>(), 0..50usize, 1..20usize, 1..5usize, 0..6usize, 0..3usize, note, attributes());
    let links = prop::collection::vec((any::<Index>(), any::<Index>()), 0..6);
    (prop::collection::vec(TEXT, 1..4), prop::collection::vec(seed, 0..12), links)
        .prop_map(|(texts, seeds, links)| build(&texts, seeds, &links))
}

fn build(texts: &[String], seeds: Vec<Seed>, links: &[(Index, Index)]) -> Project {
    let mut project = sample::project();
    for id in ["d001", "d002"] {
        project.apply(Edit::RemoveDocument { document: id.into() }).unwrap();
    }
    let mut known = HashSet::new();
    for (at, text) in texts.iter().filter(|text| known.insert(text.as_str())).enumerate() {
        let document = sample::document(&format!("d1{at:02}"), &format!("Text {at}"), text);
        project.apply(Edit::InsertDocument { at, document }).unwrap();
    }
    let mut spans: Vec<(LayerId, SpanId)> = Vec::new();
    let mut seen = HashSet::new();
    for (number, seed) in (1..).zip(seeds) {
        let (layer, span) = span(&project, number, seed);
        if seen.insert((layer.clone(), span.category.clone(), span.ranges.clone())) {
            spans.push((layer.clone(), span.id));
            project.apply(Edit::SetSpan { layer, id: span.id, to: Some(Arc::new(span)) }).unwrap();
        }
    }
    let mut seen = HashSet::new();
    for (number, (from, to)) in (1..).zip(links).filter(|_| spans.len() > 1) {
        let ((layer, from), (end, to)) = (from.get(&spans), to.get(&spans));
        if from != to && seen.insert((from, to)) {
            let (kind, to_document) = ("responds-to".into(), end.document.clone());
            let id = LinkId(Uuid::from_u128(0x9000 << 64 | number));
            let link = Link { id, kind, from: *from, to_document, to: *to, created: sample::NOW };
            project.apply(Edit::SetLink { layer: layer.clone(), id, to: Some(Arc::new(link)) }).unwrap();
        }
    }
    project
}

fn span(project: &Project, number: u128, seed: Seed) -> (LayerId, Span) {
    let (document, start, length, gap, more, category, note, attributes) = seed;
    let document = document.get(project.documents());
    let text = document.text.as_ref().unwrap();
    let last = text.characters();
    let at = |offset: usize| text.byte_offset(offset.min(last)).unwrap();
    let start = start % last;
    let range = |start: usize, length: usize| TextRange { start: at(start), end: at(start + length) };
    let ranges = [range(start, length), range(start + length + gap, more)];
    let category: CategoryId = ["move", "threat", "offer"][category].into();
    let annotator: AnnotatorId = if length % 2 == 0 { "ana" } else { "ben" }.into();
    let id = SpanId(Uuid::from_u128(0x8000 << 64 | number));
    let ranges = Ranges::new(ranges).unwrap();
    let plain = sample::span(1, "move", "x", &["x"]);
    (LayerId::new(document.id(), &annotator), Span { id, category, ranges, attributes, note, ..plain })
}

/// Exports a project, reads it back, and describes the result: passages, links, differences, losses.
pub(crate) fn comes_back(format: &str, project: &Project) -> String {
    let folder = tempfile::tempdir().unwrap();
    let exporter = exporter(format).unwrap();
    let name = if exporter.is_folder() { "x".to_owned() } else { format!("x.{}", exporter.info().extension) };
    let exported = export_to_path(exporter, &Scope::everything(project), &folder.path().join(name)).unwrap();
    let read_back = exported.read_back.unwrap();
    let all = read_back.differences.iter().chain(&exported.losses);
    let all: String = all.map(|loss| format!("; {}", loss.short())).collect();
    format!("{read_back}{all}")
}

/// Returns what [`comes_back`] returns if nothing is lost.
pub(crate) fn all_of(project: &Project) -> String {
    let layers = || project.documents().iter().flat_map(|document| document.layers.values());
    let spans: usize = layers().map(|layer| layer.len()).sum();
    let links: usize = layers().map(|layer| layer.links().count()).sum();
    let links = if links > 0 { format!(", {links} of {links} links") } else { String::new() };
    format!("Read back and compared: {spans} of {spans} passages came back{links}")
}

/// A kind of damage to a file.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    /// A byte is changed.
    Set(Index, u8),
    /// The rest is cut off.
    Cut(Index),
    /// A part is removed.
    Drop(Index, usize),
    /// A part is repeated.
    Double(Index, usize),
    /// A part is copied to another position.
    Splice(Index, Index, usize),
    /// Some words are inserted.
    Insert(Index, &'static str),
}

const WORDS: [&str; 10] =
    ["-1", "99999999999999999999", "{", "\"", "<a>", "</", "&x;", "\u{feff}", "null", "\u{1f469}"];

/// Generates any damage.
pub(crate) fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let index = any::<Index>;
    let one = prop_oneof![
        (index(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        index().prop_map(Damage::Cut),
        (index(), 1..40usize).prop_map(|(at, length)| Damage::Drop(at, length)),
        (index(), 1..400usize).prop_map(|(at, length)| Damage::Double(at, length)),
        (index(), index(), 1..400usize).prop_map(|(at, to, length)| Damage::Splice(at, to, length)),
        (index(), prop::sample::select(&WORDS[..])).prop_map(|(at, words)| Damage::Insert(at, words)),
    ];
    prop::collection::vec(one, 1..4)
}

/// Applies all the damage to some bytes.
pub(crate) fn damaged(bytes: &[u8], all: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for one in all {
        if bytes.is_empty() {
            return bytes;
        }
        let length = bytes.len();
        let stretch = |at: usize, most: usize| at..(at + most).min(length);
        match one {
            Damage::Set(at, byte) => bytes[at.index(length)] = *byte,
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Drop(at, most) => drop(bytes.drain(stretch(at.index(length), *most))),
            Damage::Double(at, most) => {
                let range = stretch(at.index(length), *most);
                let copy = bytes[range.clone()].to_vec();
                bytes.splice(range.start..range.start, copy);
            }
            Damage::Splice(at, to, most) => {
                let copy = bytes[stretch(at.index(length), *most)].to_vec();
                let to = to.index(length);
                bytes.splice(to..to, copy);
            }
            Damage::Insert(at, words) => {
                let at = at.index(length);
                bytes.splice(at..at, words.bytes());
            }
        }
    }
    bytes
}

/// Returns the number of files that a test damages: few, or as many as the environment says.
pub(crate) fn cases(few: u32) -> ProptestConfig {
    let many = std::env::var("MUTATIONS").ok().and_then(|number| number.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(many.unwrap_or(few)) }
}

/// Returns a project of 100 documents of 10 kB with 1,000 spans each.
fn large() -> Project {
    let mut project = sample::project();
    let text = |at: usize| format!("Document {at}. ") + &"The delegation warns 위협 of delay. ".repeat(270);
    for at in 0..100 {
        let id = format!("d{:03}", at + 10);
        let text = text(at);
        project
            .apply(Edit::InsertDocument { at: 2 + at, document: sample::document(&id, &id, &text) })
            .unwrap();
        let document = project.document(&id.as_str().into()).unwrap().text.clone().unwrap();
        for number in 0..1000 {
            let byte = |offset| document.byte_offset(offset).unwrap();
            let range = TextRange { start: byte(number * 8), end: byte(number * 8 + 20) };
            let id = SpanId(Uuid::from_u128(0x7000 << 64 | (at * 1000 + number) as u128));
            let ranges = Ranges::one(range).unwrap();
            let attributes = [("actor".into(), Value::Choice("Norvania".into()))].into();
            let span = Span { id, ranges, attributes, ..sample::span(1, "threat", "x", &["x"]) };
            let annotator: AnnotatorId = if number % 2 == 0 { "ana" } else { "ben" }.into();
            let layer = LayerId { document: format!("d{:03}", at + 10).as_str().into(), annotator };
            project.apply(Edit::SetSpan { layer, id, to: Some(Arc::new(span)) }).unwrap();
        }
    }
    project
}

/// Measures the speed. Run by hand: `cargo test --release --lib -- --ignored speed --nocapture`.
#[test]
#[ignore = "takes long; says how fast formats are"]
fn speed() {
    let project = large();
    let scope = Scope::everything(&project);
    for exporter in super::exporters() {
        let folder = tempfile::tempdir().unwrap();
        let info = exporter.info();
        let path = folder.path().join(format!("x.{}", info.extension));
        let start = std::time::Instant::now();
        super::memory::export(info.name, &scope);
        let written = start.elapsed();
        let start = std::time::Instant::now();
        let exported = export_to_path(*exporter, &scope, &path).unwrap();
        println!(
            "{}: write {written:.2?}, write and read back {:.2?}, {:?}",
            info.name,
            start.elapsed(),
            exported.read_back.map(|r| r.to_string())
        );
    }
}
