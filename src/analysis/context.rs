//! Keyword in context: the words around a passage, for tables and reports.
//!
//! No function looks further than the requested number of characters, so the cost does not depend on the
//! document.

use std::borrow::Cow;

use demarche_model::{Text, TextRange};

/// Longest quote that is shown in full, in characters. A longer one is shortened in the middle.
const MAX_QUOTE_CHARS: usize = 240;

/// A passage with its surroundings, for display. Every run of white space, including line ends, is one space.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Context {
    /// Whole words before the passage; ends with a space if the text has white space there.
    pub before: String,
    /// The passage; a long one is shortened in the middle with `…`.
    pub quote: String,
    /// Whole words after the passage; starts with a space if the text has white space there.
    pub after: String,
}

/// Returns the passage at `range` (bytes) with up to `characters` characters on either side. A range outside
/// the text gives an empty quote.
pub fn context(text: &Text, range: TextRange, characters: usize) -> Context {
    Context {
        before: before(text, range.start, characters),
        quote: shorten(text.slice(range), MAX_QUOTE_CHARS),
        after: after(text, range.end, characters),
    }
}

/// Returns whole words that end at byte `at`, at most `characters` characters. A single word longer than that
/// is cut.
pub fn before(text: &Text, at: usize, characters: usize) -> String {
    let all = text.as_str();
    let all = &all[..all.floor_char_boundary(at)];
    let start = all.char_indices().rev().take(characters).last().map_or(all.len(), |(start, _)| start);
    let part = &all[start..];
    let cut = start > 0 && !all[..start].ends_with(char::is_whitespace);
    // A cut first word is dropped, unless it is the only one.
    let whole = part.find(char::is_whitespace).filter(|&space| cut && !part[space..].trim().is_empty());
    one_line(part[whole.unwrap_or(0)..].trim_start())
}

/// Returns whole words that start at byte `at`, at most `characters` characters. A single word longer than
/// that is cut.
pub fn after(text: &Text, at: usize, characters: usize) -> String {
    let all = text.as_str();
    let all = &all[all.ceil_char_boundary(at.min(all.len()))..];
    let end = all.char_indices().nth(characters).map_or(all.len(), |(end, _)| end);
    let part = &all[..end];
    let cut = end < all.len() && !all[end..].starts_with(char::is_whitespace);
    let whole = part.rfind(char::is_whitespace).filter(|&space| cut && !part[..space].trim().is_empty());
    one_line(part[..whole.unwrap_or(part.len())].trim_end())
}

/// Shortens a text to one line of at most `characters` characters (3 at least). A longer text keeps its first
/// two thirds and its end, with `…` in between. For display only.
pub fn shorten(text: &str, characters: usize) -> String {
    shortened(text, characters).into_owned()
}

/// The same, without a copy if nothing has to be changed.
pub(crate) fn shortened(text: &str, characters: usize) -> Cow<'_, str> {
    // A character has at most four bytes: a text this short is cheap to count, and a longer one is too long.
    if text.len() <= characters || (text.len() <= 4 * characters && text.chars().count() <= characters) {
        return as_one_line(text);
    }
    let kept = characters.max(3) - 1;
    let (head, tail) = (kept - kept / 3, kept / 3);
    let head = text.char_indices().nth(head).map_or(text.len(), |(end, _)| end);
    let tail = text.char_indices().rev().take(tail).last().map_or(text.len(), |(start, _)| start);
    if tail <= head {
        return as_one_line(text);
    }
    let (head, tail) = (as_one_line(text[..head].trim_end()), as_one_line(text[tail..].trim_start()));
    [&*head, "…", &*tail].concat().into()
}

/// Returns the first characters of a text on one line, at most so many (1 at least). A longer text ends with `…`, which is
/// not counted.
pub fn first_characters(text: &str, characters: usize) -> String {
    let text = one_line(text.trim());
    match text.char_indices().nth(characters.max(1)) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// Replaces every run of white space by one space.
pub fn one_line(text: &str) -> String {
    as_one_line(text).into_owned()
}

fn as_one_line(text: &str) -> Cow<'_, str> {
    // Most texts are on one line already: tab to carriage return is all of the white space of ASCII, besides the space.
    let has_breaks = text.bytes().any(|byte| (b'\t'..=b'\r').contains(&byte));
    if text.is_ascii() && !has_breaks && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the context of the passage between `[` and `]`.
    fn check(marked: &str, characters: usize, before: &str, quote: &str, after: &str) {
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let text = Text::new(marked.replace(['[', ']'], ""));
        let got = context(&text, TextRange { start, end }, characters);
        assert_eq!((&*got.before, &*got.quote, &*got.after), (before, quote, after), "{marked}");
    }

    #[test]
    fn whole_words_on_one_line() {
        check(
            "the delegation [will suspend] the talks",
            100,
            "the delegation ",
            "will suspend",
            " the talks",
        );
        check("the delegation [will] suspend the talks", 11, "delegation ", "will", " suspend");
        check("the delegation [will] suspend the talks", 6, "ation ", "will", " suspe");
        check("one\n\ntwo\t[three\nfour]\n\nfive", 50, "one two ", "three four", " five");
        check("[all]", 10, "", "all", "");
        check("un[threat]ened", 2, "un", "threat", "en");
        check("위협 [협박]은 안 된다", 4, "위협 ", "협박", "은 안");
        check("a b [c] d e", 0, "", "c", "");
    }

    #[test]
    fn long_quotes_are_shortened_in_the_middle() {
        let long = "word ".repeat(1000);
        let short = shorten(&long, 30);
        assert!(short.chars().count() <= 30 && short.contains('…'), "{short}");
        assert_eq!(shorten("위협 위협", 5), "위협 위협");
        assert_eq!(shorten("0123456789", 4), "01…9");
    }

    #[test]
    fn the_beginning_of_a_long_text_has_its_first_characters() {
        assert_eq!(first_characters("we  will\nnot", 11), "we will not");
        assert_eq!(first_characters("we  will\nnot", 10), "we will no…");
        assert_eq!(first_characters("we will not", 8), "we will…");
        assert_eq!(first_characters("위협 위협", 2), "위협…");
        assert_eq!(first_characters(" \n", 5), "");
    }

    #[test]
    fn a_range_outside_the_text_gives_an_empty_quote() {
        let text = Text::new("é한");
        let got = context(&text, TextRange { start: 1, end: 99 }, 9);
        assert_eq!(got.quote, "");
    }
}
