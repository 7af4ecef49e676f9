//! Titles and labels of figures.

use crate::views::{ScoreKind, TimeMeasure};

pub(crate) const TIME: &str = "Over time";
pub(crate) const TOWARDS: &str = "Interactions";
pub(crate) const CODELINE: &str = "Within documents";
pub(crate) const MOVEMENT: &str = "Movement";
pub(crate) const TOGETHER: &str = "Co-occurrence";
pub(crate) const FOLLOWS: &str = "Sequences";
pub(crate) const CATEGORY: &str = "Category";
pub(crate) const FIRST: &str = "First";
pub(crate) const NEXT: &str = "Next";
pub(crate) const STEPS: &str = "steps";

/// A count of so many.
pub(crate) fn of(count: usize, of: usize) -> String {
    format!("{count} of {of}")
}

/// A number with two digits.
pub(crate) fn number(number: f64) -> String {
    format!("{number:.2}").replace('-', "−")
}

/// A residual; few are expected where it says nothing.
pub(crate) fn z(z: f64, few: bool) -> String {
    let z = number(z);
    if few { format!("z {z}, few") } else { format!("z {z}") }
}

/// A number of earlier words.
pub(crate) fn earlier(number: usize) -> String {
    if number > 0 { format!("+{number} earlier") } else { String::new() }
}

/// A share of a line.
pub(crate) fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

/// What the axis of a line measures.
pub(crate) fn length(is_true: bool) -> &'static str {
    if is_true { "characters" } else { "share of the text" }
}

/// An attribute on an issue.
pub(crate) fn position(attribute: &str, issue: &str) -> String {
    format!("{attribute}: {issue}")
}

/// The measure of bars.
pub(crate) fn time_measure(measure: TimeMeasure) -> &'static str {
    match measure {
        TimeMeasure::Share => "% of moves",
        TimeMeasure::Count => "moves",
        TimeMeasure::PerThousandWords => "moves per 1,000 words",
    }
}

/// The score with its scale.
pub(crate) fn score(kind: ScoreKind, scale: &str) -> String {
    match kind {
        ScoreKind::Mean => format!("mean score, {scale}"),
        ScoreKind::Sum => format!("sum of scores, {scale}"),
    }
}

/// The demands and offers of a row.
pub(crate) struct AskCounts {
    pub demands: usize,
    pub conditions: usize,
    pub offers: usize,
    pub open: usize,
    pub possible: usize,
}

/// The counts below a row.
pub(crate) fn notes(counts: AskCounts) -> Vec<String> {
    let demands = match counts.conditions {
        0 => format!("demands {}", counts.demands),
        conditions => format!("demands {} + {}", counts.demands, super::count(conditions, "condition")),
    };
    let possible = format!("possible answers {}", counts.possible);
    vec![demands, format!("offers {}", counts.offers), format!("open {}", counts.open), possible]
}
