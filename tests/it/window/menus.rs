//! Menus by keyboard, notices that can be read again, and the title bar.

use demarche::ui::commands::CommandId;
use demarche::ui::words::{self, help, status_bar};
use egui::{Key, Modifiers, ViewportCommand};

use crate::support::session::small;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

fn one_text() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&["Norvania will suspend the talks."]);
    (dir, Window::on(&root))
}

#[test]
fn menus_are_reached_and_gone_through_by_keyboard() {
    let (_dir, mut window) = one_text();
    window.press(NONE, Key::F10);
    window.press(NONE, Key::Enter);
    assert!(window.says(CommandId::SaveAs.command().name), "{:?}", window.labels());
    window.press(NONE, Key::ArrowDown);
    // New project, then the next entry with N.
    window.write(Key::N, "n");
    window.write(Key::C, "c");
    window.press(NONE, Key::Enter);
    assert!(!window.has_project(), "Close project is the entry with C");
}

#[test]
fn letters_in_an_open_menu_dont_tag() {
    let (_dir, mut window) = one_text();
    window.press(CTRL, Key::L);
    window.press(NONE, Key::F10);
    window.press(NONE, Key::Enter);
    window.write(Key::Num5, "5");
    window.press(NONE, Key::Escape);
    assert_eq!(window.session().totals().spans, 0);
}

#[test]
fn notices_can_be_read_again() {
    let (_dir, mut window) = one_text();
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    window.press(NONE, Key::Delete);
    let told: Vec<String> = window.session().past_notices().map(|notice| notice.text.clone()).collect();
    assert!(!told.is_empty());
    window.command(CommandId::ClearSelection);
    window.click(status_bar::notices());
    assert!(window.says(help::notices()) && told.iter().all(|text| window.says(text)), "{told:?}");
}

#[test]
fn the_title_bar_names_the_document_and_marks_what_is_not_saved() {
    let (_dir, mut window) = one_text();
    let document = window.session().document().unwrap().meta.title.clone();
    let project = window.session().project().name().to_owned();
    let title = |unsaved| ViewportCommand::Title(words::window::title(&project, Some(&document), unsaved));
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    assert!(window.session().has_unsaved() && window.asked(&title(true)));
    window.press(CTRL, Key::S);
    window.wait("it is saved", |window| window.asked(&title(false)));
    assert!(!window.session().has_unsaved());
}
