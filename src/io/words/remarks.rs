//! Remarks on imported annotations: findings about a file that may be wrong, as whole sentences.

use std::path::Path;

use super::counted;
use crate::annotations::{Counting, LineEnds, Unit};

/// The detected unit of offsets in several documents, with the number of spans that fit their words, with it and with the
/// other unit.
pub(crate) fn offset_unit(
    is_utf16: bool,
    documents: usize,
    (spans, fitting): (usize, usize),
    otherwise: usize,
) -> String {
    let (characters, utf16) = ("characters (code points)", "UTF-16 units");
    let (unit, other) = if is_utf16 { (utf16, characters) } else { (characters, utf16) };
    let texts = counted(documents, "text", "texts");
    format!(
        "In {texts} with characters such as 👩, offsets were read as {unit}: {fitting} of {} fit the words, \
         compared with {otherwise} as {other}",
        counted(spans, "span", "spans")
    )
}

/// What offsets were found to count in several documents, if they don't count line ends as the texts have them, with the
/// number of spans that fit their words, and that without this.
pub(crate) fn line_ends(
    unit: Unit,
    line_ends: LineEnds,
    documents: usize,
    (spans, fitting): (usize, usize),
    otherwise: usize,
) -> String {
    format!(
        "In {}, offsets were read as {}: {fitting} of {} fit the words, compared with {otherwise} otherwise",
        counted(documents, "text", "texts"),
        reading(Counting { unit, line_ends }),
        counted(spans, "span", "spans")
    )
}

/// What the offsets in one file were found to count.
pub(crate) fn counting(counting: Counting, file: &Path) -> String {
    format!("The offsets were read as {}: {}", reading(counting), file.display())
}

fn reading(Counting { unit, line_ends }: Counting) -> String {
    let unit = match unit {
        Unit::Characters => "characters",
        Unit::Utf16 => "UTF-16 units",
    };
    match line_ends {
        LineEnds::AsWritten => unit.to_owned(),
        LineEnds::One => format!("{unit}, and each line end as one"),
        LineEnds::Two => format!("{unit}, and each line end as two"),
    }
}

/// A document that the project lacks, whose passages were looked for in all documents.
pub(crate) fn no_such_document(name: &str, passages: usize) -> String {
    format!(
        "No document is called “{name}”; the words of its {} were looked for in all documents",
        counted(passages, "passage", "passages")
    )
}

/// Rows of a corrected table that repeat others.
pub(crate) fn repeated_rows(rows: usize) -> String {
    format!("{} of the table repeated an earlier one", counted(rows, "row", "rows"))
}

pub(crate) fn inclusive_ends() -> String {
    "The end of a passage was read as its last character, since the passages then fit their words.".to_owned()
}

pub(crate) fn split_line_ends() -> String {
    "Every line end was counted as two characters, since the passages then fit their words.".to_owned()
}

pub(crate) fn joined_line_ends() -> String {
    "A line end of two characters was counted as one, since the passages then fit their words.".to_owned()
}

pub(crate) fn utf16_positions() -> String {
    "Positions were read as UTF-16 units, since the passages then fit their words.".to_owned()
}

/// A name in the file that was matched with one of the project.
pub(crate) fn other_case(given: &str, known: &str) -> String {
    format!("“{given}” was read as “{known}”, which differs only in case")
}

/// Records that repeat an earlier one of their file.
pub(crate) fn repeated(records: usize) -> String {
    let (were, them) = if records == 1 { ("was", "it") } else { ("were", "them") };
    let records = counted(records, "passage", "passages");
    format!(
        "{records} {were} in the file more than once, equal in every field; Demarche imported {them} once"
    )
}

/// Links that repeat an earlier one: of the same kind, between the same passages.
pub(crate) fn repeated_links(links: usize) -> String {
    let (were, them) = if links == 1 { ("was", "it") } else { ("were", "them") };
    let links = counted(links, "link", "links");
    format!("{links} {were} there more than once, between the same passages; Demarche imported {them} once")
}

/// Records with the text of an earlier one in their file, without an id or title to distinguish them.
pub(crate) fn repeated_texts(records: usize) -> String {
    let were = if records == 1 { "was" } else { "were" };
    let records = counted(records, "record", "records");
    format!("{records} with a text that came before {were} read as the same document")
}

/// Passages whose words are not at their positions, but elsewhere.
pub(crate) fn placed_by_quotes(passages: usize) -> String {
    let (were, their) = if passages == 1 { ("was", "its") } else { ("were", "their") };
    let passages = counted(passages, "passage", "passages");
    format!(
        "{passages} {were} placed by {their} words, which are once in the text, but not at the stated positions"
    )
}

/// Labels of which the file has only the numbers.
pub(crate) fn numbered_labels(labels: usize) -> String {
    let (are, their) = if labels == 1 { ("is", "its number") } else { ("are", "their numbers") };
    let labels = counted(labels, "label", "labels");
    format!("{labels} {are} in the file only as {their}; the categories are named so, and can be renamed")
}

/// Texts of which only the words are known.
pub(crate) fn rebuilt(texts: usize) -> String {
    let (were, their) = if texts == 1 { ("was", "its") } else { ("were", "their") };
    let texts = counted(texts, "text", "texts");
    format!("{texts} {were} rebuilt from {their} words; the spacing may be different")
}

pub(crate) fn events_as_triggers(events: usize) -> String {
    let (were, their) =
        if events == 1 { ("was", "its trigger, and its") } else { ("were", "their triggers, and their") };
    let events = counted(events, "event", "events");
    format!("{events} {were} imported as {their} roles as links")
}

pub(crate) fn folder_is_annotator(folder: &str) -> String {
    format!("Several folders hold the same texts, so the folder `{folder}` was read as an annotator")
}

pub(crate) fn decoded(encoding: &str, file: &Path) -> String {
    format!("Read as {encoding}, since it is not UTF-8: {}", file.display())
}

/// Says that names had control characters.
pub(crate) fn cleaned_names(count: usize) -> String {
    let names = counted(count, "name", "names");
    format!("{names} had control characters, which were replaced")
}

/// A problem of a record in a file without known lines.
pub(crate) fn of_record(why: impl std::fmt::Display, id: &str) -> String {
    format!("{why} (in the record `{id}`)")
}
