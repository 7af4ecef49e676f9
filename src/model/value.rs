//! Values of attributes.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use smol_str::SmolStr;

use super::words;

/// The value of an attribute.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// One entry of a list.
    Choice(SmolStr),
    /// Several entries of a list.
    Choices(BTreeSet<SmolStr>),
    /// Free text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A date: `2026-03-14`, `2026-03` or `2026`.
    Date(SmolStr),
}

/// The position of a value in an ordering; see [`Value::sort_key`].
#[derive(Clone, PartialEq, Debug)]
pub enum SortKey<'a> {
    /// By number.
    Number(f64),
    /// By position in a list.
    Position(usize),
    /// By spelling.
    Words(Cow<'a, str>),
}

impl Value {
    /// The value as people read it: `fees, port`, `yes`, `2.5`.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Choice(text) | Self::Date(text) => Cow::Borrowed(text),
            Self::Choices(entries) => Cow::Owned(join(entries, ", ")),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(flag) => Cow::Borrowed(words::values::flag(*flag)),
        }
    }

    /// The texts of its parts, as people read them: one for each of several choices, one for any other value.
    pub fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let (one, several) = match self {
            Self::Choices(entries) => (None, Some(entries)),
            Self::Choice(_) | Self::Text(_) | Self::Number(_) | Self::Flag(_) | Self::Date(_) => {
                (Some(self.text()), None)
            }
        };
        one.into_iter().chain(several.into_iter().flatten().map(|entry| Cow::Borrowed(entry.as_str())))
    }

    /// The value as written in data: `fees; port`, `true`, `2.5`.
    pub fn data_text(&self) -> Cow<'_, str> {
        match self {
            Self::Choices(entries) => Cow::Owned(join(entries, "; ")),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Self::Choice(_) | Self::Text(_) | Self::Number(_) | Self::Date(_) => self.text(),
        }
    }

    /// True if two values are written the same in data, even if they are of different kinds: a word that could not be
    /// converted was once kept as a choice, and is now kept as a text.
    pub fn is_written_like(&self, other: &Self) -> bool {
        self == other
            || (std::mem::discriminant(self) != std::mem::discriminant(other)
                && self.data_text() == other.data_text())
    }

    /// The chosen entries of a list; empty for any other value.
    pub fn choices(&self) -> impl Iterator<Item = &SmolStr> {
        let (one, several) = match self {
            Self::Choice(entry) => (Some(entry), None),
            Self::Choices(entries) => (None, Some(entries)),
            Self::Text(_) | Self::Number(_) | Self::Flag(_) | Self::Date(_) => (None, None),
        };
        one.into_iter().chain(several.into_iter().flatten())
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Choice(_) | Self::Choices(_) | Self::Text(_) | Self::Flag(_) | Self::Date(_) => None,
        }
    }

    /// True for all values except the numbers that JSON lacks: infinities and NaN.
    pub fn is_finite(&self) -> bool {
        self.as_number().is_none_or(f64::is_finite)
    }

    /// Its sort key among the values of one attribute, given the attribute's list: entries in the order of
    /// the list, yes before no.
    pub fn sort_key(&self, list: &[SmolStr]) -> SortKey<'_> {
        match self {
            Self::Choice(entry) => {
                let position = list.iter().position(|known| known == entry);
                position.map_or_else(|| SortKey::Words(self.text()), SortKey::Position)
            }
            Self::Number(number) => SortKey::Number(*number),
            Self::Flag(flag) => SortKey::Position(usize::from(!flag)),
            Self::Choices(_) | Self::Text(_) | Self::Date(_) => SortKey::Words(self.text()),
        }
    }

    /// Adds the choices of `other`. Returns true if the value now includes everything that both did; values
    /// of other kinds do so only if they are equal.
    pub fn unite(&mut self, other: &Self) -> bool {
        if let (Self::Choices(entries), Self::Choices(more)) = (&mut *self, other) {
            entries.extend(more.iter().cloned());
            return true;
        }
        self == other
    }
}

impl fmt::Display for Value {
    /// As people read it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

fn join(entries: &BTreeSet<SmolStr>, separator: &str) -> String {
    entries.iter().map(SmolStr::as_str).collect::<Vec<_>>().join(separator)
}
