//! Things of a document that its text leaves out.

use serde::{Deserialize, Serialize};

/// Things of a document that its text leaves out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentLoss {
    Comments,
    TrackedDeletions,
    /// Words marked as deleted, where a file does not say which belong together.
    DeletedWords,
    HiddenWords,
    /// Menus, teasers and the like on a web page.
    WordsAroundArticle,
    Pictures,
    TextBoxes,
    FormFields,
    Formulas,
    /// Objects of other programs in a text document.
    Objects,
    /// Videos, sounds and frames in a web page.
    Media,
    EmbeddedDocuments,
    HeadersAndFooters,
    /// As [`Self::HeadersAndFooters`], where page numbers can't be told from them.
    HeadersFootersAndNumbers,
    ContentsLines,
    ContentsPages,
    /// Chapters that a book lists and does not contain.
    MissingChapters,
    ScannedPages,
    /// Pages with text at absurd coordinates.
    WildPages,
    /// Text in a font without a mapping to characters.
    UnmappedText,
    UndefinedCharacters,
    /// Characters of a font with signs of its own.
    SymbolCharacters,
    /// Surrogates without their other half.
    BrokenCharacters,
    /// Notes and style blocks of a transcript.
    CaptionNotes,
    EmptyRows,
    /// Values of a table's column that are too long for the source of a document.
    LongValues {
        column: String,
    },
}
