//! The files to import.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::annotations;
use crate::disk::{self, Disk, Entry, Kind, outside};
use crate::documents::{DocumentFormat, OtherFormat, formats, other_format_of};
use crate::head::head;
use crate::recognise::{Recognised, Unread, recognise};
use crate::words::disk as words;
use crate::words::recognise as kinds;
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
    /// Files in folders that are neither documents nor labelled files.
    pub passed_over: Vec<PassedOver>,
}

/// A file in a folder that is not imported, since it is of no known format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassedOver {
    /// The file.
    pub file: PathBuf,
    /// Why it is not imported.
    pub why: NotImportable,
}

/// Why a file in a folder is not imported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotImportable {
    /// It is of a format that is recognised and not read.
    Format(OtherFormat),
    /// It is of another program that labels texts, in a form that is not read.
    Kind(Unread),
    /// It has the ending of a format that is read, and other content, such as a table without texts.
    Content,
    /// Nothing is known of it.
    Unknown,
}

impl Files {
    /// Finds the files at these paths and in these folders. `format` is the name of their format; `None` to detect it.
    pub fn at(paths: &[PathBuf], format: Option<&str>) -> Self {
        let named = format.map(|name| annotations::importer(name).is_some());
        let Search { files, skipped, passed_over, is_full: _ } = Search::at(paths);
        let mut found = Self { skipped, passed_over, ..Self::default() };
        for Found { path, is_labelled } in files {
            let named = named.map(Named::by_user);
            match named.or(is_labelled.map(Named::by_user)).unwrap_or_else(|| Named::of(&path)) {
                Named::Labelled => found.labelled.push(path),
                Named::Document => found.documents.push(path),
                Named::Unread(kind) => found.skipped.push(unread(path, kind)),
            }
        }
        found
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.documents.len() + self.labelled.len()
    }

    /// Returns whether there are no files, and nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.skipped.is_empty() && self.passed_over.is_empty()
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
    passed_over: Vec<PassedOver>,
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
            let content = |entry: &Entry| match entry.kind {
                Kind::File => content_of(&root.join(folder).join(&entry.name)),
                Kind::Folder | Kind::Special(_) => Content::Nothing,
            };
            let contents: Vec<Content> = some.par_iter().map(content).collect();
            for (entry, content) in some.iter().zip(contents) {
                if self.is_full {
                    return;
                }
                self.add(root, disk, &folder.join(&entry.name), entry.kind, content);
            }
        }
    }

    /// Adds an entry at `path` below `root`. `content` is that of a file.
    fn add(&mut self, root: &Path, disk: &dyn Disk, path: &Path, kind: Kind, content: Content) {
        match (kind, content) {
            (Kind::Special(kind), _) => self.skip(root.join(path), words::skipped_special(kind)),
            (Kind::Folder, _) => self.walk(root, disk, path),
            (Kind::File, Content::Nothing) => {}
            (Kind::File, Content::Other(why)) => {
                self.passed_over.push(PassedOver { file: root.join(path), why });
            }
            (Kind::File, Content::Document | Content::Labelled) if self.files.len() >= MOST => {
                self.is_full = true;
                self.skip(root.to_owned(), words::too_many_files(MOST));
            }
            (Kind::File, content @ (Content::Document | Content::Labelled)) => {
                let is_labelled = Some(content == Content::Labelled);
                self.files.push(Found { path: root.join(path), is_labelled });
            }
        }
    }

    fn skip(&mut self, file: PathBuf, message: String) {
        self.skipped.push(Problem { file, line: None, kind: ProblemKind::NotImported, message });
    }
}

/// The content of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Content {
    Document,
    Labelled,
    /// A part of a labelled file beside it, or of the system.
    Nothing,
    /// Anything else.
    Other(NotImportable),
}

/// The content of a file that the user names.
#[derive(Clone, Copy)]
enum Named {
    Document,
    Labelled,
    /// A kind that Demarche knows and does not read.
    Unread(Unread),
}

impl Named {
    fn of(path: &Path) -> Self {
        match recognise(path) {
            Recognised::Labelled(_) | Recognised::Archive => Self::Labelled,
            Recognised::Unread(kind) => Self::Unread(kind),
            Recognised::Other => Self::Document,
        }
    }

    fn by_user(is_labelled: bool) -> Self {
        if is_labelled { Self::Labelled } else { Self::Document }
    }
}

/// Returns the problem of a file of a kind that Demarche does not read.
fn unread(file: PathBuf, kind: Unread) -> Problem {
    Problem { file, line: None, kind: ProblemKind::NotImported, message: kinds::unread(kind) }
}

/// Files that belong to labelled files or to the system, so that nobody misses them.
const SILENT: [&str; 8] = [
    "annotation.conf",
    "visual.conf",
    "tools.conf",
    "kb_shortcuts.conf",
    "typesystem.xml",
    "thumbs.db",
    "desktop.ini",
    "icon\r",
];

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

/// Returns the content of a file in a folder.
fn content_of(path: &Path) -> Content {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    if SILENT.contains(&name.as_str()) {
        return Content::Nothing;
    }
    match recognise(path) {
        Recognised::Labelled(_) | Recognised::Archive => return Content::Labelled,
        Recognised::Unread(kind) if kind.is_companion() => return Content::Nothing,
        Recognised::Unread(kind) => return Content::Other(NotImportable::Kind(kind)),
        Recognised::Other => {}
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let takes = |format: &&dyn DocumentFormat| format.endings().contains(&ending.as_str());
    let documents: Vec<_> = formats().iter().copied().filter(takes).collect();
    let head = head(path).unwrap_or_default();
    match other_format_of(path, &head) {
        Some(other) => Content::Other(NotImportable::Format(other)),
        None if documents.iter().any(|format| format.fits(&head)) => Content::Document,
        None if documents.is_empty() => Content::Other(NotImportable::Unknown),
        None => Content::Other(NotImportable::Content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::fixtures::database;

    #[test]
    fn what_is_passed_over_in_a_folder_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("a.txt", "We wait."),
            ("b.xml", "<doc>words</doc>"),
            ("c.eml", "From: a@example.org\n\nWords"),
            ("d.pptx", "PK"),
            ("e.png", "\u{89}PNG"),
            ("notes", "Words without an ending."),
            ("votes.csv", "yes,no\nno,yes\n"),
            (".hidden", "x"),
            ("annotation.conf", "[entities]"),
            ("f.ann", "T1\tA 0 2\tWe\n"),
            ("f.txt", "We"),
        ];
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 0, "Budget").unwrap();
        book.save(folder.path().join("sums.xlsx")).unwrap();
        let found = Files::at(&[folder.path().to_owned()], None);
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(found.documents.iter().map(name).collect::<Vec<_>>(), ["a.txt"]);
        let passed: Vec<_> = found.passed_over.iter().map(|one| (name(&one.file), one.why)).collect();
        let expected = [
            ("b.xml", NotImportable::Format(OtherFormat::Xml)),
            ("c.eml", NotImportable::Format(OtherFormat::Email)),
            ("d.pptx", NotImportable::Format(OtherFormat::Presentation)),
            ("e.png", NotImportable::Unknown),
            ("notes", NotImportable::Unknown),
            ("sums.xlsx", NotImportable::Format(OtherFormat::Spreadsheet)),
            ("votes.csv", NotImportable::Content),
        ];
        assert_eq!(passed, expected.map(|(name, why)| (name.to_owned(), why)));
        assert!(found.skipped.is_empty());
    }

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

    /// Files that are recognised whatever their ending: labelled, of a kind that is not read, and neither.
    const FILES: [(&str, &str); 7] = [
        ("labelled.txt", "{\"text\":\"We wait\",\"label\":[[3,7,\"Threat\"]]}\n"),
        ("labelled.dat", "#FORMAT=WebAnno TSV 3.3\n"),
        ("hypothesis.json", "{\"total\":1,\"rows\":[]}"),
        ("table.csv", "annotation_id,annotator,label,text\n1,2,[],We wait\n"),
        ("config.xml", "<View><Labels/></View>"),
        ("text.txt", "We wait.\n"),
        ("other.dat", "We wait.\n"),
    ];

    #[test]
    fn files_of_kinds_that_are_not_read_are_skipped_by_name_and_in_folders() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in FILES {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let paths: Vec<PathBuf> = FILES.iter().map(|(name, _)| folder.path().join(name)).collect();
        let shown = |files: &Files| {
            let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
            let names = |paths: &[PathBuf]| paths.iter().map(name).collect::<Vec<_>>().join(" ");
            let skipped = files.skipped.iter().map(|problem| problem.file.clone());
            let passed_over = files.passed_over.iter().map(|one| one.file.clone());
            let skipped: Vec<PathBuf> = skipped.chain(passed_over).collect();
            [names(&files.documents), names(&files.labelled), names(&skipped)]
        };
        let unread = if annotations::importer("hypothesis").is_some() { "" } else { "hypothesis.json " };
        let read = if unread.is_empty() { " hypothesis.json" } else { "" };
        assert_eq!(
            shown(&Files::at(&paths, None)),
            [
                "text.txt other.dat".to_owned(),
                format!("labelled.txt labelled.dat{read}"),
                format!("{unread}table.csv config.xml")
            ]
        );
        let read = if unread.is_empty() { "hypothesis.json " } else { "" };
        // The configuration belongs to the tasks next to it.
        assert_eq!(
            shown(&Files::at(&[folder.path().to_owned()], None)),
            [
                "text.txt".to_owned(),
                format!("{read}labelled.dat labelled.txt"),
                format!("{unread}other.dat table.csv")
            ]
        );
        let all =
            |format| shown(&Files::at(&paths, Some(format))).map(|names| names.split_whitespace().count());
        assert_eq!((all("txt"), all("jsonl")), ([7, 0, 0], [0, 7, 0]), "a named format is obeyed");
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
