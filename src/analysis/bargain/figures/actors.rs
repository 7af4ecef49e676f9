//! Figures per actor.

use std::collections::{BTreeMap, BTreeSet};

use super::score::CategoryWeights;
use super::{Scope, Score, Tally, share, softness};
use crate::bargain::{
    ActorId, Ask, AskKind, Bin, Bins, Collectives, Ledger, Passage, PassageIndex, PassageSet, Rules, Weights,
};
use demarche_model::{MoveRole, Tone};

/// What concessions are counted per.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Rounds<'a> {
    /// Per document in which the actor has a move.
    #[default]
    Documents,
    /// Per phase in which the actor has a move. Moves outside the phases are left out.
    Phases(&'a Bins),
}

/// The figures of an actor.
#[derive(Clone, PartialEq, Debug)]
pub struct ActorFigures {
    /// The actor.
    pub actor: ActorId,
    /// All moves, conditions and recommendations among them.
    pub moves: PassageSet,
    /// The conditions among them.
    pub conditions: PassageSet,
    /// The recommendations among them that are no conditions.
    pub recommendations: PassageSet,
    /// Offers, concessions, commitments and acceptances.
    pub soft: PassageSet,
    /// Demands, threats, rejections and withdrawals, without conditions and recommendations.
    pub hard: PassageSet,
    /// The concessions.
    pub concessions: PassageSet,
    /// The concessions that are counted per round.
    pub concessions_in_rounds: PassageSet,
    /// Number of documents, or phases, in which the actor has a move.
    pub rounds: usize,
    /// Concessions and acceptances.
    pub yielding: PassageSet,
    /// Rejections and withdrawals.
    pub refusing: PassageSet,
    /// The score of the moves, without conditions and recommendations.
    pub score: Score,
    /// The demands of the actor.
    pub demands: Tally,
    /// The offers of the actor.
    pub offers: Tally,
    /// The demands that are made on the actor.
    pub demands_on: Tally,
    /// The offers that are made to the actor.
    pub offers_to: Tally,
}

impl ActorFigures {
    /// Softness: (soft − hard) / (soft + hard). Undefined without either.
    pub fn softness(&self) -> Option<f64> {
        softness(self.soft.len(), self.hard.len())
    }

    /// Concessions per document, or phase, in which the actor has a move.
    pub fn concessions_per_round(&self) -> Option<f64> {
        share(self.concessions_in_rounds.len() as f64, self.rounds as f64)
    }

    /// The share of yielding answers: concessions and acceptances among those, rejections and withdrawals.
    pub fn yield_share(&self) -> Option<f64> {
        let yielding = self.yielding.len() as f64;
        share(yielding, yielding + self.refusing.len() as f64)
    }
}

/// The figures of each actor that makes a move in a scope, in the order of the list of actors.
pub fn actor_figures(
    scope: Scope<'_>,
    ledger: &Ledger,
    weights: &Weights,
    rounds: Rounds<'_>,
) -> Vec<ActorFigures> {
    let weights = CategoryWeights::of(scope.moves, weights, scope.rules);
    let mut by_actor: BTreeMap<ActorId, Vec<(PassageIndex, &Passage)>> = BTreeMap::new();
    for (index, passage) in scope.moves() {
        for actor in scope.actors(passage) {
            by_actor.entry(*actor).or_default().push((index, passage));
        }
    }
    let mut asks: BTreeMap<ActorId, Asks<'_>> = BTreeMap::new();
    for ask in scope.asks(ledger) {
        let first = scope.moves.get(ask.id());
        let askers = scope.actors(first);
        for actor in askers {
            asks.entry(*actor).or_default().made.push(ask);
        }
        // With members, nobody asks themselves.
        let is_self =
            |actor: &ActorId| scope.rules.collectives == Collectives::Members && askers.contains(actor);
        for actor in scope.targets(first).iter().filter(|actor| !is_self(actor)) {
            asks.entry(*actor).or_default().received.push(ask);
        }
    }
    let none = Asks::default();
    let figures = by_actor.iter().map(|(actor, moves)| {
        let asks = asks.get(actor).unwrap_or(&none);
        figures_of(*actor, moves, asks, (&scope.rules, &weights, rounds))
    });
    figures.collect()
}

/// The asks that an actor has made, and those that are made on it.
#[derive(Default)]
struct Asks<'a> {
    made: Vec<&'a Ask>,
    received: Vec<&'a Ask>,
}

fn figures_of(
    actor: ActorId,
    moves: &[(PassageIndex, &Passage)],
    asks: &Asks<'_>,
    (rules, weights, rounds): (&Rules, &CategoryWeights, Rounds<'_>),
) -> ActorFigures {
    let set = |keep: &dyn Fn(&Passage) -> bool| -> PassageSet {
        moves.iter().filter(|(_, passage)| keep(passage)).map(|(index, _)| *index).collect()
    };
    let with_tone = |tone| {
        set(&move |passage| !rules.is_derived(passage) && passage.role.and_then(MoveRole::tone) == Some(tone))
    };
    let with_role =
        |roles: &[MoveRole]| set(&|passage| passage.role.is_some_and(|role| roles.contains(&role)));
    let tally = |asks: &[&Ask], kind| Tally::of(rules, asks.iter().copied().filter(|ask| ask.kind == kind));
    let (rounds, concessions_in_rounds) = count_rounds(moves, rounds);
    ActorFigures {
        actor,
        moves: set(&|_| true),
        conditions: set(&|passage| rules.is_condition(passage)),
        recommendations: set(&|passage| rules.is_recommendation(passage) && !rules.is_condition(passage)),
        soft: with_tone(Tone::Soft),
        hard: with_tone(Tone::Hard),
        concessions: with_role(&[MoveRole::Concession]),
        concessions_in_rounds,
        rounds,
        yielding: with_role(&[MoveRole::Concession, MoveRole::Acceptance]),
        refusing: with_role(&[MoveRole::Rejection, MoveRole::Withdrawal]),
        score: weights.score(moves.iter().copied()),
        demands: tally(&asks.made, AskKind::Demand),
        offers: tally(&asks.made, AskKind::Offer),
        demands_on: tally(&asks.received, AskKind::Demand),
        offers_to: tally(&asks.received, AskKind::Offer),
    }
}

/// Number of rounds in which there is a move, and the concessions in them.
fn count_rounds(moves: &[(PassageIndex, &Passage)], rounds: Rounds<'_>) -> (usize, PassageSet) {
    let in_round = |passage: &Passage| match rounds {
        Rounds::Documents => Some(Bin::Document(passage.document)),
        Rounds::Phases(bins) => Some(bins.bin(passage)).filter(|bin| matches!(bin, Bin::Phase(_))),
    };
    let all: BTreeSet<Bin> = moves.iter().filter_map(|(_, passage)| in_round(passage)).collect();
    let concessions = moves.iter().filter(|(_, passage)| passage.role == Some(MoveRole::Concession));
    let counted = concessions.filter(|(_, passage)| in_round(passage).is_some());
    (all.len(), counted.map(|(index, _)| *index).collect())
}
