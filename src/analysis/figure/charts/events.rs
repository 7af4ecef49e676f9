//! Events of the calendar as upright lines with labels.

use demarche_model::Colour;

use crate::figure::{Anchor, Area, CellKey, Face, Fill, Ink, Point, Scene, Shape, Stroke, shorten, width_pt};

/// Height of a row of labels, in points.
const ROW_PT: f32 = 15.0;

/// Space between labels and the plot, in points.
const GAP_PT: f32 = 4.0;

/// Most rows of labels.
const ROWS: usize = 3;

/// Greatest width of a label, in points.
const LABEL_PT: f32 = 150.0;

/// An event at a position of an axis.
pub(super) struct EventMark<'a> {
    /// Its position.
    pub x: f32,
    /// Its name, shown.
    pub label: &'a str,
    /// Its name and date, for a tooltip.
    pub full: String,
    /// Its colour.
    pub colour: Colour,
}

/// Where the labels of events go: each in the first row in which it has room.
pub(super) struct EventRows {
    /// For each event its row; `None` if none has room, and only the line is shown.
    rows: Vec<Option<usize>>,
    /// The space that all rows take, in points.
    pub height_pt: f32,
}

impl EventRows {
    /// Places the labels of events, from left to right.
    pub fn new(events: &[EventMark<'_>], right: f32) -> Self {
        let mut ends = [f32::NEG_INFINITY; ROWS];
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_by(|&one, &other| events[one].x.total_cmp(&events[other].x));
        let mut rows = vec![None; events.len()];
        for at in order {
            let (left, end) = extent(&events[at], right);
            // The line goes down through the rows below, and must not cross their labels.
            let free = |row: &usize| ends[*row..].iter().all(|&before| before + 6.0 <= left);
            if let Some(row) = (0..ROWS).find(free) {
                ends[row] = end;
                rows[at] = Some(row);
            }
        }
        let used = rows.iter().flatten().map(|row| row + 1).max().unwrap_or(0);
        Self { rows, height_pt: used as f32 * ROW_PT + GAP_PT }
    }

    /// Adds the events; labels go into the rows above `plot`.
    pub fn draw(&self, scene: &mut Scene, panel: usize, events: &[EventMark<'_>], plot: Area) {
        for (at, (event, row)) in events.iter().zip(&self.rows).enumerate() {
            let middle = row.map_or(plot.top, |row| plot.top - self.height_pt + (row as f32 + 0.5) * ROW_PT);
            let key = CellKey::Event { panel: panel as u32, event: at as u32 };
            let (left, end) = extent(event, plot.right);
            let bounds = Area { left: left - 2.0, right: end, top: middle - 7.0, bottom: middle + 7.0 };
            scene.cell(key, event.full.clone(), bounds, |scene| {
                let ink = Ink::Category(event.colour);
                scene.upright(event.x, middle + 5.0, plot.bottom, Stroke::new(ink, 1.2).dashed());
                if row.is_some() {
                    label(scene, event, bounds, plot.right);
                }
            });
        }
    }
}

/// Adds the name of an event, with a wedge on its line; `bounds` is the space of both.
fn label(scene: &mut Scene, event: &EventMark<'_>, bounds: Area, right: f32) {
    let middle = bounds.centre().y;
    let text = shorten(event.label, Face::SMALL, LABEL_PT);
    scene.block(bounds, 0.0, Fill::plain(Ink::Surface));
    let corner = |aside: f32, down: f32| Point::new(event.x + aside, middle + down);
    let points = vec![corner(0.0, 5.0), corner(-3.5, -1.0), corner(3.5, -1.0)];
    scene.push(Shape::Polygon { points, fill: Fill::plain(Ink::Category(event.colour)) });
    let (x, anchor) = if is_left(event, right) { (-7.0, Anchor::End) } else { (7.0, Anchor::Start) };
    scene.text(event.x + x, middle, anchor, Face::SMALL, Ink::Text, text);
}

/// True if a label is left of its line, since the figure ends before it would.
fn is_left(event: &EventMark<'_>, right: f32) -> bool {
    event.x + label_pt(event) > right
}

/// Width of a label with its wedge.
fn label_pt(event: &EventMark<'_>) -> f32 {
    width_pt(event.label, Face::SMALL).min(LABEL_PT) + 10.0
}

/// The horizontal extent of an event's label: to the right of its line, or to the left if there is no room.
fn extent(event: &EventMark<'_>, right: f32) -> (f32, f32) {
    let width = label_pt(event);
    if is_left(event, right) { (event.x - width, event.x + 4.0) } else { (event.x - 4.0, event.x + width) }
}
