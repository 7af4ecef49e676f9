//! Words for [`QdaLoss`].

use crate::loss::QdaLoss;
use crate::words::Noun;

impl QdaLoss {
    /// What is lost, in the singular and in the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::DocumentCodes => ("coding of whole documents", "codings of whole documents"),
            Self::SelectionsWithoutCode => ("selection without a code", "selections without a code"),
            Self::MediaSelections => {
                ("selection in pictures, PDFs, sound or film", "selections in pictures, PDFs, sound or film")
            }
            Self::MediaFiles => ("picture, sound or film", "pictures, sound and film"),
            Self::PdfsWithoutText => ("PDF without a text", "PDFs without a text"),
            Self::RichTexts => (
                "rich texts (docx), of which only the plain text is read",
                "rich texts (docx), of which only the plain text is read",
            ),
            Self::UnattachedNotes => ("note that stand at no passage", "notes that stand at no passage"),
            Self::MissingNotes => ("note that is not in the file", "notes that are not in the file"),
            Self::ExcessNotes => (
                "note that stand at more passages than there is room for",
                "notes that stand at more passages than there is room for",
            ),
            Self::OtherNotes => {
                ("notes on document, codes or the project", "notes on documents, codes or the project")
            }
            Self::VariableValues => ("value of variables", "values of variables"),
            Self::DocumentDescriptions => ("description of documents", "descriptions of documents"),
            Self::ProjectDescriptions => ("description of the project", "descriptions of the project"),
            Self::Cases => ("case", "cases"),
            Self::Sets => ("set", "sets"),
            Self::Maps => ("map", "maps"),
        };
        Noun::new(one, many)
    }
}
