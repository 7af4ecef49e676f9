//! The calendar of a person: events and phases.

use std::path::Path;

use serde::Deserialize;

use super::super::codebook::read_colour;
use super::super::compose::Record;
use super::super::format::FileKind;
use super::super::owner::{check_writer, notes_file};
use super::super::raw::{Fault, Raw};
use super::super::source::Source;
use super::super::wire::read_uuid;
use super::{NotesRead, Owner, collect, read_name};
use crate::Problem;
use crate::words::analysis_notes as words;
use crate::words::project::{self as project_words, RecordKind};
use demarche_model::{
    AnalysisNotes, Calendar, Date, EventId, NegotiationPhase, PersonKey, PhaseId, ProjectEvent,
};

#[derive(Deserialize)]
#[serde(rename = "event", deny_unknown_fields)]
struct WireEvent {
    id: String,
    date: String,
    label: String,
    colour: String,
}

#[derive(Deserialize)]
#[serde(rename = "phase", deny_unknown_fields)]
struct WirePhase {
    id: String,
    name: String,
    from: String,
    to: String,
}

/// Reads a calendar.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(source: &str, file: &Path, writer: Owner<'_>) -> Result<NotesRead, Problem> {
    let mut source = Source::new(source, file, FileKind::Calendar)?;
    check_writer(&mut source, writer)?;
    let events = source.list("events", read_event)?;
    let phases = source.list("phases", read_phase)?;
    source.finish()?;
    let (mut notes, mut problems) = (AnalysisNotes::default(), Vec::new());
    let Calendar { events: known, phases: known_phases } = &mut notes.calendar;
    collect(events, (file, RecordKind::Event), &mut problems, |event| {
        let is_new = !known.contains_key(&event.id);
        known.entry(event.id).or_insert(event);
        is_new
    });
    collect(phases, (file, RecordKind::Phase), &mut problems, |phase| {
        let is_new = !known_phases.contains_key(&phase.id);
        known_phases.entry(phase.id).or_insert(phase);
        is_new
    });
    Ok((notes, problems))
}

/// Reads an event.
pub(in super::super) fn read_event(raw: Raw<'_>) -> Result<ProjectEvent, Fault> {
    let wire: WireEvent = raw.parse()?;
    Ok(ProjectEvent {
        id: EventId(read_uuid(raw, &wire.id)?),
        date: read_date(raw, &wire.date)?,
        label: read_name(raw, wire.label)?,
        colour: read_colour(raw, &wire.colour)?,
    })
}

/// Reads a phase.
pub(in super::super) fn read_phase(raw: Raw<'_>) -> Result<NegotiationPhase, Fault> {
    let wire: WirePhase = raw.parse()?;
    let phase = NegotiationPhase {
        id: PhaseId(read_uuid(raw, &wire.id)?),
        name: read_name(raw, wire.name)?,
        from: read_date(raw, &wire.from)?,
        to: read_date(raw, &wire.to)?,
    };
    if phase.is_reversed() { Err(raw.fault(words::reversed_phase(&phase))) } else { Ok(phase) }
}

fn read_date(raw: Raw<'_>, date: &str) -> Result<Date, Fault> {
    Date::parse(date).ok_or_else(|| raw.fault(project_words::bad_date(date)))
}

/// Returns the text of a calendar: events by date, phases by their first day.
pub(super) fn compose(calendar: &Calendar, key: Option<PersonKey>) -> String {
    let mut file = notes_file(key);
    file.list("events", calendar.sorted_events(), write_event);
    file.list("phases", calendar.sorted_phases(), write_phase);
    file.finish()
}

/// Writes an event.
pub(in super::super) fn write_event(out: &mut String, event: &ProjectEvent) {
    Record::new(out)
        .text("id", &event.id.to_string())
        .text("date", event.date.as_str())
        .text("label", &event.label)
        .text("colour", &event.colour.to_string())
        .end();
}

/// Writes a phase.
pub(in super::super) fn write_phase(out: &mut String, phase: &NegotiationPhase) {
    Record::new(out)
        .text("id", &phase.id.to_string())
        .text("name", &phase.name)
        .text("from", phase.from.as_str())
        .text("to", phase.to.as_str())
        .end();
}
