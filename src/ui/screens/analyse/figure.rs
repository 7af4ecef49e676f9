//! The figure of a view: drawn for the room that there is, walked with the arrow keys.

use std::collections::BTreeSet;
use std::mem::discriminant;
use std::sync::Arc;

use egui::{Id, Key, PointerButton, ScrollArea, Ui};

use super::keyboard;
use crate::widgets::figure::{Figure, FigureEvent};
use demarche_analysis::bargain::PassageSet;
use demarche_analysis::drawn::{Chart, Drawn};
use demarche_analysis::figure::{Cell, CellKey, Scene};
use demarche_model::NodePlace;

/// Room for a scroll bar, in points.
const BAR_PT: f32 = 10.0;

/// What happened in a figure.
pub(super) enum CellEvent {
    /// Cells were marked.
    Marked {
        /// What they say.
        title: String,
        /// The passages behind them.
        passages: Arc<PassageSet>,
        /// The position of the bin, in a figure over time.
        bin: Option<usize>,
    },
    /// A cell was opened.
    Opened {
        /// What it says.
        title: String,
        /// The passages behind it.
        passages: Arc<PassageSet>,
        /// The position of the bin, in a figure over time.
        bin: Option<usize>,
        /// True for a double click.
        by_pointer: bool,
    },
    /// A node of the network was dragged to another place.
    Moved {
        /// Its position in the list of nodes.
        node: u32,
        /// The place.
        place: NodePlace,
    },
    /// Nothing is behind what is marked, or no cell is marked any more.
    Left,
}

/// A figure between frames.
#[derive(Default)]
pub(super) struct FigureState {
    /// The serial of the result and the room for which the scene was drawn.
    known: Option<(u64, egui::Vec2)>,
    scene: Scene,
    marked: BTreeSet<CellKey>,
    current: Option<CellKey>,
    scrolls: bool,
}

impl FigureState {
    /// Shows the figure. `is_active` says whether it gets the keyboard while nothing else has it.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        drawn: &Drawn,
        serial: u64,
        is_active: bool,
    ) -> Option<CellEvent> {
        let room = ui.available_size();
        if self.known != Some((serial, room)) {
            self.known = Some((serial, room));
            let scene = drawn.scene((room.x - BAR_PT).max(100.0), room.y - BAR_PT);
            let before = std::mem::replace(&mut self.scene, scene);
            self.marked =
                self.marked.iter().filter_map(|key| same_cell(&before, *key, &self.scene)).collect();
            self.current = self.current.and_then(|key| same_cell(&before, key, &self.scene));
        }
        let id = ui.make_persistent_id("figure");
        let may_leave = self.current.is_some() && is_active && !keyboard::is_covered(ui);
        if may_leave && keyboard::take(ui, Key::Escape) {
            self.current = None;
            self.marked.clear();
            return Some(CellEvent::Left);
        }
        let area = ScrollArea::both().id_salt("figure").auto_shrink(false);
        let event = area.show(ui, |ui| {
            let figure = Figure::new(id, &self.scene, &self.marked).current(self.current);
            let figure = figure.draggable(matches!(drawn.chart, Chart::Network(_)));
            let shown = figure.show(ui);
            keep_focus(ui, id, is_active);
            if let Some(current) = self.current.filter(|_| std::mem::take(&mut self.scrolls)) {
                Figure::scroll_to(&self.scene, current, shown.response.rect, ui);
            }
            shown.event
        });
        let by_pointer = ui.input(|input| input.pointer.button_double_clicked(PointerButton::Primary));
        let is_click = ui.input(|input| input.pointer.primary_clicked());
        let event = match event.inner? {
            // A click on a passage within a document goes there.
            FigureEvent::Mark { key: key @ CellKey::Place { .. }, add: false } if is_click => {
                FigureEvent::Open(key)
            }
            event => event,
        };
        self.follow(drawn, event, by_pointer)
    }

    fn follow(&mut self, drawn: &Drawn, event: FigureEvent, by_pointer: bool) -> Option<CellEvent> {
        match event {
            FigureEvent::Walk(key) => {
                self.scrolls = true;
                self.mark(key, false);
            }
            FigureEvent::Mark { key, add } => self.mark(key, add),
            FigureEvent::Open(key) => {
                self.mark(key, false);
                let passages = drawn.behind(key)?.clone();
                return Some(CellEvent::Opened {
                    title: self.title(key),
                    passages,
                    bin: bin_of(key),
                    by_pointer,
                });
            }
            FigureEvent::Drag { key: CellKey::Node(node), x, y } => {
                let Chart::Network(network) = &drawn.chart else { return None };
                let (x, y) = network.place_at(self.scene.width_pt, self.scene.height_pt, x, y);
                let place = NodePlace { x: f64::from(x), y: f64::from(y) };
                return Some(CellEvent::Moved { node, place });
            }
            FigureEvent::Drag { .. } => return None,
            FigureEvent::Nothing => {
                self.current = None;
                self.marked.clear();
                return Some(CellEvent::Left);
            }
        }
        let behind = self.marked.iter().filter_map(|key| drawn.behind(*key));
        let passages: PassageSet = behind.flat_map(|passages| passages.iter()).collect();
        let title = self.title(self.current?);
        let bin = self.current.and_then(bin_of);
        Some(if passages.is_empty() {
            CellEvent::Left
        } else {
            CellEvent::Marked { title, passages: passages.into(), bin }
        })
    }

    /// Marks a cell; with `add`, in addition to others, or not any more.
    fn mark(&mut self, key: CellKey, add: bool) {
        self.current = Some(key);
        if !add {
            self.marked.clear();
        }
        if !self.marked.remove(&key) {
            self.marked.insert(key);
        }
    }

    /// What a cell says, in its first line.
    fn title(&self, key: CellKey) -> String {
        let label = self.scene.cell_of(key).map(|cell| cell.label.as_str()).unwrap_or_default();
        label.lines().next().unwrap_or_default().to_owned()
    }
}

/// The position of the bin of a cell.
fn bin_of(key: CellKey) -> Option<usize> {
    match key {
        CellKey::Bar { bin, .. } | CellKey::Score { bin, .. } | CellKey::Bin { bin, .. } => {
            Some(bin as usize)
        }
        _ => None,
    }
}

/// The cell of a new scene that is of the same row and column, or the same otherwise, as one of the scene before.
fn same_cell(before: &Scene, key: CellKey, scene: &Scene) -> Option<CellKey> {
    // A label is a name and a value, of which the value may have changed.
    let name = |label: &str| {
        let line = label.lines().next().unwrap_or_default();
        line.rsplit_once(": ").map_or(line, |(name, _)| name).to_owned()
    };
    let known = name(&before.cell_of(key)?.label);
    let is_same = |cell: &&Cell| discriminant(&cell.key) == discriminant(&key) && name(&cell.label) == known;
    let stays = scene.cell_of(key).filter(is_same);
    stays.or_else(|| scene.cells().iter().find(is_same)).map(|cell| cell.key)
}

/// Gives the keyboard to the figure while nothing else has it, and takes it away while another part is walked.
fn keep_focus(ui: &Ui, id: Id, is_active: bool) {
    let is_covered = keyboard::is_covered(ui);
    ui.memory_mut(|memory| {
        let is_free = memory.focused().is_none() && !is_covered;
        if is_active && is_free {
            memory.request_focus(id);
        } else if !is_active {
            memory.surrender_focus(id);
        }
    });
}
