//! Colours as roles, patterns that carry the same meaning, and the palettes that resolve them.

use demarche_model::Colour;

/// A colour by its role.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Ink {
    /// Text.
    Text,
    /// Captions and counts.
    Weak,
    /// Marks that only guide the eye.
    Faint,
    /// Lines between cells and along axes.
    Line,
    /// The background of the figure.
    Surface,
    /// The background of headings and totals.
    Panel,
    /// A category, role or event.
    Category(Colour),
    /// Conflict, from 0 (none) to 1: orange.
    Conflict(f32),
    /// Cooperation, from 0 (none) to 1: blue.
    Cooperation(f32),
    /// An amount without sign, from 0 to 1.
    Amount(f32),
}

impl Ink {
    /// Cooperation for a positive share of the greatest score, conflict for a negative one.
    pub fn of_score(share: f32) -> Self {
        if share < 0.0 { Self::Conflict(-share) } else { Self::Cooperation(share) }
    }
}

/// A pattern that tells a series apart without colour.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Texture {
    /// No pattern.
    #[default]
    Plain,
    /// Dots, far apart.
    Dots,
    /// Horizontal lines.
    Horizontal,
    /// Vertical lines.
    Vertical,
    /// Lines that fall to the right.
    Falling,
    /// Horizontal and vertical lines.
    Grid,
    /// Lines that rise and fall.
    Lattice,
    /// Dots, close together.
    DenseDots,
}

impl Texture {
    /// All patterns, in the order in which series get them.
    pub const ALL: [Self; 8] = [
        Self::Plain,
        Self::Dots,
        Self::Horizontal,
        Self::Vertical,
        Self::Falling,
        Self::Grid,
        Self::Lattice,
        Self::DenseDots,
    ];

    /// The pattern of the series at `index`.
    pub fn nth(index: usize) -> Self {
        Self::ALL[index % Self::ALL.len()]
    }
}

/// How a shape is filled.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Body {
    /// The full colour, with a pattern on it.
    Full(Texture),
    /// Hatched on a tint: conditional moves.
    Conditional,
    /// Lightly hatched on a fainter tint: conditions and recommendations.
    Light,
    /// A tint: bands of uncertainty.
    Tint,
}

/// A colour and a pattern.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fill {
    /// The colour.
    pub ink: Ink,
    /// The pattern.
    pub body: Body,
}

impl Fill {
    /// A colour without a pattern.
    pub const fn plain(ink: Ink) -> Self {
        Self { ink, body: Body::Full(Texture::Plain) }
    }
}

/// A colour for the screen: red, green, blue and opacity in sRGB, not premultiplied.
pub type Rgba = [u8; 4];

/// What the roles of colours mean in one theme.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Palette {
    /// Share of white that is mixed into the colours of categories.
    lighten: f32,
    text: [u8; 3],
    weak: [u8; 3],
    faint: [u8; 3],
    line: [u8; 3],
    surface: [u8; 3],
    panel: [u8; 3],
    conflict: [u8; 3],
    cooperation: [u8; 3],
    amount: [u8; 3],
}

impl Palette {
    /// Dark on light: the light theme of the window.
    pub const LIGHT: Self = Self {
        lighten: 0.0,
        text: [0x22, 0x24, 0x28],
        weak: [0x5F, 0x63, 0x6B],
        faint: [0x94, 0x97, 0x9D],
        line: [0xDC, 0xD9, 0xD2],
        surface: [0xFE, 0xFD, 0xFB],
        panel: [0xF5, 0xF4, 0xF1],
        conflict: [0xC2, 0x55, 0x00],
        cooperation: [0x00, 0x63, 0x9C],
        amount: [0x4A, 0x62, 0x80],
    };

    /// Light on dark: the dark theme of the window.
    pub const DARK: Self = Self {
        lighten: 0.25,
        text: [0xE4, 0xE3, 0xDF],
        weak: [0xA6, 0xA9, 0xAF],
        faint: [0x74, 0x78, 0x80],
        line: [0x3A, 0x3E, 0x45],
        surface: [0x1B, 0x1D, 0x20],
        panel: [0x23, 0x25, 0x29],
        conflict: [0xE8, 0x8A, 0x3C],
        cooperation: [0x5A, 0xAE, 0xE6],
        amount: [0x8A, 0xA6, 0xC8],
    };

    /// Black on white: paper.
    pub const PRINT: Self = Self {
        lighten: 0.0,
        text: [0x00, 0x00, 0x00],
        weak: [0x40, 0x40, 0x40],
        faint: [0x80, 0x80, 0x80],
        line: [0xC4, 0xC4, 0xC4],
        surface: [0xFF, 0xFF, 0xFF],
        panel: [0xF4, 0xF4, 0xF4],
        conflict: [0xC2, 0x55, 0x00],
        cooperation: [0x00, 0x63, 0x9C],
        amount: [0x50, 0x50, 0x50],
    };

    /// The colour of a role.
    pub fn resolve(&self, ink: Ink) -> Rgba {
        match ink {
            Ink::Text => opaque(self.text),
            Ink::Weak => opaque(self.weak),
            Ink::Faint => opaque(self.faint),
            Ink::Line => opaque(self.line),
            Ink::Surface => opaque(self.surface),
            Ink::Panel => opaque(self.panel),
            Ink::Category(Colour(colour)) => opaque(mix(colour, [0xFF; 3], self.lighten)),
            Ink::Conflict(share) => opaque(mix(self.surface, self.conflict, share)),
            Ink::Cooperation(share) => opaque(mix(self.surface, self.cooperation, share)),
            Ink::Amount(share) => opaque(mix(self.surface, self.amount, share)),
        }
    }

    /// The colour of the ground of a fill.
    pub fn ground(&self, fill: Fill) -> Rgba {
        let [red, green, blue, _] = self.resolve(fill.ink);
        let share = match fill.body {
            Body::Full(_) => return [red, green, blue, 0xFF],
            Body::Conditional => 0.22,
            Body::Light => 0.08,
            Body::Tint => return [red, green, blue, 0x30],
        };
        opaque(mix(self.surface, [red, green, blue], share))
    }

    /// The colour of the pattern of a fill.
    pub fn pattern(&self, fill: Fill) -> Rgba {
        match fill.body {
            Body::Full(_) | Body::Tint => {
                let [red, green, blue] = self.surface;
                [red, green, blue, 0x99]
            }
            Body::Conditional | Body::Light => self.resolve(fill.ink),
        }
    }
}

const fn opaque([red, green, blue]: [u8; 3]) -> Rgba {
    [red, green, blue, 0xFF]
}

/// A share of the way from one colour to another.
fn mix(from: [u8; 3], to: [u8; 3], share: f32) -> [u8; 3] {
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    let one = |at: usize| (f32::from(from[at]) * (1.0 - share) + f32::from(to[at]) * share).round() as u8;
    [one(0), one(1), one(2)]
}

#[cfg(test)]
mod tests {
    use super::{Body, Fill, Ink, Palette};

    fn luminance([red, green, blue, _]: [u8; 4]) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: [u8; 4], other: [u8; 4]) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_is_legible_on_every_shade_of_a_matrix() {
        for palette in [Palette::LIGHT, Palette::DARK, Palette::PRINT] {
            let text = palette.resolve(Ink::Text);
            for step in 0..=10 {
                // Charts shade cells up to this share.
                let share = 0.45 * step as f32 / 10.0;
                for ink in [Ink::Conflict(share), Ink::Cooperation(share), Ink::Amount(share)] {
                    assert!(contrast(text, palette.resolve(ink)) >= 4.5, "{ink:?} {palette:?}");
                }
            }
            let weak = palette.resolve(Ink::Weak);
            assert!(contrast(weak, palette.resolve(Ink::Surface)) >= 4.5);
        }
    }

    #[test]
    fn the_sign_of_a_score_decides_the_side() {
        assert_eq!(Ink::of_score(-0.5), Ink::Conflict(0.5));
        assert_eq!(Ink::of_score(0.5), Ink::Cooperation(0.5));
        let nan = Palette::LIGHT.resolve(Ink::of_score(f32::NAN));
        assert_eq!(nan, Palette::LIGHT.resolve(Ink::Surface));
    }

    #[test]
    fn a_hatched_ground_is_paler_than_a_full_one() {
        let ground = |body| luminance(Palette::LIGHT.ground(Fill { ink: Ink::Amount(1.0), body }));
        let full = ground(Body::Full(super::Texture::Plain));
        assert!(full < ground(Body::Conditional) && ground(Body::Conditional) < ground(Body::Light));
    }
}
