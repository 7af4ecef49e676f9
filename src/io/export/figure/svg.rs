//! SVG: text stays text, every cell is a group with an id and a title, patterns are `<pattern>`s.

use std::fmt::Write;

use super::MARGIN_PT;
use demarche_analysis::figure::{
    Anchor, Area, Cell, Dash, Fill, Hatch, Ink, Item, Mark, Palette, Point, Rgba, Scene, Shape, Stroke,
    TextMark,
};

/// The typefaces of text: the bundled one, then some that are not wider.
const FONTS: &str = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

/// The form of hatched fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hatching {
    /// A `<pattern>`, which programs for drawing let one change.
    Pattern,
    /// The lines and dots themselves. Browsers print a `<pattern>` as a picture of many pixels for each shape that has it.
    Marks,
}

/// Returns a figure as an SVG element. `prefix` goes before each id, so that a page can hold several figures.
pub fn to_svg(scene: &Scene, palette: &Palette, prefix: &str) -> String {
    written(scene, palette, prefix, Hatching::Pattern)
}

/// The same for a page that is printed, where patterns are lines and dots.
pub fn to_printed_svg(scene: &Scene, palette: &Palette, prefix: &str) -> String {
    written(scene, palette, prefix, Hatching::Marks)
}

fn written(scene: &Scene, palette: &Palette, prefix: &str, hatching: Hatching) -> String {
    let mut svg = Svg {
        out: String::new(),
        palette,
        prefix,
        hatching,
        patterns: Vec::new(),
        seen: vec![false; scene.cells().len()],
    };
    let body = svg.body(scene);
    let (width, height) =
        (Number(scene.width_pt + 2.0 * MARGIN_PT), Number(scene.height_pt + 2.0 * MARGIN_PT));
    let margin = Number(MARGIN_PT);
    let mut out = String::with_capacity(body.len() + 1024);
    let prefix = Escaped(prefix);
    // Writing into a string can't fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"-{margin} -{margin} {width} {height}\" role=\"img\" aria-labelledby=\"{prefix}title {prefix}desc\" \
         font-family=\"{FONTS}\">\n<title id=\"{prefix}title\">{}</title>\n<desc id=\"{prefix}desc\">{}</desc>\n",
        Escaped(&scene.title),
        Escaped(&scene.description),
    );
    svg.definitions(&mut out);
    out + &body + "</svg>\n"
}

/// An SVG in the making.
struct Svg<'a> {
    out: String,
    palette: &'a Palette,
    prefix: &'a str,
    hatching: Hatching,
    /// The fills with a pattern, whose ids are their indices.
    patterns: Vec<Fill>,
    /// The cells that have a group with their id.
    seen: Vec<bool>,
}

impl Svg<'_> {
    fn body(&mut self, scene: &Scene) -> String {
        let surface = Area::new(0.0, 0.0, scene.width_pt, scene.height_pt).grown(MARGIN_PT);
        self.rect(surface, 0.0, Some(Fill::plain(Ink::Surface)), None);
        let mut open: Option<u32> = None;
        for item in scene.items() {
            if item.cell != open {
                self.close(open);
                open = item.cell;
                self.open(open, scene);
            }
            self.item(item);
        }
        self.close(open);
        std::mem::take(&mut self.out)
    }

    /// Opens the group of a cell. The second group of one cell has no id.
    fn open(&mut self, cell: Option<u32>, scene: &Scene) {
        let Some((at, cell)) = cell.and_then(|at| Some((at as usize, scene.cells().get(at as usize)?)))
        else {
            return;
        };
        if std::mem::replace(&mut self.seen[at], true) {
            return self.out.push_str("<g>\n");
        }
        let Cell { key, label, .. } = cell;
        self.write(format_args!(
            "<g id=\"{}{key}\"><title>{}</title>\n",
            Escaped(self.prefix),
            Escaped(label)
        ));
    }

    fn close(&mut self, cell: Option<u32>) {
        if cell.is_some() {
            self.out.push_str("</g>\n");
        }
    }

    fn item(&mut self, item: &Item) {
        match &item.shape {
            Shape::Rect { area, radius, fill, stroke } => self.rect(*area, *radius, *fill, *stroke),
            Shape::Circle { centre, radius, fill, stroke } => {
                let radius = Number(*radius);
                self.write(format_args!(
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\"",
                    Number(centre.x),
                    Number(centre.y)
                ));
                self.fill(fill.map(|fill| self.palette.ground(fill)));
                self.stroke(*stroke);
                self.out.push_str("/>\n");
            }
            Shape::Line { points, stroke } => {
                self.points("polyline", points);
                self.fill(None);
                self.stroke(Some(*stroke));
                self.out.push_str("/>\n");
            }
            Shape::Polygon { points, fill } => {
                self.points("polygon", points);
                self.fill(Some(self.palette.ground(*fill)));
                self.out.push_str("/>\n");
            }
            Shape::Text(text) => self.text(text),
        }
    }

    fn rect(&mut self, area: Area, radius: f32, fill: Option<Fill>, stroke: Option<Stroke>) {
        self.open_rect(area, radius);
        self.fill(fill.map(|fill| self.palette.ground(fill)));
        self.stroke(stroke);
        self.out.push_str("/>\n");
        let hatched = fill.and_then(|fill| Some((fill, Hatch::of(fill.body)?)));
        match (hatched, self.hatching) {
            (None, _) => {}
            (Some((fill, hatch)), Hatching::Marks) => self.marks(area, hatch, self.palette.pattern(fill)),
            // The pattern is a shape of its own: with the ground inside, the edges of its tiles would show.
            (Some((fill, _)), Hatching::Pattern) => {
                let id = self.pattern_id(fill);
                self.open_rect(area, radius);
                self.write(format_args!(" fill=\"url(#{}pattern-{id})\"/>\n", Escaped(self.prefix)));
            }
        }
    }

    /// The lines and dots of a pattern inside a rectangle, as one path. A dot is a line without a length, with round ends.
    fn marks(&mut self, area: Area, hatch: Hatch, ink: Rgba) {
        let marks = hatch.marks_in(area);
        if marks.is_empty() {
            return;
        }
        self.out.push_str("<path d=\"");
        for mark in marks {
            match mark {
                Mark::Line(from, to) => self.write(format_args!("M{}L{}", At(from), At(to))),
                Mark::Dot(at) => self.write(format_args!("M{}h0", At(at))),
            }
        }
        let ends = if hatch.dots { " stroke-linecap=\"round\"" } else { "" };
        self.write(format_args!(
            "\" fill=\"none\" stroke=\"{}\"{} stroke-width=\"{}\"{ends}/>\n",
            Hex(ink),
            Opacity("stroke", ink),
            Number(hatch.weight),
        ));
    }

    /// Opens a rectangle, for attributes to follow.
    fn open_rect(&mut self, area: Area, radius: f32) {
        self.write(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            Number(area.left),
            Number(area.top),
            Number(area.width()),
            Number(area.height()),
        ));
        if radius > 0.0 {
            self.write(format_args!(" rx=\"{}\"", Number(radius)));
        }
    }

    fn text(&mut self, text: &TextMark) {
        let anchor = match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y, size) = (Number(text.at.x), Number(text.at.y), Number(text.face.size.points()));
        self.write(format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{anchor}"));
        if text.face.strong {
            self.out.push_str(" font-weight=\"600\"");
        }
        if text.rotation != 0.0 {
            self.write(format_args!(" transform=\"rotate({} {x} {y})\"", Number(text.rotation)));
        }
        self.fill(Some(self.palette.resolve(text.ink)));
        self.write(format_args!(">{}</text>\n", Escaped(&text.text)));
    }

    fn points(&mut self, element: &str, points: &[Point]) {
        self.write(format_args!("<{element} points=\""));
        for (at, &point) in points.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            self.write(format_args!("{gap}{}", At(point)));
        }
        self.out.push('"');
    }

    fn fill(&mut self, colour: Option<Rgba>) {
        match colour {
            Some(colour) => self.write(format_args!(" fill=\"{}\"{}", Hex(colour), Opacity("fill", colour))),
            None => self.out.push_str(" fill=\"none\""),
        }
    }

    fn stroke(&mut self, stroke: Option<Stroke>) {
        let Some(stroke) = stroke else { return };
        let (colour, width) = (Hex(self.palette.resolve(stroke.ink)), Number(stroke.width));
        self.write(format_args!(" stroke=\"{colour}\" stroke-width=\"{width}\""));
        match stroke.dash {
            Dash::Solid => {}
            Dash::Dashed | Dash::Dotted => {
                if let Some([dash, gap]) = stroke.dash.lengths() {
                    self.write(format_args!(" stroke-dasharray=\"{} {}\"", Number(dash), Number(gap)));
                }
            }
        }
    }

    /// The index of the pattern of a fill.
    fn pattern_id(&mut self, fill: Fill) -> usize {
        let known = self.patterns.iter().position(|known| *known == fill);
        known.unwrap_or_else(|| {
            self.patterns.push(fill);
            self.patterns.len() - 1
        })
    }

    /// Adds the patterns in use.
    fn definitions(&mut self, out: &mut String) {
        if self.patterns.is_empty() {
            return;
        }
        out.push_str("<defs>\n");
        for (id, &fill) in self.patterns.iter().enumerate() {
            if let Some(hatch) = Hatch::of(fill.body) {
                let prefix = Escaped(self.prefix);
                let _ = write!(out, "<pattern id=\"{prefix}pattern-{id}\" ");
                tile(out, hatch, self.palette.pattern(fill));
            }
        }
        out.push_str("</defs>\n");
    }

    fn write(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing into a string can't fail.
        let _ = self.out.write_fmt(arguments);
    }
}

/// Adds a pattern after its id: the marks that touch a square.
fn tile(out: &mut String, hatch: Hatch, ink: Rgba) {
    let pitch = Number(hatch.pitch);
    let _ = write!(out, "patternUnits=\"userSpaceOnUse\" width=\"{pitch}\" height=\"{pitch}\">");
    let square = Area::new(0.0, 0.0, hatch.pitch, hatch.pitch);
    let (colour, weight) = (Hex(ink), Number(hatch.weight));
    for mark in hatch.marks_in(square.grown(hatch.pitch / 2.0 - 0.01)) {
        let _ = match mark {
            Mark::Line(from, to) => write!(
                out,
                "<path d=\"M{}L{}\" stroke=\"{colour}\"{} stroke-width=\"{weight}\"/>",
                At(from),
                At(to),
                Opacity("stroke", ink),
            ),
            Mark::Dot(at) => write!(
                out,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{colour}\"{}/>",
                Number(at.x),
                Number(at.y),
                Number(hatch.weight / 2.0),
                Opacity("fill", ink),
            ),
        };
    }
    out.push_str("</pattern>\n");
}

/// Text with the characters of markup replaced, and those that XML can't hold.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' | '\t' => f.write_char(c)?,
                '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => f.write_char('\u{FFFD}')?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A number with at most two decimals.
struct Number(f32);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (f64::from(self.0) * 100.0).round() as i64;
        let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
        let (whole, rest) = (size / 100, size % 100);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            tenths if tenths % 10 == 0 => write!(f, "{sign}{whole}.{}", tenths / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

/// A point.
struct At(Point);

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{},{}", Number(self.0.x), Number(self.0.y))
    }
}

/// A colour without its opacity.
struct Hex(Rgba);

impl std::fmt::Display for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue, _] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The attribute for the opacity of a fill or stroke; nothing if it is opaque.
struct Opacity(&'static str, Rgba);

impl std::fmt::Display for Opacity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(of, [_, _, _, alpha]) = *self;
        if alpha == 0xFF {
            return Ok(());
        }
        write!(f, " {of}-opacity=\"{}\"", Number(f32::from(alpha) / 255.0))
    }
}
