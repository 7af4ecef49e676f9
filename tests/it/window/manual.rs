//! The manual and the list of shortcuts in the window.

use egui::{Key, Modifiers};

use demarche::ui::manual::ManualPage;

use crate::support::session::sample_copy;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

/// The title of the page of the manual that is shown.
fn page(window: &Window) -> Option<String> {
    use egui::accesskit::Role;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};
    let mut shown = window.harness.query_all_by(|node| {
        let label = node.label();
        node.role() == Role::Document
            && label.is_some_and(|l| ManualPage::ALL.iter().any(|page| page.title() == l))
    });
    shown.next().and_then(|node| node.accesskit_node().label())
}

fn press_f1(window: &mut Window) -> String {
    window.press(NONE, Key::F1);
    page(window).unwrap_or_default()
}

#[test]
fn f1_shows_the_page_of_the_pane_that_has_the_keyboard_and_closes_it_again() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let mut pages = Vec::new();
    for _ in 0..5 {
        pages.push(press_f1(&mut window));
        window.press(NONE, Key::F1);
        assert_eq!(page(&window), None);
        for _ in 0..pages.len() {
            window.press(NONE, Key::F6);
        }
    }
    pages.sort();
    assert_eq!(pages, ["Annotate", "Codebook", "Documents", "Passages table", "Summary"]);
    for (key, title) in [(Key::Num2, "Compare"), (Key::Num3, "Agreement"), (Key::Num4, "Analyse")] {
        window.press(CTRL, key);
        assert_eq!(press_f1(&mut window), title);
        window.press(NONE, Key::Escape);
        assert_eq!(page(&window), None);
    }
}

#[test]
fn links_in_the_manual_lead_on_and_back_leads_back() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(press_f1(&mut window), "Passages table");
    window.click("filter");
    assert_eq!(page(&window).as_deref(), Some("The filter"));
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(page(&window).as_deref(), Some("Passages table"));
}

#[test]
fn a_search_finds_a_section_on_any_page() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(NONE, Key::F1);
    window.fill("Search the manual", "Syncthing");
    window.press(NONE, Key::Enter);
    assert_eq!(page(&window).as_deref(), Some("Working as a team"));
}

#[test]
fn words_are_tagged_next_to_the_open_manual() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(NONE, Key::F1);
    window.press(NONE, Key::F5);
    window.press(CTRL, Key::L);
    let before = window.session().undo_stack().undo_label().map(str::to_owned);
    window.write(Key::Num1, "1");
    assert!(page(&window).is_some());
    assert_ne!(window.session().undo_stack().undo_label().map(str::to_owned), before);
}

#[test]
fn ctrl_slash_lists_the_shortcuts_and_escape_closes_them() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Slash);
    assert!(window.says("In the text") && window.says("Undo: Ctrl+Z"));
    window.type_text("link");
    assert!(window.says("Start link: Ctrl+M") && !window.says("Undo: Ctrl+Z"));
    window.press(NONE, Key::Escape);
    assert!(!window.says("Start link: Ctrl+M"));
}
