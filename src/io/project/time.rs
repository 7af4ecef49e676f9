//! Times as they stand in files.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::model::Stamp;

/// Seconds from 1970 to the first and last second that four digits of a year can say.
const RANGE: (i64, i64) = (-62_167_219_200, 253_402_300_799);

/// A moment as RFC 3339 in UTC, to the second: `2026-03-14T09:14:00Z`. Moments outside the years 0 to 9999 are moved
/// to the nearest one inside.
pub fn format_time(stamp: Stamp) -> String {
    let seconds = stamp.0.clamp(RANGE.0, RANGE.1);
    DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Reads RFC 3339 in any zone; fractions of a second are cut off. `None` for anything else.
pub fn parse_time(text: &str) -> Option<Stamp> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| Stamp(time.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::{RANGE, format_time, parse_time};
    use crate::model::Stamp;

    #[test]
    fn a_time_comes_back() {
        for seconds in [RANGE.0, -1, 0, 1_773_479_640, RANGE.1] {
            assert_eq!(parse_time(&format_time(Stamp(seconds))), Some(Stamp(seconds)));
        }
        assert_eq!(format_time(Stamp(1_773_479_640)), "2026-03-14T09:14:00Z");
        assert_eq!(format_time(Stamp(i64::MAX)), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn zones_are_read_and_other_texts_are_not() {
        assert_eq!(parse_time("2026-03-14T10:14:00.5+01:00"), Some(Stamp(1_773_479_640)));
        for bad in ["", "2026-03-14", "2026-03-14 09:14", "2026-02-30T00:00:00Z", "yesterday"] {
            assert_eq!(parse_time(bad), None, "{bad}");
        }
    }
}
