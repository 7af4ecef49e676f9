//! The links between passages.

use crate::bargain::{DocumentIndex, PassageIndex};
use demarche_model::{LinkId, LinkKind, LinkKindId, SpanId};

/// What a kind of link says to the ledger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LinkRole {
    /// The near end answers the far end.
    Answers,
    /// Both say the same.
    Repeats,
    /// Nothing.
    Other,
}

/// A link of a chosen layer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PassageLink {
    /// Its id.
    pub id: LinkId,
    /// Its kind.
    pub kind: LinkKindId,
    /// What its kind says to the ledger.
    pub role: LinkRole,
    /// The near end.
    pub from: PassageIndex,
    /// The document of the far end.
    pub to_document: DocumentIndex,
    /// The far end, which may be in no chosen layer; see [`Moves::target`](super::Moves::target).
    pub to: SpanId,
}

/// The kind of link that joins statements of the same thing.
const REPEATS: &str = "repeats";

impl LinkRole {
    /// What a kind of link says to the ledger.
    pub fn of_kind(kind: &LinkKind) -> Self {
        if kind.is_answer() {
            Self::Answers
        } else if kind.id.as_str() == REPEATS {
            Self::Repeats
        } else {
            Self::Other
        }
    }

    /// What a kind says that the codebook lacks.
    pub(super) fn of_unknown(kind: &LinkKindId) -> Self {
        Self::of_kind(&LinkKind::new(kind.clone(), "", ""))
    }
}
