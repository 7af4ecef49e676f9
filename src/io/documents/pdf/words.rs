//! Restoration of words: those divided at the end of a line are rejoined, soft hyphens go, ligatures become letters.

use std::collections::HashSet;

use super::pieces::{Page, Part};

/// Words after a hyphen that is part of a word: *pre- and post-war*, *Vor- und Nachteile*.
const JOINING: [&str; 12] = ["and", "or", "nor", "to", "und", "oder", "bis", "et", "ou", "y", "en", "of"];
/// First parts of English compounds that keep their hyphen, unless the text shows otherwise.
const COMPOUNDS: [&str; 22] = [
    "well", "self", "half", "ex", "non", "anti", "post", "pre", "cross", "mid", "long", "short", "high",
    "low", "far", "ill", "all", "full", "two", "three", "quasi", "vice",
];

/// Restores the words of all pages.
pub(super) fn restore(pages: &mut [Page]) {
    let mut known: HashSet<String> = HashSet::new();
    for page in pages.iter_mut() {
        for parts in page.pieces.iter_mut().flat_map(|piece| piece.all_parts()) {
            for part in parts.iter_mut() {
                if part.text.contains(|c| is_ligature(c) || matches!(c, '\u{2010}' | '\u{2011}')) {
                    part.text = part.text.chars().map(letters).collect();
                }
            }
            // The same word elsewhere on one line shows whether its hyphen is only that of a line break.
            let whole = parts.iter().filter(|part| !(part.ends_line && part.text.ends_with(is_hyphen)));
            known.extend(whole.flat_map(|part| words(&part.text)).map(str::to_lowercase));
        }
    }
    for parts in pages.iter_mut().flat_map(|page| &mut page.pieces).flat_map(|piece| piece.all_parts()) {
        for at in 1..parts.len() {
            let (before, after) = parts.split_at_mut(at);
            if let (Some(one), Some(next)) = (before.last_mut(), after.first_mut())
                && one.ends_line
            {
                rejoin(one, next, &known);
            }
        }
        parts
            .iter_mut()
            .filter(|part| part.text.contains('\u{ad}'))
            .for_each(|part| part.text = without_soft(&part.text));
    }
}

/// Rejoins a word that is divided between two parts, if it is.
pub(super) fn rejoin(one: &mut Part, next: &mut Part, known: &HashSet<String>) {
    if one.text.ends_with('\u{ad}') {
        next.is_glued = true;
    } else if one.text.ends_with('-') {
        match hyphen(&one.text, &next.text, known) {
            Hyphen::OfLine => {
                one.text.pop();
                next.is_glued = true;
            }
            Hyphen::OfWord => next.is_glued = true,
            Hyphen::Separate => {}
        }
    }
}

/// What a hyphen at the end of a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hyphen {
    /// It divides a word at the end of its line.
    OfLine,
    /// It is part of a compound.
    OfWord,
    /// It stands for a part of the next word but one, or is a dash.
    Separate,
}

fn hyphen(one: &str, next: &str, known: &HashSet<String>) -> Hyphen {
    let first = one
        .trim_end_matches('-')
        .rsplit(|c: char| !c.is_alphanumeric() && c != '-')
        .next()
        .unwrap_or_default();
    let second = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if one.ends_with("--")
        || !first.ends_with(char::is_alphanumeric)
        || second.is_empty()
        || JOINING.contains(&second)
    {
        return Hyphen::Separate;
    }
    if !first.ends_with(char::is_alphabetic) || !second.starts_with(char::is_lowercase) {
        return Hyphen::OfWord;
    }
    let [lower, with, without] = [first.to_owned(), format!("{first}-{second}"), format!("{first}{second}")]
        .map(|word| word.to_lowercase());
    match (known.contains(&with), known.contains(&without)) {
        (true, false) => Hyphen::OfWord,
        (false, true) | (true, true) => Hyphen::OfLine,
        (false, false)
            if lower.contains('-') || COMPOUNDS.contains(&lower.as_str()) && second.chars().count() >= 3 =>
        {
            Hyphen::OfWord
        }
        (false, false) => Hyphen::OfLine,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}')
}

fn without_soft(text: &str) -> String {
    text.chars().filter(|c| *c != '\u{ad}').collect()
}

/// Returns words with their hyphens.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
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
        '\u{2010}' | '\u{2011}' => "-",
        other => return other.to_string(),
    };
    letters.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::pdf::layout::Area;
    use crate::documents::pdf::pieces::{Kind, Piece, joined};

    /// Returns the text of lines after restoration.
    fn restored(lines: &[&str]) -> String {
        let mut parts = Vec::new();
        for line in lines {
            let count = line.split(' ').count();
            for (at, word) in line.split(' ').enumerate() {
                let (text, ends_line) = (word.to_owned(), at + 1 == count);
                parts.push(Part { text, is_glued: false, ends_line, page: 0, area: Area::default() });
            }
        }
        let piece = Piece { kind: Kind::Paragraph, parts, size: 10.0, lines: lines.len() };
        let mut pages = [Page { pieces: vec![piece], ..Page::default() }];
        restore(&mut pages);
        joined(&pages[0].pieces[0].parts)
    }

    #[test]
    fn divided_words_are_one_again() {
        assert_eq!(
            restored(&["the represen-", "tatives of nego\u{ad}tia\u{ad}", "tion"]),
            "the representatives of negotiation"
        );
        assert_eq!(restored(&["\u{fb01}rst o\u{1e}ce"]), "first office");
    }

    #[test]
    fn compounds_keep_their_hyphen() {
        assert_eq!(restored(&["a well-", "known port, post-", "war"]), "a well-known port, post-war");
        assert_eq!(restored(&["port-side and port-", "side"]), "port-side and port-side");
        assert_eq!(restored(&["wellness and well-", "ness"]), "wellness and wellness");
        assert_eq!(restored(&["Anglo-", "American, 2019-", "2020"]), "Anglo-American, 2019-2020");
        assert_eq!(restored(&["pre-", "and post-war, 3 -", "4"]), "pre- and post-war, 3 - 4");
        assert_eq!(restored(&["state-of-the-", "art"]), "state-of-the-art");
    }
}
