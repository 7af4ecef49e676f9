//! Live figures of documents and projects, kept up to date at a cost that depends on the edit alone.
//!
//! A document is cut into about [`CHUNKS`] chunks, a long one into more of [`LONGEST`] bytes. Every figure is a sum over chunks, so that an edit makes only the
//! chunks anew that it touches, and a project's totals follow by the difference.

mod chunk;
mod profile;
mod totals;

use std::collections::BTreeMap;

use chunk::Chunk;
use demarche_model::{CategoryId, Layer, Stamp, Text, TextRange};

pub use chunk::union_characters;
pub use profile::{BINS, Shares};
pub use totals::{Counted, ProjectSummary, Totals, totals};

/// Number of chunks of a document that is neither short nor long.
const CHUNKS: usize = 256;

/// Greatest length of a chunk, in bytes: what an edit in a long document counts anew.
const LONGEST: usize = 8 * 1024;

/// Smallest length of a chunk, in bytes.
const CHUNK: usize = 128;

/// How much there is of something.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// How many spans; a span of several ranges is one.
    pub spans: usize,
    /// How many characters (Unicode scalar values) at least one of these spans covers.
    pub characters: usize,
}

/// A day in UTC: days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Day(pub i64);

impl Day {
    /// The day that a moment lies in.
    pub fn of(moment: Stamp) -> Self {
        Self(moment.0.div_euclid(24 * 60 * 60))
    }

    /// The moment that the day starts with.
    pub fn start(self) -> Stamp {
        Stamp(self.0.saturating_mul(24 * 60 * 60))
    }
}

/// How many spans were made or changed on each day. A span counts on the day it was made and, where that is another one,
/// on the day of its last change.
pub type Activity = BTreeMap<Day, usize>;

/// The figures of one document, over the layers that were chosen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DocumentSummary {
    /// Where each chunk starts, in bytes.
    starts: Vec<usize>,
    chunks: Vec<Chunk>,
    length: usize,
    characters: usize,
    tagged: usize,
    spans: usize,
    categories: BTreeMap<CategoryId, Count>,
    activity: Activity,
    profiles: profile::Profiles,
}

impl DocumentSummary {
    /// Counts everything once.
    pub fn new(text: &Text, layers: &[&Layer]) -> Self {
        let starts = chunk_starts(text);
        let mut summary = Self {
            chunks: vec![Chunk::default(); starts.len()],
            starts,
            length: text.len(),
            characters: text.characters(),
            ..Self::default()
        };
        summary.update(text, layers, TextRange { start: 0, end: text.len() });
        summary
    }

    /// Counts anew what an edit has changed. `changed` covers every span that came, went or is other than before, as
    /// it was and as it is (the range of `Touch::Layer`). An empty range changes nothing.
    ///
    /// Text and choice of layers must be those of [`Self::new`].
    pub fn update(&mut self, text: &Text, layers: &[&Layer], changed: TextRange) {
        self.profiles.forget();
        let first = self.starts.partition_point(|&start| start <= changed.start).saturating_sub(1);
        for index in first..self.chunks.len() {
            let range = self.chunk_range(index);
            if range.start >= changed.end {
                break;
            }
            let new = Chunk::new(text, layers, range);
            let old = std::mem::take(&mut self.chunks[index]);
            self.subtract(&old);
            self.add(&new);
            self.chunks[index] = new;
        }
    }

    /// How many spans there are.
    pub fn spans(&self) -> usize {
        self.spans
    }

    /// How many characters at least one span covers.
    pub fn tagged_characters(&self) -> usize {
        self.tagged
    }

    /// Length of the document in characters.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// The figures of one category, without those below it.
    pub fn category(&self, id: &CategoryId) -> Count {
        self.categories.get(id).copied().unwrap_or_default()
    }

    /// The categories that occur, by id.
    pub fn categories(&self) -> impl Iterator<Item = (&CategoryId, Count)> {
        self.categories.iter().map(|(id, &count)| (id, count))
    }

    /// Spans made or changed per day.
    pub fn activity(&self) -> &Activity {
        &self.activity
    }

    /// Which share (0 to 1) of each of [`BINS`] equally long stretches of the document carries the category; `None` for one
    /// that does not occur. As fine as the chunks are. Costs a look-up, but after a change as much as there are chunks.
    pub fn profile(&self, id: &CategoryId) -> Option<&Shares> {
        let chunks = self.chunks.iter().enumerate().map(|(index, chunk)| (self.chunk_range(index), chunk));
        self.profiles.of(id, || profile::shares(self.categories.keys(), chunks, self.length))
    }

    fn chunk_range(&self, index: usize) -> TextRange {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.length);
        TextRange { start: self.starts[index], end }
    }

    fn add(&mut self, chunk: &Chunk) {
        self.tagged += chunk.tagged as usize;
        self.spans += chunk.spans as usize;
        for (id, count) in &chunk.categories {
            let sum = self.categories.entry(id.clone()).or_default();
            sum.spans += count.spans as usize;
            sum.characters += count.characters as usize;
        }
        for &(day, count) in &chunk.days {
            *self.activity.entry(day).or_default() += count as usize;
        }
    }

    fn subtract(&mut self, chunk: &Chunk) {
        self.tagged -= chunk.tagged as usize;
        self.spans -= chunk.spans as usize;
        for (id, count) in &chunk.categories {
            totals::lower_count(
                &mut self.categories,
                id,
                Count { spans: count.spans as usize, characters: count.characters as usize },
            );
        }
        for (day, count) in &chunk.days {
            totals::lower(&mut self.activity, day, *count as usize);
        }
    }
}

/// Cuts a text at character boundaries. An empty text has no chunk.
fn chunk_starts(text: &Text) -> Vec<usize> {
    let length = text.len().div_ceil(CHUNKS).clamp(CHUNK, LONGEST);
    let mut starts: Vec<usize> =
        (0..text.len()).step_by(length).map(|at| text.as_str().floor_char_boundary(at)).collect();
    starts.dedup();
    starts
}

#[cfg(test)]
mod tests;
