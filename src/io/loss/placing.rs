//! Things of a labelled file that do not become what they are there.

use serde::{Deserialize, Serialize};

use super::Effect;

/// Things of a labelled file that do not become what they are there: they do not fit, or the user leaves them out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlacingLoss {
    /// Values that do not fit their attributes, kept as texts.
    WrongValues,
    /// Passages of categories that the user has left out.
    LeftOutPassages,
    /// Links of such passages, or of kinds that the user has left out.
    LeftOutLinks,
    /// Values of attributes, actors and issues that the user has left out.
    LeftOutValues,
    /// Passages whose words are at several places.
    AmbiguousPassages,
    /// Memos without an author, or on what was not imported.
    LooseMemos,
}

impl PlacingLoss {
    pub(super) fn effect(&self) -> Effect {
        match self {
            Self::WrongValues => Effect::Kept,
            Self::LeftOutPassages
            | Self::LeftOutLinks
            | Self::LeftOutValues
            | Self::AmbiguousPassages
            | Self::LooseMemos => Effect::LeftOut,
        }
    }
}
