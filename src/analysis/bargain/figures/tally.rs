//! Outcomes of asks, counted.

use crate::bargain::{Ask, AskState, PassageIndex, PassageSet, Rules};

/// Number of asks by outcome. An ask counts once, however often it is stated; its first passage stands for it. Conditions
/// and recommendations are not among them, unless the rules say so.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tally {
    states: [PassageSet; AskState::ALL.len()],
}

/// The asks of a tally by outcome, as they are found.
#[derive(Default)]
pub(super) struct TallyLists([Vec<PassageIndex>; AskState::ALL.len()]);

impl TallyLists {
    pub fn add(&mut self, ask: &Ask) {
        let known = AskState::ALL.iter().zip(&mut self.0).find(|(state, _)| **state == ask.state);
        if let Some((_, list)) = known {
            list.push(ask.id());
        }
    }
}

impl From<TallyLists> for Tally {
    fn from(lists: TallyLists) -> Self {
        Self { states: lists.0.map(|list| list.into_iter().collect()) }
    }
}

impl Tally {
    /// The tally of asks. Conditions and recommendations are left out, unless the rules say that they are demands.
    pub fn of<'a>(rules: &Rules, asks: impl Iterator<Item = &'a Ask>) -> Self {
        let mut lists = TallyLists::default();
        asks.filter(|ask| !rules.is_asked_apart(ask)).for_each(|ask| lists.add(ask));
        lists.into()
    }

    /// The asks with an outcome.
    pub fn with(&self, state: AskState) -> &PassageSet {
        let place = AskState::ALL.iter().position(|known| *known == state).unwrap_or_default();
        &self.states[place]
    }

    /// Each outcome with its asks.
    pub fn states(&self) -> impl Iterator<Item = (AskState, &PassageSet)> {
        AskState::ALL.into_iter().zip(&self.states)
    }

    /// All asks.
    pub fn all(&self) -> PassageSet {
        self.states.iter().flat_map(PassageSet::iter).collect()
    }

    /// Number of asks.
    pub fn len(&self) -> usize {
        self.states.iter().map(PassageSet::len).sum()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
