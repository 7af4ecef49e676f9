//! The other ends of links, and their ids.

use std::path::PathBuf;

use uuid::Uuid;

use super::{Fresh, Incoming, SpanOwner, place_all};
use crate::annotations::{Draft, Input, NameChoices, importer};
use crate::documents::Reader;
use crate::export::{Scope, export_to_path, exporter, memory, sample};
use crate::import::{ImportRequest, Imported, import as import_all};
use demarche_model::{DocumentId, Edit, Link, Project};

const ONE: &str = "01900000-0000-7000-8000-0000000000a1";
const TWO: &str = "01900000-0000-7000-8000-0000000000a2";

/// A document with one span, and a link from it to another span, if one is given.
fn line(id: &str, text: &str, span: &str, to: Option<&str>) -> String {
    let link = |to: &str| format!(r#"{{"kind":"responds-to","from":"{span}","to":"{to}"}}"#);
    let links = to.map(link).unwrap_or_default();
    let span = format!(r#"{{"id":"{span}","start":0,"end":3,"category":"move","annotator":"ana"}}"#);
    format!(r#"{{"id":"{id}","text":"{text}","spans":[{span}],"links":[{links}]}}"#)
}

fn draft(name: &str, lines: &[String]) -> (PathBuf, Draft) {
    let input = Input::new(name.as_ref(), lines.join("\n").into_bytes());
    (name.into(), importer("jsonl").unwrap().read(&input).unwrap())
}

fn import(project: &mut Project, drafts: Vec<(PathBuf, Draft)>) -> Incoming {
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: sample::NOW };
    let incoming = place_all(project, drafts, SpanOwner::Named, fresh).unwrap();
    project.apply(incoming.edit.clone()).unwrap();
    incoming
}

/// Imports files in as many parts as needed.
fn import_files(project: &Project, files: &[PathBuf]) -> Imported {
    let request = ImportRequest {
        reader: &Reader::in_process(),
        documents: Vec::new(),
        labelled: files,
        format: None,
        encoding: None,
        owner: SpanOwner::Named,
        names: &NameChoices::default(),
        originals: None,
    };
    import_all(project, request, Fresh { ids: &mut Uuid::now_v7, now: sample::NOW }, &()).unwrap()
}

fn links(project: &Project) -> Vec<&Link> {
    let layers = project.documents().iter().flat_map(|document| document.layers.values());
    layers.flat_map(|layer| layer.links()).map(|link| &**link).collect()
}

fn empty() -> Project {
    Project::new("N", sample::codebook())
}

#[test]
fn the_other_end_of_a_link_is_found_by_its_id() {
    let from = || line("a", "One.", "s1", Some("s2"));
    let to = || line("b", "Two.", "s2", None);
    for drafts in [
        vec![draft("x.jsonl", &[from(), to()])],
        vec![draft("x.jsonl", &[to(), from()])],
        vec![draft("x.jsonl", &[from()]), draft("y.jsonl", &[to()])],
        vec![draft("y.jsonl", &[to()]), draft("x.jsonl", &[from()])],
    ] {
        let mut project = empty();
        let incoming = import(&mut project, drafts);
        assert_eq!((incoming.links, incoming.problems.len()), (1, 0), "{:?}", incoming.problems);
        let (link, there) = (links(&project)[0], project.document(&links(&project)[0].to_document).unwrap());
        assert_eq!(there.text.as_ref().unwrap().as_str(), "Two.");
        assert!(there.layers.values().any(|layer| layer.span(link.to).is_some()));
    }
    let mut project = empty();
    import(&mut project, vec![draft("y.jsonl", &[line("b", "Two.", TWO, None)])]);
    let incoming = import(&mut project, vec![draft("x.jsonl", &[line("a", "One.", ONE, Some(TWO))])]);
    assert_eq!((incoming.links, incoming.problems.len()), (1, 0), "{:?}", incoming.problems);
    let there = project.document(&links(&project)[0].to_document).unwrap();
    assert_eq!(there.text.as_ref().unwrap().as_str(), "Two.");
}

#[test]
fn an_end_that_is_missing_or_ambiguous_is_refused_with_its_line() {
    let lines = [
        line("a", "One.", "s1", Some("s2")),
        line("b", "Two.", "s3", Some("gone")),
        line("c", "Three.", "s2", None),
    ];
    let other = draft("y.jsonl", &[line("d", "Four.", "s2", None)]);
    let incoming = import(&mut empty(), vec![draft("x.jsonl", &lines), other]);
    assert_eq!(incoming.links, 1, "the file's own span comes first");
    let found: Vec<_> = incoming.problems.iter().map(|p| (p.line, p.kind.name())).collect();
    assert_eq!(found, [(Some(2), "dangling-link")]);
    let files = ["c", "d"].map(|id| draft(id, &[line(id, id, "s2", None).replace("\"end\":3", "\"end\":1")]));
    let incoming = import(&mut empty(), [vec![draft("x.jsonl", &lines[..1])], files.into()].concat());
    assert_eq!(incoming.links, 0);
    assert!(incoming.problems[0].message.contains("several documents"), "{:?}", incoming.problems);
}

#[test]
fn ids_of_links_survive_an_export_and_an_import() {
    let original = sample::project();
    let ids = |project: &Project| links(project).iter().map(|link| link.id).collect::<Vec<_>>();
    for format in ["jsonl", "w3c", "qdpx", "cas-json"] {
        let mut project = original.clone();
        for round in 0..2 {
            let folder = tempfile::tempdir().unwrap();
            let exporter = exporter(format).unwrap();
            let path = folder.path().join(format!("x.{}", exporter.info().extension));
            export_to_path(exporter, &Scope::everything(&project), &path).unwrap();
            let files = crate::import::Files::at(&[folder.path().to_owned()], Some(format)).labelled;
            let read = |path: &PathBuf| importer(format).unwrap().read(&Input::open(path).unwrap()).unwrap();
            let drafts = files.iter().map(|path| (path.clone(), read(path))).collect();
            project = empty();
            let incoming = import(&mut project, drafts);
            assert_eq!(ids(&project), ids(&original), "{format} {round}: {:?}", incoming.problems);
        }
    }
}

#[test]
fn the_ends_of_links_are_found_among_all_files_of_an_import() {
    let folder = tempfile::tempdir().unwrap();
    // More files than are in memory at a time. Each links to the next but one hundred, the last ones to the first.
    let count = 230;
    let files: Vec<PathBuf> = (0..count)
        .map(|n| {
            let to = (n + 100) % count;
            let line =
                line(&format!("d{n}"), &format!("Text {n}."), &format!("s{n}"), Some(&format!("s{to}")));
            let path = folder.path().join(format!("{n:03}.jsonl"));
            std::fs::write(&path, line).unwrap();
            path
        })
        .collect();
    let mut project = empty();
    let imported = import_files(&project, &files);
    assert_eq!((imported.labelled.links, imported.labelled.problems.len()), (count, 0));
    project.apply(Edit::Batch(imported.edits)).unwrap();
    let text = |id: &DocumentId| project.document(id).unwrap().text.as_ref().unwrap().as_str().to_owned();
    for document in project.documents() {
        let n: usize = text(document.id()).trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
        let link = document.layers.values().flat_map(|layer| layer.links()).next().unwrap();
        assert_eq!(text(&link.to_document), format!("Text {}.", (n + 100) % count));
        let there = project.document(&link.to_document).unwrap();
        assert!(there.layers.values().any(|layer| layer.span(link.to).is_some()));
    }
}

#[test]
fn an_id_that_files_far_apart_share_is_ambiguous() {
    let folder = tempfile::tempdir().unwrap();
    let write = |n: usize, line: String| {
        let path = folder.path().join(format!("{n:03}.jsonl"));
        std::fs::write(&path, line).unwrap();
        path
    };
    let files: Vec<PathBuf> = (0..210)
        .map(|n| match n {
            0 => write(n, line("a", "One.", "s0", Some("twice"))),
            1 | 205 => write(n, line(&format!("d{n}"), &format!("Text {n}."), "twice", None)),
            _ => write(n, line(&format!("d{n}"), &format!("Text {n}."), &format!("s{n}"), None)),
        })
        .collect();
    let imported = import_files(&empty(), &files);
    let problems = &imported.labelled.problems;
    assert_eq!((imported.labelled.links, problems.len()), (0, 1));
    assert_eq!((&problems[0].file, problems[0].line), (&files[0], Some(1)));
}

#[test]
fn a_link_gets_an_id_once_and_keeps_it() {
    let mut project = empty();
    let from = line("a", "One.", "s1", Some("s2")).replace(r#"{"kind""#, r#"{"id":"R1","kind""#);
    import(&mut project, vec![draft("x.jsonl", &[from, line("b", "Two.", "s2", None)])]);
    let ids = |project: &Project| links(project).iter().map(|link| link.id).collect::<Vec<_>>();
    let given = ids(&project);
    assert_eq!((given.len(), given[0].0.get_version_num()), (1, 7));
    let exported = memory::text("jsonl", &Scope::everything(&project));
    let mut again = empty();
    import(&mut again, vec![draft("y.jsonl", &[exported])]);
    assert_eq!(ids(&again), given);
}
