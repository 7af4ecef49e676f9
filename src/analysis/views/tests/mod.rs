//! Views of small projects, and laws that hold for random ones.

pub(crate) mod builder;
mod chips;
mod edge_cases;
mod examples;
pub(crate) mod laws;

use std::collections::BTreeMap;

use super::{Basis, Look, Rules, Sizes};
use crate::bargain::{
    BinWidth, Bins, Counted, Ledger, LedgerOptions, Moves, PassageSet, Reading, ReportedAt, Scale, Weights,
};
use demarche_model::{Project, Visibility};

/// Everything that a look borrows.
#[derive(Debug)]
pub(crate) struct Tables {
    project: Project,
    pub(crate) moves: Moves,
    ledger: Ledger,
    weights: Weights,
    bins: Bins,
    sizes: Sizes,
}

impl Tables {
    pub(crate) fn of(project: Project, width: BinWidth) -> Self {
        let reading = Reading::of_coder("ana".into(), Visibility::default());
        let moves = Moves::of(&project, &reading);
        Self {
            ledger: Ledger::of(&moves, LedgerOptions::default()),
            weights: Weights::new(project.codebook(), Scale::Sign, &BTreeMap::new()),
            bins: Bins { width, phases: Vec::new(), reported: ReportedAt::default() },
            sizes: Sizes::of(&project),
            moves,
            project,
        }
    }

    /// Counts other passages as moves.
    fn count(&mut self, counted: Counted) {
        self.ledger = Ledger::of(&self.moves, LedgerOptions { counted, ..LedgerOptions::default() });
    }

    fn look(&self) -> Look<'_> {
        self.look_with(Rules::default(), None)
    }

    pub(crate) fn look_with(&self, rules: Rules, selected: Option<&PassageSet>) -> Look<'_> {
        let basis = Basis {
            project: &self.project,
            moves: &self.moves,
            ledger: &self.ledger,
            weights: &self.weights,
            bins: &self.bins,
            sizes: &self.sizes,
        };
        Look::new(basis, rules, selected)
    }
}
