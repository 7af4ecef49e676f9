//! Projects for the Analyse screen, built in a few words.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use demarche::io::project::{Folder, create, presets};
use demarche::model::*;
use tempfile::TempDir;
use uuid::Uuid;

use super::project::{AT, meta};
use super::session::works_here;

/// A passage to be built.
#[derive(Clone, Debug)]
pub struct Move {
    pub category: &'static str,
    pub ranges: Vec<(usize, usize)>,
    pub actors: Vec<&'static str>,
    pub targets: Vec<&'static str>,
    pub issue: Option<&'static str>,
}

/// A passage of a category at a place, by actors to targets, each separated by a comma.
pub fn said(
    category: &'static str,
    ranges: &[(usize, usize)],
    actors: &'static str,
    targets: &'static str,
) -> Move {
    let list = |names: &'static str| names.split(',').filter(|name| !name.is_empty()).collect();
    Move {
        category,
        ranges: ranges.to_vec(),
        actors: list(actors),
        targets: list(targets),
        issue: Some("fees"),
    }
}

/// A document to be built: its date and its passages.
pub type Talk = (Option<&'static str>, Vec<Move>);

/// The words of every document: 40 sentences of five characters.
pub fn words() -> String {
    "Aaa. ".repeat(40)
}

/// A project of documents whose passages Ana has tagged, with the codebook of negotiation.
pub fn talks(documents: &[Talk]) -> Project {
    let text = Arc::new(Text::new(words()));
    let built = documents.iter().enumerate().map(|(number, (date, moves))| {
        let meta = DocumentMeta {
            date: date.and_then(Date::parse),
            title: format!("Talk {}", number + 1),
            ..meta(&format!("d{:03}", number + 1), &text)
        };
        let mut document = Document::new(meta, text.clone());
        let spans = moves.iter().enumerate().map(|(at, one)| span(number, at, one));
        document.layers.insert("ana".into(), Arc::new(Layer::new(Status::InProgress, spans, [], [])));
        document
    });
    let codebook = presets().iter().find(|preset| preset.id == "negotiation").unwrap().codebook.clone();
    let person = |id: &str, name: &str| Annotator::new(id.into(), name, Colour::nth(0));
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Project::assemble(
        "Talks".to_owned(),
        vec![person("ana", "Ana"), person("ben", "Ben")],
        names(&["A", "B", "Both", "Minister", "Institute"]),
        names(&["fees", "port"]),
        codebook,
        built.collect(),
    )
}

fn span(document: usize, at: usize, one: &Move) -> Span {
    let id = SpanId(Uuid::from_u128(((document as u128 + 1) << 32) | (at as u128 + 1)));
    let ranges = one.ranges.iter().map(|(start, end)| TextRange { start: *start, end: *end });
    let mut span = Span::new(id, one.category.into(), Ranges::new(ranges).unwrap(), AT);
    for (name, list) in [("actor", &one.actors), ("target", &one.targets)] {
        if !list.is_empty() {
            let values = list.iter().map(|entry| (*entry).into()).collect::<BTreeSet<_>>();
            span.attributes.insert(name.into(), Value::Choices(values));
        }
    }
    if let Some(issue) = one.issue {
        span.attributes.insert("issue".into(), Value::Choice(issue.into()));
    }
    span
}

/// Writes a project in which Ana works.
pub fn written(project: &Project) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("talks");
    create(&Folder::new(&root), project).unwrap();
    works_here(&root, "ana");
    (dir, root)
}
