//! Volume and tone over time: stacked bars over bins, the score below them, events, small multiples.

mod panel;

use demarche_model::Colour;

use super::events::{EventMark, EventRows};
use super::legend::{Series, legend};
use super::panels::Panels;
use crate::figure::axis::{Axis, LabelRow, TICK};
use crate::figure::{Anchor, Area, CellKey, Face, Ink, Scene, width_pt};
use crate::words::figure as words;
use panel::PanelDrawing;

/// Height of the bars of one panel, and of each of several, in points.
const BARS_PT: [f32; 2] = [200.0, 120.0];

/// Height of the score of one panel, and of each of several, in points.
const SCORE_PT: [f32; 2] = [96.0, 64.0];

/// The same in a figure without bars.
const SCORE_ALONE_PT: [f32; 2] = [150.0, 90.0];

/// Least width of the figure, in points.
const LEAST_PT: f32 = 240.0;

/// Height of a panel's heading, in points.
const HEAD_PT: f32 = 22.0;

/// Gap between bars and score, in points.
const GAP_PT: f32 = 20.0;

/// Height of the line of counts below the axis, in points.
const COUNTS_PT: f32 = 18.0;

/// Bars, scores and events over time.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Timeline {
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the bars measure, with its unit.
    pub measure: String,
    /// True if the bars are shares that add up to 100.
    pub percent: bool,
    /// What the score is, with the name of its scale.
    pub scale: String,
    /// The parts of the bars, from below; without any, the figure shows the scores alone.
    pub series: Vec<Series>,
    /// The bins, from left to right.
    pub bins: Vec<TimeBin>,
    /// A panel for each actor or dyad, at most nine; or one.
    pub panels: Vec<TimePanel>,
    /// The events.
    pub events: Vec<TimeEvent>,
}

/// A bin.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TimeBin {
    /// Its name on the axis.
    pub label: String,
    /// No period of time, as *undated*: set apart from the bin before it, and not joined by lines.
    pub apart: bool,
}

/// The values of an actor or dyad.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TimePanel {
    /// Its name; none for the only panel.
    pub name: String,
    /// For each bin, a value for each series.
    pub bars: Vec<Vec<TimePart>>,
    /// For each bin, its score.
    pub scores: Vec<Option<TimeScore>>,
    /// For each bin, the number of moves.
    pub counts: Vec<usize>,
}

/// A segment of a bar.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct TimePart {
    /// Its height.
    pub value: f64,
    /// The part of it that is conditional.
    pub conditional: f64,
    /// Number of moves.
    pub count: usize,
}

/// The score of a bin.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct TimeScore {
    /// Mean or sum of weights.
    pub value: f64,
    /// Bounds of the band, if there is one.
    pub band: Option<(f64, f64)>,
    /// Fewer than three moves: a hollow point.
    pub few: bool,
}

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeEvent {
    /// Its name.
    pub label: String,
    /// Its date in words.
    pub date: String,
    /// Its colour.
    pub colour: Colour,
    /// Its position in bins: 2.5 is the middle of the third.
    pub at: f32,
}

impl Timeline {
    /// Draws the panels in a given width.
    pub fn scene(&self, width_pt: f32) -> Scene {
        let mut scene = Scene::new(&self.title, &self.description);
        let width_pt = width_pt.max(LEAST_PT);
        let conditional = self.parts().any(|part| part.conditional > 0.0);
        let top = legend(&mut scene, &self.series, conditional, 0.0, width_pt, 0.0);
        let layout = Layout::new(self, Panels::width_pt(self.panels.len(), width_pt));
        let panels = Panels::new(self.panels.len(), width_pt, layout.height_pt(), top);
        for (at, panel) in self.panels.iter().enumerate() {
            layout.draw(&mut scene, at, panel, panels.place(at));
        }
        scene.finish(width_pt, panels.bottom() + 4.0)
    }

    fn parts(&self) -> impl Iterator<Item = &TimePart> {
        self.panels.iter().flat_map(|panel| &panel.bars).flatten()
    }

    fn scores(&self) -> impl Iterator<Item = &TimeScore> {
        self.panels.iter().flat_map(|panel| &panel.scores).flatten()
    }

    /// The axis of the bars, the same in all panels.
    fn bar_axis(&self) -> Axis {
        if self.percent {
            return Axis::percent();
        }
        let sum = |parts: &Vec<TimePart>| parts.iter().map(|part| part.value).sum::<f64>();
        let most = self.panels.iter().flat_map(|panel| &panel.bars).map(sum).fold(0.0, f64::max);
        let whole = self.parts().all(|part| part.value.fract() == 0.0);
        if whole { Axis::of_counts(most, 4) } else { Axis::new(0.0, most, 4) }
    }

    /// The axis of the score, the same in all panels; `None` without scores.
    fn score_axis(&self) -> Option<Axis> {
        let bounds = |score: &TimeScore| score.band.unwrap_or((score.value, score.value));
        let low = self.scores().map(|score| bounds(score).0.min(score.value)).fold(0.0, f64::min);
        let high = self.scores().map(|score| bounds(score).1.max(score.value)).fold(0.0, f64::max);
        self.scores().next().map(|_| Axis::new(low, high, 4))
    }
}

/// The measures that all panels share.
struct Layout<'a> {
    /// The data.
    pub chart: &'a Timeline,
    /// The axis of the bars.
    pub bars: Axis,
    /// The axis of the score.
    pub score: Option<Axis>,
    /// The labels of the bins.
    pub labels: LabelRow,
    /// Width of the labels of value axes, with their title.
    axis_pt: f32,
    /// Distance between bins.
    pitch_pt: f32,
    /// Space above the bars for the names of events.
    events: EventRows,
    bars_pt: f32,
    score_pt: f32,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Timeline, panel_pt: f32) -> Self {
        let (bars, score) = (chart.bar_axis(), chart.score_axis());
        let ticks = score.iter().chain([&bars]).map(|axis| axis.label_width_pt(TICK)).fold(0.0, f32::max);
        let axis_pt = ticks + 26.0;
        let pitch_pt = (panel_pt - axis_pt - 8.0) / chart.bins.len().max(1) as f32;
        let labels = LabelRow::new(chart.bins.iter().map(|bin| bin.label.as_str()), pitch_pt, TICK);
        let size = usize::from(chart.panels.len() > 1);
        let marks = event_marks(chart, axis_pt, pitch_pt);
        let events = EventRows::new(&marks, panel_pt);
        let (bars_pt, height_pt) = match chart.series.is_empty() {
            true => (0.0, SCORE_ALONE_PT[size]),
            false => (BARS_PT[size], SCORE_PT[size]),
        };
        let score_pt = if score.is_some() { height_pt + GAP_PT } else { 0.0 };
        Self { chart, bars, score, labels, axis_pt, pitch_pt, events, bars_pt, score_pt }
    }

    fn head_pt(&self) -> f32 {
        if self.chart.panels.iter().all(|panel| panel.name.is_empty()) { 4.0 } else { HEAD_PT }
    }

    fn height_pt(&self) -> f32 {
        self.head_pt()
            + self.events.height_pt
            + 6.0
            + self.bars_pt
            + self.score_pt
            + COUNTS_PT
            + self.labels.height_pt
    }

    fn draw(&self, scene: &mut Scene, at: usize, panel: &TimePanel, place: Area) {
        if !panel.name.is_empty() {
            let name = crate::figure::shorten(&panel.name, Face::HEADING, place.width());
            let head = Area::new(place.left, place.top, width_pt(&name, Face::HEADING), HEAD_PT);
            scene.cell(CellKey::Row(at as u32), panel.name.clone(), head, |scene| {
                scene.text(
                    place.left,
                    head.top + HEAD_PT / 2.0,
                    Anchor::Start,
                    Face::HEADING,
                    Ink::Text,
                    name,
                );
            });
        }
        let top = place.top + self.head_pt() + self.events.height_pt + 6.0;
        let left = place.left + self.axis_pt;
        let plot = Area { left, right: place.right - 8.0, top, bottom: top + self.bars_pt };
        let score = (self.score_pt > 0.0).then_some(Area {
            top: plot.bottom + GAP_PT,
            bottom: plot.bottom + self.score_pt,
            ..plot
        });
        let drawing = PanelDrawing { layout: self, at, panel, plot, score, pitch_pt: self.pitch_pt };
        drawing.draw(scene);
        let marks = event_marks(self.chart, left, self.pitch_pt);
        let whole = Area { bottom: score.unwrap_or(plot).bottom, right: place.right, ..plot };
        self.events.draw(scene, at, &marks, whole);
    }
}

fn event_marks(chart: &Timeline, left: f32, pitch_pt: f32) -> Vec<EventMark<'_>> {
    let mark = |event: &'_ TimeEvent| (left + event.at * pitch_pt, words::value(&event.label, &event.date));
    let marks = chart.events.iter().map(|event| (event, mark(event)));
    marks.map(|(event, (x, full))| EventMark { x, label: &event.label, full, colour: event.colour }).collect()
}
