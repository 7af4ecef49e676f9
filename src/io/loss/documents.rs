//! Things of a document that its text leaves out.

use serde::{Deserialize, Serialize};

use super::Effect;

/// Things of a document that its text leaves out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentLoss {
    Comments,
    TrackedDeletions,
    /// Words marked as deleted in a file that does not say which belong together.
    DeletedWords,
    HiddenWords,
    /// Menus, teasers and the like on a web page.
    WordsAroundArticle,
    Pictures,
    FormFields,
    Formulas,
    /// Objects of other programs in a text document.
    Objects,
    /// Videos, sounds and frames in a web page.
    Media,
    EmbeddedDocuments,
    /// Addresses of links that are not among the words of the link.
    LinkAddresses,
    /// Ends of files that break off.
    MissingEnds,
    HeadersAndFooters,
    /// Like [`Self::HeadersAndFooters`], in a format where page numbers can't be told from them.
    HeadersFootersAndNumbers,
    ContentsLines,
    ContentsPages,
    /// Chapters that a book lists and does not contain.
    MissingChapters,
    ScannedPages,
    /// Characters outside the visible part of their page.
    OutsideText,
    /// Pages beyond the greatest number that is read.
    UnreadPages,
    /// Numbers of lines in the margin.
    LineNumbers,
    /// Glyphs of fonts without a mapping to characters.
    UnmappedText {
        /// The names of the pages.
        pages: String,
    },
    /// Pages with text that runs neither along nor across them.
    OddAngles {
        /// The names of the pages.
        pages: String,
    },
    /// Pages with words on top of each other, whose order is doubtful.
    GarbledOrder {
        /// The names of the pages.
        pages: String,
    },
    /// Bytes that are not valid in the encoding; each run of them is a U+FFFD in the text.
    UndefinedCharacters,
    Nuls,
    /// NULs after the text.
    NulsAtEnd,
    /// Invisible characters that only say where a line may break, such as soft hyphens.
    BreakHints,
    /// An encoding that few characters of the text tell from others.
    GuessedEncoding,
    /// An encoding that was detected, since most of the text can't be read in the one that the file states.
    MisstatedEncoding,
    /// Characters of a font with symbols of its own.
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
    /// The first row of a table, which is a text although it is in the place of the names of columns.
    NoHeader,
    /// A table without a column of texts, all of which is one text.
    TableAsOneText,
    /// Cells of a row beyond the last column that were joined to the text.
    JoinedCells {
        row: usize,
    },
    /// Cells of a row beyond the last column that are not in the text.
    SurplusCells {
        row: usize,
    },
    /// A quote that no other one closes, which became a part of its cell.
    OpenQuote {
        row: usize,
    },
}

impl DocumentLoss {
    /// Returns what happened to the things that are counted.
    pub(super) fn effect(&self) -> Effect {
        match self {
            Self::OpenQuote { .. } => Effect::Wrong,
            Self::UndefinedCharacters | Self::Nuls => Effect::Replaced,
            Self::GuessedEncoding | Self::MisstatedEncoding => Effect::Detected,
            Self::NoHeader
            | Self::TableAsOneText
            | Self::JoinedCells { .. }
            | Self::OddAngles { .. }
            | Self::GarbledOrder { .. } => Effect::Kept,
            Self::Comments
            | Self::TrackedDeletions
            | Self::DeletedWords
            | Self::HiddenWords
            | Self::WordsAroundArticle
            | Self::Pictures
            | Self::FormFields
            | Self::Formulas
            | Self::Objects
            | Self::Media
            | Self::EmbeddedDocuments
            | Self::LinkAddresses
            | Self::MissingEnds
            | Self::HeadersAndFooters
            | Self::HeadersFootersAndNumbers
            | Self::ContentsLines
            | Self::ContentsPages
            | Self::MissingChapters
            | Self::ScannedPages
            | Self::OutsideText
            | Self::UnreadPages
            | Self::LineNumbers
            | Self::UnmappedText { .. }
            | Self::SymbolCharacters
            | Self::BrokenCharacters
            | Self::CaptionNotes
            | Self::EmptyRows
            | Self::NulsAtEnd
            | Self::BreakHints
            | Self::LongValues { .. }
            | Self::SurplusCells { .. } => Effect::LeftOut,
        }
    }
}
