//! Percent agreement: the share of units on which two annotators agree.
//!
//! p_o = agreeing pairs of labels / all pairs of labels on one unit. For two annotators this is the share of
//! units with the same label (Artstein & Poesio 2008, "Inter-Coder Agreement for Computational Linguistics",
//! Computational Linguistics 34(4), section 2.3); for more it is the mean over pairs, the observed agreement
//! of Fleiss (1971).

use super::figure_value::{FigureValue, Undefined};

/// Returns the share of `pairs` of labels that agree. From 0 to 1.
///
/// # Errors
/// There are no pairs.
pub fn agreement(agreeing: f64, pairs: f64) -> FigureValue {
    if pairs > 0.0 { Ok(agreeing / pairs) } else { Err(Undefined::NoUnit) }
}

/// Returns the share of `pairs` of labels that agree, over all categories that were given. For each category `counts` has the
/// number of times it was given, and the number of pairs of annotators of whom one has given it. From 0 to 1.
///
/// # Errors
/// There are no pairs, or no category was given.
pub fn of_categories(pairs: f64, counts: impl Iterator<Item = (f64, f64)>) -> FigureValue {
    let (used, apart) = counts
        .filter(|(given, _)| *given > 0.0)
        .fold((0.0, 0.0), |(used, sum), (_, apart)| (used + 1.0, sum + apart));
    match used {
        0.0 => Err(Undefined::NothingTagged),
        used => agreement(pairs * used - apart, pairs * used),
    }
}
