//! Series of values, their swatches and the legend that names them.

use demarche_model::Colour;

use crate::figure::{Anchor, Area, Body, Face, Fill, Ink, Scene, Stroke, Texture, width_pt};
use crate::words::figure as words;

/// Height of a row of the legend, in points.
const ROW_PT: f32 = 18.0;

/// Width of a swatch, in points.
const SWATCH_PT: f32 = 14.0;

/// Distance between entries, in points.
const GAP_PT: f32 = 16.0;

/// A category or role whose values a chart shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Its fill: a texture of its own, or a hatch for conditions and recommendations.
    pub body: Body,
}

impl Series {
    /// A series with the texture for its index.
    pub fn new(name: impl Into<String>, colour: Colour, index: usize) -> Self {
        Self { name: name.into(), colour, body: Body::Full(Texture::nth(index)) }
    }

    /// A lightly hatched series, for conditions and recommendations.
    pub fn light(name: impl Into<String>, colour: Colour) -> Self {
        Self { name: name.into(), colour, body: Body::Light }
    }

    /// Its fill, hatched for the part that is conditional.
    pub(super) fn fill(&self, conditional: bool) -> Fill {
        let body = match self.body {
            Body::Full(_) if conditional => Body::Conditional,
            body => body,
        };
        Fill { ink: Ink::Category(self.colour), body }
    }

    /// The outline that hatched fills need to be seen.
    pub(super) fn outline(&self, conditional: bool) -> Option<Stroke> {
        match self.fill(conditional).body {
            Body::Full(_) | Body::Tint => None,
            Body::Conditional | Body::Light => Some(Stroke::new(Ink::Category(self.colour), 0.8)),
        }
    }

    /// Adds a bar of the series.
    pub(super) fn bar(&self, scene: &mut Scene, area: Area, conditional: bool) {
        let outline = self.outline(conditional);
        let area = if outline.is_some() { area.grown(-0.4) } else { area };
        scene.push(crate::figure::Shape::Rect {
            area,
            radius: 0.0,
            fill: Some(self.fill(conditional)),
            stroke: outline,
        });
    }
}

/// Adds a legend in rows at the top left, and returns its height.
pub(super) fn legend(
    scene: &mut Scene,
    series: &[Series],
    conditional: bool,
    left: f32,
    right: f32,
    top: f32,
) -> f32 {
    let grey = Series { name: words::CONDITIONAL.to_owned(), colour: GREY, body: Body::Conditional };
    let entries: Vec<&Series> = series.iter().chain(conditional.then_some(&grey)).collect();
    if entries.is_empty() {
        return 0.0;
    }
    let (mut x, mut y) = (left, top);
    for entry in entries {
        let width = SWATCH_PT + 5.0 + width_pt(&entry.name, Face::SMALL);
        if x > left && x + width > right {
            (x, y) = (left, y + ROW_PT);
        }
        let middle = y + ROW_PT / 2.0;
        entry.bar(scene, Area::new(x, middle - 5.0, SWATCH_PT, 10.0), false);
        scene.text(x + SWATCH_PT + 5.0, middle, Anchor::Start, Face::SMALL, Ink::Weak, entry.name.as_str());
        x += width + GAP_PT;
    }
    y + ROW_PT - top + 6.0
}

/// The colour of the legend's entry for what every series has.
const GREY: Colour = Colour([0x7A, 0x7A, 0x7A]);
