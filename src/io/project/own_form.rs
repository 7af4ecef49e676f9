//! A reader of values in exactly the form that Demarche writes, several times as fast as `ron`.
//!
//! It returns `None` at the first byte that is not in this form. The caller then lets `ron` read the whole record, so
//! that every other form is accepted and every message is that of `ron`.

use std::borrow::Cow;

use memchr::memchr2;

/// The rest of a record.
pub(super) struct OwnForm<'a> {
    rest: &'a str,
}

impl<'a> OwnForm<'a> {
    /// Reads a whole record. `None` if anything follows what `read` reads.
    pub fn whole<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut form = Self { rest: text };
        let value = read(&mut form)?;
        form.rest.is_empty().then_some(value)
    }

    /// Passes a token. `None` if something else comes next.
    pub fn pass(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    /// Passes a token if it comes next.
    pub fn has(&mut self, token: &str) -> bool {
        self.pass(token).is_some()
    }

    /// Reads a field that [`Record`](super::compose::Record) has written; `start` is the text up to its value, such as `, category: `.
    pub fn field<T>(&mut self, start: &str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.pass(start)?;
        read(self)
    }

    /// Reads a field that may be missing.
    pub fn field_if_any<T>(
        &mut self,
        start: &str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.has(start) { read(self).map(Some) } else { Some(None) }
    }

    /// Reads a quoted text, as [`Record::text`](super::compose::Record::text) writes it.
    pub fn text(&mut self) -> Option<Cow<'a, str>> {
        self.pass("\"")?;
        let end = memchr2(b'"', b'\\', self.rest.as_bytes())?;
        let plain = &self.rest[..end];
        self.rest = &self.rest[end..];
        if self.has("\"") {
            return Some(Cow::Borrowed(plain));
        }
        let mut out = plain.to_owned();
        loop {
            out.push(self.escape()?);
            let end = memchr2(b'"', b'\\', self.rest.as_bytes())?;
            out.push_str(&self.rest[..end]);
            self.rest = &self.rest[end..];
            if self.has("\"") {
                return Some(Cow::Owned(out));
            }
        }
    }

    /// Reads an escaped character.
    fn escape(&mut self) -> Option<char> {
        self.pass("\\")?;
        let kind = self.rest.bytes().next()?;
        let plain = match kind {
            b'"' => '"',
            b'\\' => '\\',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return None,
        };
        self.rest = &self.rest[1..];
        Some(plain)
    }

    /// Reads `u{2028}`.
    fn unicode_escape(&mut self) -> Option<char> {
        self.pass("u{")?;
        let (digits, rest) = self.rest.split_once('}')?;
        if !(1..=6).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.rest = rest;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    }

    /// Reads a whole number without a sign or leading zeros.
    pub fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        let digits = self.take_digits()?;
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        digits.parse().ok()
    }

    /// Reads a number such as `-2.5`.
    pub fn decimal(&mut self) -> Option<f64> {
        let before = self.rest;
        self.has("-");
        self.take_digits()?;
        self.pass(".")?;
        self.take_digits()?;
        before[..before.len() - self.rest.len()].parse().ok()
    }

    fn take_digits(&mut self) -> Option<&'a str> {
        let end = self.rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        (end > 0).then_some(digits)
    }

    /// Reads `true` or `false`.
    pub fn flag(&mut self) -> Option<bool> {
        if self.has("true") { Some(true) } else { self.pass("false").map(|()| false) }
    }

    /// Reads a list or map with at least one item, as [`joined`](super::compose::joined) writes it.
    pub fn items<T>(
        &mut self,
        [open, close]: [&str; 2],
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.pass(open)?;
        let mut items = vec![item(self)?];
        while self.has(", ") {
            items.push(item(self)?);
        }
        self.pass(close)?;
        Some(items)
    }

    /// Reads two values between parentheses.
    pub fn pair<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<(T, T)> {
        self.pass("(")?;
        let first = one(self)?;
        self.pass(", ")?;
        let second = one(self)?;
        self.pass(")")?;
        Some((first, second))
    }
}
