//! The figures of each actor, as a table.

mod answer;

use super::{Answer, Look};
use crate::bargain::{ActorFigures, Bins, Rounds, actor_figures};

/// The figures of each actor.
#[derive(Clone, PartialEq, Debug)]
pub struct ActorsView {
    /// The figures, in the order of the list of actors.
    pub actors: Vec<ActorFigures>,
    /// True if concessions are counted per phase, otherwise per document.
    pub by_phase: bool,
    answer: Answer,
}

impl ActorsView {
    /// Computes the figures of the moves that pass. Concessions are counted per phase where phases are defined.
    pub fn of(look: &Look<'_>) -> Self {
        let bins = look.basis.bins;
        let by_phase = !bins.phases.is_empty();
        let phases = Bins { width: crate::bargain::BinWidth::Phase, ..bins.clone() };
        let rounds = if by_phase { Rounds::Phases(&phases) } else { Rounds::Documents };
        let actors = actor_figures(look.scope(), look.basis.ledger, look.basis.weights, rounds);
        let mut view = Self { actors, by_phase, answer: Answer::default() };
        view.answer = view.make_answer(look);
        view
    }

    /// What the view says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}
