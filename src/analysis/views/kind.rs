//! The kinds of moves that figures keep apart.

use super::Rules;
use crate::bargain::Passage;
use demarche_model::MoveRole;

/// The kind of a move: its role, where conditions and recommendations are apart from demands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A role.
    Role(MoveRole),
    /// A demand inside an offer or threat of the same actor.
    Condition,
    /// A demand of observers alone.
    Recommendation,
    /// No role.
    None,
}

impl Kind {
    /// Number of kinds.
    pub(super) const COUNT: usize = MoveRole::ALL.len() + 3;

    /// All kinds, in the order of figures and tables.
    pub fn all() -> impl Iterator<Item = Self> {
        MoveRole::ALL.into_iter().map(Self::Role).chain([Self::Condition, Self::Recommendation, Self::None])
    }

    /// The kind of a passage.
    pub fn of(passage: &Passage, rules: &Rules) -> Self {
        if rules.is_condition(passage) {
            Self::Condition
        } else if rules.is_recommendation(passage) {
            Self::Recommendation
        } else {
            passage.role.map_or(Self::None, Self::Role)
        }
    }

    /// Its code, in files; `None` without a role.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Role(role) => Some(role.code()),
            Self::Condition => Some("condition"),
            Self::Recommendation => Some("recommendation"),
            Self::None => None,
        }
    }

    /// The role, if it counts in scores and rates.
    pub fn role(self) -> Option<MoveRole> {
        match self {
            Self::Role(role) => Some(role),
            Self::Condition | Self::Recommendation | Self::None => None,
        }
    }

    /// True for a condition or recommendation, which counts neither as hard nor in scores, rates and sequences.
    pub fn is_derived(self) -> bool {
        match self {
            Self::Condition | Self::Recommendation => true,
            Self::Role(_) | Self::None => false,
        }
    }

    /// Its place among all kinds.
    pub(super) fn place(self) -> usize {
        match self {
            Self::Role(role) => role as usize,
            Self::Condition => MoveRole::ALL.len(),
            Self::Recommendation => MoveRole::ALL.len() + 1,
            Self::None => MoveRole::ALL.len() + 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_the_place_of_their_order() {
        assert!(Kind::all().enumerate().all(|(at, kind)| kind.place() == at));
        assert_eq!(Kind::all().count(), Kind::COUNT);
        assert!(Kind::all().is_sorted());
    }
}
