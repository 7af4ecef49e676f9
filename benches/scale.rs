//! Large projects: 10,000 documents, and a million passages in one document.

use std::path::Path;

use demarche::session::{Column, Env, PassagesAction, Screen, Session};
use egui::{Event, MouseWheelSource, MouseWheelUnit, TouchPhase, pos2, vec2};

use super::support::generate;
use super::support::measure::{By, Cost, Table};
use super::support::window::Window;
use super::{edits, while_saving};

/// Target for an edit in a document with a million passages, in milliseconds.
const MILLION_MS: f64 = 50.0;
/// Target for a frame of the Board, in milliseconds.
const BOARD_MS: f64 = 4.0;
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

/// The Board of 10,000 documents and 100 people, with the pointer moving and the wheel turning in both directions.
pub fn board(table: &mut Table, folder: &Path) {
    generate::staffed(folder, 10_000, 100);
    let mut window = Window::open(folder);
    window.settle();
    window.change(|session| session.show_screen(Screen::Board));
    while window.session().board().agreement().is_none() || !window.session().jobs().running().is_empty() {
        window.frame(Vec::new());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let moved =
        |at: usize| Event::PointerMoved(pos2(20.0 + (at * 37 % 1200) as f32, 150.0 + (at * 53 % 600) as f32));
    let moves: Vec<Cost> = (0..200).map(|at| window.frame(vec![moved(at)])).collect();
    table.add("Board of 10,000 documents and 100 people: pointer moves", By::Thread, &moves, Some(BOARD_MS));
    let turn = |at: usize| Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: if at.is_multiple_of(2) { vec2(0.0, -180.0) } else { vec2(-60.0, 0.0) },
        phase: TouchPhase::Move,
        modifiers: Default::default(),
        source: MouseWheelSource::Trackpad,
    };
    let turns: Vec<Cost> = (0..200).map(|at| window.frame(vec![turn(at)])).collect();
    table.add("Board of 10,000 documents and 100 people: scrolling", By::Thread, &turns, Some(BOARD_MS));
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
