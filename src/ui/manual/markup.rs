//! The parts of the manual's Markdown that the window handles itself: tables, links, and plain text.

use std::borrow::Cow;

/// A part of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// Anything but a table, in Markdown.
    Text(&'a str),
    /// The cells of a table, row by row, in Markdown; the first row is its head.
    Table(Vec<Vec<&'a str>>),
}

/// Splits a text at its tables.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for part in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
        let piece = if part.starts_with('|') { Piece::Table(table(part)) } else { Piece::Text(part) };
        pieces.push(piece);
    }
    pieces
}

fn table(text: &str) -> Vec<Vec<&str>> {
    let is_rule = |line: &&str| line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let row = |line| cells(line).map(str::trim).collect();
    text.lines().filter(|line| !is_rule(line)).map(row).collect()
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    line.trim().trim_matches('|').split(move |c| {
        in_code ^= c == '`';
        c == '|' && !in_code
    })
}

/// Returns the text without comments, which name the commands of keys.
pub fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains("<!--") {
        return Cow::Borrowed(text);
    }
    let parts = text.split("<!--").enumerate();
    Cow::Owned(
        parts
            .map(
                |(at, part)| if at == 0 { part } else { part.split_once("-->").map_or("", |(_, rest)| rest) },
            )
            .collect(),
    )
}

/// Returns the destinations of links.
pub fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// Returns what is marked as code: keys, words to type.
pub fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Returns the text without markup. The lines of a paragraph become one.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    for part in without_comments(text).split("\n\n") {
        for line in part.lines() {
            let starts = line.starts_with(['-', '|']) || line.starts_with(|c: char| c.is_ascii_digit());
            out.push(if starts { '\n' } else { ' ' });
            out.push_str(line.trim_start_matches("- "));
        }
        out.push('\n');
    }
    let mut rest = out.replace(['`', '*'], "");
    while let Some((start, end)) = rest.find("](").and_then(|at| Some((at, at + rest.get(at..)?.find(')')?)))
    {
        rest.replace_range(start..=end, "");
    }
    rest.replace('[', "").replace('|', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_split_off_and_keep_bars_in_code() {
        let text = "Before.\n\n| a | b |\n|---|---|\n| `x|y` | [z](z.md) |\n\nAfter.";
        let rows = vec![vec!["a", "b"], vec!["`x|y`", "[z](z.md)"]];
        assert_eq!(pieces(text), [Piece::Text("Before."), Piece::Table(rows), Piece::Text("After.")]);
        assert_eq!(links(text).collect::<Vec<_>>(), ["z.md"]);
        assert_eq!(code(text).collect::<Vec<_>>(), ["x|y"]);
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(plain("A **b** `c`\nand [d\ne](f.md#g).\n\n- h").trim(), "A b c and d e.\n\nh");
    }
}
