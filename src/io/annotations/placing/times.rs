//! Times of records.

use crate::annotations::refusal::SpanFault;
use crate::project::parse_time;
use demarche_analysis::context::shorten;
use demarche_model::Stamp;

/// Reads the time of a record; `default` if it has none.
pub(super) fn time(given: Option<&str>, default: Stamp) -> Result<Stamp, SpanFault> {
    match given {
        Some(given) => parse_time(given).ok_or_else(|| SpanFault::Time(shorten(given, 40))),
        None => Ok(default),
    }
}
