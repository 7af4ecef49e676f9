//! The headings of the report of an analysis.

pub(crate) const CONTENTS: &str = "Tables and figures";
pub(crate) const METHOD: &str = "Method";
pub(crate) const RESULTS: &str = "Results";
pub(crate) const SOURCES: &str = "Sources";

/// After the heading of a column of a workbook: counts, shares, and the bounds of intervals and ranges.
pub(crate) const N: &str = ", n";
pub(crate) const PERCENT: &str = ", %";
pub(crate) const LOW: &str = ", low";
pub(crate) const HIGH: &str = ", high";
pub(crate) const LEAST: &str = ", least";
pub(crate) const GREATEST: &str = ", greatest";
