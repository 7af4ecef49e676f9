//! The running text of one document, divided by each annotator into passages and the gaps between them: the counts
//! behind α_U and the α family of 2016.
//!
//! Each range of a passage is a unit of its own. Overlapping passages of one annotator and one category are united into one
//! unit; those that merely touch remain two. For the units of any category, passages of different categories are united too.

use super::alpha_u::{self, CharRange};
use super::combinations::pairs;
use super::matching::TaggedSpan;
use super::u_alpha::{Category, Unitizing};
use super::unit_ranges;
use demarche_model::Text;

/// The units of a document in the running text.
pub(super) struct Continua {
    /// Length in characters.
    pub length: u32,
    /// Categories that at least one annotator has used, in ascending order.
    pub categories: Vec<CategoryUnits>,
    /// Units of any category.
    pub any: Unitizing,
    /// Number of characters to which an annotator has given several categories.
    pub several: u32,
}

/// The units of a category.
pub(super) struct CategoryUnits {
    pub category: usize,
    /// Sorted units per annotator present.
    pub units: Vec<Vec<CharRange>>,
    /// Σ δ² over ordered pairs of annotators, divided by the number of annotators minus one.
    pub difference: f64,
    pub unitizing: Unitizing,
    /// The units without the text of several categories.
    pub exclusive: Category,
}

impl Continua {
    /// Collects the units of the annotators who are present in a document, at least two.
    pub fn new(categories: usize, tagged: &[Vec<TaggedSpan<'_>>], text: &Text) -> Self {
        let ranges = char_ranges(categories, tagged, text);
        let used = ranges.into_iter().enumerate().filter(|(_, units)| units.iter().any(|of| !of.is_empty()));
        let used: Vec<(usize, Vec<Vec<CharRange>>)> = used
            .map(|(category, units)| (category, units.into_iter().map(unite_overlapping).collect()))
            .collect();
        let of_any =
            |annotator: usize| used.iter().flat_map(move |(_, units)| units[annotator].iter().copied());
        let any: Vec<Vec<CharRange>> =
            (0..tagged.len()).map(|annotator| unite_overlapping(of_any(annotator).collect())).collect();
        let several = (0..tagged.len()).flat_map(|annotator| covered_twice(of_any(annotator).collect()));
        let several = unit_ranges::normalise(several.collect());
        let coverage = Coverage::new(any.iter().flatten());
        let others = tagged.len() as f64 - 1.0;
        let categories = used.into_iter().map(|(category, units)| {
            let own = Coverage::new(units.iter().flatten());
            let differences = pairs(units.len()).map(|(a, b)| alpha_u::difference(&units[a], &units[b]));
            CategoryUnits {
                category,
                difference: 2.0 * differences.sum::<f64>() / others,
                unitizing: unitizing(&units, &own, others),
                exclusive: exclusive(&units, (&own, &coverage), &several, others),
                units,
            }
        });
        let categories = categories.collect();
        Self {
            length: saturating_u32(text.characters()),
            categories,
            any: unitizing(&any, &coverage, others),
            several: unit_ranges::count(&several),
        }
    }

    /// Finds the units of a category; `None` if nobody has used it here.
    pub fn category(&self, category: usize) -> Option<&CategoryUnits> {
        let at = self.categories.binary_search_by_key(&category, |units| units.category).ok()?;
        self.categories.get(at)
    }
}

/// Returns the ranges of all spans in characters, by category and annotator.
fn char_ranges(categories: usize, tagged: &[Vec<TaggedSpan<'_>>], text: &Text) -> Vec<Vec<Vec<CharRange>>> {
    let mut ranges = vec![vec![Vec::new(); tagged.len()]; categories];
    for (annotator, spans) in tagged.iter().enumerate() {
        for span in spans {
            ranges[span.category][annotator].extend(span.span.ranges.iter().map(|range| {
                (saturating_u32(text.char_offset(range.start)), saturating_u32(text.char_offset(range.end)))
            }));
        }
    }
    ranges
}

/// Sorts ranges and unites those that overlap; adjacent ones stay separate.
fn unite_overlapping(mut ranges: Vec<CharRange>) -> Vec<CharRange> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let joins = next.0 < last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
    ranges
}

/// Counts units for `|uα`; `coverage` is that of the same units.
fn unitizing(units: &[Vec<CharRange>], coverage: &Coverage, others: f64) -> Unitizing {
    let mut counts = Unitizing::default();
    for &(start, end) in units.iter().flatten() {
        let length = f64::from(end - start);
        counts.units += 1.0;
        counts.length += length;
        counts.squares += length * length;
        counts.both += (coverage.within((start, end)) - length) / others;
    }
    counts
}

/// Counts the units of a category without the text of several categories. `own` is their coverage, and `any` that of the units of
/// any category.
fn exclusive(
    units: &[Vec<CharRange>],
    (own, any): (&Coverage, &Coverage),
    several: &[CharRange],
    others: f64,
) -> Category {
    let mut counts = Category::default();
    for &unit in units.iter().flatten() {
        let from = several.partition_point(|range| range.1 <= unit.0);
        let to = from + several[from..].partition_point(|range| range.0 < unit.1);
        let parts = unit_ranges::difference(&[unit], &several[from..to]);
        let length: f64 = parts.iter().map(|part| f64::from(part.1 - part.0)).sum();
        if length == 0.0 {
            continue;
        }
        let shared = (parts.iter().map(|part| any.within(*part)).sum::<f64>() - length) / others;
        let Category { unitizing, coding } = &mut counts;
        unitizing.units += 1.0;
        unitizing.length += length;
        unitizing.squares += length * length;
        unitizing.both += (parts.iter().map(|part| own.within(*part)).sum::<f64>() - length) / others;
        coding.shared += shared;
        coding.squares += shared * shared;
    }
    counts
}

/// Returns the text to which one annotator has given several categories.
fn covered_twice(mut ranges: Vec<CharRange>) -> Vec<CharRange> {
    ranges.sort_unstable();
    let mut reached = 0;
    let twice = ranges.into_iter().filter_map(|range| {
        let before = reached;
        reached = reached.max(range.1);
        (range.0 < before).then(|| (range.0, range.1.min(before)))
    });
    twice.collect()
}

/// How many annotators have tagged each character, summed up from the start of the text.
struct Coverage {
    /// Positions where the number changes, each with the sum up to it and the number from there on.
    steps: Vec<(u32, f64, f64)>,
}

impl Coverage {
    fn new<'a>(units: impl Iterator<Item = &'a CharRange>) -> Self {
        let mut changes: Vec<(u32, f64)> =
            units.flat_map(|&(start, end)| [(start, 1.0), (end, -1.0)]).collect();
        changes.sort_unstable_by_key(|change| change.0);
        let (mut at, mut sum, mut number) = (0, 0.0, 0.0);
        let steps = changes.into_iter().map(|(position, change)| {
            sum += number * f64::from(position - at);
            number += change;
            at = position;
            (position, sum, number)
        });
        Self { steps: steps.collect() }
    }

    /// Sums up the numbers of annotators over the characters of a range.
    fn within(&self, (start, end): CharRange) -> f64 {
        self.up_to(end) - self.up_to(start)
    }

    fn up_to(&self, position: u32) -> f64 {
        let after = self.steps.partition_point(|step| step.0 <= position);
        let Some(&(at, sum, number)) = after.checked_sub(1).and_then(|last| self.steps.get(last)) else {
            return 0.0;
        };
        sum + number * f64::from(position - at)
    }
}

/// A text of more than 4 GB can't be opened, so this never saturates.
fn saturating_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_ranges_are_united_and_touching_ones_are_not() {
        assert_eq!(unite_overlapping(vec![(20, 46), (0, 30)]), [(0, 46)]);
        assert_eq!(unite_overlapping(vec![(21, 46), (0, 21)]), [(0, 21), (21, 46)]);
        assert_eq!(covered_twice(vec![(4, 9), (0, 5), (8, 12)]), [(4, 5), (8, 9)]);
        assert_eq!(covered_twice(vec![(5, 9), (0, 5)]), []);
    }

    #[test]
    fn coverage_counts_annotators_per_character() {
        let coverage = Coverage::new([(2, 6), (4, 10), (4, 6)].iter());
        assert_eq!(coverage.within((0, 4)), 2.0);
        assert_eq!(coverage.within((4, 6)), 6.0);
        assert_eq!(coverage.within((5, 20)), 3.0 + 4.0);
    }
}
