//! Words for [`TaskLoss`].

use crate::loss::TaskLoss;
use crate::words::Noun;

impl TaskLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::TextLabels => ("label on a whole text", "labels on whole texts"),
            Self::TextComments => ("comment on a whole text", "comments on whole texts"),
            Self::TextCategories => ("category of a whole text", "categories of whole texts"),
            Self::TextChoices => ("choice about a whole text", "choices about whole texts"),
            Self::TextAnswers => {
                ("choice or answer about a whole text", "choices and answers about whole texts")
            }
            Self::FreeAnswers => ("free-text answer", "free-text answers"),
            Self::ChoiceOptions => ("list of options", "lists of options"),
            Self::ResourceAnnotations => ("annotation of a whole resource", "annotations of whole resources"),
            Self::TokenGrammar => {
                ("text with grammatical tags on its tokens", "texts with grammatical tags on their tokens")
            }
            Self::SkippedAnnotations => ("skipped annotation", "skipped annotations"),
            Self::Predictions => ("model prediction", "model predictions"),
            Self::RejectedSpans => ("rejected or ignored span", "rejected or ignored spans"),
            Self::OtherRegions => ("region that is not in plain text", "regions that are not in plain text"),
            Self::UnknownResults => (
                "result of a type that Demarche does not have",
                "results of types that Demarche does not have",
            ),
        };
        Noun::new(one, many)
    }
}
