//! Accessibility nodes of figures: a node for the figure, and one for each visible cell unless there are too many. The
//! table next to a large figure has its numbers.

use egui::accesskit::{self, Action, Role};
use egui::{Rect, Sense, Ui};

use demarche_analysis::figure::CellKey;

use super::{Figure, FigureEvent, on_screen};

/// Most cells of a figure whose cells have nodes.
const MOST_NODES: usize = 400;

/// Adds the nodes, and returns what a screen reader wants with one. Does nothing if the tree is not read.
pub(super) fn describe(ui: &Ui, figure: &Figure<'_>, rect: Rect) -> Option<FigureEvent> {
    if !ui.ctx().has_accesskit_node(figure.id) {
        return None;
    }
    ui.ctx().accesskit_node_builder(figure.id, |node| {
        node.set_role(Role::Figure);
        node.set_label(figure.scene.title.as_str());
        node.set_description(figure.scene.description.as_str());
    });
    if figure.scene.cells().len() > MOST_NODES {
        return None;
    }
    let mut wanted = None;
    for cell in figure.scene.cells() {
        let place = on_screen(cell.bounds, rect);
        if ui.clip_rect().intersects(place) && add_node(ui, figure, cell.key, &cell.label, place) {
            wanted = Some(FigureEvent::Mark { key: cell.key, add: false });
        }
    }
    wanted
}

/// Adds the node of a cell, and returns whether a screen reader has clicked it.
fn add_node(ui: &Ui, figure: &Figure<'_>, key: CellKey, label: &str, place: Rect) -> bool {
    let id = figure.id.with(key);
    // Registers the node in the tree. It senses nothing, so that pointer events reach the figure.
    ui.interact(place, id, Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(role(key));
        node.set_label(label);
        node.set_selected(figure.marked.contains(&key));
        node.add_action(Action::Click);
        node.set_bounds(accesskit::Rect {
            x0: place.min.x.into(),
            y0: place.min.y.into(),
            x1: place.max.x.into(),
            y1: place.max.y.into(),
        });
    });
    ui.input(|input| input.has_accesskit_action_request(id, Action::Click))
}

fn role(key: CellKey) -> Role {
    match key {
        CellKey::Row(_) => Role::RowHeader,
        CellKey::Column(_) => Role::ColumnHeader,
        CellKey::Cell { .. } | CellKey::RowTotal(_) | CellKey::ColumnTotal(_) | CellKey::Total => Role::Cell,
        CellKey::Note { .. }
        | CellKey::Bar { .. }
        | CellKey::Score { .. }
        | CellKey::Bin { .. }
        | CellKey::Event { .. }
        | CellKey::Node(_)
        | CellKey::Edge(_)
        | CellKey::Place { .. }
        | CellKey::Share { .. }
        | CellKey::Step { .. }
        | CellKey::Ask { .. } => Role::ListItem,
    }
}
