//! Movement: the steps of actors on each issue.

use super::{Cells, Chart, Drawn};
use crate::bargain::{ActorId, DayRange, PassageIndex, PassageSet};
use crate::figure::CellKey;
use crate::figure::charts::Series;
use crate::figure::charts::movement::{AskTick, DayEvent, MoveLine, MovePanel, MoveStep, Movement};
use crate::views::{IssueSteps, Look, MovementView, PositionAxis};
use crate::words::drawn as words;
use demarche_model::Colour;

/// Length of the words of a passage, in characters.
const QUOTE: usize = 120;

impl Drawn {
    /// The figure of movement; `None` if nothing has a date.
    pub fn movement(view: &MovementView, look: &Look<'_>) -> Option<Self> {
        let mut making = Making { look, cells: Cells::default(), actors: Vec::new(), days: Vec::new() };
        let mut panels = Vec::new();
        for issue in &view.issues {
            panels.push(making.steps(issue, panels.len() as u32));
        }
        for axis in &view.positions {
            panels.push(making.positions(axis, panels.len() as u32));
        }
        let days = (*making.days.iter().min()?, *making.days.iter().max()?);
        let series =
            |(at, actor): (usize, &ActorId)| Series::new(look.actor_title(Some(*actor)), Colour::nth(at), at);
        let chart = Movement {
            title: words::MOVEMENT.to_owned(),
            description: view.answer().sentence.text(),
            days,
            actors: making.actors.iter().enumerate().map(series).collect(),
            panels,
            events: events(look, days),
        };
        Some(making.cells.into_figure(Chart::Movement(chart)))
    }
}

/// A figure that is being made.
struct Making<'l, 'a> {
    look: &'l Look<'a>,
    cells: Cells,
    /// The actors with a line, in the order of first use.
    actors: Vec<ActorId>,
    /// The days that occur.
    days: Vec<i32>,
}

impl Making<'_, '_> {
    fn steps(&mut self, issue: &IssueSteps, panel: u32) -> MovePanel {
        let mut lines = Vec::new();
        for of in &issue.lines {
            let line = lines.len() as u32;
            let mut out = MoveLine { actor: self.actor(of.actor), ..MoveLine::default() };
            for step in &of.steps {
                let Some(day) = self.day(step.date) else { continue };
                let key = CellKey::Step { panel, line, step: out.steps.len() as u32 };
                self.cells.add(key, one(step.passage));
                out.steps.push(MoveStep {
                    day,
                    value: step.sum as f64,
                    conditional: step.is_conditional,
                    label: self.look.quote(step.passage, QUOTE).into_owned(),
                });
            }
            for ask in &issue.asks {
                let passage = self.look.get(*ask);
                let is_own = self.look.actors(passage).contains(&of.actor);
                let Some(day) = self.day(passage.date()).filter(|_| is_own) else { continue };
                self.cells.add(CellKey::Ask { panel, line, ask: out.asks.len() as u32 }, one(*ask));
                out.asks.push(AskTick { day, label: self.look.quote(*ask, QUOTE).into_owned() });
            }
            lines.push(out);
        }
        MovePanel { name: issue.title.clone(), measure: words::STEPS.to_owned(), stepped: true, lines }
    }

    fn positions(&mut self, axis: &PositionAxis, panel: u32) -> MovePanel {
        let mut lines = Vec::new();
        for of in &axis.lines {
            let line = lines.len() as u32;
            let mut out = MoveLine { actor: self.actor(of.actor), ..MoveLine::default() };
            for position in &of.positions {
                let Some(day) = self.day(position.date) else { continue };
                let key = CellKey::Step { panel, line, step: out.steps.len() as u32 };
                self.cells.add(key, one(position.passage));
                let label = self.look.quote(position.passage, QUOTE).into_owned();
                out.steps.push(MoveStep { day, value: position.value, conditional: false, label });
            }
            lines.push(out);
        }
        MovePanel {
            name: words::position(&axis.title, &axis.issue_title),
            measure: axis.unit.clone().unwrap_or_default(),
            stepped: false,
            lines,
        }
    }

    /// The position of an actor in the list of those with a line.
    fn actor(&mut self, actor: ActorId) -> usize {
        let known = self.actors.iter().position(|known| *known == actor);
        known.unwrap_or_else(|| {
            self.actors.push(actor);
            self.actors.len() - 1
        })
    }

    /// The first day of a date, which is noted.
    fn day(&mut self, date: Option<DayRange>) -> Option<i32> {
        let day = i32::try_from(date?.first.0).ok()?;
        self.days.push(day);
        Some(day)
    }
}

fn one(passage: PassageIndex) -> PassageSet {
    [passage].into_iter().collect()
}

fn events(look: &Look<'_>, days: (i32, i32)) -> Vec<DayEvent> {
    let notes = look.basis.project.analysis_notes().values();
    let events = notes.flat_map(|notes| notes.calendar.events.values()).filter_map(|event| {
        let day = i32::try_from(DayRange::from_date(&event.date).first.0).ok()?;
        let (label, date) = (event.label.clone(), event.date.to_string());
        let is_shown = (days.0..=days.1).contains(&day);
        is_shown.then_some(DayEvent { day, label, date, colour: event.colour })
    });
    events.collect()
}
