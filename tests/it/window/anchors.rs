//! Pages and headings in the window: in the margin, in the contents, in the palette.

use egui::{Key, Modifiers};

use crate::support::anchors::{TEXT, paged};
use crate::support::window::{CTRL, Window};

fn caret(window: &Window) -> usize {
    window.session().text_selection().head
}

fn at(words: &str) -> usize {
    TEXT.find(words).unwrap()
}

#[test]
fn the_margin_says_where_pages_and_headings_begin() {
    let (_dir, root) = paged();
    let window = Window::on(&root);
    for label in ["Page iv", "Page 6", "Heading 2: Guarantees"] {
        assert!(window.says(label), "{label}: {:?}", window.labels());
    }
    assert!(!window.says("Page 7"));
}

#[test]
fn the_contents_lead_to_headings_by_key_and_by_click() {
    let (_dir, root) = paged();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::T);
    assert!(
        window.says("Contents: 2 headings") && window.says("Guarantees, page iv"),
        "{:?}",
        window.labels()
    );
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(caret(&window), at("Guarantees"));
    assert!(window.session().text_selection().is_empty() && window.session().current().is_none());
    window.click("Talks at Halden, page iv");
    assert_eq!(caret(&window), 0);
    window.click("Documents");
    window.click("Text \"d002\"");
    window.wait("the document opens", |window| window.session().document().is_some_and(|d| d.text.is_some()));
    window.press(CTRL, Key::T);
    assert!(window.says("No headings or pages"), "{:?}", window.labels());
}

#[test]
fn the_palette_goes_to_pages_and_headings() {
    let (_dir, root) = paged();
    let mut window = Window::on(&root);
    window.press(CTRL, Key::G);
    window.type_text("6");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(caret(&window), at("Estmark"));
    window.press(CTRL, Key::K);
    window.type_text("guarantees");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(caret(&window), at("Guarantees"));
}
