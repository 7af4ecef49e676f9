//! Linking passages in the window.

use demarche::ui::words::inspector as words;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::project::files;
use crate::support::session::{root_of, sample_copy};
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;

/// The cards in sight with their labels, from the top.
fn cards(window: &Window) -> Vec<(String, Rect)> {
    let nodes = window.harness.query_all_by(|node| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Card: "))
    });
    let mut cards: Vec<(String, Rect)> =
        nodes.map(|node| (node.accesskit_node().label().unwrap(), node.rect())).collect();
    cards.sort_by(|a, b| a.1.top().total_cmp(&b.1.top()));
    cards
}

#[test]
fn two_passages_of_two_documents_are_linked_by_keyboard_alone() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let before = files(&root);
    window.press(Modifiers::ALT, Key::Num1);
    window.press(NONE, Key::Tab);
    let first = window.session().current().unwrap().clone();
    window.press(CTRL, Key::M);
    let from = window.session().span_name(&first);
    assert!(window.says(&format!("Linking from {from}")), "{:?}", window.labels());
    window.press(CTRL, Key::PageDown);
    (0..3).for_each(|_| window.press(NONE, Key::Tab));
    let second = window.session().current().unwrap().clone();
    assert!(window.session().links_of(&second).is_empty(), "it has no other links");
    assert_ne!(first.layer.document, second.layer.document);
    assert!(window.says("Linking from"), "the mark stays");
    window.press(CTRL, Key::M);
    assert!(window.says("Link passages"));
    window.press(NONE, Key::ArrowDown);
    window.press(NONE, Key::Enter);
    assert!(!window.says("Link passages") && !window.says("Linking from"));
    let links = window.session().links_of(&second);
    let kind = window.session().project().codebook().link_kinds[1].clone();
    assert_eq!(links.iter().filter(|end| end.link.kind == kind.id && end.link.from == first.span).count(), 1);
    let row = words::link_from(&kind.name, &from);
    assert!(window.says(&row), "the inspector has “{row}”: {:?}", window.labels());
    window.press(CTRL | Modifiers::SHIFT, Key::M);
    assert_eq!(window.session().current(), Some(&first), "the other end");
    let row = words::link_to(&kind.name, &window.session().span_name(&second));
    assert!(window.says(&row), "the inspector has “{row}”");
    window.press(CTRL, Key::Z);
    assert!(!window.says(&row));
    window.press(CTRL, Key::S);
    window.wait("it is saved", |window| !window.session().has_unsaved());
    assert_eq!(files(root_of(window.session())), before);
}

#[test]
fn a_card_is_dragged_to_another_the_kind_is_asked_for_and_escape_makes_no_link() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let shown = cards(&window);
    let ((name, from), (_, to)) = (&shown[0], &shown[2]);
    window.drag(from.center(), to.center());
    assert!(window.says("Link passages"), "{:?}", window.labels());
    window.press(NONE, Key::Escape);
    assert!(!window.says("Link passages") && window.session().link_start().is_none());
    assert_eq!(window.session().undo_stack().undo_label(), None);
    window.drag(from.center(), to.center());
    window.write(Key::Num3, "3");
    let kind = &window.session().project().codebook().link_kinds[2];
    assert_eq!(window.session().undo_stack().undo_label(), Some(format!("link as “{}”", kind.name).as_str()));
    assert!(window.session().text_selection().is_empty(), "no words are selected by it");
    let after = cards(&window);
    assert!(after[0].0.contains("link") && after[0].0 != *name, "the card says so: {}", after[0].0);
    assert!(window.labels().iter().any(|l| l.starts_with("Link: ") && l.contains(&kind.name)), "an arc");
    window.click_at(after[0].1.center());
    assert!(window.session().current().is_some(), "a card can be clicked still");
    let words = window.block("18 February");
    window.drag(after[0].1.center(), words.left_top() + egui::vec2(4.0, 10.0));
    assert!(!window.says("Link passages"), "dropped on words without a passage, nothing happens");
}

#[test]
fn the_inspector_removes_a_link_and_leads_to_the_other_end() {
    let (_dir, root) = sample_copy();
    let mut window = Window::on(&root);
    let session = window.session();
    let linked = session.project().documents().iter().flat_map(|document| {
        let layer = document.layer(session.me()).unwrap();
        let id = session.my_layer(document.id());
        layer
            .links()
            .map(|link| demarche::model::SpanRef { layer: id.clone(), span: link.from })
            .collect::<Vec<_>>()
    });
    let at = linked.into_iter().next().unwrap();
    let session = window.harness.state_mut().as_mut().unwrap().session_mut().unwrap();
    session.perform(demarche::session::NavigateAction::GoTo(at.clone()));
    window.run();
    window.press(Modifiers::ALT, Key::Num1);
    window.press(NONE, Key::F9);
    let end = window.session().links_of(&at).remove(0);
    let other = end.other.span_ref().unwrap().clone();
    let session = window.session();
    let row = words::link_to(session.link_kind_name(&end.link.kind), &session.span_name(&other));
    let label = window.labels().into_iter().find(|label| label.starts_with(&row)).unwrap();
    window.click(&label);
    assert_eq!(window.session().current(), Some(&other));
    window.press(CTRL | Modifiers::SHIFT, Key::M);
    assert_eq!(window.session().current(), Some(&at), "and back");
    window.click(words::remove_link());
    assert!(!window.says(&row), "{:?}", window.labels());
    assert_eq!(window.session().undo_stack().undo_label(), Some("remove a link"));
    window.press(CTRL, Key::Z);
    assert!(window.says(&row));
}
