//! `documents/d001.ron`: the pages, headings and times of a text. Written once, together with the text, and only if the
//! text has any.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use super::compose::{File, Record};
use super::format::{FileKind, Format};
use super::raw::{Fault, Raw};
use super::source::Source;
use crate::words::owners;
use crate::words::project::{self as words, RecordKind};
use crate::{Problem, ProblemKind};
use demarche_model::{Anchor, AnchorKind, Anchors, DocumentId, Text};

/// Approximate size of an anchor in a file, in bytes.
const RECORD: usize = 48;

/// An anchor in the file: an offset in characters (Unicode scalar values), and one of `page`, `heading` (with `level`)
/// and `time`.
#[derive(Deserialize)]
#[serde(rename = "anchor", deny_unknown_fields)]
struct WireAnchor<'a> {
    at: usize,
    page: Option<Cow<'a, str>>,
    heading: Option<String>,
    level: Option<u8>,
    time: Option<Cow<'a, str>>,
}

/// Reads the anchors of a text. An anchor that can't be read or is outside the text is reported and left out; nothing
/// is lost, since the file is never rewritten.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(
    source: &str,
    file: &Path,
    document: &DocumentId,
    text: &Text,
) -> Result<(Anchors, Vec<Problem>), Problem> {
    let mut source = Source::new(source, file, FileKind::Anchors)?;
    let stated: Cow<'_, str> = source.required("document")?;
    if stated != document.as_str() {
        return Err(source.problem(1, owners::other_document(&stated, document)));
    }
    let records = source.list("anchors", read_anchor)?;
    source.finish()?;
    let mut problems = Vec::new();
    let mut anchors = Vec::with_capacity(records.len());
    for (raw, result) in records {
        let mut report = |line, kind, message| {
            problems.push(Problem { file: file.to_owned(), line: Some(line), kind, message });
        };
        match result {
            Ok((at, kind)) => match text.byte_offset(at) {
                Some(at) => anchors.push(Anchor { at, kind }),
                None => {
                    let message = words::anchor_outside(at, text.characters());
                    report(raw.line, ProblemKind::OutsideText, message);
                }
            },
            Err(fault) => {
                let message = words::unreadable(RecordKind::Anchor, &fault.why);
                report(fault.line, ProblemKind::Malformed, message);
            }
        }
    }
    Ok((Anchors::new(anchors), problems))
}

fn read_anchor(raw: Raw<'_>) -> Result<(usize, AnchorKind), Fault> {
    let wire: WireAnchor<'_> = raw.parse()?;
    let level = wire.level.unwrap_or(1);
    let kind = match (wire.page, wire.heading, wire.time) {
        (Some(page), None, None) => AnchorKind::Page(page.into()),
        (None, Some(title), None) if (1..=6).contains(&level) => AnchorKind::Heading { level, title },
        (None, Some(_), None) => return Err(raw.fault(words::heading_level(level))),
        (None, None, Some(time)) => AnchorKind::Time(time.into()),
        _ => return Err(raw.fault(words::anchor_kind())),
    };
    Ok((wire.at, kind))
}

/// Returns the text of the file.
pub(super) fn compose(document: &DocumentId, anchors: &Anchors, text: &Text) -> String {
    let mut file = File::with_capacity(Format::FIRST, 128 + anchors.all().len() * RECORD);
    file.text("document", document.as_str());
    file.list("anchors", anchors.all(), |out, anchor| {
        let mut record = Record::new(out);
        let _ = write!(record.field("at"), "{}", text.char_offset(anchor.at));
        match &anchor.kind {
            AnchorKind::Page(page) => record.text("page", page),
            AnchorKind::Time(time) => record.text("time", time),
            AnchorKind::Heading { level, title } => {
                record.text("heading", title);
                let _ = write!(record.field("level"), "{level}");
                &mut record
            }
        }
        .end();
    });
    file.finish()
}
