//! Within documents: a line per document with a lane per category or actor, and portraits of documents.

use super::legend::{Series, legend};
use crate::figure::axis::TICK;
use crate::figure::cell::Reach;
use crate::figure::{Anchor, Area, CellKey, Face, Fill, Ink, Scene, Stroke, shorten, width_pt};
use crate::words::figure as words;

/// Height of a lane, in points.
const LANE_PT: f32 = 9.0;

/// Distance between lanes, in points.
const LANE_PITCH_PT: f32 = 11.0;

/// Least width of a passage, in points.
const LEAST_PT: f32 = 2.0;

/// Most passages on top of each other in one lane.
const LEVELS: usize = 3;

/// Greatest width of the titles of documents, in points.
const TITLE_PT: f32 = 190.0;

/// Columns and rows of squares of a portrait.
const SQUARES: [usize; 2] = [50, 4];

/// Distance between squares, in points.
const SQUARE_PT: f32 = 10.0;

/// Passages within documents.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Codeline {
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// The lanes, from the top.
    pub lanes: Vec<Series>,
    /// The documents.
    pub documents: Vec<DocumentLine>,
    /// What the axis measures: `share of the text`, or `characters`.
    pub measure: String,
    /// Names of the positions on the axis, each with its share of the longest line.
    pub ticks: Vec<(f32, String)>,
}

/// A document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DocumentLine {
    /// Its title.
    pub title: String,
    /// Its date or length, below the title.
    pub detail: String,
    /// Length of its line, as a share of the longest one.
    pub length: f32,
    /// Its passages.
    pub places: Vec<Place>,
}

/// A passage.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    /// Index of its lane.
    pub lane: usize,
    /// Its start, as a share of the document.
    pub start: f32,
    /// Its end, as a share of the document.
    pub end: f32,
    /// True if it is conditional.
    pub conditional: bool,
    /// Its words, for a tooltip.
    pub label: String,
}

impl Codeline {
    /// Draws a line for each document in a given width.
    pub fn scene(&self, width_pt: f32) -> Scene {
        let mut scene = Scene::new(&self.title, &self.description);
        let conditional =
            self.documents.iter().flat_map(|document| &document.places).any(|place| place.conditional);
        let top = legend(&mut scene, &self.lanes, conditional, 0.0, width_pt, 0.0);
        let left = head_pt(self.documents.iter().map(|document| &document.title));
        let track = Area { left, right: (width_pt - 16.0).max(left + 200.0), top, bottom: top };
        let mut y = self.axis(&mut scene, track);
        for (at, document) in self.documents.iter().enumerate() {
            y = self.document(&mut scene, at, document, Area { top: y, ..track });
        }
        scene.finish(track.right + 16.0, y + 2.0)
    }

    /// Adds the axis above the documents, and returns its bottom.
    fn axis(&self, scene: &mut Scene, track: Area) -> f32 {
        let (middle, bottom) = (track.top + 8.0, track.top + 20.0);
        for (share, name) in &self.ticks {
            let x = track.left + share * track.width();
            scene.upright(x, bottom - 4.0, bottom, Stroke::new(Ink::Faint, 1.0));
            scene.text(x, middle, Anchor::Middle, TICK, Ink::Weak, name.as_str());
        }
        let end = self
            .ticks
            .iter()
            .map(|(share, name)| track.left + share * track.width() - width_pt(name, TICK) / 2.0);
        let room = end.fold(track.left, f32::min) - 12.0;
        scene.text(
            0.0,
            middle,
            Anchor::Start,
            Face::TINY,
            Ink::Weak,
            shorten(&self.measure, Face::TINY, room),
        );
        scene.level(0.0, track.right, bottom, Stroke::new(Ink::Faint, 1.0));
        bottom
    }

    fn document(&self, scene: &mut Scene, at: usize, document: &DocumentLine, track: Area) -> f32 {
        let lanes = self.lanes.len().max(1) as f32 * LANE_PITCH_PT;
        let height = lanes.max(30.0) + 16.0;
        let bottom = track.top + height;
        let head = Area { left: 0.0, right: track.left - 8.0, top: track.top, bottom };
        title(scene, at, &document.title, &document.detail, head);
        let first = track.top + (height - lanes) / 2.0;
        let right = track.left + document.length.clamp(0.0, 1.0) * track.width();
        let line = Area { right, top: first, bottom: first + lanes - (LANE_PITCH_PT - LANE_PT), ..track };
        for lane in 0..self.lanes.len() {
            let area = lane_area(line, lane);
            scene.block(area, 0.0, Fill::plain(Ink::Panel));
        }
        for (place_at, (place, (level, levels))) in document.places.iter().zip(levels(document)).enumerate() {
            let Some(series) = self.lanes.get(place.lane) else { continue };
            let lane = lane_area(line, place.lane);
            let left = line.left + place.start.clamp(0.0, 1.0) * line.width();
            let end = line.left + place.end.clamp(0.0, 1.0) * line.width();
            let step = lane.height() / levels as f32;
            let top = lane.top + level as f32 * step;
            let area = Area { left, right: end.max(left + LEAST_PT), top, bottom: top + step };
            let key = CellKey::Place { line: at as u32, place: place_at as u32 };
            let label = words::value(&series.name, &place.label);
            scene.cell(key, label, area, |scene| series.bar(scene, area, place.conditional));
        }
        scene.level(0.0, track.right, bottom, Stroke::new(Ink::Line, 1.0));
        bottom
    }
}

/// Width of the titles of documents.
fn head_pt<'a>(titles: impl Iterator<Item = &'a String>) -> f32 {
    titles.map(|title| width_pt(title, Face::BODY)).fold(60.0, f32::max).min(TITLE_PT) + 20.0
}

/// Adds a document's title with its detail below.
fn title(scene: &mut Scene, at: usize, title: &str, detail: &str, head: Area) {
    scene.cell(CellKey::Row(at as u32), [title, "\n", detail].concat(), head, |scene| {
        let middle = head.centre().y - if detail.is_empty() { 0.0 } else { 7.5 };
        let shown = shorten(title, Face::BODY, head.width());
        scene.text(0.0, middle, Anchor::Start, Face::BODY, Ink::Text, shown);
        scene.text(
            0.0,
            middle + 15.0,
            Anchor::Start,
            Face::TINY,
            Ink::Weak,
            shorten(detail, Face::TINY, head.width()),
        );
    });
}

fn lane_area(line: Area, lane: usize) -> Area {
    let top = line.top + lane as f32 * LANE_PITCH_PT;
    Area { top, bottom: top + LANE_PT, ..line }
}

/// For each passage its level, and the number of levels of its lane: those that overlap are on different levels.
fn levels(document: &DocumentLine) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..document.places.len()).collect();
    let start = |at: &usize| (document.places[*at].lane, document.places[*at].start);
    order.sort_by(|one, other| {
        let ((lane, from), (other_lane, other_from)) = (start(one), start(other));
        lane.cmp(&other_lane).then(from.total_cmp(&other_from))
    });
    let mut levels = vec![0; document.places.len()];
    let mut most = std::collections::BTreeMap::new();
    let mut ends: (usize, [f32; LEVELS]) = (usize::MAX, [f32::NEG_INFINITY; LEVELS]);
    for at in order {
        let place = &document.places[at];
        if ends.0 != place.lane {
            ends = (place.lane, [f32::NEG_INFINITY; LEVELS]);
        }
        let level = ends.1.iter().position(|&end| end <= place.start).unwrap_or(LEVELS - 1);
        ends.1[level] = place.end;
        levels[at] = level;
        let of_lane = most.entry(place.lane).or_insert(1);
        *of_lane = (*of_lane).max(level + 1);
    }
    let lane = |at: usize| most.get(&document.places[at].lane).copied().unwrap_or(1);
    levels.iter().enumerate().map(|(at, &level)| (level, lane(at))).collect()
}

/// Documents as squares, by share of characters.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Portrait {
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// The categories or actors.
    pub series: Vec<Series>,
    /// The documents: title, detail, and for each series its share of the characters.
    pub documents: Vec<(String, String, Vec<f64>)>,
}

impl Portrait {
    /// Draws 200 squares for each document.
    pub fn scene(&self, width_pt: f32) -> Scene {
        let mut scene = Scene::new(&self.title, &self.description);
        let mut y = legend(&mut scene, &self.series, false, 0.0, width_pt, 0.0);
        let left = head_pt(self.documents.iter().map(|(title, _, _)| title));
        let [columns, rows] = SQUARES;
        let height = rows as f32 * SQUARE_PT + 18.0;
        for (at, (name, detail, shares)) in self.documents.iter().enumerate() {
            let head = Area { left: 0.0, right: left - 8.0, top: y, bottom: y + height };
            title(&mut scene, at, name, detail, head);
            self.squares(&mut scene, at, shares, Area::new(left, y + 9.0, 0.0, 0.0));
            y += height;
            scene.level(0.0, left + columns as f32 * SQUARE_PT, y, Stroke::new(Ink::Line, 1.0));
        }
        scene.finish((left + columns as f32 * SQUARE_PT).max(width_pt), y + 2.0)
    }

    /// Adds the squares of a document, column by column; `corner` is at the top left.
    fn squares(&self, scene: &mut Scene, at: usize, shares: &[f64], corner: Area) {
        let [columns, rows] = SQUARES;
        let square = |index: usize| {
            let (column, row) = (index / rows, index % rows);
            let (left, top) = (corner.left + column as f32 * SQUARE_PT, corner.top + row as f32 * SQUARE_PT);
            Area::new(left, top, SQUARE_PT - 1.0, SQUARE_PT - 1.0)
        };
        let mut next = 0;
        for (part, (count, series)) in
            apportion(shares, columns * rows).into_iter().zip(&self.series).enumerate()
        {
            let areas: Vec<Area> = (next..next + count).map(square).collect();
            next += count;
            let Some(bounds) = areas.iter().copied().reduce(Area::union) else { continue };
            let share = shares.get(part).copied().unwrap_or_default() * 100.0;
            let label = words::value(&series.name, &words::percent(share));
            let key = CellKey::Share { line: at as u32, part: part as u32 };
            scene.reach(key, label, bounds, Reach::Parts(areas.clone()), |scene| {
                areas.iter().for_each(|&area| series.bar(scene, area, false));
            });
        }
        for index in next..columns * rows {
            scene.block(square(index), 0.0, Fill::plain(Ink::Panel));
        }
    }
}

/// The whole numbers nearest to shares of a number, which add up to no more than the sum of the shares.
fn apportion(shares: &[f64], of: usize) -> Vec<usize> {
    let exact: Vec<f64> = shares.iter().map(|share| share.clamp(0.0, 1.0) * of as f64).collect();
    let mut counts: Vec<usize> = exact.iter().map(|exact| exact.floor() as usize).collect();
    let wanted = (exact.iter().sum::<f64>().round() as usize).min(of);
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|&one, &other| exact[other].fract().total_cmp(&exact[one].fract()).then(one.cmp(&other)));
    let missing = wanted.saturating_sub(counts.iter().sum());
    order.into_iter().take(missing).for_each(|at| counts[at] += 1);
    counts
}

#[cfg(test)]
mod tests {
    use super::apportion;

    #[test]
    fn squares_add_up() {
        assert_eq!(apportion(&[0.333, 0.333, 0.333], 100), [34, 33, 33]);
        assert_eq!(apportion(&[0.004, 0.5], 100), [0, 50]);
        assert_eq!(apportion(&[], 100), [] as [usize; 0]);
        assert_eq!(apportion(&[1.0], 200), [200]);
    }
}
