//! PNG at twice the size of the window, rendered without a display.

use thiserror::Error;
use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{
    Affine, BezPath, Cap, Circle, Join, Point as At, Rect, RoundedRect, Shape as _, Stroke as Pen,
};
use vello_cpu::{Level, Pixmap, RenderContext, RenderSettings, Resources};

use super::MARGIN_PT;
use super::glyphs::Glyphs;
use crate::words::export::figure as words;
use demarche_analysis::figure::{
    Anchor, Area, Dash, Face, Fill, Hatch, Ink, Mark, Palette, Point, Rgba, Scene, Shape, Stroke, TextMark,
};

/// Pixels per point.
const SCALE: f64 = 2.0;

/// Most pixels of a picture.
const MOST_PIXELS: u64 = 120_000_000;

/// Why a figure has no picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PictureError {
    /// The picture would be too large.
    #[error("the figure is too large for a PNG ({width} × {height} pixels); export it as SVG, or filter it")]
    TooLarge {
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
    },
    /// The pixels could not be compressed.
    #[error("the picture can't be encoded: {0}")]
    Encoding(String),
}

/// Height of the line that says that characters are missing, in points.
const NOTE_PT: f32 = 16.0;

/// The pixels of a picture, row by row, each as red, green, blue and opacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels.
    pub width_px: usize,
    /// Height in pixels.
    pub height_px: usize,
    /// The bytes, four for each pixel.
    pub rgba: Vec<u8>,
}

/// Returns a figure as a PNG at two pixels per point. Characters that neither the bundled fonts nor those of the machine
/// have become boxes, and a line below the figure says that its SVG shows them.
///
/// # Errors
/// The picture would be too large.
pub fn to_png(scene: &Scene, palette: &Palette) -> Result<Vec<u8>, PictureError> {
    let picture = drawn(scene, palette)?;
    picture.into_png().map_err(|error| PictureError::Encoding(error.to_string()))
}

/// Returns the pixels of a figure, as [`to_png`] draws it.
///
/// # Errors
/// The picture would be too large.
pub fn to_pixels(scene: &Scene, palette: &Palette) -> Result<Pixels, PictureError> {
    let picture = drawn(scene, palette)?;
    let (width_px, height_px) = (usize::from(picture.width()), usize::from(picture.height()));
    Ok(Pixels { width_px, height_px, rgba: picture.data_as_u8_slice().to_vec() })
}

fn drawn(scene: &Scene, palette: &Palette) -> Result<Pixmap, PictureError> {
    let mut glyphs = Glyphs::new();
    let mut is_lacking = |shape: &Shape| match shape {
        Shape::Text(text) => !glyphs.has_all(&text.text, text.face),
        Shape::Rect { .. } | Shape::Circle { .. } | Shape::Line { .. } | Shape::Polygon { .. } => false,
    };
    let has_note = scene.items().iter().any(|item| is_lacking(&item.shape));
    let height_pt = scene.height_pt + if has_note { NOTE_PT } else { 0.0 };
    let pixels = |points: f32| (f64::from(points + 2.0 * MARGIN_PT) * SCALE).ceil().max(1.0) as u64;
    let (width, height) = (pixels(scene.width_pt), pixels(height_pt));
    let too_large = PictureError::TooLarge { width, height };
    if width * height > MOST_PIXELS {
        return Err(too_large);
    }
    let (Ok(width), Ok(height)) = (u16::try_from(width), u16::try_from(height)) else {
        return Err(too_large);
    };
    let mut canvas = Canvas::new(width, height, palette, glyphs);
    let surface = Area::new(0.0, 0.0, scene.width_pt, height_pt).grown(MARGIN_PT + 1.0);
    canvas.fill(&rect(surface).to_path(0.1), palette.resolve(Ink::Surface));
    for item in scene.items() {
        canvas.shape(&item.shape);
    }
    if has_note {
        canvas.text(&note(height_pt));
    }
    Ok(canvas.picture(width, height))
}

/// The line that says that characters are missing.
fn note(height_pt: f32) -> TextMark {
    TextMark {
        at: Point { x: 0.0, y: height_pt },
        anchor: Anchor::Start,
        face: Face::SMALL,
        ink: Ink::Weak,
        rotation: 0.0,
        text: words::LACKS_CHARACTERS.to_owned(),
    }
}

struct Canvas<'a> {
    context: RenderContext,
    palette: &'a Palette,
    glyphs: Glyphs,
}

impl<'a> Canvas<'a> {
    fn new(width: u16, height: u16, palette: &'a Palette, glyphs: Glyphs) -> Self {
        // The same arithmetic on every machine.
        let settings = RenderSettings { level: Level::baseline(), num_threads: 0 };
        let mut context = RenderContext::new_with(width, height, settings);
        let margin = f64::from(MARGIN_PT);
        context.set_transform(Affine::scale(SCALE) * Affine::translate((margin, margin)));
        Self { context, palette, glyphs }
    }

    fn picture(mut self, width: u16, height: u16) -> Pixmap {
        let mut pixmap = Pixmap::new(width, height);
        self.context.flush();
        self.context.render(&mut pixmap, &mut Resources::new());
        pixmap
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { area, radius, fill, stroke } => self.rect(*area, *radius, *fill, *stroke),
            Shape::Circle { centre, radius, fill, stroke } => {
                let path = Circle::new(at(*centre), f64::from(*radius)).to_path(0.05);
                if let Some(fill) = fill {
                    self.fill(&path, self.palette.ground(*fill));
                }
                self.outline(&path, *stroke);
            }
            Shape::Line { points, stroke } => self.outline(&path(points, false), Some(*stroke)),
            Shape::Polygon { points, fill } => self.fill(&path(points, true), self.palette.ground(*fill)),
            Shape::Text(text) => self.text(text),
        }
    }

    fn rect(&mut self, area: Area, radius: f32, fill: Option<Fill>, stroke: Option<Stroke>) {
        let path = RoundedRect::from_rect(rect(area), f64::from(radius)).to_path(0.05);
        if let Some(fill) = fill {
            self.fill(&path, self.palette.ground(fill));
            self.pattern(area, fill);
        }
        self.outline(&path, stroke);
    }

    fn pattern(&mut self, area: Area, fill: Fill) {
        let Some(hatch) = Hatch::of(fill.body) else { return };
        let (mut lines, mut dots) = (BezPath::new(), BezPath::new());
        for mark in hatch.marks_in(area) {
            match mark {
                Mark::Line(from, to) => {
                    lines.move_to(at(from));
                    lines.line_to(at(to));
                }
                Mark::Dot(centre) => {
                    dots.extend(Circle::new(at(centre), f64::from(hatch.weight) / 2.0).path_elements(0.05));
                }
            }
        }
        let colour = self.palette.pattern(fill);
        self.context.push_clip_path(&rect(area).to_path(0.1));
        self.fill(&dots, colour);
        self.stroke(&lines, Pen::new(f64::from(hatch.weight)), colour);
        self.context.pop_clip_path();
    }

    fn outline(&mut self, path: &BezPath, stroke: Option<Stroke>) {
        let Some(stroke) = stroke else { return };
        let mut pen = Pen::new(f64::from(stroke.width)).with_join(Join::Round).with_caps(Cap::Butt);
        match stroke.dash {
            Dash::Solid => {}
            Dash::Dashed | Dash::Dotted => {
                pen = pen.with_dashes(0.0, stroke.dash.lengths().into_iter().flatten().map(f64::from));
            }
        }
        self.stroke(path, pen, self.palette.resolve(stroke.ink));
    }

    fn text(&mut self, text: &TextMark) {
        let Some(line) = self.glyphs.line(&text.text, text.face) else { return };
        let size = f64::from(text.face.size.points()) / line.units_per_em;
        let left = match text.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -line.width / 2.0,
            Anchor::End => -line.width,
        };
        let place = Affine::translate(at(text.at).to_vec2())
            * Affine::rotate(f64::from(text.rotation).to_radians())
            * Affine::scale_non_uniform(size, -size);
        let colour = self.palette.resolve(text.ink);
        for (outline, x) in line.glyphs {
            self.fill(&(place * Affine::translate((left + x, 0.0)) * outline), colour);
        }
    }

    fn fill(&mut self, path: &BezPath, colour: Rgba) {
        self.context.set_paint(paint(colour));
        self.context.fill_path(path);
    }

    fn stroke(&mut self, path: &BezPath, pen: Pen, colour: Rgba) {
        self.context.set_paint(paint(colour));
        self.context.set_stroke(pen);
        self.context.stroke_path(path);
    }
}

fn paint([red, green, blue, alpha]: Rgba) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(red, green, blue, alpha)
}

fn at(point: Point) -> At {
    At::new(f64::from(point.x), f64::from(point.y))
}

fn rect(area: Area) -> Rect {
    let [left, top, right, bottom] = [area.left, area.top, area.right, area.bottom].map(f64::from);
    Rect::new(left, top, right, bottom)
}

fn path(points: &[Point], closed: bool) -> BezPath {
    let mut path = BezPath::new();
    for (index, &point) in points.iter().enumerate() {
        if index == 0 { path.move_to(at(point)) } else { path.line_to(at(point)) }
    }
    if closed && !points.is_empty() {
        path.close_path();
    }
    path
}
