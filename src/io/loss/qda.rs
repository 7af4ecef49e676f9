//! Things of a REFI-QDA project that a Demarche project can't hold.

use serde::{Deserialize, Serialize};

/// Things of a REFI-QDA project that a Demarche project can't hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QdaLoss {
    DocumentCodes,
    SelectionsWithoutCode,
    MediaSelections,
    MediaFiles,
    PdfsWithoutText,
    RichTexts,
    UnattachedNotes,
    MissingNotes,
    /// Copies of notes that many passages share, beyond what a project should hold.
    ExcessNotes,
    VariableValues,
    DocumentDescriptions,
    ProjectDescriptions,
    Cases,
    Sets,
    Maps,
}
