//! Two texts side by side in the window, by mouse and keyboard.

use demarche::session::{NewTextSource, PaneKey, UpdateAction};
use demarche::ui::textview::TextView;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Rect, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::{CommandId, passages, small};
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;
const TEXTS: [&str; 2] = [
    "Norvania will suspend the talks.\n\nEstmark offers to lower the fee.",
    "The port will close by Friday.\n\nNobody has replied so far.",
];

fn two_texts() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&TEXTS);
    (dir, Window::on(&root))
}

/// The document view with this name.
fn text(window: &Window, name: &str) -> Rect {
    window.harness.get_by_role_and_label(Role::Document, name).rect()
}

fn texts(window: &Window) -> Vec<Rect> {
    window.harness.query_all_by_role(Role::Document).map(|node| node.rect()).collect()
}

/// Opens the second document beside the first with the middle button.
fn open_second(window: &mut Window) {
    let row = window
        .harness
        .query_all_by_role_and_label(Role::ListBoxOption, "Text \"d002\"")
        .next()
        .unwrap()
        .rect()
        .center();
    let button =
        |pressed| Event::PointerButton { pos: row, button: PointerButton::Middle, pressed, modifiers: NONE };
    window.event(Event::PointerMoved(row));
    window.event(button(true));
    window.event(button(false));
    window.run();
}

/// The documents in the panes; that of the focused pane is in brackets.
fn panes(window: &Window) -> String {
    let name = |pane: demarche::session::Pane<'_>| {
        let id = pane.document().map(|document| document.id().to_string()).unwrap_or_default();
        if pane.is_focused() { format!("[{id}]") } else { id }
    };
    window.session().panes().map(name).collect::<Vec<_>>().join(" ")
}

/// The pane whose text has the keyboard.
fn keyboard(window: &Window) -> Option<PaneKey> {
    let has = |key: &PaneKey| window.harness.ctx.memory(|memory| memory.has_focus(TextView::id_of(*key)));
    window.session().panes().map(|pane| pane.key()).find(has)
}

fn focused(window: &Window) -> PaneKey {
    window.session().focused_pane().key()
}

#[test]
fn a_document_opens_beside_by_middle_click_and_both_can_be_tagged() {
    let (_dir, mut window) = two_texts();
    open_second(&mut window);
    assert_eq!(panes(&window), "d001 [d002]");
    assert_eq!(keyboard(&window), Some(focused(&window)));
    let (left, right) = (text(&window, "Document text, left"), text(&window, "Document text, right"));
    assert!(left.right() < right.left() && left.width() > 330.0 && right.width() > 330.0, "{left} {right}");
    window.select_in("The port");
    window.write(Key::Num5, "5");
    assert_eq!(passages(window.session()).len(), 1);
    window.press(NONE, Key::F6);
    window.press(Modifiers::SHIFT, Key::F6);
    assert_eq!((panes(&window).as_str(), keyboard(&window)), ("d001 [d002]", Some(focused(&window))));
    window.press(Modifiers::SHIFT, Key::F6);
    assert_eq!((panes(&window).as_str(), keyboard(&window)), ("[d001] d002", Some(focused(&window))));
    window.press(CTRL, Key::L);
    window.write(Key::Num1, "1");
    assert_eq!(passages(window.session()).len(), 2);
    window.press(CTRL, Key::F6);
    assert_eq!((panes(&window).as_str(), keyboard(&window)), ("d001 [d002]", Some(focused(&window))));
    window.press(CTRL, Key::Z);
    assert_eq!((panes(&window).as_str(), keyboard(&window)), ("[d001] d002", Some(focused(&window))));
    window.press(CTRL, Key::Z);
    assert_eq!((panes(&window).as_str(), passages(window.session()).len()), ("d001 [d002]", 0));
    window.press(CTRL | Modifiers::SHIFT, Key::B);
    assert_eq!((panes(&window).as_str(), texts(&window).len()), ("[d002]", 1));
    assert_eq!(keyboard(&window), Some(focused(&window)));
}

#[test]
fn a_drag_in_the_other_text_moves_the_focus_there() {
    let (_dir, mut window) = two_texts();
    open_second(&mut window);
    window.select_in("Norvania");
    assert_eq!(panes(&window), "[d001] d002");
    assert!(!window.session().text_selection().is_empty());
    window.write(Key::Num1, "1");
    let words = passages(window.session());
    assert!(words.len() == 1 && words[0].contains("Norvania"), "{words:?}");
    // A click on a passage of the other text makes it the current one.
    window.press(CTRL, Key::F6);
    let mark = window.harness.query_all_by_role(Role::Mark).next().unwrap().rect().center();
    window.click_at(mark);
    assert_eq!(panes(&window), "[d001] d002");
    assert!(window.session().current().is_some());
}

#[test]
fn one_text_twice_shows_a_tag_in_both_panes() {
    let (_dir, mut window) = two_texts();
    window.press(CTRL | Modifiers::SHIFT, Key::B);
    assert_eq!(panes(&window), "d001 [d001]");
    window.press(CTRL, Key::L);
    window.write(Key::Num1, "1");
    assert_eq!(window.harness.query_all_by_role(Role::Mark).count(), 2);
    let ids: std::collections::BTreeSet<_> =
        window.harness.query_all_by_role(Role::Mark).map(|mark| mark.accesskit_node().id()).collect();
    assert_eq!(ids.len(), 2);
}

#[test]
fn the_document_of_a_pane_is_chosen_in_its_header() {
    let (_dir, mut window) = two_texts();
    window.press(CTRL | Modifiers::SHIFT, Key::B);
    window.click("Document on the right: Text \"d001\"");
    window.type_text("002");
    window.press(NONE, Key::Enter);
    assert_eq!(panes(&window), "d001 [d002]");
    window.command(CommandId::SwapTexts);
    assert_eq!(panes(&window), "[d002] d001");
    window.click("Close the text on the left");
    assert_eq!(panes(&window), "[d001]");
}

#[test]
fn a_narrow_window_shows_one_text_and_a_tab_for_the_other() {
    let (_dir, mut window) = two_texts();
    open_second(&mut window);
    window.harness.set_size(egui::vec2(760.0, 480.0));
    window.run();
    assert_eq!((texts(&window).len(), panes(&window).as_str()), (1, "d001 [d002]"));
    window.command(CommandId::FocusOtherText);
    assert_eq!((texts(&window).len(), panes(&window).as_str()), (1, "[d001] d002"));
    assert!(window.block("Norvania").width() > 200.0);
    // With both side panels closed there is soon room for two.
    window.command(CommandId::ToggleLeft);
    window.command(CommandId::ToggleRight);
    window.harness.set_size(egui::vec2(820.0, 480.0));
    window.run();
    assert_eq!(texts(&window).len(), 2);
    window.harness.set_size(egui::vec2(1280.0, 800.0));
    window.run();
    assert_eq!(texts(&window).len(), 2);
}

/// The first byte of the first block in view, for each text.
fn tops(window: &Window) -> Vec<String> {
    let first = |page: Rect| {
        let blocks = window.harness.query_all_by_role(Role::Paragraph);
        let seen = blocks.filter(|block| page.contains_rect(block.rect()));
        let top = seen.min_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
        top.and_then(|block| block.accesskit_node().value()).unwrap_or_default()
    };
    texts(window).into_iter().map(first).collect()
}

fn scroll(window: &mut Window, over: &str, points: f32) {
    let at = text(window, over).center();
    window.event(Event::PointerMoved(at));
    let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Unknown);
    let delta = vec2(0.0, points);
    window.event(Event::MouseWheel { unit, delta, phase, source, modifiers: NONE });
    window.settle(14);
}

fn numbered(word: &str, count: usize) -> String {
    (0..count).map(|n| format!("{word} {n:03} says something about the port.")).collect::<Vec<_>>().join("\n")
}

/// The number in the first block in view, for each text.
fn numbers(window: &Window) -> Vec<usize> {
    let number =
        |top: String| top.split(' ').nth(1).and_then(|number| number.parse().ok()).unwrap_or(usize::MAX);
    tops(window).into_iter().map(number).collect()
}

#[test]
fn texts_scroll_apart_or_together() {
    let (_dir, root) = small(&[&numbered("First", 200), &numbered("Second", 400)]);
    let mut window = Window::on(&root);
    open_second(&mut window);
    assert_eq!(numbers(&window), [0, 0]);
    scroll(&mut window, "Document text, right", -2000.0);
    let apart = numbers(&window);
    assert!(apart[0] == 0 && apart[1] > 20, "{apart:?}");
    scroll(&mut window, "Document text, right", 4000.0);
    window.click("Scroll together");
    scroll(&mut window, "Document text, right", -4000.0);
    let together = numbers(&window);
    assert!(together[0].abs_diff(together[1] / 2) < 12, "by paragraphs: {together:?}");
    assert!(together[0] > 20, "{together:?}");
    scroll(&mut window, "Document text, left", -90_000.0);
    let end = numbers(&window);
    assert!(end[0] > 150 && end[1] > 350, "both end together: {end:?}");
    scroll(&mut window, "Document text, left", 90_000.0);
    assert_eq!(numbers(&window), [0, 0]);
}

#[test]
fn a_text_and_its_earlier_version_scroll_by_what_they_share() {
    let old = numbered("Point", 200);
    let new = format!("{}\n{old}", numbered("New", 100));
    let (_dir, root) = small(&[&old]);
    let mut window = Window::on(&root);
    window.perform(UpdateAction::Compare("d001".into(), NewTextSource::Pasted(new)));
    window.wait("the texts are compared", |window| window.session().text_update().is_some());
    window.perform(UpdateAction::Apply(Default::default()));
    window.command(CommandId::EarlierBeside);
    window.wait("the versions are compared", |window| window.session().focused_pane().is_taggable());
    window.command(CommandId::ScrollTogether);
    scroll(&mut window, "Document text, right", -3000.0);
    let tops = tops(&window);
    assert!(tops[1].starts_with("Point 0") && !tops[1].starts_with("Point 000"), "{tops:?}");
    assert_eq!(tops[0].split(' ').next(), Some("Point"), "{tops:?}");
    let level = numbers(&window);
    assert!(level[0].abs_diff(level[1]) <= 20, "{tops:?}");
    // A tag in the earlier version appears in both.
    window.command(CommandId::SelectSentence);
    window.write(Key::Num1, "1");
    assert_eq!(passages(window.session()).len(), 1, "{:?}", window.labels());
}

#[test]
fn shift_and_enter_open_a_document_beside() {
    let (_dir, mut window) = two_texts();
    for _ in 0..8 {
        if window.list_has_keyboard() {
            break;
        }
        window.press(NONE, Key::F6);
    }
    assert!(window.list_has_keyboard());
    window.press(Modifiers::SHIFT, Key::Enter);
    assert_eq!(panes(&window), "d001 [d001]");
    assert_eq!(keyboard(&window), Some(focused(&window)));
}
