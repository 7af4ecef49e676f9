//! Bookmarks: places in texts that a person has marked, on this machine only. They are no one's work, so a file that can't be
//! read or written is not an error.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::project::{Folder, read_local, write_local};
use super::settings::own_file;

/// Number of bookmarks of a person that are kept.
pub const MAX_BOOKMARKS: usize = 1_000;

/// The bookmarks of everyone who works here under this login, by their ids.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmarks {
    /// Latest last.
    pub people: BTreeMap<String, Vec<Bookmark>>,
}

/// A marked place in a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bookmark {
    /// The id of the document.
    pub document: String,
    /// The version of its text.
    pub version: u32,
    /// The offset in characters.
    pub at: usize,
    /// The words from there on, with which the place is found in a later version of the text.
    pub quote: String,
}

impl Bookmarks {
    /// Reads the bookmarks in a project.
    pub fn read(folder: &Folder) -> Self {
        let bytes = read_local(folder, &bookmarks_file()).ok();
        let mut read: Self = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        read.people.values_mut().for_each(|marks| marks.truncate(MAX_BOOKMARKS));
        read
    }

    /// Writes the bookmarks in a project.
    pub fn write(&self, folder: &Folder) {
        let Ok(bytes) = serde_json::to_vec(self) else { return };
        if let Err(error) = write_local(folder, &bookmarks_file(), &bytes) {
            tracing::warn!("can't save the bookmarks: {error}");
        }
    }
}

fn bookmarks_file() -> String {
    own_file("bookmarks")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_are_read_back_and_anything_else_is_ignored() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("project.ron"), "").unwrap();
        let folder = Folder::new(home.path());
        assert_eq!(Bookmarks::read(&folder), Bookmarks::default());
        let mark = Bookmark { document: "d001".to_owned(), version: 1, at: 7, quote: "the port".to_owned() };
        let marks = Bookmarks { people: BTreeMap::from([("ana".to_owned(), vec![mark.clone()])]) };
        marks.write(&folder);
        assert_eq!(Bookmarks::read(&folder), marks);
        for broken in ["", "7", "{\"people\":{\"ana\":[{\"at\":-1}]}}", "\u{0}"] {
            write_local(&folder, &bookmarks_file(), broken.as_bytes()).unwrap();
            assert_eq!(Bookmarks::read(&folder), Bookmarks::default(), "{broken}");
        }
        let many = Bookmarks { people: BTreeMap::from([("ana".to_owned(), vec![mark; 2_000])]) };
        many.write(&folder);
        assert_eq!(Bookmarks::read(&folder).people["ana"].len(), MAX_BOOKMARKS);
    }
}
