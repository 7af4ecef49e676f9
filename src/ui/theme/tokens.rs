//! Design tokens: the colours and distances of the window, except for the colours of categories.

use egui::Color32;

use demarche_model::Colour;

/// Distances in points: a scale of 4.
pub mod space {
    /// Between an icon and its text.
    pub const XS: f32 = 4.0;
    /// Between items of a group.
    pub const S: f32 = 8.0;
    /// Inside panels.
    pub const M: f32 = 12.0;
    /// Between groups.
    pub const L: f32 = 16.0;
    /// Around the text.
    pub const XL: f32 = 24.0;
}

/// Type sizes and fixed extents in points.
pub mod size {
    /// Interface text.
    pub const INTERFACE: f32 = 13.0;
    /// Small text of the interface.
    pub const SMALL: f32 = 11.5;
    /// Headings in panels.
    pub const HEADING: f32 = 15.0;
    /// A row of a list.
    pub const ROW: f32 = 26.0;
    /// Corner radius.
    pub const RADIUS: u8 = 4;
}

/// The colours of a theme.
#[derive(Debug, Clone, Copy)]
pub struct Tokens {
    /// Whether the theme is light on dark.
    pub dark: bool,
    /// Behind the document's text.
    pub page: Color32,
    /// Behind panels.
    pub panel: Color32,
    /// Behind fields and cards.
    pub raised: Color32,
    /// Behind a row under the pointer.
    pub hover: Color32,
    /// Lines between panels and around fields.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Weak text: captions, counts. Its contrast on panels is at least 4.5.
    pub text_weak: Color32,
    /// Decorative marks and hints.
    pub text_faint: Color32,
    /// The accent: focus, primary buttons, selected items.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Behind selected items.
    pub selected: Color32,
    /// Behind selected words.
    pub selection: Color32,
    /// Behind matches of a search.
    pub hit: Color32,
    /// Errors.
    pub error: Color32,
    /// Warnings.
    pub warning: Color32,
    /// Success.
    pub good: Color32,
}

impl Tokens {
    /// The light theme.
    pub const LIGHT: Self = Self {
        dark: false,
        page: Color32::from_rgb(0xFE, 0xFD, 0xFB),
        panel: Color32::from_rgb(0xF5, 0xF4, 0xF1),
        raised: Color32::from_rgb(0xFF, 0xFF, 0xFF),
        hover: Color32::from_rgb(0xEA, 0xE8, 0xE3),
        line: Color32::from_rgb(0xDC, 0xD9, 0xD2),
        text: Color32::from_rgb(0x22, 0x24, 0x28),
        text_weak: Color32::from_rgb(0x5F, 0x63, 0x6B),
        text_faint: Color32::from_rgb(0x94, 0x97, 0x9D),
        accent: Color32::from_rgb(0x2A, 0x5D, 0x9F),
        on_accent: Color32::WHITE,
        selected: Color32::from_rgb(0xDC, 0xE6, 0xF3),
        selection: Color32::from_rgb(0xBF, 0xD7, 0xF5),
        hit: Color32::from_rgb(0xFF, 0xE9, 0x9A),
        error: Color32::from_rgb(0xB3, 0x26, 0x1E),
        warning: Color32::from_rgb(0x8A, 0x5A, 0x00),
        good: Color32::from_rgb(0x1B, 0x6E, 0x3C),
    };

    /// The dark theme.
    pub const DARK: Self = Self {
        dark: true,
        page: Color32::from_rgb(0x1B, 0x1D, 0x20),
        panel: Color32::from_rgb(0x23, 0x25, 0x29),
        raised: Color32::from_rgb(0x2B, 0x2E, 0x33),
        hover: Color32::from_rgb(0x33, 0x37, 0x3D),
        line: Color32::from_rgb(0x3A, 0x3E, 0x45),
        text: Color32::from_rgb(0xE4, 0xE3, 0xDF),
        text_weak: Color32::from_rgb(0xA6, 0xA9, 0xAF),
        text_faint: Color32::from_rgb(0x74, 0x78, 0x80),
        accent: Color32::from_rgb(0x7F, 0xB2, 0xEE),
        on_accent: Color32::from_rgb(0x12, 0x1C, 0x2A),
        selected: Color32::from_rgb(0x2C, 0x3B, 0x50),
        selection: Color32::from_rgb(0x2F, 0x4F, 0x7A),
        hit: Color32::from_rgb(0x6B, 0x57, 0x12),
        error: Color32::from_rgb(0xF2, 0x8B, 0x82),
        warning: Color32::from_rgb(0xE5, 0xB5, 0x5C),
        good: Color32::from_rgb(0x81, 0xC9, 0x95),
    };

    /// Returns the tokens of the theme of `ui`.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        if ui.visuals().dark_mode { &Self::DARK } else { &Self::LIGHT }
    }

    /// Returns the colour of a category for lines, bars and swatches, lightened in the dark theme to keep its contrast.
    pub fn category(&self, colour: Colour) -> Color32 {
        let Colour([r, g, b]) = colour;
        let plain = Color32::from_rgb(r, g, b);
        if self.dark { plain.lerp_to_gamma(Color32::WHITE, 0.25) } else { plain }
    }

    /// Returns the colour of a category as a tint under text; `strength` is from 0 to 1.
    pub fn tint(&self, colour: Colour, strength: f32) -> Color32 {
        self.category(colour).gamma_multiply(strength.clamp(0.0, 1.0))
    }
}
