//! Events and phases: those of all people are shown together, the user changes their own.

use demarche_model::{
    AnnotatorId, Colour, Date, EventId, NegotiationPhase, NotesEntry, PhaseId, ProjectEvent,
};

use crate::Session;
use crate::words::steps;

impl Session {
    /// The events of everyone by date, with their owners.
    pub fn events(&self) -> Vec<(&AnnotatorId, &ProjectEvent)> {
        let all = self.project.analysis_notes().iter();
        let mut events: Vec<_> = all
            .flat_map(|(owner, notes)| notes.calendar.events.values().map(move |event| (owner, event)))
            .collect();
        events.sort_by_key(|(owner, event)| (&event.date, event.id, *owner));
        events
    }

    /// The phases of everyone by their first day, with their owners.
    pub fn phases(&self) -> Vec<(&AnnotatorId, &NegotiationPhase)> {
        let all = self.project.analysis_notes().iter();
        let mut phases: Vec<_> = all
            .flat_map(|(owner, notes)| notes.calendar.phases.values().map(move |phase| (owner, phase)))
            .collect();
        phases.sort_by_key(|(owner, phase)| (&phase.from, &phase.to, phase.id, *owner));
        phases
    }

    pub(super) fn add_event(&mut self, date: Date, label: String, colour: Colour) {
        self.set_event(ProjectEvent { id: EventId(self.env.new_uuid()), date, label, colour });
    }

    pub(super) fn set_event(&mut self, event: ProjectEvent) {
        let event = ProjectEvent { label: event.label.trim().to_owned(), ..event };
        if self.my_event(event.id) != Some(&event) {
            self.set_entry(steps::set_event(&event.label), NotesEntry::Event(event.id, Some(event)));
        }
    }

    pub(super) fn remove_event(&mut self, id: EventId) {
        let Some(label) = self.my_event(id).map(|event| event.label.clone()) else { return };
        self.set_entry(steps::remove_event(&label), NotesEntry::Event(id, None));
    }

    pub(super) fn add_phase(&mut self, name: String, from: Date, to: Date) {
        self.set_phase(NegotiationPhase { id: PhaseId(self.env.new_uuid()), name, from, to });
    }

    pub(super) fn set_phase(&mut self, phase: NegotiationPhase) {
        let phase = NegotiationPhase { name: phase.name.trim().to_owned(), ..phase };
        if self.my_phase(phase.id) != Some(&phase) {
            self.set_entry(steps::set_phase(&phase.name), NotesEntry::Phase(phase.id, Some(phase)));
        }
    }

    pub(super) fn remove_phase(&mut self, id: PhaseId) {
        let Some(name) = self.my_phase(id).map(|phase| phase.name.clone()) else { return };
        self.set_entry(steps::remove_phase(&name), NotesEntry::Phase(id, None));
    }

    fn my_event(&self, id: EventId) -> Option<&ProjectEvent> {
        self.my_notes()?.calendar.events.get(&id)
    }

    fn my_phase(&self, id: PhaseId) -> Option<&NegotiationPhase> {
        self.my_notes()?.calendar.phases.get(&id)
    }
}
