//! The date that a text states in its first lines, such as `Geneva, 25 January 2019`.

use demarche_model::Date;

/// Number of lines that are looked at.
const LINES: usize = 6;

/// Length of a line that may be a dateline rather than running text, in characters.
const LINE: usize = 120;

/// Months by the beginnings of their names in English, German, Dutch, French, Spanish, Italian, Portuguese and Russian.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "янв"],
    &["feb", "fév", "fev", "фев"],
    &["mar", "mär", "mrz", "maa", "мар"],
    &["apr", "avr", "abr", "апр"],
    &["may", "mai", "mei", "mag", "мая"],
    &["jun", "juin", "giu", "июн"],
    &["jul", "juil", "lug", "июл"],
    &["aug", "août", "ago", "авг"],
    &["sep", "set", "сен"],
    &["oct", "okt", "ott", "out", "окт"],
    &["nov", "ноя"],
    &["dec", "dez", "déc", "dic", "дек"],
];

/// Words between day, month and year.
const BETWEEN: [&str; 6] = ["of", "de", "del", "den", "da", "the"];

/// Returns the first complete date in the first lines of a text: `25 January 2019`, `January 25, 2019`, `25 de enero de 2019`,
/// `25.1.2019`, `2019-01-25` or `2019年1月25日`. Dates with slashes are ambiguous.
pub fn dateline(text: &str) -> Option<Date> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES);
    lines.filter(|line| line.chars().count() <= LINE).find_map(date_in)
}

fn date_in(line: &str) -> Option<Date> {
    let words: Vec<&str> = line
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty() && !BETWEEN.contains(word))
        .collect();
    let whole = words
        .iter()
        .find_map(|word| Date::parse(word).filter(|date| date.as_str().len() == 10).or_else(|| dotted(word)));
    whole.or_else(|| words.windows(3).find_map(date_of)).or_else(|| east_asian(line))
}

/// Returns the date of a word such as `25.01.2019`, with the day first.
fn dotted(word: &str) -> Option<Date> {
    let mut parts = word.split('.');
    let [day, month, year] = [parts.next()?, parts.next()?, parts.next()?];
    complete(year, month.parse().ok()?, day.parse().ok()?).filter(|_| parts.next().is_none())
}

/// Returns the date of a line with `2019年1月25日` or `2019년 1월 25일`.
fn east_asian(line: &str) -> Option<Date> {
    let (before, after) = line.split_once(['年', '년'])?;
    let (month, after) = after.split_once(['月', '월'])?;
    let (day, _) = after.split_once(['日', '일'])?;
    let start = before.char_indices().rev().take_while(|(_, c)| c.is_ascii_digit()).last()?.0;
    complete(&before[start..], month.trim().parse().ok()?, day.trim().parse().ok()?)
}

/// Returns the date with a year of four digits.
fn complete(year: &str, month: usize, day: u32) -> Option<Date> {
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    Date::parse(&format!("{year}-{month:02}-{day:02}")).filter(|_| is_year)
}

/// Returns the date of three words, with the day before or after the month.
fn date_of(words: &[&str]) -> Option<Date> {
    let [first, second, year] = words else { return None };
    let (day, month) = match (month(second), month(first)) {
        (Some(month), _) => (day(first)?, month),
        (None, Some(month)) => (day(second)?, month),
        (None, None) => return None,
    };
    complete(year, month, day)
}

fn month(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let is_month = |names: &[&str]| names.iter().any(|name| word.starts_with(name));
    MONTHS
        .iter()
        .position(|names| is_month(names))
        .map(|at| at + 1)
        .filter(|_| word.chars().all(char::is_alphabetic))
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
            ("Genf, den 25. März 2019", "2019-03-25"),
            ("Berlin, 05.12.2019", "2019-12-05"),
            ("Paris, le 1er août 2019", "2019-08-01"),
            ("25 de enero de 2019", "2019-01-25"),
            ("The 3rd of May 2019", "2019-05-03"),
            ("Москва, 7 мая 2019 года", "2019-05-07"),
            ("平壤，2019年1月25日", "2019-01-25"),
            ("2019년 11월 5일 성명", "2019-11-05"),
        ] {
            assert_eq!(found(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_found() {
        let late = "\nLine.".repeat(6) + "\n25 January 2019";
        let running = format!("{} 25 January 2019", "We met and talked and met again and so on.".repeat(3));
        for text in [
            "",
            "In January 2019",
            "31 February 2019",
            "25 people in 2019",
            "3/4/2019",
            "version 1.2.2019.4",
            "年月日",
            &late,
            &running,
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
