//! The running text of one document, divided by each annotator into passages and the gaps between them: the counts
//! behind α_U and the α family of 2016.
//!
//! Each range of a passage is a unit of its own. Overlapping passages of one annotator and one category are united into one
//! unit; those that merely touch remain two. For the units of any category, passages of different categories are united too.

use super::alpha_u::{self, CharRange};
use super::document_counts::pairs;
use super::matching::TaggedSpan;
use super::u_alpha::{Coding, Unitizing};
use demarche_model::Text;

/// The units of a document in the running text.
pub(super) struct Continua {
    /// Length in characters.
    pub length: u32,
    /// Categories that at least one annotator has used, in ascending order.
    pub categories: Vec<CategoryUnits>,
    /// Units of any category.
    pub any: Unitizing,
    /// True if an annotator has given one character several categories.
    pub several: bool,
}

/// The units of a category.
pub(super) struct CategoryUnits {
    pub category: usize,
    /// Sorted units per annotator present.
    pub units: Vec<Vec<CharRange>>,
    /// Σ δ² over ordered pairs of annotators, divided by the number of annotators minus one.
    pub difference: f64,
    pub unitizing: Unitizing,
    /// Units that other annotators have tagged with any category.
    pub coding: Coding,
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
        let several = (0..tagged.len()).any(|annotator| has_overlap(of_any(annotator).collect()));
        let coverage = Coverage::new(any.iter().flatten());
        let others = tagged.len() as f64 - 1.0;
        let categories = used.into_iter().map(|(category, units)| CategoryUnits {
            category,
            difference: pairs(units.len())
                .map(|(a, b)| 2.0 * alpha_u::difference(&units[a], &units[b]))
                .sum::<f64>()
                / others,
            unitizing: unitizing(&units, &Coverage::new(units.iter().flatten()), others),
            coding: coding(&units, &coverage, others),
            units,
        });
        Self {
            length: saturating_u32(text.characters()),
            categories: categories.collect(),
            any: unitizing(&any, &coverage, others),
            several,
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

fn has_overlap(mut ranges: Vec<CharRange>) -> bool {
    ranges.sort_unstable();
    ranges.windows(2).any(|two| two[1].0 < two[0].1)
}

/// Counts units for `|uα` and `uα`; `coverage` is that of the same units.
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

/// Counts units for `cuα`; `coverage` is that of the units of any category.
fn coding(units: &[Vec<CharRange>], coverage: &Coverage, others: f64) -> Coding {
    let mut counts = Coding::default();
    for &(start, end) in units.iter().flatten() {
        let shared = (coverage.within((start, end)) - f64::from(end - start)) / others;
        counts.shared += shared;
        counts.squares += shared * shared;
    }
    counts
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
        assert!(has_overlap(vec![(4, 9), (0, 5)]));
        assert!(!has_overlap(vec![(5, 9), (0, 5)]));
    }

    #[test]
    fn coverage_counts_annotators_per_character() {
        let coverage = Coverage::new([(2, 6), (4, 10), (4, 6)].iter());
        assert_eq!(coverage.within((0, 4)), 2.0);
        assert_eq!(coverage.within((4, 6)), 6.0);
        assert_eq!(coverage.within((5, 20)), 3.0 + 4.0);
    }
}
