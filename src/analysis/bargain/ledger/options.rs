//! What the ledger is asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::bargain::{Counted, Passage};
use crate::summary::Day;
use demarche_model::SpanId;

/// What the ledger is asked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LedgerOptions {
    /// The passages that count as moves.
    pub counted: Counted,
    /// How far possible answers are looked for.
    pub window: Window,
    /// The day as of which the ledger is drawn up: a passage that was certainly made or reported later is as if it were not
    /// there. `None` for the end of the corpus.
    pub as_of: Option<Day>,
    /// Pairs of an ask and a move that somebody has dismissed as its answer.
    pub dismissed: Arc<BTreeSet<(SpanId, SpanId)>>,
}

/// How far possible answers are looked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Window {
    /// In the next documents in which a party that was asked has a later move of its own, the ask's document included.
    Documents(usize),
    /// In this many days.
    Days(i64),
    /// Everywhere.
    All,
}

impl Default for Window {
    fn default() -> Self {
        Self::Documents(3)
    }
}

impl LedgerOptions {
    /// True if a passage is not certainly later than the day as of which the ledger is drawn up.
    pub(super) fn is_in_time(&self, passage: &Passage) -> bool {
        !matches!((self.as_of, passage.order_date), (Some(as_of), Some(days)) if days.first > as_of)
    }

    /// True if a passage counts as a move, and is in time.
    pub(super) fn is_move(&self, passage: &Passage) -> bool {
        self.counted.counts(passage) && self.is_in_time(passage)
    }
}
