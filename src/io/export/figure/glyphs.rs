//! Outlines of text in the bundled fonts.

use std::collections::HashMap;

use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use vello_cpu::kurbo::{Affine, BezPath};

use demarche_analysis::figure::Face;

const REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/Inter-Regular.otf");
const STRONG: &[u8] = include_bytes!("../../../../assets/fonts/Inter-SemiBold.otf");

/// The two weights of the typeface of figures.
pub(super) struct Glyphs {
    regular: Option<Font>,
    strong: Option<Font>,
}

/// A text as outlines in font units, in the order of writing.
pub(super) struct Line {
    /// Each glyph's outline, and its distance from the start.
    pub glyphs: Vec<(BezPath, f64)>,
    /// Width of the text.
    pub width: f64,
    /// Font units of the size.
    pub units_per_em: f64,
}

struct Font {
    font: FontRef<'static>,
    shaper: ShaperData,
    outlines: HashMap<GlyphId, BezPath>,
}

impl Glyphs {
    pub fn new() -> Self {
        Self { regular: Font::new(REGULAR), strong: Font::new(STRONG) }
    }

    /// True if the font has every character of a text that is drawn.
    pub fn has_all(&self, text: &str, face: Face) -> bool {
        let font = if face.strong { &self.strong } else { &self.regular };
        let is_drawn = |c: &char| !c.is_whitespace() && !c.is_control();
        font.as_ref()
            .is_some_and(|font| text.chars().filter(is_drawn).all(|c| font.font.charmap().map(c).is_some()))
    }

    /// Lays out a text. Characters that the font lacks become boxes.
    pub fn line(&mut self, text: &str, face: Face) -> Option<Line> {
        let font = if face.strong { &mut self.strong } else { &mut self.regular };
        font.as_mut().map(|font| font.line(text))
    }
}

impl Font {
    /// The font in some bytes; `None` for no font, which a test excludes for the bundled ones.
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let shaper = ShaperData::new(&font);
        Some(Self { font, shaper, outlines: HashMap::new() })
    }

    fn line(&mut self, text: &str) -> Line {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaper = self.shaper.shaper(&self.font).build();
        let units_per_em = f64::from(shaper.units_per_em());
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let (mut x, mut glyphs) = (0.0, Vec::new());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let outline = self.outline(GlyphId::new(info.glyph_id));
            let up = Affine::translate((0.0, f64::from(position.y_offset)));
            glyphs.push((up * outline, x + f64::from(position.x_offset)));
            x += f64::from(position.x_advance);
        }
        Line { glyphs, width: x, units_per_em }
    }

    fn outline(&mut self, glyph: GlyphId) -> BezPath {
        let font = &self.font;
        let draw = || {
            let mut pen = Pen(BezPath::new());
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            let drawn = font.outline_glyphs().get(glyph).map(|outline| outline.draw(settings, &mut pen));
            // A glyph that can't be drawn leaves its space empty.
            if let Some(Ok(_)) = drawn { pen.0 } else { BezPath::new() }
        };
        self.outlines.entry(glyph).or_insert_with(draw).clone()
    }
}

/// Takes down an outline as a path.
struct Pen(BezPath);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((f64::from(x), f64::from(y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((f64::from(x), f64::from(y)));
    }

    fn quad_to(&mut self, x0: f32, y0: f32, x: f32, y: f32) {
        self.0.quad_to((f64::from(x0), f64::from(y0)), (f64::from(x), f64::from(y)));
    }

    fn curve_to(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, x: f32, y: f32) {
        let point = |x, y| (f64::from(x), f64::from(y));
        self.0.curve_to(point(x0, y0), point(x1, y1), point(x, y));
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::Glyphs;
    use demarche_analysis::figure::{Face, width_pt};

    #[test]
    fn scripts_that_the_bundled_fonts_lack_are_known() {
        let glyphs = Glyphs::new();
        for face in [Face::BODY, Face::STRONG] {
            assert!(glyphs.has_all("Estmark – Łódź, Ελλάδα", face));
            assert!(!glyphs.has_all("東京", face) && !glyphs.has_all("القاهرة", face));
        }
    }

    /// Kerning makes text narrower than the sum of its letters, and the two weights share one table.
    #[test]
    fn estimated_widths_are_those_of_the_bundled_fonts() {
        let mut glyphs = Glyphs::new();
        let texts = [
            "Estmark",
            "not specified",
            "transit fees",
            "−4.51",
            "1 234 passages",
            "14 Mar 2026",
            "Łódź",
            "Ελλάδα",
            "Россия",
            "“only if …” – 12 %",
            "▲ 0.35",
            "Überprüfung",
        ];
        for text in texts {
            for face in [Face::BODY, Face::STRONG] {
                let line = glyphs.line(text, face).unwrap();
                let real = (line.width / line.units_per_em) as f32 * face.size.points();
                let ratio = width_pt(text, face) / real;
                assert!((0.97..1.06).contains(&ratio), "{text:?} {face:?}: {ratio}");
            }
        }
    }
}
