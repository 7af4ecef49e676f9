//! Events and phases of a negotiation.

use std::collections::BTreeMap;

use crate::{Colour, Date, EventId, PhaseId};

/// A person's calendar. The calendars of all people are shown together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Calendar {
    /// Events.
    pub events: BTreeMap<EventId, ProjectEvent>,
    /// Phases.
    pub phases: BTreeMap<PhaseId, NegotiationPhase>,
}

/// Something that happened on a date, drawn as a line in figures over time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProjectEvent {
    /// Its id.
    pub id: EventId,
    /// The date, complete or partial.
    pub date: Date,
    /// The label, such as "Second round".
    pub label: String,
    /// The colour of its line.
    pub colour: Colour,
}

/// A named period of the negotiation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NegotiationPhase {
    /// Its id.
    pub id: PhaseId,
    /// Its name, such as "Round two".
    pub name: String,
    /// The first day, or the month or year with which it begins.
    pub from: Date,
    /// The last day, or the month or year with which it ends.
    pub to: Date,
}

impl Calendar {
    /// True if there are no events and no phases.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.phases.is_empty()
    }

    /// The events by date.
    pub fn sorted_events(&self) -> Vec<&ProjectEvent> {
        let mut events: Vec<&ProjectEvent> = self.events.values().collect();
        events.sort_by_key(|event| (&event.date, event.id));
        events
    }

    /// The phases by their first day.
    pub fn sorted_phases(&self) -> Vec<&NegotiationPhase> {
        let mut phases: Vec<&NegotiationPhase> = self.phases.values().collect();
        phases.sort_by_key(|phase| (&phase.from, &phase.to, phase.id));
        phases
    }
}

impl NegotiationPhase {
    /// True if the phase ends before it begins. A month or year that contains its first day is a valid end.
    ///
    /// ```
    /// use demarche_model::{Date, NegotiationPhase, PhaseId};
    ///
    /// let date = |text| Date::parse(text).unwrap();
    /// let phase = |from, to| {
    ///     let id = PhaseId(uuid::Uuid::nil());
    ///     NegotiationPhase { id, name: "Round two".into(), from: date(from), to: date(to) }
    /// };
    /// assert!(phase("2026-03-04", "2026-03-03").is_reversed());
    /// assert!(!phase("2026-03-04", "2026-03-04").is_reversed());
    /// assert!(!phase("2026-03-04", "2026-03").is_reversed());
    /// assert!(!phase("2026", "2026-03").is_reversed());
    /// ```
    pub fn is_reversed(&self) -> bool {
        self.to < self.from && !self.from.as_str().starts_with(self.to.as_str())
    }
}
