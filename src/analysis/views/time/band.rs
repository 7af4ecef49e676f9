//! Confidence bands of scores.
//!
//! Each draw takes as many documents of a bin as there are, with replacement, and gives another mean; the band is the middle
//! 95 % of 1,000 means (percentile method; Efron & Tibshirani 1993). Whole documents are drawn, since the passages of one
//! document are not independent. The seed is fixed, so that the same project gives the same band.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::bargain::{DocumentIndex, PassageSet};
use crate::random::{Random, scramble};
use crate::views::Look;

/// Number of draws.
pub const BAND_DRAWS: usize = 1_000;

/// Seed of the draws.
pub const BAND_SEED: u64 = 0x2026_0306;

/// Fewest documents of a bin with a band.
pub const BAND_DOCUMENTS: usize = 5;

/// The lower and upper end of a band.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Band {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Most documents of which the draws are kept.
const MOST_KEPT: usize = 2_000;

/// The draws of documents. They depend on the number of documents alone, and many bins have as many.
#[derive(Default)]
pub(super) struct Draws {
    /// By number of documents: their places in each draw, one draw after the other.
    kept: Mutex<HashMap<usize, Arc<[u32]>>>,
}

impl Draws {
    pub fn only_if(&self, wanted: bool) -> Option<&Self> {
        wanted.then_some(self)
    }

    /// The bands of the mean and of the sum of the weights of some moves; `None` if they are of fewer than five documents.
    pub fn bands(&self, look: &Look<'_>, scored: &PassageSet) -> Option<[Band; 2]> {
        let documents = by_document(look, scored);
        if documents.len() < BAND_DOCUMENTS {
            return None;
        }
        let (mut means, mut sums) = (Vec::with_capacity(BAND_DRAWS), Vec::with_capacity(BAND_DRAWS));
        let mut add = |[sum, count]: [f64; 2]| {
            means.push(sum / count);
            sums.push(sum);
        };
        if documents.len() > MOST_KEPT {
            (0..BAND_DRAWS as u64).for_each(|draw| add(sum_of(&documents, drawn(draw, documents.len()))));
        } else {
            let kept = self.of(documents.len());
            let draws = kept.chunks_exact(documents.len());
            draws.for_each(|draw| add(sum_of(&documents, draw.iter().map(|place| *place as usize))));
        }
        Some([means, sums].map(middle))
    }

    fn of(&self, documents: usize) -> Arc<[u32]> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let draws = || (0..BAND_DRAWS as u64).flat_map(|draw| drawn(draw, documents));
        let places = || draws().map(|place| u32::try_from(place).unwrap_or(u32::MAX));
        kept.entry(documents).or_insert_with(|| places().collect()).clone()
    }
}

/// The places of the documents of a draw.
fn drawn(draw: u64, documents: usize) -> impl Iterator<Item = usize> {
    let mut random = Random::new(BAND_SEED.wrapping_add(scramble(draw)));
    (0..documents).map(move |_| random.below(documents))
}

/// The sum and number of the weights of the documents at some places.
fn sum_of(documents: &[[f64; 2]], places: impl Iterator<Item = usize>) -> [f64; 2] {
    places.fold([0.0, 0.0], |[sum, count], place| {
        let [weights, moves] = documents[place];
        [sum + weights, count + moves]
    })
}

/// The sum and number of the weights of each document.
fn by_document(look: &Look<'_>, scored: &PassageSet) -> Vec<[f64; 2]> {
    let mut documents: BTreeMap<DocumentIndex, [f64; 2]> = BTreeMap::new();
    let mut last = None;
    for passage in scored.iter().map(|index| look.get(index)) {
        // Passages of a document follow each other.
        let (document, mut sums) = match last.take() {
            Some((document, sums)) if document == passage.document => (document, sums),
            other => {
                documents.extend(other);
                (passage.document, documents.get(&passage.document).copied().unwrap_or_default())
            }
        };
        sums[0] += look.weight(passage).unwrap_or(0.0);
        sums[1] += 1.0;
        last = Some((document, sums));
    }
    documents.extend(last);
    documents.into_values().collect()
}

/// The middle 95 % of some values.
fn middle(mut values: Vec<f64>) -> Band {
    Band { low: quantile(&mut values, 0.025), high: quantile(&mut values, 0.975) }
}

/// The quantile of some values, interpolated between neighbours.
fn quantile(values: &mut [f64], share: f64) -> f64 {
    let at = share * values.len().saturating_sub(1) as f64;
    let (_, below, greater) = values.select_nth_unstable_by(at.floor() as usize, f64::total_cmp);
    let above = greater.iter().copied().min_by(f64::total_cmp).unwrap_or(*below);
    *below + (above - *below) * at.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_band_is_the_middle_of_the_values() {
        let values: Vec<f64> = (0..=1_000).rev().map(f64::from).collect();
        assert_eq!(middle(values), Band { low: 25.0, high: 975.0 });
    }
}
