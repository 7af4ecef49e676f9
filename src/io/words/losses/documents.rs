//! Words for [`DocumentLoss`].

use crate::loss::DocumentLoss;
use crate::words::Noun;

impl DocumentLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::Comments => ("comment", "comments"),
            Self::TrackedDeletions => ("tracked deletion", "tracked deletions"),
            Self::DeletedWords => ("deleted word", "deleted words"),
            Self::HiddenWords => ("hidden word", "hidden words"),
            Self::WordsAroundArticle => ("word around the article", "words around the article"),
            Self::Pictures => ("picture", "pictures"),
            Self::TextBoxes => ("text box", "text boxes"),
            Self::FormFields => ("form field", "form fields"),
            Self::Formulas => ("formula", "formulas"),
            Self::Objects => ("formula, chart or other object", "formulas, charts and other objects"),
            Self::Media => ("video, sound or frame", "videos, sounds and frames"),
            Self::EmbeddedDocuments => ("document in the document", "documents in the document"),
            Self::HeadersAndFooters => ("page header or footer", "page headers and footers"),
            Self::HeadersFootersAndNumbers => {
                ("page header, footer or number", "page headers, footers and numbers")
            }
            Self::ContentsLines => ("line of the table of contents", "lines of the table of contents"),
            Self::ContentsPages => ("table of contents", "tables of contents"),
            Self::MissingChapters => ("chapter that is missing", "chapters that are missing"),
            Self::ScannedPages => ("scanned page without text", "scanned pages without text"),
            Self::WildPages => {
                ("page with words far beyond their edges", "pages with words far beyond their edges")
            }
            Self::UnmappedText => (
                "passage whose letters the file does not tell",
                "passages whose letters the file does not tell",
            ),
            Self::UndefinedCharacters => (
                "character that has no meaning in its encoding",
                "characters that have no meaning in its encoding",
            ),
            Self::SymbolCharacters => ("symbol of a font of its own", "symbols of a font of its own"),
            Self::BrokenCharacters => ("half of characters", "halves of characters"),
            Self::CaptionNotes => ("note or style", "notes and styles"),
            Self::EmptyRows => ("row of the table without text", "rows of the table without text"),
            Self::LongValues { column } => {
                let one = format!("long value of the column {column}").into();
                let many = format!("long values of the column {column}").into();
                return Noun { one, many };
            }
        };
        Noun::new(one, many)
    }
}
