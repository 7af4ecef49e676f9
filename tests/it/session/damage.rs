//! Damaged projects in the session: damage is reported, everything else works, and nothing is lost.

use std::fs;
use std::path::Path;

use demarche::analysis::search::Query;
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookChange, DocumentAction, DocumentListAction, ExchangeAction, Fate, NavigateAction,
    OccurrenceScope, Session,
};

use crate::support::project::files;
use crate::support::session::*;

const TEXTS: [&str; 2] = ["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"];
const LAYER: &str = "layers/ana/d001.ron";

/// An open project with a passage of Ana's in each document, after `damage`.
fn damaged(damage: impl FnOnce(&Path)) -> (tempfile::TempDir, Session) {
    let (dir, root) = small(&TEXTS);
    let mut session = open(&root);
    tag(&mut session, "suspend the talks", "threat");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "the fee", "offer");
    session.save_now().unwrap();
    drop(session);
    forget_steps(&root);
    damage(&root);
    let session = open_later(&root);
    (dir, session)
}

fn rewrite(root: &Path, file: &str, from: &str, to: &str) {
    let old = fs::read_to_string(root.join(file)).unwrap();
    assert!(old.contains(from), "{from} is in {file}");
    fs::write(root.join(file), old.replace(from, to)).unwrap();
}

/// The problems as `file:line kind`.
fn problems(session: &Session) -> Vec<String> {
    let line = |line: Option<usize>| line.map_or(String::new(), |line| format!(":{line}"));
    let name = |p: &demarche::io::Problem| format!("{}{} {}", p.file.display(), line(p.line), p.kind.name());
    session.problems().iter().map(name).collect()
}

/// Everything but the damaged document can be read, tagged, counted, exported and saved.
fn the_rest_works(session: &mut Session) {
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(session, "lower", "offer");
    let query = Query::words("to");
    session.perform(AnnotateAction::TagEvery {
        query,
        scope: OccurrenceScope::Project,
        category: "demand".into(),
    });
    session.finish_jobs();
    assert!(passages(session).contains(&"ana demand: to".to_owned()), "{:?}", session.notices());
    session.save_now().unwrap();
    let path = root_of(session).join("out.csv");
    let request = export_request("csv", &path);
    session.perform(ExchangeAction::Export(request));
    session.finish_jobs();
    assert!(fs::read_to_string(&path).unwrap().contains("lower"), "{:?}", session.notices());
    fs::remove_file(path).unwrap();
    figures_are_right(session);
}

#[test]
fn a_missing_text_is_reported_and_other_documents_work() {
    let (_dir, mut session) = damaged(|root| fs::remove_file(root.join("documents/d001.txt")).unwrap());
    assert_eq!(problems(&session), ["documents/d001.txt missing"]);
    assert!(session.read_failure(&"d001".into()).unwrap().contains("missing"));
    let layer = files(root_of(&session))[LAYER].clone();
    the_rest_works(&mut session);
    let report = session.report().unwrap();
    let said = |line: &str| report.lines.iter().any(|(_, said)| said == line);
    assert!(said("Lost or changed: 1 document whose text could not be read"), "{report:?}");
    assert_eq!(files(root_of(&session))[LAYER], layer);
}

#[test]
fn a_document_without_its_text_can_be_removed_and_restored() {
    let (_dir, mut session) = damaged(|root| fs::remove_file(root.join("documents/d001.txt")).unwrap());
    let before = files(root_of(&session));
    session.perform(DocumentListAction::Remove(vec!["d001".into()]));
    session.save_now().unwrap();
    assert_eq!(session.project().documents().len(), 1, "{}", notice(&session));
    let after = files(root_of(&session));
    assert!(!after["project.ron"].contains("d001"));
    assert_eq!(after[LAYER], before[LAYER], "the tags stay on disk");
    session.undo();
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), before);
}

#[test]
fn a_restored_text_is_read_when_its_document_is_reopened() {
    let (_dir, mut session) = damaged(|root| fs::remove_file(root.join("documents/d001.txt")).unwrap());
    fs::write(root_of(&session).join("documents/d001.txt"), TEXTS[0]).unwrap();
    session.perform(NavigateAction::OpenDocument("d002".into()));
    session.perform(NavigateAction::OpenDocument("d001".into()));
    session.finish_jobs();
    assert_eq!(passages(&session)[0], "ana threat: suspend the talks");
    assert_eq!(session.read_failure(&"d001".into()), None);
    assert_eq!(problems(&session), [""; 0], "what is mended is not complained of any more");
}

#[test]
fn a_malformed_layer_is_reported_and_never_rewritten() {
    let (_dir, mut session) = damaged(|root| rewrite(root, LAYER, "annotator:", "annotator!"));
    let before = files(root_of(&session));
    assert_eq!(problems(&session).len(), 1, "{:?}", problems(&session));
    assert!(problems(&session)[0].starts_with("layers/ana/d001.ron:"), "{:?}", problems(&session));
    session.perform(NavigateAction::OpenDocument("d001".into()));
    select(&mut session, "Norvania");
    session.perform(AnnotateAction::Tag("threat".into()));
    let unreadable = EditError::Unreadable { document: "d001".into(), annotator: "ana".into() }.to_string();
    assert!(notice(&session).contains(&unreadable), "{}", notice(&session));
    session.perform(DocumentAction::SetStatus("d001".into(), Status::Done));
    assert_eq!(steps(&session), 0);
    the_rest_works(&mut session);
    assert_eq!(files(root_of(&session))[LAYER], before[LAYER]);
    session.perform(DocumentListAction::Remove(vec!["d001".into()]));
    session.save_now().unwrap();
    session.undo();
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session))[LAYER], before[LAYER], "not by removing its document either");
}

/// Damages a record, and expects that it is reported and kept, can be placed as `placed`, and that undo restores it
/// byte for byte.
fn repair(from: &str, to: &str, kind: &str, placed: &str) {
    let (_dir, mut session) = damaged(|root| rewrite(root, LAYER, from, to));
    let before = files(root_of(&session));
    let found = problems(&session);
    assert_eq!(found, [format!("layers/ana/d001.ron:6 {kind}")]);
    session.perform(NavigateAction::OpenDocument("d001".into()));
    tag(&mut session, "Norvania", "demand");
    session.save_now().unwrap();
    let line = before[LAYER].lines().nth(5).unwrap();
    assert!(files(root_of(&session))[LAYER].contains(line), "kept word for word");
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    let key = session.project().layer(&layer).unwrap().detached().next().unwrap().0;
    session.perform(AnnotateAction::Repair { document: "d001".into(), key });
    assert!(passages(&session).contains(&placed.to_owned()), "{:?} {}", passages(&session), notice(&session));
    assert_eq!(undo_label(&session), "place a passage");
    figures_are_right(&session);
    session.save_now().unwrap();
    assert_eq!(demarche::io::project::check(session.folder()).unwrap(), []);
    session.undo();
    session.undo();
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), before);
    session.perform(AnnotateAction::Discard { document: "d001".into(), key });
    session.save_now().unwrap();
    assert!(!files(root_of(&session)).contains_key(LAYER), "an empty layer has no file");
    session.undo();
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), before);
}

#[test]
fn detached_records_can_be_placed_and_detached_again_by_undo() {
    let placed = "ana threat: suspend the talks";
    repair("(14, 31)", "(13, 30)", "quote-mismatch", placed);
    repair("(14, 31)", "(14, 3100)", "outside-text", placed);
    repair("\"threat\"", "\"bluff\"", "unknown-category", "ana bluff: suspend the talks");
}

#[test]
fn a_record_with_an_alias_is_placed_with_the_current_category() {
    let (_dir, mut session) = damaged(|root| {
        rewrite(root, LAYER, "(14, 31)", "(13, 30)");
        rewrite(root, LAYER, "\"threat\"", "\"menace\"");
        let aliases = "    aliases: [\n        (from: \"menace\", to: \"threat\"),\n    ],\n    documents: [";
        rewrite(root, "project.ron", "    documents: [", aliases);
    });
    session.perform(NavigateAction::OpenDocument("d001".into()));
    session.perform(AnnotateAction::Repair { document: "d001".into(), key: 0 });
    assert!(passages(&session).contains(&"ana threat: suspend the talks".to_owned()), "{}", notice(&session));
    assert_eq!(session.project().codebook().category(&"menace".into()), None);
}

#[test]
fn a_record_whose_words_are_gone_is_not_placed() {
    let (_dir, mut session) =
        damaged(|root| rewrite(root, LAYER, "suspend the talks", "break off the talks"));
    session.perform(NavigateAction::OpenDocument("d001".into()));
    session.perform(AnnotateAction::Repair { document: "d001".into(), key: 0 });
    assert_eq!((session.notices().len(), steps(&session)), (1, 0));
}

#[test]
fn placing_a_record_never_replaces_another_passage() {
    let (_dir, mut session) = damaged(|root| {
        let layer = fs::read_to_string(root.join(LAYER)).unwrap();
        let line = layer.lines().find(|line| line.contains("suspend")).unwrap();
        let twin = line.replace("(14, 31)", "(0, 8)").replace("suspend the talks", "Norvania");
        fs::write(root.join(LAYER), layer.replace(line, &format!("{twin}\n{line}"))).unwrap();
    });
    assert!(problems(&session)[0].ends_with(" duplicate-id"), "{:?}", problems(&session));
    session.perform(NavigateAction::OpenDocument("d001".into()));
    session.perform(AnnotateAction::Repair { document: "d001".into(), key: 0 });
    assert_eq!(passages(&session)[..2], ["ana threat: Norvania", "ana threat: suspend the talks"]);
}

#[test]
fn a_category_is_not_removed_while_layers_with_it_cannot_be_read() {
    let (_dir, mut session) = damaged(|root| fs::remove_file(root.join("documents/d001.txt")).unwrap());
    session.perform(CodebookChange::Delete { id: "rejection".into(), fate: Fate::Remove });
    session.finish_jobs();
    assert_notice(&session, &["d001", "documents/d001.txt"]);
    assert_eq!(steps(&session), 0);
}
