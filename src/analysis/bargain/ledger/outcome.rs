//! The outcome of an ask, from the answers that are linked to it.

use super::{AskKind, AskState, Delay, LinkedAnswer};
use crate::bargain::{ActorId, Moves, Passage, PassageIndex};
use demarche_model::MoveRole;

/// Who asks whom for what.
pub(super) struct Question<'a> {
    pub kind: AskKind,
    /// The parties that ask.
    pub askers: &'a [ActorId],
    /// The parties that are asked, without those that ask. Empty if the text does not say.
    pub asked: &'a [ActorId],
}

/// What the linked answers say about an ask.
pub(super) struct Outcome {
    pub state: AskState,
    pub was: Option<AskState>,
    pub parties: Vec<(ActorId, AskState)>,
    pub answers: Vec<LinkedAnswer>,
    pub delay: Delay,
}

impl Question<'_> {
    /// The outcome, given the linked moves in order.
    pub fn outcome(&self, moves: &Moves, first: PassageIndex, linked: &[PassageIndex]) -> Outcome {
        let answers: Vec<LinkedAnswer> = linked.iter().map(|answer| self.answer(moves, *answer)).collect();
        let decided: Vec<(PassageIndex, AskState)> =
            answers.iter().filter_map(|answer| Some((answer.passage, answer.outcome?))).collect();
        let parties = self.by_party(moves, &decided);
        let state = match decided.last() {
            None if linked.is_empty() => AskState::Open,
            None => AskState::Otherwise,
            Some((_, latest)) => joint_state(&parties, *latest),
        };
        let was = was(state, &decided);
        let delay =
            decided.first().map_or(Delay::Unknown, |(answer, _)| delay(moves.get(first), moves.get(*answer)));
        Outcome { state, was, parties, answers, delay }
    }

    fn answer(&self, moves: &Moves, passage: PassageIndex) -> LinkedAnswer {
        let answer = moves.get(passage);
        let parties = moves.actors().parties(answer.actors);
        let is_of_asker = !parties.is_empty() && parties.iter().all(|party| self.askers.contains(party));
        let is_of_asked = self.asked.is_empty() || parties.is_empty() || meet(parties, self.asked);
        let outcome = match answer.role {
            // The asker gives up its own ask, or decides nothing.
            Some(MoveRole::Concession | MoveRole::Withdrawal) if is_of_asker => Some(AskState::Dropped),
            _ if is_of_asker || !is_of_asked => None,
            Some(role) => self.outcome_of(role, answer.is_conditional),
            None => None,
        };
        LinkedAnswer { passage, outcome, is_of_third_party: !is_of_asker && !is_of_asked }
    }

    /// The outcome that an answer of a role gives.
    fn outcome_of(&self, role: MoveRole, is_conditional: bool) -> Option<AskState> {
        match (role, self.kind) {
            (MoveRole::Acceptance | MoveRole::Commitment | MoveRole::DeedPlus, _) if is_conditional => {
                Some(AskState::Half)
            }
            (MoveRole::Acceptance | MoveRole::Commitment | MoveRole::DeedPlus, _) => Some(AskState::Met),
            (MoveRole::Concession, _) | (MoveRole::Offer, AskKind::Demand) => Some(AskState::Half),
            (MoveRole::Rejection | MoveRole::Threat | MoveRole::Withdrawal | MoveRole::DeedMinus, _) => {
                Some(AskState::Refused)
            }
            (MoveRole::Demand, _) | (MoveRole::Offer, AskKind::Offer) => Some(AskState::Countered),
            (MoveRole::Reason, _) => None,
        }
    }

    /// The latest answer of each party, if several are asked. What the asker drops, and an answer without an actor, hold for
    /// all.
    fn by_party(&self, moves: &Moves, decided: &[(PassageIndex, AskState)]) -> Vec<(ActorId, AskState)> {
        if self.asked.len() < 2 || decided.is_empty() {
            return Vec::new();
        }
        let holds_for = |(passage, state): &(PassageIndex, AskState), party: ActorId| {
            let parties = moves.actors().parties(moves.get(*passage).actors);
            *state == AskState::Dropped || parties.is_empty() || parties.contains(&party)
        };
        let of = |party: ActorId| {
            let latest = decided.iter().rev().find(|answer| holds_for(answer, party));
            (party, latest.map_or(AskState::Open, |(_, state)| *state))
        };
        self.asked.iter().map(|party| of(*party)).collect()
    }
}

/// True if two sets of parties have a common one.
pub(super) fn meet(one: &[ActorId], other: &[ActorId]) -> bool {
    one.iter().any(|party| other.contains(party))
}

/// The state of an ask, from those of the parties that were asked, if there are several.
fn joint_state(parties: &[(ActorId, AskState)], latest: AskState) -> AskState {
    let mut states = parties.iter().map(|(_, state)| *state);
    match states.next() {
        None => latest,
        Some(first) if states.clone().all(|state| state == first) => first,
        Some(first) => {
            let is_agreed = |state: AskState| matches!(state, AskState::Met | AskState::Half);
            if is_agreed(first) || states.any(is_agreed) { AskState::Half } else { latest }
        }
    }
}

/// The agreement that there was before.
fn was(state: AskState, decided: &[(PassageIndex, AskState)]) -> Option<AskState> {
    let is_lost = match state {
        AskState::Refused | AskState::Countered | AskState::Dropped => true,
        AskState::Open | AskState::Met | AskState::Half | AskState::Otherwise => false,
    };
    let agreed = [AskState::Met, AskState::Half];
    agreed.into_iter().find(|wanted| is_lost && decided.iter().any(|(_, state)| state == wanted))
}

/// Days from an ask to its answer. Both days must be known, and within one document both passages must carry a date of their
/// own, since a document that reports both says nothing about the time between them.
fn delay(ask: &Passage, answer: &Passage) -> Delay {
    let day = |passage: &Passage| passage.date()?.known_day();
    let (Some(from), Some(to)) = (day(ask), day(answer)) else { return Delay::Unknown };
    let is_measured = ask.document != answer.document || (ask.when.is_some() && answer.when.is_some());
    match to.0 - from.0 {
        _ if !is_measured => Delay::Unknown,
        days if days < 0 => Delay::Negative,
        days => Delay::Days(days),
    }
}
