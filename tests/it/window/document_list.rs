//! The list of documents: choosing, sets, names, order and filter, by mouse and keyboard.

use demarche::model::{DocumentId, Status};
use demarche::session::{
    DocumentListAction, DocumentOrder, DocumentSetAction, DocumentSort, NavigateAction, PaneKey, Session,
};
use demarche::ui::textview::TextView;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::{CommandId, small, undo_label};
use crate::support::window::{CTRL, Window};

const NONE: Modifiers = Modifiers::NONE;
const TITLES: [&str; 5] = ["Briefing", "Communiqué", "Letter", "Note 2", "Note 10"];

/// A window on five documents with these titles.
fn five() -> (tempfile::TempDir, Window) {
    let (dir, root) = small(&["One.\n", "Two.\n", "Three.\n", "Four.\n", "Five.\n"]);
    let mut window = Window::on(&root);
    // There is more room without the passages table.
    window.command(CommandId::ToggleBottom);
    for (n, title) in TITLES.iter().enumerate() {
        window.perform(DocumentListAction::Rename(id(n), (*title).to_owned()));
    }
    window.run();
    (dir, window)
}

fn id(n: usize) -> DocumentId {
    DocumentId::new(format!("d{:03}", n + 1))
}

fn row(window: &Window, title: &str) -> Rect {
    window.harness.get_by_role_and_label(Role::ListBoxOption, title).rect()
}

/// The titles of the rows from top to bottom.
fn rows(window: &Window) -> Vec<String> {
    let all = window.harness.query_all_by_role(Role::ListBoxOption);
    let mut all: Vec<(Rect, String)> =
        all.map(|node| (node.rect(), node.accesskit_node().label().unwrap_or_default())).collect();
    all.sort_by(|(a, _), (b, _)| a.top().total_cmp(&b.top()));
    all.into_iter().map(|(_, title)| title).collect()
}

fn chosen(window: &Window) -> Vec<String> {
    let session = window.session();
    let title = |id: &DocumentId| session.project().document(id).unwrap().meta.title.clone();
    session.document_list().chosen().iter().map(title).collect()
}

fn members(session: &Session, set: &str) -> usize {
    session.project().members(&set.into()).count()
}

fn click_with(window: &mut Window, modifiers: Modifiers, title: &str) {
    let pos = row(window, title).center();
    let button = |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
    let moved = [Event::PointerMoved(pos), Event::ModifiersChanged(modifiers)];
    let events = moved.into_iter().chain([button(true), button(false), Event::ModifiersChanged(NONE)]);
    events.for_each(|event| window.event(event));
    window.run();
}

fn context_menu(window: &mut Window, at: Pos2, entries: &[&str]) {
    window.event(Event::PointerMoved(at));
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, NONE);
        window.event(Event::PointerButton { pos: at, button, pressed, modifiers });
    }
    window.run();
    for entry in entries {
        let at = entry_at(window, entry);
        window.click_at(at);
    }
}

/// Where the entry of the menu in front is whose name begins so.
fn entry_at(window: &Window, name: &str) -> Pos2 {
    let mut buttons = window.harness.query_all_by_role(Role::Button);
    let is_entry = |label: Option<String>| label.is_some_and(|label| label.starts_with(name));
    let found = buttons.rfind(|node| is_entry(node.accesskit_node().label()));
    found.unwrap_or_else(|| panic!("{name}: {:?}", window.labels())).rect().center()
}

#[test]
fn rows_have_a_name_a_place_and_say_what_is_chosen() {
    let (_dir, mut window) = five();
    click_with(&mut window, NONE, "Letter");
    let node = window.harness.get_by_role_and_label(Role::ListBoxOption, "Letter");
    let node = node.accesskit_node();
    assert_eq!(
        (node.is_selected(), node.data().level(), node.data().position_in_set()),
        (Some(true), Some(1), Some(3))
    );
    assert_eq!(node.data().size_of_set(), Some(5));
    assert_eq!(window.session().document().unwrap().id(), &id(2), "a click opens");
}

#[test]
fn several_are_chosen_by_ctrl_shift_and_arrows_without_opening_them() {
    let (_dir, mut window) = five();
    click_with(&mut window, NONE, "Communiqué");
    click_with(&mut window, Modifiers::SHIFT, "Note 2");
    assert_eq!(chosen(&window), ["Communiqué", "Letter", "Note 2"]);
    click_with(&mut window, CTRL, "Letter");
    assert_eq!(chosen(&window), ["Communiqué", "Note 2"]);
    assert_eq!(window.session().document().unwrap().id(), &id(1));
    window.press(NONE, Key::End);
    window.press(Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(chosen(&window), ["Note 2", "Note 10"]);
    window.press(NONE, Key::Home);
    window.press(NONE, Key::Enter);
    window.run();
    assert_eq!(window.session().document().unwrap().id(), &id(0));
    assert!(
        window.harness.ctx.memory(|memory| memory.has_focus(TextView::id_of(PaneKey::default()))),
        "it is there to be read"
    );
    window.press(NONE, Key::F6);
    while !window.list_has_keyboard() {
        window.press(NONE, Key::F6);
    }
    window.press(CTRL, Key::A);
    assert_eq!(chosen(&window).len(), 5);
    window.press(NONE, Key::Escape);
    assert_eq!(chosen(&window), ["Briefing"]);
}

#[test]
fn a_title_is_edited_in_its_row_with_f2_and_f2_elsewhere_goes_to_the_note() {
    let (_dir, mut window) = five();
    click_with(&mut window, CTRL, "Letter");
    click_with(&mut window, NONE, "Letter");
    click_with(&mut window, Modifiers::SHIFT, "Letter");
    assert!(window.list_has_keyboard());
    window.press(NONE, Key::F2);
    window.run();
    assert!(!window.list_has_keyboard(), "the field has it");
    window.type_text("Reply");
    window.press(NONE, Key::Escape);
    assert_eq!(window.session().project().document(&id(2)).unwrap().meta.title, "Letter");
    window.run();
    assert!(window.list_has_keyboard());
    window.press(NONE, Key::F2);
    window.run();
    window.type_text("Reply");
    window.press(NONE, Key::Enter);
    window.run();
    assert_eq!(window.session().project().document(&id(2)).unwrap().meta.title, "Reply");
    assert!(undo_label(window.session()).contains("Reply"));
    // The list has the keyboard again.
    window.press(NONE, Key::ArrowDown);
    assert_eq!(chosen(&window), ["Note 2"]);
}

#[test]
fn a_set_is_made_of_the_chosen_documents_and_documents_are_dragged_onto_it() {
    let (_dir, mut window) = five();
    click_with(&mut window, NONE, "Briefing");
    click_with(&mut window, CTRL, "Letter");
    window.press(Modifiers::SHIFT | CTRL, Key::G);
    window.run();
    window.type_text("Round one");
    window.press(NONE, Key::Enter);
    window.run();
    assert_eq!(members(window.session(), "round-one"), 2);
    click_with(&mut window, NONE, "Note 2");
    click_with(&mut window, Modifiers::SHIFT, "Note 10");
    let set = window.harness.get_by_label("Round one: 2 documents").rect().center();
    let from = row(&window, "Note 10").center();
    window.drag(from, set);
    assert_eq!(members(window.session(), "round-one"), 4);
    // A click lists them alone; Delete takes one out of the set, not out of the project.
    window.click("Round one: 4 documents");
    assert_eq!(rows(&window), ["Briefing", "Letter", "Note 2", "Note 10"]);
    click_with(&mut window, CTRL, "Letter");
    let only = row(&window, "Letter").center();
    context_menu(&mut window, only, &["Remove from set", "Round one"]);
    assert_eq!(window.session().project().documents().len(), 5);
    assert_eq!(members(window.session(), "round-one"), 1, "those that are chosen leave together");
}

#[test]
fn documents_move_by_alt_and_arrows_and_by_dragging_if_sorted_by_hand() {
    let (_dir, mut window) = five();
    click_with(&mut window, Modifiers::SHIFT, "Communiqué");
    click_with(&mut window, CTRL, "Communiqué");
    click_with(&mut window, CTRL, "Communiqué");
    window.perform(DocumentListAction::Choose(id(1)));
    window.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(rows(&window), ["Briefing", "Letter", "Communiqué", "Note 2", "Note 10"]);
    let (from, to) = (row(&window, "Note 10").center(), row(&window, "Briefing").center_top());
    window.drag(from, to + egui::vec2(0.0, 4.0));
    assert_eq!(rows(&window), ["Note 10", "Briefing", "Letter", "Communiqué", "Note 2"]);
    window.perform(DocumentListAction::Sort(DocumentOrder { by: DocumentSort::Title, descending: false }));
    assert_eq!(rows(&window), ["Briefing", "Communiqué", "Letter", "Note 2", "Note 10"]);
    let steps = window.session().undo_stack().undo_label().map(str::to_owned);
    let (from, to) = (row(&window, "Note 10").center(), row(&window, "Briefing").center_top());
    window.drag(from, to + egui::vec2(0.0, 4.0));
    assert_eq!(window.session().undo_stack().undo_label().map(str::to_owned), steps);
}

#[test]
fn letters_go_to_a_title_and_the_filter_says_what_it_found() {
    let (_dir, mut window) = five();
    click_with(&mut window, CTRL, "Briefing");
    click_with(&mut window, CTRL, "Briefing");
    window.write(Key::N, "n");
    assert_eq!(chosen(&window), ["Note 2"]);
    window.write(Key::N, "n");
    window.perform(DocumentSetAction::Create { name: "Round one".to_owned(), documents: vec![id(0), id(1)] });
    window.fill("Filter documents", "round");
    assert_eq!(rows(&window), ["Briefing", "Communiqué"]);
    assert!(window.says("2 of 5"));
    window.fill("Filter documents", "nothing of the kind");
    assert_eq!(rows(&window), [""; 0]);
    window.click("Clear filter");
    assert_eq!(rows(&window).len(), 5);
}

#[test]
fn an_entry_of_the_context_menu_is_for_all_that_are_chosen() {
    let (_dir, mut window) = five();
    click_with(&mut window, NONE, "Letter");
    click_with(&mut window, Modifiers::SHIFT, "Note 10");
    let at = row(&window, "Note 2").center();
    context_menu(&mut window, at, &["Status", "Done"]);
    // Documents that are not in memory are read first.
    let done = |window: &Window| (0..5).filter(|n| window.session().status(&id(*n)) == Status::Done).count();
    window.wait("the documents are done", |window| done(window) == 3);
    window.press(CTRL, Key::Z);
    assert_eq!(done(&window), 0);
    let at = row(&window, "Note 2").center();
    context_menu(&mut window, at, &["Remove from project"]);
    assert_eq!(rows(&window), ["Briefing", "Communiqué"]);
}

#[test]
fn the_row_of_an_opened_document_is_brought_into_view() {
    let texts: Vec<String> = (0..60).map(|n| format!("Text {n}.\n")).collect();
    let (_dir, root) = small(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let mut window = Window::on(&root);
    window.perform(NavigateAction::OpenDocument("d050".into()));
    window.run();
    let nodes = window.harness.query_all_by_role(Role::ListBoxOption).count();
    assert!(nodes < 40, "only rows in view are made");
    let found = window.harness.query_all_by_role(Role::ListBoxOption);
    let places: Vec<usize> =
        found.filter_map(|node| node.accesskit_node().data().position_in_set()).collect();
    assert!(places.contains(&50), "{places:?}");
    window.command(CommandId::RenameDocument);
    window.type_text("Fifty");
    window.press(NONE, Key::Enter);
    assert_eq!(window.session().document().unwrap().meta.title, "Fifty");
}
