//! One panel of the chart over time.

use super::super::value_axis::value_axis;
use super::{COUNTS_PT, Layout, TimePanel, TimeScore};
use crate::figure::axis::{Axis, TICK, number};
use crate::figure::{Anchor, Area, Body, CellKey, Face, Fill, Ink, Point, Scene, Shape, Stroke, width_pt};
use crate::words::figure as words;

/// Share of a bin that its bar fills.
const BAR: f32 = 0.68;

/// Greatest width of a bar, in points.
const BAR_PT: f32 = 48.0;

/// A panel that is being drawn.
pub(super) struct PanelDrawing<'a> {
    /// What all panels share.
    pub layout: &'a Layout<'a>,
    /// Index of the panel.
    pub at: usize,
    /// Its values.
    pub panel: &'a TimePanel,
    /// Where the bars go.
    pub plot: Area,
    /// Where the scores go.
    pub score: Option<Area>,
    /// Distance between bins.
    pub pitch_pt: f32,
}

impl PanelDrawing<'_> {
    pub fn draw(&self, scene: &mut Scene) {
        let chart = self.layout.chart;
        self.separators(scene);
        if !chart.series.is_empty() {
            value_axis(scene, &self.layout.bars, self.plot, &chart.measure);
            for bin in 0..chart.bins.len() {
                self.bar(scene, bin);
            }
            scene.level(self.plot.left, self.plot.right, self.plot.bottom, Stroke::new(Ink::Faint, 1.0));
        }
        if let (Some(area), Some(axis)) = (self.score, &self.layout.score) {
            value_axis(scene, axis, area, &chart.scale);
            self.scores(scene, axis, area);
        }
        self.labels(scene, self.score.unwrap_or(self.plot).bottom);
    }

    /// The middle of a bin.
    fn x(&self, bin: usize) -> f32 {
        self.plot.left + (bin as f32 + 0.5) * self.pitch_pt
    }

    /// Adds dotted lines before the bins that are no periods.
    fn separators(&self, scene: &mut Scene) {
        let bottom = self.score.unwrap_or(self.plot).bottom;
        let apart = self.layout.chart.bins.iter().position(|bin| bin.apart).filter(|&bin| bin > 0);
        if let Some(bin) = apart {
            let x = self.plot.left + bin as f32 * self.pitch_pt;
            scene.upright(x, self.plot.top, bottom, Stroke::new(Ink::Faint, 1.0).dotted());
        }
    }

    fn bar(&self, scene: &mut Scene, bin: usize) {
        let chart = self.layout.chart;
        let half = (self.pitch_pt * BAR).min(BAR_PT) / 2.0;
        let y = |value: f64| self.plot.bottom - self.layout.bars.share(value) * self.plot.height();
        let mut below = 0.0;
        let parts = self.panel.bars.get(bin).into_iter().flatten().zip(&chart.series);
        for (at, (part, series)) in parts.enumerate().filter(|(_, (part, _))| part.value > 0.0) {
            let block = |from: f64, to: f64| Area {
                left: self.x(bin) - half,
                right: self.x(bin) + half,
                top: y(to),
                bottom: y(from),
            };
            let (firm, top) = (below + (part.value - part.conditional).max(0.0), below + part.value);
            let key = CellKey::Bar { panel: self.at as u32, bin: bin as u32, part: at as u32 };
            let label = self.label(bin, &words::part(&series.name, part.count, 0));
            scene.cell(key, label, block(below, top), |scene| {
                if firm > below {
                    series.bar(scene, block(below, firm), false);
                }
                if top > firm {
                    series.bar(scene, block(firm, top), true);
                }
                // Neighbours of like colours stay apart.
                let edge = block(below, top);
                scene.level(edge.left, edge.right, edge.top, Stroke::new(Ink::Surface, 0.8));
            });
            below = top;
        }
    }

    fn scores(&self, scene: &mut Scene, axis: &Axis, area: Area) {
        let y = |value: f64| area.bottom - axis.share(value) * area.height();
        scene.level(area.left, area.right, y(0.0), Stroke::new(Ink::Faint, 1.0));
        for run in self.runs() {
            let banded = |&(bin, score): &(usize, TimeScore)| Some((self.x(bin), score.band?));
            for bands in run.chunk_by(|one, other| one.1.band.is_some() && other.1.band.is_some()) {
                let bands: Vec<(f32, (f64, f64))> = bands.iter().filter_map(banded).collect();
                if bands.len() > 1 {
                    let upper = bands.iter().map(|&(x, (_, high))| Point::new(x, y(high)));
                    let lower = bands.iter().rev().map(|&(x, (low, _))| Point::new(x, y(low)));
                    let points = upper.chain(lower).collect();
                    scene.push(Shape::Polygon { points, fill: Fill { ink: Ink::Weak, body: Body::Tint } });
                }
            }
            let points = run.iter().map(|&(bin, score)| Point::new(self.x(bin), y(score.value))).collect();
            scene.push(Shape::Line { points, stroke: Stroke::new(Ink::Weak, 1.4) });
        }
        for (bin, score) in self.runs().into_iter().flatten() {
            self.score(scene, bin, score, y);
        }
    }

    /// Adds the point of a score, and a bar for its band.
    fn score(&self, scene: &mut Scene, bin: usize, score: TimeScore, y: impl Fn(f64) -> f32) {
        let centre = Point::new(self.x(bin), y(score.value));
        let mut text = number(score.value, 2);
        if let Some((low, high)) = score.band {
            text = words::band(&text, &number(low, 2), &number(high, 2));
        }
        let key = CellKey::Score { panel: self.at as u32, bin: bin as u32 };
        let label = self.label(bin, &words::value(&self.layout.chart.scale, &text));
        scene.cell(key, label, Area::around(centre, 6.0), |scene| {
            if let Some((low, high)) = score.band {
                scene.upright(centre.x, y(high), y(low), Stroke::new(Ink::Weak, 1.0));
            }
            let ink = if score.value < 0.0 { Ink::Conflict(1.0) } else { Ink::Cooperation(1.0) };
            let fill = if score.few { Ink::Surface } else { ink };
            scene.dot(centre, 3.6, Some(Fill::plain(fill)), Some(Stroke::new(ink, 1.4)));
        });
    }

    /// The scores of bins next to each other, as lines join them.
    fn runs(&self) -> Vec<Vec<(usize, TimeScore)>> {
        let mut runs: Vec<Vec<(usize, TimeScore)>> = Vec::new();
        let mut before = None;
        for (bin, score) in self.panel.scores.iter().enumerate() {
            let Some(score) = *score else { continue };
            let apart = self.layout.chart.bins.get(bin).is_some_and(|bin| bin.apart);
            match runs.last_mut() {
                Some(run) if before == Some(bin.wrapping_sub(1)) && !apart => run.push((bin, score)),
                Some(_) | None => runs.push(vec![(bin, score)]),
            }
            before = Some(bin);
        }
        runs
    }

    /// Adds the counts below the axis, and the labels of the bins below them.
    fn labels(&self, scene: &mut Scene, top: f32) {
        let middle = top + COUNTS_PT / 2.0 + 3.0;
        scene.text(self.plot.left - 8.0, middle, Anchor::End, Face::TINY, Ink::Weak, "n");
        let widest = self.panel.counts.iter().map(|&count| width_pt(&words::count(count), Face::TINY));
        let stride = ((widest.fold(0.0, f32::max) + 4.0) / self.pitch_pt.max(0.1)).ceil().max(1.0) as usize;
        for (bin, of) in self.layout.chart.bins.iter().enumerate() {
            let count = self.panel.counts.get(bin).copied().unwrap_or_default();
            let text = words::count(count);
            let height = COUNTS_PT + self.layout.labels.height_pt;
            let bounds = Area::new(self.x(bin) - self.pitch_pt / 2.0, top, self.pitch_pt, height);
            let key = CellKey::Bin { panel: self.at as u32, bin: bin as u32 };
            scene.cell(key, self.label(bin, &words::count_of_moves(count)), bounds, |scene| {
                let fits = self.x(bin) - width_pt(&text, Face::TINY) / 2.0 > self.plot.left - 6.0;
                if fits && bin.is_multiple_of(stride) {
                    scene.text(self.x(bin), middle, Anchor::Middle, Face::TINY, Ink::Weak, text);
                }
                if self.layout.labels.shows(bin) {
                    let ink = if of.apart { Ink::Weak } else { Ink::Text };
                    self.layout.labels.draw(scene, &of.label, self.x(bin), top + COUNTS_PT, TICK, ink);
                }
            });
        }
    }

    /// What a part of a bin says: the names of panel and bin, then the value.
    fn label(&self, bin: usize, value: &str) -> String {
        let bin = self.layout.chart.bins.get(bin).map_or("", |bin| bin.label.as_str());
        let place =
            if self.panel.name.is_empty() { bin.to_owned() } else { [&self.panel.name, ", ", bin].concat() };
        words::value(&place, value)
    }
}
