//! The passages table.

use demarche_model::Codebook;

use crate::Column;

impl Column {
    /// The name for people.
    pub fn title<'a>(&'a self, codebook: &'a Codebook) -> &'a str {
        match self {
            Self::Category => "Category",
            Self::Document => "Document",
            Self::Date => "Date",
            Self::Place => "Place",
            Self::Passage => "Passage",
            Self::Attribute(id) => codebook.attribute(id).map_or(id.as_str(), |found| &found.name),
            Self::Note => "Note",
            Self::Annotator => "Annotator",
        }
    }

    /// The label for spans that have no value in this column.
    pub fn empty_label(&self) -> &'static str {
        match self {
            Self::Date => "no date",
            Self::Note => "no note",
            Self::Category
            | Self::Document
            | Self::Place
            | Self::Passage
            | Self::Attribute(_)
            | Self::Annotator => "(none)",
        }
    }
}
