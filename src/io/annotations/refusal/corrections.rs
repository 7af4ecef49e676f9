//! Reasons for which a row of a corrected table is not followed.

use thiserror::Error;

use crate::ProblemKind;
use demarche_model::AnnotatorId;

/// A fault of a row in a corrected table.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(in crate::annotations) enum CorrectionFault {
    #[error("the row has no id of a passage; new passages can't be made in a table")]
    NoId,
    #[error("the project has no passage with the id `{0}`; the row was left out")]
    UnknownId(String),
    #[error("row {first} says something else about the same passage; none of the two was followed")]
    TwoRows { first: usize },
    #[error("the passage is one of {0}, who alone can change it")]
    Others(AnnotatorId),
    #[error("the text of the passage can't be read; fix that first")]
    Unread,
    #[error("the passage has other words than “{0}”; the rows may be mixed up, so this one was left out")]
    OtherWords(String),
    #[error("the passage was changed on {now}, after this table was written ({written}); export it again")]
    Newer { now: String, written: String },
    #[error("the codebook has no category “{0}”; correct the row, or add the category first")]
    Category(String),
    #[error("the row names two categories; change one of the two columns alone")]
    TwoCategories,
    #[error(
        "“{value}” is no value of “{attribute}”; correct the cell, or add the value to the codebook first"
    )]
    Value { attribute: String, value: String },
    #[error("a cell of the row has 32,767 characters, where spreadsheets cut; shorten it")]
    Cut,
}

impl CorrectionFault {
    /// Returns the kind of problem.
    pub(super) fn kind(&self) -> ProblemKind {
        match self {
            Self::NoId | Self::UnknownId(_) | Self::TwoCategories | Self::Cut => ProblemKind::Malformed,
            Self::TwoRows { .. } => ProblemKind::DuplicateId,
            Self::Others(_) | Self::Newer { .. } => ProblemKind::NotImported,
            Self::Unread => ProblemKind::Unreadable,
            Self::OtherWords(_) => ProblemKind::QuoteMismatch,
            Self::Category(_) => ProblemKind::UnknownCategory,
            Self::Value { .. } => ProblemKind::AttributeValue,
        }
    }
}
