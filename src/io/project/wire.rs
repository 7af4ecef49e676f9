//! Wire types of values that several kinds of files contain.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;
use smol_str::SmolStr;
use uuid::Uuid;

use super::compose::{string, strings};
use super::own_form::OwnForm;
use super::parse_time;
use super::raw::{Fault, Raw};
use crate::words::project as words;
use demarche_model::{Stamp, Value, check_file_id};

/// The value of an attribute, such as `Choice("Norvania")`.
#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename = "value")]
pub(super) enum WireValue {
    Choice(String),
    Choices(BTreeSet<String>),
    Text(String),
    Number(f64),
    Flag(bool),
    Date(String),
}

impl WireValue {
    /// Reads a value as [`write_value`] writes it.
    pub fn in_own_form(form: &mut OwnForm<'_>) -> Option<Self> {
        let text = |form: &mut OwnForm<'_>| form.text().map(Cow::into_owned);
        let value = if form.has("Choice(") {
            Self::Choice(text(form)?)
        } else if form.has("Choices(") {
            Self::Choices(form.items(["[", "]"], text)?.into_iter().collect())
        } else if form.has("Text(") {
            Self::Text(text(form)?)
        } else if form.has("Number(") {
            Self::Number(form.decimal()?)
        } else if form.has("Flag(") {
            Self::Flag(form.flag()?)
        } else {
            form.pass("Date(")?;
            Self::Date(text(form)?)
        };
        form.pass(")")?;
        Some(value)
    }
}

impl From<WireValue> for Value {
    fn from(wire: WireValue) -> Self {
        match wire {
            WireValue::Choice(choice) => Self::Choice(choice.into()),
            WireValue::Choices(choices) => Self::Choices(choices.into_iter().map(SmolStr::from).collect()),
            WireValue::Text(text) => Self::Text(text),
            WireValue::Number(number) => Self::Number(number),
            WireValue::Flag(flag) => Self::Flag(flag),
            WireValue::Date(date) => Self::Date(date.into()),
        }
    }
}

/// Writes a value in the form that [`WireValue`] reads.
pub(super) fn write_value(out: &mut String, value: &Value) {
    let (kind, text) = match value {
        Value::Choice(choice) => ("Choice(", choice.as_str()),
        Value::Text(text) => ("Text(", text.as_str()),
        Value::Date(date) => ("Date(", date.as_str()),
        Value::Choices(choices) => {
            out.push_str("Choices(");
            strings(out, choices);
            out.push(')');
            return;
        }
        Value::Number(number) => {
            // Debug writes the shortest text that parses to the same number, always with a point or an exponent.
            let _ = write!(out, "Number({number:?})");
            return;
        }
        Value::Flag(flag) => {
            let _ = write!(out, "Flag({flag})");
            return;
        }
    };
    out.push_str(kind);
    string(out, text);
    out.push(')');
}

pub(super) fn read_uuid(raw: Raw<'_>, text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| raw.fault(words::bad_uuid(text)))
}

pub(super) fn read_time(raw: Raw<'_>, text: &str) -> Result<Stamp, Fault> {
    parse_time(text).ok_or_else(|| raw.fault(words::bad_time(text)))
}

/// Checks an id that is also the name of a file or folder.
pub(super) fn read_file_id<'a>(raw: Raw<'_>, id: &'a str) -> Result<&'a str, Fault> {
    check_file_id(id).map_err(|why| raw.fault(words::bad_file_id(id, why)))?;
    Ok(id)
}
