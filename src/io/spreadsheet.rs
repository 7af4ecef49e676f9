//! What spreadsheets do to cells: their greatest length, and formulas.

use std::borrow::Cow;

/// The most UTF-16 units that a cell of Excel holds.
pub(crate) const CELL: usize = 32_767;

/// Puts a `'` before a field that a spreadsheet would run as a formula (OWASP ASVS 1.2.10).
pub(crate) fn guard(field: &str) -> Cow<'_, str> {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) {
        Cow::Owned(format!("'{field}"))
    } else {
        Cow::Borrowed(field)
    }
}

/// Returns the beginning of a text that fits a cell.
pub(crate) fn held(text: &str) -> &str {
    if text.len() <= CELL {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL
    });
    end.map_or(text, |(at, _)| &text[..at])
}
