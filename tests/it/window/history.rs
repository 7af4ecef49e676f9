//! The history in the window: the list, a click that leads to the passage, and the passage's own history.

use demarche::ui::words::history as words;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::session::sample_copy;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

#[test]
fn steps_are_listed_found_and_lead_to_their_passage() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(Modifiers::ALT, Key::Num1);
    window.press(NONE, Key::Tab);
    let picked = window.session().current().unwrap().clone();
    window.write(Key::Num1, "1");
    window.press(NONE, Key::Tab);
    assert_ne!(window.session().current(), Some(&picked));
    window.press(CTRL, Key::H);
    window.wait("the history is read", |window| window.session().audit_log().is_some());
    window.run();
    let row = window
        .labels()
        .into_iter()
        .find(|label| label.starts_with("Ana Reyes: "))
        .unwrap_or_else(|| panic!("{:?}", window.labels()));
    assert!(row.contains("category: "), "{row}");
    window.click(&row);
    assert_eq!(window.session().current(), Some(&picked), "a click goes to the passage");
    assert!(!window.says(words::this_document_only()), "and closes the list");
    // It may lie below what is in sight of the inspector.
    window.harness.get_by_label("History").click_accesskit();
    window.run();
    assert!(
        window.says("category: "),
        "the inspector tells what became of the passage: {:?}",
        window.labels()
    );
}

#[test]
fn an_empty_history_says_what_it_is_for() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::H);
    window.wait("the history is read", |window| window.session().audit_log().is_some());
    window.run();
    assert!(window.says(words::nothing_yet()), "{:?}", window.labels());
}
