//! The glyphs of a page with their positions, as the interpreter of the page's content reports them.

use hayro_interpret::font::{Glyph as Shown, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use smol_str::SmolStr;

use super::fonts::Fonts;
use super::text::decoded;

/// Units of a glyph's coordinates per em.
const EM: f64 = 1000.0;
/// Greatest absolute coordinate and font size, in points; the largest page that the format allows has 14,400.
const FAR: f64 = 50_000.0;
/// The part of an em that is above the baseline, for a glyph in vertical writing, whose origin is at its top.
const ASCENT: f64 = 0.88;

/// A glyph, in points from the upper left corner of the page as it is displayed, y downwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Its letters; often one, several for a ligature.
    pub text: SmolStr,
    /// Its origin on the baseline.
    pub x: f32,
    pub y: f32,
    /// Its advance along the baseline, without additional spacing.
    pub width: f32,
    /// The font size, vertically.
    pub size: f32,
    /// The direction of the baseline in degrees, clockwise; 0 for text from left to right.
    pub angle: f32,
}

/// What a page shows.
#[derive(Default, Debug)]
pub(super) struct Shows {
    pub glyphs: Vec<Glyph>,
    pub pictures: usize,
    /// The number of glyphs whose letters the file does not tell.
    pub unmapped: usize,
    /// The number of glyphs with absurd positions or sizes, or beyond the limit of glyphs.
    pub wild: usize,
    pub comments: usize,
    /// The number of values of hidden form fields.
    pub hidden_fields: usize,
}

/// A replacement text of marked content (ISO 32000-1, 14.9.4) that is open.
struct Actual {
    text: Option<SmolStr>,
    /// The index of the first glyph inside it.
    from: usize,
    /// The number of unmapped glyphs before it.
    unmapped: usize,
}

/// A device that collects glyphs.
pub(super) struct Collector<'f, 'p> {
    pub shows: Shows,
    fonts: &'f mut Fonts<'p>,
    /// The number of glyphs that may be collected.
    limit: usize,
    marks: Vec<Actual>,
    /// Whether the glyphs of the last run with scaled shapes were fitted to the widths in the file.
    is_fitted: bool,
}

impl<'f, 'p> Collector<'f, 'p> {
    pub fn new(fonts: &'f mut Fonts<'p>, limit: usize) -> Self {
        Self { shows: Shows::default(), fonts, limit, marks: Vec::new(), is_fitted: true }
    }

    fn add(&mut self, glyph: &Shown<'_>, transform: Affine, stretch: f64, is_vertical: bool) {
        let Some(text) = self.letters(glyph) else {
            self.shows.unmapped += 1;
            return;
        };
        let (along, up) = (linear(transform, Vec2::new(EM, 0.0)), linear(transform, Vec2::new(0.0, EM)));
        let size = up.hypot();
        let mut width = advance(glyph) / EM * size * stretch;
        let mut angle = along.atan2();
        let mut origin = transform * Point::ORIGIN;
        if is_vertical {
            // The text runs down from the middle of the glyph's upper edge.
            angle += std::f64::consts::FRAC_PI_2;
            width = size;
            origin = top_of(transform, size, angle);
        }
        let values = [origin.x, origin.y, width, size, angle];
        if values.iter().any(|value| !value.is_finite() || value.abs() > FAR) || size < 0.01 {
            self.shows.wild += 1;
            return;
        }
        if self.shows.glyphs.len() >= self.limit {
            self.shows.wild += 1;
            return;
        }
        let [x, y, width, size, angle] = values.map(narrow);
        self.shows.glyphs.push(Glyph { text, x, y, width, size, angle: angle.to_degrees() });
    }

    /// Returns the letters of a glyph; `None` if the file does not tell them.
    fn letters(&mut self, glyph: &Shown<'_>) -> Option<SmolStr> {
        let told = glyph.as_unicode().map(|found| match found {
            BfString::Char(one) => SmolStr::from_iter([one]),
            BfString::String(several) => SmolStr::from(several),
        });
        let is_told = |text: &SmolStr| !text.is_empty() && !text.contains(is_meaningless);
        told.filter(is_told).or_else(|| match glyph {
            Shown::Outline(outline) => self.fonts.letter(outline),
            Shown::Type3(_) => None,
        })
    }
}

/// Returns whether a character says nothing outside its font: one for private use, or a control character.
fn is_meaningless(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{f0000}'..)
        || c.is_control() && !c.is_whitespace() && !('\u{1b}'..='\u{1f}').contains(&c)
}

fn linear(transform: Affine, vector: Vec2) -> Vec2 {
    let [a, b, c, d, ..] = transform.as_coeffs();
    Vec2::new(a * vector.x + c * vector.y, b * vector.x + d * vector.y)
}

/// Returns the origin of a glyph in vertical writing: on a line that is 0.3 em beside its middle, as a baseline is below
/// the middle of horizontal letters.
fn top_of(transform: Affine, size: f64, angle: f64) -> Point {
    let top = transform * Point::new(EM / 2.0, ASCENT * EM);
    let (sin, cos) = angle.sin_cos();
    // Down from the line, seen in its direction.
    top + Vec2::new(-sin, cos) * (0.3 * size)
}

fn narrow(value: f64) -> f32 {
    value as f32
}

/// Returns the horizontal scale of the glyphs of a run: that of their shapes, unless a substitute font was fitted to the
/// widths in the file, which the distances of the glyphs show. `None` if the run does not show it.
fn stretch_of(run: &GlyphRun<'_, '_>, transform: Affine) -> (f64, Option<f64>) {
    let place = |glyph: &PositionedGlyph<'_>| {
        let whole = transform * glyph.transform();
        let (along, up) =
            (linear(whole, Vec2::new(EM, 0.0)).hypot(), linear(whole, Vec2::new(0.0, EM)).hypot());
        (whole * Point::ORIGIN, up, along / up, advance(glyph) / EM * up)
    };
    let places: Vec<_> = run.glyphs().iter().map(place).collect();
    let shape = median(places.iter().map(|place| place.2)).unwrap_or(1.0);
    let steps = places.windows(2).filter_map(|pair| match pair {
        [one, next] if one.3 > 0.0 => Some((next.0 - one.0).hypot() / one.3),
        _ => None,
    });
    let Some(step) = median(steps) else { return (shape, None) };
    (shape, Some(if (step - shape).abs() <= (step - 1.0).abs() { shape } else { 1.0 }))
}

fn advance(glyph: &Shown<'_>) -> f64 {
    let advance = match glyph {
        Shown::Outline(outline) => outline.advance_width(),
        Shown::Type3(shape) => shape.advance_width(),
    };
    f64::from(advance.unwrap_or(500.0))
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

impl<'a> Device<'a> for Collector<'_, '_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let (shape, shown) = stretch_of(run, props.transform);
        let stretch = shown.unwrap_or(if self.is_fitted { 1.0 } else { shape });
        if shown.is_some() && (shape - 1.0).abs() > 0.01 {
            self.is_fitted = stretch == 1.0;
        }
        let is_vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            self.add(glyph, props.transform * glyph.transform(), stretch, is_vertical);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.shows.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|properties| properties.get::<PdfString<'_>>("ActualText"));
        let text = text.map(|text| SmolStr::from(decoded(text.as_bytes())));
        let (from, unmapped) = (self.shows.glyphs.len(), self.shows.unmapped);
        self.marks.push(Actual { text, from, unmapped });
    }

    fn end_marked_content(&mut self) {
        let Some(Actual { text: Some(text), from, unmapped }) = self.marks.pop() else { return };
        let inside = self.shows.glyphs.get(from..).unwrap_or_default();
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return };
        let mut one = first.clone();
        let (dx, dy) = (last.x - first.x, last.y - first.y);
        // A replacement for several lines would have no place on the page.
        if dx.hypot(dy) > first.size * 40.0 || (dx * one.angle.to_radians().sin()).abs() > first.size * 2.0 {
            return;
        }
        one.width = dx.hypot(dy) + last.width;
        one.text = text;
        self.shows.glyphs.truncate(from);
        self.shows.unmapped = unmapped;
        if !one.text.is_empty() {
            self.shows.glyphs.push(one);
        }
    }
}
