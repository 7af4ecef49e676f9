//! The moves that a figure is about.

use crate::bargain::{ActorId, ActorSetId, Ask, Counted, Ledger, Moves, Passage, PassageIndex, PassageSet};

/// Collective actors, such as "Both parties".
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Collectives {
    /// As they are tagged.
    #[default]
    AsTagged,
    /// As their members, each on their own.
    Members,
}

/// The moves that a figure is about: those of a reading that pass a filter.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The moves.
    pub moves: &'a Moves,
    /// The passages that count as moves.
    pub counted: Counted,
    /// The passages that pass the filter; `None` for all.
    pub passing: Option<&'a PassageSet>,
    /// How collective actors are counted.
    pub collectives: Collectives,
}

impl<'a> Scope<'a> {
    /// All moves of a reading, with collectives as they are tagged.
    pub fn of_all(moves: &'a Moves) -> Self {
        Self { moves, counted: Counted::default(), passing: None, collectives: Collectives::AsTagged }
    }

    /// The passages that pass the filter, moves or not, by document and place in the text.
    pub fn passages(self) -> impl Iterator<Item = (PassageIndex, &'a Passage)> {
        self.moves.iter().filter(move |(index, _)| self.passes(*index))
    }

    /// The moves that pass the filter, by document and place in the text.
    pub fn moves(self) -> impl Iterator<Item = (PassageIndex, &'a Passage)> {
        self.passages().filter(move |(_, passage)| self.counted.counts(passage))
    }

    /// The asks that pass the filter, the earliest first. The earliest statement of an ask speaks for all.
    pub fn asks(self, ledger: &Ledger) -> impl Iterator<Item = &Ask> {
        ledger.asks().filter(move |ask| self.passes(ask.id()))
    }

    /// True if a passage passes the filter.
    pub fn passes(self, passage: PassageIndex) -> bool {
        self.passing.is_none_or(|passing| passing.contains(passage))
    }

    /// The actors of a set, or the parties that they stand for.
    pub fn actors(self, set: ActorSetId) -> &'a [ActorId] {
        match self.collectives {
            Collectives::AsTagged => self.moves.actors().members(set),
            Collectives::Members => self.moves.actors().parties(set),
        }
    }
}
