//! The switch of screens, and the Compare screen by keyboard.

use demarche::session::Screen;
use demarche::ui::words::{compare as words, settle_in_bulk as bulk};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::session::sample_copy;
use crate::support::window::{CTRL, Window};

/// How a paragraph of the sample's first document begins.
const PARAGRAPH: &str = "18 February";

/// Clicks on a screen in the switch, which is to the right of the menu of the same name.
fn switch(window: &mut Window, screen: &str) {
    let named = window.harness.query_all_by_role_and_label(Role::Button, screen);
    let place = named.last().map(|part| part.rect().center()).unwrap();
    window.click_at(place);
}

#[test]
fn a_key_or_a_click_shows_another_screen_and_what_stands_on_one_alone_brings_it() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num2);
    assert_eq!(window.session().screen(), Screen::Compare);
    assert!(window.says("18 February"), "the same text is shown");
    switch(&mut window, "Annotate");
    assert_eq!(window.session().screen(), Screen::Annotate);
    switch(&mut window, "Compare");
    assert_eq!(window.session().screen(), Screen::Compare);
    window.press(Modifiers::ALT, Key::Num2);
    assert_eq!(window.session().screen(), Screen::Annotate, "the summary stands there");
}

/// The consensus of the document that is shown, as words.
fn consensus(window: &Window) -> Vec<String> {
    let document = window.session().document().unwrap();
    let text = document.text.as_ref().unwrap();
    document.consensus_spans().map(|span| span.quote(text)).collect()
}

#[test]
fn differences_are_settled_by_keyboard_alone_and_opened_again() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num2);
    window.wait("documents are compared", |window| !window.session().is_comparing());
    window.run();
    let tally = window.session().comparison().unwrap().tally();
    assert!(tally.differing > 3 && tally.agreed > 0, "{tally:?}");
    assert!(window.says(&words::settled_of(0, tally.differing)), "{:?}", window.labels());
    window.press(CTRL | Modifiers::ALT, Key::A);
    assert_eq!(consensus(&window).len(), tally.agreed);
    assert!(window.says(&words::add_agreed(0)));
    window.write(Key::N, "n");
    let first = window.session().current_difference().unwrap();
    assert!(window.says("1 of ") && window.says(words::leave_out()));
    window.write(Key::L, "l");
    assert!(window.says(&words::settled_of(1, tally.differing)));
    assert_ne!(window.session().current_difference(), Some(first), "it goes on to the next");
    window.write(Key::E, "e");
    assert!(window.says(&words::settled_of(2, tally.differing)));
    window.write(Key::P, "p");
    window.write(Key::P, "p");
    assert_eq!(window.session().current_difference(), Some(first));
    assert!(window.says("Left out of the consensus by Ana Reyes"));
    window.write(Key::R, "r");
    assert!(window.says(&words::settled_of(1, tally.differing)));
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert!(window.says(&words::settled_of(0, tally.differing)));
    assert_eq!(consensus(&window).len(), tally.agreed, "what is agreed was a step before");
    let mine = |window: &Window| window.session().document().unwrap().layer(&"ana".into()).unwrap().len();
    let before = mine(&window);
    window.press(CTRL, Key::Home);
    window.select_in(PARAGRAPH);
    window.write(Key::Num5, "5");
    assert_eq!(
        (consensus(&window).len(), mine(&window)),
        (tally.agreed + 1, before),
        "drawn anew, into the consensus"
    );
    assert!(window.says("Added to the consensus"));
}

#[test]
fn a_click_on_a_difference_or_on_a_passage_of_the_text_leads_to_its_readings() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num2);
    window.wait("documents are compared", |window| !window.session().is_comparing());
    window.run();
    let chip = window.labels().into_iter().find(|label| label.starts_with("Category ") && label.len() < 12);
    window.click(&chip.unwrap());
    let row =
        window.labels().into_iter().find(|label| label.starts_with("Category difference, open")).unwrap();
    window.click(&row);
    let shown = window.session().current_difference().unwrap();
    assert!(
        window.says(&words::use_version("AR")) && window.says(&words::use_version("BO")) && window.says("≠")
    );
    let mark = window.harness.query_all_by_role(Role::Mark).next().unwrap().rect().center();
    window.click_at(mark);
    assert!(window.session().current_difference().is_some());
    window.click(&row);
    assert_eq!(window.session().current_difference(), Some(shown));
    window.write(Key::Num1, "1");
    assert_eq!(window.session().comparison_tally().settled, 1);
}

#[test]
fn the_majority_is_settled_in_bulk_after_a_count() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num2);
    window.wait("documents are compared", |window| !window.session().is_comparing());
    let tally = window.session().comparison_tally();
    window.press(CTRL | Modifiers::ALT, Key::B);
    window.wait("the majority is counted", |window| window.says("taken into the consensus"));
    assert!(window.says(bulk::title()) && window.says(bulk::ties()), "{:?}", window.labels());
    assert_eq!(consensus(&window).len(), 0, "counting changes nothing");
    let steps = |window: &Window| window.session().undo_stack().labels().count();
    let before = steps(&window);
    window.click(bulk::confirm());
    assert!(!window.says(bulk::title()));
    assert_eq!(steps(&window), before + 1);
    let now = window.session().comparison_tally();
    assert_eq!(now.adopted, tally.agreed, "what all agree on has a majority");
    assert!(now.open() > 0, "ties stay open");
    window.press(CTRL, Key::Z);
    assert_eq!(window.session().comparison_tally(), tally);
}
