//! The passages table in the window: choosing rows, changing them together, sorting, filtering.

use demarche::session::Column;
use demarche::ui::words::{analyse, passages as words, window as notices};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::session::{passages, sample_copy, steps};
use crate::support::window::{CTRL, Window};

/// The rows in sight, from the top: what is said of each, and where it is.
fn rows(window: &Window) -> Vec<(String, Pos2)> {
    let nodes = window.harness.query_all_by_role(Role::Row);
    let row = |node: egui_kittest::Node<'_>| {
        (node.accesskit_node().label().unwrap_or_default(), node.rect().left_center() + egui::vec2(60.0, 0.0))
    };
    let mut rows: Vec<(String, Pos2)> = nodes.map(row).collect();
    rows.sort_by(|(_, a), (_, b)| a.y.total_cmp(&b.y));
    rows
}

/// Clicks with keys held down.
fn click_with(window: &mut Window, modifiers: Modifiers, place: Pos2) {
    window.event(Event::ModifiersChanged(modifiers));
    window.run();
    window.click_at(place);
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
}

/// The number that the summary has for a category; choosing rows has brought the inspector to the front.
fn figure(window: &mut Window, name: &str) -> usize {
    window.press(Modifiers::ALT, Key::Num2);
    window.figure(name)
}

/// A window on the sample, its table as high as it gets.
fn open() -> (tempfile::TempDir, Window) {
    let (dir, root) = sample_copy();
    let mut window = Window::on(&root);
    window.drag(Pos2::new(640.0, 575.0), Pos2::new(640.0, 300.0));
    assert!(rows(&window).len() > 8, "{:?}", window.labels());
    (dir, window)
}

/// How many of the chosen passages are not tagged as this yet.
fn others(window: &Window, category: &str) -> usize {
    let session = window.session();
    let spans = session.selected_spans().iter().filter_map(|at| session.project().span(at));
    spans.filter(|span| span.category.as_str() != category).count()
}

#[test]
fn rows_that_are_chosen_by_mouse_and_keyboard_are_retagged_in_one_step() {
    let (_dir, mut window) = open();
    let before = passages(window.session());
    let threats = figure(&mut window, "Threat");
    let places: Vec<Pos2> = rows(&window).into_iter().map(|(_, place)| place).collect();
    window.click_at(places[0]);
    assert_eq!(window.session().selected_spans().len(), 1);
    (0..3).for_each(|_| window.press(Modifiers::SHIFT, Key::ArrowDown));
    click_with(&mut window, CTRL, places[5]);
    click_with(&mut window, CTRL, places[6]);
    click_with(&mut window, CTRL, places[5]);
    assert!(window.says(&words::selected(5)), "{:?}", window.labels());
    let changed = others(&window, "threat");
    assert!(changed > 1);
    window.press(Modifiers::NONE, Key::Num5);
    assert_eq!(figure(&mut window, "Threat"), threats + changed);
    assert_eq!(window.session().selected_spans().len(), 5, "they stay chosen");
    assert_eq!(steps(window.session()), 1);
    window.press(CTRL, Key::Z);
    assert_eq!((figure(&mut window, "Threat"), passages(window.session())), (threats, before));
}

#[test]
fn a_filtered_table_is_retagged_whole_from_its_menu() {
    let (_dir, mut window) = open();
    let (demands, offers) = (figure(&mut window, "Demand"), figure(&mut window, "Offer"));
    window.click(&words::filter_by("Category"));
    window.click(&words::value("Demand", demands));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.says(&format!("{demands} of ")) && window.says(&analyse::chip("category: Demand")));
    let place = rows(&window)[0].1;
    window.click_at(place);
    window.press(CTRL, Key::A);
    assert!(window.says(&words::selected(demands)));
    window.click(words::retag());
    let item = window.harness.query_all_by_role_and_label(Role::Button, "Offer").map(|node| node.rect());
    // The menu's item, not that of the codebook at the left.
    let item = item.max_by(|a, b| a.left().total_cmp(&b.left())).unwrap();
    window.click_at(item.center());
    // The summary counts what passes the filter.
    assert_eq!((figure(&mut window, "Demand"), figure(&mut window, "Offer")), (0, 0));
    assert!(window.says(words::no_match()));
    window.press(CTRL, Key::Z);
    assert_eq!((figure(&mut window, "Demand"), figure(&mut window, "Offer")), (demands, 0));
    window.click(words::clear_filter());
    assert_eq!((figure(&mut window, "Demand"), figure(&mut window, "Offer")), (demands, offers));
}

#[test]
fn a_click_on_a_head_sorts_and_the_rows_follow() {
    let (_dir, mut window) = open();
    let first = |window: &Window| rows(window)[0].0.clone();
    let by_place = first(&window);
    window.click("Passage");
    let up = first(&window);
    window.click("Passage");
    let down = first(&window);
    assert!(up != by_place && down != up && down != by_place);
    window.click("Passage");
    assert_eq!(first(&window), by_place);
    assert!(window.session().passage_table().arrangement().is_by_place());
}

#[test]
fn arrows_move_through_the_rows_and_enter_goes_to_the_text() {
    let (_dir, mut window) = open();
    window.press(Modifiers::SHIFT, Key::F5);
    window.press(Modifiers::NONE, Key::Home);
    let position = |window: &Window| {
        let session = window.session();
        session.current().and_then(|at| session.passage_table().position(session.project(), at))
    };
    assert_eq!(position(&window), Some(0));
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(position(&window), Some(2));
    window.press(Modifiers::NONE, Key::End);
    assert_eq!(position(&window), Some(window.session().passage_table().len() - 1));
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(position(&window), Some(window.session().passage_table().len() - 1), "the end is the end");
    window.press(Modifiers::NONE, Key::Enter);
    let caret = window.session().text_selection();
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert_ne!(window.session().text_selection(), caret, "the text has the keyboard");
}

#[test]
fn groups_open_and_close_and_the_keyboard_passes_over_closed_ones() {
    let (_dir, mut window) = open();
    let demands = figure(&mut window, "Demand");
    window.click(words::group_by());
    window.click(&words::grouped_by("Category"));
    assert_eq!(window.session().passage_table().arrangement().group, Some(Column::Category));
    let heading = words::value("Demand", demands);
    let place = |window: &Window| {
        let nodes = window.harness.query_all_by_label(&heading);
        nodes.map(|node| node.rect()).find(|rect| rect.width() > 1000.0).unwrap()
    };
    window.click_at(place(&window).center());
    assert!(rows(&window).iter().all(|(label, _)| !label.starts_with("Demand, ")));
    window.press(Modifiers::SHIFT, Key::F5);
    window.press(Modifiers::NONE, Key::Home);
    let name = |window: &Window| {
        let session = window.session();
        session.current_span().map(|span| session.project().codebook().name_of(&span.category).to_owned())
    };
    assert_eq!(name(&window).as_deref(), Some("Offer"));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(rows(&window).iter().all(|(label, _)| !label.starts_with("Offer, ")), "its group is closed");
}

#[test]
fn chosen_rows_are_copied_with_their_citations() {
    let (_dir, mut window) = open();
    let place = rows(&window)[1].1;
    window.click_at(place);
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    window.event(Event::Copy);
    window.run();
    assert!(window.says(&notices::passages_copied(2, 0)), "{:?}", window.labels());
}
