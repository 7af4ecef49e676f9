//! The other ends of links, and their ids.

use std::path::PathBuf;

use uuid::Uuid;

use super::{Fresh, Incoming, SpanOwner, place_all};
use crate::annotations::{Draft, Input, importer};
use crate::export::{Scope, export_to_path, exporter, sample};
use demarche_model::{Link, Project};

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
