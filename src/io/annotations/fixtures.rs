//! Small files of other programs in `tests/files`: a folder per format, with a subfolder per program or version. The
//! expected import is in `EXPECTED.txt` next to them.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::importer::{Importer, Input};
use super::{Draft, Fresh, Incoming, SpanOwner, importer, importer_of, place};
use crate::archive::Packer;
use crate::export::sample;
use demarche_model::{AnnotatorId, Document, Project};

/// The name of the file with the expected import, as text.
const EXPECTED: &str = "EXPECTED.txt";

/// Files that belong together.
pub(crate) struct Case {
    /// The folder with the files.
    pub folder: PathBuf,
    /// Their format.
    pub importer: &'static dyn Importer,
    /// The name of the file that is read.
    pub main: String,
    /// The files by name, including the main one.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Case {
    /// Writes the files into a folder, and returns the path of the one that is read.
    pub fn write(&self, folder: &Path) -> PathBuf {
        for (name, bytes) in &self.files {
            fs::write(folder.join(name), bytes).unwrap();
        }
        folder.join(&self.main)
    }
}

/// Returns a folder in the repository.
pub(crate) fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

/// Returns the folders in a folder, by name.
pub(crate) fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Returns the files in a folder, by name, and in its subfolders if they are to be packed; files of other formats are left out.
pub(crate) fn files(folder: &Path, deep: bool) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for path in fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.extend(Some(path).filter(|_| deep));
            } else if !path.ends_with(EXPECTED) {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// Packs files into an archive.
pub(crate) fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut packer = Packer::new();
    for (name, bytes) in files {
        packer.file(name).unwrap();
        packer.write_all(bytes).unwrap();
    }
    packer.finish().unwrap()
}

/// Returns all cases.
pub(crate) fn cases() -> Vec<Case> {
    let formats = folders(&root("tests/files"));
    formats.iter().flat_map(|format| folders(format).into_iter().map(|folder| case(format, folder))).collect()
}

fn case(format: &Path, folder: PathBuf) -> Case {
    let name = format.file_name().unwrap().to_str().unwrap();
    let importer = importer(name).unwrap();
    let mut files = files(&folder, name == "qdpx");
    if name == "qdpx" {
        let title = folder.file_name().unwrap().to_string_lossy();
        files = vec![(format!("{title}.qdpx"), packed(&files))];
    }
    // Databases are in the repository as the SQL that creates them.
    for (name, bytes) in &mut files {
        if let Some(stem) = name.strip_suffix(".sql") {
            *name = format!("{stem}.{}", importer.endings()[0]);
            *bytes = database(std::str::from_utf8(bytes).unwrap());
        }
    }
    let is_main = |(name, bytes): &&(String, Vec<u8>)| {
        importer_of(Path::new(name), bytes).is_some_and(|found| found.name() == importer.name())
    };
    let main = files.iter().find(is_main).unwrap_or_else(|| panic!("no file of {name}: {folder:?}"));
    let main = main.0.clone();
    Case { folder, importer, main, files }
}

/// Imports a case into an empty project.
fn bring_in(case: &Case) -> (Project, Incoming) {
    let folder = tempfile::tempdir().unwrap();
    let path = case.write(folder.path());
    placed(&path, case.importer.read(&Input::open(&path).unwrap()).unwrap())
}

/// Places a draft in an empty project, for `me` if the file names no annotator. One without texts is placed in the sample,
/// for Ana, whose passages it may correct.
pub(super) fn placed(file: &Path, draft: Draft) -> (Project, Incoming) {
    let has_texts = draft.corrections.is_empty() && draft.documents.iter().all(|d| d.quoted.is_none());
    let empty = || Project::new("empty", sample::codebook());
    let (mut project, me) = if has_texts { (empty(), "me") } else { (sample::project(), "ana") };
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let me = AnnotatorId::new(me);
    let incoming = place(&project, file, draft, SpanOwner::Unsigned(&me), fresh).unwrap();
    project.apply(incoming.edit.clone()).unwrap();
    (project, incoming)
}

/// Describes everything that was imported, and the messages about it.
fn report(case: &Case) -> String {
    let (project, incoming) = bring_in(case);
    let mut out = String::new();
    project.documents().iter().for_each(|document| tell_document(&project, document, &mut out));
    let additions = &incoming.additions;
    for (what, names) in [
        ("categories", additions.categories.iter().map(ToString::to_string).collect::<Vec<_>>()),
        ("attributes", additions.attributes.iter().map(ToString::to_string).collect()),
        ("kinds of link", additions.link_kinds.iter().map(ToString::to_string).collect()),
        ("annotators", additions.annotators.iter().map(ToString::to_string).collect()),
        ("actors", additions.actors.clone()),
    ] {
        if !names.is_empty() {
            let _ = writeln!(out, "new {what}: {}", names.join(", "));
        }
    }
    for problem in &incoming.problems {
        let (name, line) = (problem.file.file_name().unwrap().to_string_lossy(), problem.line.unwrap_or(0));
        let folder = format!("{}/", problem.file.parent().unwrap().display());
        let message = problem.message.replace(&folder, "");
        let _ = writeln!(out, "problem at {name}:{line}, {}: {message}", problem.kind.name());
    }
    let losses = incoming.losses.iter().chain(incoming.shared_losses.values());
    losses.for_each(|loss| _ = writeln!(out, "not carried: {loss}"));
    incoming.remarks.iter().for_each(|remark| {
        // Some contain the path of the file, which differs each time.
        let remark = remark.split(": /").next().unwrap();
        _ = writeln!(out, "remark: {remark}");
    });
    // Ids of documents are random; here they are numbers.
    (1..).zip(&incoming.documents).fold(out, |out, (n, id)| out.replace(id.as_str(), &format!("d{n:03}")))
}

fn tell_document(project: &Project, document: &Document, out: &mut String) {
    let (meta, text) = (&document.meta, document.text.as_ref().unwrap());
    let date = meta.date.as_ref().map_or("no date", |date| date.as_str());
    let _ = writeln!(out, "document {}: “{}”, {date}, source “{}”", meta.id, meta.title, meta.source);
    let _ = writeln!(out, "  {:?}", text.as_str());
    for (annotator, layer) in &document.layers {
        for span in layer.spans() {
            let ranges: Vec<String> = span
                .ranges
                .iter()
                .map(|r| format!("{}–{}", text.char_offset(r.start), text.char_offset(r.end)))
                .collect();
            let (ranges, quote) = (ranges.join(" "), span.quote(text));
            let _ = write!(out, "  {annotator}: {} {ranges} {quote:?}", span.category);
            span.attributes.iter().for_each(|(id, value)| _ = write!(out, ", {id} = {value:?}"));
            let note = if span.note.is_empty() { String::new() } else { format!(", note {:?}", span.note) };
            let _ = writeln!(out, "{note}");
        }
        for link in layer.links() {
            let there = project.document(&link.to_document).unwrap();
            let quote = |document: &Document, id| {
                let span = document.layers.values().find_map(|layer| layer.span(id)).unwrap();
                span.quote(document.text.as_ref().unwrap())
            };
            let (from, to) = (quote(document, link.from), quote(there, link.to));
            let _ = writeln!(out, "  {annotator}: {from:?} {} {to:?}", link.kind);
        }
    }
}

/// Compares with `EXPECTED.txt` next to the files; with GOLDEN=write in the environment, writes it.
#[test]
fn files_of_other_programs_are_imported_as_expected() {
    let cases = cases();
    let formats: std::collections::BTreeSet<&str> = cases.iter().map(|case| case.importer.name()).collect();
    assert_eq!(formats.len(), super::importers().len(), "there is a file of every format");
    for case in cases {
        let (path, report) = (case.folder.join(EXPECTED), report(&case));
        if std::env::var_os("GOLDEN").is_some() {
            fs::write(&path, &report).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(report, expected, "{}", case.folder.display());
    }
}

/// Returns the bytes of a database that SQL creates.
pub(crate) fn database(sql: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch(&format!("PRAGMA synchronous = OFF; BEGIN;\n{sql}\n;COMMIT;")).unwrap();
    connection.close().map_err(|(_, error)| error).unwrap();
    std::fs::read(&path).unwrap()
}
