//! Layout of a page: from the positions of its glyphs to lines, columns and paragraphs, in reading order.
//!
//! Glyphs are grouped by the direction of their baselines; each group is turned upright, so that everything else only
//! knows lines from left to right. Within a group, glyphs become words and rows; rows are cut into columns where a gap
//! runs down several of them; what is left becomes paragraphs, headings, list items and tables.

pub(super) mod blocks;
pub(super) mod columns;
pub(super) mod direction;
pub(super) mod frames;
pub(super) mod rails;
pub(super) mod rows;
pub(super) mod tables;

use frames::Frame;
use smol_str::SmolStr;

/// A rectangle, in points from the upper left corner of the page as it is displayed.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

/// A word in its group, which has been turned upright.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Word {
    pub text: SmolStr,
    pub left: f32,
    pub right: f32,
    /// The baseline.
    pub base: f32,
    pub size: f32,
    /// Whether it follows the word before it without a space.
    pub is_glued: bool,
    /// Whether it is raised and small, such as the number of a note.
    pub is_raised: bool,
}

/// Words with the same baseline, from left to right; in a group of columns, those of all columns.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Row {
    pub words: Vec<Word>,
    pub base: f32,
    /// The font size of most of its letters.
    pub size: f32,
}

impl Row {
    /// Creates a row of words from left to right; there must be one.
    pub fn of(words: Vec<Word>) -> Self {
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for word in &words {
            let letters = word.text.chars().count();
            match sizes.iter_mut().find(|(size, _)| (*size - word.size).abs() < 0.1) {
                Some((_, count)) => *count += letters,
                None => sizes.push((word.size, letters)),
            }
        }
        let size = sizes.iter().max_by_key(|(_, count)| *count).map_or(1.0, |(size, _)| *size);
        let main = words.iter().find(|word| (word.size - size).abs() < 0.1 && !word.is_raised);
        Self { base: main.or(words.first()).map_or(0.0, |word| word.base), size, words }
    }

    pub fn left(&self) -> f32 {
        self.words.iter().map(|word| word.left).fold(f32::INFINITY, f32::min)
    }

    pub fn right(&self) -> f32 {
        self.words.iter().map(|word| word.right).fold(f32::NEG_INFINITY, f32::max)
    }

    /// Returns its text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            if !text.is_empty() && !word.is_glued {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    pub fn letters(&self) -> usize {
        self.words.iter().map(|word| word.text.chars().count()).sum()
    }
}

/// The rows of the glyphs of one direction on a page.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub frame: Frame,
    /// From top to bottom.
    pub rows: Vec<Row>,
}
