//! Differences between a project and an export of it that was read back.

use serde::{Deserialize, Serialize};

/// Differences between a project and an export of it that was read back.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadBackLoss {
    Documents,
    RefusedRecords,
    Annotators,
    Attributes,
    Notes,
    /// Values whose words came back, but not that they are numbers or flags: an empty project doesn't know.
    ValueKinds,
    NewPassages,
    /// Passages of one layer that became equal to another one, since they differed only in what the export lost.
    JoinedPassages,
}
