//! Figures of the ledger.

use super::tally::TallyLists;
use super::{Scope, Tally};
use crate::bargain::{Ask, AskKind, AskState, Delay, Ledger, PassageIndex, PassageSet, Rules};

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
        let mut lists = Lists::default();
        let [mut demands, mut offers] = <[TallyLists; 2]>::default();
        let mut delays = Vec::new();
        for ask in scope.asks(ledger) {
            let is_apart = rules.is_asked_apart(ask);
            match ask.kind {
                _ if is_apart => {}
                AskKind::Demand => demands.add(ask),
                AskKind::Offer => offers.add(ask),
            }
            lists.add(ask, is_apart, &rules);
            delays.extend(ask.delay_days().filter(|_| !is_apart).map(|days| (days, ask.id())));
        }
        delays.sort_unstable();
        let set = |list: Vec<PassageIndex>| list.into_iter().collect::<PassageSet>();
        let [demands_with_candidates, offers_with_candidates] = lists.with_candidates.map(set);
        Self {
            demands: demands.into(),
            offers: offers.into(),
            demands_with_candidates,
            offers_with_candidates,
            conditions: set(lists.conditions),
            recommendations: set(lists.recommendations),
            delays,
            answered_before: set(lists.answered_before),
        }
    }

    /// Median days from an ask to its first deciding answer; n is the number of [`Self::delays`].
    pub fn median_delay(&self) -> Option<f64> {
        let last = self.delays.len().checked_sub(1)?;
        let middle = [last / 2, self.delays.len() / 2].map(|at| self.delays[at].0);
        Some((middle[0] + middle[1]) as f64 / 2.0)
    }
}

/// The first passages of asks, as they are found.
#[derive(Default)]
struct Lists {
    /// Open demands and open offers with possible answers.
    with_candidates: [Vec<PassageIndex>; 2],
    conditions: Vec<PassageIndex>,
    recommendations: Vec<PassageIndex>,
    answered_before: Vec<PassageIndex>,
}

impl Lists {
    fn add(&mut self, ask: &Ask, is_apart: bool, rules: &Rules) {
        if ask.state == AskState::Open && !is_apart && !ask.candidates.is_empty() {
            self.with_candidates[usize::from(ask.kind == AskKind::Offer)].push(ask.id());
        }
        if rules.is_asked_condition(ask) {
            self.conditions.push(ask.id());
        } else if rules.is_asked_recommendation(ask) {
            self.recommendations.push(ask.id());
        }
        if ask.delay == Delay::Negative && !is_apart {
            self.answered_before.push(ask.id());
        }
    }
}
