//! Bootstrap confidence intervals over documents.
//!
//! Each draw takes as many documents as there are, with replacement, and gives another value of each figure.
//! The interval is the middle 95 % of the values of many draws (percentile method; Efron & Tibshirani 1993,
//! "An Introduction to the Bootstrap", chapter 13). Whole documents are drawn, not sentences or tokens, since
//! the units of one document are not independent. The seed is fixed, so the same project gives the same
//! interval.

use rayon::prelude::*;

use super::figure_value::NoInterval;
use super::ledger::{LANES, Lanes};
use super::sample::Sample;
use crate::random::{Random, scramble};
use demarche_model::{Progress, Stopped};

/// Fewest documents for which an interval is computed.
pub const MIN_DOCUMENTS: usize = 10;

/// Share of the draws in which a figure must be defined.
const MIN_DEFINED_SHARE: f64 = 0.9;

/// Seed of the draws.
const SEED: u64 = 0x1960_1971_2004_2008;

/// Lower and upper end, or the reason why there is no interval.
pub type Interval = Result<(f64, f64), NoInterval>;

/// Computes the intervals of a sample's figures; `defined` says which figures have a value.
///
/// # Errors
/// The computation was stopped.
pub(super) fn intervals(
    sample: &Sample,
    defined: &[bool],
    draws: usize,
    progress: &dyn Progress,
) -> Result<Vec<Interval>, Stopped> {
    let documents = sample.ledger.documents();
    let none = |why: NoInterval| {
        let why = |defined: &bool| Err(if *defined { why } else { NoInterval::NoFigure });
        Ok(defined.iter().map(why).collect())
    };
    if draws == 0 {
        return none(NoInterval::NotDrawn);
    }
    if documents < MIN_DOCUMENTS {
        return none(NoInterval::TooFewDocuments);
    }
    let wanted: Vec<usize> = (0..defined.len()).filter(|&figure| defined[figure]).collect();
    let values = |batch: usize| {
        progress.check()?;
        let sums = sample.ledger.sums(&weights(documents, batch));
        let lanes = LANES.min(draws - batch * LANES);
        let value = |figure: &usize, lane| (sample.figures[*figure].formula)(&sums.lane(lane)).ok();
        Ok((0..lanes).map(|lane| wanted.iter().map(|figure| value(figure, lane)).collect()).collect())
    };
    let batches = 0..draws.div_ceil(LANES);
    let batches: Vec<Vec<Vec<Option<f64>>>> =
        batches.into_par_iter().with_max_len(1).map(values).collect::<Result<_, _>>()?;
    let mut intervals = vec![Err(NoInterval::NoFigure); defined.len()];
    for (place, &figure) in wanted.iter().enumerate() {
        let values = batches.iter().flatten().filter_map(|draw| draw[place]);
        intervals[figure] = middle(values.collect(), draws);
    }
    Ok(intervals)
}

/// Returns the middle 95 % of the values of `draws` draws.
fn middle(mut values: Vec<f64>, draws: usize) -> Interval {
    if values.is_empty() || (values.len() as f64) < MIN_DEFINED_SHARE * draws as f64 {
        return Err(NoInterval::OftenUndefined);
    }
    values.sort_unstable_by(f64::total_cmp);
    Ok((quantile(&values, 0.025), quantile(&values, 0.975)))
}

/// Returns the quantile of sorted values, interpolated between neighbours.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * at.fract()
}

/// Returns how often each document is drawn in the draws of a batch.
fn weights(documents: usize, batch: usize) -> Vec<Lanes> {
    let mut weights = vec![[0.0; LANES]; documents];
    let mut draw = |lane: usize| {
        let mut random = Random::new(SEED.wrapping_add(scramble((batch * LANES + lane) as u64)));
        for _ in 0..documents {
            weights[random.below(documents)][lane] += 1.0;
        }
    };
    (0..LANES).for_each(&mut draw);
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_draw_has_as_many_documents_and_no_two_are_the_same() {
        let batches: Vec<Vec<Lanes>> = (0..20).map(|batch| weights(50, batch)).collect();
        let draws: Vec<Vec<f64>> = batches
            .iter()
            .flat_map(|batch| (0..LANES).map(|lane| batch.iter().map(|w| w[lane]).collect()))
            .collect();
        assert!(draws.iter().all(|draw| draw.iter().sum::<f64>() == 50.0));
        let distinct = |draw: &Vec<f64>| draws.iter().filter(|other| *other == draw).count() == 1;
        assert!(draws.iter().all(distinct));
        assert_eq!(weights(50, 3), weights(50, 3));
    }

    #[test]
    fn the_interval_is_the_middle_of_the_values() {
        let values: Vec<f64> = (0..=1000).rev().map(f64::from).collect();
        assert_eq!(middle(values.clone(), 1001), Ok((25.0, 975.0)));
        assert_eq!(middle(values, 1200), Err(NoInterval::OftenUndefined));
        assert_eq!(middle(vec![], 0), Err(NoInterval::OftenUndefined));
    }
}
