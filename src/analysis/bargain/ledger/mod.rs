//! The ledger of demands and offers.
//!
//! A pure function of all moves of a reading, unfiltered: a filter chooses which asks are listed, never their state. Only a
//! linked move is an answer. It says what was agreed to in words; whether it was carried out shows only where deeds are
//! tagged.

mod ask;
mod candidates;
mod chains;
mod options;
mod outcome;
mod update;

use std::sync::Arc;

use rayon::prelude::*;

use super::{ActorId, LinkRole, Moves, PassageIndex};
use candidates::{Found, Timeline};
use chains::{Graph, are_alike};
use demarche_model::MoveRole;
use outcome::Question;

pub use ask::{Ask, AskKind, AskState, Candidate, Delay, LinkedAnswer};
pub use options::{LedgerOptions, Window};

/// The demands and offers of a reading, each with its outcome.
#[derive(Clone, PartialEq, Debug)]
pub struct Ledger {
    options: LedgerOptions,
    graph: Graph,
    timeline: Timeline,
    /// Each ask, by the index of its first passage.
    asks: Vec<Option<Arc<Ask>>>,
    /// The first passage of the ask to which each passage belongs.
    first_of: Vec<Option<PassageIndex>>,
    /// The first passage of each ask, the earliest first.
    order: Vec<PassageIndex>,
}

impl Ledger {
    /// Draws up the ledger of all moves of a reading.
    pub fn of(moves: &Moves, options: LedgerOptions) -> Self {
        let is_move = |index: &&PassageIndex| options.is_move(moves.get(**index));
        let in_order: Vec<PassageIndex> = moves.by_time().iter().filter(is_move).copied().collect();
        let mut ledger = Self {
            graph: Graph::of(moves),
            timeline: Timeline::of(moves, &in_order),
            asks: vec![None; moves.capacity()],
            first_of: vec![None; moves.capacity()],
            order: Vec::new(),
            options,
        };
        let mut chains: Vec<Vec<PassageIndex>> = Vec::new();
        for index in in_order {
            if kind_of(moves, index).is_some() && ledger.first_of[index.get()].is_none() {
                let chain = ledger.statements(moves, index);
                chain.iter().for_each(|member| ledger.first_of[member.get()] = Some(index));
                chains.push(chain);
            }
        }
        let asks: Vec<Option<Ask>> =
            chains.into_par_iter().map(|chain| ledger.draw_up(moves, chain)).collect();
        for ask in asks.into_iter().flatten() {
            ledger.order.push(ask.id());
            let place = ask.id().get();
            ledger.asks[place] = Some(Arc::new(ask));
        }
        ledger
    }

    /// All asks, the earliest first.
    pub fn asks(&self) -> impl DoubleEndedIterator<Item = &Ask> {
        self.order.iter().filter_map(|first| self.asks[first.get()].as_deref())
    }

    /// The ask that a passage states.
    pub fn ask(&self, passage: PassageIndex) -> Option<&Ask> {
        let first = self.first_of.get(passage.get()).copied().flatten()?;
        self.asks[first.get()].as_deref()
    }

    /// Number of asks.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// True if there are no asks.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// What it was asked.
    pub fn options(&self) -> &LedgerOptions {
        &self.options
    }

    /// The passages that say the same as a passage of any role, itself among them: those of the same role and actors that
    /// repeats connect with it.
    pub fn repeats_of(&self, moves: &Moves, passage: PassageIndex) -> Vec<PassageIndex> {
        self.graph.chain(moves, &self.options, passage)
    }

    /// The passages that are linked to a passage as its answers, moves or not.
    pub fn answers_to<'a>(
        &'a self,
        moves: &'a Moves,
        passage: PassageIndex,
    ) -> impl Iterator<Item = PassageIndex> + 'a {
        self.graph.sources(moves, passage, LinkRole::Answers)
    }

    /// The passages that a passage is linked to as their answer.
    pub fn answered_by<'a>(
        &'a self,
        moves: &'a Moves,
        passage: PassageIndex,
    ) -> impl Iterator<Item = PassageIndex> + 'a {
        self.graph.targets(moves, passage, LinkRole::Answers)
    }

    /// The moves of the chain of a passage, the earliest first.
    fn statements(&self, moves: &Moves, passage: PassageIndex) -> Vec<PassageIndex> {
        let mut chain = self.graph.chain(moves, &self.options, passage);
        chain.retain(|member| self.options.is_move(moves.get(*member)));
        if chain.len() > 1 {
            moves.sort(&mut chain);
        }
        chain
    }

    /// Draws up the ask that a chain of moves states. `None` if they are neither demands nor offers.
    fn draw_up(&self, moves: &Moves, chain: Vec<PassageIndex>) -> Option<Ask> {
        let first = *chain.first()?;
        let kind = kind_of(moves, first)?;
        let passage = moves.get(first);
        let linked = self.linked(moves, &chain);
        let asked = asked_parties(moves, first);
        let question = Question { kind, askers: moves.actors().parties(passage.actors), asked: &asked };
        let outcome = question.outcome(moves, first, &linked);
        let is_condition = chain.iter().all(|member| moves.get(*member).is_condition);
        let is_recommendation = chain.iter().all(|member| moves.get(*member).is_recommendation);
        let mut ask = Ask {
            kind,
            asker: passage.actors,
            asked: passage.targets,
            issues: passage.issues,
            is_condition,
            is_recommendation,
            state: outcome.state,
            was: outcome.was,
            parties: outcome.parties,
            answers: outcome.answers,
            delay: outcome.delay,
            candidates: Vec::new(),
            dismissed: Vec::new(),
            reach: ask::Reach::Nowhere,
            chain,
        };
        self.look_for_answers(moves, &mut ask);
        Some(ask)
    }

    /// Looks for possible answers of an ask that has no linked answer and is no condition, with both sides stated.
    fn look_for_answers(&self, moves: &Moves, ask: &mut Ask) {
        let asked = asked_parties(moves, ask.id());
        let askers = moves.actors().parties(moves.get(ask.id()).actors);
        let mut found = Found::default();
        if ask.answers.is_empty() && !ask.is_condition && !asked.is_empty() && !askers.is_empty() {
            let question = Question { kind: ask.kind, askers, asked: &asked };
            found = self.timeline.find(moves, &self.options, &question, ask.id());
        }
        let is_dismissed = |candidate: &Candidate| {
            let answer = moves.get(candidate.passage).span;
            ask.chain.iter().any(|member| self.options.dismissed.contains(&(moves.get(*member).span, answer)))
        };
        let (dismissed, candidates) = found.candidates.into_iter().partition(is_dismissed);
        ask.candidates = candidates;
        ask.dismissed = Vec::into_iter(dismissed).map(|candidate: Candidate| candidate.passage).collect();
        ask.reach = found.reach;
    }

    /// The moves that are linked to a chain as its answers, the earliest first.
    fn linked(&self, moves: &Moves, chain: &[PassageIndex]) -> Vec<PassageIndex> {
        let sources = chain.iter().flat_map(|member| self.answers_to(moves, *member));
        let counts = |index: &PassageIndex| self.options.is_move(moves.get(*index)) && !chain.contains(index);
        let mut linked: Vec<PassageIndex> = sources.filter(counts).collect();
        if linked.len() > 1 {
            moves.sort(&mut linked);
            linked.dedup();
        }
        linked
    }
}

/// Number of repeats between passages that differ in role or actors, which make no chain.
pub fn ignored_repeats(moves: &Moves) -> usize {
    let repeats = moves.links().filter(|link| link.role == LinkRole::Repeats);
    let ends = repeats.filter_map(|link| Some((moves.get(link.from), moves.get(moves.target(link)?))));
    ends.filter(|(from, to)| !are_alike(from, to)).count()
}

/// The kind of ask that a passage makes.
fn kind_of(moves: &Moves, passage: PassageIndex) -> Option<AskKind> {
    match moves.get(passage).role? {
        MoveRole::Demand => Some(AskKind::Demand),
        MoveRole::Offer => Some(AskKind::Offer),
        MoveRole::Concession
        | MoveRole::Commitment
        | MoveRole::Acceptance
        | MoveRole::Rejection
        | MoveRole::Threat
        | MoveRole::Withdrawal
        | MoveRole::Reason
        | MoveRole::DeedPlus
        | MoveRole::DeedMinus => None,
    }
}

/// The parties that a passage is addressed to, without those that make it.
fn asked_parties(moves: &Moves, passage: PassageIndex) -> Vec<ActorId> {
    let passage = moves.get(passage);
    let askers = moves.actors().parties(passage.actors);
    let targets = moves.actors().parties(passage.targets).iter().copied();
    targets.filter(|party| !askers.contains(party)).collect()
}
