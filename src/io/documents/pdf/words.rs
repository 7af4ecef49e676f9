//! Restoration of words: those hyphenated at the end of a line are rejoined, and ligatures become letters.

use std::collections::HashSet;

use super::pieces::{Kind, Page};

/// Words after a hyphen that is part of a word: *pre- and post-war*, *Vor- und Nachteile*.
const JOINING: [&str; 12] = ["and", "or", "nor", "to", "und", "oder", "bis", "et", "ou", "y", "en", "of"];

/// Restores the words of all pages.
pub(super) fn restore(pages: &mut [Page]) {
    let texts = || pages.iter().flat_map(|page| &page.pieces).map(|piece| piece.text.as_str());
    let is_divided = texts().any(|text| text.contains("- "));
    // The same word elsewhere in one piece shows whether its hyphen is only that of a line break.
    let known: HashSet<String> =
        if is_divided { texts().flat_map(words).map(str::to_lowercase).collect() } else { HashSet::new() };
    for piece in pages.iter_mut().flat_map(|page| &mut page.pieces) {
        if let Kind::Table(rows) = &mut piece.kind {
            rows.iter_mut().flatten().for_each(|cell| *cell = restored(cell, &known));
        }
        piece.text = restored(&piece.text, &known);
    }
}

fn restored(text: &str, known: &HashSet<String>) -> String {
    let text = undivided(text, known);
    if text.contains(is_ligature) { text.chars().map(letters).collect() } else { text }
}

/// Returns words with their hyphens.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

/// Rejoins words in a text that are divided by `-` and a space before a lower-case letter.
fn undivided(text: &str, known: &HashSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("- ") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        out.push_str(before);
        rest = after;
        let first = out.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
        let second = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_divided = first.ends_with(char::is_alphabetic)
            && second.starts_with(char::is_lowercase)
            && !JOINING.contains(&second);
        let with_hyphen = format!("{first}-{second}").to_lowercase();
        let one = format!("{first}{second}").to_lowercase();
        match is_divided {
            false => out.push_str("- "),
            true if known.contains(&with_hyphen) && !known.contains(&one) => out.push('-'),
            true => {}
        }
    }
    out + rest
}

/// Returns whether a character stands for several letters. The control characters are those of TeX fonts without names
/// for their characters (T1 encoding, 0x1B to 0x1F).
fn is_ligature(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{1b}'..='\u{1f}')
}

fn letters(c: char) -> String {
    let letters = match c {
        '\u{fb00}' | '\u{1b}' => "ff",
        '\u{fb01}' | '\u{1c}' => "fi",
        '\u{fb02}' | '\u{1d}' => "fl",
        '\u{fb03}' | '\u{1e}' => "ffi",
        '\u{fb04}' | '\u{1f}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        other => return other.to_string(),
    };
    letters.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_words_are_one_again() {
        let known = ["self-made", "selfmade", "well-known"].map(str::to_owned).into();
        let restore = |text: &str| restored(text, &known);
        assert_eq!(
            restore("the represen- tatives of a well- known port"),
            "the representatives of a well-known port"
        );
        assert_eq!(
            restore("self- made, pre- and post-war, 3 - 4, A- Z, on 5- day"),
            "selfmade, pre- and post-war, 3 - 4, A- Z, on 5- day"
        );
        assert_eq!(restore("\u{fb01}rst o\u{1e}ce"), "first office");
        assert_eq!(restore("- a - b -"), "- a - b -");
    }
}
