//! The palette: what it offers first, and how it ranks.

use egui::{Key, Modifiers};

use demarche::ui::commands::{COMMANDS, CommandId};

use crate::support::session::sample_copy;
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

/// A window in which the palette is open, with `typed` in it.
fn palette(window: &mut Window, typed: &str) {
    window.press(CTRL, Key::K);
    if !typed.is_empty() {
        window.type_text(typed);
    }
}

#[test]
fn the_empty_palette_offers_the_document_before_this_one_first() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let first = window.session().view_state().document.clone();
    palette(&mut window, "commu");
    window.press(NONE, Key::Enter);
    assert_ne!(window.session().view_state().document, first);
    palette(&mut window, "");
    window.press(NONE, Key::Enter);
    assert_eq!(window.session().view_state().document, first);
}

#[test]
fn a_recent_project_is_found_by_name() {
    let (_dir, root) = sample_copy();
    let (_other_dir, other) = sample_copy();
    let other_root = other.with_file_name("korea-talks");
    std::fs::rename(&other, &other_root).unwrap();
    let mut window = Window::on(&other_root);
    window.open(&root);
    palette(&mut window, "korea");
    assert!(window.says("korea-talks"), "{:?}", window.labels());
    window.press(NONE, Key::Enter);
    window.wait("the project opens", |window| window.session().folder().root() == other_root);
}

#[test]
fn words_of_other_programs_find_commands() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    for (typed, id) in [
        ("preferences", CommandId::ToggleSnap),
        ("rename", CommandId::DocumentDetails),
        ("exit", CommandId::Quit),
        ("save pdf", CommandId::Print),
        ("delete", CommandId::RemoveDocument),
        ("kappa", CommandId::ShowAgreement),
    ] {
        palette(&mut window, typed);
        assert!(window.says(id.command().name), "{typed}");
        window.press(NONE, Key::Escape);
    }
}

#[test]
fn a_command_that_can_not_run_says_why_and_is_not_run_by_enter() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let cancel = COMMANDS.iter().find(|command| command.id == CommandId::CancelLink).unwrap();
    let why = (cancel.enabled)(window.session()).unwrap_err();
    palette(&mut window, cancel.name);
    window.press(NONE, Key::Enter);
    assert!(window.says(cancel.name), "the palette is still open");
    assert!(window.session().notices().iter().all(|notice| !notice.text.contains(why)));
}
