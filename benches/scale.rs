//! Large projects: 10,000 documents, and a million passages in one document.

use std::path::Path;

use demarche::session::{Column, Env, PassagesAction, Session};

use super::support::generate;
use super::support::measure::{By, Cost, Table};
use super::support::window::Window;
use super::{edits, while_saving};

/// Target for an edit in a document with a million passages, in milliseconds.
const MILLION_MS: f64 = 50.0;
/// Bytes of text per passage in that document.
const DENSE: usize = 20;

/// A project of 10,000 documents, each with a layer.
pub fn ten_thousand(table: &mut Table, folder: &Path) {
    generate::many(folder, 10_000, 2000);
    let open = || {
        let (cost, session) = Cost::of(|| Session::open(folder, Env::system(|| {})).expect("a project"));
        drop(session);
        cost
    };
    let opening: Vec<Cost> = (0..7).map(|_| open()).collect();
    table.add("open a project of 10,000 documents", By::Clock, &opening, Some(300.0));
    let mut window = Window::open(folder);
    window.until_shown();
    let mut reading = Vec::new();
    while !window.session().jobs().running().is_empty() {
        reading.push(window.frame(Vec::new()));
        std::thread::sleep(std::time::Duration::from_millis(8));
    }
    table.add("10,000 documents: frame while their layers are read", By::Thread, &reading, None);
    let idle: Vec<Cost> = (0..300).map(|_| window.frame(Vec::new())).collect();
    table.add("10,000 documents: idle frame, whole window", By::Thread, &idle, Some(1.0));
    edits(table, "10,000 documents", &mut window, 2.0);
}

/// A document with a million passages.
pub fn million(table: &mut Table, folder: &Path) {
    let spans = generate::dense(folder, generate::text(7, 1_000_000 * DENSE, true), DENSE);
    assert!(spans > 990_000, "{spans}");
    let mut window = Window::open(folder);
    window.settle();
    let idle: Vec<Cost> = (0..100).map(|_| window.frame(Vec::new())).collect();
    table.add("1 million passages: idle frame, whole window", By::Thread, &idle, Some(1.0));
    edits(table, "1 million passages", &mut window, MILLION_MS);
    let by_category = window.session().passage_table().arrangement().clicked(&Column::Category);
    window.act(PassagesAction::Arrange(by_category));
    window.settle();
    edits(table, "1 million passages, sorted by category", &mut window, MILLION_MS);
    drop(window);
    while_saving(table, "1 million passages", folder, MILLION_MS);
}
