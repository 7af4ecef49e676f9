//! Where the keyboard is: after clicks, after Escape, in dialogs, and in the panes that F6 visits.

use demarche::session::{PaneKey, Screen, TextSelection};
use demarche::ui::textview::TextView;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::project::files;
use crate::support::session::{passages, sample_copy, small};
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;
const TEXTS: [&str; 2] =
    ["Norvania will suspend the talks. Nobody has replied.", "Estmark offers to lower the fee."];

fn two_texts() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&TEXTS);
    (dir, Window::on(&root))
}

fn text_has_keyboard(window: &Window) -> bool {
    window.harness.ctx.memory(|memory| memory.has_focus(TextView::id_of(PaneKey::default())))
}

fn leave_text(window: &mut Window) {
    window.harness.ctx.memory_mut(|memory| memory.surrender_focus(TextView::id_of(PaneKey::default())));
    window.run();
    assert!(!text_has_keyboard(window));
}

fn title(window: &Window, at: usize) -> String {
    window.session().project().documents()[at].meta.title.clone()
}

#[test]
fn the_text_has_the_keyboard_after_a_document_was_opened_from_the_list() {
    let (_dir, mut window) = two_texts();
    leave_text(&mut window);
    let second = title(&window, 1);
    window.click(&second);
    assert!(window.session().document().unwrap().meta.title == second && text_has_keyboard(&window));
    window.press(CTRL, Key::L);
    window.write(Key::Num2, "2");
    assert_eq!(passages(window.session()), ["ana offer: Estmark offers to lower the fee."]);
}

#[test]
fn the_text_has_the_keyboard_after_a_click_on_a_category_has_tagged() {
    let (_dir, mut window) = two_texts();
    window.press(CTRL, Key::L);
    leave_text(&mut window);
    window.click("Threat");
    assert!(text_has_keyboard(&window));
    window.write(Key::Num1, "1");
    assert_eq!(passages(window.session()), ["ana demand: Norvania will suspend the talks."]);
}

#[test]
fn digits_tag_selected_words_wherever_the_keyboard_is_unless_somebody_types() {
    let (_dir, mut window) = two_texts();
    window.press(CTRL, Key::L);
    leave_text(&mut window);
    window.write(Key::Num5, "5");
    assert_eq!(passages(window.session()), ["ana threat: Norvania will suspend the talks."]);
    assert!(text_has_keyboard(&window));
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::F);
    window.write(Key::Num5, "5");
    assert_eq!(passages(window.session()), [""; 0], "it is written into the find bar");
}

#[test]
fn escape_in_the_note_returns_the_keyboard_to_the_text() {
    let (_dir, mut window) = two_texts();
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    window.press(NONE, Key::F2);
    window.type_text("a note");
    assert!(!text_has_keyboard(&window));
    window.press(NONE, Key::Escape);
    assert!(text_has_keyboard(&window));
    assert_eq!(window.session().current_span().unwrap().note, "a note");
}

#[test]
fn words_selected_before_compare_was_opened_are_not_tagged_there() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::L);
    window.press(CTRL, Key::Num2);
    window.wait("documents are compared", |window| !window.session().is_comparing());
    window.run();
    assert!(window.session().text_selection().is_empty());
    window.write(Key::N, "n");
    assert!(window.session().current_difference().is_some());
    let before = window.session().document().unwrap().consensus_spans().count();
    window.write(Key::Num1, "1");
    assert_eq!(window.session().comparison_tally().settled, 1);
    assert_eq!(window.session().document().unwrap().consensus_spans().count(), before + 1);
}

#[test]
fn n_goes_to_the_next_difference_while_words_are_selected_in_compare() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num2);
    window.wait("documents are compared", |window| !window.session().is_comparing());
    window.press(CTRL, Key::L);
    assert!(!window.session().text_selection().is_empty());
    window.write(Key::N, "n");
    assert!(window.session().current_difference().is_some() && window.session().text_selection().is_empty());
}

#[test]
fn enter_on_cancel_creates_and_exports_nothing() {
    for key in [Key::N, Key::E] {
        let (_dir, root) = sample_copy();
        let mut window = Window::on(&root);
        let before = files(root.parent().unwrap());
        window.press(CTRL, key);
        window.type_text("somewhere");
        window.harness.get_by_role_and_label(Role::Button, "Cancel").focus();
        window.run();
        window.press(NONE, Key::Enter);
        assert!(window.harness.query_by_role_and_label(Role::Button, "Cancel").is_none(), "it is closed");
        assert_eq!(files(root.parent().unwrap()), before);
        assert_eq!(window.session().folder().root(), root);
    }
}

#[test]
fn enter_on_another_button_of_a_dialog_does_not_confirm() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::N);
    window.type_text("somewhere");
    let browse = window
        .harness
        .query_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Browse")));
    browse.expect("a folder can be picked").focus();
    window.run();
    window.press(NONE, Key::Enter);
    assert_eq!(window.session().folder().root(), root, "no project was created");
}

/// The pane that has the keyboard, by the widget that has it.
fn pane(window: &Window) -> String {
    let focused = window.harness.query_all_by(|node| node.is_focused()).next();
    let focused = focused.expect("something has the keyboard");
    let node = focused.accesskit_node();
    node.label().unwrap_or_default()
}

#[test]
fn f6_visits_the_panes_in_turn_and_shift_f6_goes_back() {
    let (_dir, mut window) = two_texts();
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    window.press(NONE, Key::F5);
    assert!(text_has_keyboard(&window));
    let mut visited = Vec::new();
    for _ in 0..5 {
        window.press(NONE, Key::F6);
        visited.push(pane(&window));
    }
    assert!(text_has_keyboard(&window), "{visited:?}");
    visited.sort();
    visited.dedup();
    assert_eq!(visited.len(), 5, "{visited:?}");
    window.press(NONE, Key::F6);
    let right = pane(&window);
    window.press(NONE, Key::F6);
    window.press(Modifiers::SHIFT, Key::F6);
    assert_eq!(pane(&window), right);
    window.press(Modifiers::SHIFT, Key::F6);
    assert!(text_has_keyboard(&window));
}

#[test]
fn another_project_starts_with_fresh_panels() {
    let (_dir, root) = sample_copy();
    let (_other, small) = small(&TEXTS);
    let mut window = Window::on(&small);
    window.open(&root);
    let titles: Vec<String> =
        window.session().project().documents().iter().map(|d| d.meta.title.clone()).collect();
    for title in titles {
        assert!(window.says(&title), "{title} is listed: {:?}", window.labels());
    }
    assert_eq!(window.session().screen(), Screen::Annotate);
    assert_eq!(window.session().text_selection(), TextSelection::caret(0));
}
