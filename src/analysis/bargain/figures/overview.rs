//! What was counted, and what was not.

use super::Scope;
use crate::bargain::{ActorSetId, IssueSetId, Passage, PassageSet, Weights};

/// The passages of a scope: what was counted, and what was not.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Overview {
    /// All passages that pass the filter.
    pub passages: PassageSet,
    /// Those that count as moves.
    pub moves: PassageSet,
    /// Those left out because the text says that the move was not made.
    pub denied: PassageSet,
    /// Those left out because the move is only imagined.
    pub hypothetical: PassageSet,
    /// The moves that depend on something.
    pub conditional: PassageSet,
    /// The moves that are conditions of an offer or threat.
    pub conditions: PassageSet,
    /// The moves that are recommendations of observers, and no conditions.
    pub recommendations: PassageSet,
    /// The moves that a document reports without saying when they were made.
    pub reported: PassageSet,
    /// The moves whose place in the text is lost.
    pub without_place: PassageSet,
    /// The moves that lack a value.
    pub not_stated: NotStated,
}

/// The moves that lack a value.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NotStated {
    /// Without an actor.
    pub actor: PassageSet,
    /// Without a target.
    pub target: PassageSet,
    /// Without an issue.
    pub issue: PassageSet,
    /// Without a known date.
    pub date: PassageSet,
    /// Of a category without a role.
    pub role: PassageSet,
    /// Of a category without a weight.
    pub weight: PassageSet,
}

impl Overview {
    /// The overview of a scope.
    pub fn of(scope: Scope<'_>, weights: &Weights) -> Self {
        let passages = |keep: &dyn Fn(&Passage) -> bool| -> PassageSet {
            scope.passages().filter(|(_, passage)| keep(passage)).map(|(index, _)| index).collect()
        };
        let moves = |keep: &dyn Fn(&Passage) -> bool| -> PassageSet {
            scope.moves().filter(|(_, passage)| keep(passage)).map(|(index, _)| index).collect()
        };
        let counted = scope.rules.counted;
        let has_weight: Vec<bool> =
            scope.moves.categories().map(|(_, id)| weights.value(id).is_some()).collect();
        Self {
            passages: passages(&|_| true),
            moves: moves(&|_| true),
            denied: passages(&|passage| passage.is_denied && !counted.denied),
            hypothetical: passages(&|passage| passage.is_hypothetical && !counted.hypothetical),
            conditional: moves(&|passage| passage.is_conditional),
            conditions: moves(&|passage| passage.is_condition),
            recommendations: moves(&|passage| passage.is_recommendation && !passage.is_condition),
            reported: moves(&|passage| passage.is_reported),
            without_place: moves(&|passage| passage.has_no_place),
            not_stated: NotStated {
                actor: moves(&|passage| passage.actors == ActorSetId::EMPTY),
                target: moves(&|passage| passage.targets == ActorSetId::EMPTY),
                issue: moves(&|passage| passage.issues == IssueSetId::EMPTY),
                date: moves(&|passage| passage.date().is_none()),
                role: moves(&|passage| passage.role.is_none()),
                weight: moves(&|passage| !has_weight.get(passage.category.get()).copied().unwrap_or(false)),
            },
        }
    }
}
