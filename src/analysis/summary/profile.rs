//! Where in a document each category lies.

use std::sync::OnceLock;

use super::chunk::Chunk;
use demarche_model::{CategoryId, TextRange};

/// Equally long stretches that a document is cut into to say where its categories lie.
pub const BINS: usize = 40;

/// Which share (0 to 1) of each stretch carries a category.
pub type Shares = [f32; BINS];

/// The shares of every category that occurs. Made when somebody asks, since most documents are never looked at, and
/// forgotten at a change: a panel asks in every frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Profiles(OnceLock<Vec<(CategoryId, Shares)>>);

/// They follow from the figures beside them.
impl PartialEq for Profiles {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Profiles {
    /// Something has changed.
    pub fn forget(&mut self) {
        self.0.take();
    }

    /// Those of one category; `make` gives those of all, by id.
    pub fn of(&self, id: &CategoryId, make: impl FnOnce() -> Vec<(CategoryId, Shares)>) -> Option<&Shares> {
        let all = self.0.get_or_init(make);
        let at = all.binary_search_by(|(other, _)| other.cmp(id)).ok()?;
        all.get(at).map(|(_, shares)| shares)
    }
}

/// The shares of these categories, which come by id, in one walk over the chunks of a document of `length` bytes.
pub(super) fn shares<'a>(
    categories: impl Iterator<Item = &'a CategoryId>,
    chunks: impl Iterator<Item = (TextRange, &'a Chunk)>,
    length: usize,
) -> Vec<(CategoryId, Shares)> {
    let width = length as f64 / BINS as f64;
    let mut sums: Vec<(&CategoryId, [f64; BINS])> = categories.map(|id| (id, [0.0; BINS])).collect();
    for (range, chunk) in chunks.filter(|(_, chunk)| chunk.characters > 0) {
        // Those of a chunk come by id, too, and each is one of the document's.
        let mut rest = sums.iter_mut();
        for (id, part) in &chunk.categories {
            let Some((_, sums)) = rest.find(|(other, _)| *other == id) else { break };
            spread(sums, range, width, f64::from(part.characters) / f64::from(chunk.characters));
        }
    }
    let share = |sum: f64| ((sum / width) as f32).clamp(0.0, 1.0);
    sums.into_iter().map(|(id, sums)| (id.clone(), sums.map(share))).collect()
}

/// Adds a share of the bytes of `range` to the stretches that they lie in.
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
