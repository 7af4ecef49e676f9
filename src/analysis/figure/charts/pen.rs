//! Short ways to add the shapes that charts use.

use crate::figure::text::middle_pt;
use crate::figure::{Anchor, Area, Face, Fill, Ink, Point, Scene, Shape, Stroke, TextMark};

impl Scene {
    /// Adds a level text; `y` is the middle of its capitals.
    pub(super) fn text(
        &mut self,
        x: f32,
        y: f32,
        anchor: Anchor,
        face: Face,
        ink: Ink,
        text: impl Into<String>,
    ) {
        let (text, at) = (text.into(), Point::new(x, y + middle_pt(face)));
        if !text.is_empty() {
            self.push(Shape::Text(TextMark { at, anchor, face, ink, rotation: 0.0, text }));
        }
    }

    /// Adds a text that reads upwards; `x` is the middle of its capitals.
    pub(super) fn text_upwards(&mut self, x: f32, y: f32, face: Face, ink: Ink, text: impl Into<String>) {
        let at = Point::new(x + middle_pt(face), y);
        let (anchor, rotation, text) = (Anchor::Middle, -90.0, text.into());
        self.push(Shape::Text(TextMark { at, anchor, face, ink, rotation, text }));
    }

    /// Adds a filled rectangle.
    pub(super) fn block(&mut self, area: Area, radius: f32, fill: Fill) {
        self.push(Shape::Rect { area, radius, fill: Some(fill), stroke: None });
    }

    /// Adds a rectangle's outline.
    pub(super) fn frame(&mut self, area: Area, radius: f32, stroke: Stroke) {
        self.push(Shape::Rect { area, radius, fill: None, stroke: Some(stroke) });
    }

    /// Adds a line between two points.
    pub(super) fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.push(Shape::Line { points: vec![from, to], stroke });
    }

    /// Adds a level line.
    pub(super) fn level(&mut self, left: f32, right: f32, y: f32, stroke: Stroke) {
        self.line(Point::new(left, y), Point::new(right, y), stroke);
    }

    /// Adds an upright line.
    pub(super) fn upright(&mut self, x: f32, top: f32, bottom: f32, stroke: Stroke) {
        self.line(Point::new(x, top), Point::new(x, bottom), stroke);
    }

    /// Adds a circle.
    pub(super) fn dot(&mut self, centre: Point, radius: f32, fill: Option<Fill>, stroke: Option<Stroke>) {
        self.push(Shape::Circle { centre, radius, fill, stroke });
    }
}
