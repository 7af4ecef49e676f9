//! The times that records give.

use crate::annotations::refusal::SpanFault;
use crate::project::parse_time;
use demarche_analysis::context::shorten;
use demarche_model::Stamp;

/// Reads the time that a record gives; `default` if it gives none.
pub(super) fn time(given: Option<&str>, default: Stamp) -> Result<Stamp, SpanFault> {
    match given {
        Some(given) => parse_time(given).ok_or_else(|| SpanFault::Time(shorten(given, 40))),
        None => Ok(default),
    }
}
