//! Memos: written, undone, kept, followed, and seen under the same rules as tags.

use std::fs;
use std::path::Path;

use demarche::io::ProblemKind;
use demarche::io::project::{Folder, check};
use demarche::model::*;
use demarche::session::{
    AnalysisNotesAction, AnnotateAction, CodebookChange, DocumentAction, DocumentListAction, ProjectAction,
    Session,
};

use crate::support::killed::killed;
use crate::support::project::files;
use crate::support::session::*;
use crate::support::wait::until;

const TEXTS: [&str; 2] = ["Norvania will suspend the talks.", "The fee must come down."];
const PROJECT: MemoSubject = MemoSubject::Project;

fn document(session: &Session, at: usize) -> MemoSubject {
    MemoSubject::Document(id_of(session, at).as_str().into())
}

fn category(id: &str) -> MemoSubject {
    MemoSubject::Category(id.into())
}

fn write(session: &mut Session, subject: &MemoSubject, text: &str) {
    session.perform(AnalysisNotesAction::WriteMemo { subject: subject.clone(), text: text.to_owned() });
}

fn text<'a>(session: &'a Session, subject: &MemoSubject) -> &'a str {
    session.my_memo(subject).map_or("", |memo| memo.text.as_str())
}

/// Owner and text of all memos that the user may read.
fn listed(session: &Session) -> Vec<(String, String)> {
    session.memos().iter().map(|entry| (entry.owner.to_string(), entry.memo.text.clone())).collect()
}

fn file(root: &Path, owner: &str) -> String {
    fs::read_to_string(root.join(format!("memos/{owner}.ron"))).unwrap_or_default()
}

/// Ana with a memo of every kind, saved.
fn filled() -> (tempfile::TempDir, Session) {
    let (dir, mut ana) = desk(&TEXTS);
    let subjects = [PROJECT, document(&ana, 0), category("demand")];
    for (subject, words) in
        subjects.iter().zip(["All rounds.\n\nPlenaries only.", "Noisy scan", "No questions"])
    {
        write(&mut ana, subject, words);
    }
    ana.save_now().unwrap();
    (dir, ana)
}

#[test]
fn memos_are_saved_read_back_and_undone() {
    let (_dir, ana) = filled();
    let root = root_of(&ana).to_owned();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    // After the format and, if she has one, her key.
    let lines: Vec<String> = file(&root, "ana").lines().map(str::to_owned).collect();
    let lines = &lines[lines.iter().position(|line| line == "    memos: [").unwrap() - 1..];
    assert!(
        lines[2]
            .starts_with("        (about: Project, text: \"All rounds.\\n\\nPlenaries only.\", modified: \"")
    );
    assert!(lines[3].starts_with("        (about: Document(\""), "{lines:?}");
    assert!(
        lines[4].starts_with("        (about: Category(\"demand\"), text: \"No questions\", modified: \"")
    );
    drop(ana);
    let mut ana = open(&root);
    assert_eq!(text(&ana, &PROJECT), "All rounds.\n\nPlenaries only.");
    assert_eq!(listed(&ana).len(), 3);
    for _ in 0..3 {
        ana.undo();
    }
    assert!(ana.memos().is_empty());
    ana.save_now().unwrap();
    assert_eq!(file(&root, "ana"), "", "what is empty has no file");
    for _ in 0..3 {
        ana.redo();
    }
    assert_eq!(listed(&ana).len(), 3);
}

#[test]
fn typing_without_a_pause_is_one_step_and_one_line_of_history() {
    let (clock, env) = clock();
    let (_dir, root) = small(&TEXTS);
    let mut ana = open_with(&root, env);
    for end in 1..=5 {
        write(&mut ana, &PROJECT, &"Words"[..end]);
    }
    assert_eq!(steps(&ana), 1);
    clock.pass(10);
    write(&mut ana, &PROJECT, "Words.");
    write(&mut ana, &PROJECT, "Words. ");
    assert_eq!(steps(&ana), 2, "a pause begins another step");
    write(&mut ana, &category("demand"), "x");
    assert_eq!(steps(&ana), 3, "and so does another memo");
    ana.undo();
    ana.undo();
    assert_eq!(text(&ana, &PROJECT), "Words");
    ana.undo();
    assert_eq!(text(&ana, &PROJECT), "");
    ana.redo();
    assert_eq!(text(&ana, &PROJECT), "Words");
    ana.save_now().unwrap();
    let log = fs::read_to_string(root.join("history/ana.log")).unwrap();
    assert_eq!(log.lines().filter(|line| line.contains("memo on the project")).count(), 3, "{log}");
}

#[test]
fn what_was_typed_survives_a_kill_at_once() {
    let (_dir, mut ana) = filled();
    write(&mut ana, &PROJECT, "Typed last, \"quoted\"\n");
    let (_copy, root) = killed(&ana);
    let ana = open(&root);
    assert_eq!(text(&ana, &PROJECT), "Typed last, \"quoted\"\n");
    assert_eq!(text(&ana, &category("demand")), "No questions");
}

#[test]
fn a_memo_without_words_is_deleted_and_controls_are_left_out() {
    let (_dir, mut ana) = filled();
    write(&mut ana, &PROJECT, " \n ");
    assert!(ana.my_memo(&PROJECT).is_none());
    ana.undo();
    assert_eq!(text(&ana, &PROJECT), "All rounds.\n\nPlenaries only.");
    write(&mut ana, &PROJECT, "a\r\nb\u{1b}[31m\u{0}");
    assert_eq!(text(&ana, &PROJECT), "a\nb[31m");
    let before = steps(&ana);
    write(&mut ana, &PROJECT, &"x".repeat(Memo::MAX_CHARACTERS + 1));
    assert_eq!((steps(&ana), text(&ana, &PROJECT)), (before, "a\nb[31m"));
    let delete = AnalysisNotesAction::DeleteMemo(category("demand"));
    ana.perform(delete);
    assert!(ana.my_memo(&category("demand")).is_none());
    ana.undo();
    assert_eq!(text(&ana, &category("demand")), "No questions");
}

#[test]
fn the_list_of_memos_is_made_again_for_memos_and_names_but_not_for_tags() {
    let (_dir, mut ana) = filled();
    let mut last = ana.memos_revision();
    let mut has_changed = |ana: &Session| std::mem::replace(&mut last, ana.memos_revision()) != last;
    tag(&mut ana, "suspend", "threat");
    assert!(!has_changed(&ana));
    let subject = document(&ana, 1);
    write(&mut ana, &subject, "Two pages are missing");
    assert!(has_changed(&ana));
    ana.undo();
    assert!(has_changed(&ana));
    let MemoSubject::Document(id) = subject else { unreachable!() };
    ana.perform(DocumentListAction::Rename(id, "Letter".to_owned()));
    assert!(has_changed(&ana));
}

#[test]
fn memos_of_others_come_live_and_blind_coders_read_them_when_they_are_done() {
    let (_dir, mut ana) = desk(&TEXTS);
    ana.save_now().unwrap();
    let root = root_of(&ana).to_owned();
    let mut ben = open_later(&root);
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    ben.save_now().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(150));
    let here = document(&ana, 0);
    write(&mut ana, &here, "Noisy scan");
    write(&mut ana, &PROJECT, "Plenaries only");
    ana.save_now().unwrap();
    until(&mut ben, "Ana's memos come", |ben| listed(ben).len() == 2);
    assert!(ben.memos().iter().all(|entry| !entry.is_mine));
    write(&mut ben, &here, "I disagree");
    assert_eq!(text(&ben, &here), "I disagree");
    let on_it: Vec<bool> = ben.memos_on(&here).iter().map(|entry| entry.is_mine).collect();
    assert_eq!(on_it, [true, false], "mine first");
    ben.save_now().unwrap();
    assert!(file(&root, "ben").contains("I disagree") && !file(&root, "ana").contains("disagree"));
    until(&mut ana, "Ben's memo comes", |ana| listed(ana).len() == 3);
    ana.perform(ProjectAction::SetBlind(true));
    ana.save_now().unwrap();
    until(&mut ben, "it is blind", |ben| ben.project().is_blind());
    assert_eq!(listed(&ben), [("ben".to_owned(), "I disagree".to_owned())]);
    let MemoSubject::Document(id) = here else { unreachable!() };
    let before = ben.memos_revision();
    ben.perform(DocumentAction::SetStatus(id, Status::Done));
    assert_ne!(ben.memos_revision(), before, "a list of them is made again");
    assert_eq!(listed(&ben).len(), 2, "the memo on the document, but not that on the project");
}

#[test]
fn my_memos_from_another_machine_are_merged_and_nothing_typed_is_lost() {
    let (_dir, mut ana) = filled();
    std::thread::sleep(std::time::Duration::from_millis(150));
    let path = root_of(&ana).join("memos/ana.ron");
    let saved = fs::read_to_string(&path).unwrap();
    write(&mut ana, &PROJECT, "All rounds.\n\nPlenaries only.\nHere");
    fs::write(&path, saved.replace("Plenaries only.", "Plenaries only.\\nThere")).unwrap();
    until(&mut ana, "the other text comes", |ana| text(ana, &PROJECT).contains("There"));
    let merged = text(&ana, &PROJECT);
    assert!(merged.starts_with("All rounds.\n\nPlenaries only.\n") && merged.contains("Here"), "{merged}");
    assert_eq!(merged.matches("All rounds.").count(), 1);
    ana.save_now().unwrap();
    assert!(file(root_of(&ana), "ana").contains("There"));
    ana.undo();
    assert_eq!(text(&ana, &PROJECT), "All rounds.\n\nPlenaries only.\nHere");
}

#[test]
fn a_damaged_memo_is_reported_and_its_file_never_overwritten() {
    let (_dir, ana) = filled();
    let root = root_of(&ana).to_owned();
    drop(ana);
    let path = root.join("memos/ana.ron");
    let damaged = file(&root, "ana").replace("about: Project", "about: Everything");
    fs::write(&path, &damaged).unwrap();
    let mut ana = open(&root);
    let problem = ana.problems().iter().find(|problem| problem.file.ends_with("ana.ron")).unwrap();
    let line = damaged.lines().position(|line| line.contains("Everything")).unwrap() + 1;
    assert_eq!(problem.line, Some(line));
    assert_eq!(listed(&ana).len(), 2, "the good ones are there");
    let before = steps(&ana);
    write(&mut ana, &PROJECT, "New");
    assert_eq!(steps(&ana), before);
    tag(&mut ana, "talks", "demand");
    ana.save_now().unwrap();
    assert_eq!(file(&root, "ana"), damaged);
}

#[test]
fn a_removed_subject_leaves_an_orphan_that_undo_and_its_author_can_settle() {
    let (_dir, mut ana) = filled();
    let here = document(&ana, 0);
    let MemoSubject::Document(id) = here.clone() else { unreachable!() };
    ana.perform(DocumentListAction::Remove(vec![id]));
    assert!(!ana.project().has_subject(&here));
    assert_eq!(listed(&ana).last().unwrap().1, "Noisy scan", "what is gone comes last");
    ana.save_now().unwrap();
    let root = root_of(&ana).to_owned();
    let found = check(&Folder::new(&root)).unwrap();
    assert_eq!(found.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [ProblemKind::Orphan]);
    ana.undo();
    assert_eq!(text(&ana, &here), "Noisy scan");
    ana.save_now().unwrap();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    ana.redo();
    ana.perform(AnalysisNotesAction::DeleteMemo(here));
    ana.save_now().unwrap();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn memos_move_along_when_categories_are_merged() {
    let (_dir, mut ana) = filled();
    write(&mut ana, &category("threat"), "Only explicit ones");
    ana.save_now().unwrap();
    let root = root_of(&ana).to_owned();
    let mut ben = open_later(&root);
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    write(&mut ben, &category("threat"), "Ben's");
    ben.save_now().unwrap();
    drop(ben);
    until(&mut ana, "Ben's memo comes", |ana| listed(ana).len() == 5);
    change(&mut ana, CodebookChange::Merge { from: vec!["threat".into()], into: "demand".into() });
    let on_it: Vec<String> =
        ana.memos_on(&category("demand")).iter().map(|entry| entry.memo.text.clone()).collect();
    assert_eq!(on_it, ["No questions\n\nOnly explicit ones", "Ben's"]);
    ana.save_now().unwrap();
    assert!(!file(&root, "ana").contains("Category(\"threat\")"));
    assert!(file(&root, "ben").contains("Category(\"threat\")"), "only Ben writes his file");
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    ana.undo();
    assert_eq!(text(&ana, &category("threat")), "Only explicit ones");
    assert_eq!(text(&ana, &category("demand")), "No questions");
    ana.redo();
    ana.save_now().unwrap();
    drop(ana);
    let mut ben = open_later(&root);
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    write(&mut ben, &category("demand"), "Ben's, later");
    ben.save_now().unwrap();
    assert!(file(&root, "ben").contains("Category(\"demand\")") && !file(&root, "ben").contains("threat"));
}

#[test]
fn a_tag_between_two_words_of_a_memo_stays_a_step_of_its_own() {
    let (_dir, mut ana) = desk(&TEXTS);
    write(&mut ana, &PROJECT, "One");
    let at = tag(&mut ana, "talks", "demand");
    write(&mut ana, &PROJECT, "One two");
    assert_eq!(steps(&ana), 3);
    ana.perform(AnnotateAction::Remove(vec![at]));
    assert_eq!(files(root_of(&ana)).keys().filter(|name| name.starts_with("memos")).count(), 0);
}
