//! The dialog that assigns documents, and people added by pasting their names.

use demarche::analysis::assignment::{AssignmentDesign, Share};
use demarche::model::{Assignment, Status};
use demarche::session::{DocumentListAction, ProjectAction, Session};
use demarche::ui::words::{assign as words, common, people};
use egui::accesskit::Toggled;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::{CommandId, desk, steps};
use crate::support::window::Window;

const NONE: Modifiers = Modifiers::NONE;

/// A window on six documents, in which four people annotate.
fn study() -> (tempfile::TempDir, Window) {
    let (dir, mut session) = desk(&["One.\n", "Two.\n", "Three.\n", "Four.\n", "Five.\n", "Six.\n"]);
    let people = session.project().annotators().len();
    assert!(people <= 2, "the names below are new");
    session.perform(ProjectAction::SetBlind(true));
    let mut window = Window::with(session);
    window.command(CommandId::People);
    window.click(people::new());
    window.event(Event::Paste(["Dora Vance", "Eli Stone", "Fay Wu"][people - 1..].join("\r\n")));
    window.run();
    window.press(NONE, Key::Enter);
    window.click(common::apply());
    assert_eq!(window.session().project().annotators().len(), 4);
    (dir, window)
}

/// The numbers of documents assigned to people, in their order.
fn assigned(session: &Session) -> Vec<usize> {
    let people = session.project().annotators().iter();
    people.map(|person| person.documents.documents_in(session.project()).count()).collect()
}

fn names(session: &Session) -> Vec<String> {
    session.project().annotators().iter().map(|person| person.name.clone()).collect()
}

#[test]
fn documents_are_assigned_as_the_preview_shows_and_in_one_step() {
    let (_dir, mut window) = study();
    let names = names(window.session());
    let count = steps(window.session());
    window.command(CommandId::AssignDocuments);
    assert!(window.says(&words::summary(6, 0, 1, 0)), "{:?}", window.labels());
    for (at, one) in names.iter().enumerate() {
        for other in &names[..at] {
            assert!(window.says(&words::shared(one, other, 1)), "{one} and {other}: {:?}", window.labels());
        }
    }
    window.click(words::confirm());
    assert_eq!((assigned(window.session()), steps(window.session())), (vec![3; 4], count + 1));
    window.command(CommandId::Undo);
    assert!(window.session().project().annotators().iter().all(|person| person.documents.is_all()));
}

#[test]
fn only_those_who_are_chosen_get_documents_and_what_is_begun_stays() {
    let (_dir, mut window) = study();
    let first = window.session().project().documents()[0].id().clone();
    window.perform(DocumentListAction::SetStatus(vec![first], Status::InProgress));
    let names = names(window.session());
    window.command(CommandId::AssignDocuments);
    window.click(&words::takes_part(&names[3]));
    assert!(window.says(&words::summary(5, 0, 1, 1)), "{:?}", window.labels());
    window.click(&words::takes_part(&names[2]));
    window.click(&words::takes_part(&names[1]));
    assert!(!window.says(&words::summary(5, 0, 1, 1)), "two readers are too many for one coder");
    window.click(words::confirm());
    assert_eq!(assigned(window.session()), [6; 4], "nothing happens");
    window.click(&words::takes_part(&names[1]));
    window.click(&words::takes_part(&names[2]));
    window.click(words::confirm());
    let now = assigned(window.session());
    assert_eq!((now[3], now[..3].iter().sum::<usize>()), (6, 3 + 5 * 2), "{now:?}");
}

#[test]
fn the_next_batch_is_opened_in_the_dialog() {
    let (_dir, mut window) = study();
    let people = window.session().project().annotators().iter();
    let people = people.map(|person| Share { person: person.id.clone(), weight: 1 }).collect();
    let design = AssignmentDesign { people, readers: 1, sample: 0, batches: 3, seed: 1 };
    window.perform(ProjectAction::AssignByDesign(design));
    let sum = |window: &Window| assigned(window.session()).iter().sum::<usize>();
    assert_eq!(sum(&window), 2);
    window.command(CommandId::AssignDocuments);
    assert!(window.says(&words::waiting(&[2, 2])), "{:?}", window.labels());
    window.click(words::open_next());
    assert!(sum(&window) == 4 && window.says(&words::waiting(&[2])), "{:?}", window.labels());
    window.click(words::open_next());
    assert!(sum(&window) == 6 && !window.says(words::open_next()));
}

#[test]
fn the_dialog_of_people_shows_that_nothing_is_assigned() {
    let (_dir, mut window) = study();
    let [first, second] = [0, 1].map(|at| window.session().project().annotators()[at].clone());
    let ids: Vec<_> = window.session().project().documents().iter().map(|d| d.id().clone()).collect();
    let title = window.session().project().documents()[0].meta.title.clone();
    let nothing = demarche::model::Annotator { documents: Assignment::none(), ..second.clone() };
    window.perform(ProjectAction::SetPeople(vec![nothing]));
    window.command(CommandId::People);
    let is_ticked = |window: &Window, name: &str| {
        let label = people::assigned(name, &title);
        let node = window.harness.get_by_label(&label);
        node.accesskit_node().toggled() == Some(Toggled::True)
    };
    assert_eq!([&first, &second].map(|person| is_ticked(&window, &person.name)), [true, false]);
    window.click(&people::assigned(&second.name, &title));
    window.click(common::apply());
    let now = window.session().project().annotator(&second.id).unwrap();
    assert_eq!(now.documents, ids[..1].iter().cloned().collect());
}
