//! What is said of passages, in the window: by keyboard alone, and of several that were clicked on.

use demarche::model::*;
use demarche::session::CodebookChange;
use demarche::ui::words::inspector as words;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::{sample_copy, undo_label};
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

fn define(window: &mut Window, name: &str, kind: AttributeKind, hotkey: Option<char>) {
    let id = AttributeId::new(name.to_lowercase());
    let definition = "Made for this test.".to_owned();
    let attribute = AttributeDef { hotkey, definition, ..AttributeDef::new(id, name, kind) };
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    session.perform(CodebookChange::PutAttribute(Box::new(attribute)));
    window.run();
}

fn value(window: &Window, id: &str) -> Option<Value> {
    window.session().current_span().unwrap().attributes.get(&AttributeId::new(id)).cloned()
}

fn choice(word: &str) -> Option<Value> {
    Some(Value::Choice(word.into()))
}

fn choices<const N: usize>(words: [&str; N]) -> Option<Value> {
    Some(Value::Choices(words.map(Into::into).into()))
}

/// A window on the sample, its first passage picked with the keyboard; the figure is how many steps were done.
fn on_first() -> (tempfile::TempDir, Window) {
    let (dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.press(NONE, Key::Tab);
    assert!(window.session().current().is_some());
    (dir, window)
}

#[test]
fn who_whom_and_about_what_are_said_with_a_few_keys() {
    let (_dir, mut window) = on_first();
    window.press(CTRL, Key::J);
    window.write(Key::A, "a");
    window.write(Key::N, "n");
    window.press(NONE, Key::Enter);
    assert_eq!(value(&window, "actor"), choices(["Estmark", "Norvania"]), "a joint move has several actors");
    window.press(NONE, Key::Escape);
    window.write(Key::T, "t");
    window.write(Key::E, "e");
    window.press(NONE, Key::Enter);
    assert_eq!(value(&window, "target"), choices(["Estmark", "Norvania"]));
    window.press(NONE, Key::Escape);
    window.write(Key::V, "v");
    window.write(Key::Num2, "2");
    assert_eq!(value(&window, "voice"), choice("paraphrased"), "a digit chooses at once");
    for said in [Some(Value::Flag(true)), Some(Value::Flag(false)), None] {
        window.write(Key::C, "c");
        assert_eq!(value(&window, "conditional"), said, "yes, no, not said");
    }
    let category = window.session().current_span().unwrap().category.clone();
    window.press(NONE, Key::Escape);
    window.write(Key::Num5, "5");
    assert_eq!(
        window.session().current_span().unwrap().category,
        "threat".into(),
        "the text has the keys again"
    );
    assert_ne!(category, "threat".into());
    (0..7).for_each(|_| window.press(CTRL, Key::Z));
    assert_eq!(value(&window, "actor"), choice("Estmark"));
    assert_eq!(window.session().undo_stack().undo_label(), None);
}

#[test]
fn an_attribute_of_every_kind_is_defined_and_filled_by_keyboard() {
    let (_dir, mut window) = on_first();
    define(&mut window, "Deadline", AttributeKind::Date, Some('l'));
    define(&mut window, "Sum", AttributeKind::Number, None);
    define(&mut window, "Grounds", AttributeKind::Choices(vec!["law".into(), "custom".into()]), Some('g'));
    define(&mut window, "Remark", AttributeKind::Text, None);
    window.press(CTRL, Key::J);
    window.write(Key::L, "l");
    "14.3.2026".chars().for_each(|sign| window.type_text(&sign.to_string()));
    window.press(NONE, Key::Enter);
    assert!(window.says("“14.3.2026” is not a date: type 2026-03-14, 2026-03 or 2026"));
    assert_eq!(value(&window, "deadline"), None);
    window.press(CTRL, Key::A);
    window.type_text("2026-03-14");
    window.press(NONE, Key::Enter);
    assert_eq!(value(&window, "deadline"), Some(Value::Date("2026-03-14".into())));
    assert!(!window.says("is not a date"));
    window.write(Key::U, "u");
    window.type_text("12,5");
    window.press(NONE, Key::Enter);
    assert_eq!(value(&window, "sum"), Some(Value::Number(12.5)), "the first letter that is free leads to it");
    window.write(Key::G, "g");
    window.press(NONE, Key::Enter);
    window.type_text("cus");
    window.press(NONE, Key::Enter);
    let both = ["custom".into(), "law".into()].into();
    assert_eq!(value(&window, "grounds"), Some(Value::Choices(both)));
    window.write(Key::Num1, "1");
    assert_eq!(
        value(&window, "grounds"),
        Some(Value::Choices(["custom".into()].into())),
        "again takes it out"
    );
    window.press(NONE, Key::Escape);
    window.write(Key::R, "r");
    window.type_text("as they say");
    window.press(NONE, Key::Enter);
    assert_eq!(value(&window, "remark"), Some(Value::Text("as they say".to_owned())));
    window.write(Key::L, "l");
    window.type_text("x");
    window.press(NONE, Key::Escape);
    assert_eq!(
        value(&window, "deadline"),
        Some(Value::Date("2026-03-14".into())),
        "Escape leaves it as it was"
    );
    window.press(NONE, Key::Escape);
    (0..6).for_each(|_| window.press(CTRL, Key::Z));
    for id in ["deadline", "sum", "grounds", "remark"] {
        assert_eq!(value(&window, id), None, "{id}");
    }
    assert_eq!(undo_label(window.session()), "add the attribute Remark");
}

#[test]
fn a_new_actor_is_typed_and_joins_the_list() {
    let (_dir, mut window) = on_first();
    window.press(CTRL, Key::J);
    window.write(Key::A, "a");
    window.type_text("Harbour pilots");
    assert!(window.says("New actor “Harbour pilots”"));
    window.press(NONE, Key::Enter);
    assert_eq!(value(&window, "actor"), choices(["Estmark", "Harbour pilots"]));
    assert!(window.session().project().actors().contains(&"Harbour pilots".to_owned()));
    window.press(NONE, Key::Escape);
    window.press(CTRL, Key::Z);
    assert_eq!(value(&window, "actor"), choice("Estmark"));
    assert!(!window.session().project().actors().contains(&"Harbour pilots".to_owned()), "one step");
}

#[test]
fn what_is_typed_for_one_passage_is_not_lost_when_another_is_picked() {
    let (_dir, mut window) = on_first();
    define(&mut window, "Remark", AttributeKind::Text, Some('r'));
    let first = window.session().current().unwrap().clone();
    window.press(CTRL, Key::J);
    window.write(Key::R, "r");
    window.type_text("sure");
    window.press(NONE, Key::F4);
    assert_ne!(window.session().current(), Some(&first));
    let said = &window.session().project().span(&first).unwrap().attributes;
    assert_eq!(said.get(&"remark".into()), Some(&Value::Text("sure".to_owned())));
    assert_eq!(value(&window, "remark"), None);
}

/// Clicks with Ctrl held.
fn ctrl_click(window: &mut Window, place: Pos2) {
    window.event(Event::ModifiersChanged(CTRL));
    window.click_at(place);
    window.event(Event::ModifiersChanged(NONE));
    window.run();
}

#[test]
fn passages_that_were_clicked_on_with_ctrl_are_changed_together() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let marks: Vec<Pos2> =
        window.harness.query_all_by_role(Role::Mark).map(|mark| mark.rect().center()).collect();
    window.click_at(marks[0]);
    ctrl_click(&mut window, marks[1]);
    assert_eq!(window.session().selected_spans().len(), 2);
    assert!(window.says(&words::selected(2)), "{:?}", window.labels());
    let picked = window.harness.query_all_by_role(Role::Mark);
    let picked = picked.filter(|mark| mark.accesskit_node().is_selected() == Some(true));
    assert_eq!(picked.count(), 2, "both are drawn as picked");
    let chosen = window.session().selected_spans().to_vec();
    let said = |window: &Window, at: &SpanRef| {
        let span = window.session().project().span(at).unwrap();
        (span.category.clone(), span.attributes.get(&AttributeId::new("actor")).cloned())
    };
    let before: Vec<_> = chosen.iter().map(|at| said(&window, at)).collect();
    window.write(Key::Num7, "7");
    window.press(CTRL, Key::J);
    window.write(Key::A, "a");
    window.write(Key::L, "l");
    window.press(NONE, Key::Enter);
    for at in &chosen {
        assert_eq!(said(&window, at), ("acceptance".into(), choices(["Estmark", "Lake Union secretariat"])));
    }
    assert_eq!(undo_label(window.session()), "set actor of 2 passages");
    window.press(NONE, Key::Escape);
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert_eq!(chosen.iter().map(|at| said(&window, at)).collect::<Vec<_>>(), before);
    assert_eq!(window.session().undo_stack().undo_label(), None);
    ctrl_click(&mut window, marks[1]);
    assert_eq!(window.session().selected_spans().len(), 1, "again takes it out");
}
