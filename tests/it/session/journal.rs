//! The journal of a session: recovery after a kill, and when the files are saved.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use demarche::io::project::{Folder, check, has_journal, read_history};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookChange, DocumentAction, ExchangeAction, NavigateAction, ProjectAction, SaveState,
    Session, Tone,
};

use crate::support::cli::demarche;
use crate::support::killed::killed;
use crate::support::session::*;

const TEXTS: [&str; 2] = ["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"];

fn has_journal_of(root: &Path, who: &str) -> bool {
    has_journal(&Folder::new(root), &who.into())
}

fn lasting(session: &Session) -> Vec<&str> {
    let notices = session.notices().iter().filter(|notice| notice.tone == Tone::Lasting);
    notices.map(|notice| notice.text.as_str()).collect()
}

/// Two passages in two documents, a category and a note, none of which is saved.
fn at_work() -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&TEXTS);
    let talks = tag(&mut session, "talks", "threat");
    session.perform(AnnotateAction::SetNote { at: talks, note: "the last word".to_owned() });
    session.perform(CodebookChange::PutCategory(Box::new(Category::new(
        "plea".into(),
        "Plea",
        Colour::nth(2),
    ))));
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "fee", "plea");
    (dir, session)
}

#[test]
fn a_killed_session_opens_as_it_was_and_says_so() {
    let (_dir, session) = at_work();
    let (_copy, root) = killed(&session);
    assert!(has_journal_of(&root, "ana"));
    let again = open(&root);
    assert_eq!(passages(&again), ["ana threat: talks", "ana plea: fee"]);
    assert_eq!(spans(&again)[0].1.note, "the last word");
    let said = lasting(&again);
    assert!(said.len() == 1 && said[0].contains('4') && said[0].contains('2'), "{said:?}");
    assert!(!again.has_unsaved() && !has_journal_of(&root, "ana"));
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    let (history, _) = read_history(&Folder::new(&root)).unwrap();
    assert_eq!(history.len(), 4, "each step once");
    drop(again);
    let again = open(&root);
    assert_eq!(lasting(&again), [""; 0], "and only once");
    assert_eq!(read_history(&Folder::new(&root)).unwrap().0, history);
}

#[test]
fn a_session_that_ends_without_saving_leaves_its_journal() {
    let (dir, session) = at_work();
    drop(session);
    assert!(has_journal_of(&dir.path().join("small"), "ana"));
    assert_eq!(passages(&open(&dir.path().join("small"))).len(), 2);
}

#[test]
fn saving_cuts_the_journal() {
    let (_dir, mut session) = at_work();
    session.save_now().unwrap();
    let (_copy, root) = killed(&session);
    assert!(!has_journal_of(&root, "ana"));
    assert_eq!(lasting(&open(&root)), [""; 0]);
}

#[test]
fn what_the_user_discards_does_not_come_back() {
    let (dir, mut session) = at_work();
    session.discard_unsaved();
    drop(session);
    let root = dir.path().join("small");
    assert!(!has_journal_of(&root, "ana") && passages(&open(&root)).is_empty());
}

#[test]
fn a_torn_end_loses_only_the_last_step_and_is_reported() {
    let (_dir, session) = at_work();
    let (_copy, root) = killed(&session);
    let journal = fs::read_dir(root.join(".demarche")).unwrap().map(|entry| entry.unwrap().path());
    let journal = journal.into_iter().find(|path| path.to_string_lossy().contains("journal-")).unwrap();
    let bytes = fs::read(&journal).unwrap();
    fs::write(&journal, &bytes[..bytes.len() - 5]).unwrap();
    let again = open(&root);
    assert_eq!(passages(&again), ["ana threat: talks"]);
    assert_eq!(lasting(&again).len(), 2);
}

#[test]
fn two_people_on_one_machine_have_a_journal_each() {
    let (_dir, root) = small(&TEXTS);
    let (mut ana, mut ben) = (open(&root), open_later(&root));
    ben.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    tag(&mut ana, "talks", "threat");
    tag(&mut ben, "Norvania", "demand");
    killed(&ben);
    let (_copy, root) = killed(&ana);
    assert!(has_journal_of(&root, "ana") && has_journal_of(&root, "ben"));
    works_here(&root, "ana");
    let mut again = open(&root);
    assert_eq!(passages(&again), ["ana threat: talks"]);
    assert!(has_journal_of(&root, "ben"), "Ben’s is left to him");
    // Ben comes to the same window.
    again.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    again.perform(NavigateAction::Show(demarche::session::Shown::Everyone));
    assert_eq!(passages(&again), ["ana threat: talks", "ben demand: Norvania"]);
    assert!(!has_journal_of(&root, "ben"));
}

#[test]
fn a_person_who_was_added_and_not_saved_is_still_the_user() {
    let (_dir, mut session) = desk(&TEXTS);
    session.perform(ProjectAction::WorkAs { name: "Zoe".to_owned() });
    tag(&mut session, "talks", "threat");
    let (_copy, root) = killed(&session);
    let again = open(&root);
    assert_eq!((again.me().as_str(), again.read_only()), ("zoe", None));
    assert_eq!(passages(&again), ["zoe threat: talks"]);
}

#[test]
fn commands_that_write_recover_and_those_that_read_say_what_they_lack() {
    let (_dir, session) = at_work();
    let (copy, root) = killed(&session);
    let (code, out, said) = demarche(&["summary", ".", "--json"], &root);
    assert!(code == 0 && out.contains("\"spans\": 0") && said.contains("ana"), "{out} {said}");
    assert!(has_journal_of(&root, "ana"));
    fs::write(copy.path().join("new.txt"), "A third text.\n").unwrap();
    let (code, _, said) = demarche(&["import", ".", "new.txt", "--annotator", "Ben"], &root);
    assert!(code == 0 && said.contains("recovered 4 changes by ana"), "{said}");
    let (code, out, said) = demarche(&["summary", ".", "--json"], &root);
    assert!(code == 0 && out.contains("\"spans\": 2") && said.is_empty(), "{out} {said}");
}

#[test]
fn a_command_of_the_person_whose_window_was_killed_comes_after_their_work() {
    let (_dir, session) = at_work();
    let (copy, root) = killed(&session);
    fs::write(copy.path().join("new.txt"), "A third text.\n").unwrap();
    let (code, _, said) = demarche(&["import", ".", "new.txt", "--annotator", "Ana"], &root);
    assert!(code == 0 && !has_journal_of(&root, "ana"), "{said}");
    let again = open(&root);
    assert_eq!(passages(&again), ["ana threat: talks", "ana plea: fee"]);
    assert_eq!(again.project().documents().len(), 3);
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

#[test]
fn a_project_that_is_moved_after_a_kill_has_its_journal() {
    let (_dir, session) = at_work();
    let (copy, _) = killed(&session);
    let elsewhere = in_memory();
    let moved = elsewhere.path().join("moved");
    fs::rename(copy.path(), &moved).unwrap();
    fs::create_dir(copy.path()).unwrap();
    assert_eq!(passages(&open(&moved)), ["ana threat: talks", "ana plea: fee"]);
    assert_eq!(check(&Folder::new(&moved)).unwrap(), []);
}

#[test]
fn a_journal_of_another_machine_is_left_to_it() {
    let (_dir, session) = at_work();
    let (_copy, root) = killed(&session);
    let local = root.join(".demarche");
    let journal = fs::read_dir(&local).unwrap().map(|entry| entry.unwrap().path());
    let journal = journal.into_iter().find(|path| path.to_string_lossy().contains("journal-")).unwrap();
    let other = local.join("journal-ana-another-machine.log");
    fs::rename(journal, &other).unwrap();
    let before = fs::read(&other).unwrap();
    let again = open(&root);
    assert!(passages(&again).is_empty() && lasting(&again).is_empty());
    assert_eq!(fs::read(&other).unwrap(), before);
}

#[test]
fn a_journal_in_use_is_not_reported() {
    let (dir, session) = at_work();
    let (_, _, said) = demarche(&["summary", "small"], dir.path());
    assert_eq!(said, "");
    drop(session);
}

#[test]
fn an_import_comes_back_with_the_copy_of_its_file() {
    let (dir, mut session) = desk(&TEXTS);
    let file = dir.path().join("letter.html");
    fs::write(&file, "<html><body><p>The third text, of the port.</p></body></html>").unwrap();
    session.keep_originals(true);
    session.perform(ExchangeAction::Import(vec![file.clone()]));
    session.finish_jobs();
    session.undo();
    session.save_now().unwrap();
    session.redo();
    let id = id_of(&session, 2);
    let (_copy, root) = killed(&session);
    let kept = root.join("documents").join(&id).with_extension("html");
    assert!(!kept.exists());
    let again = open(&root);
    assert_eq!(again.project().documents().len(), 3);
    assert_eq!(fs::read(&kept).unwrap(), fs::read(&file).unwrap());
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
}

/// A session on a layer of this many passages, with a stopped clock.
fn large(count: usize) -> (tempfile::TempDir, Clock, Session) {
    let text = "talks fee ".repeat(count);
    let (dir, root) = small(&[&text, TEXTS[1]]);
    let (clock, env) = clock();
    let mut session = open_with(&root, env);
    let text = Arc::new(Text::new(&text));
    let edits = (0..count).map(|n| {
        let start = n * 10;
        let ranges = Ranges::one(TextRange { start, end: start + 5 }).unwrap();
        assert!(text.len() > start + 5);
        Span::new(session.env().new_span_id(), "threat".into(), ranges, START)
    });
    let layer = LayerId::new(&"d001".into(), &"ana".into());
    let set = |span: Span| Edit::SetSpan { layer: layer.clone(), id: span.id, to: Some(Arc::new(span)) };
    let edits: Vec<Edit> = edits.map(set).collect();
    assert!(session.edit("tag all", Edit::Batch(edits)));
    session.save_now().unwrap();
    (dir, clock, session)
}

/// Lets time pass, and saves what is due. Returns whether everything is saved.
fn saved_after(session: &mut Session, clock: &Clock, seconds: i64) -> bool {
    clock.pass(seconds);
    session.tick();
    session.finish_jobs();
    matches!(session.save_state(), SaveState::Saved(_))
}

#[test]
fn a_large_layer_is_saved_once_a_minute_and_a_small_one_after_two_seconds() {
    for (count, after_two_seconds) in [(4_000, true), (6_000, false)] {
        let (_dir, clock, mut session) = large(count);
        tag(&mut session, "fee", "demand");
        assert_eq!(saved_after(&mut session, &clock, 3), after_two_seconds);
        assert!(saved_after(&mut session, &clock, 60));
    }
}

#[test]
fn done_another_document_and_saving_do_not_wait_for_a_large_layer() {
    let (_dir, clock, mut session) = large(6_000);
    let acts: [fn(&mut Session); 3] = [
        |session| session.perform(NavigateAction::OpenDocument("d002".into())),
        |session| session.run(CommandId::Save),
        |session| session.perform(DocumentAction::SetStatus("d001".into(), Status::Done)),
    ];
    for (round, act) in acts.into_iter().enumerate() {
        session.perform(NavigateAction::OpenDocument("d001".into()));
        saved_after(&mut session, &clock, 0);
        let at = spans(&session)[round].0.clone();
        session.perform(AnnotateAction::SetNote { at, note: format!("note {round}") });
        assert!(!saved_after(&mut session, &clock, 0), "round {round}");
        act(&mut session);
        assert!(saved_after(&mut session, &clock, 0), "round {round}");
    }
}
