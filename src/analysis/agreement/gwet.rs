//! Gwet's AC1: agreement beyond chance that stays meaningful when a label is rare.
//!
//! AC1 = (p_a − p_e) / (1 − p_e), where p_a is the mean over units of the share of pairs of annotators who agree, and
//! p_e = 1 / (q − 1) · Σ_k π_k (1 − π_k) with π_k the mean over units of the share of annotators who have given label k,
//! of q labels in all. Gwet 2008, "Computing inter-rater reliability and its variance in the presence of high agreement",
//! British Journal of Mathematical and Statistical Psychology 61(1), 29–48.
//!
//! A single category has q = 2 labels: tagged and not tagged. Over all categories q is the number of those compared, plus
//! one for no category.

use super::figure_value::{FigureValue, Undefined};

/// Computes AC1 of `units` units. `agreement` is the sum over units of the share of pairs who agree, and `shares` holds,
/// for each of the labels, the sum over units of the share of annotators who have given it. At most 1.
///
/// # Errors
/// There are no units, or fewer than two labels.
pub fn ac1(units: f64, agreement: f64, shares: impl ExactSizeIterator<Item = f64>) -> FigureValue {
    let labels = shares.len() as f64;
    if units <= 0.0 {
        return Err(Undefined::NoUnit);
    }
    if labels < 2.0 {
        return Err(Undefined::OneLabel);
    }
    let uneven: f64 = shares.map(|share| share / units).map(|share| share * (1.0 - share)).sum();
    let by_chance = uneven / (labels - 1.0);
    Ok((agreement / units - by_chance) / (1.0 - by_chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::published_tables::Table;

    fn of<const N: usize>(table: &Table<N>) -> FigureValue {
        let shares: Vec<f64> = table.labels().map(|(first, second)| (first + second) / 2.0).collect();
        ac1(table.units(), table.agreeing(), shares.into_iter())
    }

    /// The 2 × 2 table of two raters with 118, 5, 2 and 0 cases, discussed by Gwet 2002, "Kappa statistic is not
    /// satisfactory for assessing the extent of agreement between raters": κ = −.0234, AC1 = .9408.
    #[test]
    fn gwets_example_of_high_agreement() {
        let table = Table([[118.0, 5.0], [2.0, 0.0]]);
        let value = of(&table).unwrap();
        assert!((value - 0.9408).abs() < 0.00005, "{value}");
        let kappa = crate::agreement::cohen::kappa(table.units(), table.agreeing(), table.labels()).unwrap();
        assert!((kappa + 0.0234).abs() < 0.00005, "{kappa}");
    }

    #[test]
    fn labels_that_nobody_has_used_leave_perfect_agreement_perfect() {
        assert_eq!(ac1(4.0, 4.0, [4.0, 0.0].into_iter()), Ok(1.0));
        assert_eq!(ac1(0.0, 0.0, [0.0, 0.0].into_iter()), Err(Undefined::NoUnit));
        assert_eq!(ac1(4.0, 4.0, [4.0].into_iter()), Err(Undefined::OneLabel));
    }
}
