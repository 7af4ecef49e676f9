//! Escaping in WebAnno TSV.

use std::iter::Peekable;
use std::str::Chars;

/// Appends an escaped value to a cell.
pub(crate) fn push_value(out: &mut String, value: &str) {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b' ' | b'.' | b',');
    if value.bytes().all(is_plain) {
        return out.push_str(value);
    }
    let mut characters = value.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', c]),
            '-' if characters.peek() == Some(&'>') => out.push_str("\\-"),
            other => push_plain(out, other),
        }
    }
}

/// Returns an escaped line of a sentence.
pub(crate) fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        if c == '\\' { out.push_str("\\\\") } else { push_plain(&mut out, c) }
    }
    out
}

fn push_plain(out: &mut String, c: char) {
    match c {
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\u{C}' => out.push_str("\\f"),
        '\u{8}' => out.push_str("\\b"),
        other => out.push(other),
    }
}

/// Unescapes a value or line. A backslash before a character that needs none is dropped.
pub(crate) fn unescape(escaped: &str) -> String {
    if !escaped.contains('\\') {
        return escaped.to_owned();
    }
    let mut out = String::with_capacity(escaped.len());
    let mut characters = escaped.chars().peekable();
    while let Some(c) = characters.next() {
        out.push(if c == '\\' { meant(&mut characters) } else { c });
    }
    out
}

fn meant(characters: &mut Peekable<Chars<'_>>) -> char {
    match characters.next() {
        Some('t') => '\t',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('f') => '\u{C}',
        Some('b') => '\u{8}',
        Some(other) => other,
        None => '\\',
    }
}

/// Splits a cell at separators that are not escaped.
pub(crate) fn split(cell: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in cell.char_indices() {
        if c == mark && !escaped {
            parts.push(&cell[start..at]);
            start = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&cell[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn escape_value(value: &str) -> String {
        let mut out = String::new();
        push_value(&mut out, value);
        out
    }

    #[test]
    fn marks_with_a_backslash_part_nothing() {
        assert_eq!(escape_value("a|b [c]_->*;\\\td"), r"a\|b \[c\]\_\->\*\;\\\td");
        assert_eq!(split(r"a\|b|c\\|d", '|'), [r"a\|b", r"c\\", "d"]);
        assert_eq!(unescape("a\\"), "a\\");
    }

    proptest! {
        #[test]
        fn escapes_are_read_back(text in "[a\\\\|_*;>\\[\\]\\-\t\n\u{c}é👩]{0,20}") {
            let value = escape_value(&text);
            prop_assert_eq!(unescape(&value), text.clone());
            prop_assert_eq!(split(&value, '|').len(), 1);
            prop_assert_eq!(unescape(&escape_text(&text)), text);
        }
    }
}
