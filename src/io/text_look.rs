//! The user's choices for the documents' text and the cards next to it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::settings_choices::Typeface;

/// How documents' text is set, apart from its size, and what the cards next to it show.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct TextLook {
    /// The typeface.
    pub typeface: Typeface,
    /// The name of the installed font, if that is the typeface.
    pub font_name: String,
    /// Height of a line, as a multiple of the size of the text.
    pub line_height: f32,
    /// Greatest width of the text, in characters.
    pub column_chars: f32,
    /// Greatest width of a card, in points.
    pub card_width: f32,
    /// The ids of the attributes that cards show.
    pub card_attributes: Vec<String>,
    /// Whether cards show the first words of the note.
    pub card_note: bool,
}

impl Default for TextLook {
    fn default() -> Self {
        Self {
            typeface: Typeface::default(),
            font_name: String::new(),
            line_height: 1.5,
            column_chars: 72.0,
            card_width: 300.0,
            card_attributes: ["actor", "target", "issue"].map(str::to_owned).to_vec(),
            card_note: true,
        }
    }
}

impl TextLook {
    /// Heights of a line that can be chosen.
    pub const LINE_HEIGHTS: RangeInclusive<f32> = 1.2..=2.2;
    /// Widths of the text that can be chosen, in characters.
    pub const COLUMN_CHARS: RangeInclusive<f32> = 40.0..=140.0;
    /// Widths of a card that can be chosen, in points.
    pub const CARD_WIDTHS: RangeInclusive<f32> = 140.0..=480.0;

    /// Moves values that are out of range to the nearest end of it.
    pub(super) fn clamp(&mut self) {
        clamp(&mut self.line_height, Self::LINE_HEIGHTS);
        clamp(&mut self.column_chars, Self::COLUMN_CHARS);
        clamp(&mut self.card_width, Self::CARD_WIDTHS);
    }
}

/// Moves a value into a range.
pub(super) fn clamp(value: &mut f32, range: RangeInclusive<f32>) {
    *value = value.clamp(*range.start(), *range.end());
}
