//! Dates as ranges of days.

use crate::summary::Day;
use demarche_model::Date;

/// The days that a date can mean: `2026` is 1 January to 31 December 2026.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DayRange {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

/// The precision of a date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Precision {
    /// The day is known.
    Day,
    /// The month is known.
    Month,
    /// The year is known.
    Year,
}

impl DayRange {
    /// A single day.
    pub fn day(day: Day) -> Self {
        Self { first: day, last: day }
    }

    /// The days that a date can mean.
    ///
    /// ```
    /// use demarche_analysis::bargain::{DayRange, Precision};
    /// use demarche_model::Date;
    ///
    /// let days = |text| DayRange::from_date(&Date::parse(text).unwrap());
    /// assert_eq!(days("2024-02"), DayRange { first: days("2024-02-01").first, last: days("2024-02-29").last });
    /// assert_eq!(days("2026").precision(), Precision::Year);
    /// assert!(days("2026").may_overlap(days("2026-03")) && !days("2026-03").may_overlap(days("2026-04-01")));
    /// ```
    pub fn from_date(date: &Date) -> Self {
        let mut parts = date.as_str().split('-').map(|part| part.parse::<i64>().unwrap_or(1));
        let year = parts.next().unwrap_or(1);
        match (parts.next(), parts.next()) {
            (Some(month), Some(day)) => Self::day(Day::from_civil(year, month, day)),
            (Some(month), None) => Self::month(year, month),
            (None, _) => Self::year(year),
        }
    }

    /// The days of a month.
    pub fn month(year: i64, month: i64) -> Self {
        let next = if month < 12 { (year, month + 1) } else { (year + 1, 1) };
        Self { first: Day::from_civil(year, month, 1), last: Day(Day::from_civil(next.0, next.1, 1).0 - 1) }
    }

    /// The days of a year.
    pub fn year(year: i64) -> Self {
        Self { first: Day::from_civil(year, 1, 1), last: Day::from_civil(year, 12, 31) }
    }

    /// The day, if it is known.
    pub fn known_day(self) -> Option<Day> {
        (self.first == self.last).then_some(self.first)
    }

    /// The precision of the date that means these days.
    pub fn precision(self) -> Precision {
        match self.last.0 - self.first.0 {
            0 => Precision::Day,
            1..=30 => Precision::Month,
            _ => Precision::Year,
        }
    }

    /// True if both may mean the same day.
    pub fn may_overlap(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// True if every day of the one is before every day of the other.
    pub fn is_before(self, other: Self) -> bool {
        self.last < other.first
    }

    /// True if all days of `other` are among these.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

impl std::fmt::Display for DayRange {
    /// As an ISO 8601 date of its precision: `2026`, `2026-03` or `2026-03-14`. Other ranges are written `2026-03-02/2026-03-08`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, _) = self.first.to_civil();
        if self.first == self.last {
            self.first.fmt(f)
        } else if *self == Self::month(year, month) {
            write!(f, "{year:04}-{month:02}")
        } else if *self == Self::year(year) {
            write!(f, "{year:04}")
        } else {
            write!(f, "{}/{}", self.first, self.last)
        }
    }
}

impl Day {
    /// The day of a date in the Gregorian calendar.
    pub fn from_civil(year: i64, month: i64, day: i64) -> Self {
        // Days are counted in eras of 400 years that begin on 1 March, so that the leap day is the last of a year.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    /// Its year, month and day in the Gregorian calendar.
    pub fn to_civil(self) -> (i64, i64, i64) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
    }

    /// The Monday of its week.
    pub fn monday(self) -> Self {
        // 1 January 1970 was a Thursday.
        Self(self.0 - (self.0 + 3).rem_euclid(7))
    }

    /// The year and number of its ISO 8601 week. Week 1 contains the first Thursday of the year.
    ///
    /// ```
    /// use demarche_analysis::summary::Day;
    ///
    /// assert_eq!(Day::from_civil(2027, 1, 3).iso_week(), (2026, 53));
    /// assert_eq!(Day::from_civil(2024, 12, 30).iso_week(), (2025, 1));
    /// ```
    pub fn iso_week(self) -> (i64, i64) {
        let thursday = Self(self.monday().0 + 3);
        let year = thursday.to_civil().0;
        (year, (thursday.0 - Self::from_civil(year, 1, 1).0) / 7 + 1)
    }
}

impl std::fmt::Display for Day {
    /// As an ISO 8601 date.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.to_civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_convert_into_each_other() {
        assert_eq!(Day::from_civil(1970, 1, 1), Day(0));
        assert_eq!(Day::from_civil(2000, 3, 1), Day(11_017));
        let mut expected = (1895, 12, 31);
        for day in Day::from_civil(1896, 1, 1).0..Day::from_civil(2105, 1, 1).0 {
            let (year, month, date) = Day(day).to_civil();
            let is_next = date == expected.2 + 1 && (year, month) == (expected.0, expected.1);
            let is_first = date == 1 && (year, month) != (expected.0, expected.1);
            assert!(is_next || is_first, "{day}");
            assert_eq!(Day::from_civil(year, month, date), Day(day));
            expected = (year, month, date);
        }
    }

    #[test]
    fn a_week_begins_on_monday() {
        // 2 March 2026 was a Monday.
        let monday = Day::from_civil(2026, 3, 2);
        assert!((0..7).all(|n| Day(monday.0 + n).monday() == monday));
        assert_eq!(Day(-1).monday(), Day(-3));
        assert_eq!(monday.iso_week(), (2026, 10));
    }

    #[test]
    fn order_is_certain_only_without_a_common_day() {
        let days = |text: &str| DayRange::from_date(&Date::parse(text).unwrap());
        assert!(days("2026-02").is_before(days("2026-03-01")));
        assert!(!days("2026-03").is_before(days("2026-03-01")));
        assert!(days("2026").contains(days("2026-12-31")));
        for date in ["2026", "2026-02", "2026-02-28"] {
            assert_eq!(days(date).to_string(), date);
        }
        assert_eq!(days("2026-02").precision(), Precision::Month);
        assert_eq!(days("2026-02-28").known_day(), Some(Day::from_civil(2026, 2, 28)));
    }
}
