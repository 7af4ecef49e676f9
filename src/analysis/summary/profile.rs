//! The distribution of each category over a document.

use std::sync::OnceLock;

use super::chunk::Chunk;
use demarche_model::{CategoryId, TextRange};

/// Number of equal stretches into which a document is divided for a profile.
pub const BINS: usize = 40;

/// The share (0 to 1) of each stretch that a category covers.
pub type Shares = [f32; BINS];

/// The shares of every category that occurs. Computed on demand, since most documents are never looked at,
/// and cached until the next change, since a panel asks in every frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Profiles(OnceLock<Vec<(CategoryId, Shares)>>);

/// Derived from the other figures, so it adds nothing to a comparison.
impl PartialEq for Profiles {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Profiles {
    /// Discards the shares after a change.
    pub fn clear(&mut self) {
        self.0.take();
    }

    /// The shares of one category; `compute` returns those of all, sorted by id.
    pub fn get_or_compute(
        &self,
        id: &CategoryId,
        compute: impl FnOnce() -> Vec<(CategoryId, Shares)>,
    ) -> Option<&Shares> {
        let all = self.0.get_or_init(compute);
        let at = all.binary_search_by(|(other, _)| other.cmp(id)).ok()?;
        all.get(at).map(|(_, shares)| shares)
    }
}

/// Computes the shares of these categories, which are sorted by id, in one pass over the chunks of a document
/// of `length` bytes.
pub(super) fn shares<'a>(
    categories: impl Iterator<Item = &'a CategoryId>,
    chunks: impl Iterator<Item = (TextRange, &'a Chunk)>,
    length: usize,
) -> Vec<(CategoryId, Shares)> {
    let width = length as f64 / BINS as f64;
    let mut sums: Vec<(&CategoryId, [f64; BINS])> = categories.map(|id| (id, [0.0; BINS])).collect();
    for (range, chunk) in chunks.filter(|(_, chunk)| chunk.characters > 0) {
        // The categories of a chunk are sorted by id too, and each is one of the document's.
        let mut rest = sums.iter_mut();
        for (id, part) in &chunk.categories {
            let Some((_, sums)) = rest.find(|(other, _)| *other == id) else { break };
            spread(sums, range, width, f64::from(part.characters) / f64::from(chunk.characters));
        }
    }
    let share = |sum: f64| ((sum / width) as f32).clamp(0.0, 1.0);
    sums.into_iter().map(|(id, sums)| (id.clone(), sums.map(share))).collect()
}

/// Adds a share of the bytes of `range` to the stretches it overlaps.
fn spread(sums: &mut [f64; BINS], range: TextRange, width: f64, share: f64) {
    let (start, end) = (range.start as f64, range.end as f64);
    let first = (start / width) as usize;
    for (bin, sum) in sums.iter_mut().enumerate().skip(first) {
        let (from, to) = (bin as f64 * width, (bin + 1) as f64 * width);
        if from >= end {
            break;
        }
        *sum += share * (end.min(to) - start.max(from)).max(0.0);
    }
}
