//! Changes of the codebook during a project: no span is lost, and only the user's own file is written.

use std::sync::Arc;

use demarche::io::project::check;
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookChange, Fate, Impact, LinkAction, NavigateAction, ProjectAction, Session, Shown,
};
use tempfile::TempDir;

use crate::support::project::files;
use crate::support::session::*;

const TEXT: &str = "Norvania will suspend the talks unless the port reopens by Friday.";
const OTHER: &str = "Estmark will not reopen the port. The talks are over.";

/// Ana and Ben have tagged threats, Ana also a demand on the words of one. All is saved, and Ana has reopened it.
fn team() -> (TempDir, Session) {
    let (dir, root) = small(&[TEXT, OTHER]);
    let mut session = open(&root);
    tag(&mut session, "suspend the talks", "threat");
    session.perform(NavigateAction::SetCurrent(None));
    tag(&mut session, "suspend the talks", "demand");
    session.perform(NavigateAction::SetCurrent(None));
    tag(&mut session, "by Friday", "threat");
    session.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    tag(&mut session, "the port reopens", "threat");
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "The talks are over", "threat");
    tag(&mut session, "not reopen", "rejection");
    session.perform(ProjectAction::WorkAs { name: "Ana".to_owned() });
    session.save_now().unwrap();
    drop(session);
    forget_steps(&root);
    let mut session = open_later(&root);
    session.perform(NavigateAction::Show(Shown::Everyone));
    (dir, session)
}

fn merge(session: &mut Session, from: &[&str], into: &str) {
    let from = from.iter().map(|id| (*id).into()).collect();
    change(session, CodebookChange::Merge { from, into: into.into() });
}

fn delete(session: &mut Session, id: &str, fate: Fate) {
    change(session, CodebookChange::Delete { id: id.into(), fate });
}

fn file(session: &Session, name: &str) -> String {
    files(root_of(session)).remove(name).unwrap_or_default()
}

/// Expects that undoing all steps restores the bytes of `before`, and redoing them those of now.
fn goes_back_and_forth(session: &mut Session, before: &std::collections::BTreeMap<String, String>) {
    session.save_now().unwrap();
    let after = files(root_of(session));
    let done = steps(session);
    (0..done).for_each(|_| session.run(CommandId::Undo));
    session.save_now().unwrap();
    assert_eq!(&files(root_of(session)), before);
    (0..done).for_each(|_| session.run(CommandId::Redo));
    session.save_now().unwrap();
    assert_eq!(files(root_of(session)), after);
}

#[test]
fn merging_categories_writes_only_my_file_and_everyone_reads_the_new_category() {
    let (_dir, mut session) = team();
    let before = files(root_of(&session));
    merge(&mut session, &["threat"], "demand");
    assert_eq!(undo_label(&session), "merge Threat into Demand");
    assert_notice(&session, &["Threat", "Demand", "4", "2", "2 of Ana", "2 of Ben", "1"]);
    let all = [
        "ana demand: suspend the talks",
        "ana demand: suspend the talks",
        "ana demand: by Friday",
        "ben demand: the port reopens",
        "ben rejection: not reopen",
        "ben demand: The talks are over",
    ];
    assert_eq!(passages(&session), all);
    session.save_now().unwrap();
    assert_eq!(file(&session, "layers/ben/d001.ron"), before["layers/ben/d001.ron"]);
    assert_eq!(file(&session, "layers/ben/d002.ron"), before["layers/ben/d002.ron"]);
    assert!(!file(&session, "layers/ana/d001.ron").contains("threat"));
    assert!(file(&session, "project.ron").contains("(from: \"threat\", to: \"demand\"),"));
    let root = root_of(&session).to_owned();
    goes_back_and_forth(&mut session, &before);
    drop(session);
    let session = open_later(&root);
    assert_eq!(passages(&session), all);
    assert_eq!((session.problems().len(), session.has_unsaved()), (0, false));
    assert_eq!(check(session.folder()).unwrap(), []);
    assert!(session.project().codebook().category(&"threat".into()).is_none());
}

#[test]
fn files_of_a_person_who_becomes_the_user_follow_a_merge() {
    let (_dir, mut session) = team();
    let before = files(root_of(&session));
    merge(&mut session, &["threat"], "demand");
    session.save_now().unwrap();
    session.perform(ProjectAction::WorkAs { name: "Ben".to_owned() });
    session.perform(NavigateAction::OpenDocument("d001".into()));
    tag(&mut session, "Norvania", "offer");
    session.save_now().unwrap();
    assert!(!file(&session, "layers/ben/d001.ron").contains("threat"));
    goes_back_and_forth(&mut session, &before);
}

#[test]
fn a_second_merge_updates_earlier_aliases() {
    let (_dir, mut session) = team();
    let before = files(root_of(&session));
    merge(&mut session, &["threat"], "demand");
    merge(&mut session, &["demand", "rejection"], "offer");
    assert!(passages(&session).iter().all(|line| line.contains("offer")));
    let aliases = &session.project().codebook().aliases;
    let to: Vec<String> = aliases.iter().map(|(from, to)| format!("{from} {to}")).collect();
    assert_eq!(to, ["demand offer", "rejection offer", "threat offer"]);
    session.save_now().unwrap();
    let reopened = open_later(root_of(&session));
    assert_eq!(passages(&reopened), passages(&session));
    goes_back_and_forth(&mut session, &before);
}

#[test]
fn children_attributes_and_keys_follow_a_merge() {
    let (_dir, mut session) = desk(&[TEXT]);
    let book = session.project().codebook().clone();
    let put = |id: &str, parent: Option<&str>| {
        let category = Category::clone(book.category(&id.into()).unwrap());
        CodebookChange::PutCategory(Box::new(Category { parent: parent.map(Into::into), ..category }))
    };
    change(&mut session, put("offer", Some("threat")));
    change(&mut session, put("concession", Some("offer")));
    change(&mut session, put("rejection", Some("threat")));
    let voice = AttributeDef::clone(book.attribute(&"voice".into()).unwrap());
    let categories_of_voice = vec!["threat".into(), "acceptance".into(), "concession".into()];
    let voice = AttributeDef { categories: categories_of_voice, ..voice };
    change(&mut session, CodebookChange::PutAttribute(Box::new(voice)));
    merge(&mut session, &["threat"], "concession");
    // Ancestors of the target move up, its siblings move below it.
    let now = categories(&session);
    for line in ["offer", "offer/concession", "concession/rejection"] {
        assert!(now.iter().any(|found| found == line), "{now:?}");
    }
    let voice = session.project().codebook().attribute(&"voice".into()).unwrap().clone();
    assert_eq!(voice.categories, ["concession".into(), "acceptance".into()]);
    assert!(session.project().codebook().by_hotkey('5').is_none(), "the key is free");
    assert_eq!(steps(&session), 5);
}

#[test]
fn a_new_category_never_gets_the_id_of_an_alias() {
    let (_dir, mut session) = desk(&[TEXT]);
    merge(&mut session, &["threat"], "demand");
    let again = Category::new("threat".into(), "Threat", Colour::nth(0));
    change(&mut session, CodebookChange::PutCategory(Box::new(again)));
    assert!(categories(&session).contains(&"threat-2".to_owned()));
    let other = Codebook {
        categories: vec![Arc::new(Category::new("threat".into(), "Threat", Colour::nth(0)))],
        ..Codebook::default()
    };
    change(&mut session, CodebookChange::Import { codebook: Box::new(other), replace: true });
    assert!(categories(&session).contains(&"threat-3".to_owned()));
}

#[test]
fn removing_a_category_removes_or_moves_my_passages_and_links() {
    let (_dir, mut session) = desk(&[TEXT]);
    let talks = tag(&mut session, "suspend the talks", "threat");
    let port = tag(&mut session, "the port reopens", "demand");
    session.perform(LinkAction::Add { from: port, to: talks, kind: "responds-to".into() });
    session.save_now().unwrap();
    let before = files(root_of(&session));
    let so_far = steps(&session);
    delete(&mut session, "threat", Fate::Remove);
    assert_notice(&session, &["Threat", "1 passage", "1 link"]);
    assert_eq!(passages(&session), ["ana demand: the port reopens"]);
    assert_eq!(session.impact_of_link_kind(&"responds-to".into()), 0);
    session.run(CommandId::Undo);
    assert_eq!(session.impact_of_link_kind(&"responds-to".into()), 1);
    delete(&mut session, "threat", Fate::MoveTo("offer".into()));
    assert_eq!(passages(&session), ["ana offer: suspend the talks", "ana demand: the port reopens"]);
    session.run(CommandId::Undo);
    session.save_now().unwrap();
    assert_eq!((files(root_of(&session)), steps(&session)), (before, so_far));
}

#[test]
fn a_category_that_others_use_is_not_removed() {
    let (_dir, mut session) = team();
    let before = passages(&session);
    delete(&mut session, "threat", Fate::Remove);
    assert_notice(&session, &["Threat", "2", "Ben"]);
    assert_eq!((passages(&session), steps(&session)), (before, 0));
}

#[test]
fn a_split_moves_my_passages_and_leaves_those_of_others() {
    let (_dir, mut session) = team();
    let before = files(root_of(&session));
    let threats: Vec<SpanRef> = spans(&session)
        .into_iter()
        .filter(|(_, s)| s.category == "threat".into())
        .map(|(at, _)| at)
        .collect();
    let to = ["ultimatum", "offer", "ultimatum", "offer"].map(CategoryId::from);
    let fresh =
        Category { hotkey: Some('1'), ..Category::new("ultimatum".into(), "Ultimatum", Colour::nth(9)) };
    let split = CodebookChange::Split {
        from: "threat".into(),
        fresh: vec![fresh],
        choices: threats.into_iter().zip(to).collect(),
        retire: true,
    };
    change(&mut session, split);
    assert_notice(&session, &["Threat", "2 passages", "1 document", "1 category", "2 passages"]);
    let mine = ["ana demand: suspend the talks", "ana ultimatum: suspend the talks", "ana offer: by Friday"];
    let mut now = passages(&session);
    now[..3].sort();
    let mut mine = mine.map(str::to_owned);
    mine.sort();
    assert_eq!(now[..3], mine);
    assert_eq!(now[3], "ben threat: the port reopens");
    let book = session.project().codebook();
    assert!(book.category(&"threat".into()).unwrap().retired);
    let ultimatum = book.category(&"ultimatum".into()).unwrap();
    assert_eq!(
        (ultimatum.hotkey, book.position(&ultimatum.id)),
        (None, Some(5)),
        "after the category that was split"
    );
    goes_back_and_forth(&mut session, &before);
}

#[test]
fn removing_an_attribute_removes_its_values_in_my_spans_only() {
    let (_dir, mut session) = team();
    let everybody: Vec<SpanRef> = spans(&session).into_iter().map(|(at, _)| at).collect();
    let to = Some(Value::Choice("quoted".into()));
    for name in ["Ben", "Ana"] {
        session.perform(ProjectAction::WorkAs { name: name.to_owned() });
        let mine = everybody.iter().filter(|at| at.layer.annotator == *session.me()).cloned().collect();
        session.perform(AnnotateAction::SetAttribute { at: mine, attribute: "voice".into(), to: to.clone() });
    }
    session.save_now().unwrap();
    let impact = session.impact_of_attribute(&"voice".into());
    assert_eq!((impact.spans, impact.documents), (6, 2));
    assert_eq!(impact.annotators, [("ana".into(), 3), ("ben".into(), 3)]);
    let before = files(root_of(&session));
    change(&mut session, CodebookChange::DeleteAttribute { id: "voice".into(), values: true });
    assert_notice(&session, &["Voice", "3 passages", "3 passages"]);
    assert_eq!(session.impact_of_attribute(&"voice".into()).annotators, [("ben".into(), 3)]);
    session.save_now().unwrap();
    assert!(!file(&session, "layers/ana/d001.ron").contains("voice"));
    session.run(CommandId::Undo);
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), before);
}

#[test]
fn the_impact_of_a_change_is_counted() {
    let (_dir, session) = team();
    let impact = |ids: &[&str]| {
        let ids: Vec<CategoryId> = ids.iter().map(|id| (*id).into()).collect();
        session.impact(&ids)
    };
    let expect = |documents, annotators: &[(&str, usize)]| Impact {
        spans: annotators.iter().map(|(_, count)| count).sum(),
        documents,
        annotators: annotators.iter().map(|(id, count)| ((*id).into(), *count)).collect(),
        unread: 0,
    };
    assert_eq!(impact(&["threat"]), expect(2, &[("ana", 2), ("ben", 2)]));
    assert_eq!(impact(&["rejection"]), expect(1, &[("ben", 1)]));
    assert_eq!(impact(&["threat", "demand", "rejection"]), expect(2, &[("ana", 3), ("ben", 3)]));
    assert_eq!(impact(&["offer"]), Impact::default());
}

#[test]
fn layers_that_are_not_in_memory_are_read_before_their_spans_change() {
    let (_dir, session) = team();
    let root = root_of(&session).to_owned();
    drop(session);
    forget_steps(&root);
    let mut session = Session::open(&root, demarche::session::Env::fixed(Stamp(START.0 + 500_000))).unwrap();
    assert!(session.project().documents().iter().any(|document| !document.is_loaded()));
    let from = vec!["threat".into()];
    session.perform(CodebookChange::Merge { from, into: "demand".into() });
    assert_eq!(steps(&session), 0, "nothing has happened yet");
    session.finish_jobs();
    assert_eq!(steps(&session), 1);
    assert!(passages(&session).iter().all(|line| !line.contains("threat")) && passages(&session).len() == 6);
}

#[test]
fn a_file_with_an_old_category_is_read_with_the_new_one() {
    let (_dir, mut session) = team();
    merge(&mut session, &["threat", "rejection"], "demand");
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    // Ana's own file from another machine.
    let path = root.join("layers/ana/d001.ron");
    let old = std::fs::read_to_string(&path).unwrap().replace("category: \"demand\"", "category: \"threat\"");
    std::fs::write(&path, &old).unwrap();
    let mut session = open_later(&root);
    assert!(passages(&session).iter().all(|line| line.contains(" demand: ")));
    assert!(!session.has_unsaved(), "reading changes nothing");
    session.save_now().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), old);
    assert_eq!(check(session.folder()).unwrap(), []);
}
