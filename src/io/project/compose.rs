//! The writer of RON files: one record per line, the same bytes for the same values.
//!
//! The serialiser of `ron` is not used, since it writes `Norvania\'s` and escapes every combining mark (`\u{301}`), which
//! nobody can read in a diff. What is written here is read by `ron`.

use std::fmt::Write as _;

use super::format::Format;

/// A file that is being written: top-level fields, each on its own lines.
pub(super) struct File {
    out: String,
}

impl File {
    /// Starts a file with its format.
    pub fn new(format: Format) -> Self {
        Self::with_capacity(format, 256)
    }

    /// Starts a file with its format, with room for `bytes`.
    pub fn with_capacity(format: Format, bytes: usize) -> Self {
        let mut out = String::with_capacity(bytes);
        let _ = writeln!(out, "(\n    format: {format},");
        Self { out }
    }

    /// Adds a field with a text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.plain(name, |out| string(out, value));
    }

    /// Adds a field with what `value` writes.
    pub fn plain(&mut self, name: &str, value: impl FnOnce(&mut String)) {
        let _ = write!(self.out, "    {name}: ");
        value(&mut self.out);
        self.out.push_str(",\n");
    }

    /// Adds a list, one item per line. An empty list takes two lines as well, so that adding its first item is a diff of
    /// one line.
    pub fn list<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut String, T),
    ) {
        let _ = writeln!(self.out, "    {name}: [");
        for value in items {
            self.out.push_str("        ");
            item(&mut self.out, value);
            self.out.push_str(",\n");
        }
        self.out.push_str("    ],\n");
    }

    /// Adds a map, one entry per line; nothing if it is empty.
    pub fn map_if_any<'a, T: 'a>(
        &mut self,
        name: &str,
        entries: impl ExactSizeIterator<Item = (&'a str, &'a T)>,
        mut value: impl FnMut(&mut String, &T),
    ) {
        if entries.len() == 0 {
            return;
        }
        let _ = writeln!(self.out, "    {name}: {{");
        for (key, entry) in entries {
            self.out.push_str("        ");
            string(&mut self.out, key);
            self.out.push_str(": ");
            value(&mut self.out, entry);
            self.out.push_str(",\n");
        }
        self.out.push_str("    },\n");
    }

    /// Ends the file and returns its text.
    pub fn finish(mut self) -> String {
        self.out.push_str(")\n");
        self.out
    }
}

/// A record that is being written: `(id: "…", category: "…")`.
pub(super) struct Record<'a> {
    out: &'a mut String,
    empty: bool,
}

impl<'a> Record<'a> {
    /// Opens the record.
    pub fn new(out: &'a mut String) -> Self {
        out.push('(');
        Self { out, empty: true }
    }

    /// Writes the name of the next field and returns the output, to which the caller writes the value.
    pub fn field(&mut self, name: &str) -> &mut String {
        if !std::mem::take(&mut self.empty) {
            self.out.push_str(", ");
        }
        self.out.push_str(name);
        self.out.push_str(": ");
        self.out
    }

    /// Adds a text.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        string(self.field(name), value);
        self
    }

    /// Adds a text unless it is empty.
    pub fn text_if_any(&mut self, name: &str, value: &str) -> &mut Self {
        if value.is_empty() { self } else { self.text(name, value) }
    }

    /// Adds a list of texts unless it is empty.
    pub fn texts_if_any<T: AsRef<str>>(
        &mut self,
        name: &str,
        values: impl ExactSizeIterator<Item = T>,
    ) -> &mut Self {
        if values.len() > 0 {
            strings(self.field(name), values);
        }
        self
    }

    /// Closes the record.
    pub fn end(&mut self) {
        self.out.push(')');
    }
}

/// Writes items between brackets or braces, separated by a comma and a space.
pub(super) fn joined<T>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl IntoIterator<Item = T>,
    mut item: impl FnMut(&mut String, T),
) {
    out.push(open);
    for (index, value) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        item(out, value);
    }
    out.push(close);
}

/// Writes a list of texts.
pub(super) fn strings<T: AsRef<str>>(out: &mut String, values: impl IntoIterator<Item = T>) {
    joined(out, ['[', ']'], values, |out, value| string(out, value.as_ref()));
}

/// Writes a quoted text. Only characters that would end the text or the line, or are invisible, are escaped.
pub(super) fn string(out: &mut String, value: &str) {
    out.push('"');
    let mut copied = 0;
    for (at, c) in value.char_indices() {
        let plain = !(c.is_control() || matches!(c, '"' | '\\' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'));
        if plain {
            continue;
        }
        out.push_str(&value[copied..at]);
        copied = at + c.len_utf8();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
        }
    }
    out.push_str(&value[copied..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::string;
    use proptest::prelude::*;

    fn quoted(value: &str) -> String {
        let mut out = String::new();
        string(&mut out, value);
        out
    }

    #[test]
    fn people_can_read_what_is_written() {
        assert_eq!(
            quoted("Norvania's \"no\"\té e\u{301} हिन्दी"),
            "\"Norvania's \\\"no\\\"\\té e\u{301} हिन्दी\""
        );
        assert_eq!(quoted("a\r\nb\u{2028}\0\\"), r#""a\r\nb\u{2028}\u{0}\\""#);
    }

    proptest! {
        #[test]
        fn ron_reads_every_text_back(value in any::<String>()) {
            let written = quoted(&value);
            prop_assert!(!written.contains('\n'));
            prop_assert_eq!(ron::from_str::<String>(&written).expect("RON"), value);
        }
    }
}
