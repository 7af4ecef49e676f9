//! Demands and offers: what is still open.

mod answer;

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{Answer, Look};
use crate::bargain::{ActorId, ActorSetId, Ask, AskFigures, Collectives, IssueSetId, PassageIndex};
use crate::codes::codes;

/// What the view of demands and offers is asked. The day as of which it is drawn up, and the window of possible answers, are
/// those of the ledger.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct AsksOptions {
    /// What the asks are grouped by.
    pub groups: AskGroups,
}

/// What asks are grouped by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum AskGroups {
    /// Who asks whom.
    #[default]
    Dyad,
    /// The issue.
    Issue,
}

codes! {
    AskGroups { Dyad = "dyad", Issue = "issue" }
}

/// Demands and offers with their outcomes.
#[derive(Clone, PartialEq, Debug)]
pub struct AsksView {
    /// What it was asked.
    pub options: AsksOptions,
    /// The groups. Those without an addressee, the conditions and the recommendations are the last.
    pub groups: Vec<AskGroup>,
    /// The figures.
    pub figures: AskFigures,
    answer: Answer,
}

/// A group of asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskGroup {
    /// What it holds.
    pub key: AskGroupKey,
    /// Its heading.
    pub title: String,
    /// The first passages of its asks, the earliest first; [`Ledger::ask`](crate::bargain::Ledger::ask) finds each.
    pub asks: Vec<PassageIndex>,
}

/// What a group of asks holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AskGroupKey {
    /// Asks of some actors to others.
    Dyad(ActorSetId, ActorSetId),
    /// Asks about issues.
    Issue(IssueSetId),
    /// Asks of which nobody is the addressee.
    NoAddressee,
    /// Conditions, which are closed at the start.
    Conditions,
    /// Recommendations, likewise.
    Recommendations,
}

impl AskGroupKey {
    /// True if the group is closed at the start.
    pub fn is_closed(self) -> bool {
        match self {
            Self::Conditions | Self::Recommendations => true,
            Self::Dyad(..) | Self::Issue(_) | Self::NoAddressee => false,
        }
    }

    fn of(look: &Look<'_>, ask: &Ask, groups: AskGroups) -> Self {
        let (asker, asked) = look.parties(ask);
        match groups {
            _ if look.rules.is_asked_condition(ask) => Self::Conditions,
            _ if look.rules.is_asked_recommendation(ask) => Self::Recommendations,
            _ if asked == ActorSetId::EMPTY => Self::NoAddressee,
            AskGroups::Dyad => Self::Dyad(asker, asked),
            AskGroups::Issue => Self::Issue(ask.issues),
        }
    }
}

impl AsksView {
    /// Groups the asks of which the first passage passes.
    pub fn of(look: &Look<'_>, options: AsksOptions) -> Self {
        let mut groups: BTreeMap<AskGroupKey, Vec<PassageIndex>> = BTreeMap::new();
        for ask in look.asks() {
            groups.entry(AskGroupKey::of(look, ask, options.groups)).or_default().push(ask.id());
        }
        let mut groups: Vec<AskGroup> = groups
            .into_iter()
            .map(|(key, asks)| AskGroup { key, title: look.ask_group_title(key), asks })
            .collect();
        groups.sort_by_cached_key(|group| look.ask_group_order(group.key));
        let figures = AskFigures::of(look.scope(), look.basis.ledger);
        let mut view = Self { options, groups, figures, answer: Answer::default() };
        view.answer = view.make_answer(look);
        view
    }

    /// What the view says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

impl Look<'_> {
    fn ask_group_title(&self, key: AskGroupKey) -> String {
        use crate::words::views::asks as words;
        match key {
            AskGroupKey::Dyad(asker, asked) => words::dyad(&self.names(asker), &self.names(asked)),
            AskGroupKey::Issue(issues) => self.issue_names(issues).to_string(),
            AskGroupKey::NoAddressee => words::NO_ADDRESSEE.to_owned(),
            AskGroupKey::Conditions => words::CONDITIONS.to_owned(),
            AskGroupKey::Recommendations => words::RECOMMENDATIONS.to_owned(),
        }
    }

    /// Groups in the order of the lists of actors and issues, those that are not specified last.
    fn ask_group_order(&self, key: AskGroupKey) -> (usize, Vec<usize>, Vec<usize>) {
        let moves = self.basis.moves;
        let actors = |set| -> Vec<usize> { moves.actors().members(set).iter().map(|id| id.get()).collect() };
        let last = |ids: &[usize]| usize::from(ids.is_empty());
        match key {
            AskGroupKey::Dyad(asker, asked) => {
                let (asker, asked) = (actors(asker), actors(asked));
                (last(&asker), asker, asked)
            }
            AskGroupKey::Issue(issues) => {
                let ids: Vec<usize> = moves.issues().members(issues).iter().map(|id| id.get()).collect();
                (last(&ids), ids, Vec::new())
            }
            AskGroupKey::NoAddressee => (2, Vec::new(), Vec::new()),
            AskGroupKey::Conditions => (3, Vec::new(), Vec::new()),
            AskGroupKey::Recommendations => (4, Vec::new(), Vec::new()),
        }
    }

    /// Who asks and who is asked, in the form that the rules say. With members, nobody asks themselves alone.
    pub fn parties(&self, ask: &Ask) -> (ActorSetId, ActorSetId) {
        let first = self.get(ask.id());
        let (asker, asked) = (self.actor_set(first), self.target_set(first));
        let actors = self.basis.moves.actors();
        let is_asker = |actor: &ActorId| actors.members(asker).contains(actor);
        let is_split = self.rules.collectives == Collectives::Members;
        let is_self = is_split && actors.members(asked).iter().all(is_asker);
        (asker, if is_self { ActorSetId::EMPTY } else { asked })
    }

    /// The names of a set of actors, or that they are not specified.
    pub fn names(&self, set: ActorSetId) -> SmolStr {
        join(self.basis.moves.actors().names(set))
    }

    /// The names of a set of issues, or that they are not specified.
    pub fn issue_names(&self, set: IssueSetId) -> SmolStr {
        join(self.basis.moves.issues().names(set))
    }
}

fn join<'n>(mut names: impl Iterator<Item = &'n str>) -> SmolStr {
    match (names.next(), names.next()) {
        (None, _) => crate::words::views::not_specified().into(),
        (Some(name), None) => name.into(),
        (Some(first), Some(second)) => {
            [first, second].into_iter().chain(names).collect::<Vec<_>>().join(", ").into()
        }
    }
}
