//! The notes of a project file that are memos.

use std::collections::HashMap;

use super::project::{Note, NoteSubject, Project};
use crate::annotations::{DraftMemo, DraftPerson, DraftSubject};
use crate::loss::{Losses, QdaLoss};
use crate::project::parse_time;

/// Number of bytes by which notes may exceed the size of the file, since one note can belong to many passages.
pub(super) const NOTES: usize = 64 << 20;

/// Turns the notes on the project, on documents and on codes into memos. `texts` are those of the notes.
pub(super) fn memos(
    project: &Project,
    people: &HashMap<String, DraftPerson>,
    texts: &HashMap<String, String>,
    losses: &mut Losses,
) -> Vec<DraftMemo> {
    let (mut memos, mut left) = (Vec::new(), NOTES);
    for (subject, guid) in &project.memos {
        let (Some(note), Some(text)) = (project.notes.get(guid), texts.get(guid)) else { continue };
        let subject = match subject {
            NoteSubject::Project => DraftSubject::Project,
            NoteSubject::Source(guid) => DraftSubject::Document(guid.clone()),
            NoteSubject::Code(guid) => {
                DraftSubject::Category(project.codes.get(guid).cloned().unwrap_or_default())
            }
        };
        let Some(rest) = left.checked_sub(text.len()) else {
            losses.add(QdaLoss::ExcessNotes, 1);
            continue;
        };
        left = rest;
        let author = people.get(&note.user).map(|person| person.id.clone());
        memos.push(DraftMemo { subject, author, text: text.clone(), modified: modified(note) });
    }
    memos
}

/// Returns the time of the last change of a note.
fn modified(note: &Note) -> Option<String> {
    time(note.modified.as_ref().or(note.created.as_ref()))
}

/// Returns a time with a time zone, which many programs omit.
pub(super) fn time(text: Option<&String>) -> Option<String> {
    let text = text?.trim();
    if parse_time(text).is_some() {
        return Some(text.to_owned());
    }
    let zoned = format!("{text}Z");
    parse_time(&zoned).is_some().then_some(zoned)
}
