//! Words for [`TaskLoss`].

use crate::loss::TaskLoss;
use crate::words::Noun;

impl TaskLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::TextLabels => ("label of whole texts", "labels of whole texts"),
            Self::TextComments => ("comments on whole text", "comments on whole texts"),
            Self::TextCategories => ("category of whole texts", "categories of whole texts"),
            Self::TextChoices => ("choices for whole text", "choices for whole texts"),
            Self::TextAnswers => ("choice or answers for whole text", "choices and answers for whole texts"),
            Self::FreeAnswers => ("free answer", "free answers"),
            Self::ChoiceOptions => ("option of choices", "options of choices"),
            Self::ResourceAnnotations => ("annotation of whole resources", "annotations of whole resources"),
            Self::TokenGrammar => ("text with grammar on their tokens", "texts with grammar on their tokens"),
            Self::SkippedAnnotations => ("annotation that were skipped", "annotations that were skipped"),
            Self::Predictions => ("prediction of models", "predictions of models"),
            Self::RejectedSpans => (
                "span in tasks that were rejected or ignored",
                "spans in tasks that were rejected or ignored",
            ),
            Self::OtherRegions => {
                ("region in other things than plain texts", "regions in other things than plain texts")
            }
            Self::UnknownResults => {
                ("result of a kind that Demarche lacks", "results of a kind that Demarche lacks")
            }
        };
        Noun::new(one, many)
    }
}
