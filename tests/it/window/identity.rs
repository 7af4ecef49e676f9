//! The question who the user is, and the owners of layers in the list of people.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use demarche::session::{ProjectAction, Session};

use crate::support::session::*;
use crate::support::window::Window;

const TEXT: &str = "We demand an answer. The port will close.";

/// A window on a project with Ana and Ben whose user is not known.
fn unknown_user() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&[TEXT]);
    let mut ana = open(&root);
    let ben = ana.project().annotator(&"ben".into()).unwrap().clone();
    let ben = demarche::model::Annotator { name: "Ben Okafor".to_owned(), ..ben };
    ana.perform(ProjectAction::SetPeople(vec![ben]));
    ana.save_now().unwrap();
    drop(ana);
    forget_user(&root);
    (dir, Window::on(&root))
}

fn me(window: &Window) -> Option<&str> {
    let session: &Session = window.session();
    session.is_identified().then(|| session.me().as_str())
}

/// Whether the question is shown.
fn is_asked(window: &Window) -> bool {
    window.harness.query_by_label("Continue").is_some()
}

#[test]
fn enter_answers_nothing_before_a_person_is_chosen() {
    let (_dir, mut window) = unknown_user();
    assert!(is_asked(&window));
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!((me(&window), is_asked(&window)), (Some("ben"), false));
    let (_dir, mut window) = unknown_user();
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!((me(&window), is_asked(&window)), (None, true), "nobody is the default");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(me(&window), Some("ana"), "the first Enter chose the row with the keyboard");
}

#[test]
fn the_question_can_be_closed_and_asked_again() {
    let (_dir, mut window) = unknown_user();
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!is_asked(&window) && window.session().read_only().is_some());
    window.click("Choose who you are…");
    assert!(is_asked(&window));
    window.click("Ben Okafor");
    window.click("Continue");
    assert_eq!((me(&window), window.session().read_only()), (Some("ben"), None));
    window.command(CommandId::Identity);
    assert!(is_asked(&window), "the user can change");
    window.click("Ana");
    window.click("Continue");
    assert_eq!(me(&window), Some("ana"));
}

#[test]
fn someone_new_types_a_name_and_a_typo_is_pointed_out() {
    let (_dir, mut window) = unknown_user();
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.type_text("Ben Okafro");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!((me(&window), is_asked(&window)), (None, true), "a typo is no answer");
    window.click("I am Ben Okafor");
    assert_eq!(me(&window), Some("ben"));
    window.command(CommandId::Identity);
    window.click("Someone new");
    window.type_text("Zoë Li");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!((me(&window), window.session().project().annotators().len()), (Some("zoe-li"), 3));
    window.command(CommandId::Identity);
    window.click("Someone new");
    window.type_text("Zoë Lee");
    assert!(window.session().project().annotators().len() == 3);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.session().project().annotators().len(), 4, "two letters differ");
}

#[test]
fn the_list_of_people_gives_unlisted_work_to_its_owner() {
    let (_dir, root) = small(&[TEXT]);
    let mut session = open(&root);
    session.perform(ProjectAction::WorkAs { name: "ben".to_owned() });
    tag(&mut session, "demand", "demand");
    session.perform(ProjectAction::WorkAs { name: "ana".to_owned() });
    session.save_now().unwrap();
    drop(session);
    let layer = std::fs::read_to_string(root.join("layers/ben/d001.ron")).unwrap();
    std::fs::remove_file(root.join("layers/ben/d001.ron")).unwrap();
    std::fs::create_dir_all(root.join("layers/bokafor")).unwrap();
    let layer = layer.replace("annotator: \"ben\"", "annotator: \"bokafor\"");
    std::fs::write(root.join("layers/bokafor/d001.ron"), layer).unwrap();
    let mut window = Window::on(&root);
    window.command(CommandId::People);
    window.click("Owner of the work of bokafor");
    window.click("Ben");
    assert_eq!(passages(window.session()), ["ben demand: demand"]);
    assert!(window.harness.query_by_label("Owner of the work of bokafor").is_none());
}
