//! Days in words, and the days that an axis of time names.

/// Names of months.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day that an axis names.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct DayTick {
    /// The day, counted from 1970-01-01.
    pub day: i32,
    /// Its name: `14 Mar`, `Mar 2026` or `2026`.
    pub label: String,
}

/// Year, month (0 to 11) and day of a day counted from 1970-01-01, in the Gregorian calendar.
fn civil(day: i32) -> (i32, u32, u32) {
    // Years that start on 1 March put the leap day last; 400 of them have 146,097 days.
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let in_era = shifted.rem_euclid(146_097);
    let year_of_era = (in_era - in_era / 1_460 + in_era / 36_524 - in_era / 146_096) / 365;
    let in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * in_year + 2) / 153;
    let day = in_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 2, 0) } else { (month - 10, 1) };
    ((year_of_era + era * 400 + next) as i32, month as u32, day as u32)
}

/// The first days of periods between two days: about `count` of them.
pub(super) fn day_ticks(first: i32, last: i32, count: usize) -> Vec<DayTick> {
    let length = (last - first).max(1) / count.max(1) as i32;
    let starts: fn(i32, u32, u32) -> bool = match length {
        ..=1 => |_, _, _| true,
        2..=3 => |_, _, day| day % 2 == 1 && day < 31,
        4..=9 => |_, _, day| matches!(day, 1 | 8 | 15 | 22),
        10..=20 => |_, _, day| matches!(day, 1 | 15),
        21..=45 => |_, _, day| day == 1,
        46..=130 => |_, month, day| day == 1 && month % 3 == 0,
        131..=300 => |_, month, day| day == 1 && month % 6 == 0,
        301..=700 => |_, month, day| day == 1 && month == 0,
        701..=2_500 => |year, month, day| day == 1 && month == 0 && year % 5 == 0,
        _ => |year, month, day| day == 1 && month == 0 && year % 20 == 0,
    };
    let named = |day: i32| {
        let (year, month, of_month) = civil(day);
        starts(year, month, of_month).then(|| DayTick { day, label: label(year, month, of_month, length) })
    };
    (first..=last).filter_map(named).collect()
}

fn label(year: i32, month: u32, day: u32, length: i32) -> String {
    let name = MONTHS.get(month as usize).copied().unwrap_or_default();
    match length {
        ..=20 => format!("{day} {name}"),
        21..=300 => format!("{name} {year}"),
        _ => year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{civil, day_ticks};

    #[test]
    fn days_are_counted_as_in_the_calendar() {
        assert_eq!(civil(0), (1970, 0, 1));
        assert_eq!(civil(20_454), (2026, 0, 1));
        assert_eq!(civil(11_016), (2000, 1, 29));
        assert_eq!(civil(-1), (1969, 11, 31));
    }

    #[test]
    fn an_axis_names_a_few_days() {
        for length in [0, 3, 20, 60, 200, 900, 5_000, 30_000] {
            let ticks = day_ticks(20_454, 20_454 + length, 6);
            assert!((1..=13).contains(&ticks.len()), "{length}: {ticks:?}");
        }
        let labels: Vec<_> = day_ticks(20_502, 20_535, 6).into_iter().map(|tick| tick.label).collect();
        assert_eq!(labels, ["22 Feb", "1 Mar", "8 Mar", "15 Mar", "22 Mar"]);
    }
}
