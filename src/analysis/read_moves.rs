//! The moves of a reading with their ledger, and those of them that pass a filter.

use crate::bargain::{Collectives, Ledger, LedgerOptions, Moves, PassageSet, Reading};
use crate::filter::{Bound, Cache, Corpus, FactSettings, MoveFacts};
use demarche_model::{Project, Visibility};

/// The moves of a reading.
#[derive(Clone, Debug)]
pub struct ReadMoves {
    /// The moves.
    pub moves: Moves,
    /// What became of the demands and offers among them.
    pub ledger: Ledger,
    /// The passages that pass the filter; `None` for all.
    pub selected: Option<PassageSet>,
}

impl ReadMoves {
    /// Reads the moves, and finds those that pass a filter.
    pub fn of(
        project: &Project,
        (reading, visible): (&Reading, &Visibility),
        bound: Option<&Bound>,
        options: &LedgerOptions,
        collectives: Collectives,
    ) -> Self {
        let moves = Moves::of(project, reading);
        let ledger = Ledger::of(&moves, options.clone());
        let select = |bound: &Bound| {
            let settings = FactSettings {
                ledger: options.clone(),
                has_members: collectives == Collectives::Members,
                ..FactSettings::default()
            };
            let facts = MoveFacts::new(project, visible, [(&moves, &ledger)], settings);
            let corpus = Corpus { project, visible, facts: &facts };
            Cache::default().in_reading(bound, corpus, &moves).passages
        };
        let selected = bound.map(select);
        Self { moves, ledger, selected }
    }
}
