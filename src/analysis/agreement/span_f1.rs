//! F1 over spans: the share of the passages of two annotators that both have tagged.
//!
//! F1 = 2 · matched / (|A| + |B|), the harmonic mean of precision and recall, which is the same whichever
//! annotator is taken as the reference. Hripcsak & Rothschild 2005, "Agreement, the F-Measure, and
//! Reliability in Information Retrieval", JAMIA 12(3), 296–298, show that κ approaches it if what is not
//! tagged can't be counted. Holsti's coefficient of reliability, 2M / (N₁ + N₂), is the same number (Holsti 1969, "Content
//! Analysis for the Social Sciences and Humanities").
//!
//! *Exact*: a span matches one of the same category with the same ranges. *Overlap*: a span that merely
//! overlaps its match counts half, like partial matches in MUC-5 (Chinchor & Sundheim 1993, "MUC-5 Evaluation
//! Metrics"). Spans are matched one to one; see `matching`.
//!
//! *Precision* is the share of the passages of an annotator that the consensus has with the same category and ranges, and
//! *recall* the share of the passages of the consensus that the annotator has; their harmonic mean is the exact F1.

use super::figure_value::{FigureValue, Undefined};

/// Weight of a match by overlap alone.
pub const PARTIAL: f64 = 0.5;

/// Computes F1 of two annotators with `first` and `second` spans, `matched` of which belong together. From 0
/// to 1.
///
/// # Errors
/// Neither has a span.
pub fn score(matched: f64, first: f64, second: f64) -> FigureValue {
    let spans = first + second;
    if spans > 0.0 { Ok(2.0 * matched / spans) } else { Err(Undefined::NothingTagged) }
}

/// Computes precision or recall: the share of `spans` spans that are among the `matched` ones. From 0 to 1.
///
/// # Errors
/// There are no spans.
pub fn share(matched: f64, spans: f64) -> FigureValue {
    if spans > 0.0 { Ok(matched / spans) } else { Err(Undefined::NothingTagged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_matches_count_half() {
        // (0–10 as A, another as B) against (0–8 as A, the same as B): exact .5, with overlap counted half
        // .75.
        assert_eq!(score(1.0, 2.0, 2.0), Ok(0.5));
        assert_eq!(score(1.0 + PARTIAL, 2.0, 2.0), Ok(0.75));
        assert_eq!(score(0.0, 0.0, 0.0), Err(Undefined::NothingTagged));
        assert_eq!(score(0.0, 3.0, 0.0), Ok(0.0));
    }
}
