//! Which files an import takes, and whether they are here already.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::importer::Importer;
use super::{importer_of, importers};
use crate::Imported;
use crate::checksum::sha256;
use crate::documents::{DocumentFormat, formats};
use demarche_model::{DocumentMeta, Origin, Project, Text, Versions};

/// Bytes of a file that tell its format.
const HEAD: u64 = 64 * 1024;

/// The files that an import of these paths takes: a file as it is, of a folder those of a known format of documents or of
/// labelled spans, folders in it too, hidden ones not; in the order of their names. A text with an `.ann` beside it comes
/// in with that.
pub fn files_in(paths: &[PathBuf]) -> Vec<PathBuf> {
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
        // A link to a folder above would go round for ever.
        if hidden || path.is_symlink() && path.is_dir() {
            continue;
        } else if path.is_dir() {
            walk(&path, files);
        } else if is_taken(&path, &ending) {
            files.push(path);
        }
    }
}

fn is_taken(path: &Path, ending: &str) -> bool {
    let takes = |format: &&dyn DocumentFormat| format.endings().contains(&ending);
    let labelled = importers().iter().any(|importer| importer.endings().contains(&ending));
    let documents: Vec<_> = formats().iter().copied().filter(takes).collect();
    if documents.is_empty() && !labelled || path.with_extension("ann").is_file() && ending != "ann" {
        return false;
    }
    let head = head(path).unwrap_or_default();
    importer_of(path, &head).is_some() || documents.iter().any(|format| format.fits(&head))
}

fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    std::fs::File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// The format of a file of labelled spans; `None` for a mere text, or a file that can't be looked into.
pub fn format_of(path: &Path) -> Option<&'static dyn Importer> {
    importer_of(path, &head(path).ok()?)
}

/// The title of the document that came from the same bytes, in the project or earlier in this import.
pub fn same_origin(project: &Project, earlier: &[Imported], new: &Imported) -> Option<String> {
    let known = project.documents().iter().map(|document| &document.meta);
    let mut all = known.chain(earlier.iter().map(|imported| &imported.meta));
    all.find(|meta| meta.origin.sha256 == new.meta.origin.sha256).map(|meta| meta.title.clone())
}

/// A document of a text that was pasted or dictated; `None` if it is empty.
pub fn from_text(text: &str, id: demarche_model::DocumentId) -> Option<Imported> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let title = demarche_analysis::context::shorten(first, 80);
    let origin =
        Origin { sha256: sha256(text.as_bytes()), encoding: "UTF-8".to_owned(), ..Origin::default() };
    let text = std::sync::Arc::new(Text::new(text));
    let characters = text.characters();
    Some(Imported {
        meta: DocumentMeta {
            id,
            title,
            date: None,
            author: String::new(),
            source: String::new(),
            origin,
            characters,
            versions: Versions::default(),
        },
        text,
        anchors: std::sync::Arc::default(),
    })
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
