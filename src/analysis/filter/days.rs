//! Dates as intervals of days.

use demarche_model::{Date, Stamp};

const SECONDS_PER_DAY: i64 = 86_400;

/// The days that a date, or a range of dates, can mean.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Days {
    /// The first day, counted from 1970-01-01.
    pub first: i32,
    /// The last day.
    pub last: i32,
}

impl Days {
    /// The days of a complete or partial date: all of 2026 for `2026`.
    pub fn of(date: &Date) -> Option<Self> {
        let mut parts = date.as_str().split('-').map(str::parse::<i32>);
        let mut part = || parts.next().transpose().ok();
        let (year, month, day) = (part()??, part()?, part()?);
        Some(match (month, day) {
            (None, _) => Self { first: day_number(year, 1, 1), last: day_number(year + 1, 1, 1) - 1 },
            (Some(month), None) => {
                Self { first: day_number(year, month, 1), last: day_number(year, month + 1, 1) - 1 }
            }
            (Some(month), Some(day)) => Self::one(day_number(year, month, day)),
        })
    }

    /// The day of a moment, in UTC.
    pub fn of_stamp(stamp: Stamp) -> Self {
        let day = stamp.0.div_euclid(SECONDS_PER_DAY).clamp(i32::MIN.into(), i32::MAX.into());
        Self::one(i32::try_from(day).unwrap_or_default())
    }

    /// A single day.
    pub fn one(day: i32) -> Self {
        Self { first: day, last: day }
    }

    /// True if both have a day in common.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// True if every day of this is a day of the other.
    pub fn is_within(self, other: Self) -> bool {
        other.first <= self.first && self.last <= other.last
    }
}

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar. A month after December is in the next year.
fn day_number(year: i32, month: i32, day: i32) -> i32 {
    // Years start in March here, so that the leap day is the last of its year.
    let months = year * 12 + month - 3;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    /// Days from 0000-03-01 to 1970-01-01.
    const EPOCH: i32 = 719_468;
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - EPOCH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(date: &str) -> Days {
        Days::of(&Date::parse(date).unwrap()).unwrap()
    }

    #[test]
    fn a_partial_date_is_every_day_it_can_mean() {
        assert_eq!(days("1970"), Days { first: 0, last: 364 });
        assert_eq!(days("1970-01-01"), Days::one(0));
        assert_eq!(days("2024-02"), Days { first: 19_754, last: 19_782 });
        assert_eq!(days("2000-12-31").last + 1, days("2001-01-01").first);
        assert_eq!(days("2026-12").last, days("2026").last);
        assert_eq!(days("0000-03-01"), Days::one(-719_468));
        assert_eq!(Days::of_stamp(Stamp(-1)), Days::one(-1));
        assert_eq!(Days::of_stamp(Stamp(1_773_478_440)), days("2026-03-14"));
    }

    #[test]
    fn intervals_meet_and_contain() {
        assert!(days("2026").meets(days("2026-03")) && !days("2026").is_within(days("2026-03")));
        assert!(days("2026-03").is_within(days("2026")));
        assert!(!days("2025").meets(days("2026-01-01")));
    }
}
