//! The records of documents in `project.ron`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;
use smol_str::SmolStr;

use super::compose::{Record, joined};
use super::format_time;
use super::original;
use super::raw::{Fault, Raw};
use super::wire::{read_file_id, read_time};
use crate::words::project as words;
use demarche_model::{
    AnnotatorId, Date, DocumentId, DocumentMeta, DocumentSetId, EarlierText, Origin, Stamp, TextVersion,
    Versions,
};

#[derive(Deserialize)]
#[serde(rename = "document", deny_unknown_fields)]
struct WireDocument<'a> {
    id: Cow<'a, str>,
    title: String,
    date: Option<Cow<'a, str>>,
    #[serde(default)]
    author: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    file_name: String,
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    encoding: String,
    #[serde(default)]
    kept: Cow<'a, str>,
    #[serde(default)]
    file_sha256: String,
    characters: usize,
    /// Since format 2.
    #[serde(default)]
    text_sha256: String,
    version: Option<u32>,
    #[serde(borrow)]
    updated: Option<Cow<'a, str>>,
    #[serde(borrow)]
    updated_by: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    earlier: Vec<WireText<'a>>,
    /// Since format 4.
    #[serde(default)]
    sets: BTreeSet<String>,
}

/// An earlier version of a document's text.
#[derive(Deserialize)]
#[serde(rename = "text", deny_unknown_fields)]
struct WireText<'a> {
    version: u32,
    #[serde(default)]
    file_name: String,
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    encoding: String,
    #[serde(borrow, default)]
    kept: Cow<'a, str>,
    #[serde(default)]
    file_sha256: String,
    characters: usize,
    /// Since format 2.
    #[serde(default)]
    text_sha256: String,
    #[serde(borrow)]
    updated: Option<Cow<'a, str>>,
    #[serde(borrow)]
    updated_by: Option<Cow<'a, str>>,
}

/// Reads the metadata of a document.
pub(super) fn read_document(raw: Raw<'_>) -> Result<DocumentMeta, Fault> {
    let wire: WireDocument<'_> = raw.parse()?;
    let date = |text: Cow<'_, str>| Date::parse(&text).ok_or_else(|| raw.fault(words::bad_date(&text)));
    let number = wire.version.unwrap_or(1);
    let mut earlier = Vec::with_capacity(wire.earlier.len());
    for text in wire.earlier {
        earlier.push(read_earlier(raw, text)?);
    }
    let numbers = earlier.iter().map(|text: &EarlierText| text.version.number).chain([number]);
    if !(numbers.clone().all(|number| number > 0) && numbers.is_sorted_by(|a, b| a < b)) {
        return Err(raw.fault(words::version_order()));
    }
    let made = read_update(raw, wire.updated, wire.updated_by)?;
    let sha256 = read_sum(raw, wire.text_sha256)?;
    Ok(DocumentMeta {
        id: DocumentId::new(read_file_id(raw, &wire.id)?),
        title: wire.title,
        date: wire.date.map(date).transpose()?,
        author: wire.author,
        source: wire.source,
        origin: read_origin(raw, wire.kept, [wire.file_name, wire.sha256, wire.encoding, wire.file_sha256])?,
        characters: wire.characters,
        versions: Versions { current: TextVersion { number, made, sha256 }, earlier },
        sets: wire.sets.into_iter().map(DocumentSetId::new).collect(),
    })
}

fn read_earlier(raw: Raw<'_>, wire: WireText<'_>) -> Result<EarlierText, Fault> {
    Ok(EarlierText {
        version: TextVersion {
            number: wire.version,
            made: read_update(raw, wire.updated, wire.updated_by)?,
            sha256: read_sum(raw, wire.text_sha256)?,
        },
        origin: read_origin(raw, wire.kept, [wire.file_name, wire.sha256, wire.encoding, wire.file_sha256])?,
        characters: wire.characters,
    })
}

/// Reads the origin of a text: the extension of the copy that is kept, and the other fields unchanged.
fn read_origin(
    raw: Raw<'_>,
    kept: Cow<'_, str>,
    [file_name, sha256, encoding, file_sha256]: [String; 4],
) -> Result<Origin, Fault> {
    Ok(Origin { file_name, sha256, encoding, kept: read_kept(raw, kept)?, file_sha256 })
}

fn read_kept(raw: Raw<'_>, kept: Cow<'_, str>) -> Result<SmolStr, Fault> {
    if kept.is_empty() || original::is_ending(&kept) {
        return Ok(kept.into());
    }
    Err(raw.fault(words::bad_extension(&kept)))
}

/// Reads the checksum of a text. Without one, the text can't be checked.
fn read_sum(raw: Raw<'_>, sum: String) -> Result<String, Fault> {
    let is_sum = sum.len() == 64 && sum.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if sum.is_empty() || is_sum { Ok(sum) } else { Err(raw.fault(words::bad_checksum(&sum))) }
}

/// Reads when a version of a text was made, and by whom. A file has both or neither.
fn read_update(
    raw: Raw<'_>,
    at: Option<Cow<'_, str>>,
    by: Option<Cow<'_, str>>,
) -> Result<Option<(Stamp, AnnotatorId)>, Fault> {
    match (at, by) {
        (None, None) => Ok(None),
        (Some(at), Some(by)) => Ok(Some((read_time(raw, &at)?, AnnotatorId::new(by)))),
        _ => Err(raw.fault(words::incomplete_update())),
    }
}

fn write_origin(record: &mut Record<'_>, origin: &Origin, characters: usize, version: &TextVersion) {
    record
        .text_if_any("file_name", &origin.file_name)
        .text_if_any("sha256", &origin.sha256)
        .text_if_any("encoding", &origin.encoding)
        .text_if_any("kept", &origin.kept)
        .text_if_any("file_sha256", &origin.file_sha256)
        .text_if_any("text_sha256", &version.sha256);
    let _ = write!(record.field("characters"), "{characters}");
}

fn write_update(record: &mut Record<'_>, version: &TextVersion) {
    if let Some((at, by)) = &version.made {
        record.text("updated", &format_time(*at)).text("updated_by", by.as_str());
    }
}

fn write_earlier(out: &mut String, text: &EarlierText) {
    let mut record = Record::new(out);
    let _ = write!(record.field("version"), "{}", text.version.number);
    write_origin(&mut record, &text.origin, text.characters, &text.version);
    write_update(&mut record, &text.version);
    record.end();
}

/// Writes the metadata of a document.
pub(super) fn write_document(out: &mut String, meta: &DocumentMeta) {
    let mut record = Record::new(out);
    record.text("id", meta.id.as_str()).text("title", &meta.title);
    if let Some(date) = &meta.date {
        record.text("date", date.as_str());
    }
    record.text_if_any("author", &meta.author).text_if_any("source", &meta.source);
    let Versions { current, earlier } = &meta.versions;
    write_origin(&mut record, &meta.origin, meta.characters, current);
    if current.number != 1 {
        let _ = write!(record.field("version"), "{}", current.number);
    }
    write_update(&mut record, current);
    if !earlier.is_empty() {
        joined(record.field("earlier"), ['[', ']'], earlier, write_earlier);
    }
    record.texts_if_any("sets", meta.sets.iter().map(DocumentSetId::as_str));
    record.end();
}
