//! The files to import.

use std::path::{Path, PathBuf};

use crate::annotations::{self, importer_of, importers};
use crate::documents::{DocumentFormat, formats};
use crate::head::head;

/// The files of an import, by their content.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Files {
    /// Documents.
    pub documents: Vec<PathBuf>,
    /// Files of labelled spans.
    pub labelled: Vec<PathBuf>,
}

impl Files {
    /// Finds the files at these paths and in these folders. `format` is the name of their format; `None` to detect it.
    pub fn at(paths: &[PathBuf], format: Option<&str>) -> Self {
        let is_labelled = |file: &PathBuf| match format {
            Some(name) => annotations::importer(name).is_some(),
            None => annotations::format_of(file).is_some(),
        };
        let (labelled, documents) = files_in(paths).into_iter().partition(is_labelled);
        Self { documents, labelled }
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.documents.len() + self.labelled.len()
    }

    /// Returns whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Returns the files to import at these paths: files as they are, and in folders and their subfolders the visible files
/// of a known format, ordered by name. A text next to an `.ann` file of the same name is left to that file's importer.
fn files_in(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    files
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        let ending =
            path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        // A link to a parent folder would be an endless loop.
        if hidden || path.is_symlink() && path.is_dir() {
            continue;
        } else if path.is_dir() {
            walk(&path, files);
        } else if is_importable(&path, &ending) {
            files.push(path);
        }
    }
}

fn is_importable(path: &Path, ending: &str) -> bool {
    let takes = |format: &&dyn DocumentFormat| format.endings().contains(&ending);
    let labelled = importers().iter().any(|importer| importer.endings().contains(&ending));
    let documents: Vec<_> = formats().iter().copied().filter(takes).collect();
    if documents.is_empty() && !labelled || path.with_extension("ann").is_file() && ending != "ann" {
        return false;
    }
    let head = head(path).unwrap_or_default();
    importer_of(path, &head).is_some() || documents.iter().any(|format| format.fits(&head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_texts_in_order_and_nothing_hidden() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.MD", "c.pdf", ".d.txt", "f.ann", "f.txt", "g.tsv", "h.conll", "sub/e.txt"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let names: Vec<String> = files_in(&[folder.path().to_owned()])
            .iter()
            .map(|path| path.strip_prefix(folder.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a.MD", "b.txt", "c.pdf", "f.ann", "h.conll", "sub/e.txt"]);
    }
}
