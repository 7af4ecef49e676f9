//! The state of a reader of RTF: of the group, the paragraph and the style.

use crate::documents::office::Script;

/// The destination of the text in a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Destination {
    #[default]
    /// The text, or that of a note or a text box.
    Text,
    /// The number of a list item, as shown.
    Number,
    Title,
    Author,
    Created,
    Fonts,
    Styles,
    /// The code of a field.
    Code,
    /// Left out.
    Skipped,
}

/// The state of a group, which ends with it.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Group {
    pub destination: Destination,
    /// The number of notes and text boxes that it is in.
    pub apart: usize,
    /// The number of characters after a `\u` for readers that do not support it.
    pub substitutes: usize,
    pub font: i32,
    pub hidden: bool,
    pub deleted: bool,
    pub script: Script,
}

/// The properties of a paragraph.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Paragraph {
    pub in_table: bool,
    /// The number of tables that it is in, if it is in one; 0 is one as well.
    pub depth: usize,
    pub style: i32,
    pub outline: Option<i32>,
    pub is_item: bool,
}

/// The properties of a style.
#[derive(Default, Debug)]
pub(super) struct StyleFacts {
    pub outline: Option<i32>,
    pub name: String,
}
