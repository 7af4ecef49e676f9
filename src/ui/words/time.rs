//! Dates and times, on this machine's clock unless a function says otherwise.

use chrono::{DateTime, Local, Utc};

use demarche_model::Stamp;

/// A time of day: `09:14`.
pub fn local_time(at: Stamp) -> String {
    utc(at).with_timezone(&Local).format("%H:%M").to_string()
}

/// A date and time: `21 Nov 2026 09:14`.
pub fn local_moment(at: Stamp) -> String {
    utc(at).with_timezone(&Local).format("%-d %b %Y %H:%M").to_string()
}

/// A day in UTC: `21 Nov 2026`.
pub fn utc_day(at: Stamp) -> String {
    utc(at).format("%-d %b %Y").to_string()
}

/// A day in UTC without its year: `21 Nov`.
pub fn short_utc_day(at: Stamp) -> String {
    utc(at).format("%-d %b").to_string()
}

fn utc(at: Stamp) -> DateTime<Utc> {
    DateTime::from_timestamp(at.0, 0).unwrap_or_default()
}
