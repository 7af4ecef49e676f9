//! Confidence bands of scores.
//!
//! Each draw takes as many documents of a bin as there are, with replacement, and gives another mean; the band is the middle
//! 95 % of 1,000 means (percentile method; Efron & Tibshirani 1993). Whole documents are drawn, since the passages of one
//! document are not independent. The seed is fixed, so that the same project gives the same band.

use std::collections::BTreeMap;

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

/// The bands of the mean and of the sum of the weights of some moves; `None` if they are of fewer than five documents.
pub(super) fn bands(look: &Look<'_>, scored: &PassageSet) -> Option<[Band; 2]> {
    let mut documents: BTreeMap<DocumentIndex, (f64, f64)> = BTreeMap::new();
    for passage in scored.iter().map(|index| look.get(index)) {
        let sums = documents.entry(passage.document).or_default();
        sums.0 += look.weight(passage).unwrap_or(0.0);
        sums.1 += 1.0;
    }
    let documents: Vec<(f64, f64)> = documents.into_values().collect();
    if documents.len() < BAND_DOCUMENTS {
        return None;
    }
    let (mut means, mut sums) = (Vec::with_capacity(BAND_DRAWS), Vec::with_capacity(BAND_DRAWS));
    for draw in 0..BAND_DRAWS as u64 {
        let mut random = Random::new(BAND_SEED.wrapping_add(scramble(draw)));
        let (mut sum, mut count) = (0.0, 0.0);
        for _ in 0..documents.len() {
            let (weights, moves) = documents[random.below(documents.len())];
            sum += weights;
            count += moves;
        }
        means.push(sum / count);
        sums.push(sum);
    }
    Some([means, sums].map(middle))
}

/// The middle 95 % of some values.
fn middle(mut values: Vec<f64>) -> Band {
    values.sort_unstable_by(f64::total_cmp);
    Band { low: quantile(&values, 0.025), high: quantile(&values, 0.975) }
}

/// The quantile of sorted values, interpolated between neighbours.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * sorted.len().saturating_sub(1) as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * at.fract()
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
