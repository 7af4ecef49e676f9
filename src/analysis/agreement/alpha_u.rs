//! Krippendorff's α_U for unitized continua, in the variant of **2004**: agreement on where passages of a
//! category begin and end in the running text.
//!
//! Krippendorff 2004, "Measuring the Reliability of Qualitative Text Analysis Data", Quality & Quantity 38,
//! 787–800, and "Content Analysis", 2nd edition, section 11.6. The family of measures of 2016 (`_uα`, `_cuα`
//! …; Krippendorff et al. 2016, Quality & Quantity 50, 2347–2364) is different, and gives different values on
//! the same data.
//!
//! For each category c, each of m annotators divides the continuum of length L into units of c and gaps
//! between them.
//!
//! - Two intersecting units of two annotators differ by (b − b')² + (e − e')², the squared distances of their
//!   bounds. A unit inside a gap of the other annotator differs by ℓ², its squared length. With the sum over
//!   ordered pairs of annotators, D_o = Σ δ² / (m (m − 1) L²).
//! - D_e = (2 / L) · Σ_units [ (N_c − 1) / 3 · (2ℓ³ − 3ℓ² + ℓ) + ℓ² · Σ_gaps (ℓ_gap − ℓ + 1) ] / (mL (mL − 1)
//!   − Σ_units ℓ (ℓ − 1)), where the sum over gaps covers those of all annotators that the unit fits into,
//!   and N_c is the number of units.
//! - α_U = 1 − D_o / D_e, and over all categories 1 − Σ_c D_o / Σ_c D_e.
//!
//! Choices that the paper leaves open:
//!
//! - *Several documents* form one continuum, one after the other, but no unit or gap crosses from one to the
//!   next. The order of the documents therefore does not matter.
//! - *Missing annotators*: a document counts with those who have worked on it, at least two. Its differences
//!   are weighted by 1 / (m_d − 1), and mL becomes Σ_d m_d L_d, as for α. If no annotator is missing, this is
//!   the formula above.
//! - *Several ranges* of a span are separate units. Overlapping spans of one annotator and one category are
//!   one unit.
//! - Lengths are counted in characters (Unicode scalar values).

use super::figure_value::{FigureValue, Undefined};

/// A unit's start and end, in characters. The units of one annotator are sorted and disjoint.
pub(super) type CharRange = (u32, u32);

/// The sums from which α_U of a category is computed.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Continuum {
    /// L: the length of the continuum in characters.
    pub length: f64,
    /// mL: the sum of the lengths that each annotator has worked on.
    pub worked: f64,
    /// Σ δ² over ordered pairs of annotators, with each document's part divided by m_d − 1.
    pub difference: f64,
    /// N_c: the number of units.
    pub units: f64,
    /// Σ (2ℓ³ − 3ℓ² + ℓ) over units.
    pub cubes: f64,
    /// Σ ℓ (ℓ − 1) over units.
    pub squares: f64,
    /// Σ ℓ² · Σ (ℓ_gap − ℓ + 1) over units and the gaps they fit into.
    pub room: f64,
}

impl Continuum {
    /// The observed disagreement, D_o.
    pub fn observed(&self) -> f64 {
        if self.worked > 0.0 { self.difference / (self.worked * self.length) } else { 0.0 }
    }

    /// The expected disagreement, D_e.
    pub fn expected(&self) -> f64 {
        let pairs = self.worked * (self.worked - 1.0) - self.squares;
        if self.length <= 0.0 || pairs <= 0.0 {
            return 0.0;
        }
        2.0 / self.length * ((self.units - 1.0).max(0.0) / 3.0 * self.cubes + self.room) / pairs
    }
}

/// Computes α_U over categories, which may be a single one. At most 1.
///
/// # Errors
/// Nothing is tagged, or no unit could be anywhere else.
pub fn alpha(categories: impl IntoIterator<Item = Continuum>) -> FigureValue {
    let (mut observed, mut expected, mut units) = (0.0, 0.0, 0.0);
    for category in categories {
        observed += category.observed();
        expected += category.expected();
        units += category.units;
    }
    match (units > 0.0, expected > 0.0) {
        (false, _) => Err(Undefined::NothingTagged),
        (true, false) => Err(Undefined::OneLabel),
        (true, true) => Ok(1.0 - observed / expected),
    }
}

/// Returns Σ δ² between the units of two annotators, each pair counted once.
pub(super) fn difference(first: &[CharRange], second: &[CharRange]) -> f64 {
    let mut sum = 0.0;
    let mut seen = vec![false; second.len()];
    let mut from = 0;
    for &(begin, end) in first {
        from += second[from..].iter().take_while(|other| other.1 <= begin).count();
        let mut alone = true;
        for (place, other) in second.iter().enumerate().skip(from).take_while(|(_, other)| other.0 < end) {
            sum += square(begin, other.0) + square(end, other.1);
            seen[place] = true;
            alone = false;
        }
        if alone {
            sum += square(begin, end);
        }
    }
    let unseen = second.iter().zip(seen).filter(|(_, seen)| !seen);
    sum + unseen.map(|(&(begin, end), _)| square(begin, end)).sum::<f64>()
}

fn square(a: u32, b: u32) -> f64 {
    let distance = f64::from(a) - f64::from(b);
    distance * distance
}

/// Returns the lengths of the gaps between units in a document of `length` characters.
pub(super) fn gaps(units: &[CharRange], length: u32) -> impl Iterator<Item = u32> {
    let begins = units.iter().map(|unit| unit.0).chain([length]);
    let ends = std::iter::once(0).chain(units.iter().map(|unit| unit.1));
    begins.zip(ends).map(|(begin, end)| begin.saturating_sub(end)).filter(|&gap| gap > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: u32 = 300;

    /// Builds the continuum of one category by its definition.
    fn continuum(annotators: &[Vec<CharRange>]) -> Continuum {
        let units = || annotators.iter().flatten().map(|unit| f64::from(unit.1 - unit.0));
        let gaps: Vec<f64> = annotators.iter().flat_map(|units| gaps(units, LENGTH)).map(f64::from).collect();
        let room = |length: f64| {
            let fits = gaps.iter().filter(|gap| **gap >= length);
            length * length * fits.map(|gap| gap - length + 1.0).sum::<f64>()
        };
        Continuum {
            length: f64::from(LENGTH),
            worked: annotators.len() as f64 * f64::from(LENGTH),
            difference: 2.0 * difference(&annotators[0], &annotators[1]),
            units: units().count() as f64,
            cubes: units().map(|l| 2.0 * l * l * l - 3.0 * l * l + l).sum(),
            squares: units().map(|l| l * (l - 1.0)).sum(),
            room: units().map(room).sum(),
        }
    }

    /// Krippendorff 2004, p. 254: a continuum from 150 to 450, with units given by start and length.
    fn units(of: &[(u32, u32)]) -> Vec<CharRange> {
        of.iter().map(|&(begin, length)| (begin - 150, begin - 150 + length)).collect()
    }

    #[test]
    fn krippendorffs_example() {
        let c = continuum(&[units(&[(225, 70), (370, 30)]), units(&[(220, 80), (355, 20), (400, 20)])]);
        let both = units(&[(180, 60), (300, 50)]);
        let k = continuum(&[both.clone(), both]);
        assert!((c.observed() - 0.0144).abs() < 0.00005, "{}", c.observed());
        assert!((c.expected() - 0.0532).abs() < 0.00005, "{}", c.expected());
        let check = |got: FigureValue, wanted: f64, within: f64| {
            let got = got.unwrap();
            assert!((got - wanted).abs() < within, "{got}, not {wanted}");
        };
        check(alpha([c]), 0.7286, 0.00005);
        check(alpha([k]), 1.0, 1e-12);
        check(alpha([c, k]), 0.859, 0.0005);
    }

    #[test]
    fn units_differ_by_their_bounds_or_by_their_length() {
        assert_eq!(difference(&[(0, 10)], &[(2, 13)]), 4.0 + 9.0);
        assert_eq!(difference(&[(0, 10)], &[(10, 15)]), 100.0 + 25.0);
        assert_eq!(difference(&[(0, 10)], &[(1, 3), (4, 10)]), 1.0 + 49.0 + 16.0);
        assert_eq!(difference(&[], &[(1, 3)]), 4.0);
        assert_eq!(gaps(&[(0, 10), (10, 12), (20, 30)], 30).collect::<Vec<_>>(), [8]);
        assert_eq!(gaps(&[], 30).collect::<Vec<_>>(), [30]);
    }

    #[test]
    fn without_units_there_is_no_figure() {
        let empty = Continuum { length: 300.0, worked: 600.0, ..Continuum::default() };
        assert_eq!(alpha([empty]), Err(Undefined::NothingTagged));
    }
}
