//! English for imports.

use std::path::{Path, PathBuf};

use demarche_model::DocumentId;

use super::counted;
use crate::annotations::{Changed, Correction};
use crate::import::{Doubt, NotImportable, PassedOver};

impl Doubt {
    /// Returns the reason as a short phrase.
    pub fn words(self) -> &'static str {
        match self {
            Self::Encoding => "the encoding is a guess",
            Self::UnreadCharacters => "some characters could not be read",
            Self::Garbled => "the text looks garbled, as “Ã©” for “é”",
            Self::UnreadPages => "some pages could not be read in full",
            Self::Table => "this is a table without a named column of texts",
            Self::WrongInFile => "a quote or cell is in the wrong place",
        }
    }

    /// Returns several reasons in one line.
    pub fn list(doubts: impl IntoIterator<Item = Self>) -> String {
        doubts.into_iter().map(Self::words).collect::<Vec<_>>().join("; ")
    }
}

impl Correction {
    /// Returns what changes: `category “Offer” → “Demand”; note none → “see p. 2”`.
    pub fn described(&self) -> String {
        let change = |(what, before, after): &(Changed, String, String)| {
            let what = match what {
                Changed::Category => "category",
                Changed::Value(name) => name,
                Changed::Note => "note",
            };
            let shown =
                |value: &str| if value.is_empty() { "none".to_owned() } else { format!("“{value}”") };
            format!("{what} {} → {}", shown(before), shown(after))
        };
        self.changes.iter().map(change).collect::<Vec<_>>().join("; ")
    }
}

impl PassedOver {
    /// Returns why the file is not imported, and what to do.
    pub fn reason(&self) -> String {
        match self.why {
            NotImportable::Format(format) => format!("{}; {}", format.name(), format.advice()),
            NotImportable::Kind(kind) => super::recognise::unread(kind),
            NotImportable::Content => {
                "its content is not what its ending says; to read it as one text, import the file by itself"
                    .to_owned()
            }
            NotImportable::Unknown => "not of a known format".to_owned(),
        }
    }
}

/// The name of a step that imports these documents, by id and title, and these labelled files: `import “Press briefing”
/// and 3 files`.
pub(crate) fn step(documents: &[(DocumentId, String)], labelled: &[PathBuf]) -> String {
    let documents = match documents {
        [] => None,
        [(_, title)] => Some(format!("“{title}”")),
        several => Some(counted(several.len(), "document", "documents")),
    };
    let labelled = match labelled {
        [] => None,
        [file] => Some(file_name(file)),
        several => Some(counted(several.len(), "file", "files")),
    };
    let parts: Vec<String> = documents.into_iter().chain(labelled).collect();
    format!("import {}", parts.join(" and "))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_names_one_thing_and_counts_several() {
        let documents: Vec<_> = ["A", "B"].map(|title| (title.into(), title.to_owned())).into();
        let files: Vec<PathBuf> = ["x/a.jsonl", "x/b.jsonl"].map(PathBuf::from).into();
        assert_eq!(step(&documents[..1], &[]), "import “A”");
        assert_eq!(step(&documents, &files[..1]), "import 2 documents and a.jsonl");
        assert_eq!(step(&[], &files), "import 2 files");
    }
}
