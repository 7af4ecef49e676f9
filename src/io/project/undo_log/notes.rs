//! Entries of analysis notes in the undo log. A saved view is written as in its file, the others as in their records.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use ron::value::RawValue;
use serde::Deserialize;

use super::super::analysis_notes::{
    WireSubject, compose, read_event, read_memo, read_pair, read_phase, read_whole, write_event, write_memo,
    write_pair, write_phase, write_subject,
};
use super::super::compose::{Record, string};
use super::super::raw::{Fault, Raw};
use super::super::wire::read_uuid;
use demarche_model::{AnalysisNotes, AnnotatorId, Edit, EventId, NotesEntry, NotesPart, PhaseId, ViewId};

/// An entry with its new value, if it has one.
#[derive(Deserialize)]
#[serde(rename = "entry", deny_unknown_fields)]
pub(super) enum WireNotesEntry<'a> {
    View {
        #[serde(borrow)]
        id: Cow<'a, str>,
        #[serde(borrow, default)]
        to: Option<Cow<'a, str>>,
    },
    Event {
        #[serde(borrow)]
        id: Cow<'a, str>,
        #[serde(borrow, default)]
        to: Option<&'a RawValue>,
    },
    Phase {
        #[serde(borrow)]
        id: Cow<'a, str>,
        #[serde(borrow, default)]
        to: Option<&'a RawValue>,
    },
    Dismissed {
        #[serde(borrow)]
        pair: &'a RawValue,
        to: bool,
    },
    Memo {
        about: WireSubject,
        #[serde(borrow, default)]
        to: Option<&'a RawValue>,
    },
}

/// Writes an edit of an entry as a RON enum of the same name.
pub(super) fn write_notes_edit(out: &mut String, owner: &AnnotatorId, to: &NotesEntry) {
    out.push_str("SetNotesEntry");
    let mut record = Record::new(out);
    record.text("owner", owner.as_str());
    write_entry(record.field("to"), to);
    record.end();
}

/// Writes an entry in the form that [`WireNotesEntry`] reads.
fn write_entry(out: &mut String, entry: &NotesEntry) {
    let start = |out: &mut String, kind: &str| out.push_str(kind);
    match entry {
        NotesEntry::View(id, to) => {
            start(out, "View");
            let mut record = Record::new(out);
            record.text("id", &id.to_string());
            if let Some(view) = to {
                let views = BTreeMap::from([(*id, view.clone())]);
                let notes = AnalysisNotes { views, ..AnalysisNotes::default() };
                string(record.field("to"), &compose(&notes, NotesPart::View(*id), None));
            }
            record.end();
        }
        NotesEntry::Event(id, to) => {
            start(out, "Event");
            write_value(out, &id.to_string(), to.as_ref(), write_event);
        }
        NotesEntry::Phase(id, to) => {
            start(out, "Phase");
            write_value(out, &id.to_string(), to.as_ref(), write_phase);
        }
        NotesEntry::Dismissed(pair, to) => {
            start(out, "Dismissed");
            let mut record = Record::new(out);
            write_pair(record.field("pair"), pair);
            record.field("to").push_str(if *to { "true" } else { "false" });
            record.end();
        }
        NotesEntry::Memo(subject, to) => {
            start(out, "Memo");
            let mut record = Record::new(out);
            write_subject(record.field("about"), subject);
            if let Some(memo) = to {
                write_memo(record.field("to"), subject, memo);
            }
            record.end();
        }
    }
}

fn write_value<T>(out: &mut String, id: &str, to: Option<&T>, write: impl FnOnce(&mut String, &T)) {
    let mut record = Record::new(out);
    record.text("id", id);
    if let Some(value) = to {
        write(record.field("to"), value);
    }
    record.end();
}

/// Reads an edit of an entry.
pub(super) fn read_notes_edit(raw: Raw<'_>, owner: &str, wire: WireNotesEntry<'_>) -> Result<Edit, Fault> {
    let owner = AnnotatorId::new(owner);
    let to = read_entry(raw, &owner, wire)?;
    Ok(Edit::SetNotesEntry { owner, to })
}

fn read_entry(raw: Raw<'_>, owner: &AnnotatorId, wire: WireNotesEntry<'_>) -> Result<NotesEntry, Fault> {
    Ok(match wire {
        WireNotesEntry::View { id, to } => {
            let id = ViewId(read_uuid(raw, &id)?);
            let writer = (owner, None);
            let read =
                to.map(|file| read_whole(&file, Path::new(""), NotesPart::View(id), writer)).transpose();
            let mut notes = read.map_err(|problem| raw.fault(problem.message))?.unwrap_or_default();
            NotesEntry::View(id, notes.views.remove(&id))
        }
        WireNotesEntry::Event { id, to } => {
            let to = to.map(|to| read_event(raw.inside(to))).transpose()?;
            NotesEntry::Event(EventId(read_uuid(raw, &id)?), to)
        }
        WireNotesEntry::Phase { id, to } => {
            let to = to.map(|to| read_phase(raw.inside(to))).transpose()?;
            NotesEntry::Phase(PhaseId(read_uuid(raw, &id)?), to)
        }
        WireNotesEntry::Dismissed { pair, to } => NotesEntry::Dismissed(read_pair(raw.inside(pair))?, to),
        WireNotesEntry::Memo { about, to } => {
            let to = to.map(|to| read_memo(raw.inside(to))).transpose()?;
            NotesEntry::Memo(about.check(raw)?, to.map(|(_, memo)| Arc::new(memo)))
        }
    })
}
