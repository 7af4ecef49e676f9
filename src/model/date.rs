//! Calendar dates, complete or partial.

use std::fmt;

use smol_str::SmolStr;

/// A calendar date, complete or partial: `2026`, `2026-03` or `2026-03-14`. Sorts chronologically.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(SmolStr);

impl Date {
    /// Parses an ISO 8601 calendar date. `None` for anything else, such as 30 February.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|m| number(m, 2)).map_or(Some(None), |m| m.map(Some))?;
        let day = parts.next().map(|d| number(d, 2)).map_or(Some(None), |d| d.map(Some))?;
        let fits = parts.next().is_none()
            && month.is_none_or(|m| (1..=12).contains(&m))
            && day.is_none_or(|d| d >= 1 && d <= days_in(year, month.unwrap_or(1)));
        fits.then(|| Self(SmolStr::new(text)))
    }

    /// The date as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn number(digits: &str, count: usize) -> Option<u32> {
    (digits.len() == count && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use crate::date::Date;

    #[test]
    fn only_real_dates_are_dates() {
        for good in ["2026", "2026-03", "2026-03-14", "2024-02-29", " 2026-03-14 "] {
            assert!(Date::parse(good).is_some(), "{good}");
        }
        for bad in ["", "26", "2026-3", "2026-13", "2026-02-29", "2026-03-14-1", "14.3.2026", "2026-00-01"] {
            assert!(Date::parse(bad).is_none(), "{bad}");
        }
    }
}
