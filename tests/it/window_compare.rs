//! The switch of screens, and the Compare screen by keyboard.

use demarche::session::Screen;
use egui::{Key, Modifiers};

use crate::session_help::sample_copy;
use crate::window_help::{CTRL, Window};

#[test]
fn a_key_or_a_click_shows_another_screen_and_what_stands_on_one_alone_brings_it() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num2);
    assert_eq!(window.session().screen(), Screen::Compare);
    assert!(window.says("18 February"), "the same text is shown");
    window.click("Annotate");
    assert_eq!(window.session().screen(), Screen::Annotate);
    window.click("Compare");
    window.press(Modifiers::ALT, Key::Num2);
    assert_eq!(window.session().screen(), Screen::Annotate, "the summary stands there");
}
