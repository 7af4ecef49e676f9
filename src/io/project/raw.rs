//! A record or a value of a RON file, and what is wrong with it.

use std::fmt;
use std::marker::PhantomData;

use ron::Options;
use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// The source of a record or a value in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw<'a> {
    /// Its text, without the comma after it.
    pub text: &'a str,
    /// Its first line, from 1.
    pub line: usize,
}

/// The reason why a record can't be read.
#[derive(Debug)]
pub(super) struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The fault, as part of a sentence.
    pub why: String,
    /// The field that is unknown, if that is the fault.
    unknown: Option<String>,
}

impl Fault {
    /// Returns the fault of a line.
    pub fn at(line: usize, why: impl Into<String>) -> Self {
        Self { line, why: why.into(), unknown: None }
    }
}

impl<'a> Raw<'a> {
    /// Parses the record as a `T`.
    pub fn parse<T: Deserialize<'a>>(self) -> Result<T, Fault> {
        options().from_str(self.text).map_err(|error| Fault {
            line: self.line + error.span.start.line.saturating_sub(1),
            why: error.code.to_string(),
            unknown: if let ron::Error::NoSuchStructField { found, .. } = error.code {
                Some(found)
            } else {
                None
            },
        })
    }

    /// Returns a value inside the record, in its first line, as a record of its own.
    pub fn inside<'v>(self, value: &'v RawValue) -> Raw<'v> {
        Raw { text: value.get_ron().trim(), line: self.line }
    }

    /// Returns a fault of this record.
    pub fn fault(self, why: impl Into<String>) -> Fault {
        Fault::at(self.line, why)
    }
}

/// Reads a record of a newer format again, without the fields that are unknown.
pub(super) fn read_known<T>(
    raw: Raw<'_>,
    mut fault: Fault,
    read: &impl for<'r> Fn(Raw<'r>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let mut record = raw.text.to_owned();
    while let Some(unknown) = fault.unknown.take() {
        let Some(rest) = without_field(&record, &unknown) else { break };
        record = rest;
        match read(Raw { text: &record, line: raw.line }) {
            Ok(value) => return Ok(value),
            Err(next) => fault = next,
        }
    }
    Err(fault)
}

/// Returns a record without one of its fields; `None` if it does not have that field.
fn without_field(record: &str, name: &str) -> Option<String> {
    let pairs: Pairs<'_> = options().from_str(record).ok()?;
    let kept: Vec<String> =
        pairs.0.iter().filter(|pair| pair.0 != name).map(|(n, v)| format!("{n}: {v}")).collect();
    (kept.len() < pairs.0.len()).then(|| format!("({})", kept.join(", ")))
}

/// Returns how RON is read.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// All entries of a map.
#[derive(PartialEq, Debug)]
pub(super) struct Entries<K, V>(pub Vec<(K, V)>);

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<K, V> {
    type Value = Entries<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

/// All fields of a struct with their source.
pub(super) struct Pairs<'a>(pub Vec<(String, &'a str)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("project", &[], PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields in parentheses")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            pairs.push((name, map.next_value::<&RawValue>()?.get_ron()));
        }
        Ok(Pairs(pairs))
    }
}

/// The name of a field.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(Name(name.to_owned()))
            }
        }
        deserializer.deserialize_identifier(NameVisitor)
    }
}
