//! What evaluation asks about a passage that its span alone does not tell.

use demarche_model::{AnnotatorId, Claim, Document, Layer, Span};

use crate::bargain::{AskState, DayRange};

/// A passage with everything it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// Its document, which is loaded.
    pub document: &'a Document,
    /// The owner of its layer.
    pub owner: &'a AnnotatorId,
    /// Its layer.
    pub layer: &'a Layer,
    /// Its span. If it has lost its place, its ranges are in characters of an earlier text.
    pub span: &'a Span,
    /// The record of a passage whose place in the text is lost.
    pub lost: Option<&'a Claim>,
}

/// A property of a passage that comes from its attributes or from the ledger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Property {
    /// Neither denied nor hypothetical.
    Move,
    /// A demand or an offer of the ledger.
    Ask,
    /// A demand within an offer or a threat of the same actor.
    Condition,
    /// A demand of observers alone.
    Recommendation,
    /// Depends on something.
    Conditional,
    /// Reported as not done.
    Denied,
    /// Imagined.
    Hypothetical,
    /// In the past, without a date of its own.
    Reported,
    /// Repeats an earlier passage.
    Repeat,
    /// Its place in the order of time is uncertain.
    Unsure,
    /// Accepted from a suggestion.
    Suggested,
}

/// Answers questions about passages: from their attributes, from the ledger, and by the settings of the screen, such as
/// whether a person counts as their party.
///
/// The unit type knows nothing, for projects and tests without bargaining.
pub trait Facts {
    /// True if a passage has a property.
    fn is(&self, at: Passage<'_>, property: Property) -> bool;

    /// The state of the ask to which a passage belongs; `None` for any other passage, and for conditions and
    /// recommendations.
    fn ask(&self, at: Passage<'_>) -> Option<AskState>;

    /// Every name under which the actors of a passage can be found.
    fn actors<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str>;

    /// Every name under which the targets of a passage can be found.
    fn targets<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str>;

    /// The issues of a passage, without those above them.
    fn issues<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str>;

    /// The date of a passage: its own, or that of its document. `None` if it is unknown.
    fn date(&self, at: Passage<'_>) -> Option<DayRange>;

    /// The date that a passage gives itself.
    fn when(&self, at: Passage<'_>) -> Option<DayRange>;

    /// A number that changes with the settings on which the answers depend.
    fn settings_revision(&self) -> u64;

    /// A number that changes with [`Property::needs_ledger`] or [`Facts::ask`] of any passage.
    fn ledger_revision(&self) -> u64;
}

impl Property {
    /// True if it depends on other passages, so that an edit anywhere may change it.
    pub fn needs_ledger(self) -> bool {
        match self {
            Self::Ask | Self::Condition | Self::Recommendation | Self::Repeat | Self::Unsure => true,
            Self::Move
            | Self::Conditional
            | Self::Denied
            | Self::Hypothetical
            | Self::Reported
            | Self::Suggested => false,
        }
    }
}

impl Facts for () {
    fn is(&self, _: Passage<'_>, _: Property) -> bool {
        false
    }

    fn ask(&self, _: Passage<'_>) -> Option<AskState> {
        None
    }

    fn actors<'a>(&'a self, _: Passage<'a>) -> impl Iterator<Item = &'a str> {
        std::iter::empty()
    }

    fn targets<'a>(&'a self, _: Passage<'a>) -> impl Iterator<Item = &'a str> {
        std::iter::empty()
    }

    fn issues<'a>(&'a self, _: Passage<'a>) -> impl Iterator<Item = &'a str> {
        std::iter::empty()
    }

    fn date(&self, at: Passage<'_>) -> Option<DayRange> {
        at.document.meta.date.as_ref().map(DayRange::from_date)
    }

    fn when(&self, _: Passage<'_>) -> Option<DayRange> {
        None
    }

    fn settings_revision(&self) -> u64 {
        0
    }

    fn ledger_revision(&self) -> u64 {
        0
    }
}
