//! Words for [`DocumentLoss`].

use crate::loss::DocumentLoss;
use crate::words::Noun;

const NO_HEADER: (&str, &str) = (
    "first row, as a text, since it does not name the columns",
    "first rows, as texts, since they do not name the columns",
);
const OUTSIDE: (&str, &str) =
    ("character outside the visible part of its page", "characters outside the visible part of their pages");
const UNMAPPED: (&str, &str) = (
    "character in a font that does not say which letter it is",
    "characters in fonts that do not say which letters they are",
);
const SLANTED: (&str, &str) =
    ("page with slanted text, whose order may be wrong", "pages with slanted text, whose order may be wrong");
const GARBLED: (&str, &str) = (
    "page with words on top of each other, whose order may be wrong",
    "pages with words on top of each other, whose order may be wrong",
);

impl DocumentLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Comments => ("comment", "comments"),
            Self::TrackedDeletions => ("tracked deletion", "tracked deletions"),
            Self::DeletedWords => ("deleted word", "deleted words"),
            Self::HiddenWords => ("hidden word", "hidden words"),
            Self::WordsAroundArticle => ("word outside the article", "words outside the article"),
            Self::Pictures => ("picture", "pictures"),
            Self::TextBoxes => ("text box", "text boxes"),
            Self::FormFields => ("form field", "form fields"),
            Self::Formulas => ("formula", "formulas"),
            Self::Objects => ("formula, chart or other object", "formulas, charts and other objects"),
            Self::Media => ("embedded video, sound or frame", "embedded videos, sounds and frames"),
            Self::EmbeddedDocuments => ("embedded document", "embedded documents"),
            Self::HeadersAndFooters => ("page header or footer", "page headers and footers"),
            Self::HeadersFootersAndNumbers => {
                ("page header, footer or number", "page headers, footers and numbers")
            }
            Self::ContentsLines => ("line of the table of contents", "lines of the table of contents"),
            Self::ContentsPages => ("table of contents", "tables of contents"),
            Self::MissingChapters => ("missing chapter", "missing chapters"),
            Self::ScannedPages => ("scanned page without text", "scanned pages without text"),
            Self::OutsideText => OUTSIDE,
            Self::UnreadPages => {
                ("page beyond the number that is read", "pages beyond the number that is read")
            }
            Self::LineNumbers => ("line number", "line numbers"),
            Self::UnmappedText { pages } => return on_pages(UNMAPPED, pages),
            Self::OddAngles { pages } => return on_pages(SLANTED, pages),
            Self::GarbledOrder { pages } => return on_pages(GARBLED, pages),
            Self::UndefinedCharacters => (
                "character that is not valid in the file's encoding",
                "characters that are not valid in the file's encoding",
            ),
            Self::Nuls => ("NUL", "NULs"),
            Self::NulsAtEnd => ("NUL at the end of the text", "NULs at the end of the text"),
            Self::SymbolCharacters => ("character from a symbol font", "characters from symbol fonts"),
            Self::BrokenCharacters => ("incomplete character", "incomplete characters"),
            Self::CaptionNotes => ("note or style block", "notes and style blocks"),
            Self::EmptyRows => ("table row without text", "table rows without text"),
            Self::LongValues { column } => {
                let one = format!("long value in the column “{column}”").into();
                let many = format!("long values in the column “{column}”").into();
                return Noun { one, many };
            }
            Self::NoHeader => NO_HEADER,
            Self::TableAsOneText => (
                "table, as one text, since no column holds the texts: to get a document per row, name that column `text` in a \
                 first row of column names",
                "tables, each as one text, since no column holds the texts: to get a document per row, name that column `text` \
                 in a first row of column names",
            ),
            Self::JoinedCells { row } => return in_row("surplus cell", *row, ", joined to the text"),
            Self::SurplusCells { row } => return in_row("surplus cell", *row, ""),
            Self::OpenQuote { row } => return in_row("quote", *row, " that is never closed"),
        };
        Noun::new(one, many)
    }
}

/// Names something in a row of a table.
fn in_row(what: &str, row: usize, rest: &str) -> Noun {
    let named = |what: String| format!("{what} in row {row}{rest}").into();
    Noun { one: named(what.to_owned()), many: named(format!("{what}s")) }
}

/// Names something on pages, which are listed, in the singular and the plural.
fn on_pages((one, many): (&str, &str), pages: &str) -> Noun {
    let named = |what: &str| format!("{what} (page {pages})").into();
    Noun { one: named(one), many: named(many) }
}
