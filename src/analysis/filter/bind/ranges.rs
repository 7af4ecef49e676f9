//! Numbers, dates, and ranges of them.

use smol_str::SmolStr;

use demarche_model::{AttributeKind, Date, Value as TagValue};

use super::super::ast::{Field, Value};
use super::super::bound::NumberRange;
use super::super::error::{BindError, BindFault};
use super::names::error;
use crate::bargain::DayRange;
use crate::summary::Day;

/// Separates the ends of a range.
const TO: &str = "..";

/// Reads a number or a range of numbers: `5`, `3..8`, `3..`, `..8`.
///
/// # Errors
/// The value is no number, or the range ends before it starts.
pub(super) fn numbers(field: &Field, value: &Value) -> Result<NumberRange, BindError> {
    let number = |text: &str| match AttributeKind::Number.parse(text) {
        Some(TagValue::Number(number)) => Some(number),
        Some(_) | None => None,
    };
    let fault = || {
        let (field, text) = (field.clone(), SmolStr::new(value.text()));
        error(value, BindFault::NoNumber { field, text })
    };
    let (first, last) = ends(value, number).ok_or_else(fault)?;
    let range =
        NumberRange { first: first.unwrap_or(f64::NEG_INFINITY), last: last.unwrap_or(f64::INFINITY) };
    if range.first > range.last { Err(backwards(field, value)) } else { Ok(range) }
}

/// Reads a date or a range of dates: `2026-03-14`, `2026-02..2026-03`, `2026-02..`, `..2025`.
///
/// # Errors
/// The value is no date, or the range ends before it starts.
pub(super) fn dates(field: &Field, value: &Value) -> Result<DayRange, BindError> {
    let days = |text: &str| Date::parse(text).as_ref().map(DayRange::from_date);
    let fault = || {
        let (field, text) = (field.clone(), SmolStr::new(value.text()));
        error(value, BindFault::NoDate { field, text })
    };
    let (first, last) = ends(value, days).ok_or_else(fault)?;
    let range = DayRange {
        first: first.map_or(Day(i64::MIN), |days| days.first),
        last: last.map_or(Day(i64::MAX), |days| days.last),
    };
    if range.first > range.last { Err(backwards(field, value)) } else { Ok(range) }
}

/// The ends of a range, of which one may be missing; both are the same for a value that is no range. `None` if an end
/// can't be read.
fn ends<T: Copy>(value: &Value, read: impl Fn(&str) -> Option<T>) -> Option<(Option<T>, Option<T>)> {
    if value.is_prefix() {
        return None;
    }
    let end = |text: &str| if text.is_empty() { Some(None) } else { read(text).map(Some) };
    match value.text().split_once(TO) {
        Some(("", "")) => None,
        Some((first, last)) => Some((end(first)?, end(last)?)),
        None => read(value.text()).map(|only| (Some(only), Some(only))),
    }
}

fn backwards(field: &Field, value: &Value) -> BindError {
    error(value, BindFault::Backwards { field: field.clone(), text: SmolStr::new(value.text()) })
}
