//! Projects with any names come back from every two-way format: people, categories and passages stay apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use demarche::io::annotations::{Fresh, NameChoices, SpanOwner, importer};
use demarche::io::documents::Reader;
use demarche::io::export::{Exporter, Scope, export_to_path, exporters};
use demarche::io::import::{Files, ImportRequest, Labelled, import};
use demarche::io::project::{Folder, create};
use demarche::io::{CodebookLoss, ExportLoss, Loss, LossKind, ProblemKind};
use demarche::model::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;
use uuid::Uuid;

use super::names::name;
use crate::support::project::read_all;

/// Words of the texts, with what is difficult for offsets.
const WORDS: [&str; 8] = ["talks", "한국", "e\u{301}lan", "👩‍👩‍👧", "שלום", "port,", "the", "fee."];

/// A passage: document, person, category, first word, number of words, attribute with value, actor, note.
type Seed = (Index, Index, Index, Index, usize, Option<(Index, Index)>, Option<Index>, Option<Index>);

/// The names of a random project, and its passages and links.
#[derive(Clone, Debug)]
struct Names {
    titles: Vec<String>,
    people: Vec<String>,
    categories: Vec<String>,
    attributes: Vec<String>,
    values: Vec<String>,
    actors: Vec<String>,
    kinds: Vec<String>,
    passages: Vec<Seed>,
    links: Vec<(Index, Index, Index)>,
}

fn names() -> impl Strategy<Value = Names> {
    let some = |most: usize| vec(name(), 1..=most);
    let index = any::<Index>;
    let attribute = prop::option::of((index(), index()));
    let passage = (
        index(),
        index(),
        index(),
        index(),
        1..4usize,
        attribute,
        prop::option::of(index()),
        prop::option::of(index()),
    );
    let lists = (some(3), some(5), some(5), some(3), some(4), some(4), some(2));
    (lists, vec(passage, 1..16), vec((index(), index(), index()), 0..4)).prop_map(
        |((titles, people, categories, attributes, values, actors, kinds), passages, links)| Names {
            titles,
            people,
            categories,
            attributes,
            values,
            actors,
            kinds,
            passages,
            links,
        },
    )
}

impl Names {
    /// The project as a file in JSONL: a record per title.
    fn file(&self) -> String {
        let mut spans: Vec<Vec<serde_json::Value>> = vec![Vec::new(); self.titles.len()];
        let mut documents = Vec::new();
        for (number, seed) in self.passages.iter().enumerate() {
            let (document, person, category, first, words, attribute, actor, note) = seed;
            let document = document.index(self.titles.len());
            let starts = starts();
            let first = first.index(WORDS.len() - words);
            let end = starts[first + words] - 1;
            let mut attributes = BTreeMap::new();
            attribute.iter().for_each(|(id, value)| {
                attributes.insert(id.get(&self.attributes).clone(), value.get(&self.values).clone());
            });
            actor.iter().for_each(|actor| {
                drop(attributes.insert("actor".to_owned(), actor.get(&self.actors).clone()))
            });
            let note = note.map(|note| note.get(&self.values).clone()).unwrap_or_default();
            documents.push(document);
            spans[document].push(json!({
                "id": id(number), "annotator": person.get(&self.people), "category": category.get(&self.categories),
                "start": starts[first], "end": end, "attributes": attributes, "note": note,
            }));
        }
        let mut links: Vec<Vec<serde_json::Value>> = vec![Vec::new(); self.titles.len()];
        for (kind, from, to) in &self.links {
            let (from, to) = (from.index(documents.len()), to.index(documents.len()));
            links[documents[from]].push(json!({
                "kind": kind.get(&self.kinds), "from": id(from), "to": id(to), "to_document": format!("r{}", documents[to]),
            }));
        }
        let lines = self.titles.iter().zip(spans).zip(links).enumerate().map(|(number, ((title, spans), links))| {
            json!({"id": format!("r{number}"), "title": title, "text": text(number), "spans": spans, "links": links})
        });
        lines.map(|line| format!("{line}\n")).collect()
    }
}

fn id(number: usize) -> String {
    Uuid::from_u128((0x0190_7000_u128 << 96) + (7 << 76) + (2 << 62) + number as u128).to_string()
}

/// The text of a document: the words, and its number.
fn text(number: usize) -> String {
    format!("{} {number}", WORDS.join(" "))
}

/// Offsets of the words, in characters, and of the end.
fn starts() -> Vec<usize> {
    let mut starts = vec![0];
    WORDS.iter().for_each(|word| starts.push(starts[starts.len() - 1] + word.chars().count() + 1));
    starts
}

/// A project with nothing but an attribute for actors.
fn empty() -> Project {
    let actor = AttributeDef::new("actor".into(), "actor", AttributeKind::Actor);
    Project::new("Talks", Codebook { attributes: vec![actor.into()], ..Codebook::default() })
}

/// Imports files, saves the project, and opens it again. Returns what was imported.
fn imported(project: &Project, paths: &[PathBuf], format: &str, at: &Path) -> (Project, Labelled) {
    let unsigned = AnnotatorId::new("nobody-signed");
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128((7 << 76) + (2 << 62) + last)
    };
    let files = Files::at(paths, None);
    let read: Vec<PathBuf> = files.labelled.into_iter().chain(files.documents).collect();
    let ending = |file: &&PathBuf| {
        let ending = file.extension().unwrap_or_default().to_string_lossy().into_owned();
        importer(format).unwrap().endings().contains(&&*ending)
    };
    let labelled: Vec<PathBuf> = read.iter().filter(ending).cloned().collect();
    let request = ImportRequest {
        documents: Vec::new(),
        labelled: &labelled,
        format: importer(format),
        encoding: None,
        reader: &Reader::in_process(),
        owner: SpanOwner::Unsigned(&unsigned),
        names: &NameChoices::default(),
        originals: None,
    };
    let imported = import(project, request, Fresh { ids: &mut ids, now: Stamp(0) }, &()).unwrap();
    let mut after = project.clone();
    after.apply(Edit::Batch(imported.edits)).unwrap();
    let folder = Folder::new(at.to_owned());
    create(&folder, &after).unwrap();
    let (read, mut problems) = read_all(&folder).unwrap();
    // Names that differ in case alone are kept, and reported.
    problems.retain(|problem| problem.kind != ProblemKind::CaseTwins);
    assert!(problems.is_empty(), "{format}: {problems:?}");
    assert_eq!(contents(&read), contents(&after), "{format}: what was saved is not what was opened");
    assert_eq!((read.annotators(), read.codebook()), (after.annotators(), after.codebook()));
    (read, imported.labelled)
}

/// A passage without its id: text, annotator, category, quote with the words before it, attributes, note.
type Passage = (String, String, String, String, BTreeMap<String, String>, String);

/// Returns the passages with as much as is wanted.
fn passages(project: &Project, wants: Wants) -> Vec<Passage> {
    let mut all = Vec::new();
    for document in project.documents() {
        let text = document.text.as_ref().unwrap();
        for (annotator, layer) in &document.layers {
            for span in layer.spans() {
                let bare = |text: &str| text.split_whitespace().collect::<String>();
                let cover = span.ranges.cover();
                let place = format!("{}|{}", bare(&text.as_str()[..cover.start]), bare(text.slice(cover)));
                let attributes = span.attributes.iter().filter(|_| wants.attributes);
                let attributes = attributes.map(|(id, value)| (id.to_string(), format!("{value:?}")));
                let note = if wants.notes { span.note.clone() } else { String::new() };
                let owner = if wants.people { annotator.to_string() } else { String::new() };
                all.push((
                    bare(text.as_str()),
                    owner,
                    span.category.to_string(),
                    place,
                    attributes.collect(),
                    note,
                ));
            }
        }
    }
    all.sort();
    all
}

fn contents(project: &Project) -> Vec<Passage> {
    passages(project, Wants { attributes: true, notes: true, people: true })
}

/// The parts of a passage to compare.
#[derive(Clone, Copy)]
struct Wants {
    attributes: bool,
    notes: bool,
    people: bool,
}

/// A part of passages by whose ids they are grouped.
#[derive(Clone, Copy)]
enum Part {
    Category,
    Attribute,
}

/// Returns the passages in groups with the same id, without the ids: equal if there is a one-to-one mapping of ids.
fn groups(passages: &[Passage], part: Part) -> Vec<Vec<Passage>> {
    let mut groups: BTreeMap<String, Vec<Passage>> = BTreeMap::new();
    for (text, owner, category, place, attributes, note) in passages {
        let values = attributes.values().cloned();
        let mut values: Vec<String> = values.collect();
        values.sort();
        let values: BTreeMap<String, String> =
            values.into_iter().map(|value| (value, String::new())).collect();
        let bare = (text.clone(), owner.clone(), String::new(), place.clone(), values, note.clone());
        let ids: Vec<&String> = match part {
            Part::Category => vec![category],
            Part::Attribute => attributes.keys().collect(),
        };
        ids.into_iter().for_each(|id| groups.entry(id.clone()).or_default().push(bare.clone()));
    }
    let mut groups: Vec<Vec<Passage>> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
}

/// The name as an import takes it: without control characters.
fn plain(name: &str) -> String {
    let plain = |c: char| match c {
        _ if c.is_control() || matches!(c, '\u{2028}' | '\u{feff}' | '\u{fffe}') => {
            if c.is_whitespace() {
                ' '
            } else {
                '\u{fffd}'
            }
        }
        _ => c,
    };
    name.trim().chars().map(plain).collect()
}

fn lost(losses: &[Loss], kinds: &[ExportLoss]) -> usize {
    let wanted = |loss: &&Loss| kinds.iter().any(|kind| loss.kind == LossKind::from(kind.clone()));
    losses.iter().filter(wanted).map(|loss| loss.count).sum()
}

/// Exports a project and imports it into an empty one.
fn comes_back(exporter: Exporter<'_>, project: &Project, home: &Path) {
    use ExportLoss::*;
    let info = exporter.info();
    let path = home.join(format!("{}.{}", info.name, info.extension));
    let exported = export_to_path(exporter, &Scope::everything(project), &path).unwrap();
    assert!(exported.is_whole(), "{}: {exported:?}", info.name);
    let (back, report) = imported(&empty(), &[path], info.name, &home.join(format!("p-{}", info.name)));
    assert!(report.problems.is_empty(), "{}: {:?}", info.name, report.problems);
    let losses = &exported.losses;
    let wants = Wants {
        attributes: lost(
            losses,
            &[AttributeValues, UnknownValues, NegativeFlags, InfiniteNumbers, InvalidCharacters],
        ) == 0
            && !losses.iter().any(|loss| loss.kind == CodebookLoss::ChangedValues.into()),
        notes: lost(losses, &[Notes, InvalidCharacters]) == 0,
        people: true,
    };
    let (mut there, mut here) = (passages(&back, wants), passages(project, wants));
    // Passages that differ in nothing but what the format lost are equal, and come back as one.
    let links = lost(losses, &[Links, LinksToOthers, LinksToOtherFiles, LinksToOutside]);
    if !wants.attributes || !wants.notes || links > 0 {
        there.dedup();
        here.dedup();
    }
    if losses.iter().any(|loss| matches!(loss.kind, LossKind::Range(_))) {
        return;
    }
    let renamed =
        info.loses.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "ids" | "codebook"));
    if renamed {
        for part in [Part::Category, Part::Attribute] {
            assert_eq!(
                groups(&there, part),
                groups(&here, part),
                "{}: {losses:?}\n{:?}",
                info.name,
                report.remarks
            );
        }
    } else {
        assert_eq!(there, here, "{}: {losses:?}\n{:?}", info.name, report.remarks);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn people_categories_and_passages_come_back_from_every_format(names in names()) {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("in.jsonl");
        std::fs::write(&file, names.file()).unwrap();
        let (project, report) = imported(&empty(), &[file], "jsonl", &home.path().join("p"));
        prop_assert!(report.problems.is_empty(), "{:?}", report.problems);
        let used = |all: &[String], at: fn(&Seed) -> Index| {
            names.passages.iter().map(|seed| { let name: &String = at(seed).get(all); plain(name) }).collect::<BTreeSet<_>>().len()
        };
        let owners: BTreeSet<_> = project.documents().iter().flat_map(|d| d.layers.keys()).collect();
        prop_assert_eq!(owners.len(), used(&names.people, |seed| seed.1), "people");
        prop_assert_eq!(project.codebook().categories.len(), used(&names.categories, |seed| seed.2), "categories");
        for exporter in exporters().iter().filter(|exporter| exporter.imports()) {
            comes_back(*exporter, &project, home.path());
        }
    }
}
