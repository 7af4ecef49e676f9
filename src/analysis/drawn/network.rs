//! Interactions as a network.

use super::{Cells, Chart, Drawn};
use crate::bargain::Scale;
use crate::figure::CellKey;
use crate::figure::charts::network::{Edge, Network, Node};
use crate::views::{Look, ScoreKind, TowardsView};
use crate::words::drawn as words;

impl Drawn {
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
            place: None,
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
