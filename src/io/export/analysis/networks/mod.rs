//! Interactions as networks: lists of nodes, edges and events, a matrix of adjacency, GraphML 1.0 and GEXF 1.3.
//!
//! GraphML has an edge for each pair of actors, with all their moves. GEXF has one for each pair, role and date, so that the
//! network can be played over time; the kind of an edge is its role, which keeps parallel edges apart.

mod gexf;
mod graphml;
mod tables;

use demarche_analysis::bargain::ActorId;
use demarche_analysis::views::{Edge, Node, TowardsView};
use demarche_model::Colour;

pub use gexf::write_gexf;
pub use graphml::write_graphml;
pub use tables::{write_adjacency, write_edges, write_events, write_nodes};

/// The edges of a network with those to oneself, which are drawn nowhere but are moves as well.
fn edges(view: &TowardsView) -> impl Iterator<Item = &Edge> {
    view.edges.iter().chain(&view.self_addressed)
}

/// The id of a node in a file.
fn node_id(view: &TowardsView, actor: Option<ActorId>) -> String {
    let place = view.nodes.iter().position(|node| node.actor == actor).unwrap_or(view.nodes.len());
    format!("n{place}")
}

/// The colour of a node: that of the palette of categories at its place.
fn colour(place: usize) -> Colour {
    Colour::nth(place)
}

/// The title of a node.
fn title(view: &TowardsView, actor: Option<ActorId>) -> &str {
    let node = view.nodes.iter().find(|node: &&Node| node.actor == actor);
    node.map_or("", |node| node.title.as_str())
}
