//! What a view has found.

use std::sync::Arc;

use super::Table;
use crate::bargain::PassageSet;

/// What a view has found. Its figure is drawn from the view's own data.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answer {
    /// One sentence on top, from counts alone.
    pub sentence: Sentence,
    /// The table behind the figure, for screen readers and exports.
    pub table: Table,
    /// Notes on what was counted and how.
    pub caption: Caption,
    /// What is missing for the view to show anything.
    pub missing: Option<Missing>,
}

/// A sentence whose numbers can be clicked.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sentence(pub Vec<Part>);

/// A part of a sentence.
#[derive(Clone, PartialEq, Debug)]
pub enum Part {
    /// Words.
    Words(String),
    /// A number or a phrase, with the passages behind it.
    Passages {
        /// The text, such as `6 demands`.
        text: String,
        /// The passages.
        passages: Arc<PassageSet>,
    },
}

/// The notes below a figure, in order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Caption(pub Vec<Sentence>);

/// What is missing for a view to show anything, and what helps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missing {
    /// The project has no passages in the chosen layers.
    Passages,
    /// The filter lets nothing through.
    FilteredOut {
        /// Number of passages without the filter.
        all: usize,
    },
    /// No category has the role demand or offer, or any role.
    Roles,
    /// No passage has an actor.
    Actors {
        /// Number of passages.
        passages: usize,
    },
    /// No passage has a target.
    Targets {
        /// Number of passages with an actor.
        with_actor: usize,
    },
    /// Documents without a date.
    Dates {
        /// Number of documents without a date.
        undated: usize,
        /// Number of documents.
        documents: usize,
    },
    /// Too few dated documents in which an actor moves.
    DatedDocuments {
        /// The actor.
        actor: String,
        /// Number of dated documents.
        available: usize,
    },
    /// No move is a concession or acceptance.
    Steps {
        /// Number of moves.
        moves: usize,
    },
    /// Only one category is in use.
    OneCategory,
    /// Fewer than two passages.
    TwoPassages,
}

impl Sentence {
    /// A sentence without numbers to click.
    pub fn plain(words: impl Into<String>) -> Self {
        Self(vec![Part::Words(words.into())])
    }

    /// Adds words.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Words(words.into()));
        self
    }

    /// Adds a number or a phrase with the passages behind it.
    #[must_use]
    pub fn passages(mut self, text: impl Into<String>, passages: impl Into<Arc<PassageSet>>) -> Self {
        self.0.push(Part::Passages { text: text.into(), passages: passages.into() });
        self
    }

    /// The sentence as plain text.
    pub fn text(&self) -> String {
        let part = |part: &Part| match part {
            Part::Words(text) | Part::Passages { text, .. } => text.clone(),
        };
        self.0.iter().map(part).collect()
    }

    /// True if there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
