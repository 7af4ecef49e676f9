//! Volume and tone over time.

use std::sync::Arc;

use super::{Cells, Chart, Drawn};
use crate::bargain::{DayRange, PassageSet};
use crate::figure::CellKey;
use crate::figure::charts::timeline::{TimeBin as Bin, TimeEvent, TimePanel, TimePart, TimeScore, Timeline};
use crate::views::{
    LINES_WITH_BANDS, Look, Point, ScoreKind, TimeBin, TimeLine, TimeMeasure, TimePanels, TimeView,
};
use crate::words::drawn as words;

impl Drawn {
    /// The figure of the view over time.
    pub fn time(view: &TimeView, look: &Look<'_>) -> Self {
        let mut cells = Cells::default();
        match view.options.panels {
            TimePanels::One => {
                for (bin, of) in (0u32..).zip(&view.bins) {
                    cells.add(CellKey::Bin { panel: 0, bin }, of.moves.clone());
                    cells.add(CellKey::Score { panel: 0, bin }, of.point.score.weighted.clone());
                    for (part, moves) in (0u32..).zip(&of.series) {
                        cells.add(CellKey::Bar { panel: 0, bin, part }, moves.clone());
                    }
                }
            }
            TimePanels::Lines => {
                for (panel, line) in (0u32..).zip(view.panel_lines()) {
                    line_cells(&mut cells, panel, line, view);
                }
            }
        }
        cells.into_figure(Chart::Time(view.chart(look)))
    }
}

/// Adds the passages behind the panel of an actor or pair.
fn line_cells(cells: &mut Cells, panel: u32, line: &TimeLine, view: &TimeView) {
    for (bin, (of, (moves, point))) in (0u32..).zip(view.bins.iter().zip(line.moves.iter().zip(&line.points)))
    {
        cells.add(CellKey::Bin { panel, bin }, moves.clone());
        cells.add(CellKey::Score { panel, bin }, point.score.weighted.clone());
        for (part, series) in (0u32..).zip(&of.series) {
            cells.add(CellKey::Bar { panel, bin, part }, both(series, moves));
        }
    }
}

/// The passages of two sets.
fn both(one: &PassageSet, other: &PassageSet) -> PassageSet {
    one.iter().filter(|index| other.contains(*index)).collect()
}

impl TimeView {
    /// The actors or pairs with most moves, in the order of the list: as many as have a panel.
    fn panel_lines(&self) -> Vec<&TimeLine> {
        let count = |line: &TimeLine| line.moves.iter().map(|moves| moves.len()).sum::<usize>();
        let mut by_count: Vec<usize> = (0..self.lines.len()).collect();
        by_count.sort_by_key(|at| std::cmp::Reverse(count(&self.lines[*at])));
        by_count.truncate(LINES_WITH_BANDS);
        by_count.sort_unstable();
        by_count.into_iter().map(|at| &self.lines[at]).collect()
    }

    fn panels(&self, look: &Look<'_>) -> Vec<TimePanel> {
        let (measure, score) = (self.options.measure, self.options.score);
        match self.options.panels {
            TimePanels::One => vec![TimePanel {
                name: String::new(),
                bars: self.bins.iter().map(|bin| bars(look, bin, &bin.moves, measure)).collect(),
                scores: self.bins.iter().map(|bin| point(&bin.point, score)).collect(),
                counts: self.bins.iter().map(|bin| bin.moves.len()).collect(),
            }],
            TimePanels::Lines => {
                let panel = |line: &TimeLine| TimePanel {
                    name: line.title.clone(),
                    bars: self
                        .bins
                        .iter()
                        .zip(&line.moves)
                        .map(|(bin, of)| bars(look, bin, of, measure))
                        .collect(),
                    scores: line.points.iter().map(|one| point(one, score)).collect(),
                    counts: line.moves.iter().map(|moves| moves.len()).collect(),
                };
                self.panel_lines().into_iter().map(panel).collect()
            }
        }
    }

    /// The chart of the view, with one panel or one for each of the actors or pairs with most moves.
    pub fn chart(&self, look: &Look<'_>) -> Timeline {
        let (measure, score) = (self.options.measure, self.options.score);
        let series = self.series.iter().enumerate().map(|(at, group)| look.group_series(group, at));
        let weights = look.basis.weights;
        let bin = |bin: &TimeBin| Bin { label: bin.label.clone(), apart: bin.is_uncertain() };
        Timeline {
            title: words::time_title(measure).to_owned(),
            description: self.answer().sentence.text(),
            measure: words::time_measure(measure).to_owned(),
            percent: measure == TimeMeasure::Share,
            scale: words::score(score, weights.scale(), weights.changed()),
            series: series.collect(),
            bins: self.bins.iter().map(bin).collect(),
            panels: self.panels(look),
            events: events(self, look),
        }
    }
}

/// The bars of a bin, of all of its moves or those of an actor or pair.
fn bars(look: &Look<'_>, bin: &TimeBin, of: &PassageSet, measure: TimeMeasure) -> Vec<TimePart> {
    let part = |series: &Arc<PassageSet>| {
        let moves = both(series, of);
        let value = bin.measured(moves.len(), of.len(), measure).unwrap_or_default();
        let conditional = moves.iter().filter(|index| look.get(*index).is_conditional).count();
        let share = if moves.is_empty() { 0.0 } else { conditional as f64 / moves.len() as f64 };
        TimePart { value, conditional: value * share, count: moves.len() }
    };
    bin.series.iter().map(part).collect()
}

fn point(point: &Point, kind: ScoreKind) -> Option<TimeScore> {
    let value = point.value(kind)?;
    let band = point.band(kind).map(|band| (band.low, band.high));
    Some(TimeScore { value, band, few: point.is_of_few() })
}

/// The events of everyone's calendar that are in a bin, or between two.
fn events(view: &TimeView, look: &Look<'_>) -> Vec<TimeEvent> {
    let notes = look.basis.project.analysis_notes().values();
    let mut events = Vec::new();
    for event in notes.flat_map(|notes| notes.calendar.events.values()) {
        let days = DayRange::from_date(&event.date);
        if let Some(at) = position(view, days) {
            let (label, date) = (event.label.clone(), event.date.to_string());
            events.push(TimeEvent { label, date, colour: event.colour, at });
        }
    }
    events
}

/// The position of a date in bins: the middle of the one that holds it, or the edge before the next one.
fn position(view: &TimeView, days: DayRange) -> Option<f32> {
    let bins = || view.bins.iter().map(|bin| bin.days).enumerate();
    let holds = bins().find(|(_, bin)| bin.is_some_and(|bin| bin.contains(days)));
    let after = || bins().find(|(_, bin)| bin.is_some_and(|bin| days.is_before(bin)));
    holds.map(|(at, _)| at as f32 + 0.5).or_else(|| after().map(|(at, _)| at as f32))
}
