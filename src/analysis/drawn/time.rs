//! Volume and tone over time.

use super::{Cells, Chart, Drawn};
use crate::bargain::{DayRange, PassageSet};
use crate::figure::CellKey;
use crate::figure::charts::timeline::{TimeBin as Bin, TimeEvent, TimePanel, TimePart, TimeScore, Timeline};
use crate::views::{Look, Point, ScoreKind, TimeBin, TimeMeasure, TimeView};
use crate::words::drawn as words;

impl Drawn {
    /// The figure of the view over time.
    pub fn time(view: &TimeView, look: &Look<'_>) -> Self {
        let mut cells = Cells::default();
        for (bin, of) in (0u32..).zip(&view.bins) {
            cells.add(CellKey::Bin { panel: 0, bin }, of.moves.clone());
            cells.add(CellKey::Score { panel: 0, bin }, of.point.score.weighted.clone());
            for (part, moves) in (0u32..).zip(&of.series) {
                cells.add(CellKey::Bar { panel: 0, bin, part }, moves.clone());
            }
        }
        cells.into_figure(Chart::Time(view.chart(look)))
    }
}

impl TimeView {
    /// The chart of the view, with one panel.
    pub fn chart(&self, look: &Look<'_>) -> Timeline {
        let (measure, score) = (self.options.measure, self.options.score);
        let panel = TimePanel {
            name: String::new(),
            bars: self.bins.iter().map(|bin| bars(look, bin, measure)).collect(),
            scores: self.bins.iter().map(|bin| point(&bin.point, score)).collect(),
            counts: self.bins.iter().map(|bin| bin.moves.len()).collect(),
        };
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
            panels: vec![panel],
            events: events(self, look),
        }
    }
}

fn bars(look: &Look<'_>, bin: &TimeBin, measure: TimeMeasure) -> Vec<TimePart> {
    let part = |(at, moves): (usize, &std::sync::Arc<PassageSet>)| {
        let value = bin.value(at, measure).unwrap_or_default();
        let conditional = moves.iter().filter(|index| look.get(*index).is_conditional).count();
        let share = if moves.is_empty() { 0.0 } else { conditional as f64 / moves.len() as f64 };
        TimePart { value, conditional: value * share, count: moves.len() }
    };
    bin.series.iter().enumerate().map(part).collect()
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
