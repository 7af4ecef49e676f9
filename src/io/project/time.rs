//! Times in files.

use chrono::DateTime;

use demarche_model::Stamp;

/// The first and last second of the years 0 to 9999, counted from 1970.
const RANGE: (i64, i64) = (-62_167_219_200, 253_402_300_799);
/// Seconds in a day.
const DAY: i64 = 86_400;

/// Formats a time as RFC 3339 in UTC, to the second. Times outside the years 0 to 9999 are moved to the nearest one inside.
///
/// ```
/// use demarche_io::project::{format_time, parse_time};
/// use demarche_model::Stamp;
///
/// let time = Stamp(1_773_479_640);
/// assert_eq!(format_time(time), "2026-03-14T09:14:00Z");
/// assert_eq!(parse_time("2026-03-14T10:14:00+01:00"), Some(time));
/// ```
pub fn format_time(stamp: Stamp) -> String {
    let seconds = stamp.0.clamp(RANGE.0, RANGE.1);
    let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let mut out = String::with_capacity(20);
    for (number, digits, end) in [
        (year, 4, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (second / 3600, 2, ':'),
        (second / 60 % 60, 2, ':'),
        (second % 60, 2, 'Z'),
    ] {
        push_digits(&mut out, number, digits);
        out.push(end);
    }
    out
}

fn push_digits(out: &mut String, number: i64, digits: u32) {
    for place in (0..digits).rev() {
        out.push(char::from(b'0' + (number / 10_i64.pow(place) % 10) as u8));
    }
}

/// Returns year, month and day of a day counted from 1970-01-01. Faster than `chrono`, since files contain many times. After
/// Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that the leap day is the last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Returns the number of days from 1970-01-01 to a day; the reverse of [`civil`].
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Parses a time in the form that [`format_time`] writes.
fn parse_plain(text: &str) -> Option<Stamp> {
    let bytes: &[u8; 20] = text.as_bytes().try_into().ok()?;
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'Z')];
    if marks.iter().any(|&(at, mark)| bytes[at] != mark) {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to]
            .iter()
            .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let days = days(year, month, day);
    // A day that does not exist, such as 30 February, is converted back to another one; leap seconds are left to `chrono`.
    let is_time = hour < 24 && minute < 60 && second < 60;
    let is_day = (1..=12).contains(&month) && civil(days) == (year, month, day);
    (is_time && is_day).then_some(Stamp(days * DAY + hour * 3600 + minute * 60 + second))
}

/// Parses RFC 3339 in any time zone; fractions of a second are cut off. `None` for anything else.
pub fn parse_time(text: &str) -> Option<Stamp> {
    let whole = || DateTime::parse_from_rfc3339(text).ok().map(|time| Stamp(time.timestamp()));
    parse_plain(text).or_else(whole)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, SecondsFormat, Utc};
    use proptest::prelude::*;

    use super::{RANGE, format_time, parse_time};
    use demarche_model::Stamp;

    proptest! {
        #[test]
        fn times_are_those_of_chrono(seconds in RANGE.0..=RANGE.1, month in 0..14u8, day in 0..33u8, hour in 0..26u8) {
            let time = DateTime::<Utc>::from_timestamp(seconds, 0).expect("in range");
            let text = time.to_rfc3339_opts(SecondsFormat::Secs, true);
            prop_assert_eq!(format_time(Stamp(seconds)), text.clone());
            prop_assert_eq!(parse_time(&text), Some(Stamp(seconds)));
            let other = format!("{}-{month:02}-{day:02}T{hour:02}{}", &text[..4], &text[13..]);
            let known = DateTime::parse_from_rfc3339(&other).ok().map(|time| Stamp(time.timestamp()));
            prop_assert_eq!(parse_time(&other), known);
        }
    }

    #[test]
    fn a_formatted_time_is_parsed_back() {
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
