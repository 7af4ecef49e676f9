//! The figure of the view over time.

use crate::figure::charts::timeline::{TimeBin as ChartBin, TimePanel, TimePart, TimeScore, Timeline};
use crate::views::{Look, Point, ScoreKind, TimeBin, TimeMeasure, TimeView};
use crate::words::views::charts as words;

impl TimeView {
    /// Bars and the score of all moves. The scores of actors are in [`TimeView::lines`].
    pub fn chart(&self, look: &Look<'_>) -> Timeline {
        let panel = TimePanel {
            name: String::new(),
            bars: self.bins.iter().map(|bin| self.bars(look, bin)).collect(),
            scores: self.bins.iter().map(|bin| score(&bin.point, self.options.score)).collect(),
            counts: self.bins.iter().map(|bin| bin.moves.len()).collect(),
        };
        let bin = |bin: &TimeBin| ChartBin { label: bin.label.clone(), apart: bin.is_uncertain() };
        Timeline {
            title: words::TIME.to_owned(),
            description: self.answer().sentence.text(),
            measure: words::time_measure(self.options.measure).to_owned(),
            percent: self.options.measure == TimeMeasure::Share,
            scale: words::score(self.options.score, &look.basis.weights.name()),
            series: self.series.iter().enumerate().map(|(at, group)| look.series(at, group)).collect(),
            bins: self.bins.iter().map(bin).collect(),
            panels: vec![panel],
            events: Vec::new(),
        }
    }

    fn bars(&self, look: &Look<'_>, bin: &TimeBin) -> Vec<TimePart> {
        let part = |(at, moves): (usize, &std::sync::Arc<crate::bargain::PassageSet>)| {
            let value = bin.value(at, self.options.measure).unwrap_or(0.0);
            let conditional = moves.iter().filter(|index| look.get(*index).is_conditional).count();
            let share = if moves.is_empty() { 0.0 } else { conditional as f64 / moves.len() as f64 };
            TimePart { value, conditional: value * share, count: moves.len() }
        };
        bin.series.iter().enumerate().map(part).collect()
    }
}

fn score(point: &Point, kind: ScoreKind) -> Option<TimeScore> {
    let band = point.band(kind).map(|band| (band.low, band.high));
    Some(TimeScore { value: point.value(kind)?, band, few: point.is_of_few() })
}
