//! Volume and tone over time.

use std::cmp::Reverse;

use super::material::{Material, ScaleOf};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::figure::Scene;
use crate::figure::charts::timeline::{TimePanel, TimeScore, Timeline};
use crate::views::{Look, Point, TimeLine, TimeOptions, TimeView};
use crate::words::report as words;

/// Width of the figures, in points.
const WIDTH_PT: f32 = 900.0;

/// Number of actors with a panel of their own.
const ACTORS: usize = 5;

/// The bars, and the score on both scales.
pub(super) fn parts(material: &Material<'_>, read: usize) -> [Part; 2] {
    let look = material.look(read, ScaleOf::Goldstein);
    let view = TimeView::of(&look, TimeOptions::default());
    let mut bars = Part::new("bars", Numbered::Figure, words::BARS_TITLE).with_answer(view.answer());
    let mut chart = view.chart(&look);
    chart.panels.iter_mut().for_each(|panel| panel.scores.clear());
    bars.scenes.extend((!view.bins.is_empty()).then(|| chart.scene(WIDTH_PT)));

    let other = material.look(read, ScaleOf::Plover);
    let plover = TimeView::of(&other, TimeOptions::default());
    let mut score = Part::new("score", Numbered::Figure, words::SCORE_TITLE);
    if !view.bins.is_empty() {
        score.scenes = vec![scores(&look, &view), scores(&other, &plover)];
        score.table = Some(table(&view, &plover));
    }
    score.notes.push(words::SCORE_NOTE.to_owned());
    score.notes.extend(material.scale_sources());
    [bars, score].map(|part| part.of_coder(material.coder(read)))
}

/// The scores of all moves, and of the actors with most moves.
fn scores(look: &Look<'_>, view: &TimeView) -> Scene {
    let chart = view.chart(look);
    let all =
        chart.panels.first().map(|panel| TimePanel { name: words::ALL_MOVES.to_owned(), ..panel.clone() });
    let mut lines: Vec<&TimeLine> = view.lines.iter().filter(|line| line.actor.is_some()).collect();
    let moves = |line: &TimeLine| line.points.iter().map(|point| point.score.weighted.len()).sum::<usize>();
    lines.sort_by_key(|line| Reverse(moves(line)));
    lines.truncate(ACTORS);
    let panels = all.into_iter().chain(lines.into_iter().map(panel));
    let panels = panels.map(|panel| TimePanel { bars: Vec::new(), ..panel }).collect();
    let chart = Timeline { panels, series: Vec::new(), ..chart };
    chart.scene(WIDTH_PT)
}

fn panel(line: &TimeLine) -> TimePanel {
    TimePanel {
        name: line.title.clone(),
        bars: Vec::new(),
        scores: line.points.iter().map(score).collect(),
        counts: line.points.iter().map(|point| point.score.weighted.len()).collect(),
    }
}

fn score(point: &Point) -> Option<TimeScore> {
    let band = point.mean_band.map(|band| (band.low, band.high));
    Some(TimeScore { value: point.score.mean()?, band, few: point.is_of_few() })
}

fn table(goldstein: &TimeView, plover: &TimeView) -> Table {
    let [bin, moves] = words::BINS;
    let heads = [Column::text(bin), Column::number(moves)];
    let mut table = Table::with(heads.into_iter().chain(words::SCALES.map(Column::number)));
    for (bin, other) in goldstein.bins.iter().zip(&plover.bins) {
        let values = [
            Value::text(&bin.label),
            Value::Count(bin.moves.len()),
            Value::number(bin.point.score.mean()),
            Value::number(other.point.score.mean()),
        ];
        table.line(LineKind::Body, values);
    }
    table
}
