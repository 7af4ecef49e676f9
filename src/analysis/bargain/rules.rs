//! The rules that hold for all figures and views.

use super::{Ask, Counted, Passage};
use crate::codes::codes;

/// The rules that hold for all figures and views, as the chips of the screen set them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Rules {
    /// The passages that count as moves.
    pub counted: Counted,
    /// Collective actors.
    pub collectives: Collectives,
    /// Persons.
    pub persons: Persons,
    /// True if a condition counts as a demand.
    pub conditions_as_demands: bool,
    /// True if a recommendation counts as a demand.
    pub recommendations_as_demands: bool,
    /// Moves of the same category, actor, target and issue.
    pub duplicates: Duplicates,
}

/// Collective actors, such as "Both parties".
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Collectives {
    /// As they are tagged.
    #[default]
    AsTagged,
    /// As their members, each on their own.
    Members,
}

/// The form in which persons appear.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Persons {
    /// As their party.
    #[default]
    Party,
    /// By their own name.
    Separately,
}

/// How often moves of the same category, actor, target and issue count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Duplicates {
    /// Each.
    #[default]
    All,
    /// Once in a document.
    PerDocument,
    /// Once in a bin.
    PerBin,
    /// Once in a chain of repeats, whatever the roles.
    PerChain,
}

codes! {
    Collectives { AsTagged = "as-they-are", Members = "members" }
    Persons { Party = "party", Separately = "separately" }
    Duplicates { All = "all", PerDocument = "document", PerBin = "bin", PerChain = "chain" }
}

impl Rules {
    /// True if a passage counts with the offer or threat that holds it, and not as a demand.
    pub fn is_condition(&self, passage: &Passage) -> bool {
        passage.is_condition && !self.conditions_as_demands
    }

    /// True if a passage counts as a recommendation, and not as a demand.
    pub fn is_recommendation(&self, passage: &Passage) -> bool {
        passage.is_recommendation && !self.recommendations_as_demands
    }

    /// True for a condition or recommendation, which is a move but counts neither as hard nor in scores, rates, lists of
    /// demands and sequences.
    pub fn is_derived(&self, passage: &Passage) -> bool {
        self.is_condition(passage) || self.is_recommendation(passage)
    }

    /// True if an ask is listed as a condition, and not as a demand.
    pub fn is_asked_condition(&self, ask: &Ask) -> bool {
        ask.is_condition && !self.conditions_as_demands
    }

    /// True if an ask is listed as a recommendation, and not as a demand.
    pub fn is_asked_recommendation(&self, ask: &Ask) -> bool {
        ask.is_recommendation && !self.recommendations_as_demands
    }

    /// True if an ask is listed as a condition or recommendation, apart from demands.
    pub fn is_asked_apart(&self, ask: &Ask) -> bool {
        self.is_asked_condition(ask) || self.is_asked_recommendation(ask)
    }
}
