//! The preview of files in the window, before an import.

use std::fs;

use demarche::io::annotations::NameKind;
use demarche::model::Date;
use demarche::session::{PreviewAction, UnknownNamesChoice};
use demarche::ui::words::{import as words, unknown_names as names};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::session::small;
use crate::support::window::{CTRL, Window};

const PAGE: &str = "<html><head><title>Port talks</title></head><body><article><h1>Port talks</h1>\
    <p>Norvania asks for ships, and for more time.</p><h2>Guarantees</h2><p>Estmark offers none.</p>\
    </article></body></html>";

/// A window that shows the preview of a web page, a text, and a file that is no text.
fn open() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&["Norvania will suspend the talks.\n"]);
    let folder = dir.path().join("outside");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.html"), PAGE).unwrap();
    fs::write(folder.join("b.txt"), "A memo\n\nof few words.\n").unwrap();
    fs::write(folder.join("c.txt"), b"\0\x01\x02").unwrap();
    let mut window = Window::on(&root);
    let paths = ["a.html", "b.txt", "c.txt"].map(|name| folder.join(name)).to_vec();
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    session.perform(PreviewAction::Open(paths));
    window.wait("files are read", |window| window.says(&words::confirm_documents(2)));
    window.run();
    (dir, window)
}

fn documents(window: &Window) -> usize {
    window.session().project().documents().len()
}

#[test]
fn enter_brings_in_what_is_ticked_and_undo_takes_it_out() {
    let (_dir, mut window) = open();
    assert!(window.says("asks for ships") && window.says("Heading 2: Guarantees"), "{:?}", window.labels());
    assert!(window.says("c.txt: this is not text") && documents(&window) == 1);
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(window.says("of few words."), "{:?}", window.labels());
    window.press(Modifiers::NONE, Key::Space);
    assert!(window.says(&words::confirm_documents(1)));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(documents(&window), 2);
    assert_eq!(window.session().document().unwrap().meta.title, "Port talks");
    window.press(CTRL, Key::Z);
    assert_eq!(documents(&window), 1);
}

#[test]
fn a_title_is_mended_before_the_text_is_frozen() {
    let (_dir, mut window) = open();
    window.click("Title");
    window.press(CTRL, Key::A);
    window.type_text("Corrected");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(documents(&window), 3);
    assert_eq!(window.session().project().documents()[1].meta.title, "Corrected");
}

#[test]
fn escape_brings_in_nothing_and_a_tick_leaves_the_preview_out_next_time() {
    let (_dir, mut window) = open();
    window.click(words::show_preview());
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.session().preview().is_none() && documents(&window) == 1);
}

/// A window that shows the preview of a labelled file with a category that the project lacks, and of a text.
fn open_labelled() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&["Norvania will suspend the talks.\n"]);
    let folder = dir.path().join("outside");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("in.jsonl"), crate::documents::unknown_names::LABELLED).unwrap();
    fs::write(folder.join("note.txt"), "A note.\n").unwrap();
    let mut window = Window::on(&root);
    let paths = ["in.jsonl", "note.txt"].map(|name| folder.join(name)).to_vec();
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    session.perform(PreviewAction::Open(paths));
    window.wait("names are found", |window| window.says(&names::entry(1)));
    window.run();
    (dir, window)
}

fn categories_of_spans(window: &Window) -> Vec<String> {
    let layers = window.session().project().documents().iter().flat_map(|d| d.layers.values());
    layers.flat_map(|layer| layer.spans()).map(|span| span.category.to_string()).collect()
}

#[test]
fn new_names_are_mapped_with_the_keyboard() {
    let (_dir, mut window) = open_labelled();
    window.press(Modifiers::NONE, Key::ArrowDown);
    let (kind, map) = (NameKind::Category, UnknownNamesChoice::Map);
    let choice = names::choice_in_full(kind, map, 1);
    assert!(window.says(&choice), "{:?}", window.labels());
    // Tab reaches the choices, and Space chooses.
    for _ in 0..40 {
        if window.harness.get_by_label(&choice).is_focused() {
            break;
        }
        window.press(Modifiers::NONE, Key::Tab);
    }
    window.press(Modifiers::NONE, Key::Space);
    assert_eq!(window.session().preview().unwrap().names().choice(kind), map);
    assert!(window.says(&names::target("threaat")), "{:?}", window.labels());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("imported", |window| window.session().preview().is_none());
    window.wait("spans are there", |window| categories_of_spans(window).len() == 2);
    assert_eq!(categories_of_spans(&window), ["threat", "threat"]);
}

#[test]
fn new_names_are_left_out_by_a_click() {
    let (_dir, mut window) = open_labelled();
    window.click(&names::entry(1));
    let choice = UnknownNamesChoice::LeaveOut;
    window.click(&names::choice_in_full(NameKind::Category, choice, 1));
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("spans are there", |window| categories_of_spans(window).len() == 1);
    assert_eq!(categories_of_spans(&window), ["threat"]);
}

#[test]
fn the_date_of_the_first_lines_is_offered_and_taken_by_a_click() {
    let (dir, root) = small(&["Norvania will suspend the talks.\n"]);
    let path = dir.path().join("speech.txt");
    fs::write(&path, "Speech of the Minister\n\nOrsa, 25 January 2019\n\nWe welcome this.\n").unwrap();
    let mut window = Window::on(&root);
    window.perform(PreviewAction::Open(vec![path]));
    window.wait("the file is read", |window| window.says(&words::confirm_documents(1)));
    let date = Date::parse("2019-01-25").unwrap();
    window.click(&words::use_date(&date));
    assert!(!window.says(&words::use_date(&date)), "it is in the field: {:?}", window.labels());
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.session().document().unwrap().meta.date, Some(date));
}
