//! The files to import.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::annotations::{self, importer_of, importers};
use crate::disk::{self, Disk, Entry, Kind, outside};
use crate::documents::{DocumentFormat, formats};
use crate::head::head;
use crate::words::disk as words;
use crate::{Problem, ProblemKind};

/// Greatest depth of nested folders.
const DEEPEST: usize = 64;
/// Greatest number of files taken from folders.
const MOST: usize = 100_000;
/// Number of files whose formats are detected in parallel.
const AT_ONCE: usize = 1_000;

/// The files of an import, by their content.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Files {
    /// Documents.
    pub documents: Vec<PathBuf>,
    /// Files of labelled spans.
    pub labelled: Vec<PathBuf>,
    /// Entries of folders that were left out, since they are not files or are too many.
    pub skipped: Vec<Problem>,
}

impl Files {
    /// Finds the files at these paths and in these folders. `format` is the name of their format; `None` to detect it.
    pub fn at(paths: &[PathBuf], format: Option<&str>) -> Self {
        let named = format.map(|name| annotations::importer(name).is_some());
        let Search { files, skipped, is_full: _ } = Search::at(paths);
        let mut found = Self { skipped, ..Self::default() };
        for Found { path, is_labelled } in files {
            let detected = || is_labelled.unwrap_or_else(|| annotations::format_of(&path).is_some());
            let is_labelled = named.unwrap_or_else(detected);
            if is_labelled { &mut found.labelled } else { &mut found.documents }.push(path);
        }
        found
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.documents.len() + self.labelled.len()
    }

    /// Returns whether there are no files, and nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.skipped.is_empty()
    }
}

/// A file to import.
struct Found {
    path: PathBuf,
    /// Whether it has labelled spans; `None` for a file that was named and not looked at.
    is_labelled: Option<bool>,
}

/// The search for files in folders.
#[derive(Default)]
struct Search {
    files: Vec<Found>,
    skipped: Vec<Problem>,
    /// Whether files were left out because there are too many.
    is_full: bool,
}

impl Search {
    /// Finds the files to import at these paths: files as they are, and in folders and their subfolders the visible files
    /// of a known format, ordered by name. A text next to an `.ann` file of the same name is left to that file's importer.
    fn at(paths: &[PathBuf]) -> Self {
        let mut search = Self::default();
        for path in paths {
            if outside::is_folder(path) {
                search.walk(path, &*disk::real(path), Path::new(""));
            } else {
                search.files.push(Found { path: path.clone(), is_labelled: None });
            }
        }
        search
    }

    /// Searches a folder below `root`. Links are not followed: they could lead anywhere, or in circles.
    fn walk(&mut self, root: &Path, disk: &dyn Disk, folder: &Path) {
        if folder.iter().count() > DEEPEST {
            return self.skip(root.join(folder), words::too_deep(DEEPEST));
        }
        let mut entries = match disk.list(folder) {
            Ok(entries) => entries,
            Err(error) => return self.skip(root.join(folder), words::unlisted(&error)),
        };
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let brat: HashSet<PathBuf> = entries.iter().filter_map(brat_stem).collect();
        entries.retain(|entry| !is_hidden(entry) && !belongs_to_brat(entry, &brat));
        // The database of QualCoder has the texts of the other files in its folder.
        if entries.iter().any(is_qualcoder) {
            entries.retain(is_qualcoder);
        }
        for some in entries.chunks(AT_ONCE) {
            let content = |entry: &Entry| {
                if entry.kind == Kind::File { importable(&root.join(folder).join(&entry.name)) } else { None }
            };
            let contents: Vec<Option<Content>> = some.par_iter().map(content).collect();
            for (entry, content) in some.iter().zip(contents) {
                if self.is_full {
                    return;
                }
                self.add(root, disk, &folder.join(&entry.name), entry.kind, content);
            }
        }
    }

    /// Adds an entry at `path` below `root`. `content` is that of a file.
    fn add(&mut self, root: &Path, disk: &dyn Disk, path: &Path, kind: Kind, content: Option<Content>) {
        match (kind, content) {
            (Kind::Special(kind), _) => self.skip(root.join(path), words::skipped_special(kind)),
            (Kind::Folder, _) => self.walk(root, disk, path),
            (Kind::File, None) => {}
            (Kind::File, Some(_)) if self.files.len() >= MOST => {
                self.is_full = true;
                self.skip(root.to_owned(), words::too_many_files(MOST));
            }
            (Kind::File, Some(content)) => {
                let is_labelled = Some(content == Content::Labelled);
                self.files.push(Found { path: root.join(path), is_labelled });
            }
        }
    }

    fn skip(&mut self, file: PathBuf, message: String) {
        self.skipped.push(Problem { file, line: None, kind: ProblemKind::NotImported, message });
    }
}

/// The content of a file in a folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Content {
    Document,
    Labelled,
}

/// Returns the name without its ending of an `.ann` file.
fn brat_stem(entry: &Entry) -> Option<PathBuf> {
    let name = Path::new(&entry.name);
    let is_brat = entry.kind == Kind::File && name.extension().is_some_and(|ending| ending == "ann");
    is_brat.then(|| name.with_extension(""))
}

/// Returns whether an entry is next to an `.ann` file of the same name, whose importer reads it.
fn belongs_to_brat(entry: &Entry, brat: &HashSet<PathBuf>) -> bool {
    let name = Path::new(&entry.name);
    let is_other = name.extension().is_none_or(|ending| ending != "ann");
    entry.kind == Kind::File && is_other && brat.contains(&name.with_extension(""))
}

fn is_qualcoder(entry: &Entry) -> bool {
    entry.kind == Kind::File && entry.name == "data.qda"
}

fn is_hidden(entry: &Entry) -> bool {
    entry.name.to_string_lossy().starts_with('.')
}

/// Returns the content of a file; `None` if it is not to be imported.
fn importable(path: &Path) -> Option<Content> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let ending = ending.as_str();
    let takes = |format: &&dyn DocumentFormat| format.endings().contains(&ending);
    let labelled = importers().iter().any(|importer| importer.endings().contains(&ending));
    let documents: Vec<_> = formats().iter().copied().filter(takes).collect();
    if documents.is_empty() && !labelled {
        return None;
    }
    let head = head(path).unwrap_or_default();
    if importer_of(path, &head).is_some() {
        return Some(Content::Labelled);
    }
    documents.iter().any(|format| format.fits(&head)).then_some(Content::Document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::fixtures::database;

    #[test]
    fn a_folder_gives_its_texts_in_order_and_nothing_hidden() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.MD", "c.pdf", ".d.txt", "f.ann", "f.txt", "g.tsv", "h.conll", "sub/e.txt"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let names: Vec<String> = Search::at(&[folder.path().to_owned()])
            .files
            .iter()
            .map(|found| found.path.strip_prefix(folder.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a.MD", "b.txt", "c.pdf", "f.ann", "h.conll", "sub/e.txt"]);
    }

    #[test]
    fn a_folder_of_qualcoder_gives_its_database_alone() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("talks.qda");
        std::fs::create_dir_all(project.join("documents")).unwrap();
        for name in ["documents/a.txt", "b.txt"] {
            std::fs::write(project.join(name), "x").unwrap();
        }
        let sql = "CREATE TABLE source (id); CREATE TABLE code_name (cid); CREATE TABLE code_text (ctid);";
        std::fs::write(project.join("data.qda"), database(sql)).unwrap();
        let files = Files::at(&[folder.path().to_owned()], None);
        assert_eq!(files.labelled, [project.join("data.qda")]);
        assert!(files.documents.is_empty() && files.skipped.is_empty(), "{files:?}");
    }
}
