//! Changes of the codebook in mid-project: no span is lost, nobody's file is written but the user's own.

use std::sync::Arc;

use demarche::io::project::check;
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookAction, CodebookChange, Fate, Impact, LinkAction, NavigateAction, ProjectAction,
    Session, Shown,
};
use tempfile::TempDir;

use crate::support::project::files;
use crate::support::session::*;

const TEXT: &str = "Norvania will suspend the talks unless the port reopens by Friday.";
const OTHER: &str = "Estmark will not reopen the port. The talks are over.";

/// Ana and Ben have tagged threats, Ana also a demand on the words of one; all is on disk, and Ana works here anew.
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
    let mut session = open_later(&root);
    session.perform(NavigateAction::Show(Shown::Everyone));
    (dir, session)
}

fn change(session: &mut Session, change: CodebookChange) {
    session.perform(CodebookAction::Change(change));
    session.finish_jobs();
    figures_are_right(session);
}

fn merge(session: &mut Session, from: &[&str], into: &str) {
    let from = from.iter().map(|id| (*id).into()).collect();
    change(session, CodebookChange::Merge { from, into: into.into() });
}

fn delete(session: &mut Session, id: &str, fate: Fate) {
    change(session, CodebookChange::Delete { id: id.into(), fate });
}

fn categories(session: &Session) -> Vec<String> {
    let line = |c: &Arc<Category>| match &c.parent {
        Some(parent) => format!("{parent}/{}", c.id),
        None => c.id.to_string(),
    };
    session.project().codebook().categories.iter().map(line).collect()
}

fn file(session: &Session, name: &str) -> String {
    files(root_of(session)).remove(name).unwrap_or_default()
}

/// Saves, undoes all, saves: the bytes are those of `before`. Does it again: they are those of after.
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
fn a_merge_writes_my_file_and_nobody_elses_and_everybody_reads_it_so() {
    let (_dir, mut session) = team();
    let before = files(root_of(&session));
    merge(&mut session, &["threat"], "demand");
    assert_eq!(undo_label(&session), "merge Threat into Demand");
    assert_eq!(
        told(&session),
        "Merged Threat into Demand: 4 passages in 2 documents: 2 of Ana, 2 of Ben; 1 passage has a twin on the same \
         words now, and none was dropped; files of others stay as they are, and are read so from now on. Ctrl+Z takes \
         it back"
    );
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
fn a_file_of_somebody_who_comes_to_work_here_follows_to_the_byte() {
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
fn a_second_merge_takes_older_old_ids_along() {
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
    // What stood above the target moves up, its siblings go under it.
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
fn a_new_category_never_gets_an_old_id() {
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
fn a_category_goes_with_my_passages_and_links_or_gives_them_away() {
    let (_dir, mut session) = desk(&[TEXT]);
    let talks = tag(&mut session, "suspend the talks", "threat");
    let port = tag(&mut session, "the port reopens", "demand");
    session.perform(LinkAction::Add { from: port, to: talks, kind: "responds-to".into() });
    session.save_now().unwrap();
    let before = files(root_of(&session));
    let so_far = steps(&session);
    delete(&mut session, "threat", Fate::Remove);
    assert_eq!(told(&session), "Removed: Threat with 1 passage and 1 link. Ctrl+Z takes it back");
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
fn what_others_have_tagged_is_never_removed() {
    let (_dir, mut session) = team();
    let before = passages(&session);
    delete(&mut session, "threat", Fate::Remove);
    let why =
        "Not removed: Threat tags 2 passages of Ben, and nobody removes what others have tagged. Move its";
    assert!(told(&session).starts_with(why), "{}", told(&session));
    assert_eq!((passages(&session), steps(&session)), (before, 0));
}

#[test]
fn a_split_sends_my_passages_where_they_were_chosen_and_leaves_those_of_others() {
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
    assert_eq!(
        told(&session),
        "Split Threat: 2 passages in 1 document retagged, 1 category added; 2 passages of others stay. Ctrl+Z takes it \
         back"
    );
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
    assert_eq!((ultimatum.hotkey, book.position(&ultimatum.id)), (None, Some(5)), "behind what was split");
    goes_back_and_forth(&mut session, &before);
}

#[test]
fn an_attribute_goes_with_the_values_of_my_spans_alone() {
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
    assert_eq!(impact.sentence(session.project()), "6 passages in 2 documents: 3 of Ana, 3 of Ben");
    let before = files(root_of(&session));
    change(&mut session, CodebookChange::DeleteAttribute { id: "voice".into(), values: true });
    assert_eq!(
        told(&session),
        "Removed: Voice and its value in 3 passages; 3 passages keep theirs. Ctrl+Z takes it back"
    );
    assert_eq!(session.impact_of_attribute(&"voice".into()).annotators, [("ben".into(), 3)]);
    session.save_now().unwrap();
    assert!(!file(&session, "layers/ana/d001.ron").contains("voice"));
    session.run(CommandId::Undo);
    session.save_now().unwrap();
    assert_eq!(files(root_of(&session)), before);
}

#[test]
fn what_a_change_would_touch_is_counted_and_said() {
    let (_dir, session) = team();
    let said = |ids: &[&str]| {
        let ids: Vec<CategoryId> = ids.iter().map(|id| (*id).into()).collect();
        session.impact(&ids).sentence(session.project())
    };
    assert_eq!(said(&["threat"]), "4 passages in 2 documents: 2 of Ana, 2 of Ben");
    assert_eq!(said(&["rejection"]), "1 passage in 1 document, Ben's");
    assert_eq!(said(&["threat", "demand", "rejection"]), "6 passages in 2 documents: 3 of Ana, 3 of Ben");
    assert_eq!(said(&["offer"]), "no passage");
    let unread = Impact { unread: 2, ..Impact::default() };
    assert_eq!(unread.sentence(session.project()), "no passage; 2 documents are not read yet");
}

#[test]
fn layers_that_are_not_in_memory_are_read_before_their_spans_change() {
    let (_dir, session) = team();
    let root = root_of(&session).to_owned();
    drop(session);
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
fn an_old_file_that_comes_later_is_read_by_the_new_name() {
    let (_dir, mut session) = team();
    merge(&mut session, &["threat", "rejection"], "demand");
    session.save_now().unwrap();
    let root = root_of(&session).to_owned();
    drop(session);
    // Ana's own file as she had it on another machine.
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

#[test]
fn a_category_moves_with_its_children() {
    let (_dir, mut session) = desk(&[TEXT]);
    let go = |session: &mut Session, id: &str, before: Option<&str>, parent: Option<&str>| {
        let (before, parent) = (before.map(Into::into), parent.map(Into::into));
        change(session, CodebookChange::MoveCategory { id: id.into(), before, parent });
    };
    let first = categories(&session);
    go(&mut session, "rejection", None, Some("demand"));
    go(&mut session, "threat", None, Some("demand"));
    assert_eq!(categories(&session)[..4], ["demand", "demand/rejection", "demand/threat", "offer"]);
    go(&mut session, "demand", Some("justification"), None);
    let now = categories(&session);
    let (at, _) = now.iter().enumerate().find(|(_, id)| *id == "demand").unwrap();
    assert_eq!(now[at..], ["demand", "demand/rejection", "demand/threat", "justification"]);
    go(&mut session, "demand", None, Some("threat"));
    assert_eq!(told(&session), "Demand can't stand under itself");
    go(&mut session, "threat", None, None);
    assert_eq!(categories(&session).last().unwrap(), "threat");
    (0..steps(&session)).for_each(|_| session.run(CommandId::Undo));
    assert_eq!(categories(&session), first);
}

#[test]
fn what_is_taken_in_clashes_with_nothing() {
    let (_dir, mut session) = desk(&[TEXT]);
    let category = |id: &str, parent: Option<&str>| {
        let parent = parent.map(Into::into);
        Arc::new(Category { hotkey: Some('1'), parent, ..Category::new(id.into(), id, Colour::nth(0)) })
    };
    let other = Codebook {
        categories: vec![
            category("plea", Some("appeal")),
            category("appeal", None),
            category("demand", Some("plea")),
        ],
        aliases: [("begging".into(), "plea".into()), ("offer".into(), "plea".into())].into(),
        ..Codebook::default()
    };
    let take = |replace| CodebookChange::Import { codebook: Box::new(other.clone()), replace };
    change(&mut session, take(false));
    assert_eq!(told(&session), "Taken in: 2 new entries, 1 kept as they are here. Ctrl+Z takes it back");
    change(&mut session, take(true));
    let book = session.project().codebook().clone();
    assert_eq!(book.category(&"demand".into()).unwrap().hotkey, Some('1'), "its own key");
    assert_eq!(categories(&session)[0], "plea/demand");
    let plea = book.category(&"plea".into()).unwrap();
    assert_eq!((plea.hotkey, plea.parent.clone()), (None, Some("appeal".into())));
    let mut colours: Vec<Colour> = book.categories.iter().map(|c| c.colour).collect();
    colours.sort();
    colours.dedup();
    assert_eq!(colours.len(), book.categories.len());
    assert_eq!(book.aliases.keys().map(CategoryId::as_str).collect::<Vec<_>>(), ["begging"]);
    session.save_now().unwrap();
    assert_eq!(check(session.folder()).unwrap(), []);
}

#[test]
fn a_kind_of_link_in_use_stays() {
    let (_dir, mut session) = desk(&[TEXT]);
    let from = tag(&mut session, "suspend the talks", "threat");
    let to = tag(&mut session, "the port reopens", "demand");
    session.perform(LinkAction::Add { from, to, kind: "responds-to".into() });
    change(&mut session, CodebookChange::DeleteLinkKind("responds-to".into()));
    assert!(
        told(&session).starts_with("Not removed: 1 link is of the kind “responds to”"),
        "{}",
        told(&session)
    );
    change(&mut session, CodebookChange::DeleteLinkKind("repeats".into()));
    assert_eq!(undo_label(&session), "remove the kind of link “repeats”");
}

#[test]
fn names_in_a_list_are_tidied_and_what_changed_is_said() {
    let (_dir, mut session) = desk(&[TEXT]);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    change(&mut session, CodebookChange::SetActors(names(&[" Ostria ", "Estmark", "", "Ostria"])));
    assert_eq!(session.project().actors(), ["Ostria", "Estmark"]);
    assert_eq!(told(&session), "Actors: 1 added, 1 removed. Ctrl+Z takes it back");
    change(&mut session, CodebookChange::SetIssues(names(&["fees"])));
    assert_eq!((session.project().issues(), steps(&session)), (&["fees".to_owned()][..], 2));
}
