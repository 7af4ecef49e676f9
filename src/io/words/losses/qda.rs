//! Words for [`QdaLoss`].

use crate::loss::QdaLoss;
use crate::words::Noun;

impl QdaLoss {
    /// Returns the name of the loss in the singular and the plural.
    pub(super) fn noun(&self) -> Noun {
        let (one, many) = match self {
            Self::DocumentCodes => ("code on a whole document", "codes on whole documents"),
            Self::SelectionsWithoutCode => ("selection without a code", "selections without a code"),
            Self::MediaSelections => {
                ("selection in a picture, PDF, sound or film", "selections in pictures, PDFs, sound or film")
            }
            Self::MediaFiles => ("picture, sound or film", "pictures, sound and film"),
            Self::PdfsWithoutText => ("PDF without text", "PDFs without text"),
            Self::RichTexts => {
                ("rich text (DOCX), read as plain text only", "rich texts (DOCX), read as plain text only")
            }
            Self::UnattachedNotes => {
                ("note that is not attached to anything", "notes that are not attached to anything")
            }
            Self::MissingNotes => {
                ("note that is missing from the file", "notes that are missing from the file")
            }
            Self::ExcessNotes => (
                "copy of a note that too many passages share",
                "copies of notes that too many passages share",
            ),
            Self::VariableValues => ("value of a variable", "values of variables"),
            Self::DocumentDescriptions => ("document description", "document descriptions"),
            Self::ProjectDescriptions => ("project description", "project descriptions"),
            Self::Cases => ("case", "cases"),
            Self::Sets => ("set without documents", "sets without documents"),
            Self::Maps => ("map", "maps"),
        };
        Noun::new(one, many)
    }
}
