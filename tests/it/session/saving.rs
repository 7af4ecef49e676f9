//! Saving by itself, by wish and on closing; what happens when it fails; two programs on one project.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use demarche::model::Stamp;
use demarche::session::{
    AnnotateAction, DocumentAction, Env, ExchangeAction, NavigateAction, ProjectAction, SaveState, Session,
    Tone,
};

use crate::support::project::files;
use crate::support::session::*;

const TEXTS: [&str; 2] = ["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"];

/// Ticks until what is saved now is on disk.
fn settle(session: &mut Session) {
    let start = Instant::now();
    session.tick();
    while session.save_state() == SaveState::Saving && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(1));
        session.tick();
    }
}

/// What tells a file that was written again from one that was not.
fn written(path: &Path) -> (SystemTime, u64) {
    let meta = fs::metadata(path).unwrap();
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let number = 0;
    (meta.modified().unwrap(), number)
}

#[test]
fn work_is_saved_two_seconds_after_the_last_change() {
    let (_dir, root) = small(&TEXTS);
    let (clock, env) = clock();
    let mut session = open_with(&root, env);
    let before = files(&root);
    tag(&mut session, "talks", "threat");
    clock.pass(1);
    settle(&mut session);
    assert_eq!((session.save_state(), files(&root) == before), (SaveState::Changed, true));
    tag(&mut session, "Norvania", "threat");
    clock.pass(1);
    settle(&mut session);
    assert_eq!(session.save_state(), SaveState::Changed, "the last change counts");
    assert!(session.has_unsaved());
    clock.pass(1);
    settle(&mut session);
    assert_eq!(session.save_state(), SaveState::Saved(Some(Stamp(START.0 + 3))));
    assert!(!session.has_unsaved());
    let saved = &files(&root)["layers/ana/d001.ron"];
    assert!(saved.contains("\"talks\"") && saved.contains("\"Norvania\""), "{saved}");
}

#[test]
fn only_what_changed_is_written() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    tag(&mut session, "talks", "threat");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    let fee = tag(&mut session, "fee", "offer");
    session.save_now().unwrap();
    let names: Vec<String> = files(&root).into_keys().collect();
    let before: Vec<_> = names.iter().map(|name| written(&root.join(name))).collect();
    session.perform(AnnotateAction::SetNote { at: fee, note: "sure".to_owned() });
    session.save_now().unwrap();
    let changed = names.iter().zip(before).filter(|(name, was)| written(&root.join(name)) != *was);
    assert_eq!(changed.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["layers/ana/d002.ron"]);
}

#[test]
fn a_failed_save_keeps_the_work_says_so_and_is_tried_again() {
    let (_dir, root) = small(&TEXTS);
    let (clock, env) = clock();
    let mut session = open_with(&root, env);
    fs::write(root.join("layers"), "a file where a folder has to go").unwrap();
    tag(&mut session, "talks", "threat");
    clock.pass(2);
    settle(&mut session);
    let SaveState::Failed(why) = session.save_state() else { panic!("{:?}", session.save_state()) };
    assert!(why.contains("layers"), "{why}");
    let notice = session.notices().last().unwrap();
    assert!(notice.text.starts_with("Not saved: ") && notice.text.contains("Your work is kept"));
    assert_eq!(notice.tone, Tone::Error);
    assert!(session.has_unsaved() && session.save_now().is_err());
    assert_eq!(passages(&session), ["ana threat: talks"]);
    fs::remove_file(root.join("layers")).unwrap();
    clock.pass(14);
    settle(&mut session);
    assert!(session.has_unsaved(), "not every second anew");
    clock.pass(1);
    settle(&mut session);
    assert!(!session.has_unsaved() && files(&root)["layers/ana/d001.ron"].contains("\"talks\""));
}

#[test]
fn a_later_save_that_works_takes_the_failure_away() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    fs::write(root.join("layers"), "a file where a folder has to go").unwrap();
    tag(&mut session, "talks", "threat");
    assert!(session.save_now().is_err());
    fs::remove_file(root.join("layers")).unwrap();
    session.run(CommandId::Save);
    settle(&mut session);
    assert!(matches!(session.save_state(), SaveState::Saved(Some(_))), "{:?}", session.save_state());
    let failed = session.notices().iter().filter(|notice| notice.text.starts_with("Not saved"));
    assert_eq!(failed.count(), 0, "what is mended is not complained of any more");
}

#[test]
fn what_is_not_on_disk_is_known_when_closing() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    assert!(!session.has_unsaved());
    tag(&mut session, "talks", "threat");
    assert!(session.has_unsaved());
    session.save_now().unwrap();
    assert!(!session.has_unsaved());
    session.undo();
    assert!(session.has_unsaved(), "undo is a change too");
}

#[test]
fn changes_made_while_a_worker_writes_are_written_too() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    tag(&mut session, "talks", "threat");
    session.run(CommandId::Save);
    tag(&mut session, "Norvania", "threat");
    session.save_now().unwrap();
    assert!(files(&root)["layers/ana/d001.ron"].contains("\"Norvania\"") && !session.has_unsaved());
}

#[test]
fn an_id_is_not_given_again_while_undo_may_bring_its_document_back() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    let before = files(&root);
    session.perform(ExchangeAction::ImportText("The wrong text.".to_owned()));
    session.save_now().unwrap();
    session.undo();
    session.perform(ExchangeAction::ImportText("The right text.".to_owned()));
    session.save_now().unwrap();
    session.perform(DocumentAction::Remove("d001".into()));
    session.perform(ExchangeAction::ImportText("A third text.".to_owned()));
    session.save_now().unwrap();
    let saved = files(&root);
    let texts: Vec<&str> =
        saved.keys().filter(|name| name.starts_with("documents")).map(|s| s.as_str()).collect();
    assert_eq!(texts, ["documents/d002.txt", "documents/d004.txt", "documents/d005.txt"]);
    while session.undo_stack().undo_label().is_some() {
        session.undo();
        session.save_now().unwrap();
    }
    assert_eq!(files(&root), before);
}

#[test]
fn a_second_program_may_only_read_as_the_same_person_and_work_as_another() {
    let (_dir, root) = small(&TEXTS);
    let first = open(&root);
    assert_eq!(first.read_only(), None);
    let mut second = open(&root);
    let why = second.read_only().unwrap();
    let holder = fs::read_to_string(root.join(".demarche/holder-ana.ron")).unwrap();
    let host = holder.split("host: \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    for part in ["Ana", host, "since 2027-01-15 08:00 UTC"] {
        assert!(why.contains(part), "“{part}” in {why}");
    }
    second.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    assert_eq!((second.read_only(), second.me().as_str()), (None, "ben"));
    second.perform(ProjectAction::WorkAs { name: "Ana".to_owned() });
    assert_eq!((second.read_only(), second.me().as_str()), (None, "ben"), "and stays who they are");
    assert!(second.notices().last().unwrap().text.contains("works as Ana"), "{:?}", second.notices());
    drop(second);
    drop(first);
    assert_eq!(open(&root).read_only(), None);
}

#[test]
fn a_project_is_opened_where_it_was_left() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    session.perform(NavigateAction::OpenDocument("d002".into()));
    session.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    session.save_local_state();
    drop(session);
    let again = Session::open(&root.join("project.ron"), Env::fixed(START)).unwrap();
    assert_eq!((again.view_state().document.clone(), again.me().as_str()), (Some("d002".into()), "ben"));
}
