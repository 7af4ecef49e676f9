//! An export reports as lost exactly what it loses: for each thing that a project can hold, in each format that can be
//! imported, and in sheets, as a person with a spreadsheet reads them.

mod build;
mod sheets;
mod things;

use uuid::Uuid;

use super::{Scope, exporters, memory, sample};
use crate::annotations::{Fresh, Input, SpanOwner, importer, place_all};
use crate::import::Files;
use crate::{CodebookLoss, ExportLoss, LossKind};
use build::*;
use demarche_model::{
    AnnotatorId, AttributeDef, AttributeKind, Document, DocumentMeta, Edit, Project, Relations,
};
use sheets::SHEETS;
use things::{says, things};

/// Imports an export into a project that has the people and codebook, and the texts if the format does not keep them.
fn read_back(format: &str, project: &Project, files: &[(String, Vec<u8>)]) -> Project {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let importer = importer(format).unwrap();
    let mut into = plain();
    for document in project.documents().iter().map(|document| document.id().clone()).chain(["d001".into()]) {
        if into.document(&document).is_some() {
            into.apply(Edit::RemoveDocument { document }).unwrap();
        }
    }
    if !importer.keeps_texts() {
        for (at, old) in project.documents().iter().enumerate() {
            let meta = DocumentMeta { date: None, source: String::new(), ..old.meta.clone() };
            let document = Document::new(meta, old.text.clone().unwrap());
            into.apply(Edit::InsertDocument { at, document: document.into() }).unwrap();
        }
    }
    let labelled = Files::at(&[folder.path().to_owned()], Some(format)).labelled;
    let drafts = labelled.into_iter().map(|file| {
        let draft = importer.read(&Input::open(&file).unwrap()).unwrap();
        (file, draft)
    });
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: sample::NOW };
    let user = AnnotatorId::new("ana");
    let incoming = place_all(&into, drafts.collect(), SpanOwner::Unsigned(&user), fresh).unwrap();
    into.apply(incoming.edit).unwrap();
    into
}

#[test]
fn a_loss_is_claimed_if_and_only_if_reading_back_shows_it() {
    let mut wrong = Vec::new();
    for thing in things() {
        let mut project = plain();
        (thing.put)(&mut project);
        assert!((thing.is_there)(&project), "{}", thing.name);
        let imported = exporters().iter().filter(|exporter| exporter.imports());
        for format in imported.map(|exporter| exporter.info().name).chain(SHEETS) {
            let (files, losses) = memory::export(format, &Scope::everything(&project));
            let back = match &files[..] {
                [(_, sheet)] if SHEETS.contains(&format) => sheets::read(format, sheet, &project),
                _ => read_back(format, &project, &files),
            };
            let is_there = (thing.is_there)(&back);
            let is_claimed = losses.iter().any(|loss| (thing.says)(&loss.kind));
            if is_there == is_claimed {
                let said: Vec<String> = losses.iter().map(|loss| loss.short()).collect();
                wrong.push(format!("{format}, {}: back {is_there}, said {said:?}", thing.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_to_and_from_passages_that_are_not_exported_are_counted() {
    let mut project = plain();
    link(&mut project, "d001", "ana");
    let id = |number, word: &str| sample::span(number, "move", TEXT, &[word]).id;
    for exporter in exporters().iter().filter(|exporter| exporter.imports()) {
        let format = exporter.info().name;
        let export = |only| {
            let spans = Some([only].into());
            memory::export(format, &Scope { spans, ..Scope::everything(&project) })
        };
        let (_, from_outside) = export(id(2, "reopens"));
        assert!(
            from_outside.iter().any(|loss| says(&loss.kind, &[ExportLoss::LinksFromOutside])),
            "{format}"
        );
        let (files, to_outside) = export(id(1, "suspend"));
        // A link that names its other end is found again in a project that has it.
        let end = id(2, "reopens").to_string();
        let is_kept = files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&end));
        let kinds = [
            ExportLoss::Links,
            ExportLoss::LinksToOutside,
            ExportLoss::LinksToOthers,
            ExportLoss::LinksToOtherFiles,
        ];
        let is_claimed = to_outside.iter().any(|loss| says(&loss.kind, &kinds));
        assert_eq!(is_claimed, !is_kept, "{format}: {to_outside:?}");
    }
}

#[test]
fn documents_that_were_not_read_are_counted() {
    let mut project = plain();
    let unread =
        Document::unloaded(DocumentMeta { id: "d009".into(), ..document("d009", OTHER).meta.clone() });
    project.apply(Edit::InsertDocument { at: 1, document: unread.into() }).unwrap();
    for exporter in exporters().iter().filter(|exporter| exporter.imports()) {
        let (_, losses) = memory::export(exporter.info().name, &Scope::everything(&project));
        assert!(losses.iter().any(|loss| says(&loss.kind, &[ExportLoss::UnreadDocuments])), "{exporter:?}");
    }
}

#[test]
fn formats_with_a_codebook_report_what_it_means_for_the_analysis() {
    let mut project = plain();
    let actors = vec!["Both".to_owned(), "Estmark".to_owned(), "Norvania".to_owned()];
    project.apply(Edit::SetActors { to: actors }).unwrap();
    let mut relations = Relations::default();
    relations.members.insert("Both".into(), ["Estmark".into(), "Norvania".into()].into());
    relations.observers.insert("Norvania".into());
    project.apply(Edit::SetRelations { to: relations.into() }).unwrap();
    let (at, weight) = project
        .codebook()
        .attributes
        .iter()
        .enumerate()
        .find(|(_, attribute)| attribute.kind == AttributeKind::Number)
        .map(|(at, attribute)| (at, AttributeDef { unit: Some("crowns".into()), ..(**attribute).clone() }))
        .unwrap();
    project.apply(Edit::SetAttribute { id: weight.id.clone(), to: Some((at, weight.into())) }).unwrap();
    for format in ["label-studio", "qdpx"] {
        let count = |project: &Project, kind: LossKind| {
            let (_, losses) = memory::export(format, &Scope::everything(project));
            losses.iter().find(|loss| loss.kind == kind).map_or(0, |loss| loss.count)
        };
        let before = count(&plain(), CodebookLoss::Meanings.into());
        assert_eq!(count(&project, CodebookLoss::Meanings.into()), before + 1, "{format}");
        assert_eq!(count(&project, ExportLoss::Relations.into()), 2, "{format}");
        assert_eq!(count(&plain(), ExportLoss::Relations.into()), 0, "{format}");
    }
}
