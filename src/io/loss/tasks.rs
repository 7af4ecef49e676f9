//! Things of an annotation tool's tasks that a project can't hold.

use serde::{Deserialize, Serialize};

/// Things of an annotation tool's tasks that a project can't hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskLoss {
    TextLabels,
    TextComments,
    TextCategories,
    TextChoices,
    TextAnswers,
    FreeAnswers,
    ChoiceOptions,
    ResourceAnnotations,
    TokenGrammar,
    SkippedAnnotations,
    Predictions,
    RejectedSpans,
    /// Regions of HTML, pictures, sound and the like.
    OtherRegions,
    UnknownResults,
}
