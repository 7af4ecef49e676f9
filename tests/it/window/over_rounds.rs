//! The part of the Agreement screen on rounds, and the copy of all tables.

use demarche::analysis::agreement::{Measure, Unit};
use demarche::io::project::{Folder, Rounds};
use demarche::model::Status;
use demarche::session::{RoundAction, Screen};
use demarche::ui::words::{agreement as words, window as notices};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::support::session::{open, works_here};
use crate::support::talks::written;
use crate::support::team::{Work, team};
use crate::support::wait::until;
use crate::support::window::{CTRL, Window};

const DOCUMENTS: [&[Work]; 2] = [
    &[("ana", Status::Done, &[0, 1]), ("ben", Status::Done, &[0]), ("cem", Status::Done, &[0])],
    &[("ana", Status::Done, &[0, 2]), ("ben", Status::Done, &[0, 2]), ("cem", Status::Done, &[0, 2])],
];

/// The Agreement screen of a lead, after so many rounds.
fn agreement(rounds: usize) -> (tempfile::TempDir, Window) {
    let (dir, root) = written(&team(&DOCUMENTS));
    works_here(&root, "lena");
    let mut session = open(&root);
    for number in 1..=rounds {
        session.perform(RoundAction::Freeze { note: String::new() });
        let count = |root| Rounds::read(&Folder::new(root)).unwrap().rounds.len();
        until(&mut session, "the round is frozen", |_| count(&root) == number);
        session.finish_jobs();
    }
    drop(session);
    let mut window = Window::on(&root);
    window.press(CTRL, egui::Key::Num3);
    assert_eq!(window.session().screen(), Screen::Agreement);
    window.wait("figures are there", |window| {
        let session = window.session();
        session.agreement_is_fresh()
            && session.rounds().len() == rounds
            && session.jobs().running().is_empty()
    });
    window.run();
    (dir, window)
}

/// Scrolls the tables until something is drawn that says these words.
fn scroll_to(window: &mut Window, words: &str) {
    let place = egui::pos2(640.0, 500.0);
    for _ in 0..40 {
        if window.says(words) {
            return;
        }
        window.event(egui::Event::PointerMoved(place));
        window.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -120.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: egui::Modifiers::NONE,
        });
        window.settle(8);
    }
    panic!("{words}: {:?}", window.labels());
}

#[test]
fn without_rounds_the_screen_says_how_to_freeze_one() {
    let (_dir, window) = agreement(0);
    assert!(window.says(words::over_rounds()) && window.says(words::no_rounds()), "{:?}", window.labels());
    assert!(!window.says(words::with_themselves()));
}

#[test]
fn rounds_and_people_have_rows_and_another_round_can_be_chosen() {
    let (_dir, mut window) = agreement(2);
    let cell = |row: &str, shown: &str| words::of_cell(&words::pair(row, Measure::F1Exact.name()), shown);
    // Each pair matches on three passages; Ana has four, the others three.
    let value = words::value(2.0 * 9.0 / 20.0);
    for row in ["r1-lena", "r2-lena", words::now()] {
        scroll_to(&mut window, &cell(row, &value));
    }
    for row in ["Ana", "Ben", "Cem"] {
        scroll_to(&mut window, &cell(row, &words::value(1.0)));
    }
    let choice = window.harness.get_by_role_and_label(Role::ComboBox, words::since()).rect().center();
    window.click_at(choice);
    window.click("r2-lena");
    window.wait("figures are there", |window| window.session().over_rounds_are_fresh());
    window.run();
    let since = window.session().agreement().over_rounds().unwrap().since.clone().unwrap();
    assert_eq!(since.to_string(), "r2-lena");
}

#[test]
fn the_copy_of_tables_has_pairs_documents_and_rounds() {
    let (_dir, mut window) = agreement(1);
    window.click(words::copy_tables());
    assert!(window.says(notices::figures_copied()), "{:?}", window.labels());
    let text = window.session().agreement_text().unwrap();
    let tables: Vec<Vec<&str>> = text.trim_end().split("\n\n").map(|table| table.lines().collect()).collect();
    let starting = |start: &str| tables.iter().find(|table| table[0].starts_with(start)).unwrap();
    let pairs = starting(&words::each_pair(Measure::F1Exact.name(), Unit::Span.name()));
    assert!(pairs[0].ends_with("\tAna\tBen\tCem"), "{pairs:?}");
    assert_eq!(
        pairs[1..],
        ["Ana\t0.857\t\t0.857\t0.857", "Ben\t0.929\t0.857\t\t1.000", "Cem\t0.929\t0.857\t1.000\t"]
    );
    let documents = starting(words::each_document());
    assert!(documents[1].starts_with("Minutes 1\t0.750\t") && documents[2].starts_with("Minutes 2\t1.000\t"));
    let rounds = tables.iter().find(|table| table.iter().any(|row| row.starts_with("r1-lena\t0.900\t")));
    assert_eq!(rounds.unwrap().len(), 3, "the round, and now");
}
