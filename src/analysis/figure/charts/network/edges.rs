//! The arcs of a network: one for each direction, with an arrow head and a label.

use super::{Edge, Network, Placed};
use crate::figure::axis::number;
use crate::figure::cell::Reach;
use crate::figure::geometry::curve_points;
use crate::figure::{Anchor, Area, CellKey, Face, Fill, Ink, Point, Scene, Shape, Stroke, width_pt};
use crate::words::figure as words;

/// Least and greatest width of an arc, in points.
const WIDTH_PT: [f32; 2] = [1.2, 8.0];

/// How far an arc bends, as a share of its length.
const BEND: f32 = 0.16;

/// Length of a stub, in points.
const STUB_PT: f32 = 40.0;

/// Weakest colour of an arc.
const WEAKEST: f32 = 0.4;

/// Shares of an arc at which its label may be, the best first.
const LABEL_AT: [f32; 5] = [0.5, 0.38, 0.62, 0.28, 0.72];

/// An edge as a line.
pub(super) struct Arc {
    at: usize,
    /// The line, from its actor to the point of its arrow head.
    path: Vec<Point>,
    width: f32,
    /// Where its label goes, if not on the line.
    aside: Option<Aside>,
    /// No target: dashed, with a name at its end.
    stub: bool,
}

/// The place of a label that is not on a line: it begins, has its middle, or ends at a point.
struct Aside(Point, Anchor);

impl Arc {
    /// The line of an edge; `None` if it names a node that does not exist.
    pub fn new(network: &Network, at: usize, placed: &Placed) -> Option<Self> {
        let edge = network.edges.get(at)?;
        let most = network.edges.iter().map(|edge| edge.moves).max().unwrap_or(0).max(1);
        let width = WIDTH_PT[0] + (WIDTH_PT[1] - WIDTH_PT[0]) * edge.moves as f32 / most as f32;
        let (centre, radius) = (*placed.centres.get(edge.from)?, *placed.radii.get(edge.from)?);
        let (path, aside) = match edge.to {
            None => stub(centre, radius, placed),
            Some(to) if to == edge.from => own(centre, radius, placed),
            Some(to) => {
                let (target, ring) = (*placed.centres.get(to)?, *placed.radii.get(to)?);
                (between((centre, radius), (target, ring)), None)
            }
        };
        Some(Self { at, path, width, aside, stub: edge.to.is_none() })
    }

    /// True if its line passes through a rectangle.
    pub fn crosses(&self, area: Area) -> bool {
        self.path.iter().any(|&point| area.grown(self.width / 2.0).contains(point))
    }

    fn tip(&self) -> Point {
        self.path.last().copied().unwrap_or_default()
    }

    fn head_pt(&self) -> f32 {
        7.0 + self.width * 1.3
    }

    /// The line without the part that its arrow head covers.
    fn shaft(&self) -> Vec<Point> {
        let (tip, covered) = (self.tip(), self.head_pt() * 0.8);
        let outside = self.path.iter().take_while(|point| point.distance(tip) > covered);
        let mut shaft: Vec<Point> = outside.copied().collect();
        if let Some(&last) = shaft.last() {
            shaft.push(tip.towards(last, covered / tip.distance(last).max(1.0)));
        }
        shaft
    }

    /// The corners of its arrow head.
    fn head(&self) -> Vec<Point> {
        let tip = self.tip();
        let back = self.shaft().last().copied().unwrap_or_else(|| tip.moved(0.0, -1.0));
        let length = back.distance(tip).max(0.1);
        let (x, y) = ((back.x - tip.x) / length, (back.y - tip.y) / length);
        let (long, half) = (self.head_pt(), 3.0 + self.width * 0.75);
        let side = |side: f32| tip.moved(x * long - y * half * side, y * long + x * half * side);
        vec![tip, side(1.0), side(-1.0)]
    }

    /// The places in which its label may be, the best first.
    fn label_places(&self, size: (f32, f32)) -> Vec<Area> {
        let around = |point: Point| Area::new(point.x - size.0 / 2.0, point.y - size.1 / 2.0, size.0, size.1);
        if let Some(Aside(point, anchor)) = self.aside {
            let right = match anchor {
                Anchor::Start => size.0 / 2.0,
                Anchor::Middle => 0.0,
                Anchor::End => -size.0 / 2.0,
            };
            return vec![around(point.moved(right, 0.0))];
        }
        let on_line = |share: f32| self.path[(share * (self.path.len() - 1) as f32).round() as usize];
        LABEL_AT.into_iter().map(|share| around(on_line(share))).collect()
    }
}

/// An arc that bends to the left of its direction, so that the one back is on the other side.
fn between((centre, radius): (Point, f32), (target, ring): (Point, f32)) -> Vec<Point> {
    let length = centre.distance(target).max(1.0);
    let middle = centre.towards(target, 0.5);
    let (x, y) = ((target.x - centre.x) / length, (target.y - centre.y) / length);
    let control = middle.moved(y * length * BEND * 2.0, -x * length * BEND * 2.0);
    let from = centre.towards(control, (radius + 2.0) / centre.distance(control).max(1.0));
    let tip = target.towards(control, (ring + 3.0) / target.distance(control).max(1.0));
    curve_points(from, control, tip)
}

/// The direction away from the middle of the figure, as a unit vector.
fn outwards(centre: Point, placed: &Placed) -> (f32, f32) {
    let length = centre.distance(placed.middle);
    if length < 1.0 {
        return (0.0, -1.0);
    }
    ((centre.x - placed.middle.x) / length, (centre.y - placed.middle.y) / length)
}

/// A short line for moves without a target, away from the name, and the place of its label.
fn stub(centre: Point, radius: f32, placed: &Placed) -> (Vec<Point>, Option<Aside>) {
    let (x, y) = outwards(centre, placed);
    let (x, y) = if x.abs() > 0.4 * y.abs() { (x * 0.35, 0.94) } else { (-0.94, y * 0.35) };
    let at = |distance: f32| centre.moved(x * distance, y * distance);
    let (from, tip) = (at(radius + 2.0), at(radius + STUB_PT));
    let anchor = if x > 0.0 { Anchor::Start } else { Anchor::End };
    let aside = if x.abs() > y.abs() {
        Aside(tip.moved(x.signum() * 4.0, 0.0), anchor)
    } else {
        Aside(tip.moved(0.0, 12.0), Anchor::Middle)
    };
    ((0..=4).map(|step| from.towards(tip, step as f32 / 4.0)).collect(), Some(aside))
}

/// A loop for moves towards oneself, as those among the members of a collective, and the place of its label.
fn own(centre: Point, radius: f32, placed: &Placed) -> (Vec<Point>, Option<Aside>) {
    const STEPS: usize = 20;
    let side = if outwards(centre, placed).1 > 0.3 { 1.0 } else { -1.0 };
    // Most of a circle, which begins and ends on the node.
    let size = (radius * 0.8).max(12.0);
    let middle = centre.moved(0.0, side * (radius + size * 0.75));
    let open: f32 = 0.85;
    let turn = |step: usize| open + (std::f32::consts::TAU - 2.0 * open) * step as f32 / STEPS as f32;
    let point = |step: usize| middle.moved(-size * turn(step).sin(), -side * size * turn(step).cos());
    let path = (0..=STEPS).map(point).collect();
    (path, Some(Aside(middle.moved(0.0, side * (size + 10.0)), Anchor::Middle)))
}

/// Adds the arcs, and their labels where there is room: never on a node, a name or another label.
pub(super) fn draw_arcs(
    scene: &mut Scene,
    network: &Network,
    arcs: &[Arc],
    placed: &Placed,
    mut taken: Vec<Area>,
) {
    for arc in arcs {
        let edge = &network.edges[arc.at];
        let (label, bounds) = (label(network, edge), Area::of_points(&arc.path));
        scene.reach(CellKey::Edge(arc.at as u32), label, bounds, Reach::Along(arc.path.clone()), |scene| {
            let ink = ink(network, edge);
            let stroke = Stroke::new(ink, arc.width);
            let stroke = if arc.stub { stroke.dashed() } else { stroke };
            scene.push(Shape::Line { points: arc.shaft(), stroke });
            scene.push(Shape::Polygon { points: arc.head(), fill: Fill::plain(ink) });
            let text = text(edge);
            let size = (width_pt(&text, Face::SMALL) + 6.0, 15.0);
            let is_free = |area: &Area| {
                placed.field.contains(area.centre()) && !taken.iter().any(|other| other.overlaps(*area))
            };
            // Without room the label is left out; the tooltip and the matrix have it.
            if let Some(area) = arc.label_places(size).into_iter().find(is_free) {
                scene.block(area, 3.0, Fill::plain(Ink::Surface));
                scene.text(area.centre().x, area.centre().y, Anchor::Middle, Face::SMALL, Ink::Text, text);
                taken.push(area);
            }
        });
    }
}

/// The colour of an edge: grey without a score, stronger for a greater one.
fn ink(network: &Network, edge: &Edge) -> Ink {
    let Some(score) = edge.score else { return Ink::Faint };
    if score == 0.0 || network.greatest_score <= 0.0 {
        return Ink::Faint;
    }
    let share = (score.abs() / network.greatest_score).min(1.0) as f32;
    Ink::of_score((WEAKEST + (1.0 - WEAKEST) * share) * score.signum() as f32)
}

/// The label of an edge: soft and hard moves, the sign of its score, and that a stub has no target.
fn text(edge: &Edge) -> String {
    let sign = match edge.score {
        Some(score) if score > 0.0 => "▲ ",
        Some(score) if score < 0.0 => "▼ ",
        Some(_) | None => "",
    };
    let to = if edge.to.is_none() { words::TO_NOT_SPECIFIED } else { "" };
    format!("{sign}{}/{}{to}", words::count(edge.soft), words::count(edge.hard))
}

fn label(network: &Network, edge: &Edge) -> String {
    let name = |at: usize| network.nodes.get(at).map_or("", |node| node.name.as_str());
    let to = edge.to.map_or(words::NOT_SPECIFIED, name);
    let score = edge.score.map(|score| words::value(&network.scale, &number(score, 2)));
    words::edge(name(edge.from), to, [edge.moves, edge.soft, edge.hard], score.as_deref())
}
