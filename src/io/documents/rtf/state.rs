//! What holds where a reader of RTF is: in a group, in a paragraph, in a style.

/// What the words of a group are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Destination {
    #[default]
    Text,
    Note,
    /// The number of a list item, as it is shown.
    Number,
    Title,
    Author,
    Created,
    Fonts,
    Styles,
    /// Left out.
    Skipped,
}

/// What holds in a group, and ends with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub destination: Destination,
    /// Characters that stand for a `\u`, for readers that do not know it.
    pub substitutes: usize,
    pub font: i32,
    pub hidden: bool,
    pub deleted: bool,
}

/// What holds for a paragraph.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Paragraph {
    pub in_table: bool,
    pub style: i32,
    pub outline: Option<i32>,
    pub is_item: bool,
}

/// What a style says of its paragraphs.
#[derive(Default, Debug)]
pub(super) struct StyleFacts {
    pub outline: Option<i32>,
    pub name: String,
}
