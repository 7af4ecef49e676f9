//! The memos of a person: a line for each.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::super::compose::{Record, string};
use super::super::format::FileKind;
use super::super::owner::{check_writer, notes_file};
use super::super::raw::{Fault, Raw};
use super::super::source::Source;
use super::super::time::format_time;
use super::super::wire::{read_file_id, read_time};
use super::{NotesRead, Owner, collect};
use crate::Problem;
use crate::words::analysis_notes as words;
use crate::words::project::RecordKind;
use demarche_model::{AnalysisNotes, CategoryId, DocumentId, Memo, MemoSubject, Memos, PersonKey};

#[derive(Deserialize)]
#[serde(rename = "memo", deny_unknown_fields)]
struct WireMemo<'a> {
    about: WireSubject,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    modified: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(rename = "subject")]
pub(in super::super) enum WireSubject {
    Project,
    Document(String),
    Category(String),
}

impl WireSubject {
    /// Checks the subject.
    pub(in super::super) fn check(self, raw: Raw<'_>) -> Result<MemoSubject, Fault> {
        Ok(match self {
            Self::Project => MemoSubject::Project,
            Self::Document(id) => MemoSubject::Document(DocumentId::new(read_file_id(raw, &id)?)),
            Self::Category(id) => MemoSubject::Category(CategoryId::new(id)),
        })
    }
}

/// Reads memos. A second one on a subject is a problem, since only one of them would be kept.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(source: &str, file: &Path, writer: Owner<'_>) -> Result<NotesRead, Problem> {
    let mut source = Source::new(source, file, FileKind::Memos)?;
    check_writer(&mut source, writer)?;
    let memos = source.list("memos", read_memo)?;
    source.finish()?;
    let (mut notes, mut problems) = (AnalysisNotes::default(), Vec::new());
    collect(memos, (file, RecordKind::Memo), &mut problems, |(subject, memo)| {
        let is_new = !notes.memos.contains_key(&subject);
        notes.memos.entry(subject).or_insert_with(|| Arc::new(memo));
        is_new
    });
    Ok((notes, problems))
}

/// Reads a memo with its subject.
pub(in super::super) fn read_memo(raw: Raw<'_>) -> Result<(MemoSubject, Memo), Fault> {
    let wire: WireMemo<'_> = raw.parse()?;
    let subject = wire.about.check(raw)?;
    if wire.text.trim().is_empty() {
        return Err(raw.fault(words::empty_memo()));
    }
    Ok((subject, Memo { text: wire.text.into_owned(), modified: read_time(raw, &wire.modified)? }))
}

/// Returns the text of a file of memos: that on the project first, then those on documents and categories by id.
pub(super) fn compose(memos: &Memos, key: Option<PersonKey>) -> String {
    let mut file = notes_file(key);
    file.list("memos", memos, |out, (subject, memo)| write_memo(out, subject, memo));
    file.finish()
}

/// Writes a memo with its subject.
pub(in super::super) fn write_memo(out: &mut String, subject: &MemoSubject, memo: &Memo) {
    let mut record = Record::new(out);
    write_subject(record.field("about"), subject);
    record.text("text", &memo.text).text("modified", &format_time(memo.modified)).end();
}

/// Writes a subject in the form that [`WireSubject`] reads.
pub(in super::super) fn write_subject(out: &mut String, subject: &MemoSubject) {
    let (kind, id) = match subject {
        MemoSubject::Project => return out.push_str("Project"),
        MemoSubject::Document(id) => ("Document(", id.as_str()),
        MemoSubject::Category(id) => ("Category(", id.as_str()),
    };
    out.push_str(kind);
    string(out, id);
    out.push(')');
}
