//! Figures in the window: found by screen readers, clicked, and walked with the keyboard.

use std::collections::BTreeSet;

use demarche::analysis::figure::charts::Heading;
use demarche::analysis::figure::charts::numbers::{NumberCell, NumberMatrix, NumberRow, Shading};
use demarche::analysis::figure::{CellKey, Scene};
use demarche::ui::figure::{Figure, FigureEvent};
use egui::accesskit::Role;
use egui::{Id, Key, Modifiers, ScrollArea};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// A figure with the marks of its user, as a screen would hold it.
struct Screen {
    scene: Scene,
    marked: BTreeSet<CellKey>,
    current: Option<CellKey>,
    opened: Option<CellKey>,
}

impl Screen {
    fn show(&mut self, ui: &mut egui::Ui) {
        let area = ScrollArea::both().show(ui, |ui| {
            let figure = Figure::new(Id::unique("figure"), &self.scene, &self.marked);
            figure.current(self.current).show(ui)
        });
        match area.inner.event {
            Some(FigureEvent::Walk(key)) => self.current = Some(key),
            Some(FigureEvent::Mark { key, add }) => {
                if !add {
                    self.marked.clear();
                }
                self.marked.insert(key);
                self.current = Some(key);
            }
            Some(FigureEvent::Open(key)) => self.opened = Some(key),
            Some(FigureEvent::Drag { .. }) => panic!("nothing can be dragged"),
            Some(FigureEvent::Nothing) => self.marked.clear(),
            None => {}
        }
    }
}

fn matrix(size: usize) -> Scene {
    let headings = || (0..size).map(|at| Heading::new(format!("actor {at}")));
    let cell = |number: usize| NumberCell {
        text: number.to_string(),
        value: Some(number as f64),
        ..NumberCell::default()
    };
    let row = |(at, heading)| NumberRow {
        heading,
        cells: (0..size).map(|column| cell(at * 10 + column)).collect(),
        total: String::new(),
    };
    let matrix = NumberMatrix {
        title: "Interactions".to_owned(),
        description: "Moves by actor and target.".to_owned(),
        row_title: "from".to_owned(),
        column_title: "to".to_owned(),
        shading: Shading::Amount,
        columns: headings().collect(),
        rows: headings().enumerate().map(row).collect(),
        totals: Vec::new(),
    };
    matrix.scene(600.0)
}

fn open(size: usize) -> Harness<'static, Screen> {
    let screen = Screen { scene: matrix(size), marked: BTreeSet::new(), current: None, opened: None };
    let mut harness = Harness::builder()
        .with_size([640.0, 400.0])
        .with_context_setup(demarche::ui::theme::install_fonts)
        .build_ui_state(|ui, screen: &mut Screen| screen.show(ui), screen);
    harness.run();
    harness
}

const fn cell(row: u32, column: u32) -> CellKey {
    CellKey::Cell { row, column }
}

#[test]
fn a_click_marks_a_cell_and_shift_adds_another() {
    let mut harness = open(3);
    harness.get_by_label("actor 1 × actor 2: 12").click();
    harness.run();
    assert_eq!(harness.state().marked, BTreeSet::from([cell(1, 2)]));
    harness.key_press_modifiers(Modifiers::NONE, Key::ArrowLeft);
    harness.run();
    assert_eq!(harness.state().current, Some(cell(1, 1)));
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    harness.run();
    assert_eq!(harness.state().marked, BTreeSet::from([cell(1, 1), cell(1, 2)]));
}

#[test]
fn arrows_walk_and_enter_opens() {
    let mut harness = open(3);
    harness.get_by_label("actor 0 × actor 0: 0").click();
    harness.run();
    for key in [Key::ArrowDown, Key::ArrowRight, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight] {
        harness.key_press_modifiers(Modifiers::NONE, key);
        harness.run();
    }
    assert_eq!(harness.state().current, Some(cell(2, 1)));
    harness.key_press_modifiers(Modifiers::NONE, Key::Enter);
    harness.run();
    assert_eq!(harness.state().opened, Some(cell(2, 1)));
}

#[test]
fn cells_are_nodes_unless_there_are_too_many() {
    let harness = open(3);
    harness.get_by_role_and_label(Role::Figure, "Interactions");
    assert_eq!(harness.get_all_by_role(Role::Cell).count(), 9);
    assert_eq!(harness.get_all_by_role(Role::ColumnHeader).count(), 3);
    let large = open(30);
    large.get_by_role_and_label(Role::Figure, "Interactions");
    assert_eq!(large.query_all_by_role(Role::Cell).count(), 0);
}
