//! Quotes in layers and reviews: `quote: "…"` in full, or `long_quote: (head: "…", tail: "…", characters: 1200,
//! fingerprint: "…")`.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Deserialize;

use super::compose::Record;
use super::format::Format;
use super::own_form::OwnForm;
use super::raw::{Fault, Raw};
use crate::words::quotes as words;
use demarche_model::{Fingerprint, LongQuote, PersonKey, Quote};

/// The name of the field with an abridged quote.
const LONG: &str = "long_quote";

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename = "long_quote", deny_unknown_fields)]
pub(super) struct WireLongQuote<'a> {
    #[serde(borrow)]
    head: Cow<'a, str>,
    #[serde(borrow)]
    tail: Cow<'a, str>,
    characters: usize,
    fingerprint: Cow<'a, str>,
}

impl<'a> WireLongQuote<'a> {
    /// Reads an abridged quote as [`write_quote`] writes it.
    pub fn in_own_form(form: &mut OwnForm<'a>) -> Option<Self> {
        let quote = Self {
            head: form.field("(head: ", OwnForm::text)?,
            tail: form.field(", tail: ", OwnForm::text)?,
            characters: form.field(", characters: ", OwnForm::number)?,
            fingerprint: form.field(", fingerprint: ", OwnForm::text)?,
        };
        form.pass(")")?;
        Some(quote)
    }
}

/// Turns the two fields of a record into a quote. `None` if it has neither.
pub(super) fn read_quote(
    raw: Raw<'_>,
    quote: Option<Cow<'_, str>>,
    long: Option<WireLongQuote<'_>>,
) -> Result<Option<Quote>, Fault> {
    match (quote, long) {
        (None, None) => Ok(None),
        (Some(words), None) => Ok(Some(Quote::of_words(words))),
        (None, Some(long)) => {
            let fingerprint = Fingerprint::parse(&long.fingerprint)
                .ok_or_else(|| raw.fault(words::bad_fingerprint(&long.fingerprint)))?;
            let (head, tail) = (long.head.into_owned(), long.tail.into_owned());
            Ok(Some(Quote::abridged(LongQuote { head, tail, characters: long.characters, fingerprint })))
        }
        (Some(_), Some(_)) => Err(raw.fault(words::two_quotes())),
    }
}

/// Writes the field with a quote.
pub(super) fn write_quote(record: &mut Record<'_>, quote: &Quote) {
    let Some(long) = quote.long() else {
        record.text("quote", &quote.shown());
        return;
    };
    let mut inner = Record::new(record.field(LONG));
    inner.text("head", &long.head).text("tail", &long.tail);
    let _ = write!(inner.field("characters"), "{}", long.characters);
    inner.text("fingerprint", &long.fingerprint.to_string()).end();
}

/// Returns whether a record that is kept verbatim may have an abridged quote.
pub(super) fn may_be_long(record: &str) -> bool {
    record.contains(LONG)
}

/// Returns the lowest format of a layer or review with or without its owner's key and abridged quotes.
pub(super) fn format_with(key: Option<PersonKey>, long_quotes: bool) -> Format {
    if key.is_some() || long_quotes { Format::WITH_KEYS_AND_LONG_QUOTES } else { Format::FIRST }
}
