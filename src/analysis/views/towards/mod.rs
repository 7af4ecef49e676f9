//! Interactions: who addresses whom.

mod answer;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Answer, Look};
use crate::bargain::{ActorId, PassageIndex, PassageSet, Score};
use crate::codes::codes;
use demarche_model::{MoveRole, NodePlace, Tone};

/// What the view of interactions is asked.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TowardsOptions {
    /// Edges with fewer moves than this are hidden.
    pub hide_below: usize,
    /// What the figure is.
    pub shape: TowardsShape,
    /// The places of actors in the network that a person has put there.
    pub places: BTreeMap<String, NodePlace>,
}

/// The figure of interactions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum TowardsShape {
    /// Nodes and arcs.
    #[default]
    Network,
    /// Actors by actors.
    Matrix,
}

codes! {
    TowardsShape { Matrix = "matrix", Network = "network" }
}

/// Who addresses whom: a matrix and a network of the same numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct TowardsView {
    /// What it was asked.
    pub options: TowardsOptions,
    /// The actors, in the order of the list; those that are not specified last.
    pub nodes: Vec<Node>,
    /// The edges that are shown, by sender and receiver in the order of the nodes.
    pub edges: Vec<Edge>,
    /// Number of edges that are hidden.
    pub hidden_edges: usize,
    /// Moves towards oneself, which the network does not draw.
    pub self_addressed: Vec<Edge>,
    /// All moves.
    pub moves: Arc<PassageSet>,
    answer: Answer,
}

/// An actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// The actor; `None` for not specified.
    pub actor: Option<ActorId>,
    /// The name.
    pub name: Option<String>,
    /// The heading.
    pub title: String,
    /// Moves that the actor makes.
    pub sent: Arc<PassageSet>,
    /// Moves that are addressed to the actor.
    pub received: Arc<PassageSet>,
}

/// The moves of one actor towards another.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Edge {
    /// Who makes them; `None` for not specified.
    pub from: Option<ActorId>,
    /// To whom they are addressed; `None` for not specified.
    pub to: Option<ActorId>,
    /// The moves.
    pub moves: Arc<PassageSet>,
    /// Those of them that are soft.
    pub soft: Arc<PassageSet>,
    /// Those of them that are hard.
    pub hard: Arc<PassageSet>,
    /// Those of them that are concessions.
    pub concessions: Arc<PassageSet>,
    /// Their score.
    pub score: Score,
    /// The smaller number of concessions of the two directions, divided by the greater; `None` if both are 0.
    pub balance: Option<f64>,
}

impl Edge {
    /// (soft − hard) / (soft + hard); `None` without either.
    pub fn softness(&self) -> Option<f64> {
        softness(self.soft.len(), self.hard.len())
    }
}

/// (soft − hard) / (soft + hard); `None` without either.
pub(super) fn softness(soft: usize, hard: usize) -> Option<f64> {
    (soft + hard > 0).then(|| (soft as f64 - hard as f64) / (soft + hard) as f64)
}

/// An end of an edge. Those that are not specified sort last.
type End = (bool, Option<ActorId>);

impl TowardsView {
    /// Counts the moves that pass by actor and target.
    pub fn of(look: &Look<'_>, options: TowardsOptions) -> Self {
        let mut pairs: BTreeMap<(End, End), Vec<PassageIndex>> = BTreeMap::new();
        for (index, passage) in look.moves() {
            for (from, to) in look.pairs(passage) {
                pairs.entry(((from.is_none(), from), (to.is_none(), to))).or_default().push(index);
            }
        }
        let nodes = nodes(look, &pairs);
        let edge = |(((_, from), (_, to)), moves)| Edge::of(look, from, to, moves);
        let mut edges: Vec<Edge> = pairs.into_iter().map(edge).collect();
        add_balances(&mut edges);
        let is_to_self = |edge: &Edge| edge.from.is_some() && edge.from == edge.to;
        let (self_addressed, mut edges): (Vec<Edge>, Vec<Edge>) = edges.into_iter().partition(is_to_self);
        let all = edges.len();
        edges.retain(|edge| edge.moves.len() >= options.hide_below);
        let mut view = Self {
            options,
            nodes,
            hidden_edges: all - edges.len(),
            edges,
            self_addressed,
            moves: Arc::new(look.moves().map(|(index, _)| index).collect()),
            answer: Answer::default(),
        };
        view.answer = view.make_answer(look);
        view
    }

    /// What the view says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The edge between two nodes, shown or to oneself.
    pub fn edge(&self, from: Option<ActorId>, to: Option<ActorId>) -> Option<&Edge> {
        self.edges.iter().chain(&self.self_addressed).find(|edge| edge.from == from && edge.to == to)
    }
}

impl Edge {
    fn of(look: &Look<'_>, from: Option<ActorId>, to: Option<ActorId>, moves: Vec<PassageIndex>) -> Self {
        let role = |index: &PassageIndex| look.kind(look.get(*index)).role();
        let with = |test: fn(MoveRole) -> bool| {
            Arc::new(moves.iter().copied().filter(|index| role(index).is_some_and(test)).collect())
        };
        Self {
            from,
            to,
            soft: with(|role| role.tone() == Some(Tone::Soft)),
            hard: with(|role| role.tone() == Some(Tone::Hard)),
            concessions: with(|role| role == MoveRole::Concession),
            score: look.score(moves.iter().copied()),
            moves: Arc::new(moves.into_iter().collect()),
            balance: None,
        }
    }
}

fn add_balances(edges: &mut [Edge]) {
    let concessions: BTreeMap<_, usize> =
        edges.iter().map(|edge| ((edge.from, edge.to), edge.concessions.len())).collect();
    for edge in edges.iter_mut().filter(|edge| edge.from.is_some() && edge.to.is_some()) {
        let there = edge.concessions.len();
        let back = concessions.get(&(edge.to, edge.from)).copied().unwrap_or(0);
        let most = there.max(back);
        edge.balance = (edge.from != edge.to && most > 0).then(|| there.min(back) as f64 / most as f64);
    }
}

fn nodes(look: &Look<'_>, pairs: &BTreeMap<(End, End), Vec<PassageIndex>>) -> Vec<Node> {
    let mut ends: BTreeMap<End, [Vec<PassageIndex>; 2]> = BTreeMap::new();
    for ((from, to), moves) in pairs {
        ends.entry(*from).or_default()[0].extend(moves);
        ends.entry(*to).or_default()[1].extend(moves);
    }
    let node = |((_, actor), [sent, received]): (End, [Vec<PassageIndex>; 2])| Node {
        actor,
        name: actor.map(|actor| look.basis.moves.actors().name(actor).to_owned()),
        title: look.actor_title(actor),
        sent: Arc::new(sent.into_iter().collect()),
        received: Arc::new(received.into_iter().collect()),
    };
    ends.into_iter().map(node).collect()
}
