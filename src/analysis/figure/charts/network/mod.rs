//! Interactions: who addresses whom, as nodes and arcs.

mod edges;
mod layout;

use edges::{Arc, draw_arcs};
use layout::places;

use crate::figure::{
    Anchor, Area, Body, CellKey, Face, Fill, Ink, Point, Scene, Stroke, Texture, shorten, width_pt, wrap,
};
use crate::words::figure as words;

/// Least and greatest radius of a node, in points.
const RADIUS_PT: [f32; 2] = [7.0, 22.0];

/// Space around the nodes for names and arcs, in points.
const MARGIN_PT: [f32; 2] = [150.0, 76.0];

/// Greatest width of a name, in points.
const NAME_PT: f32 = 140.0;

/// Who addresses whom.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Network {
    /// A title in a few words.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the colour of an edge means: the name of the score and its scale.
    pub scale: String,
    /// The score with full colour.
    pub greatest_score: f64,
    /// The actors.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// An actor.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Number of moves that it makes.
    pub sent: usize,
    /// Number of moves that address it.
    pub received: usize,
    /// Its place, from 0 to 1 in both directions, if someone has put it there.
    pub place: Option<(f32, f32)>,
    /// *Not specified*.
    pub weak: bool,
}

/// The moves of one actor towards another.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Edge {
    /// Index of the actor.
    pub from: usize,
    /// Index of the target; `None` for moves without a target, which are a stub.
    pub to: Option<usize>,
    /// Number of moves.
    pub moves: usize,
    /// Number of soft moves.
    pub soft: usize,
    /// Number of hard moves.
    pub hard: usize,
    /// Mean score, if any move has a weight.
    pub score: Option<f64>,
}

/// The radii of nodes and what is left of the figure for them.
struct Placed {
    /// The centre of each node.
    pub centres: Vec<Point>,
    /// The radius of each node, with its ring.
    pub radii: Vec<f32>,
    /// The middle of the figure.
    pub middle: Point,
    /// The figure without its legend.
    pub field: Area,
}

/// The part of the figure in which centres of nodes are.
fn inner(field: Area) -> Area {
    Area {
        left: field.left + MARGIN_PT[0],
        right: field.right - MARGIN_PT[0],
        top: field.top + MARGIN_PT[1],
        bottom: field.bottom - MARGIN_PT[1],
    }
}

impl Network {
    /// Draws the network in a given size.
    pub fn scene(&self, width_pt: f32, height_pt: f32) -> Scene {
        let mut scene = Scene::new(&self.title, &self.description);
        let (width_pt, height_pt) = (width_pt.max(420.0), height_pt.max(300.0));
        let top = self.legend(&mut scene, width_pt);
        let placed = self.placed(Area { left: 0.0, top, right: width_pt, bottom: height_pt });
        let arcs: Vec<Arc> = (0..self.edges.len()).filter_map(|at| Arc::new(self, at, &placed)).collect();
        let circles = placed.centres.iter().zip(&placed.radii);
        let circles: Vec<Area> = circles.map(|(&centre, &radius)| Area::around(centre, radius)).collect();
        let names = self.names(&placed, &circles, &arcs);
        let taken = names.iter().map(|(area, _)| *area).chain(circles).collect();
        draw_arcs(&mut scene, self, &arcs, &placed, taken);
        for (at, name) in names.into_iter().enumerate() {
            self.node(&mut scene, at, &placed, name);
        }
        scene.finish(width_pt, height_pt)
    }

    /// The place of a point of the figure in a given size, from 0 to 1 in both directions.
    pub fn place_at(&self, width_pt: f32, height_pt: f32, x: f32, y: f32) -> (f32, f32) {
        let top = self.legend(&mut Scene::new("", ""), width_pt);
        let inner = inner(Area { left: 0.0, top, right: width_pt, bottom: height_pt });
        let part = |at: f32, start: f32, length: f32| ((at - start) / length.max(1.0)).clamp(0.0, 1.0);
        (part(x, inner.left, inner.width()), part(y, inner.top, inner.height()))
    }

    /// Adds what colours, widths and rings mean, and returns the height.
    fn legend(&self, scene: &mut Scene, room_pt: f32) -> f32 {
        const LINE: f32 = 18.0;
        let y = LINE / 2.0 + 2.0;
        let mut x = 0.0;
        for (ink, name) in
            [(Ink::Conflict(1.0), words::CONFLICT), (Ink::Cooperation(1.0), words::COOPERATION)]
        {
            scene.level(x, x + 20.0, y, Stroke::new(ink, 3.0));
            scene.text(x + 26.0, y, Anchor::Start, Face::SMALL, Ink::Weak, name);
            x += 42.0 + width_pt(name, Face::SMALL);
        }
        scene.dot(Point::new(x + 8.0, y), 5.0, Some(NODE), None);
        scene.dot(Point::new(x + 8.0, y), 8.0, None, Some(Stroke::new(Ink::Weak, 1.5)));
        let text = words::network_legend(&self.scale);
        let lines = wrap(&text, Face::SMALL, room_pt - x - 22.0, 3);
        let height = lines.len() as f32 * LINE + 4.0;
        for (at, line) in lines.into_iter().enumerate() {
            scene.text(x + 22.0, y + at as f32 * LINE, Anchor::Start, Face::SMALL, Ink::Weak, line);
        }
        height
    }

    fn placed(&self, field: Area) -> Placed {
        let pairs: Vec<(usize, usize)> =
            self.edges.iter().filter_map(|edge| Some((edge.from, edge.to?))).collect();
        let inner = inner(field);
        let at = |place: Point| {
            Point::new(inner.left + place.x * inner.width(), inner.top + place.y * inner.height())
        };
        let given = |node: &Node| node.place.map(|(x, y)| Point::new(x.clamp(0.0, 1.0), y.clamp(0.0, 1.0)));
        let found = places(self.nodes.len(), &pairs).into_iter();
        let centres =
            self.nodes.iter().zip(found).map(|(node, place)| at(given(node).unwrap_or(place))).collect();
        let radii = self.nodes.iter().map(|node| self.radii(node).1 + 1.0).collect();
        Placed { centres, radii, middle: inner.centre(), field }
    }

    /// The radius of a node, and that of the ring around it: areas are in proportion to moves.
    fn radii(&self, node: &Node) -> (f32, f32) {
        let most = self.nodes.iter().map(|node| node.sent.max(node.received)).max().unwrap_or(0).max(1);
        let radius = |moves: usize| RADIUS_PT[1] * (moves as f32 / most as f32).sqrt();
        let sent = radius(node.sent).max(RADIUS_PT[0] * 0.5);
        (sent, radius(node.received).max(sent + 3.0))
    }

    fn node(&self, scene: &mut Scene, at: usize, placed: &Placed, (place, anchor): (Area, Anchor)) {
        let node = &self.nodes[at];
        let centre = placed.centres[at];
        let (inner, ring) = self.radii(node);
        let area = Area::around(centre, ring + 1.0);
        let label = words::node(&node.name, node.sent, node.received);
        scene.cell(CellKey::Node(at as u32), label, area, |scene| {
            scene.dot(centre, ring, Some(Fill::plain(Ink::Surface)), Some(Stroke::new(Ink::Weak, 1.5)));
            scene.dot(centre, inner, Some(NODE), None);
            let x = match anchor {
                Anchor::Start => place.left,
                Anchor::Middle => place.centre().x,
                Anchor::End => place.right,
            };
            let ink = if node.weak { Ink::Weak } else { Ink::Text };
            scene.text(
                x,
                place.centre().y,
                anchor,
                Face::STRONG,
                ink,
                shorten(&node.name, Face::STRONG, NAME_PT),
            );
        });
    }

    /// The spaces of the names of nodes: the best one that is not on a node, a name or an arc; else on an arc.
    fn names(&self, placed: &Placed, circles: &[Area], arcs: &[Arc]) -> Vec<(Area, Anchor)> {
        let mut names: Vec<(Area, Anchor)> = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let width = width_pt(&node.name, Face::STRONG).min(NAME_PT);
            let places = name_places(placed.centres[at], self.radii(node).1, width, placed);
            let is_free = |area: Area| {
                !circles.iter().any(|circle| circle.overlaps(area))
                    && !names.iter().any(|(name, _)| name.overlaps(area))
            };
            let is_clear = |area: Area| is_free(area) && !arcs.iter().any(|arc| arc.crosses(area));
            let clear = places.into_iter().find(|&(area, _)| is_clear(area));
            let free = clear.or_else(|| places.into_iter().find(|&(area, _)| is_free(area)));
            names.push(free.unwrap_or(places[0]));
        }
        names
    }
}

/// The fill of nodes.
const NODE: Fill = Fill { ink: Ink::Weak, body: Body::Full(Texture::Plain) };

/// Where the name of a node may go, the best first: on the side away from the middle, opposite, below, above.
fn name_places(centre: Point, ring: f32, width: f32, placed: &Placed) -> [(Area, Anchor); 4] {
    const HEIGHT: f32 = 16.0;
    let (right, down) = (centre.x - placed.middle.x, centre.y - placed.middle.y);
    let across = |side: f32| {
        let (x, anchor) = if side > 0.0 { (0.0, Anchor::Start) } else { (-width, Anchor::End) };
        (Area::new(centre.x + side * (ring + 8.0) + x, centre.y - HEIGHT / 2.0, width, HEIGHT), anchor)
    };
    let along = |side: f32| {
        let y = centre.y + side * (ring + 12.0) - HEIGHT / 2.0;
        (Area::new(centre.x - width / 2.0, y, width, HEIGHT), Anchor::Middle)
    };
    let (side, end) = (if right < 0.0 { -1.0 } else { 1.0 }, if down < 0.0 { -1.0 } else { 1.0 });
    if right.abs() > 0.4 * down.abs() + 1.0 {
        [across(side), along(end), along(-end), across(-side)]
    } else {
        [along(end), across(side), across(-side), along(-end)]
    }
}
