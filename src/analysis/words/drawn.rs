//! Titles, measures and counts of the figures of views.

use super::figure;
use crate::bargain::Scale;
use crate::views::{LineLength, MatrixOptions, ScoreKind, TimeMeasure};

pub(crate) use figure::count;

pub(crate) const NETWORK: &str = "Interactions";
pub(crate) const FROM: &str = "from";
pub(crate) const TO: &str = "to";
pub(crate) const CODELINE: &str = "Within documents";
pub(crate) const TOGETHER: &str = "Co-occurrence";
pub(crate) const FOLLOWS: &str = "Sequences";
pub(crate) const MOVEMENT: &str = "Movement";
pub(crate) const STEPS: &str = "concessions and acceptances";
pub(crate) const FEW: &str = "few";

/// `Moves: Actor × Issue`.
pub(crate) fn matrix_title(options: &MatrixOptions) -> String {
    format!("{}: {} × {}", options.measure.name(), options.rows.name(), options.columns.name())
}

pub(crate) fn demands(number: usize) -> String {
    counted(number, "demand", "demands")
}

pub(crate) fn conditions(number: usize) -> String {
    counted(number, "condition", "conditions")
}

pub(crate) fn offers(number: usize) -> String {
    counted(number, "offer", "offers")
}

pub(crate) fn open(number: usize) -> String {
    format!("{} open", count(number))
}

pub(crate) fn possible_answers(number: usize) -> String {
    format!("{} with possible answers", count(number))
}

fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { several })
}

/// `6 of 17`.
pub(crate) fn of(number: usize, all: usize) -> String {
    format!("{} of {}", count(number), count(all))
}

/// A number with up to two decimals.
pub(crate) fn number(number: f64) -> String {
    let text = format!("{number:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.replace('-', "−") }
}

/// The number of earlier words; empty without any.
pub(crate) fn earlier(number: usize) -> String {
    if number == 0 { String::new() } else { format!("+{} earlier", count(number)) }
}

pub(crate) fn time_title(measure: TimeMeasure) -> &'static str {
    match measure {
        TimeMeasure::Share => "Shares over time",
        TimeMeasure::Count => "Moves over time",
        TimeMeasure::PerThousandWords => "Moves per 1,000 words over time",
    }
}

pub(crate) fn time_measure(measure: TimeMeasure) -> &'static str {
    match measure {
        TimeMeasure::Share => "% of moves",
        TimeMeasure::Count => "moves",
        TimeMeasure::PerThousandWords => "moves per 1,000 words",
    }
}

/// The score with its scale: `mean score, Goldstein`.
pub(crate) fn score(kind: ScoreKind, scale: Scale, changed: usize) -> String {
    let kind = match kind {
        ScoreKind::Mean => "mean score",
        ScoreKind::Sum => "sum of scores",
    };
    let changed = if changed > 0 { format!(", changed ({changed})") } else { String::new() };
    format!("{kind}, {}{changed}", scale.name())
}

pub(crate) fn line_length(length: LineLength) -> &'static str {
    match length {
        LineLength::Share => "share of the text",
        LineLength::True => "characters",
    }
}

pub(crate) fn characters(number: usize) -> String {
    counted(number, "character", "characters")
}

pub(crate) fn percent(number: usize) -> String {
    format!("{number} %")
}

pub(crate) fn phi(value: f64) -> String {
    format!("φ {}", number(value))
}

pub(crate) fn z(value: f64) -> String {
    format!("z {}", number(value))
}

/// An attribute and an issue: `Fee: transit fees`.
pub(crate) fn position(attribute: &str, issue: &str) -> String {
    format!("{attribute}: {issue}")
}

/// Soft and hard moves: `8 soft / 3 hard`.
pub(crate) fn soft_and_hard(soft: usize, hard: usize) -> String {
    format!("{soft} soft / {hard} hard")
}
