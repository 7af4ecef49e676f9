//! The files of a person's analysis notes: a file for each saved view, and one each with the calendar, the dismissed pairs and
//! the memos.

mod calendar;
mod dismissed;
mod memos;
mod view;

use std::path::Path;

use super::files::{hash, read_bytes};
use super::folder::{FileKey, Folder};
use super::format::FileKind;
use super::listing::Listing;
use super::raw::{Fault, Raw};
use super::source::{Records, normal};
use crate::words::project::{self as words, RecordKind};
use crate::{Problem, ProblemKind};
use demarche_model::{AnalysisNotes, AnnotatorId, NotesPart, PersonKey, Project};

pub(super) use calendar::{read_event, read_phase, write_event, write_phase};
pub(super) use dismissed::{read_pair, write_pair};
pub(super) use memos::{WireSubject, read_memo, write_memo, write_subject};

/// Notes that were read from a file, and the problems of its records.
pub(super) type NotesRead = (AnalysisNotes, Vec<Problem>);

/// The person who writes a file, with their key if it is known.
type Owner<'a> = (&'a AnnotatorId, Option<PersonKey>);

/// The kind of the file of a part.
pub(super) fn file_kind(part: NotesPart) -> FileKind {
    match part {
        NotesPart::View(_) => FileKind::View,
        NotesPart::Calendar => FileKind::Calendar,
        NotesPart::Dismissed => FileKind::Dismissed,
        NotesPart::Memos => FileKind::Memos,
    }
}

/// Reads the file of a part, which belongs to `writer`. If there are problems, the file must not be overwritten.
///
/// # Errors
/// The file as a whole can't be read, or states the key of another person.
pub(super) fn read(
    source: &str,
    file: &Path,
    part: NotesPart,
    writer: Owner<'_>,
) -> Result<NotesRead, Problem> {
    match part {
        NotesPart::View(id) => view::read(source, file, id, writer).map(|notes| (notes, Vec::new())),
        NotesPart::Calendar => calendar::read(source, file, writer),
        NotesPart::Dismissed => dismissed::read(source, file, writer),
        NotesPart::Memos => memos::read(source, file, writer),
    }
}

/// Reads the file of a part to its last record.
///
/// # Errors
/// The file, or a record in it, can't be read.
pub(super) fn read_whole(
    source: &str,
    file: &Path,
    part: NotesPart,
    writer: Owner<'_>,
) -> Result<AnalysisNotes, Problem> {
    let (notes, problems) = read(source, file, part, writer)?;
    problems.into_iter().next().map_or(Ok(notes), Err)
}

/// Returns the text of the file of a part, with the key of its writer. A saved view that does not exist has no text.
pub(super) fn compose(notes: &AnalysisNotes, part: NotesPart, key: Option<PersonKey>) -> String {
    match part {
        NotesPart::View(id) => notes.views.get(&id).map(|view| view::compose(view, key)).unwrap_or_default(),
        NotesPart::Calendar => calendar::compose(&notes.calendar, key),
        NotesPart::Dismissed => dismissed::compose(&notes.dismissed, key),
        NotesPart::Memos => memos::compose(&notes.memos, key),
    }
}

/// Reads the analysis notes of everyone into a project. Returns the problems in them, and the hashes of their files.
pub(super) fn load(
    folder: &Folder,
    listing: &Listing,
    project: &mut Project,
) -> (Vec<Problem>, Vec<(FileKey, u64)>) {
    let (mut problems, mut hashes) = (Vec::new(), Vec::new());
    for (owner, part) in listing.analysis_notes() {
        let key = FileKey::AnalysisNotes(owner.clone(), *part);
        let file = key.relative();
        let bytes = read_bytes(folder, &key);
        if let Ok(Some(bytes)) = &bytes {
            hashes.push((key, hash(bytes)));
        }
        let writer = (owner, listing.key_of(owner));
        let text = bytes.and_then(|bytes| bytes.map(|bytes| normal(bytes, &file)).transpose());
        let found = match text.and_then(|text| text.map(|text| read(&text, &file, *part, writer)).transpose())
        {
            Ok(None) => continue,
            Ok(Some((notes, found))) => {
                project.set_analysis_notes_from_disk(owner, *part, &notes);
                found
            }
            Err(problem) => vec![problem],
        };
        if !found.is_empty() {
            project.set_analysis_notes_unreadable(owner, *part);
        }
        problems.extend(found);
    }
    (problems, hashes)
}

/// Collects the records of a list; the others are among the problems. `add` returns false if the id is taken.
fn collect<T>(
    records: Records<'_, T>,
    (file, kind): (&Path, RecordKind),
    problems: &mut Vec<Problem>,
    mut add: impl FnMut(T) -> bool,
) {
    for (raw, result) in records {
        let (line, kind, message) = match result.map(&mut add) {
            Ok(true) => continue,
            Ok(false) => (raw.line, ProblemKind::DuplicateId, words::same_id(kind, None)),
            Err(fault) => (fault.line, ProblemKind::Malformed, words::unreadable(kind, &fault.why)),
        };
        problems.push(Problem { file: file.to_owned(), line: Some(line), kind, message });
    }
}

/// Checks that a name has characters.
fn read_name(raw: Raw<'_>, name: String) -> Result<String, Fault> {
    if name.trim().is_empty() { Err(raw.fault(crate::words::analysis_notes::empty_name())) } else { Ok(name) }
}

#[cfg(test)]
mod tests;
