//! The Board: its parts, what its cells open, and the passages table of Agreement.

use std::path::PathBuf;

use demarche::model::{DocumentId, Status};
use demarche::session::{BoardSort, Screen, Shown};
use demarche::ui::words::board as words;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use tempfile::TempDir;

use crate::support::session::{CommandId, works_here};
use crate::support::talks::written;
use crate::support::team::{Work, team};
use crate::support::window::{CTRL, Window};

const DOCUMENTS: [&[Work]; 3] = [
    &[("ana", Status::Done, &[0, 1]), ("ben", Status::Done, &[0])],
    &[("ana", Status::Done, &[0, 2]), ("ben", Status::Done, &[0, 2]), ("cem", Status::Done, &[0, 2])],
    &[("cem", Status::InProgress, &[1])],
];

fn folder(who: &str, is_blind: bool) -> (TempDir, PathBuf) {
    let (dir, root) = written(&team(&DOCUMENTS).with_blind(is_blind));
    works_here(&root, who);
    (dir, root)
}

/// The window on the board of one of the team.
fn board(who: &str, is_blind: bool) -> (TempDir, Window) {
    let (dir, root) = folder(who, is_blind);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num5);
    assert_eq!(window.session().screen(), Screen::Board);
    window.wait("the work is counted", |window| {
        window.session().board().board().is_some() && window.session().jobs().running().is_empty()
    });
    window.run();
    (dir, window)
}

fn back(window: &mut Window) {
    window.press(CTRL, Key::Num5);
    window.wait("the work is counted", |window| window.session().jobs().running().is_empty());
    window.run();
}

#[test]
fn a_lead_opens_cells_of_the_board() {
    let (_dir, mut window) = board("lena", false);
    let d = |number: usize| Some(DocumentId::new(format!("d{number:03}")));
    let cell = |title: &str, name: &str, status: Status, spans: usize| {
        words::cell_label(title, name, &words::cell(status, true, spans))
    };
    assert!(window.says(&cell("Minutes 1", "Cem", Status::New, 0)), "{:?}", window.labels());
    window.click(&cell("Minutes 3", "Cem", Status::InProgress, 1));
    assert_eq!(window.session().screen(), Screen::Annotate);
    assert_eq!(window.session().shown(), &Shown::One("cem".into()));
    assert_eq!(window.session().view_state().document, d(3));
    back(&mut window);
    window.click(&words::open_differences("Minutes 1", 1));
    assert_eq!(
        (window.session().screen(), &window.session().view_state().document),
        (Screen::Compare, &d(1))
    );
    back(&mut window);
    window.click(&words::sort_by(BoardSort::Differences));
    window.run();
    assert!(window.session().board().order().descending, "the most first");
    window.click(words::people());
    window.click(&words::pair_label("Ana", "Ben", "0.86"));
    assert_eq!(window.session().screen(), Screen::Agreement);
    assert_eq!(window.session().agreement_annotators(), ["ana".into(), "ben".into()]);
}

#[test]
fn a_coder_begins_with_what_they_have_to_do() {
    let (_dir, mut window) = board("cem", true);
    assert!(window.says(&words::left_and_done(2, 1)), "{:?}", window.labels());
    let names = |window: &Window, name: &str| {
        let labels = window.labels();
        labels.iter().any(|label| label == name || label.starts_with(&format!("{name}:")))
    };
    assert!(!names(&window, "Ana"), "nothing about others: {:?}", window.labels());
    window.click(words::documents());
    assert!(!names(&window, "Ana") && names(&window, "Cem"), "{:?}", window.labels());
    window.click(&words::to_do(2));
    window.click(&words::go_on("Minutes 3"));
    assert_eq!(window.session().screen(), Screen::Annotate);
    assert_eq!(window.session().view_state().document, Some("d003".into()));
}

#[test]
fn agreement_keeps_its_screen_and_shows_the_table_on_request() {
    let (_dir, root) = folder("lena", false);
    let mut window = Window::on(&root);
    window.press(CTRL, Key::Num3);
    window.wait("figures are there", |window| window.session().agreement_is_fresh());
    window.run();
    let rows = |window: &Window| window.harness.query_all_by_role(Role::Row).count();
    assert_eq!(rows(&window), 0, "an empty table takes no room");
    window.press(Modifiers::NONE, Key::F9);
    assert_eq!(window.session().screen(), Screen::Agreement);
    assert!(rows(&window) > 0);
    window.press(Modifiers::NONE, Key::F9);
    assert_eq!((window.session().screen(), rows(&window)), (Screen::Agreement, 0));
    // From a screen without the table, it leads to the table and never hides it.
    window.command(CommandId::ShowBoard);
    window.press(Modifiers::NONE, Key::F9);
    assert_eq!(window.session().screen(), Screen::Annotate);
    assert!(rows(&window) > 0);
}
