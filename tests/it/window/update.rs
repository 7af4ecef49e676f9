//! Updating a text in the window, by keyboard alone.

use std::fs;

use demarche::ui::words::update as words;
use egui::{Key, Modifiers};

use crate::support::session::{CommandId, open, passages, small, tag};
use crate::support::window::{CTRL, Window};

const OLD: &str =
    "Norvania will suspend the talks unless the port reopens.\nEstmark offers to lower the fee.\n";
const NEW: &str = "Corrected.\nNorvania will suspend all talks unless the port reopens.\nEstmark offers to lower the fee.\n";

#[test]
fn a_passage_in_doubt_is_shown_old_beside_new_and_accepted_with_a_key() {
    let (dir, root) = small(&[OLD]);
    let mut session = open(&root);
    tag(&mut session, "suspend the talks", "threat");
    tag(&mut session, "lower the fee", "offer");
    session.save_now().unwrap();
    drop(session);
    let path = dir.path().join("corrected.txt");
    fs::write(&path, NEW).unwrap();
    let mut window = Window::on(&root);
    window.command(CommandId::UpdateText);
    window.press(CTRL, Key::A);
    window.type_text(&path.display().to_string());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("the texts are compared", |window| window.says(words::in_doubt()));
    assert!(window.says(words::old_text()) && window.says(words::new_text()), "{:?}", window.labels());
    assert!(window.says(&words::undecided(1)), "{:?}", window.labels());
    window.press(Modifiers::NONE, Key::Enter);
    assert!(!window.says(&words::undecided(1)), "Enter accepts what is shown");
    window.press(CTRL, Key::Enter);
    window.wait("the text is updated", |window| window.says("Corrected."));
    assert_eq!(passages(window.session()), ["ana threat: suspend all talks", "ana offer: lower the fee"]);
    window.press(CTRL, Key::Z);
    assert_eq!(passages(window.session()), ["ana threat: suspend the talks", "ana offer: lower the fee"]);
}
