//! Values of a report as people read them.

use crate::words::export::report::grouped;
use demarche_analysis::report::Value;

/// What stands for nothing.
const NONE: &str = "–";

/// A value on one line.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::None => NONE.to_owned(),
        Value::Text(text) => text.clone(),
        Value::Quote { words, source } if source.is_empty() => quoted(words),
        Value::Quote { words, source } => format!("{} ({source})", quoted(words)),
        Value::Count(count) => grouped(*count),
        Value::Number(value) => number(*value),
        Value::Share { count, .. } => match value.percent() {
            Some(percent) => format!("{} ({})", grouped(*count), percentage(percent)),
            None => grouped(*count),
        },
        Value::Interval { value, bounds: None } => number(*value),
        Value::Interval { value, bounds: Some((low, high)) } => {
            format!("{} [{}, {}]", number(*value), number(*low), number(*high))
        }
        Value::Figure { value, bounds: None } => digits(*value, 3),
        Value::Figure { value, bounds: Some((low, high)) } => {
            format!("{} [{}, {}]", digits(*value, 3), digits(*low, 3), digits(*high, 3))
        }
        Value::Range { low, high } if low == high => grouped(*low),
        Value::Range { low, high } => format!("{}–{}", grouped(*low), grouped(*high)),
    }
}

/// Words in quotation marks.
pub(super) fn quoted(words: &str) -> String {
    format!("“{words}”")
}

/// A share with its sign.
pub(super) fn percentage(percent: f64) -> String {
    format!("{percent:.1} %")
}

/// A number with two decimals and a proper minus.
fn number(number: f64) -> String {
    digits(number, 2)
}

/// A number with so many decimals and a proper minus.
fn digits(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    match text.strip_prefix('-') {
        Some(zero) if zero.chars().all(|c| matches!(c, '0' | '.')) => zero.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_papers_print_them() {
        let values = [
            Value::Share { count: 1_200, of: 2_400 },
            Value::Share { count: 0, of: 0 },
            Value::Number(-0.189),
            Value::Number(-0.001),
            Value::Interval { value: 0.5, bounds: Some((0.25, 0.75)) },
            Value::Range { low: 2, high: 5 },
            Value::Range { low: 3, high: 3 },
        ];
        let expected = ["1,200 (50.0 %)", "0", "−0.19", "0.00", "0.50 [0.25, 0.75]", "2–5", "3"];
        assert_eq!(values.each_ref().map(shown), expected);
    }
}
