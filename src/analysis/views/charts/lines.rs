//! The figures within documents and of movement.

use crate::bargain::{ActorId, DayRange, PassageIndex};
use crate::figure::charts::Series;
use crate::figure::charts::codeline::{Codeline, DocumentLine, Place};
use crate::figure::charts::movement::{AskTick, MoveLine, MovePanel, MoveStep, Movement};
use crate::views::{CodelineView, IssueSteps, Line, LineLength, Look, MovementView, PositionAxis, Step};
use crate::words::views::charts as words;
use demarche_model::Colour;

/// Length of the words of a passage, in characters.
const CHARACTERS: usize = 120;

impl CodelineView {
    /// A line for each document.
    pub fn chart(&self, look: &Look<'_>) -> Codeline {
        let longest = self.lines.iter().map(|line| line.characters).max().unwrap_or(0).max(1);
        let is_true = self.options.length == LineLength::True;
        let ticks = [0.0, 0.25, 0.5, 0.75, 1.0_f32];
        let tick = |share: f32| {
            let text =
                if is_true { (share * longest as f32).round().to_string() } else { words::percent(share) };
            (share, text)
        };
        let length = |line: &Line| if is_true { line.characters as f32 / longest as f32 } else { 1.0 };
        let document = |line: &Line| DocumentLine {
            title: line.title.clone(),
            detail: look
                .basis
                .moves
                .document_date(line.document)
                .map(|days| days.to_string())
                .unwrap_or_default(),
            length: length(line),
            places: line
                .marks
                .iter()
                .map(|mark| Place {
                    lane: mark.lane,
                    start: mark.start as f32,
                    end: mark.end as f32,
                    conditional: look.get(mark.passage).is_conditional,
                    label: look.quote(mark.passage, CHARACTERS),
                })
                .collect(),
        };
        Codeline {
            title: words::CODELINE.to_owned(),
            description: self.answer().sentence.text(),
            lanes: self.lanes.iter().enumerate().map(|(at, lane)| look.series(at, lane)).collect(),
            documents: self.lines.iter().map(document).collect(),
            measure: words::length(is_true).to_owned(),
            ticks: ticks.into_iter().map(tick).collect(),
        }
    }
}

impl MovementView {
    /// A panel for each issue with steps, and for each attribute with positions. What has no date is left out.
    pub fn chart(&self, look: &Look<'_>) -> Movement {
        let mut actors: Vec<ActorId> = Vec::new();
        let steps = self.issues.iter().flat_map(|issue| issue.lines.iter().map(|line| line.actor));
        let positions = self.positions.iter().flat_map(|axis| axis.lines.iter().map(|line| line.actor));
        actors.extend(steps.chain(positions));
        actors.sort_unstable();
        actors.dedup();
        let mut panels: Vec<MovePanel> = self
            .issues
            .iter()
            .filter(|issue| !issue.lines.is_empty())
            .map(|issue| step_panel(look, issue, &actors))
            .collect();
        panels.extend(self.positions.iter().map(|axis| position_panel(axis, &actors)));
        let days =
            panels.iter().flat_map(|panel| &panel.lines).flat_map(|line| &line.steps).map(|step| step.day);
        let series = |(at, actor): (usize, &ActorId)| {
            Series::new(look.basis.moves.actors().name(*actor), Colour::nth(at), at)
        };
        Movement {
            title: words::MOVEMENT.to_owned(),
            description: self.answer().sentence.text(),
            days: (days.clone().min().unwrap_or(0), days.max().unwrap_or(0)),
            actors: actors.iter().enumerate().map(series).collect(),
            panels,
            events: Vec::new(),
        }
    }
}

fn step_panel(look: &Look<'_>, issue: &IssueSteps, actors: &[ActorId]) -> MovePanel {
    let step = |step: &Step| {
        Some(MoveStep {
            day: day(step.date)?,
            value: step.sum as f64,
            conditional: step.is_conditional,
            label: look.quote(step.passage, CHARACTERS),
        })
    };
    let tick = |first: &PassageIndex| {
        let day = day(look.get(*first).order_date)?;
        Some(AskTick { day, label: look.quote(*first, CHARACTERS) })
    };
    let asks = |actor: ActorId| {
        let own = issue.asks.iter().filter(move |first| look.actors(look.get(**first)).contains(&actor));
        own.filter_map(tick).collect()
    };
    let lines = issue.lines.iter().map(|line| MoveLine {
        actor: place(actors, line.actor),
        steps: line.steps.iter().filter_map(step).collect(),
        asks: asks(line.actor),
    });
    MovePanel {
        name: issue.title.clone(),
        measure: words::STEPS.to_owned(),
        stepped: true,
        lines: lines.collect(),
    }
}

fn position_panel(axis: &PositionAxis, actors: &[ActorId]) -> MovePanel {
    let lines = axis.lines.iter().map(|line| MoveLine {
        actor: place(actors, line.actor),
        steps: line
            .positions
            .iter()
            .filter_map(|position| {
                Some(MoveStep { day: day(position.date)?, value: position.value, ..MoveStep::default() })
            })
            .collect(),
        asks: Vec::new(),
    });
    MovePanel {
        name: words::position(&axis.title, &axis.issue_title),
        measure: axis.unit.clone().unwrap_or_default(),
        stepped: false,
        lines: lines.collect(),
    }
}

fn place(actors: &[ActorId], actor: ActorId) -> usize {
    actors.binary_search(&actor).unwrap_or(0)
}

/// The first day that a date can mean.
fn day(date: Option<DayRange>) -> Option<i32> {
    i32::try_from(date?.first.0).ok()
}
