//! The figure of interactions.

use crate::bargain::ActorId;
use crate::figure::charts::network::{Edge as ChartEdge, Network, Node as ChartNode};
use crate::views::{Edge, Look, Node, TowardsView};
use crate::words::views::charts as words;

/// The score in full colour.
const FULL_SCORE: f64 = 10.0;

impl TowardsView {
    /// The network. Moves without a target are stubs.
    pub fn chart(&self, look: &Look<'_>) -> Network {
        // Nobody is "not specified" unless somebody's moves come from there.
        let nodes: Vec<&Node> =
            self.nodes.iter().filter(|node| node.actor.is_some() || !node.sent.is_empty()).collect();
        let place = |actor: Option<ActorId>| nodes.iter().position(|node| node.actor == actor);
        let edge = |edge: &Edge| {
            Some(ChartEdge {
                from: place(edge.from)?,
                to: edge.to.and_then(|to| place(Some(to))),
                moves: edge.moves.len(),
                soft: edge.soft.len(),
                hard: edge.hard.len(),
                score: edge.score.mean(),
            })
        };
        let node = |node: &&Node| ChartNode {
            name: node.title.clone(),
            sent: node.sent.len(),
            received: node.received.len(),
            place: None,
            weak: node.actor.is_none(),
        };
        Network {
            title: words::TOWARDS.to_owned(),
            description: self.answer().sentence.text(),
            scale: look.basis.weights.name(),
            greatest_score: FULL_SCORE,
            nodes: nodes.iter().map(node).collect(),
            edges: self.edges.iter().filter_map(edge).collect(),
        }
    }
}
