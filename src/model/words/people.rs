//! Names of roles, and of the consensus.

use crate::Role;

/// The name of the owner of the consensus layers.
pub(crate) const CONSENSUS: &str = "Consensus";

impl Role {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Annotator => "annotator",
            Self::Reviewer => "reviewer",
            Self::Lead => "lead",
        }
    }
}
