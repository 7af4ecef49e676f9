//! Searches texts for words.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};
use thiserror::Error;
use unicode_segmentation::UnicodeSegmentation;

use demarche_model::{TextRange, WithoutBreakHints, is_break_hint};

/// Greatest size of a compiled pattern, in bytes. Patterns such as `\w{9999}` are refused instead of
/// exhausting memory.
const MAX_PATTERN_BYTES: usize = 4 << 20;

/// Distance from an offset within which word boundaries are looked for, in bytes.
const WINDOW_BYTES: usize = 256;

/// A search query as the user has typed it. Break hints, such as soft hyphens, do not matter in the text or the query,
/// unless the query consists of them.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Query {
    /// The words, or the regular expression.
    pub pattern: String,
    /// True if case matters. Case folding is Unicode's simple one: `Ä` finds `ä`, but `SS` does not find `ß`.
    pub match_case: bool,
    /// True if a match must begin and end at word boundaries (Unicode Standard Annex 29).
    pub whole_words: bool,
    /// True if the pattern is a regular expression (in the syntax of the `regex` crate; `^` and `$` match at
    /// line ends).
    pub regex: bool,
}

/// The reason why a query can't be run.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SearchError {
    /// The query is empty or nothing but white space.
    #[error("type what to search for")]
    Empty,
    /// The regular expression is invalid.
    #[error("the regular expression can't be read: {0}")]
    Pattern(String),
}

/// A compiled query.
#[derive(Clone, Debug)]
pub struct Matcher {
    regex: Regex,
    whole_words: bool,
    /// True if break hints in the text are ignored.
    ignores_hints: bool,
}

/// The result of a search.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Matches {
    /// The matches in order, in bytes; disjoint, none empty.
    pub ranges: Vec<TextRange>,
    /// True if the search stopped at its limit.
    pub more: bool,
}

impl Query {
    /// A case-insensitive search for words.
    pub fn words(pattern: impl Into<String>) -> Self {
        Self { pattern: pattern.into(), ..Self::default() }
    }

    /// Compiles the query. In plain words, every run of white space matches any white space, including line
    /// ends, so words that are broken over two lines are found.
    ///
    /// # Errors
    /// The query is empty, or its regular expression is invalid.
    pub fn compile(&self) -> Result<Matcher, SearchError> {
        if self.pattern.trim().is_empty() {
            return Err(SearchError::Empty);
        }
        let ignores_hints = !is_about_hints(&self.pattern, self.regex);
        let typed =
            if ignores_hints { self.pattern.replace(is_break_hint, "") } else { self.pattern.clone() };
        let pattern = if self.regex { typed } else { literal(&typed) };
        let regex = RegexBuilder::new(&pattern)
            .case_insensitive(!self.match_case)
            .multi_line(true)
            .size_limit(MAX_PATTERN_BYTES)
            .build()
            .map_err(|error| SearchError::Pattern(reason(&error)))?;
        Ok(Matcher { regex, whole_words: self.whole_words, ignores_hints })
    }
}

impl Matcher {
    /// Returns all matches, in bytes: in order, disjoint, none empty, on character boundaries.
    pub fn find_all(&self, text: &str) -> Vec<TextRange> {
        self.find_up_to(text, usize::MAX).ranges
    }

    /// Returns the first matches, at most `limit`.
    pub fn find_up_to(&self, text: &str, limit: usize) -> Matches {
        if !self.ignores_hints {
            return self.find_as_written(text, limit);
        }
        let folded = WithoutBreakHints::of(text);
        let mut found = self.find_as_written(folded.as_str(), limit);
        found.ranges.iter_mut().for_each(|range| *range = folded.original(*range));
        found
    }

    fn find_as_written(&self, text: &str, limit: usize) -> Matches {
        let mut found = Matches::default();
        let mut at = 0;
        while let Some(hit) = self.regex.find_at(text, at) {
            if hit.is_empty() || (self.whole_words && !is_whole_word(text, hit.start(), hit.end())) {
                // The next match may begin inside this one.
                let Some(c) = text[hit.start()..].chars().next() else { break };
                at = hit.start() + c.len_utf8();
                continue;
            }
            if found.ranges.len() == limit {
                found.more = true;
                break;
            }
            found.ranges.push(TextRange { start: hit.start(), end: hit.end() });
            at = hit.end();
        }
        found
    }
}

/// Returns a text for comparison with another one in a search: in lower case and without break hints.
pub fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    match WithoutBreakHints::of(&lower).into_text() {
        Cow::Borrowed(_) => lower,
        Cow::Owned(folded) => folded,
    }
}

/// Returns whether a query looks for break hints themselves: it contains nothing else, or is a regular expression that
/// contains one or names a character by its number.
fn is_about_hints(pattern: &str, is_regex: bool) -> bool {
    match is_regex {
        true => {
            pattern.contains(is_break_hint) || [r"\x", r"\u", r"\U"].iter().any(|by| pattern.contains(by))
        }
        false => pattern.chars().all(|c| is_break_hint(c) || c.is_whitespace()),
    }
}

fn literal(pattern: &str) -> String {
    let words: Vec<String> =
        pattern.split_whitespace().map(|word| with_scripts(&regex::escape(word))).collect();
    let space = |there: bool| if there { r"\s+" } else { "" };
    let before = space(pattern.starts_with(char::is_whitespace));
    let after = space(pattern.ends_with(char::is_whitespace));
    format!("{before}{}{after}", words.join(r"\s+"))
}

/// Lets each digit match its raised and lowered forms as well, so that `CO2` finds `CO₂`, and `m2` finds `m²`.
fn with_scripts(word: &str) -> String {
    const FORMS: [&str; 10] =
        ["[0⁰₀]", "[1¹₁]", "[2²₂]", "[3³₃]", "[4⁴₄]", "[5⁵₅]", "[6⁶₆]", "[7⁷₇]", "[8⁸₈]", "[9⁹₉]"];
    word.chars().fold(String::with_capacity(word.len()), |mut out, c| {
        match c.to_digit(10).and_then(|digit| FORMS.get(digit as usize)) {
            Some(forms) => out.push_str(forms),
            None => out.push(c),
        }
        out
    })
}

/// The last line of the error names the mistake; the lines before it draw an arrow that needs a monospaced
/// font.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or(&text);
    last.trim().trim_start_matches("error: ").to_owned()
}

/// Checks that no word extends beyond the match on either side.
fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    is_word_boundary(text, start) && is_word_boundary(text, end)
}

/// Checks that a word begins or ends at `at`. Looks at the surrounding run without white space,
/// [`WINDOW_BYTES`] bytes at most on either side.
fn is_word_boundary(text: &str, at: usize) -> bool {
    let low = text.floor_char_boundary(at.saturating_sub(WINDOW_BYTES));
    let high = text.ceil_char_boundary((at + WINDOW_BYTES).min(text.len()));
    let before = &text[low..at];
    let after = &text[at..high];
    let start = before.rfind(char::is_whitespace).map_or(low, |space| low + space);
    let end = after.find(char::is_whitespace).map_or(high, |space| at + space);
    if start == at || end == at {
        return true;
    }
    let mut bounds = text[start..end].split_word_bound_indices().map(|(bound, _)| start + bound);
    bounds.find(|&bound| bound >= at) == Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(query: &Query, text: &str, expected: &[&str]) {
        let found = query.compile().unwrap().find_all(text);
        let found: Vec<&str> = found.iter().map(|r| &text[r.start..r.end]).collect();
        assert_eq!(found, expected, "{query:?} in {text:?}");
    }

    #[test]
    fn words_are_found_over_line_ends_and_in_any_case() {
        let words = Query::words;
        check(
            &words("suspend the  talks"),
            "Suspend\nthe talks, SUSPEND THE\u{a0}TALKS",
            &["Suspend\nthe talks", "SUSPEND THE\u{a0}TALKS"],
        );
        check(&words("ähre"), "Ähre ÄHRE", &["Ähre", "ÄHRE"]);
        check(&words("a.b*"), "axb a.b*", &["a.b*"]);
        check(&words("위협"), "군사위협은", &["위협"]);
        check(&Query { match_case: true, ..words("The") }, "the The THE", &["The"]);
        check(&words("aa"), "aaaa", &["aa", "aa"]);
        check(&words(" port"), "port a  port", &["  port"]);
        check(&words("co2"), "CO2 CO₂ CO3", &["CO2", "CO₂"]);
        check(&words("12"), "terms¹², 12", &["¹²", "12"]);
        check(&words("¹²"), "terms¹², 12", &["¹²"]);
    }

    #[test]
    fn whole_words_end_where_words_end() {
        let whole = |pattern: &str| Query { whole_words: true, ..Query::words(pattern) };
        check(&whole("threat"), "threats threat, threaten “threat”", &["threat", "threat"]);
        check(&whole("don"), "don't don", &["don"]);
        check(&whole("terms"), "terms¹² terms12", &["terms"]);
        check(&whole("ana"), "anana ana", &["ana"]);
        check(&whole("(b"), "a (b) c", &["(b"]);
        check(&whole("e"), "e\u{301} e", &["e"]);
    }

    #[test]
    fn regular_expressions() {
        let regex = |pattern: &str| Query { regex: true, ..Query::words(pattern) };
        check(&regex(r"\d+ (days|weeks)"), "in 3 weeks or 21 days", &["3 weeks", "21 days"]);
        check(&regex("x*"), "axxb", &["xx"]);
        check(&regex("^b"), "b\nb", &["b", "b"]);
        let error = regex("(a").compile().unwrap_err();
        assert!(matches!(&error, SearchError::Pattern(why) if why == "unclosed group"), "{error:?}");
        assert!(regex(r"\w{9999}").compile().is_err());
        assert_eq!(Query::words(" \n").compile().unwrap_err(), SearchError::Empty);
    }

    #[test]
    fn break_hints_are_ignored_unless_they_are_looked_for() {
        let hyphenated = "A nego\u{AD}tia\u{200B}tion, re\u{FEFF}nego\u{2060}tiation\u{AD}.";
        let both = ["nego\u{AD}tia\u{200B}tion", "nego\u{2060}tiation"];
        check(&Query::words("negotiation"), hyphenated, &both);
        check(&Query::words("Nego\u{AD}tiation"), hyphenated, &both);
        check(&Query { whole_words: true, ..Query::words("negotiation") }, hyphenated, &both[..1]);
        check(&Query { regex: true, ..Query::words("ne.*?ion") }, hyphenated, &both);
        check(&Query::words("\u{AD}"), hyphenated, &["\u{AD}", "\u{AD}"]);
        check(&Query { regex: true, ..Query::words(r"\x{200B}t") }, hyphenated, &["\u{200B}t"]);
        assert_eq!(folded("Nego\u{AD}TIATION"), "negotiation");
    }

    #[test]
    fn a_limited_search_reports_further_matches() {
        let matcher = Query::words("a").compile().unwrap();
        let found = matcher.find_up_to("a a a", 2);
        assert_eq!((found.ranges.len(), found.more), (2, true));
        assert!(!matcher.find_up_to("a a", 2).more);
    }

    proptest! {
        #[test]
        fn words_with_break_hints_are_found_like_words_without(
            text in "[ab é\n]{1,30}", hints in proptest::collection::vec((0..40_usize, 0..4_usize), 0..8), from in 0..30_usize, len in 1..6_usize,
        ) {
            let words: String = text.chars().skip(from).take(len).collect();
            prop_assume!(!words.trim().is_empty());
            let mut hyphenated: Vec<char> = text.chars().collect();
            for (at, hint) in hints {
                let at = at % (hyphenated.len() + 1);
                hyphenated.insert(at, ['\u{AD}', '\u{200B}', '\u{2060}', '\u{FEFF}'][hint]);
            }
            let hyphenated: String = hyphenated.into_iter().collect();
            let matcher = Query::words(words.as_str()).compile().unwrap();
            let plain = matcher.find_all(&text);
            let found = matcher.find_all(&hyphenated);
            prop_assert_eq!(plain.len(), found.len());
            for (plain, found) in plain.iter().zip(&found) {
                let found = hyphenated.get(found.start..found.end).unwrap();
                prop_assert_eq!(&text[plain.start..plain.end], found.replace(is_break_hint, ""));
            }
        }

        #[test]
        fn any_part_of_a_text_is_found(text in "\\PC{1,80}", from in 0usize..80, len in 1usize..9) {
            let words: String = text.chars().skip(from).take(len).collect();
            prop_assume!(!words.trim().is_empty());
            let found = Query::words(words.as_str()).compile().unwrap().find_all(&text);
            prop_assert!(!found.is_empty());
            for pair in found.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            prop_assert!(found.iter().all(|r| !r.is_empty() && text.get(r.start..r.end).is_some()));
        }
    }
}
