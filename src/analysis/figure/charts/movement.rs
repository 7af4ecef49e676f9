//! Movement: per issue a line for each actor over time, with its demands and offers as ticks below.

use demarche_model::Colour;

use super::events::{EventMark, EventRows};
use super::legend::{Series, legend};
use super::panels::Panels;
use super::value_axis::value_axis;
use crate::figure::axis::{Axis, TICK};
use crate::figure::cell::Reach;
use crate::figure::dates::day_ticks;
use crate::figure::{
    Anchor, Area, CellKey, Dash, Face, Fill, Ink, Point, Scene, Shape, Stroke, shorten, width_pt,
};
use crate::words::figure as words;

/// Height of the lines of a panel, in points.
const PLOT_PT: f32 = 150.0;

/// Least width of the figure, in points.
const LEAST_PT: f32 = 360.0;

/// Height of a row of ticks, in points.
const TICKS_PT: f32 = 13.0;

/// Height of a panel's heading, in points.
const HEAD_PT: f32 = 24.0;

/// Height of the labels of the axis of time, in points.
const DAYS_PT: f32 = 22.0;

/// Greatest width of the names at the ends of lines, in points.
const NAME_PT: f32 = 110.0;

/// Distance between days that an axis names, in points.
const DAY_PITCH_PT: f32 = 62.0;

/// The lines of actors, a panel for each issue.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Movement {
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// First and last day, counted from 1970-01-01.
    pub days: (i32, i32),
    /// The actors.
    pub actors: Vec<Series>,
    /// The panels.
    pub panels: Vec<MovePanel>,
    /// The events.
    pub events: Vec<DayEvent>,
}

/// An issue, or an attribute of an issue.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MovePanel {
    /// Its name.
    pub name: String,
    /// What the lines measure, with its unit.
    pub measure: String,
    /// Lines in steps, for cumulated counts; else from point to point, for positions.
    pub stepped: bool,
    /// A line for each actor.
    pub lines: Vec<MoveLine>,
}

/// The line of an actor.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MoveLine {
    /// Index of the actor.
    pub actor: usize,
    /// Its steps, by day.
    pub steps: Vec<MoveStep>,
    /// Its demands and offers, by day.
    pub asks: Vec<AskTick>,
}

/// A step, or a position that was named.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MoveStep {
    /// The day.
    pub day: i32,
    /// The height of the line from this day on.
    pub value: f64,
    /// Hollow: conditional.
    pub conditional: bool,
    /// What happened, for a tooltip.
    pub label: String,
}

/// A demand or offer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AskTick {
    /// The day.
    pub day: i32,
    /// What was asked, for a tooltip.
    pub label: String,
}

/// An event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayEvent {
    /// Its day.
    pub day: i32,
    /// Its name.
    pub label: String,
    /// Its date in words.
    pub date: String,
    /// Its colour.
    pub colour: Colour,
}

impl Movement {
    /// Draws the panels in a given width.
    pub fn scene(&self, width_pt: f32) -> Scene {
        let mut scene = Scene::new(&self.title, &self.description);
        let width_pt = width_pt.max(LEAST_PT);
        let conditional = self.lines().flat_map(|line| &line.steps).any(|step| step.conditional);
        let top = if conditional { conditional_legend(&mut scene, width_pt) } else { 0.0 };
        let panel_pt = Panels::width_pt(self.panels.len(), width_pt);
        let marks = self.marks(Area::new(60.0, 0.0, panel_pt - 60.0 - NAME_PT, 0.0));
        let events = EventRows::new(&marks, panel_pt);
        let ticks = self.panels.iter().map(|panel| panel.ticked().count()).max().unwrap_or(0);
        let ticks_pt = ticks as f32 * TICKS_PT + 8.0;
        let height = HEAD_PT + events.height_pt + 6.0 + PLOT_PT + ticks_pt + DAYS_PT;
        let panels = Panels::new(self.panels.len(), width_pt, height, top);
        for (at, panel) in self.panels.iter().enumerate() {
            let drawing = PanelDrawing { chart: self, at, panel, events: &events, ticks_pt };
            drawing.draw(&mut scene, panels.place(at));
        }
        scene.finish(width_pt, panels.bottom() + 4.0)
    }

    fn lines(&self) -> impl Iterator<Item = &MoveLine> {
        self.panels.iter().flat_map(|panel| &panel.lines)
    }

    /// Where a day is on a plot.
    fn x(&self, day: i32, plot: Area) -> f32 {
        let (first, last) = self.days;
        let share = (day - first) as f32 / (last - first).max(1) as f32;
        plot.left + share.clamp(0.0, 1.0) * plot.width()
    }

    fn marks(&self, plot: Area) -> Vec<EventMark<'_>> {
        let full = |event: &DayEvent| words::value(&event.label, &event.date);
        let mark = |event| (self.x(event, plot), event);
        let days = self.events.iter().map(|event| (mark(event.day).0, event));
        days.map(|(x, event)| EventMark { x, label: &event.label, full: full(event), colour: event.colour })
            .collect()
    }

    fn actor(&self, line: &MoveLine) -> (&str, Colour) {
        let actor = self.actors.get(line.actor);
        actor.map_or(("", Colour::nth(line.actor)), |actor| (actor.name.as_str(), actor.colour))
    }
}

/// Adds the entries for hollow points, and returns their height.
fn conditional_legend(scene: &mut Scene, width_pt: f32) -> f32 {
    let height = legend(scene, &[], false, 0.0, width_pt, 0.0) + 22.0;
    let centre = Point::new(6.0, height / 2.0 - 2.0);
    scene.dot(centre, 3.8, Some(Fill::plain(Ink::Surface)), Some(Stroke::new(Ink::Weak, 1.5)));
    scene.text(16.0, centre.y, Anchor::Start, Face::SMALL, Ink::Weak, words::CONDITIONAL);
    height
}

impl MovePanel {
    /// The lines that have demands or offers.
    fn ticked(&self) -> impl Iterator<Item = (usize, &MoveLine)> {
        self.lines.iter().enumerate().filter(|(_, line)| !line.asks.is_empty())
    }

    fn axis(&self) -> Axis {
        let values = || self.lines.iter().flat_map(|line| &line.steps).map(|step| step.value);
        let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        if self.stepped { Axis::of_counts(high, 4) } else { Axis::new(low, high, 4) }
    }
}

/// A panel that is being drawn.
struct PanelDrawing<'a> {
    chart: &'a Movement,
    at: usize,
    panel: &'a MovePanel,
    events: &'a EventRows,
    ticks_pt: f32,
}

impl PanelDrawing<'_> {
    fn draw(&self, scene: &mut Scene, place: Area) {
        let name = shorten(&self.panel.name, Face::HEADING, place.width());
        let head = Area::new(place.left, place.top, width_pt(&name, Face::HEADING), HEAD_PT);
        scene.cell(CellKey::Row(self.at as u32), self.panel.name.clone(), head, |scene| {
            scene.text(place.left, head.centre().y, Anchor::Start, Face::HEADING, Ink::Text, name);
        });
        let axis = self.panel.axis();
        let top = place.top + HEAD_PT + self.events.height_pt + 6.0;
        let left = place.left + axis.label_width_pt(TICK) + 28.0;
        let plot = Area { left, top, right: place.right - NAME_PT, bottom: top + PLOT_PT };
        value_axis(scene, &axis, plot, &self.panel.measure);
        let bottom = plot.bottom + self.ticks_pt;
        self.days(scene, plot, bottom);
        self.events.draw(
            scene,
            self.at,
            &self.chart.marks(plot),
            Area { right: place.right, bottom, ..plot },
        );
        for (at, line) in self.panel.lines.iter().enumerate() {
            self.line(scene, at, line, plot, &axis);
        }
        self.names(scene, plot, &axis);
        self.asks(scene, plot);
    }

    /// Adds the axis of time.
    fn days(&self, scene: &mut Scene, plot: Area, bottom: f32) {
        let (first, last) = self.chart.days;
        scene.level(plot.left, plot.right, bottom, Stroke::new(Ink::Faint, 1.0));
        let count = (plot.width() / DAY_PITCH_PT).max(1.0) as usize;
        let mut end = f32::NEG_INFINITY;
        for tick in day_ticks(first, last, count) {
            let (x, half) = (self.chart.x(tick.day, plot), width_pt(&tick.label, TICK) / 2.0);
            scene.upright(x, bottom, bottom + 4.0, Stroke::new(Ink::Faint, 1.0));
            if x - half > end + 6.0 {
                scene.text(x, bottom + 13.0, Anchor::Middle, TICK, Ink::Weak, tick.label);
                end = x + half;
            }
        }
    }

    /// The corners of a line, from the start of the axis to its end.
    fn corners(&self, line: &MoveLine, plot: Area, axis: &Axis) -> Vec<Point> {
        let y = |value: f64| plot.bottom - axis.share(value) * plot.height();
        let mut points = Vec::new();
        if self.panel.stepped {
            points.push(Point::new(plot.left, y(0.0)));
        }
        for step in &line.steps {
            let x = self.chart.x(step.day, plot);
            if let Some(before) = points.last().filter(|_| self.panel.stepped).map(|point| point.y) {
                points.push(Point::new(x, before));
            }
            points.push(Point::new(x, y(step.value)));
        }
        if let Some(last) = points.last().copied().filter(|_| self.panel.stepped) {
            points.push(Point::new(plot.right, last.y));
        }
        points
    }

    fn line(&self, scene: &mut Scene, at: usize, line: &MoveLine, plot: Area, axis: &Axis) {
        let (name, colour) = self.chart.actor(line);
        let stroke = Stroke { ink: Ink::Category(colour), width: 2.0, dash: dash(line.actor) };
        scene.push(Shape::Line { points: self.corners(line, plot, axis), stroke });
        for (step_at, step) in line.steps.iter().enumerate() {
            let y = plot.bottom - axis.share(step.value) * plot.height();
            let centre = Point::new(self.chart.x(step.day, plot), y);
            let key = CellKey::Step { panel: self.at as u32, line: at as u32, step: step_at as u32 };
            scene.cell(key, words::value(name, &step.label), Area::around(centre, 6.0), |scene| {
                let ink = if step.conditional { Ink::Surface } else { Ink::Category(colour) };
                let outline = Stroke::new(Ink::Category(colour), 1.6);
                scene.dot(centre, 4.0, Some(Fill::plain(ink)), Some(outline));
            });
        }
    }

    /// Adds the names of actors at the ends of their lines, pushed apart where they would touch.
    fn names(&self, scene: &mut Scene, plot: Area, axis: &Axis) {
        const LINE: f32 = 15.0;
        let mut ends: Vec<(f32, &MoveLine)> = self
            .panel
            .lines
            .iter()
            .filter_map(|line| Some((self.corners(line, plot, axis).last()?.y, line)))
            .collect();
        ends.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut limit = f32::INFINITY;
        for (y, _) in &mut ends {
            *y = y.min(limit - LINE);
            limit = *y;
        }
        // The names of events are above.
        let down = (plot.top - limit).max(0.0);
        for (y, line) in ends {
            let y = y + down;
            let (name, colour) = self.chart.actor(line);
            let stroke = Stroke { ink: Ink::Category(colour), width: 2.0, dash: dash(line.actor) };
            scene.level(plot.right + 4.0, plot.right + 18.0, y, stroke);
            let name = shorten(name, Face::SMALL, NAME_PT - 24.0);
            scene.text(plot.right + 22.0, y, Anchor::Start, Face::SMALL, Ink::Text, name);
        }
    }

    /// Adds a row of ticks for each actor with demands or offers.
    fn asks(&self, scene: &mut Scene, plot: Area) {
        for (row, (at, line)) in self.panel.ticked().enumerate() {
            let middle = plot.bottom + 8.0 + (row as f32 + 0.5) * TICKS_PT;
            let (name, colour) = self.chart.actor(line);
            for (ask_at, ask) in line.asks.iter().enumerate() {
                let x = self.chart.x(ask.day, plot);
                let path = vec![Point::new(x, middle - 4.5), Point::new(x, middle + 4.5)];
                let key = CellKey::Ask { panel: self.at as u32, line: at as u32, ask: ask_at as u32 };
                let (label, bounds) = (words::value(name, &ask.label), Area::of_points(&path));
                scene.reach(key, label, bounds, Reach::Along(path.clone()), |scene| {
                    scene.push(Shape::Line { points: path, stroke: Stroke::new(Ink::Category(colour), 1.6) });
                });
            }
            let name = shorten(&words::asks_of(name), Face::TINY, NAME_PT - 10.0);
            scene.text(plot.right + 8.0, middle, Anchor::Start, Face::TINY, Ink::Weak, name);
        }
    }
}

/// How the line of an actor is broken, so that colour is not needed.
fn dash(actor: usize) -> Dash {
    [Dash::Solid, Dash::Dashed, Dash::Dotted][actor % 3]
}
