//! Painting the shapes of a figure with egui.

use egui::epaint::{Mesh, TextShape};
use egui::{Color32, FontFamily, FontId, Pos2, Rect, StrokeKind, Ui, Vec2, vec2};

use demarche_analysis::figure::{
    Anchor, Area, Cell, Dash, Fill, Hatch, Ink, Mark, Palette, Point, Rgba, Shape, Stroke, TextMark,
};

use crate::theme::{Tokens, strong};

/// A figure that is being painted.
pub(super) struct Painting<'a> {
    pub ui: &'a Ui,
    pub palette: &'a Palette,
    /// Where its top left corner is.
    pub origin: Pos2,
}

impl Painting<'_> {
    /// Paints the background.
    pub fn surface(&self, rect: Rect) {
        self.ui.painter().rect_filled(rect, 0.0, self.ink(Ink::Surface));
    }

    /// Paints a shape.
    pub fn shape(&self, shape: &Shape) {
        match shape {
            Shape::Rect { area, radius, fill, stroke } => self.rect(*area, *radius, *fill, *stroke),
            Shape::Circle { centre, radius, fill, stroke } => {
                let fill = fill.map_or(Color32::TRANSPARENT, |fill| colour(self.palette.ground(fill)));
                let stroke = stroke.map_or(egui::Stroke::NONE, |stroke| self.pen(stroke));
                self.ui.painter().circle(self.at(*centre), *radius, fill, stroke);
            }
            Shape::Line { points, stroke } => self.line(points, *stroke),
            Shape::Polygon { points, fill } => self.polygon(points, *fill),
            Shape::Text(text) => self.text(text),
        }
    }

    /// Outlines a cell that is marked.
    pub fn mark(&self, cell: &Cell) {
        self.outline(cell, Tokens::of(self.ui).accent, 2.0);
    }

    /// Outlines the cell at which the keyboard is.
    pub fn focus(&self, cell: &Cell) {
        let grown = cell.bounds.grown(2.5);
        let stroke = egui::Stroke::new(1.5, Tokens::of(self.ui).accent);
        self.ui.painter().rect_stroke(self.area(grown), 4.0, stroke, StrokeKind::Outside);
    }

    /// Outlines the cell under the pointer.
    pub fn hover(&self, cell: &Cell) {
        self.outline(cell, Tokens::of(self.ui).text_faint, 1.0);
    }

    fn outline(&self, cell: &Cell, colour: Color32, width: f32) {
        if cell.path().is_empty() {
            let stroke = egui::Stroke::new(width, colour);
            self.ui.painter().rect_stroke(self.area(cell.bounds), 3.0, stroke, StrokeKind::Middle);
            return;
        }
        let points = cell.path().iter().map(|&point| self.at(point)).collect();
        self.ui.painter().line(points, egui::Stroke::new(width + 8.0, colour.gamma_multiply(0.3)));
    }

    fn rect(&self, area: Area, radius: f32, fill: Option<Fill>, stroke: Option<Stroke>) {
        let rect = self.area(area);
        if let Some(fill) = fill {
            self.ui.painter().rect_filled(rect, radius, colour(self.palette.ground(fill)));
            self.pattern(area, fill);
        }
        if let Some(stroke) = stroke {
            self.ui.painter().rect_stroke(rect, radius, self.pen(stroke), StrokeKind::Middle);
        }
    }

    fn pattern(&self, area: Area, fill: Fill) {
        let Some(hatch) = Hatch::of(fill.body) else { return };
        let ink = colour(self.palette.pattern(fill));
        let pen = egui::Stroke::new(hatch.weight, ink);
        for mark in hatch.marks_in(area) {
            match mark {
                Mark::Line(from, to) => {
                    self.ui.painter().line_segment([self.at(from), self.at(to)], pen);
                }
                Mark::Dot(centre) => {
                    let dot = Rect::from_center_size(self.at(centre), Vec2::splat(hatch.weight));
                    self.ui.painter().rect_filled(dot.intersect(self.area(area)), 0.0, ink);
                }
            }
        }
    }

    fn line(&self, points: &[Point], stroke: Stroke) {
        let points: Vec<Pos2> = points.iter().map(|&point| self.at(point)).collect();
        match stroke.dash {
            Dash::Solid => {
                self.ui.painter().line(points, self.pen(stroke));
            }
            Dash::Dashed | Dash::Dotted => self.dashed(&points, stroke),
        }
    }

    fn dashed(&self, points: &[Pos2], stroke: Stroke) {
        let [dash, gap] = stroke.dash.lengths().unwrap_or([f32::MAX, 0.0]);
        self.ui.painter().extend(egui::Shape::dashed_line(points, self.pen(stroke), dash, gap));
    }

    /// Paints a polygon: a convex one, or a band as a strip of quadrangles.
    fn polygon(&self, points: &[Point], fill: Fill) {
        let ground = colour(self.palette.ground(fill));
        let points: Vec<Pos2> = points.iter().map(|&point| self.at(point)).collect();
        if points.len() <= 4 {
            self.ui.painter().add(egui::Shape::convex_polygon(points, ground, egui::Stroke::NONE));
            return;
        }
        let mut mesh = Mesh::default();
        points.iter().for_each(|&point| mesh.colored_vertex(point, ground));
        let count = points.len() as u32;
        for at in 0..count / 2 - 1 {
            mesh.add_triangle(at, at + 1, count - 1 - at);
            mesh.add_triangle(at + 1, count - 2 - at, count - 1 - at);
        }
        self.ui.painter().add(mesh);
    }

    fn text(&self, text: &TextMark) {
        let size = text.face.size.points();
        let font = if text.face.strong { strong(size) } else { FontId::new(size, FontFamily::Proportional) };
        // egui caches the layout of text that it saw in the frame before.
        let galley = self.ui.painter().layout_no_wrap(text.text.clone(), font, self.ink(text.ink));
        let baseline = galley.rows.first().and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y));
        let left = match text.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -galley.size().x / 2.0,
            Anchor::End => -galley.size().x,
        };
        let angle = text.rotation.to_radians();
        let corner = egui::emath::Rot2::from_angle(angle) * vec2(left, -baseline.unwrap_or(size));
        let shape = TextShape::new(self.at(text.at) + corner, galley, self.ink(text.ink));
        self.ui.painter().add(TextShape { angle, ..shape });
    }

    fn at(&self, point: Point) -> Pos2 {
        self.origin + vec2(point.x, point.y)
    }

    fn area(&self, area: Area) -> Rect {
        let corner = Point::new(area.left, area.top);
        Rect::from_min_size(self.at(corner), vec2(area.width(), area.height()))
    }

    fn ink(&self, ink: Ink) -> Color32 {
        colour(self.palette.resolve(ink))
    }

    fn pen(&self, stroke: Stroke) -> egui::Stroke {
        egui::Stroke::new(stroke.width, self.ink(stroke.ink))
    }
}

fn colour([red, green, blue, alpha]: Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(red, green, blue, alpha)
}
