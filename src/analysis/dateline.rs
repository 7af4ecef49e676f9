//! The date that a text states in its first lines, such as `Geneva, 25 January 2019`.

use demarche_model::Date;

/// Number of lines that are looked at.
const LINES: usize = 6;

/// Length of a line that may be a dateline rather than running text, in bytes.
const LINE: usize = 120;

/// Months by the beginnings of their names.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Returns the first complete date in the first lines of a text: `25 January 2019`, `January 25, 2019` or `2019-01-25`.
pub fn dateline(text: &str) -> Option<Date> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES);
    lines.filter(|line| line.len() <= LINE).find_map(date_in)
}

fn date_in(line: &str) -> Option<Date> {
    let words: Vec<&str> = line
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let whole = words.iter().find_map(|word| Date::parse(word).filter(|date| date.as_str().len() == 10));
    whole.or_else(|| words.windows(3).find_map(date_of))
}

/// Returns the date of three words, with the day before or after the month.
fn date_of(words: &[&str]) -> Option<Date> {
    let [first, second, year] = words else { return None };
    let (day, month) = match (month(second), month(first)) {
        (Some(month), _) => (day(first)?, month),
        (None, Some(month)) => (day(second)?, month),
        (None, None) => return None,
    };
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    Date::parse(&format!("{year}-{month:02}-{day:02}")).filter(|_| is_year)
}

fn month(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let is_month = |short: &&str| word.starts_with(*short) && word.chars().all(char::is_alphabetic);
    MONTHS.iter().position(is_month).map(|at| at + 1)
}

/// `25` or `25th`.
fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    use super::dateline;

    fn found(text: &str) -> Option<String> {
        dateline(text).map(|date| date.as_str().to_owned())
    }

    #[test]
    fn dates_are_found_in_the_first_lines() {
        for (text, date) in [
            ("Statement\n\nJanuary 25, 2019\n\nWe welcome", "2019-01-25"),
            ("18 February 2026, 11.00. Transcript.", "2026-02-18"),
            ("Geneva (3rd Sept. 1997)", "1997-09-03"),
            ("Released 2026-03-14.", "2026-03-14"),
        ] {
            assert_eq!(found(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_found() {
        let late = "\nLine.".repeat(6) + "\n25 January 2019";
        let running = format!("{} 25 January 2019", "We met and talked and met again and so on.".repeat(3));
        for text in ["", "In January 2019", "31 February 2019", "25 people in 2019", &late, &running] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
