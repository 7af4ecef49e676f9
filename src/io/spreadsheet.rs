//! Protection of cells from being run as formulas by a spreadsheet.

use std::borrow::Cow;

/// Puts a `'` before a field that a spreadsheet would run as a formula (OWASP ASVS 1.2.10).
pub(crate) fn guard(field: &str) -> Cow<'_, str> {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) {
        Cow::Owned(format!("'{field}"))
    } else {
        Cow::Borrowed(field)
    }
}
