//! Krippendorff's α for nominal values, with missing data.
//!
//! α = 1 − D_o / D_e = 1 − (n − 1) · Σ_{c≠k} o_ck / Σ_c n_c (n − n_c). The coincidence o_ck counts pairs of
//! values c and k on one unit, each pair weighted by 1 / (m_u − 1), where m_u annotators have given a value;
//! n_c is the number of times c was given on units with at least two values, and n the sum of all n_c.
//! Krippendorff 2004, "Content Analysis", 2nd edition, section 11.3; "Computing Krippendorff's
//! Alpha-Reliability" (2011), section C.

use super::figure_value::{FigureValue, Undefined};

/// Computes α. `mismatch` is Σ_{c≠k} o_ck, and `labels` holds the number of times each value was given,
/// without units that have a single value. At most 1.
///
/// # Errors
/// No unit has two values, or all values are the same.
pub fn alpha(mismatch: f64, labels: impl IntoIterator<Item = f64> + Clone) -> FigureValue {
    let values: f64 = labels.clone().into_iter().sum();
    if values < 2.0 {
        return Err(Undefined::NoUnit);
    }
    let by_chance: f64 = labels.into_iter().map(|label| label * (values - label)).sum();
    if by_chance <= 0.0 {
        return Err(Undefined::OneLabel);
    }
    Ok(1.0 - (values - 1.0) * mismatch / by_chance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::published_tables::Table;

    /// Computes α by its definition, for units with one value per annotator; missing values are left out.
    fn of_units(units: &[Vec<u32>]) -> FigureValue {
        let mut labels = [0.0; 8];
        let mut mismatch = 0.0;
        for unit in units.iter().filter(|unit| unit.len() > 1) {
            unit.iter().for_each(|&value| labels[value as usize] += 1.0);
            let different = |a: &u32| unit.iter().filter(|b| *b != a).count() as f64;
            mismatch += unit.iter().map(different).sum::<f64>() / (unit.len() - 1) as f64;
        }
        alpha(mismatch, labels)
    }

    /// Krippendorff 2011, section C (also 2004, section 11.3): four observers, twelve units, missing values;
    /// .743.
    #[test]
    fn krippendorffs_example_with_missing_values() {
        let observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        let unit = |at: usize| {
            observers.iter().filter_map(|row| row.chars().nth(at)?.to_digit(10)).collect::<Vec<_>>()
        };
        let units: Vec<Vec<u32>> = (0..12).map(unit).collect();
        let value = of_units(&units).unwrap();
        assert!((value - 0.743).abs() < 0.0005, "{value}");
    }

    /// Artstein & Poesio 2008, example 1: α = .344.
    #[test]
    fn artstein_and_poesios_example() {
        let table = Table([[20.0, 10.0], [20.0, 50.0]]);
        let labels: Vec<f64> = table.labels().map(|(first, second)| first + second).collect();
        let value = alpha(2.0 * (table.units() - table.agreeing()), labels).unwrap();
        assert!((value - 0.344).abs() < 0.0005, "{value}");
    }

    #[test]
    fn with_one_value_only_there_is_no_alpha() {
        assert_eq!(of_units(&[vec![1, 1], vec![1, 1]]), Err(Undefined::OneLabel));
        assert_eq!(of_units(&[vec![1], vec![2]]), Err(Undefined::NoUnit));
        assert_eq!(of_units(&[vec![1, 1], vec![2, 2]]), Ok(1.0));
    }
}
