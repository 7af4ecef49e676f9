//! Interactions as a network.

use super::{Cells, Chart, Drawn};
use crate::bargain::Scale;
use crate::figure::CellKey;
use crate::figure::charts::Heading;
use crate::figure::charts::network::{Edge, Network, Node};
use crate::figure::charts::numbers::{NumberCell, NumberMatrix, NumberRow, Shading};
use crate::views::{self, Look, ScoreKind, TowardsView};
use crate::words::drawn as words;
use demarche_model::NodePlace;

/// The place of a node, inside the figure.
fn place_of(place: &NodePlace) -> (f32, f32) {
    (place.x.clamp(0.0, 1.0) as f32, place.y.clamp(0.0, 1.0) as f32)
}

/// A cell of the matrix: moves, and soft against hard.
fn number(edge: &views::Edge) -> NumberCell {
    NumberCell {
        text: words::count(edge.moves.len()),
        detail: words::soft_and_hard(edge.soft.len(), edge.hard.len()),
        value: Some(edge.moves.len() as f64),
        ..NumberCell::default()
    }
}

impl Drawn {
    /// Interactions as a matrix of actors by actors, with the numbers of the network.
    pub fn towards_matrix(view: &TowardsView) -> Self {
        let mut cells = Cells::default();
        let heading =
            |node: &views::Node| Heading { weak: node.actor.is_none(), ..Heading::new(&node.title) };
        let mut rows = Vec::new();
        for (at, node) in (0u32..).zip(&view.nodes) {
            cells.add(CellKey::Row(at), node.sent.clone());
            cells.add(CellKey::RowTotal(at), node.sent.clone());
            cells.add(CellKey::Column(at), node.received.clone());
            cells.add(CellKey::ColumnTotal(at), node.received.clone());
            let mut numbers = Vec::new();
            for (column, target) in (0u32..).zip(&view.nodes) {
                let edge = view.edge(node.actor, target.actor);
                numbers.push(edge.map(number).unwrap_or_default());
                if let Some(edge) = edge {
                    cells.add(CellKey::Cell { row: at, column }, edge.moves.clone());
                }
            }
            rows.push(NumberRow {
                heading: heading(node),
                cells: numbers,
                total: words::count(node.sent.len()),
            });
        }
        cells.add(CellKey::Total, view.moves.clone());
        let received = view.nodes.iter().map(|node| words::count(node.received.len()));
        cells.into_figure(Chart::Numbers(NumberMatrix {
            title: words::NETWORK.to_owned(),
            description: view.answer().sentence.text(),
            row_title: words::FROM.to_owned(),
            column_title: words::TO.to_owned(),
            shading: Shading::Amount,
            columns: view.nodes.iter().map(heading).collect(),
            rows,
            totals: received.chain([words::count(view.moves.len())]).collect(),
        }))
    }

    /// The figure of interactions.
    pub fn network(view: &TowardsView, look: &Look<'_>) -> Self {
        let mut cells = Cells::default();
        for (at, node) in (0u32..).zip(&view.nodes) {
            cells.add(CellKey::Node(at), node.sent.clone());
        }
        let place = |actor| view.nodes.iter().position(|node| node.actor == actor);
        let mut edges = Vec::new();
        for edge in &view.edges {
            let Some(from) = place(edge.from) else { continue };
            cells.add(CellKey::Edge(edges.len() as u32), edge.moves.clone());
            edges.push(Edge {
                from,
                to: edge.to.and_then(|to| place(Some(to))),
                moves: edge.moves.len(),
                soft: edge.soft.len(),
                hard: edge.hard.len(),
                score: edge.score.mean(),
            });
        }
        let node = |node: &crate::views::Node| Node {
            name: node.title.clone(),
            sent: node.sent.len(),
            received: node.received.len(),
            place: node.name.as_ref().and_then(|name| view.options.places.get(name)).map(place_of),
            weak: node.actor.is_none(),
        };
        let weights = look.basis.weights;
        let greatest_score = match weights.scale() {
            Scale::Goldstein | Scale::Plover | Scale::Custom => 10.0,
            Scale::Sign => 1.0,
        };
        cells.into_figure(Chart::Network(Network {
            title: words::NETWORK.to_owned(),
            description: view.answer().sentence.text(),
            scale: words::score(ScoreKind::Mean, weights.scale(), weights.changed()),
            greatest_score,
            nodes: view.nodes.iter().map(node).collect(),
            edges,
        }))
    }
}
