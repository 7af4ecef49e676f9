//! One action per tag: marker mode, sentences that are selected on the way, drops on the codebook, and their effort.

use demarche::session::TextSelection;
use demarche::ui::words::marker as words;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Rect};
use egui_kittest::kittest::Queryable as _;

use crate::support::session::{CommandId, assert_notice, passages, sample_copy, small, steps};
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;
const TEXT: &str =
    "Norvania will suspend the talks. Nobody has replied to that.\n\nEstmark offers to lower the fee.";

fn one_text() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&[TEXT]);
    (dir, Window::on(&root))
}

/// The row of a category in the codebook.
fn row(window: &Window, category: &str) -> Rect {
    let label = words::toggle(category);
    let toggle = window.harness.query_by_role_and_label(Role::Button, &label).unwrap().rect();
    Rect::from_min_max(toggle.min - egui::vec2(150.0, 0.0), toggle.max)
}

fn marker(window: &Window) -> Option<String> {
    window.session().marker().map(|category| category.id.to_string())
}

fn selected(window: &Window) -> String {
    let range = window.session().text_selection().range();
    TEXT[range.start..range.end].to_owned()
}

#[test]
fn in_marker_mode_every_drag_tags_in_one_step_until_escape() {
    let (_dir, mut window) = one_text();
    window.click(&words::toggle("Threat"));
    assert_eq!(marker(&window).as_deref(), Some("threat"));
    assert!(window.says(&words::chip("Threat")), "{:?}", window.labels());
    window.select_in("Norvania");
    window.select_in("Estmark");
    assert_eq!(passages(window.session()).len(), 2);
    assert!(passages(window.session()).iter().all(|passage| passage.starts_with("ana threat: ")));
    assert_eq!(steps(window.session()), 2);
    window.press(NONE, Key::Escape);
    assert_eq!(marker(&window), None);
    assert!(!window.says(&words::chip("Threat")));
    window.press(CTRL, Key::Z);
    window.select_in("Estmark");
    assert_eq!(passages(window.session()).len(), 1, "a drag selects again");
}

#[test]
fn a_category_key_without_words_changes_the_marker_and_with_words_tags_once() {
    let (_dir, mut window) = one_text();
    window.press(CTRL, Key::B);
    assert_eq!(marker(&window).as_deref(), Some("demand"), "the first one, if none was used");
    window.select_in("Norvania");
    window.write(Key::Num2, "2");
    assert_eq!(marker(&window).as_deref(), Some("offer"));
    assert!(passages(window.session())[0].starts_with("ana demand: "), "the passage stays as it is");
    window.press(Modifiers::ALT, Key::ArrowDown);
    window.write(Key::Num5, "5");
    assert_eq!(marker(&window).as_deref(), Some("offer"));
    assert_eq!(passages(window.session())[1], "ana threat: Nobody has replied to that.");
    window.press(CTRL, Key::B);
    assert_eq!(marker(&window), None, "the command ends it, too");
}

#[test]
fn enter_tags_with_the_marker_and_a_handle_still_moves_a_bound() {
    let (_dir, mut window) = one_text();
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    window.click(&words::toggle("Offer"));
    window.press(Modifiers::ALT, Key::ArrowDown);
    window.press(NONE, Key::Enter);
    assert_eq!(passages(window.session())[1], "ana offer: Nobody has replied to that.");
    window.command(CommandId::ShowCompare);
    assert_eq!(marker(&window), None, "it is a mode of the Annotate screen");
}

#[test]
fn a_marker_follows_its_category() {
    let (_dir, mut window) = one_text();
    window.click(&words::toggle("Threat"));
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    session.perform(demarche::session::CodebookChange::Merge {
        from: vec!["threat".into()],
        into: "offer".into(),
    });
    window.wait("it is merged", |window| window.session().jobs().running().is_empty());
    assert_eq!(marker(&window).as_deref(), Some("offer"));
}

#[test]
fn words_are_tagged_where_they_are_dropped_and_a_drag_inside_them_selects() {
    let (_dir, mut window) = one_text();
    window.press(CTRL, Key::L);
    let block = window.block("Norvania");
    let pressed = Pos2::new(block.left() + 40.0, block.top() + 10.0);
    let threat = row(&window, "Threat").center();
    window.drag(pressed, threat);
    assert_eq!(passages(window.session()), ["ana threat: Norvania will suspend the talks."]);
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::L);
    window.drag(pressed, pressed + egui::vec2(60.0, 0.0));
    let words = selected(&window);
    assert!(!words.is_empty() && words.len() < 25, "{words}");
    assert!(passages(window.session()).is_empty());
}

#[test]
fn a_card_that_is_dropped_on_a_category_retags_its_passage() {
    let (_dir, mut window) = one_text();
    window.press(CTRL, Key::L);
    window.write(Key::Num5, "5");
    let card = window.harness.query_by_role_and_label(Role::Button, "Card: Threat").unwrap().rect();
    let offer = row(&window, "Offer").center();
    window.drag(card.center(), offer);
    assert_eq!(passages(window.session()), ["ana offer: Norvania will suspend the talks."]);
    assert_eq!(steps(window.session()), 2);
}

#[test]
fn the_whole_text_is_selected() {
    let (_dir, mut window) = one_text();
    window.press(CTRL, Key::A);
    assert_eq!(selected(&window), TEXT);
}

#[test]
fn moving_by_sentences_selects_them_unless_that_is_off() {
    let (_dir, mut window) = one_text();
    window.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(selected(&window), "Norvania will suspend the talks.");
    window.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(selected(&window), "Nobody has replied to that.");
    window.press(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowDown);
    assert!(selected(&window).ends_with("lower the fee."));
    window.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(selected(&window), "Norvania will suspend the talks.");
    window.command(CommandId::ToggleSelectSentences);
    window.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(window.session().text_selection(), TextSelection::caret(33));
}

#[test]
fn a_sentence_takes_two_keys_and_the_next_passage_of_a_category_one_drag() {
    let (_dir, mut window) = one_text();
    for (key, sign) in [(Key::Num1, "1"), (Key::Num2, "2"), (Key::Num5, "5")] {
        window.press(Modifiers::ALT, Key::ArrowDown);
        window.write(key, sign);
    }
    let tagged = [
        "ana demand: Norvania will suspend the talks.",
        "ana offer: Nobody has replied to that.",
        "ana threat: Estmark offers to lower the fee.",
    ];
    assert_eq!(passages(window.session()), tagged);
    window.click(&words::toggle("Concession"));
    let before = passages(window.session()).len();
    window.select_in("Estmark");
    assert_eq!(passages(window.session()).len(), before + 1);
}

#[test]
fn attributes_take_one_chord_as_before_and_otherwise_at_most_eight_keys() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let value = |window: &Window, id: &str| {
        let span = window.session().current_span().unwrap();
        span.attributes.get(&demarche::model::AttributeId::new(id)).map(ToString::to_string)
    };
    let three = |window: &Window| ["actor", "target", "issue"].map(|id| value(window, id));
    window.press(Modifiers::ALT, Key::ArrowDown);
    window.write(Key::Num1, "1");
    assert_eq!(three(&window), [None, None, None]);
    window.press(CTRL, Key::J);
    window.write(Key::A, "a");
    window.write(Key::N, "n");
    window.press(NONE, Key::Tab);
    window.write(Key::E, "e");
    window.press(NONE, Key::Tab);
    window.write(Key::S, "s");
    window.press(NONE, Key::Enter);
    let first = three(&window);
    assert_eq!(first[..2], [Some("Norvania".to_owned()), Some("Estmark".to_owned())]);
    assert!(first[2].as_ref().is_some_and(|issue| issue.to_lowercase().starts_with('s')), "{first:?}");
    window.press(NONE, Key::Escape);
    window.press(NONE, Key::Escape);
    window.press(Modifiers::ALT, Key::ArrowDown);
    window.write(Key::Num1, "1");
    window.press(CTRL | Modifiers::SHIFT, Key::J);
    assert_eq!(three(&window), first, "as before: one chord");
    window.press(Modifiers::ALT, Key::ArrowDown);
    window.write(Key::Num1, "1");
    assert_eq!(three(&window), [None, None, None]);
    window.press(CTRL, Key::J);
    window.write(Key::A, "a");
    window.press(NONE, Key::Enter);
    window.press(NONE, Key::Escape);
    assert_eq!(three(&window), [first[0].clone(), None, None], "Enter takes the ghost");
    assert_notice(window.session(), &[]);
}
