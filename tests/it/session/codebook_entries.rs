//! Entries of the codebook: moving, importing and removing them, and the lists of names.

use std::sync::Arc;

use demarche::io::project::check;
use demarche::model::*;
use demarche::session::{CodebookChange, LinkAction, Session};

use crate::support::session::*;

const TEXT: &str = "Norvania will suspend the talks unless the port reopens by Friday.";

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
    assert_eq!(now[at..], ["demand", "demand/rejection", "demand/threat", "justification", "withdrawal"]);
    go(&mut session, "demand", None, Some("threat"));
    assert_eq!(categories(&session), now, "a category can't be under its own child");
    go(&mut session, "threat", None, None);
    assert_eq!(categories(&session).last().unwrap(), "threat");
    (0..steps(&session)).for_each(|_| session.run(CommandId::Undo));
    assert_eq!(categories(&session), first);
}

#[test]
fn an_imported_codebook_has_free_ids_keys_and_colours() {
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
    assert_notice(&session, &["2 new", "1 kept"]);
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
fn a_kind_of_link_in_use_is_not_removed() {
    let (_dir, mut session) = desk(&[TEXT]);
    let from = tag(&mut session, "suspend the talks", "threat");
    let to = tag(&mut session, "the port reopens", "demand");
    session.perform(LinkAction::Add { from, to, kind: "responds-to".into() });
    change(&mut session, CodebookChange::DeleteLinkKind("responds-to".into()));
    assert_notice(&session, &["1 link", "“responds to”"]);
    assert!(session.project().codebook().link_kind(&"responds-to".into()).is_some());
    change(&mut session, CodebookChange::DeleteLinkKind("repeats".into()));
    assert_eq!(undo_label(&session), "remove the kind of link “repeats”");
}

#[test]
fn names_in_a_list_are_tidied_and_changes_counted() {
    let (_dir, mut session) = desk(&[TEXT]);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    change(&mut session, CodebookChange::SetActors(names(&[" Ostria ", "Estmark", "", "Ostria"])));
    assert_eq!(session.project().actors(), ["Ostria", "Estmark"]);
    assert_notice(&session, &["1 added", "1 removed"]);
    change(&mut session, CodebookChange::SetIssues(names(&["fees"])));
    assert_eq!((session.project().issues(), steps(&session)), (&["fees".to_owned()][..], 2));
}

#[test]
fn relations_follow_an_actor_or_issue_that_is_renamed_and_go_with_one_that_is_removed() {
    let (_dir, mut session) = desk(&[TEXT]);
    let names = |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    change(&mut session, CodebookChange::SetActors(names(&["Both", "Estmark", "Norvania", "Osk"])));
    change(&mut session, CodebookChange::SetIssues(names(&["fees", "berths"])));
    let mut relations = Relations::default();
    relations.members.insert("Both".into(), ["Estmark".into(), "Norvania".into()].into());
    relations.persons.insert("Osk".into(), "Estmark".into());
    relations.issues_below.insert("berths".into(), "fees".into());
    change(&mut session, CodebookChange::SetRelations(Box::new(relations.clone())));
    let before = steps(&session);
    change(&mut session, CodebookChange::SetActors(names(&["Both", "Eastmark", "Norvania", "Osk"])));
    change(&mut session, CodebookChange::SetIssues(names(&["transit fees", "berths"])));
    let now = session.project().relations();
    assert_eq!(now.expanded("Both"), ["Eastmark", "Norvania"].into());
    assert_eq!(now.party("Osk"), "Eastmark");
    assert!(now.is_issue_within("berths", "transit fees"));
    change(&mut session, CodebookChange::SetActors(names(&["Both", "Norvania", "Osk"])));
    assert_eq!(session.project().relations().expanded("Both"), ["Norvania"].into());
    assert_eq!((session.project().relations().persons.len(), steps(&session)), (0, before + 3));
    (0..3).for_each(|_| session.run(CommandId::Undo));
    assert_eq!(**session.project().relations(), relations);
    let wrong = Relations { observers: ["Nobody".into()].into(), ..Relations::default() };
    change(&mut session, CodebookChange::SetRelations(Box::new(wrong)));
    assert_eq!(**session.project().relations(), relations);
}
