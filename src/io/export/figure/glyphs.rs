//! Outlines of text, in the bundled fonts or in those of the machine.

use std::collections::HashMap;
use std::sync::Arc;

use fontique::Blob;
use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use vello_cpu::kurbo::{Affine, BezPath};

use super::system_fonts::{FoundFont, SystemFonts};
use demarche_analysis::figure::Face;

/// Units of a size in which lines are laid out: those of the bundled fonts.
const UNITS_PER_EM: f64 = 2816.0;

const REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/Inter-Regular.otf");
const STRONG: &[u8] = include_bytes!("../../../../assets/fonts/Inter-SemiBold.otf");

/// The two weights of the typeface of figures, and the fonts of the machine that have what it lacks.
pub(super) struct Glyphs {
    regular: Option<Font>,
    strong: Option<Font>,
    system: SystemFonts,
    /// The fonts of the machine that are in use, by the address of their data and their number in it.
    others: HashMap<(usize, u32), Font>,
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
    data: Blob<u8>,
    index: u32,
    shaper: ShaperData,
    outlines: HashMap<GlyphId, BezPath>,
}

impl Glyphs {
    pub fn new() -> Self {
        let bundled = |bytes: &'static [u8]| Font::new(Blob::new(Arc::new(bytes)), 0);
        let (regular, strong) = (bundled(REGULAR), bundled(STRONG));
        Self { regular, strong, system: SystemFonts::default(), others: HashMap::new() }
    }

    /// True if some font has every character of a text that is drawn.
    pub fn has_all(&mut self, text: &str, face: Face) -> bool {
        text.chars().all(|c| self.is_bundled(c, face) || self.system.with(c).is_some())
    }

    /// True if the typeface has a character, or if nothing is drawn for it.
    fn is_bundled(&self, c: char, face: Face) -> bool {
        let font = if face.strong { &self.strong } else { &self.regular };
        let has = |font: &Font| font.font().is_some_and(|font| font.charmap().map(c).is_some());
        c.is_whitespace() || c.is_control() || font.as_ref().is_some_and(has)
    }

    /// Lays out a text. Characters that no font has become boxes.
    pub fn line(&mut self, text: &str, face: Face) -> Option<Line> {
        let mut whole = Line { glyphs: Vec::new(), width: 0.0, units_per_em: UNITS_PER_EM };
        for (found, part) in self.parts(text, face) {
            let font = match found {
                None if face.strong => self.strong.as_mut(),
                None => self.regular.as_mut(),
                Some(found) => self.others_font(found),
            };
            let line = font?.line(&part)?;
            let size = UNITS_PER_EM / line.units_per_em;
            let (size_only, start) = (Affine::scale(size), whole.width);
            whole
                .glyphs
                .extend(line.glyphs.into_iter().map(|(path, x)| (size_only * path, start + x * size)));
            whole.width += line.width * size;
        }
        Some(whole)
    }

    /// The parts of a text by the font that draws them; `None` for the typeface.
    fn parts(&mut self, text: &str, face: Face) -> Vec<(Option<FoundFont>, String)> {
        let mut parts: Vec<(Option<FoundFont>, String)> = Vec::new();
        for c in text.chars() {
            let is_same = |last: &Option<FoundFont>, found: &Option<FoundFont>| {
                last.as_ref().map(FoundFont::key) == found.as_ref().map(FoundFont::key)
            };
            let found = if self.is_bundled(c, face) { None } else { self.system.with(c) };
            match parts.last_mut() {
                // Space belongs to the words around it.
                Some((last, part)) if c.is_whitespace() || is_same(last, &found) => part.push(c),
                Some(_) | None => parts.push((found, c.to_string())),
            }
        }
        parts
    }

    fn others_font(&mut self, found: FoundFont) -> Option<&mut Font> {
        use std::collections::hash_map::Entry;
        match self.others.entry(found.key()) {
            Entry::Occupied(known) => Some(known.into_mut()),
            Entry::Vacant(place) => Some(place.insert(Font::new(found.data, found.index)?)),
        }
    }
}

impl Font {
    /// A font of a file; `None` for no font, which a test excludes for the bundled ones.
    fn new(data: Blob<u8>, index: u32) -> Option<Self> {
        let shaper = ShaperData::new(&FontRef::from_index(data.as_ref(), index).ok()?);
        Some(Self { data, index, shaper, outlines: HashMap::new() })
    }

    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(self.data.as_ref(), self.index).ok()
    }

    fn line(&mut self, text: &str) -> Option<Line> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let font = FontRef::from_index(self.data.as_ref(), self.index).ok()?;
        let shaper = self.shaper.shaper(&font).build();
        let units_per_em = f64::from(shaper.units_per_em());
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let (mut x, mut glyphs) = (0.0, Vec::new());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let glyph = GlyphId::new(info.glyph_id);
            let outline = self.outlines.entry(glyph).or_insert_with(|| outline(&font, glyph));
            let up = Affine::translate((0.0, f64::from(position.y_offset)));
            glyphs.push((up * outline.clone(), x + f64::from(position.x_offset)));
            x += f64::from(position.x_advance);
        }
        Some(Line { glyphs, width: x, units_per_em })
    }
}

fn outline(font: &FontRef<'_>, glyph: GlyphId) -> BezPath {
    let mut pen = Pen(BezPath::new());
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    let drawn = font.outline_glyphs().get(glyph).map(|outline| outline.draw(settings, &mut pen));
    // A glyph that can't be drawn leaves its space empty.
    if let Some(Ok(_)) = drawn { pen.0 } else { BezPath::new() }
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
            let is_bundled = |text: &str| text.chars().all(|c| glyphs.is_bundled(c, face));
            assert!(is_bundled("Estmark – Łódź, Ελλάδα"));
            assert!(!is_bundled("東京") && !is_bundled("القاهرة"));
        }
    }

    #[test]
    fn a_text_of_two_scripts_is_as_wide_as_its_parts() {
        let mut glyphs = Glyphs::new();
        let mut width = |text: &str| glyphs.line(text, Face::BODY).unwrap().width;
        let (parts, whole) = (width("Tokyo 東京") - width("東京"), width("Tokyo "));
        assert!((parts - whole).abs() < 1e-6, "{parts}, {whole}");
    }

    #[test]
    fn the_bundled_fonts_have_the_units_of_lines() {
        for font in [super::REGULAR, super::STRONG] {
            let font = super::FontRef::new(font).unwrap();
            let metrics = super::MetadataProvider::metrics(
                &font,
                super::Size::unscaled(),
                super::LocationRef::default(),
            );
            assert_eq!(f64::from(metrics.units_per_em), super::UNITS_PER_EM);
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
