//! Escapes for characters that must not reach a terminal, a log or a window title from another person's text.

use std::borrow::Cow;

/// Returns a text with escapes such as `\u{1b}` in place of characters that control a terminal or disguise a line:
/// control characters, line and paragraph separators, and overrides and isolates of the writing direction.
///
/// # Examples
///
/// ```
/// use demarche_model::visible;
///
/// assert_eq!(visible("Norvania — 한국"), "Norvania — 한국");
/// assert_eq!(visible("\u{1b}[2Jtalks\n"), r"\u{1b}[2Jtalks\n");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    visible_except(text, &[])
}

/// Like [`visible`], but leaves some characters unchanged.
pub fn visible_except<'a>(text: &'a str, kept: &[char]) -> Cow<'a, str> {
    let is_escaped = |c: char| is_invisible_control(c) && !kept.contains(&c);
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_escaped(c) {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Returns whether a character is invisible but changes how the text after it is shown.
pub fn is_invisible_control(c: char) -> bool {
    // Marks such as U+200F are kept: they affect no other word, and texts in Arabic and Hebrew need them.
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_except};

    #[test]
    fn nothing_that_controls_a_terminal_is_left() {
        for c in ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}').chain('\u{2028}'..='\u{202e}') {
            let text = format!("a{c}b");
            assert_eq!(visible(&text), format!("a{}b", c.escape_default()));
            assert_eq!(visible_except(&text, &[c]), text);
        }
        assert_eq!(visible(&visible("\u{9b}2J")), r"\u{9b}2J", "once is enough");
        assert_eq!(visible("שלום\u{200f}, é\u{301} 👩\u{200d}👧"), "שלום\u{200f}, é\u{301} 👩\u{200d}👧");
    }
}
