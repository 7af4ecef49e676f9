//! Where the user left a project: window state of this machine, in the project's local folder. It is no one's work, so a file
//! that can't be read or written is not an error, and what does not fit the project any more is ignored.

use serde::{Deserialize, Serialize};

use super::project::{Folder, read_local, write_local};
use super::settings::own_file;

/// Number of documents whose position is kept.
const DOCUMENTS: usize = 200;

/// Where the user left a project.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The screen that was shown.
    pub screen: Screen,
    /// The filter of the window.
    pub filter: String,
    /// The column by which the passages were sorted.
    pub sort: Option<SortPlace>,
    /// The id of the column by which the passages were grouped.
    pub group: Option<String>,
    /// The document next to the open one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<BesidePlace>,
    /// The order of the list of documents.
    pub document_list: DocumentListPlace,
    /// Positions in documents, latest first.
    pub documents: Vec<DocumentPlace>,
}

/// A document next to the open one, in the pane without the focus.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BesidePlace {
    /// The position in it.
    pub position: DocumentPlace,
    /// Whether it was on the left.
    #[serde(default)]
    pub is_left: bool,
    /// Whether the two scrolled together.
    #[serde(default)]
    pub scrolls_together: bool,
    /// The earlier version of its text that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The earlier version of the open document's text that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_version: Option<u32>,
}

/// A way to work with the project that takes the whole window between menu bar and status bar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Screen {
    /// Comparing annotators and settling the consensus.
    Compare,
    /// Measures of agreement.
    Agreement,
    /// The work of each coder in each document.
    Board,
    /// Views that explain who asked whom for what, and what came of it.
    Analyse,
    /// Reading and tagging; also for a name that a newer Demarche has written.
    #[default]
    #[serde(other)]
    Annotate,
}

impl Screen {
    /// The screens, in the order of the switch in the menu bar.
    pub const ALL: [Self; 5] = [Self::Annotate, Self::Compare, Self::Agreement, Self::Analyse, Self::Board];
}

/// An order of the passages table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SortPlace {
    /// The id of the column.
    pub column: String,
    /// Whether the highest value came first.
    pub descending: bool,
}

/// The order of the list of documents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentListPlace {
    /// What decides.
    pub sort: DocumentSort,
    /// Whether the last came first.
    pub descending: bool,
}

/// What the list of documents is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentSort {
    /// The title.
    Title,
    /// The date.
    Date,
    /// The user's status.
    Progress,
    /// The order of the project, which everyone shares; also for a name that a newer Demarche has written.
    #[default]
    #[serde(other)]
    Hand,
}

impl DocumentSort {
    /// The orders, as the menu lists them.
    pub const ALL: [Self; 4] = [Self::Hand, Self::Title, Self::Date, Self::Progress];
}

/// Where the user left a document. Offsets are in characters.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DocumentPlace {
    /// The id of the document.
    pub document: String,
    /// The version of its text.
    pub version: u32,
    /// The end of the selection at which it began.
    pub anchor: usize,
    /// The caret.
    pub caret: usize,
    /// The first character in view, if the text was shown.
    pub top: Option<usize>,
}

impl Place {
    /// Reads where the user left a project.
    pub fn read(folder: &Folder) -> Self {
        let bytes = read_local(folder, &place_file()).ok();
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes where the user leaves a project.
    pub fn write(mut self, folder: &Folder) {
        self.documents.truncate(DOCUMENTS);
        let Ok(bytes) = serde_json::to_vec(&self) else { return };
        if let Err(error) = write_local(folder, &place_file(), &bytes) {
            tracing::warn!("can't save the window state: {error}");
        }
    }
}

fn place_file() -> String {
    own_file("window")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::write_local;

    #[test]
    fn a_place_is_read_back_and_anything_else_is_ignored() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("project.ron"), "").unwrap();
        let folder = Folder::new(home.path());
        assert_eq!(Place::read(&folder), Place::default());
        let place = Place {
            screen: Screen::Compare,
            filter: "category:threat".to_owned(),
            sort: Some(SortPlace { column: "date".to_owned(), descending: true }),
            group: Some("attribute actor".to_owned()),
            beside: None,
            document_list: DocumentListPlace { sort: DocumentSort::Date, descending: true },
            documents: vec![DocumentPlace {
                document: "d001".to_owned(),
                version: 1,
                anchor: 3,
                caret: 7,
                top: None,
            }],
        };
        place.clone().write(&folder);
        assert_eq!(Place::read(&folder), place);
        for broken in ["", "7", "{\"documents\":[{\"caret\":-1}]}", "{\"screen\":{}}", "\u{0}"] {
            write_local(&folder, &place_file(), broken.as_bytes()).unwrap();
            assert_eq!(Place::read(&folder), Place::default(), "{broken}");
        }
        write_local(&folder, &place_file(), b"{\"screen\":\"newer\",\"more\":1}").unwrap();
        assert_eq!(Place::read(&folder), Place::default(), "the screen of a newer Demarche");
    }

    #[test]
    fn screens_have_the_names_that_they_always_had() {
        let names = Screen::ALL.map(|screen| serde_json::to_value(screen).unwrap());
        assert_eq!(names, ["annotate", "compare", "agreement", "analyse", "board"]);
    }
}
