//! The rules that hold for all views of the screen.

use crate::bargain::{Collectives, Counted};

/// The rules that hold for all views, as the chips of the screen set them.
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

macro_rules! codes {
    ($($name:ident { $($variant:ident = $code:literal),+ $(,)? })+) => {$(
        impl $name {
            /// All, in the order of the interface.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its code, in views and on the command line.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }

            /// The one with a code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    )+};
}

pub(super) use codes;

codes! {
    Collectives { AsTagged = "as-they-are", Members = "members" }
    Persons { Party = "party", Separately = "separately" }
    Duplicates { All = "all", PerDocument = "document", PerBin = "bin", PerChain = "chain" }
}
