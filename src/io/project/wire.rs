//! Values that several kinds of files hold.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Deserialize;
use uuid::Uuid;

use super::parse_time;
use super::source::{Fault, Raw, Source};
use crate::Problem;
use demarche_model::{AnnotatorId, DocumentId, Stamp};

#[derive(Deserialize)]
#[serde(rename = "value")]
pub(super) enum WireValue {
    Choice(String),
    Choices(BTreeSet<String>),
    Text(String),
    Number(f64),
    Flag(bool),
    Date(String),
}

/// Takes out whose file this says it is, which has to agree with where it lies.
pub(super) fn check_owner(
    source: &mut Source<'_>,
    document: &DocumentId,
    annotator: &AnnotatorId,
) -> Result<(), Problem> {
    let says_document: Cow<'_, str> = source.required("document")?;
    let says_annotator: Cow<'_, str> = source.required("annotator")?;
    if says_document == document.as_str() && says_annotator == annotator.as_str() {
        return Ok(());
    }
    let message = format!(
        "the file says that it is `{says_annotator}`'s of `{says_document}`, but lies where `{annotator}`'s of \
         `{document}` belongs; move it, or mend what it says"
    );
    Err(source.problem(1, message))
}

pub(super) fn read_uuid(raw: Raw<'_>, text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| raw.fault(format!("`{text}` is no UUID")))
}

pub(super) fn read_time(raw: Raw<'_>, text: &str) -> Result<Stamp, Fault> {
    parse_time(text).ok_or_else(|| raw.fault(format!("`{text}` is no time such as 2026-03-14T09:14:00Z")))
}
