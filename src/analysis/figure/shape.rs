//! The shapes of which figures are made.

use super::geometry::{Area, Point};
use super::ink::{Fill, Ink};
use super::text::{Face, ascent_pt, descent_pt, width_pt};

/// How a line is broken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Dashes of four points, gaps of three.
    Dashed,
    /// Dots, two points apart.
    Dotted,
}

impl Dash {
    /// Lengths of dash and gap in points; `None` for a solid line.
    pub fn lengths(self) -> Option<[f32; 2]> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some([4.0, 3.0]),
            Self::Dotted => Some([1.2, 2.2]),
        }
    }
}

/// A line's colour, width and dashes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stroke {
    /// The colour.
    pub ink: Ink,
    /// The width in points.
    pub width: f32,
    /// How it is broken.
    pub dash: Dash,
}

impl Stroke {
    /// An unbroken line.
    pub const fn new(ink: Ink, width: f32) -> Self {
        Self { ink, width, dash: Dash::Solid }
    }

    /// The same line, dashed.
    pub const fn dashed(self) -> Self {
        Self { dash: Dash::Dashed, ..self }
    }

    /// The same line, dotted.
    pub const fn dotted(self) -> Self {
        Self { dash: Dash::Dotted, ..self }
    }
}

/// The point of a text that is at its position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Anchor {
    /// Its left end.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A line of text.
#[derive(Clone, PartialEq, Debug)]
pub struct TextMark {
    /// A point on the baseline.
    pub at: Point,
    /// The part of the text that is at this point.
    pub anchor: Anchor,
    /// Size and weight.
    pub face: Face,
    /// The colour.
    pub ink: Ink,
    /// Rotation about the point, clockwise, in degrees.
    pub rotation: f32,
    /// The words.
    pub text: String,
}

impl TextMark {
    /// Its corners in the order in which they go round it, without the space above capitals.
    pub fn corners(&self) -> [Point; 4] {
        let width = width_pt(&self.text, self.face);
        let left = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        let (top, bottom) = (-ascent_pt(self.face), descent_pt(self.face));
        let (sin, cos) = self.rotation.to_radians().sin_cos();
        let turn = |x: f32, y: f32| self.at.moved(x * cos - y * sin, x * sin + y * cos);
        [turn(left, top), turn(left + width, top), turn(left + width, bottom), turn(left, bottom)]
    }
}

/// A shape.
#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Its edges.
        area: Area,
        /// Radius of its corners.
        radius: f32,
        /// What fills it.
        fill: Option<Fill>,
        /// Its outline, half of which is inside.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Its centre.
        centre: Point,
        /// Its radius.
        radius: f32,
        /// What fills it. Only the ground of a fill is painted, never its pattern.
        fill: Option<Fill>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<Point>,
        /// Its look.
        stroke: Stroke,
    },
    /// A convex polygon, or a band: the upper edge from left to right, then the lower one from right to left.
    Polygon {
        /// The corners.
        points: Vec<Point>,
        /// What fills it. Only the ground of a fill is painted, never its pattern.
        fill: Fill,
    },
    /// A line of text.
    Text(TextMark),
}

impl Shape {
    /// The smallest rectangle that holds the shape.
    pub fn bounds(&self) -> Area {
        let half = |stroke: Option<Stroke>| stroke.map_or(0.0, |stroke| stroke.width / 2.0);
        match self {
            Self::Rect { area, stroke, .. } => area.grown(half(*stroke)),
            Self::Circle { centre, radius, stroke, .. } => Area::around(*centre, radius + half(*stroke)),
            Self::Line { points, stroke } => Area::of_points(points).grown(stroke.width / 2.0),
            Self::Polygon { points, .. } => Area::of_points(points),
            Self::Text(text) => Area::of_points(&text.corners()),
        }
    }
}
