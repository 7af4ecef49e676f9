//! Brennan & Prediger's κ_n: agreement beyond chance, where chance gives every label the same odds.
//!
//! κ_n = (p_a − 1/q) / (1 − 1/q), where p_a is the mean over units of the share of pairs of annotators who agree, and q
//! the number of labels. Brennan & Prediger 1981, "Coefficient kappa: some uses, misuses, and alternatives", Educational
//! and Psychological Measurement 41(3), 687–699. With q = 2 it is PABAK (Byrt, Bishop & Carlin 1993).
//!
//! A single category has q = 2 labels: tagged and not tagged. Over all categories q is the number of those compared, plus
//! one for no category.

use super::figure_value::{FigureValue, Undefined};

/// Computes κ_n of `units` units with one of `labels` labels from each annotator; `agreement` is the sum over units of the
/// share of pairs who agree. From −1 to 1.
///
/// # Errors
/// There are no units, or fewer than two labels.
pub fn kappa(units: f64, agreement: f64, labels: f64) -> FigureValue {
    if units <= 0.0 {
        return Err(Undefined::NoUnit);
    }
    if labels < 2.0 {
        return Err(Undefined::OneLabel);
    }
    let by_chance = 1.0 / labels;
    Ok((agreement / units - by_chance) / (1.0 - by_chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::published_tables::Table;

    /// Bennett, Alpert & Goldstein's S, the same coefficient, for example 1 of Artstein & Poesio 2008: S = .4.
    #[test]
    fn artstein_and_poesios_example() {
        let table = Table([[20.0, 10.0], [20.0, 50.0]]);
        let value = kappa(table.units(), table.agreeing(), 2.0).unwrap();
        assert!((value - 0.4).abs() < 1e-12, "{value}");
    }

    #[test]
    fn chance_falls_with_the_number_of_labels() {
        assert_eq!(kappa(10.0, 5.0, 2.0), Ok(0.0));
        assert!((kappa(10.0, 5.0, 5.0).unwrap() - 0.375).abs() < 1e-12);
        assert_eq!(kappa(0.0, 0.0, 2.0), Err(Undefined::NoUnit));
        assert_eq!(kappa(1.0, 1.0, 1.0), Err(Undefined::OneLabel));
    }
}
