//! Losses: things that a format could not carry, counted by kind.
//!
//! There is one enum for each part of the crate that can lose something. Names for people are in `crate::words`.

mod annotations;
mod codebook;
mod database;
mod documents;
mod export;
mod placing;
mod qda;
mod ranges;
mod read_back;
mod tasks;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use annotations::AnnotationLoss;
pub use codebook::CodebookLoss;
pub use database::DatabaseLoss;
pub use documents::DocumentLoss;
pub use export::ExportLoss;
pub use placing::PlacingLoss;
pub use qda::QdaLoss;
pub use ranges::RangeLoss;
pub use read_back::ReadBackLoss;
pub use tasks::TaskLoss;

/// A kind of loss. The order of the variants is that of reports.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LossKind {
    /// Left out of the text of a document.
    Document(DocumentLoss),
    /// Left out of an import of annotations.
    Annotation(AnnotationLoss),
    /// Changed or left out where the content of a labelled file was placed in a project.
    Placing(PlacingLoss),
    /// Left out of an import of an annotation tool's tasks.
    Task(TaskLoss),
    /// Left out of an import of a REFI-QDA project.
    Qda(QdaLoss),
    /// Left out of an import of a project in a database.
    Database(DatabaseLoss),
    /// Left out of a project, or changed, by an export.
    Export(ExportLoss),
    /// Changed in the ranges of a passage by an export.
    Range(RangeLoss),
    /// Left out of a codebook, or changed, by a format.
    Codebook(CodebookLoss),
    /// Different in an export that was read back.
    ReadBack(ReadBackLoss),
}

/// Implements the conversion of each enum into [`LossKind`].
macro_rules! kinds {
    ($($variant:ident($kind:ident)),*) => {$(
        impl From<$kind> for LossKind {
            fn from(kind: $kind) -> Self {
                Self::$variant(kind)
            }
        }
    )*};
}

kinds!(
    Document(DocumentLoss),
    Annotation(AnnotationLoss),
    Placing(PlacingLoss),
    Task(TaskLoss),
    Qda(QdaLoss),
    Database(DatabaseLoss),
    Export(ExportLoss),
    Range(RangeLoss),
    Codebook(CodebookLoss),
    ReadBack(ReadBackLoss)
);

/// A kind of loss with its count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loss {
    /// The kind.
    pub kind: LossKind,
    /// The count, at least 1.
    pub count: usize,
}

impl Loss {
    /// Creates a loss of this kind.
    pub fn new(kind: impl Into<LossKind>, count: usize) -> Self {
        Self { kind: kind.into(), count }
    }
}

impl LossKind {
    /// Returns whether a document with such a loss does not come back when an export is read.
    pub(crate) fn hides_document(&self) -> bool {
        *self == ExportLoss::WordlessDocuments.into()
    }

    /// Returns whether a passage with such a loss does not come back, or with other ranges.
    pub(crate) fn hides_passage(&self) -> bool {
        match self {
            Self::Range(kind) => kind.changes_passage(),
            Self::Export(kind) => *kind == ExportLoss::PassagesBeyondSheet,
            Self::Document(_)
            | Self::Annotation(_)
            | Self::Task(_)
            | Self::Qda(_)
            | Self::Database(_)
            | Self::Placing(_)
            | Self::Codebook(_)
            | Self::ReadBack(_) => false,
        }
    }
}

impl LossKind {
    /// Returns whether two passages that differ only in a thing with such a loss come back as one.
    pub(crate) fn hides_field(&self) -> bool {
        match self {
            Self::Export(kind) => kind.changes_field(),
            Self::Codebook(kind) => *kind == CodebookLoss::ChangedValues,
            Self::Document(_)
            | Self::Annotation(_)
            | Self::Task(_)
            | Self::Qda(_)
            | Self::Database(_)
            | Self::Placing(_)
            | Self::Range(_)
            | Self::ReadBack(_) => false,
        }
    }
}

/// What happened to the things that a loss of a document counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// They are wrong in the file, and a person has to look at them.
    Wrong,
    /// They are not in the text.
    LeftOut,
    /// Something else is in their place.
    Replaced,
    /// They are in the text, but not as the file has them.
    Kept,
    /// They were found out, and may be wrong.
    Detected,
}

impl Loss {
    /// Returns what happened to the things that are counted.
    pub fn effect(&self) -> Effect {
        match &self.kind {
            LossKind::Document(kind) => kind.effect(),
            LossKind::Placing(kind) => kind.effect(),
            LossKind::Annotation(_)
            | LossKind::Task(_)
            | LossKind::Qda(_)
            | LossKind::Database(_)
            | LossKind::Export(_)
            | LossKind::Range(_)
            | LossKind::Codebook(_)
            | LossKind::ReadBack(_) => Effect::LeftOut,
        }
    }

    /// Groups losses by what happened.
    pub fn by_effect(losses: &[Self]) -> BTreeMap<Effect, Vec<&Self>> {
        let mut groups: BTreeMap<Effect, Vec<&Self>> = BTreeMap::new();
        losses.iter().for_each(|loss| groups.entry(loss.effect()).or_default().push(loss));
        groups
    }
}

#[cfg(test)]
impl Loss {
    /// Returns count and kind, such as `2 Links`, which tests compare instead of words.
    pub fn short(&self) -> String {
        let kind: &dyn std::fmt::Debug = match &self.kind {
            LossKind::Document(kind) => kind,
            LossKind::Annotation(kind) => kind,
            LossKind::Placing(kind) => kind,
            LossKind::Task(kind) => kind,
            LossKind::Qda(kind) => kind,
            LossKind::Database(kind) => kind,
            LossKind::Export(kind) => kind,
            LossKind::Range(kind) => kind,
            LossKind::Codebook(kind) => kind,
            LossKind::ReadBack(kind) => kind,
        };
        format!("{} {kind:?}", self.count)
    }
}

/// A counter of losses.
#[derive(Default, Debug)]
pub(crate) struct Losses(BTreeMap<LossKind, usize>);

impl Losses {
    /// Removes a kind that was carried after all.
    pub fn carried(&mut self, kind: impl Into<LossKind>) {
        self.0.remove(&kind.into());
    }

    /// Returns whether there are losses of a kind.
    pub fn has(&self, kind: impl Into<LossKind>) -> bool {
        self.0.contains_key(&kind.into())
    }

    /// Adds `count` losses of a kind.
    pub fn add(&mut self, kind: impl Into<LossKind>, count: usize) {
        if count > 0 {
            *self.0.entry(kind.into()).or_default() += count;
        }
    }

    /// Adds reported losses.
    pub fn extend(&mut self, losses: impl IntoIterator<Item = Loss>) {
        losses.into_iter().for_each(|loss| self.add(loss.kind, loss.count));
    }

    /// Adds the counts of another counter.
    pub fn join(&mut self, other: Self) {
        other.0.into_iter().for_each(|(kind, count)| self.add(kind, count));
    }

    /// Returns the losses in the order of their kinds.
    pub fn report(self) -> Vec<Loss> {
        self.0.into_iter().map(|(kind, count)| Loss { kind, count }).collect()
    }
}
