//! Labelled files in a ZIP archive, as INCEpTION, doccano and Label Studio export them. Each file is read in the format that it
//! is recognised as; archives in the archive are unpacked as well, one level deep.
//!
//! The archive is unpacked into a temporary folder, since the readers look for texts and configurations next to a file.

#[cfg(test)]
mod tests;
mod unpacking;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::Draft;
use super::importer::{Importer, Input};
use crate::annotations::refusal::FileFault;
use crate::documents::Reader;
use crate::head::head;
use crate::loss::{AnnotationLoss, Loss};
use crate::recognise::{Recognised, Unread, recognise};
use crate::words::recognise as words;
use crate::{IoError, Problem, ProblemKind};
use unpacking::Unpacked;

/// Greatest number of files that are named in a remark.
const NAMED: usize = 10;

/// Names of files in doccano's exports that are no annotators.
const NO_ONE: [&str; 2] = ["all", "unknown"];

/// Reads the labelled files in the archive at `path`, in the given format or in those that are detected. Their paths are those
/// in the archive, below its own. The last draft is that of the archive, with what was not read.
///
/// # Errors
/// The archive can't be read.
pub(super) fn read(
    path: &Path,
    format: Option<&'static dyn Importer>,
    encoding: Option<&'static Encoding>,
    reader: &Reader,
) -> Result<Vec<(PathBuf, Draft)>, IoError> {
    let input = Input::open(path)?;
    let closed =
        |why: String| IoError::Problem(input.refused(None, FileFault::Closed { what: "ZIP archive", why }));
    let unpacked = Unpacked::of(&input.bytes).map_err(|error| closed(error.to_string()))?;
    let mut reading = Reading {
        path,
        unpacked: &unpacked,
        encoding,
        reader,
        drafts: Vec::new(),
        left: Vec::new(),
        kinds: Vec::new(),
    };
    for (file, with_labels) in unpacked.files.iter().zip(formats(&unpacked, format)) {
        match with_labels {
            Some(Recognised::Labelled(importer)) => reading.file(file, importer),
            Some(Recognised::Unread(kind)) if kind.is_companion() => {}
            Some(Recognised::Unread(kind)) => {
                reading.kinds.push(kind);
                reading.left.push(file.display().to_string());
            }
            Some(Recognised::Archive | Recognised::Other) => reading.left.push(file.display().to_string()),
            None => {}
        }
    }
    Ok(reading.finish())
}

/// Returns what each file is; `None` for one that belongs to another, which reads it.
fn formats(unpacked: &Unpacked, format: Option<&'static dyn Importer>) -> Vec<Option<Recognised>> {
    let stem = |path: &PathBuf| path.with_extension("");
    let is_brat = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "ann");
    let brat: HashSet<PathBuf> = unpacked.files.iter().filter(is_brat).map(stem).collect();
    let of = |file: &PathBuf| {
        if !is_brat(&file) && brat.contains(&stem(file)) {
            return None;
        }
        let path = unpacked.path(file);
        let Some(format) = format else { return Some(recognise(&path)) };
        let ending =
            file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_meant =
            format.endings().contains(&&*ending) || head(&path).is_ok_and(|head| format.is_sure(&head));
        Some(if is_meant { Recognised::Labelled(format) } else { Recognised::Other })
    };
    unpacked.files.iter().map(of).collect()
}

/// The reading of the files of an archive.
struct Reading<'a> {
    /// The path of the archive.
    path: &'a Path,
    unpacked: &'a Unpacked,
    encoding: Option<&'static Encoding>,
    reader: &'a Reader,
    drafts: Vec<(PathBuf, Draft)>,
    /// The files that are not read.
    left: Vec<String>,
    /// Their kinds, where Demarche knows them.
    kinds: Vec<Unread>,
}

impl Reading<'_> {
    fn file(&mut self, file: &Path, importer: &dyn Importer) {
        let at = self.unpacked.path(file);
        let (encoding, reader) = (self.encoding, Some(self.reader));
        let read = Input::open(&at).and_then(|input| importer.read(&Input { encoding, reader, ..input }));
        let mut draft = read.unwrap_or_else(|error| {
            let problem = match error {
                IoError::Problem(problem) => problem,
                other => self.problem(&at, other.to_string()),
            };
            Draft { problems: vec![problem], ..Draft::default() }
        });
        if importer.is_by_person() {
            sign(&mut draft, &at);
        }
        self.relocate(&mut draft);
        self.drafts.push((self.path.join(file), draft));
    }

    /// Replaces the paths in the temporary folder by those in the archive.
    fn relocate(&self, draft: &mut Draft) {
        let root = &self.unpacked.root;
        let moved = |path: &Path| {
            path.strip_prefix(root).map_or_else(|_| path.to_owned(), |path| self.path.join(path))
        };
        draft.problems.iter_mut().for_each(|problem| problem.file = moved(&problem.file));
        draft.shared_losses.iter_mut().for_each(|(path, _)| *path = moved(path));
        let (from, to) = (root.display().to_string(), self.path.display().to_string());
        let rename = |message: &mut String| *message = message.replace(&from, &to);
        draft.problems.iter_mut().for_each(|problem| rename(&mut problem.message));
        draft.remarks.iter_mut().for_each(rename);
    }

    fn finish(mut self) -> Vec<(PathBuf, Draft)> {
        let mut whole = Draft::default();
        whole.problems.extend(self.unpacked.refused.iter().map(|why| self.problem(self.path, why.clone())));
        if self.drafts.is_empty() {
            whole.problems.push(self.problem(self.path, words::nothing_in_archive(&self.kinds)));
        }
        if !self.left.is_empty() {
            let all = self.left.len();
            whole.losses.push(Loss::new(AnnotationLoss::OtherFiles, all));
            self.left.truncate(NAMED);
            whole.remarks.push(words::left_in_archive(&self.left, all));
        }
        self.drafts.push((self.path.to_owned(), whole));
        self.drafts
    }

    fn problem(&self, file: &Path, message: String) -> Problem {
        Problem { file: file.to_owned(), line: None, kind: ProblemKind::NotImported, message }
    }
}

/// Names the annotator of a file by its name, unless its passages name one.
fn sign(draft: &mut Draft, path: &Path) {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if NO_ONE.contains(&name.as_str()) {
        return;
    }
    for span in draft.documents.iter_mut().flat_map(|document| &mut document.spans) {
        span.annotator.get_or_insert_with(|| name.clone());
    }
}
