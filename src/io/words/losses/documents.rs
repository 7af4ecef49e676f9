//! Words for [`DocumentLoss`].

use crate::loss::DocumentLoss;
use crate::words::Noun;

const BREAK_HINTS: (&str, &str) = (
    "invisible character that says where a line may break",
    "invisible characters that say where a line may break",
);
const GUESSED_ENCODING: (&str, &str) = (
    "encoding, from few characters, so check some words",
    "encodings, from few characters, so check some words",
);
const MISSTATED_ENCODING: (&str, &str) = (
    "encoding that is not the one stated in the file, so check some words",
    "encodings that are not those stated in the file, so check some words",
);
const TABLE_AS_ONE_TEXT: (&str, &str) = (
    "table, as one text, since no column holds the texts: to get a document per row, name that column `text` in a first row of \
     column names",
    "tables, each as one text, since no column holds the texts: to get a document per row, name that column `text` in a first \
     row of column names",
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
            Self::FormFields => ("form field", "form fields"),
            Self::Formulas => ("formula", "formulas"),
            Self::Objects => ("formula, chart or other object", "formulas, charts and other objects"),
            Self::Media => ("embedded video, sound or frame", "embedded videos, sounds and frames"),
            Self::EmbeddedDocuments => ("embedded document", "embedded documents"),
            Self::LinkAddresses => ("address of a link", "addresses of links"),
            Self::MissingEnds => ("end, since the file breaks off", "ends, since the file breaks off"),
            Self::HeadersAndFooters => ("page header or footer", "page headers and footers"),
            Self::HeadersFootersAndNumbers => {
                ("page header, footer or number", "page headers, footers and numbers")
            }
            Self::ContentsLines => ("line of the table of contents", "lines of the table of contents"),
            Self::ContentsPages => ("table of contents", "tables of contents"),
            Self::MissingChapters => ("missing chapter", "missing chapters"),
            Self::ScannedPages => ("scanned page without text", "scanned pages without text"),
            Self::OutsideText => (
                "character outside the visible part of its page",
                "characters outside the visible part of their pages",
            ),
            Self::UnreadPages => {
                ("page beyond the number that is read", "pages beyond the number that is read")
            }
            Self::LineNumbers => ("line number", "line numbers"),
            Self::UnmappedText { pages } => {
                return on_pages(
                    "character in a font that does not say which letter it is",
                    "characters in fonts that do not say which letters they are",
                    pages,
                );
            }
            Self::OddAngles { pages } => {
                return on_pages(
                    "page with slanted text, whose order may be wrong",
                    "pages with slanted text, whose order may be wrong",
                    pages,
                );
            }
            Self::GarbledOrder { pages } => {
                return on_pages(
                    "page with words on top of each other, whose order may be wrong",
                    "pages with words on top of each other, whose order may be wrong",
                    pages,
                );
            }
            Self::UndefinedCharacters => (
                "character that is not valid in the file's encoding",
                "characters that are not valid in the file's encoding",
            ),
            Self::Nuls => ("NUL", "NULs"),
            Self::NulsAtEnd => ("NUL at the end of the text", "NULs at the end of the text"),
            Self::BreakHints => BREAK_HINTS,
            Self::GuessedEncoding => GUESSED_ENCODING,
            Self::MisstatedEncoding => MISSTATED_ENCODING,
            Self::SymbolCharacters => ("character from a symbol font", "characters from symbol fonts"),
            Self::BrokenCharacters => ("incomplete character", "incomplete characters"),
            Self::CaptionNotes => ("note or style block", "notes and style blocks"),
            Self::EmptyRows => ("table row without text", "table rows without text"),
            Self::LongValues { column } => return long_values(column),
            Self::NoHeader => (
                "first row, as a text, since it does not name the columns",
                "first rows, as texts, since they do not name the columns",
            ),
            Self::TableAsOneText => TABLE_AS_ONE_TEXT,
            Self::JoinedCells { row } => return in_row("surplus cell", *row, ", joined to the text"),
            Self::SurplusCells { row } => return in_row("surplus cell", *row, ""),
            Self::OpenQuote { row } => return in_row("quote", *row, " that is never closed"),
        };
        Noun::new(one, many)
    }
}

/// Names values that are too long in a column of a table.
fn long_values(column: &str) -> Noun {
    let one = format!("long value in the column “{column}”").into();
    let many = format!("long values in the column “{column}”").into();
    Noun { one, many }
}

/// Names something in a row of a table.
fn in_row(what: &str, row: usize, rest: &str) -> Noun {
    let named = |what: String| format!("{what} in row {row}{rest}").into();
    Noun { one: named(what.to_owned()), many: named(format!("{what}s")) }
}

/// Names something on pages, which are listed.
fn on_pages(one: &str, many: &str, pages: &str) -> Noun {
    let named = |what: &str| format!("{what} (page {pages})").into();
    Noun { one: named(one), many: named(many) }
}
