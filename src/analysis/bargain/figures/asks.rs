//! Figures of the ledger.

use super::{Scope, Tally};
use crate::bargain::{Ask, AskKind, AskState, Delay, Ledger, PassageIndex, PassageSet};

/// What became of the demands and offers. Demands and offers are never added up.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AskFigures {
    /// The demands, without conditions and recommendations.
    pub demands: Tally,
    /// The offers.
    pub offers: Tally,
    /// The open demands that have possible answers.
    pub demands_with_candidates: PassageSet,
    /// The open offers that have possible answers.
    pub offers_with_candidates: PassageSet,
    /// The conditions of offers and threats that are listed apart.
    pub conditions: PassageSet,
    /// The recommendations of observers that are listed apart and are no conditions.
    pub recommendations: PassageSet,
    /// The asks whose first deciding answer is dated, with the days that it took, the shortest first.
    pub delays: Vec<(i64, PassageIndex)>,
    /// The asks whose first deciding answer is dated before them. They have no delay.
    pub answered_before: PassageSet,
}

impl AskFigures {
    /// The figures of the asks in a scope.
    pub fn of(scope: Scope<'_>, ledger: &Ledger) -> Self {
        let rules = scope.rules;
        let asks: Vec<&Ask> = scope.asks(ledger).collect();
        let of = |kind: AskKind| asks.iter().copied().filter(move |ask| ask.kind == kind);
        let set = |keep: &dyn Fn(&Ask) -> bool| -> PassageSet {
            asks.iter().filter(|ask| keep(ask)).map(|ask| ask.id()).collect()
        };
        let waits = |ask: &Ask, kind| {
            ask.kind == kind
                && ask.state == AskState::Open
                && !rules.is_asked_apart(ask)
                && !ask.candidates.is_empty()
        };
        let own = asks.iter().filter(|ask| !rules.is_asked_apart(ask));
        let mut delays: Vec<_> = own.filter_map(|ask| Some((ask.delay_days()?, ask.id()))).collect();
        delays.sort_unstable();
        Self {
            demands: Tally::of(&rules, of(AskKind::Demand)),
            offers: Tally::of(&rules, of(AskKind::Offer)),
            demands_with_candidates: set(&|ask| waits(ask, AskKind::Demand)),
            offers_with_candidates: set(&|ask| waits(ask, AskKind::Offer)),
            conditions: set(&|ask| rules.is_asked_condition(ask)),
            recommendations: set(&|ask| rules.is_asked_recommendation(ask) && !rules.is_asked_condition(ask)),
            delays,
            answered_before: set(&|ask| ask.delay == Delay::Negative && !rules.is_asked_apart(ask)),
        }
    }

    /// Median days from an ask to its first deciding answer; n is the number of [`Self::delays`].
    pub fn median_delay(&self) -> Option<f64> {
        let last = self.delays.len().checked_sub(1)?;
        let middle = [last / 2, self.delays.len() / 2].map(|at| self.delays[at].0);
        Some((middle[0] + middle[1]) as f64 / 2.0)
    }
}
