//! Names of kinds, and numbers with their nouns.

use crate::views::Kind;
use demarche_model::MoveRole;

/// A row or column without a value.
pub(crate) fn not_specified() -> String {
    "not specified".to_owned()
}

impl Kind {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Role(MoveRole::Demand) => "demand",
            Self::Role(MoveRole::Offer) => "offer",
            Self::Role(MoveRole::Concession) => "concession",
            Self::Role(MoveRole::Commitment) => "commitment",
            Self::Role(MoveRole::Acceptance) => "acceptance",
            Self::Role(MoveRole::Rejection) => "rejection",
            Self::Role(MoveRole::Threat) => "threat",
            Self::Role(MoveRole::Withdrawal) => "withdrawal",
            Self::Role(MoveRole::Reason) => "reason",
            Self::Role(MoveRole::DeedPlus) => "cooperative act",
            Self::Role(MoveRole::DeedMinus) => "coercive act",
            Self::Condition => "condition",
            Self::Recommendation => "recommendation",
            Self::None => "no role",
        }
    }
}

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {}", plural(noun)),
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with("ch") => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}
