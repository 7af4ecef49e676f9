//! Finds the passages of a text in a later version of it.
//!
//! [`Alignment`] compares two texts: first by common lines, then by common words where lines have changed.
//! The result is a list of [`MatchedRun`]s, stretches that are the same in both texts and in the same order.
//! The [`Realignment`] of a passage follows from them:
//!
//! - **exact**: the same words at the same position,
//! - **moved**: the same words at a position that follows from their surroundings,
//! - **fuzzy**: the words have changed, or only their similarity supports the match; a person has to check,
//! - **lost**: nothing similar was found.
//!
//! A passage counts as exact or moved only if the comparison leads there *and* the match is unambiguous:
//! words that happen to occur elsewhere as well are never taken for it. The same two texts give the same
//! result on every machine, and the result for one passage does not depend on which others are asked for.
//! Several people therefore see the same thing without writing each other's files. That is why the comparison
//! is limited by size and never by time.

mod inserted;
mod phrases;
mod projection;
mod realign;
mod realign_layer;
mod runs;
mod similarity;
#[cfg(test)]
mod tests;
mod unique;
mod word_diff;

use std::sync::{Arc, OnceLock};

use demarche_model::{Progress, Ranges, Stopped, Text};

pub use realign::Realignment;
pub use realign_layer::{RealignmentCounts, VersionAlignments};
pub use similarity::similarity;
pub use word_diff::{DiffPiece, diff_words};

/// Words in a phrase. All texts share words; few share phrases.
const PHRASE_WORDS: usize = 3;

/// A stretch that is identical in both texts, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MatchedRun {
    /// Start in the old text.
    pub old: usize,
    /// Start in the new text.
    pub new: usize,
    /// Length in both texts.
    pub len: usize,
}

impl MatchedRun {
    fn old_end(self) -> usize {
        self.old + self.len
    }

    fn new_end(self) -> usize {
        self.new + self.len
    }
}

/// A comparison of two versions of a text.
///
/// Comparing costs O(n log n), even if the texts have nothing in common: both the word-by-word comparison and
/// the number of candidates per passage are bounded. Long texts still take a while, so compare them on a
/// worker thread.
///
/// # Examples
///
/// The position of a passage follows from the text around it:
///
/// ```
/// use std::sync::Arc;
///
/// use demarche_analysis::align::{Alignment, Realignment};
/// use demarche_model::{Ranges, Text, TextRange};
///
/// let old = Arc::new(Text::new("We will suspend the talks."));
/// let new = Arc::new(Text::new("Today we will suspend the talks."));
/// let alignment = Alignment::new(old, new);
/// // (3, 15):       We [will suspend] the talks.
/// // (9, 21): Today we [will suspend] the talks.
/// let passage = Ranges::one(TextRange::new(3, 15)).unwrap();
/// let moved = Ranges::one(TextRange::new(9, 21)).unwrap();
/// assert_eq!(alignment.realign(&passage), Realignment::Moved(moved));
/// ```
///
/// If the words have changed, a person has to check the match:
///
/// ```
/// # use std::sync::Arc;
/// #
/// # use demarche_analysis::align::{Alignment, Realignment};
/// # use demarche_model::{FuzzyMatch, Ranges, Text, TextRange};
/// #
/// let old = Arc::new(Text::new("We leave by Friday at noon."));
/// let new = Arc::new(Text::new("We leave by Monday at noon."));
/// let passage = Ranges::one(TextRange::new(9, 18)).unwrap();
/// // (9, 18): We leave [by Friday] at noon.
/// // (9, 18): We leave [by Monday] at noon.
/// let found = FuzzyMatch { ranges: passage.clone(), percent: 67 };
/// assert_eq!(Alignment::new(old, new).realign(&passage), Realignment::Fuzzy(found));
/// ```
#[derive(Debug)]
pub struct Alignment {
    old: Arc<Text>,
    new: Arc<Text>,
    runs: Vec<MatchedRun>,
    /// Words and phrases that occur once in each text; computed on first use.
    unique: OnceLock<unique::Unique>,
    /// Words of the new text that match nothing in the old one; computed on first use.
    inserted: OnceLock<inserted::InsertedWords>,
}

impl Alignment {
    /// Compares two texts.
    pub fn new(old: Arc<Text>, new: Arc<Text>) -> Self {
        let runs = runs::matched_runs(old.as_str(), new.as_str(), &());
        Self::of(old, new, runs)
    }

    /// Compares two texts, unless the work is stopped.
    ///
    /// # Errors
    /// The work was stopped.
    pub fn watched(old: Arc<Text>, new: Arc<Text>, progress: &dyn Progress) -> Result<Self, Stopped> {
        let runs = runs::matched_runs(old.as_str(), new.as_str(), progress);
        progress.check()?;
        Ok(Self::of(old, new, runs))
    }

    fn of(old: Arc<Text>, new: Arc<Text>, runs: Vec<MatchedRun>) -> Self {
        Self { old, new, runs, unique: OnceLock::new(), inserted: OnceLock::new() }
    }

    /// The old version of the text.
    pub fn old_text(&self) -> &Arc<Text> {
        &self.old
    }

    /// The new version of the text.
    pub fn new_text(&self) -> &Arc<Text> {
        &self.new
    }

    /// The stretches that both texts share, in order. No run touches the next one in both texts.
    pub fn runs(&self) -> &[MatchedRun] {
        &self.runs
    }

    /// Finds the passage at `ranges` of the old text, in bytes on character boundaries, in the new text.
    /// Ranges outside the old text are lost.
    pub fn realign(&self, ranges: &Ranges) -> Realignment {
        realign::realign(self, ranges)
    }

    /// Index of the last run that starts at or before a byte of the old text.
    fn run_before(&self, old: usize) -> Option<usize> {
        self.runs.partition_point(|run| run.old <= old).checked_sub(1)
    }

    fn unique(&self) -> &unique::Unique {
        self.unique.get_or_init(|| unique::Unique::from_texts(self.old.as_str(), self.new.as_str()))
    }

    fn inserted(&self) -> &inserted::InsertedWords {
        self.inserted.get_or_init(|| inserted::InsertedWords::new(&self.new, &self.runs))
    }
}
