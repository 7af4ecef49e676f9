//! English for imports.

use std::path::{Path, PathBuf};

use demarche_model::DocumentId;

use super::counted;

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
