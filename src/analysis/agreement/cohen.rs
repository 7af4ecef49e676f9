//! Cohen's κ: agreement of two annotators beyond chance, each with their own label frequencies.
//!
//! κ = (p_o − p_e) / (1 − p_e), where p_o is the share of units with the same label and p_e = Σ_k p_1k ·
//! p_2k, with p_1k and p_2k the shares of label k for the first and the second annotator. Cohen 1960, "A
//! coefficient of agreement for nominal scales", Educational and Psychological Measurement 20(1), 37–46.

use super::figure_value::{FigureValue, Undefined};

/// Computes κ of `units` labelled by two annotators, `agreeing` of which have the same label from both.
/// `labels` holds, for every label, the number of times the first and the second annotator have used it. From
/// −1 to 1.
///
/// # Errors
/// There are no units, or both annotators have used a single label.
pub fn kappa(units: f64, agreeing: f64, labels: impl IntoIterator<Item = (f64, f64)>) -> FigureValue {
    if units <= 0.0 {
        return Err(Undefined::NoUnit);
    }
    // Counts are whole numbers, so this detects agreement by chance alone without rounding.
    let by_chance: f64 = labels.into_iter().map(|(first, second)| first * second).sum();
    let all = units * units;
    if by_chance >= all {
        return Err(Undefined::OneLabel);
    }
    Ok((agreeing * units - by_chance) / (all - by_chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::published_tables::Table;

    /// Artstein & Poesio 2008, example 1 (table 1 there): κ = .348.
    #[test]
    fn artstein_and_poesios_example() {
        let table = Table([[20.0, 10.0], [20.0, 50.0]]);
        let value = kappa(table.units(), table.agreeing(), table.labels()).unwrap();
        assert!((value - 0.348).abs() < 0.0005, "{value}");
    }

    /// Cohen 1960, p. 45: two judges, 200 cases, κ = .492.
    #[test]
    fn cohens_example() {
        let table = Table([[88.0, 10.0, 2.0], [14.0, 40.0, 6.0], [18.0, 10.0, 12.0]]);
        let value = kappa(table.units(), table.agreeing(), table.labels()).unwrap();
        assert!((value - 0.492).abs() < 0.0005, "{value}");
    }

    #[test]
    fn with_one_label_only_there_is_no_kappa() {
        assert_eq!(kappa(10.0, 10.0, [(10.0, 10.0), (0.0, 0.0)]), Err(Undefined::OneLabel));
        assert_eq!(kappa(0.0, 0.0, []), Err(Undefined::NoUnit));
        assert_eq!(kappa(10.0, 0.0, [(10.0, 0.0), (0.0, 10.0)]), Ok(0.0));
    }
}
