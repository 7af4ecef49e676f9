//! The figures of actors and of pairs of actors.

use serde::Serialize;

use demarche_analysis::bargain::{ActorId, AskState, Tally};
use demarche_analysis::views::{ActorsView, Edge, Look, TowardsView};

/// The figures of an actor.
#[derive(Serialize, Debug)]
pub struct ActorRow {
    id: String,
    moves: usize,
    conditions: usize,
    recommendations: usize,
    soft: usize,
    hard: usize,
    softness: Option<f64>,
    concessions_per_round: Option<f64>,
    yield_share: Option<f64>,
    demands: TallyRow,
    offers: TallyRow,
    demands_on: TallyRow,
    offers_to: TallyRow,
    score_mean: Option<f64>,
    score_sum: Option<f64>,
}

/// Outcomes, counted.
#[derive(Serialize, Debug)]
struct TallyRow {
    n: usize,
    met: usize,
    half: usize,
    refused: usize,
    countered: usize,
    dropped: usize,
    otherwise: usize,
    open: usize,
}

impl From<&Tally> for TallyRow {
    fn from(tally: &Tally) -> Self {
        let with = |state| tally.with(state).len();
        Self {
            n: tally.len(),
            met: with(AskState::Met),
            half: with(AskState::Half),
            refused: with(AskState::Refused),
            countered: with(AskState::Countered),
            dropped: with(AskState::Dropped),
            otherwise: with(AskState::Otherwise),
            open: with(AskState::Open),
        }
    }
}

/// The moves of one actor towards another.
#[derive(Serialize, Debug)]
pub struct DyadRow {
    from: Option<String>,
    to: Option<String>,
    moves: usize,
    soft: usize,
    hard: usize,
    softness: Option<f64>,
    score_mean: Option<f64>,
    score_sum: Option<f64>,
    balance: Option<f64>,
}

/// The actors, in the order of the list.
pub(super) fn rows<'v>(look: &'v Look<'_>, view: &'v ActorsView) -> impl Iterator<Item = ActorRow> + 'v {
    view.actors.iter().map(|actor| ActorRow {
        id: look.basis.moves.actors().name(actor.actor).to_owned(),
        moves: actor.moves.len(),
        conditions: actor.conditions.len(),
        recommendations: actor.recommendations.len(),
        soft: actor.soft.len(),
        hard: actor.hard.len(),
        softness: actor.softness(),
        concessions_per_round: actor.concessions_per_round(),
        yield_share: actor.yield_share(),
        demands: (&actor.demands).into(),
        offers: (&actor.offers).into(),
        demands_on: (&actor.demands_on).into(),
        offers_to: (&actor.offers_to).into(),
        score_mean: actor.score.mean(),
        score_sum: (!actor.score.weighted.is_empty()).then_some(actor.score.sum),
    })
}

/// The pairs, in the order of the list; moves towards oneself come last.
pub(super) fn dyads<'v>(look: &'v Look<'_>, view: &'v TowardsView) -> impl Iterator<Item = DyadRow> + 'v {
    let name = |actor: Option<ActorId>| actor.map(|actor| look.basis.moves.actors().name(actor).to_owned());
    let row = move |edge: &Edge| DyadRow {
        from: name(edge.from),
        to: name(edge.to),
        moves: edge.moves.len(),
        soft: edge.soft.len(),
        hard: edge.hard.len(),
        softness: edge.softness(),
        score_mean: edge.score.mean(),
        score_sum: (!edge.score.weighted.is_empty()).then_some(edge.score.sum),
        balance: edge.balance,
    };
    view.edges.iter().chain(&view.self_addressed).map(row)
}
