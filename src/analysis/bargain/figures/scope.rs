//! The moves that a figure is about.

use crate::bargain::{
    ActorId, ActorSetId, Ask, Collectives, Ledger, Moves, Passage, PassageIndex, Persons, Rules,
};

/// The moves that a figure is about: those of a reading that pass a filter, under the rules for all views.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The moves.
    pub moves: &'a Moves,
    /// The rules.
    pub rules: Rules,
    /// The passages that pass the filter; `None` for all.
    pub passing: Option<&'a [bool]>,
    /// The moves among them that count; `None` if there are no duplicates to leave out.
    pub counting: Option<&'a [bool]>,
}

impl<'a> Scope<'a> {
    /// All moves of a reading, under the rules of the start.
    pub fn of_all(moves: &'a Moves) -> Self {
        Self { moves, rules: Rules::default(), passing: None, counting: None }
    }

    /// The passages that pass the filter, moves or not, by document and place in the text.
    pub fn passages(self) -> impl Iterator<Item = (PassageIndex, &'a Passage)> {
        self.moves.iter().filter(move |(index, _)| is_in(self.passing, *index))
    }

    /// The moves that count, by document and place in the text.
    pub fn moves(self) -> impl Iterator<Item = (PassageIndex, &'a Passage)> {
        let counts = move |passage: &Passage| self.rules.counted.counts(passage);
        self.passages().filter(move |(index, passage)| counts(passage) && is_in(self.counting, *index))
    }

    /// The asks whose earliest statement counts, the earliest first: it speaks for all.
    pub fn asks(self, ledger: &Ledger) -> impl Iterator<Item = &Ask> {
        ledger.asks().filter(move |ask| is_in(self.passing, ask.id()) && is_in(self.counting, ask.id()))
    }

    /// The actors of a move, in the form that the rules say.
    pub fn actors(self, passage: &Passage) -> &'a [ActorId] {
        self.moves.actors().members(self.actor_set(passage))
    }

    /// The targets of a move, in the form that the rules say.
    pub fn targets(self, passage: &Passage) -> &'a [ActorId] {
        self.moves.actors().members(self.target_set(passage))
    }

    /// The set of actors of a move, in the form that the rules say.
    pub fn actor_set(self, passage: &Passage) -> ActorSetId {
        self.shown([passage.actors, passage.persons])
    }

    /// The set of targets of a move, in the form that the rules say.
    pub fn target_set(self, passage: &Passage) -> ActorSetId {
        self.shown([passage.targets, passage.target_persons])
    }

    fn shown(self, [parties, persons]: [ActorSetId; 2]) -> ActorSetId {
        let set = match self.rules.persons {
            Persons::Party => parties,
            Persons::Separately => persons,
        };
        match self.rules.collectives {
            Collectives::AsTagged => set,
            Collectives::Members => self.moves.actors().as_members(set),
        }
    }
}

/// True if a column has a passage; there is no column where all are in it.
fn is_in(column: Option<&[bool]>, index: PassageIndex) -> bool {
    column.is_none_or(|column| column.get(index.get()).copied().unwrap_or(false))
}
