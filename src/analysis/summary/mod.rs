//! Live figures of documents and projects, updated at a cost that depends on the edit alone.
//!
//! A document is divided into about `TARGET_CHUNKS` chunks, or more chunks of `MAX_CHUNK_BYTES` if it is
//! long. Every figure is a sum over chunks, so an edit recounts only the chunks it touches, and the totals of
//! a project change by the difference.

mod chunk;
mod profile;
mod totals;
mod whole;

use std::collections::BTreeMap;

use chunk::Chunk;
use demarche_model::{CategoryId, Layer, Stamp, Text, TextRange};

pub use chunk::union_characters;
pub use profile::{BINS, Shares};
pub use totals::{DocumentFigures, ProjectSummary, Totals, totals};

/// Number of chunks of a document that is neither short nor long.
const TARGET_CHUNKS: usize = 256;

/// Greatest length of a chunk, in bytes: what an edit in a long document recounts.
const MAX_CHUNK_BYTES: usize = 8 * 1024;

/// Smallest length of a chunk, in bytes.
const MIN_CHUNK_BYTES: usize = 128;

/// Number of chunks up to which they are recounted one by one, whatever their share of the document.
const FEW_CHUNKS: usize = 16;

/// Spans and the characters they cover.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// Number of spans; a span of several ranges counts once.
    pub spans: usize,
    /// Number of characters (Unicode scalar values) that at least one of the spans covers.
    pub characters: usize,
}

/// A day in UTC, as days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Day(pub i64);

impl Day {
    /// The day of a moment.
    pub fn from_stamp(moment: Stamp) -> Self {
        Self(moment.0.div_euclid(24 * 60 * 60))
    }

    /// The first moment of the day.
    pub fn start(self) -> Stamp {
        Stamp(self.0.saturating_mul(24 * 60 * 60))
    }
}

/// Number of spans created or changed per day. A span counts on the day it was created and, if different, on
/// the day of its last change.
pub type Activity = BTreeMap<Day, usize>;

/// The figures of one document, over the chosen layers.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DocumentSummary {
    /// Start of each chunk, in bytes.
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
    /// Counts the whole document.
    pub fn new(text: &Text, layers: &[&Layer]) -> Self {
        let starts = chunk_starts(text);
        let mut summary = Self { length: text.len(), characters: text.characters(), ..Self::default() };
        for chunk in whole::count_chunks(text, layers, &starts) {
            summary.add(&chunk);
            summary.chunks.push(chunk);
        }
        summary.starts = starts;
        summary
    }

    /// Recounts what an edit has changed. `changed` covers every span that was added, removed or changed,
    /// both as it was and as it is (the range of `Touch::Layer`). An empty range changes nothing.
    ///
    /// The text and the choice of layers must be those of [`Self::new`].
    pub fn update(&mut self, text: &Text, layers: &[&Layer], changed: TextRange) {
        // Recounting this many chunks one by one could take longer than counting them all in one pass.
        if changed.len() > self.length / 2 && self.chunks.len() > FEW_CHUNKS {
            *self = Self::new(text, layers);
            return;
        }
        self.profiles.clear();
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

    /// Number of spans.
    pub fn spans(&self) -> usize {
        self.spans
    }

    /// Number of characters that at least one span covers.
    pub fn tagged_characters(&self) -> usize {
        self.tagged
    }

    /// Length of the document in characters.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// The figures of one category, without its subcategories.
    pub fn category(&self, id: &CategoryId) -> Count {
        self.categories.get(id).copied().unwrap_or_default()
    }

    /// The categories that occur, sorted by id.
    pub fn categories(&self) -> impl Iterator<Item = (&CategoryId, Count)> {
        self.categories.iter().map(|(id, &count)| (id, count))
    }

    /// Spans created or changed per day.
    pub fn activity(&self) -> &Activity {
        &self.activity
    }

    /// The share (0 to 1) of each of [`BINS`] equal stretches of the document that a category covers; `None`
    /// if the category does not occur. The resolution is that of the chunks. Costs a lookup, or one pass over
    /// the chunks after a change.
    pub fn profile(&self, id: &CategoryId) -> Option<&Shares> {
        let chunks = self.chunks.iter().enumerate().map(|(index, chunk)| (self.chunk_range(index), chunk));
        self.profiles.get_or_compute(id, || profile::shares(self.categories.keys(), chunks, self.length))
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
            totals::decrement_count(
                &mut self.categories,
                id,
                Count { spans: count.spans as usize, characters: count.characters as usize },
            );
        }
        for (day, count) in &chunk.days {
            totals::decrement(&mut self.activity, day, *count as usize);
        }
    }
}

/// Divides a text at character boundaries. An empty text has no chunks.
fn chunk_starts(text: &Text) -> Vec<usize> {
    let length = text.len().div_ceil(TARGET_CHUNKS).clamp(MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
    let mut starts: Vec<usize> =
        (0..text.len()).step_by(length).map(|at| text.as_str().floor_char_boundary(at)).collect();
    starts.dedup();
    starts
}

#[cfg(test)]
mod tests;
