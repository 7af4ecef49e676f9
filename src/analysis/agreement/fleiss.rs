//! Fleiss' κ: agreement of a fixed number of annotators beyond chance, with label frequencies common to all.
//!
//! κ = (P̄ − P̄_e) / (1 − P̄_e), with P̄ the mean over N units of P_i = Σ_j n_ij (n_ij − 1) / (n (n − 1)),
//! where n_ij of the n annotators have given unit i the label j, and P̄_e = Σ_j p_j², where p_j is the share
//! of label j among all N·n labels. Fleiss 1971, "Measuring nominal scale agreement among many raters",
//! Psychological Bulletin 76(5), 378–382. For n = 2 it is Scott's π (Scott 1955).

use super::figure_value::{FigureValue, Undefined};

/// Computes κ of `units` units, each labelled by all of `annotators`. `disagreeing` is Σ_i Σ_j n_ij (n −
/// n_ij): pairs of different labels on one unit, counted in both orders. `labels` holds the number of times
/// each label was given. From −1 to 1.
///
/// # Errors
/// There are no units, or all labels are the same.
pub fn kappa(
    units: f64,
    annotators: f64,
    disagreeing: f64,
    labels: impl IntoIterator<Item = f64>,
) -> FigureValue {
    let given = units * annotators;
    if given <= 0.0 || annotators < 2.0 {
        return Err(Undefined::NoUnit);
    }
    let by_chance: f64 = labels.into_iter().map(|label| label * label).sum();
    let all = given * given;
    if by_chance >= all {
        return Err(Undefined::OneLabel);
    }
    let observed = 1.0 - disagreeing / (given * (annotators - 1.0));
    Ok((observed - by_chance / all) / (1.0 - by_chance / all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::published_tables::Table;

    /// Fleiss 1971, table 1: 30 patients, 6 psychiatrists, five diagnoses.
    const PATIENTS: [[f64; 5]; 30] = [
        [0., 0., 0., 6., 0.],
        [0., 3., 0., 0., 3.],
        [0., 1., 4., 0., 1.],
        [0., 0., 0., 0., 6.],
        [0., 3., 0., 3., 0.],
        [2., 0., 4., 0., 0.],
        [0., 0., 4., 0., 2.],
        [2., 0., 3., 1., 0.],
        [2., 0., 0., 4., 0.],
        [0., 0., 0., 0., 6.],
        [1., 0., 0., 5., 0.],
        [1., 1., 0., 4., 0.],
        [0., 3., 3., 0., 0.],
        [1., 0., 0., 5., 0.],
        [0., 2., 0., 3., 1.],
        [0., 0., 5., 0., 1.],
        [3., 0., 0., 1., 2.],
        [5., 1., 0., 0., 0.],
        [0., 2., 0., 4., 0.],
        [1., 0., 2., 0., 3.],
        [0., 0., 0., 0., 6.],
        [0., 1., 0., 5., 0.],
        [0., 2., 0., 1., 3.],
        [2., 0., 0., 4., 0.],
        [1., 0., 0., 4., 1.],
        [0., 5., 0., 1., 0.],
        [4., 0., 0., 0., 2.],
        [0., 2., 0., 4., 0.],
        [1., 0., 5., 0., 0.],
        [0., 0., 0., 0., 6.],
    ];

    #[test]
    fn fleisss_example() {
        let disagreeing = PATIENTS.iter().flatten().map(|n| n * (6.0 - n)).sum();
        let labels: Vec<f64> = (0..5).map(|j| PATIENTS.iter().map(|patient| patient[j]).sum()).collect();
        // The shares of the five diagnoses in the paper: .144, .144, .167, .306, .239.
        assert_eq!(labels, [26.0, 26.0, 30.0, 55.0, 43.0]);
        let value = kappa(30.0, 6.0, disagreeing, labels).unwrap();
        assert!((value - 0.430).abs() < 0.0005, "{value}");
    }

    /// Artstein & Poesio 2008, example 1: Scott's π = .341.
    #[test]
    fn for_two_annotators_it_is_scotts_pi() {
        let table = Table([[20.0, 10.0], [20.0, 50.0]]);
        let labels = table.labels().map(|(first, second)| first + second);
        let disagreeing = 2.0 * (table.units() - table.agreeing());
        let value = kappa(table.units(), 2.0, disagreeing, labels).unwrap();
        assert!((value - 0.341).abs() < 0.0005, "{value}");
    }

    #[test]
    fn with_one_label_only_there_is_no_kappa() {
        assert_eq!(kappa(10.0, 3.0, 0.0, [30.0, 0.0]), Err(Undefined::OneLabel));
        assert_eq!(kappa(0.0, 3.0, 0.0, []), Err(Undefined::NoUnit));
    }
}
