//! The first difference of two texts that should be the same, such as a quote and the words at its place.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use demarche_model::FoldedId;

/// Greatest number of characters that are shown on either side of the difference.
const CONTEXT_CHARS: usize = 24;
/// Greatest number of characters of the difference that are shown.
const SHOWN_CHARS: usize = 48;
/// Number of characters after the first difference among which its end is looked for.
const COMPARED_CHARS: usize = 240;

/// The first difference of two texts, with some words around it: `…the [port] reopens…` and `…the [dock] reopens…`.
///
/// Line ends, tabs and characters that can't be seen are written out, as are letters that look the same but are not.
/// Its `Display` names both sides, for messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mismatch {
    /// The expected words; the part that differs is in brackets.
    pub expected: String,
    /// The words that are there; the part that differs is in brackets.
    pub found: String,
}

impl Mismatch {
    /// Finds the first difference of two texts. Equal texts have an empty one at their end.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_analysis::mismatch::Mismatch;
    ///
    /// let mismatch = Mismatch::of("when the port reopens", "when the dock reopens");
    /// assert_eq!(mismatch.expected, "when the [port] reopens");
    /// assert_eq!(mismatch.found, "when the [dock] reopens");
    /// ```
    pub fn of(expected: &str, found: &str) -> Self {
        let start = start_of_difference(expected, found);
        let (before, after) = (&expected[..start], [&expected[start..], &found[start..]]);
        let [wanted, there] = ends_of_difference(after);
        let parts = [&after[0][..wanted], &after[1][..there]];
        let alike = parts[0] != parts[1] && FoldedId::new(parts[0]) == FoldedId::new(parts[1]);
        let show = |part: &str, after: &str| {
            format!("{}[{}]{}", context_before(before), shown(part, alike), context_after(after))
        };
        Self { expected: show(parts[0], &after[0][wanted..]), found: show(parts[1], &after[1][there..]) }
    }
}

/// Returns where two texts begin to differ, in bytes: at the start of a word if it is near.
fn start_of_difference(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    // The same bytes are in both texts, so a boundary of one is usually one of the other.
    let at = (0..=same).rev().find(|&at| a.is_char_boundary(at) && b.is_char_boundary(at)).unwrap_or(0);
    let head = &a[..at];
    let inside = |rest: &str| rest.chars().next().is_some_and(char::is_alphanumeric);
    if !inside(&a[at..]) && !inside(&b[at..]) && !starts_with_mark(&a[at..]) && !starts_with_mark(&b[at..]) {
        return at;
    }
    let word = head.trim_end_matches(|c: char| !c.is_whitespace());
    if head[word.len()..].chars().count() <= CONTEXT_CHARS { word.len() } else { at }
}

/// Returns whether a text starts with a part of the character before it, such as a combining accent.
fn starts_with_mark(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let joined = format!("x{first}");
    joined.graphemes(true).count() == 1
}

/// Returns how far the first difference of two texts goes in each, in bytes.
fn ends_of_difference(texts: [&str; 2]) -> [usize; 2] {
    let words = texts.map(|text| head(text, COMPARED_CHARS).split_word_bounds().collect::<Vec<&str>>());
    let [a, b] = &words;
    let (mut ends, mut last) = ([0, 0], [0, 0]);
    for op in capture_diff_slices(Algorithm::Myers, a, b) {
        let (old, new) = (op.old_range(), op.new_range());
        let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
        if matches!(op, DiffOp::Equal { .. }) && a[old.clone()].iter().any(is_word) && last != [0, 0] {
            break;
        }
        last = [old.end, new.end];
        if !matches!(op, DiffOp::Equal { .. }) {
            ends = last;
        }
    }
    let bytes = |words: &[&str], count: usize| words[..count].iter().map(|word| word.len()).sum();
    [bytes(a, ends[0]), bytes(b, ends[1])]
}

/// Returns the last words before the difference.
fn context_before(text: &str) -> String {
    let start = text.char_indices().rev().take(CONTEXT_CHARS).last().map_or(text.len(), |(at, _)| at);
    if start == 0 {
        return shown(text, false);
    }
    let part = &text[start..];
    let whole = part.find(char::is_whitespace).filter(|&space| !part[space..].trim().is_empty());
    format!("…{}", shown(part[whole.unwrap_or(0)..].trim_start(), false))
}

/// Returns the first words after the difference.
fn context_after(text: &str) -> String {
    let part = head(text, CONTEXT_CHARS);
    if part.len() == text.len() {
        return shown(text, false);
    }
    let whole = part.rfind(char::is_whitespace).filter(|&space| !part[..space].trim().is_empty());
    format!("{}…", shown(part[..whole.unwrap_or(part.len())].trim_end(), false))
}

fn head(text: &str, characters: usize) -> &str {
    &text[..text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)]
}

/// Writes out what can't be seen; with `alike`, every character outside ASCII. A long text keeps its start.
fn shown(text: &str, alike: bool) -> String {
    let part = head(text, SHOWN_CHARS);
    let mut out = String::with_capacity(part.len());
    for c in part.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if (alike && !c.is_ascii()) || is_invisible(c) => {
                out.push_str(&format!("<U+{:04X}>", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    if part.len() < text.len() {
        out.push('…');
    }
    out
}

/// Returns whether a character leaves no mark of its own, or one that looks like a plain space.
fn is_invisible(c: char) -> bool {
    (c.is_whitespace() && c != ' ')
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: &str, found: &str, shown: [&str; 2]) {
        let mismatch = Mismatch::of(expected, found);
        assert_eq!([&*mismatch.expected, &*mismatch.found], shown);
    }

    #[test]
    fn the_words_that_differ_are_in_brackets() {
        let long = "The delegation will return to the table as soon as the ";
        check(
            &format!("{long}port reopens and the fees are waived for good"),
            &format!("{long}dock reopens and the fees are waived for good"),
            [
                "…table as soon as the [port] reopens and the fees…",
                "…table as soon as the [dock] reopens and the fees…",
            ],
        );
        check("will suspend", "will suspended", ["will [suspend]", "will [suspended]"]);
        check("a b c", "a x b c", ["a []b c", "a [x ]b c"]);
        check("", "gone", ["[]", "[gone]"]);
        check("한국 위협", "한국 협박", ["한국 [위협]", "한국 [협박]"]);
        check("same", "same", ["same[]", "same[]"]);
    }

    #[test]
    fn only_the_first_difference_is_marked() {
        check("one two three four", "one 2 three 4", ["one [two] three four", "one [2] three 4"]);
    }

    #[test]
    fn what_looks_the_same_is_written_out() {
        check("a b", "a\u{a0}b", ["a[ ]b", "a[<U+00A0>]b"]);
        check("a b", "a\nb", ["a[ ]b", "a[\\n]b"]);
        check("caf\u{e9} x", "cafe\u{301} x", ["[caf<U+00E9>] x", "[cafe<U+0301>] x"]);
        check("ab", "a\u{200b}b", ["[ab]", "[a<U+200B>b]"]);
    }

    #[test]
    fn long_differences_keep_their_start() {
        let mismatch = Mismatch::of(&"x".repeat(10_000), &"y".repeat(100_000));
        assert!(mismatch.expected.chars().count() < 100 && mismatch.found.chars().count() < 100);
        assert!(mismatch.expected.starts_with("[xxx") && mismatch.found.starts_with("[yyy"));
    }

    proptest::proptest! {
        #[test]
        fn different_texts_never_look_the_same(a in "[a 한é\u{301}\u{a0}\n👩\u{200d}]{0,30}", b in "[a 한é\u{301}\u{a0}\n👩\u{200d}]{0,30}") {
            let mismatch = Mismatch::of(&a, &b);
            assert_eq!(mismatch.expected == mismatch.found, a == b);
        }
    }
}
