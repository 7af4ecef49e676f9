//! Search in all documents, and tagging what was found.

use egui::{Key, Modifiers};

use crate::support::session::sample_copy;
use crate::support::window::{CTRL, Window};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

/// A window in which a word was searched for in all documents.
fn searched(root: &std::path::Path, word: &str) -> Window {
    let mut window = Window::on(root);
    window.press(CTRL_SHIFT, Key::F);
    window.type_text(word);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("the search is done", |window| {
        window.session().find().everywhere().is_some_and(|(_, rows, done)| done && !rows.is_empty())
    });
    window.run();
    window
}

#[test]
fn the_results_can_be_closed() {
    let (_dir, root) = sample_copy();
    let mut window = searched(&root, "survey");
    let named = |window: &Window, name: &str| window.labels().iter().filter(|label| *label == name).count();
    window.click("Passages");
    let once = named(&window, "Passages");
    window.click("Search results");
    window.click("Close search results");
    assert!(window.session().find().everywhere().is_none());
    assert_eq!(
        (named(&window, "Search results"), named(&window, "Passages")),
        (0, once),
        "the tab or the heading names it"
    );
}

#[test]
fn all_hits_are_tagged_except_those_left_out() {
    let (_dir, root) = sample_copy();
    let mut window = searched(&root, "survey");
    let hits = window.session().find().everywhere().map_or(0, |(_, rows, _)| rows.len());
    assert!(hits > 2);
    let before = window.session().passage_table().total();
    window.click("Tag all hits…");
    assert!(window.says("Tag all occurrences"));
    use egui::accesskit::Role;
    use egui_kittest::kittest::Queryable as _;
    let mut places = window.harness.query_all_by(|node| {
        node.role() == Role::CheckBox
            && node.label().is_some_and(|label| label.to_lowercase().contains("survey"))
    });
    let first = places.next().map(|place| place.rect().center()).unwrap();
    drop(places);
    window.click_at(first);
    window.write(Key::Num9, "9");
    window.click("Tag all");
    assert_eq!(window.session().passage_table().total(), before + hits - 1);
}
