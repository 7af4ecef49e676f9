//! Krippendorff's α for units that may have several categories: the value that an annotator gives a unit is the set of
//! its categories, and two sets differ by degrees.
//!
//! α = 1 − D_o / D_e = 1 − (n − 1) · Σ_u 1 / (m_u − 1) · Σ_{i≠j} δ(s_ui, s_uj) / Σ_{s,t} n_s n_t δ(s, t), as for nominal
//! values (see [`super::alpha_nominal`]), with one of these distances between sets:
//!
//! - *Jaccard*: δ = 1 − J with J = |s ∩ t| / |s ∪ t|.
//! - *MASI*: δ = 1 − J · M, where M is 1 if the sets are the same, 2/3 if one contains the other, 1/3 if they overlap
//!   otherwise, and 0 if they have nothing in common. Passonneau 2006, "Measuring Agreement on Set-valued Items (MASI) for
//!   Semantic and Pragmatic Annotation", LREC 2006, 831–836.
//!
//! A unit without a category has the empty set, which differs from any other by 1 and from itself by 0. If no unit has two
//! categories, both are α for nominal values.

use std::cmp::Ordering;

use super::figure_value::{FigureValue, Undefined};

/// How much two sets have in common, from 0 to 1: one minus their distance.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Likeness {
    /// By MASI.
    pub masi: f64,
    /// By Jaccard.
    pub jaccard: f64,
}

impl Likeness {
    /// The likeness of a set to itself.
    pub const SAME: Self = Self { masi: 1.0, jaccard: 1.0 };

    /// Compares two sets of categories, each sorted.
    pub fn of(first: &[u32], second: &[u32]) -> Self {
        if first == second {
            return Self::SAME;
        }
        let shared = shared(first, second);
        if shared == 0 {
            return Self::default();
        }
        let jaccard = shared as f64 / (first.len() + second.len() - shared) as f64;
        let contained = shared == first.len() || shared == second.len();
        Self { masi: jaccard * if contained { 2.0 } else { 1.0 } / 3.0, jaccard }
    }
}

/// Counts the elements that are in both of two sorted sets.
fn shared(first: &[u32], second: &[u32]) -> usize {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while a < first.len() && b < second.len() {
        match first[a].cmp(&second[b]) {
            Ordering::Less => a += 1,
            Ordering::Greater => b += 1,
            Ordering::Equal => (a, b, shared) = (a + 1, b + 1, shared + 1),
        }
    }
    shared
}

/// Computes α. `mismatch` is Σ_u 1 / (m_u − 1) · Σ_{i≠j} δ; `given` holds the number of times each set was given, the empty
/// one included; and `alike` is the sum over two different sets of n_s n_t (1 − δ), each pair counted once. At most 1.
///
/// # Errors
/// There are no units, or all have the same set.
pub fn alpha(mismatch: f64, given: impl IntoIterator<Item = f64> + Clone, alike: f64) -> FigureValue {
    let values: f64 = given.clone().into_iter().sum();
    if values < 2.0 {
        return Err(Undefined::NoUnit);
    }
    let different: f64 = given.into_iter().map(|count| count * (values - count)).sum();
    if different <= 0.0 {
        return Err(Undefined::OneLabel);
    }
    Ok(1.0 - (values - 1.0) * mismatch / (different - 2.0 * alike))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(first: &[u32], second: &[u32]) -> (f64, f64) {
        let Likeness { masi, jaccard } = Likeness::of(first, second);
        (masi, jaccard)
    }

    /// The four degrees of Passonneau 2006, section 3.
    #[test]
    fn sets_are_the_same_contained_overlapping_or_apart() {
        assert_eq!(of(&[1, 2], &[1, 2]), (1.0, 1.0));
        assert_eq!(of(&[1, 2], &[1, 2, 3, 4]), (0.5 * 2.0 / 3.0, 0.5));
        assert_eq!(of(&[1, 2], &[2, 3]), (1.0 / 3.0 / 3.0, 1.0 / 3.0));
        assert_eq!(of(&[1, 2], &[3]), (0.0, 0.0));
        assert_eq!(of(&[], &[3]), (0.0, 0.0));
        assert_eq!(of(&[], &[]), (1.0, 1.0));
    }

    /// Computes α by its definition, for units with one set per annotator.
    fn of_units(units: &[Vec<Vec<u32>>], likeness: fn(&Likeness) -> f64) -> FigureValue {
        let like = |a: &[u32], b: &[u32]| likeness(&Likeness::of(a, b));
        let paired: Vec<&Vec<Vec<u32>>> = units.iter().filter(|unit| unit.len() > 1).collect();
        let mut sets: Vec<&Vec<u32>> = paired.iter().copied().flatten().collect();
        sets.sort();
        sets.dedup();
        let count =
            |set: &Vec<u32>| paired.iter().copied().flatten().filter(|other| *other == set).count() as f64;
        let given: Vec<f64> = sets.iter().map(|set| count(set)).collect();
        let pairs = (0..sets.len()).flat_map(|a| (a + 1..sets.len()).map(move |b| (a, b)));
        let alike = pairs.map(|(a, b)| given[a] * given[b] * like(sets[a], sets[b])).sum();
        let differ = |unit: &Vec<Vec<u32>>| {
            let each = unit.iter().flat_map(|a| unit.iter().map(move |b| 1.0 - like(a, b)));
            each.sum::<f64>() / (unit.len() - 1) as f64
        };
        alpha(paired.into_iter().map(differ).sum(), given, alike)
    }

    /// With one value per unit it is α for nominal values: Krippendorff 2011, section C, .743.
    #[test]
    fn krippendorffs_example_with_single_values() {
        let observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        let unit = |at: usize| {
            let values = observers.iter().filter_map(|row| row.chars().nth(at)?.to_digit(10));
            values.map(|value| vec![value]).collect::<Vec<_>>()
        };
        let units: Vec<_> = (0..12).map(unit).collect();
        for likeness in [|like: &Likeness| like.masi, |like: &Likeness| like.jaccard] {
            let value = of_units(&units, likeness).unwrap();
            assert!((value - 0.743).abs() < 0.0005, "{value}");
        }
    }

    #[test]
    fn near_misses_count_in_part() {
        // {1,2} against {1}, and {3} against {3}: with Jaccard, D_o = 2 · ½ and D_e from the counts 1, 1, 2.
        let units = [vec![vec![1, 2], vec![1]], vec![vec![3], vec![3]]];
        let value = of_units(&units, |like| like.jaccard).unwrap();
        assert!((value - (1.0 - 3.0 * 1.0 / (3.0 + 3.0 + 4.0 - 1.0))).abs() < 1e-12, "{value}");
        let masi = of_units(&units, |like| like.masi).unwrap();
        assert!((masi - (1.0 - 3.0 * (4.0 / 3.0) / (10.0 - 2.0 / 3.0))).abs() < 1e-12, "{masi}");
        assert_eq!(of_units(&[vec![vec![1, 2], vec![1, 2]]], |like| like.masi), Err(Undefined::OneLabel));
        assert_eq!(of_units(&[], |like| like.masi), Err(Undefined::NoUnit));
    }
}
