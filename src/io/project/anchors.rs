//! `documents/d001.ron`: the pages, headings and times of a text. Written once, with the text; there only where the text
//! has any.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use super::compose::{File, Record};
use super::source::{Fault, Raw, Source};
use crate::words::project::{self as words, RecordKind};
use crate::{Problem, ProblemKind};
use demarche_model::{Anchor, AnchorKind, Anchors, DocumentId, Text};

/// Bytes that an anchor takes in a file, roughly.
const RECORD: usize = 48;

/// An anchor in the file: a place in Unicode scalar values, and one of `page`, `heading` (with `level`) and `time`.
#[derive(Deserialize)]
#[serde(rename = "anchor", deny_unknown_fields)]
struct WireAnchor<'a> {
    at: usize,
    page: Option<Cow<'a, str>>,
    heading: Option<String>,
    level: Option<u8>,
    time: Option<Cow<'a, str>>,
}

/// Reads the anchors of a text. One that can't be read or lies outside the text is a problem, and left out: the file is
/// never rewritten, so nothing is lost.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(
    source: &str,
    file: &Path,
    document: &DocumentId,
    text: &Text,
) -> Result<(Anchors, Vec<Problem>), Problem> {
    let mut source = Source::new(source, file)?;
    let says: Cow<'_, str> = source.required("document")?;
    if says != document.as_str() {
        let message = words::misplaced(format_args!("of `{says}`"), format_args!("that of `{document}`"));
        return Err(source.problem(1, message));
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
                    let length = text.characters();
                    let message =
                        format!("the anchor at {at} is outside the text of {length} characters; remove it");
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
        (None, Some(_), None) => return Err(raw.fault(format!("its level {level} is not from 1 to 6"))),
        (None, None, Some(time)) => AnchorKind::Time(time.into()),
        _ => return Err(raw.fault("it needs one of `page`, `heading` and `time`")),
    };
    Ok((wire.at, kind))
}

/// The text of the file.
pub(super) fn compose(document: &DocumentId, anchors: &Anchors, text: &Text) -> String {
    let mut file = File::with_capacity(128 + anchors.all().len() * RECORD);
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
