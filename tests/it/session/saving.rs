//! Saving automatically, on request and on closing; failures; and two programs on one project.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use demarche::io::IoError;
use demarche::model::Stamp;
use demarche::session::{
    AnnotateAction, DocumentListAction, Env, ExchangeAction, Monotonic, NavigateAction, ProjectAction,
    SaveState, Session, SessionError,
};

use crate::support::project::files;
use crate::support::session::*;
use crate::support::wait::until;

const TEXTS: [&str; 2] = ["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"];

/// Ticks until everything is on disk.
fn settle(session: &mut Session) {
    let start = Instant::now();
    session.tick();
    while session.save_state() == SaveState::Saving && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(1));
        session.tick();
    }
}

/// Distinguishes a file that was rewritten from one that was not.
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
fn only_changed_files_are_written() {
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
fn a_failed_save_keeps_the_work_and_is_retried() {
    let (_dir, root) = small(&TEXTS);
    let (clock, env) = clock();
    let mut session = open_with(&root, env);
    fs::write(root.join("layers"), "a file where a folder has to go").unwrap();
    tag(&mut session, "talks", "threat");
    clock.pass(2);
    settle(&mut session);
    let SaveState::Failed(fault) = session.save_state() else { panic!("{:?}", session.save_state()) };
    assert!(fault.why.contains("layers"), "{fault:?}");
    let faults = session.faults();
    assert!(faults.len() == 1 && faults[0].contains(&fault.why), "{faults:?}");
    assert!(session.has_unsaved() && session.save_now().is_err());
    assert_eq!(passages(&session), ["ana threat: talks"]);
    fs::remove_file(root.join("layers")).unwrap();
    clock.pass(14);
    settle(&mut session);
    assert!(session.has_unsaved(), "it does not retry every second");
    clock.pass(1);
    settle(&mut session);
    assert!(!session.has_unsaved() && files(&root)["layers/ana/d001.ron"].contains("\"talks\""));
}

#[test]
fn a_successful_save_withdraws_the_failure() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    fs::write(root.join("layers"), "a file where a folder has to go").unwrap();
    tag(&mut session, "talks", "threat");
    assert!(session.save_now().is_err());
    fs::remove_file(root.join("layers")).unwrap();
    session.run(CommandId::Save);
    settle(&mut session);
    assert!(matches!(session.save_state(), SaveState::Saved(Some(_))), "{:?}", session.save_state());
    assert_eq!(session.faults(), Vec::<String>::new(), "the banner about the failure is gone");
}

#[test]
fn unsaved_changes_are_known_when_closing() {
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
fn changes_made_during_a_save_are_saved_too() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    tag(&mut session, "talks", "threat");
    session.run(CommandId::Save);
    tag(&mut session, "Norvania", "threat");
    session.save_now().unwrap();
    assert!(files(&root)["layers/ana/d001.ron"].contains("\"Norvania\"") && !session.has_unsaved());
}

#[test]
fn an_id_is_not_reused_while_undo_could_restore_its_document() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    let before = files(&root);
    let last = |session: &Session| session.project().documents().last().unwrap().id().to_string();
    session.perform(ExchangeAction::ImportText("The wrong text.".to_owned()));
    session.save_now().unwrap();
    let wrong = last(&session);
    session.undo();
    session.perform(ExchangeAction::ImportText("The right text.".to_owned()));
    session.save_now().unwrap();
    let right = last(&session);
    session.perform(DocumentListAction::Remove(vec!["d001".into()]));
    session.perform(ExchangeAction::ImportText("A third text.".to_owned()));
    session.save_now().unwrap();
    let third = last(&session);
    let saved = files(&root);
    let texts: BTreeSet<&str> =
        saved.keys().filter(|name| name.starts_with("documents")).map(|s| s.as_str()).collect();
    let names = ["d002", &right, &third].map(|id| format!("documents/{id}.txt"));
    assert_eq!(texts, names.iter().map(String::as_str).collect());
    assert!(wrong != right && third != "d001" && right != third);
    while session.undo_stack().undo_label().is_some() {
        session.undo();
        session.save_now().unwrap();
    }
    assert_eq!(files(&root), before);
}

#[test]
fn a_second_program_is_read_only_for_the_same_person() {
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
    assert_notice(&second, &["Ana", host]);
    drop(second);
    drop(first);
    assert_eq!(open(&root).read_only(), None);
}

#[test]
fn a_project_reopens_at_the_last_document() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    session.perform(NavigateAction::OpenDocument("d002".into()));
    session.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    session.save_local_state();
    drop(session);
    let again = Session::open(&root.join("project.ron"), Env::fixed(START)).unwrap();
    assert_eq!((again.view_state().document.clone(), again.me().as_str()), (Some("d002".into()), "ben"));
}

#[test]
fn saving_goes_on_when_the_clock_is_set_back() {
    let (_dir, root) = small(&TEXTS);
    let (wall, env) = clock();
    let seconds = Arc::new(AtomicI64::new(0));
    let steady = seconds.clone();
    let env = env.with_monotonic(move || Monotonic(steady.load(Ordering::SeqCst)));
    let mut session = open_with(&root, env);
    tag(&mut session, "talks", "threat");
    wall.pass(-3600);
    seconds.fetch_add(2, Ordering::SeqCst);
    settle(&mut session);
    assert!(!session.has_unsaved(), "{:?}", session.save_state());
}

#[test]
fn a_layer_that_vanishes_is_written_again() {
    let (_dir, root) = small(&TEXTS);
    let mut session = open(&root);
    tag(&mut session, "talks", "threat");
    session.save_now().unwrap();
    settle(&mut session);
    let layer = root.join("layers/ana/d001.ron");
    let before = fs::read_to_string(&layer).unwrap();
    fs::remove_file(&layer).unwrap();
    until(&mut session, "it counts as changed", Session::has_unsaved);
    session.run(CommandId::Save);
    until(&mut session, "it is written", |session| !session.has_unsaved());
    assert_eq!(fs::read_to_string(&layer).unwrap(), before);
}

#[test]
fn nothing_is_created_where_the_folder_of_the_project_was() {
    for is_mount_point in [false, true] {
        let (_dir, root) = small(&TEXTS);
        let moved = root.with_file_name("moved");
        let mut session = open(&root);
        tag(&mut session, "talks", "threat");
        session.save_now().unwrap();
        fs::rename(&root, &moved).unwrap();
        if is_mount_point {
            fs::create_dir(&root).unwrap();
        }
        tag(&mut session, "suspend", "threat");
        let error = session.save_now().unwrap_err();
        assert!(
            matches!(error, SessionError::Io(IoError::FolderGone(ref path)) if *path == root),
            "{error:?}"
        );
        session.save_local_state();
        session.tick();
        let left = fs::read_dir(&root).map(|entries| entries.count());
        assert_eq!((left.unwrap_or(0), root.exists()), (0, is_mount_point));
        assert!(session.has_unsaved());
        if is_mount_point {
            fs::remove_dir(&root).unwrap();
        }
        fs::rename(&moved, &root).unwrap();
        session.save_now().unwrap();
        assert!(files(&root)["layers/ana/d001.ron"].contains("\"suspend\""));
    }
}
