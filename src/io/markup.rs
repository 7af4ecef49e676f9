//! Escaping of text in Markdown.

use demarche_analysis::context::one_line;

/// Escapes what would be markup in a text that may be at the start of a line.
pub(crate) fn escape(text: &str) -> String {
    let inside = escape_inside(one_line(text).trim_start());
    let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &inside[digits..];
    let list = if digits > 0 { rest.starts_with(['.', ')']) } else { rest.starts_with(['-', '+', '=']) };
    if list { format!("{}\\{rest}", &inside[..digits]) } else { inside }
}

/// Escapes what would be markup within a line.
pub(super) fn escape_inside(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
