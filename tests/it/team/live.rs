//! Following the folder: changes by others appear without disturbing the user.

use crate::support::wait::until;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use demarche::io::project::{Folder, check};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookAction, CodebookChange, DocumentAction, DocumentListAction, ExchangeAction,
    MergeAction, NavigateAction, Notice, PassageFilter, PassagesAction, ProjectAction, Session, Shown, Tone,
};
use tempfile::TempDir;

use crate::support::killed::killed;
use crate::support::project::copy_tree;
use crate::support::session::*;

const TEXTS: [&str; 2] =
    ["Norvania will suspend the talks. The fee must come down.", "A second text of talks."];

/// Ana's session and Ben's, in one folder.
fn two() -> (TempDir, Session, Session) {
    let (dir, root) = small(&TEXTS);
    let mut ana = open(&root);
    ana.perform(NavigateAction::Show(Shown::Everyone));
    let mut ben = open_later(&root);
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    ben.perform(NavigateAction::Show(Shown::Everyone));
    assert_eq!((ana.read_only(), ben.read_only()), (None, None));
    // Watching starts on a thread, and earlier changes are not seen.
    std::thread::sleep(Duration::from_millis(150));
    (dir, ana, ben)
}

#[test]
fn passages_of_others_appear_and_keep_selection_and_undo() {
    let (_dir, mut ana, mut ben) = two();
    let mine = tag(&mut ana, "fee", "demand");
    ana.save_now().unwrap();
    select(&mut ana, "suspend the");
    let (selection, reveal) = (ana.text_selection(), ana.reveal());
    let theirs = tag(&mut ben, "talks", "threat");
    ben.save_now().unwrap();
    until(&mut ana, "Ben's passage comes", |ana| passages(ana).len() == 2);
    assert_eq!(passages(&ana), ["ana demand: fee", "ben threat: talks"]);
    assert_eq!((ana.text_selection(), ana.reveal()), (selection, reveal));
    assert_eq!(ana.totals().spans, 2, "figures follow");
    assert_eq!(ana.passage_table().len(), 2, "the table follows");
    assert!(!ana.has_unsaved(), "changes by others are not unsaved changes");
    // Ben continues, and Ana undoes what she did before he joined.
    ben.perform(AnnotateAction::SetCategory { at: vec![theirs], category: "offer".into() });
    ben.save_now().unwrap();
    until(&mut ana, "Ben's change comes", |ana| passages(ana).contains(&"ben offer: talks".to_owned()));
    ana.undo();
    assert_eq!(passages(&ana), ["ben offer: talks"]);
    ana.redo();
    assert_eq!(passages(&ana), ["ana demand: fee", "ben offer: talks"]);
    assert!(ana.project().span(&mine).is_some());
    ben.run(CommandId::Undo);
    ben.run(CommandId::Undo);
    ben.save_now().unwrap();
    until(&mut ana, "Ben's passage goes", |ana| passages(ana).len() == 1);
    until(&mut ben, "Ana's passage comes", |ben| passages(ben) == ["ana demand: fee"]);
}

#[test]
fn changes_of_codebook_and_documents_by_two_people_are_merged() {
    let (dir, mut ana, mut ben) = two();
    let category = |name: &str| {
        let category = Category::new(name.into(), name, Colour::nth(3));
        CodebookAction::Change(demarche::session::CodebookChange::PutCategory(Box::new(category)))
    };
    let renamed = |session: &Session, id: &str, title: &str| {
        let meta = session.project().document(&id.into()).unwrap().meta.clone();
        DocumentAction::SetMeta(Box::new(DocumentMeta { title: title.to_owned(), ..meta }))
    };
    // Both change before either has seen the other.
    ana.perform(category("evasion"));
    ana.perform(renamed(&ana, "d001", "First"));
    ben.perform(category("apology"));
    ben.perform(renamed(&ben, "d002", "Second"));
    ben.perform(ExchangeAction::ImportText("A third text.".to_owned()));
    // An import is saved at once.
    ana.save_now().unwrap();
    ben.finish_jobs();
    ben.save_now().unwrap();
    let whole = |session: &Session| {
        let project = session.project();
        let has = |id: &str| project.codebook().category(&id.into()).is_some();
        let titles: Vec<&str> = project.documents().iter().take(2).map(|d| d.meta.title.as_str()).collect();
        has("evasion") && has("apology") && titles == ["First", "Second"] && project.documents().len() == 3
    };
    assert!(whole(&ben), "merged when it was written");
    until(&mut ana, "Ben's part comes", whole);
    // Ana can open the new document, and undo what she did.
    ana.perform(NavigateAction::OpenDocument("d003".into()));
    until(&mut ana, "the text comes", |ana| ana.document().is_some_and(|document| document.is_loaded()));
    ana.undo();
    ana.undo();
    ana.save_now().unwrap();
    until(&mut ben, "Ana's undo comes", |ben| ben.project().codebook().category(&"evasion".into()).is_none());
    assert_eq!(check(&Folder::new(dir.path().join("small"))).unwrap(), []);
}

#[test]
fn a_definition_changed_by_both_is_a_reported_conflict() {
    let (_dir, mut ana, mut ben) = two();
    let define = |session: &Session, text: &str| {
        let category = session.project().codebook().category(&"threat".into()).unwrap();
        let category = Category { definition: text.to_owned(), ..(**category).clone() };
        CodebookAction::Change(demarche::session::CodebookChange::PutCategory(Box::new(category)))
    };
    ana.perform(define(&ana, "what Ana says"));
    ben.perform(define(&ben, "what Ben says"));
    ana.save_now().unwrap();
    ben.save_now().unwrap();
    let text = ben.notices().last().unwrap().text.clone();
    for part in ["threat", "definition", "what Ana says", "what Ben says"] {
        assert!(text.contains(part), "{text}");
    }
    let definition = |session: &Session| {
        session.project().codebook().category(&"threat".into()).unwrap().definition.clone()
    };
    assert_eq!(definition(&ben), "what Ben says");
    until(&mut ana, "the later one comes", |ana| definition(ana) == "what Ben says");
}

#[test]
fn my_file_changed_elsewhere_is_merged_at_once_where_nothing_clashes() {
    let (_dir, root) = small(&TEXTS);
    let mut here = open(&root);
    let talks = tag(&mut here, "talks", "threat");
    here.save_now().unwrap();
    let file = root.join("layers/ana/d001.ron");
    // The other machine: the same layer, one passage more, and a note at the first.
    let (_other_dir, other) = small(&TEXTS);
    fs::create_dir_all(other.join("layers/ana")).unwrap();
    fs::copy(&file, other.join("layers/ana/d001.ron")).unwrap();
    let mut there = open_later(&other);
    there.perform(AnnotateAction::SetNote { at: talks.clone(), note: "from the train".to_owned() });
    tag(&mut there, "fee", "demand");
    there.save_now().unwrap();
    std::thread::sleep(Duration::from_millis(150));
    here.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "offer".into() });
    fs::copy(other.join("layers/ana/d001.ron"), &file).unwrap();
    until(&mut here, "it is merged", |here| passages(here) == ["ana offer: talks", "ana demand: fee"]);
    assert_eq!(here.project().span(&talks).unwrap().note, "from the train");
    assert_eq!(here.changed_elsewhere().count(), 0);
    here.save_now().unwrap();
    let saved = fs::read_to_string(&file).unwrap();
    assert!(saved.contains("from the train") && saved.contains("\"offer\"") && saved.contains("\"fee\""));
    here.undo();
    assert_eq!(passages(&here), ["ana offer: talks"], "one step");
}

#[test]
fn my_file_changed_elsewhere_is_not_overwritten_where_it_clashes_and_the_journal_has_my_work() {
    let (_dir, root) = small(&TEXTS);
    let mut here = open(&root);
    let talks = tag(&mut here, "talks", "threat");
    here.save_now().unwrap();
    let file = root.join("layers/ana/d001.ron");
    let theirs = fs::read_to_string(&file).unwrap().replace("\"threat\"", "\"demand\"");
    here.perform(AnnotateAction::SetCategory { at: vec![talks.clone()], category: "offer".into() });
    fs::write(&file, &theirs).unwrap();
    until(&mut here, "it is noticed", |here| here.changed_elsewhere().next().is_some());
    assert_eq!(passages(&here), ["ana offer: talks"], "nothing happens by itself");
    here.run(CommandId::Save);
    assert!(here.notices().iter().any(|notice| notice.tone == Tone::Error), "saving says that it waits");
    here.finish_jobs();
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs, "and is not overwritten");
    // Killed now, nothing is lost.
    let (_killed, copy) = killed(&here);
    let again = open(&copy);
    assert_eq!(passages(&again), ["ana offer: talks"]);
    here.perform(MergeAction::Elsewhere(talks.layer.clone()));
    assert_eq!(here.changed_elsewhere().count(), 0);
    assert_eq!(
        here.project().layer(&talks.layer).unwrap().detached().count(),
        1,
        "the other version is kept"
    );
}

#[test]
fn closing_merges_changes_made_elsewhere_and_keeps_conflicts() {
    let (_dir, root) = small(&TEXTS);
    let mut here = open(&root);
    let talks = tag(&mut here, "talks", "threat");
    here.save_now().unwrap();
    let file = root.join("layers/ana/d001.ron");
    let saved = fs::read_to_string(&file).unwrap();
    fs::write(&file, saved.replace("\"threat\"", "\"demand\"")).unwrap();
    here.perform(AnnotateAction::SetCategory { at: vec![talks], category: "offer".into() });
    here.save_now().unwrap();
    let saved = fs::read_to_string(&file).unwrap();
    assert!(saved.contains("category: \"offer\"") && saved.contains("conflict: Other"), "{saved}");
}

#[test]
fn a_half_written_file_is_read_again_before_a_problem_is_reported() {
    let (dir, mut ana, mut ben) = two();
    tag(&mut ben, "talks", "threat");
    ben.save_now().unwrap();
    let file = dir.path().join("small/layers/ben/d001.ron");
    until(&mut ana, "Ben's passage comes", |ana| passages(ana).len() == 1);
    let whole = fs::read_to_string(&file).unwrap().replace("\"threat\"", "\"offer\"");
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(500) {
        std::thread::sleep(Duration::from_millis(5));
        ana.tick();
    }
    assert_eq!((ana.problems(), passages(&ana).len()), (&[][..], 1), "the old one is kept until then");
    fs::write(&file, &whole).unwrap();
    until(&mut ana, "the whole file comes", |ana| passages(ana) == ["ben offer: talks"]);
    assert_eq!(ana.problems(), []);
    // A file that stays broken is reported, and its last good version is still shown.
    fs::write(&file, "(format: 1, spans: [").unwrap();
    until(&mut ana, "the problem is reported", |ana| !ana.problems().is_empty());
    assert_eq!(passages(&ana), ["ben offer: talks"]);
    fs::write(&file, &whole).unwrap();
    until(&mut ana, "it is well again", |ana| ana.problems().is_empty());
}

#[test]
fn conflict_copies_are_found_merged_and_moved_to_the_trash() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    drop(session);
    let file = root.join("layers/ana/d001.ron");
    let first = fs::read_to_string(&file).unwrap();
    let mut session = open_later(&root);
    tag(&mut session, "fee", "demand");
    session.save_now().unwrap();
    drop(session);
    let name = "layers/ana/d001.sync-conflict-20261127-101500-ABCDEFG.ron";
    let second = fs::read_to_string(&file).unwrap();
    fs::write(root.join(name), &second).unwrap();
    fs::write(&file, &first).unwrap();
    let found: Vec<&str> = check(&Folder::new(&root)).unwrap().iter().map(|p| p.kind.name()).collect();
    assert_eq!(found, ["conflict-copy"]);
    let mut session = open_later(&root);
    assert_eq!(session.conflict_copies().collect::<Vec<_>>(), [Path::new(name)]);
    assert_eq!(passages(&session), ["ana threat: talks"]);
    session.perform(MergeAction::Copy(name.into()));
    assert_eq!(passages(&session), ["ana threat: talks", "ana demand: fee"]);
    assert_eq!(session.conflict_copies().count(), 0);
    assert!(!root.join(name).exists() && root.join(".demarche/trash").join(name).exists());
    session.save_now().unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), second);
    // A copy that appears while the project is open is found too.
    std::thread::sleep(Duration::from_millis(150));
    let project = root.join("project (conflicted copy 2026-11-27).ron");
    let text = fs::read_to_string(root.join("project.ron")).unwrap();
    fs::write(&project, text.replace("\"Estmark\",", "\"Estmark\",\n        \"Ostria\",")).unwrap();
    until(&mut session, "the copy is found", |session| session.conflict_copies().next().is_some());
    let copy = session.conflict_copies().next().unwrap().to_owned();
    session.perform(MergeAction::Copy(copy));
    assert_eq!(session.project().actors(), ["Norvania", "Estmark", "Ostria"]);
    session.undo();
    assert_eq!(session.project().actors(), ["Norvania", "Estmark"]);
}

#[test]
fn a_document_removed_by_another_person_is_removed_or_kept() {
    let (_dir, mut ana, mut ben) = two();
    ana.perform(NavigateAction::OpenDocument("d002".into()));
    until(&mut ana, "read", |ana| ana.document().is_some_and(|document| document.is_loaded()));
    ana.perform(PassagesAction::Filter(PassageFilter {
        document: Some("d002".into()),
        ..PassageFilter::default()
    }));
    ben.perform(NavigateAction::OpenDocument("d002".into()));
    ben.finish_jobs();
    ben.perform(DocumentListAction::Remove(vec!["d002".into()]));
    ben.save_now().unwrap();
    until(&mut ana, "it goes", |ana| ana.project().documents().len() == 1);
    assert_eq!(ana.view_state().document, None);
    ben.undo();
    ben.save_now().unwrap();
    until(&mut ana, "it comes back", |ana| ana.project().documents().len() == 2);
    // It is kept if Ana has changed something in it.
    ana.perform(NavigateAction::OpenDocument("d002".into()));
    until(&mut ana, "read", |ana| ana.document().is_some_and(|document| document.is_loaded()));
    tag(&mut ana, "second", "demand");
    ben.redo();
    ben.save_now().unwrap();
    until(&mut ana, "the problem is reported", |ana| {
        let removed = |notice: &Notice| notice.tone == Tone::Error && notice.text.contains("“Text \"d002\"”");
        ana.notices().iter().any(removed)
    });
    assert_eq!(passages(&ana), ["ana demand: second"]);
    ana.save_now().unwrap();
}

#[test]
fn one_id_with_two_keys_is_reported_once_and_each_side_keeps_its_own() {
    let (_dir, mut ana, mut ben) = two();
    let add = |session: &mut Session, key: u128| {
        let key = PersonKey(uuid::Uuid::from_u128(key));
        let cleo = Annotator::new("cleo".into(), "Cleo", Colour::nth(3)).with_key(key);
        session.perform(ProjectAction::SetPeople(vec![cleo]));
    };
    let reports =
        |session: &Session| session.notices().iter().filter(|notice| notice.text.contains("`cleo`")).count();
    let key = |session: &Session| {
        session.project().annotator(&"cleo".into()).and_then(|cleo| cleo.key).map(|key| key.0.as_u128())
    };
    add(&mut ana, 1);
    add(&mut ben, 2);
    ana.save_now().unwrap();
    ben.save_now().unwrap();
    until(&mut ana, "the other Cleo is reported", |ana| reports(ana) == 1);
    assert_eq!((reports(&ben), key(&ana), key(&ben)), (1, Some(1), Some(2)));
    // Saves go to and fro.
    for round in 0..3 {
        let name = format!("Talks {round}");
        for session in [&mut ana, &mut ben] {
            while let Some(old) = session.notices().iter().find(|n| !n.text.contains("`cleo`")) {
                let old = old.serial;
                session.perform(demarche::session::Action::DismissNotice(old));
            }
        }
        ana.perform(ProjectAction::SetName(name.clone()));
        ana.save_now().unwrap();
        until(&mut ben, "the name comes", |ben| ben.project().name() == name);
        ben.perform(ProjectAction::SetName(name.clone() + "!"));
        ben.save_now().unwrap();
        until(&mut ana, "the name comes", |ana| ana.project().name().ends_with('!'));
        assert_eq!((reports(&ana), reports(&ben), key(&ana), key(&ben)), (1, 1, Some(1), Some(2)));
    }
    // A change of one of them is reported again.
    let cleo = ben.project().annotator(&"cleo".into()).unwrap().clone();
    ben.perform(ProjectAction::SetPeople(vec![Annotator { name: "Cleo B".to_owned(), ..cleo }]));
    ben.save_now().unwrap();
    until(&mut ana, "the change is reported", |ana| reports(ana) == 2);
    // Once Ana's is gone, Ben's is there.
    ana.perform(ProjectAction::RemovePerson("cleo".into()));
    ana.save_now().unwrap();
    assert_eq!(key(&ana), Some(2));
    until(&mut ben, "nothing is lost", |ben| !ben.has_unsaved());
    assert_eq!(key(&ben), Some(2));
}

#[test]
fn a_layer_that_arrives_before_its_codebook_is_read_again() {
    let (home, mut ana, ben) = two();
    drop(ben);
    let root = home.path().join("small");
    let copy = home.path().join("copy");
    copy_tree(&root, &copy);
    works_here(&copy, "ben");
    let mut ben = open(&copy);
    let stall = Category::new("stall".into(), "Stall", Colour::nth(1));
    ben.perform(CodebookAction::Change(CodebookChange::PutCategory(Box::new(stall))));
    tag(&mut ben, "talks", "stall");
    ben.save_now().unwrap();
    std::fs::create_dir_all(root.join("layers/ben")).unwrap();
    std::fs::copy(copy.join("layers/ben/d001.ron"), root.join("layers/ben/d001.ron")).unwrap();
    until(&mut ana, "the layer comes", |ana| !ana.problems().is_empty());
    std::fs::copy(copy.join("project.ron"), root.join("project.ron")).unwrap();
    until(&mut ana, "it is read again", |ana| ana.problems().is_empty());
    assert_eq!(passages(&ana), ["ben stall: talks"]);
}
