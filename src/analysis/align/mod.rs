//! Where the passages of a text are in a later version of it.
//!
//! [`Alignment`] compares two texts: common lines first, then common words where lines have changed. What it gives is a
//! list of [`Run`]s, stretches that are the same in both, in the same order. From that follows the [`Fate`] of a passage:
//!
//! - **exact**: the same words at the same place,
//! - **moved**: the same words, and their place follows from what stands around them,
//! - **fuzzy**: its words have changed, or they stand where nothing but their likeness speaks for the place; a person has
//!   to look,
//! - **lost**: nothing like it was found.
//!
//! A passage counts as exact or moved only where the comparison leads there *and* the place can't be mistaken: words that
//! happen to stand elsewhere too are never taken for it. The same two texts give the same fates on every machine, and the
//! fate of one passage does not depend on which others are asked for: several people see one and the same thing, without
//! writing each other's files. That is why no clock limits the comparison; sizes do.

mod anchors;
mod fate;
mod fresh;
mod layer;
mod runs;
mod similarity;
#[cfg(test)]
mod tests;
mod unique;
mod words;

use std::sync::{Arc, OnceLock};

use demarche_model::{Progress, Ranges, Stopped, Text};

pub use fate::Fate;
pub use layer::{Comparison, Counts, in_bytes};
pub use similarity::similarity;
pub use words::{Piece, differences};

/// A stretch that is the same in both texts, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    /// Where it starts in the old text.
    pub old: usize,
    /// Where it starts in the new text.
    pub new: usize,
    /// How long it is in both.
    pub len: usize,
}

impl Run {
    fn old_end(self) -> usize {
        self.old + self.len
    }

    fn new_end(self) -> usize {
        self.new + self.len
    }
}

/// Two versions of a text, compared.
///
/// Comparing costs O(n log n), also where the texts have nothing in common: what is compared word by word is bounded, and so
/// are the places that are looked at for one passage. A long text takes its time, so do it on a worker.
#[derive(Debug)]
pub struct Alignment {
    old: Arc<Text>,
    new: Arc<Text>,
    runs: Vec<Run>,
    /// What occurs once in each text; made when it is first asked for.
    unique: OnceLock<unique::Unique>,
    /// The words of the new text that come from nowhere in the old one; made when they are first asked for.
    fresh: OnceLock<fresh::Fresh>,
}

impl Alignment {
    /// Compares two texts.
    pub fn new(old: Arc<Text>, new: Arc<Text>) -> Self {
        let runs = runs::runs(old.as_str(), new.as_str(), &());
        Self::of(old, new, runs)
    }

    /// Compares two texts, unless the work is stopped.
    ///
    /// # Errors
    /// The work was stopped.
    pub fn watched(old: Arc<Text>, new: Arc<Text>, progress: &dyn Progress) -> Result<Self, Stopped> {
        let runs = runs::runs(old.as_str(), new.as_str(), progress);
        progress.check()?;
        Ok(Self::of(old, new, runs))
    }

    fn of(old: Arc<Text>, new: Arc<Text>, runs: Vec<Run>) -> Self {
        Self { old, new, runs, unique: OnceLock::new(), fresh: OnceLock::new() }
    }

    /// The text as it was.
    pub fn old(&self) -> &Arc<Text> {
        &self.old
    }

    /// The text as it is.
    pub fn new_text(&self) -> &Arc<Text> {
        &self.new
    }

    /// What is the same in both, in order; none touches the next in both texts.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// What has become of a passage that lay at these ranges of the old text, in bytes on character boundaries. Ranges
    /// that do not lie in the old text are lost.
    pub fn fate(&self, ranges: &Ranges) -> Fate {
        fate::fate(self, ranges)
    }

    /// The place among the runs of the last one that starts at or before a byte of the old text.
    fn run_before(&self, old: usize) -> Option<usize> {
        self.runs.partition_point(|run| run.old <= old).checked_sub(1)
    }

    fn unique(&self) -> &unique::Unique {
        self.unique.get_or_init(|| unique::Unique::of(self.old.as_str(), self.new.as_str()))
    }

    fn fresh(&self) -> &fresh::Fresh {
        self.fresh.get_or_init(|| fresh::Fresh::of(&self.new, &self.runs))
    }
}
