//! Confidence bands of scores.
//!
//! Each draw takes as many documents of a bin as there are, with replacement, and gives another mean; the band is the middle
//! 95 % of 1,000 means (percentile method; Efron & Tibshirani 1993). Whole documents are drawn, since the passages of one
//! document are not independent. The seed is fixed, so that the same project gives the same band.

use std::collections::HashMap;
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

/// Number of draws that are summed side by side, so that no sum waits for another. It divides the number of draws.
const ABREAST: usize = 8;

/// One place of each of the draws that are summed side by side.
type Places = [u16; ABREAST];

/// The draws of documents. They depend on the number of documents alone, and many bins have as many.
#[derive(Default)]
pub(super) struct Draws {
    /// By number of documents: their places in each draw.
    kept: Mutex<HashMap<usize, Arc<[Places]>>>,
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
            draws.flat_map(|places| sums_of(&documents, places)).for_each(&mut add);
        }
        Some([means, sums].map(middle))
    }

    /// The draws of so many documents, some side by side after the other.
    fn of(&self, documents: usize) -> Arc<[Places]> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let draws = || {
            let mut all = vec![[0; ABREAST]; BAND_DRAWS / ABREAST * documents];
            for (places, first) in all.chunks_exact_mut(documents).zip((0u64..).step_by(ABREAST)) {
                for (lane, draw) in (first..).take(ABREAST).enumerate() {
                    let drawn = places.iter_mut().zip(drawn(draw, documents));
                    drawn.for_each(|(places, place)| places[lane] = u16::try_from(place).unwrap_or(u16::MAX));
                }
            }
            all.into()
        };
        kept.entry(documents).or_insert_with(draws).clone()
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

/// The same of draws that are summed side by side, each in its own order.
fn sums_of(documents: &[[f64; 2]], places: &[Places]) -> [[f64; 2]; ABREAST] {
    let mut sums = [[0.0, 0.0]; ABREAST];
    for places in places {
        for (sum, place) in sums.iter_mut().zip(places) {
            let [weights, moves] = documents[usize::from(*place)];
            sum[0] += weights;
            sum[1] += moves;
        }
    }
    sums
}

/// The sum and number of the weights of each document.
fn by_document(look: &Look<'_>, scored: &PassageSet) -> Vec<[f64; 2]> {
    let mut documents: Vec<(DocumentIndex, [f64; 2])> = Vec::new();
    for passage in scored.iter().map(|index| look.get(index)) {
        // Passages of a document follow each other, unless some have been added since.
        let place = match documents.last() {
            Some((last, _)) if *last == passage.document => documents.len() - 1,
            _ => match documents.binary_search_by_key(&passage.document, |(document, _)| *document) {
                Ok(place) => place,
                Err(place) => {
                    documents.insert(place, (passage.document, [0.0, 0.0]));
                    place
                }
            },
        };
        let sums = &mut documents[place].1;
        sums[0] += look.weight(passage).unwrap_or(0.0);
        sums[1] += 1.0;
    }
    documents.into_iter().map(|(_, sums)| sums).collect()
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
