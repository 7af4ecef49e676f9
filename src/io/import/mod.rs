//! Files from elsewhere, as documents and layers.
//!
//! To add a format of labelled spans, write a file with one type that is an [`Importer`], and name it in
//! [`importers`]; the command line, the window and the list of formats follow. An importer reads bytes into a [`Draft`];
//! [`place`] turns that into an edit of a project, in one way for all formats.

mod brat;
mod cas;
mod conll;
mod doccano;
mod draft;
mod files;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod fuzz;
mod json;
mod jsonl;
mod label_studio;
#[cfg(test)]
pub(crate) mod mutation;
mod placing;
mod prodigy;
mod qdpx;
mod reading;
mod spacy;
pub mod text;
mod w3c;
mod webanno;

use std::path::{Path, PathBuf};

pub use draft::{
    Draft, DraftDocument, DraftLink, DraftPerson, DraftProvenance, DraftSpan, DraftValue, Unit, Whose,
};
pub use files::{files_in, format_of, from_text, same_origin};
pub use placing::{Fresh, Incoming, Made, place, place_all};
pub use reading::read_files;
pub use text::Imported;

use super::{IoError, Problem, ProblemKind};
use crate::model::{DocumentId, Project};

/// A format that labelled spans are read from.
pub trait Importer: Sync {
    /// Its name on the command line, the same as the exporter's where there is one.
    fn name(&self) -> &'static str;

    /// The endings of the files that it reads, lower case and without dot.
    fn endings(&self) -> &'static [&'static str];

    /// Whether a file with one of these endings is of this format, by its first bytes (64 KB at most); several formats may share
    /// an ending. The first format of [`importers`] that says yes is taken.
    fn fits(&self, _head: &[u8]) -> bool {
        true
    }

    /// Whether texts come back to the byte. Otherwise they are [rebuilt](DraftDocument::rebuilt) from their tokens.
    fn keeps_texts(&self) -> bool {
        true
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The file as a whole can't be read. What is wrong with one record is among the draft's problems.
    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError>;
}

/// All formats that labelled spans are read from; of those that share an ending, the more demanding ones first.
pub fn importers() -> &'static [&'static dyn Importer] {
    &[
        &w3c::W3c,
        &label_studio::LabelStudio,
        &prodigy::Prodigy,
        &spacy::Spacy,
        &doccano::Doccano,
        &jsonl::Jsonl,
        &brat::Brat,
        &conll::Conll,
        &webanno::WebAnno,
        &cas::Xmi,
        &cas::Json,
        &qdpx::Qdpx,
    ]
}

/// The format of this name.
pub fn importer(name: &str) -> Option<&'static dyn Importer> {
    importers().iter().copied().find(|importer| importer.name() == name)
}

/// The format of a file, by its ending and its first bytes; `None` for a mere text.
pub fn importer_of(path: &Path, head: &[u8]) -> Option<&'static dyn Importer> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    let fits = |importer: &&dyn Importer| importer.endings().contains(&&*ending) && importer.fits(head);
    importers().iter().copied().find(fits)
}

/// A file that is read.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Where it lies; problems name it, and files beside it are found by it.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl<'a> Input<'a> {
    /// Reads a file into memory.
    ///
    /// # Errors
    /// It can't be read.
    pub fn open(path: &'a Path) -> Result<Self, IoError> {
        let bytes = std::fs::read(path).map_err(IoError::system("can't read the file", path))?;
        Ok(Self { path, bytes })
    }

    /// A problem of this file.
    pub fn problem(&self, line: Option<usize>, kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem { file: self.path.to_owned(), line, kind, message: message.into() }
    }

    /// The path of a file that lies beside this one, with another ending.
    pub fn beside(&self, ending: &str) -> PathBuf {
        self.path.with_extension(ending)
    }

    /// The file's name without its ending.
    pub fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// The id of the next document that comes in: `d001`, `d002` and so on, after the greatest that there is or was.
pub fn next_document_id(project: &Project) -> DocumentId {
    DocumentId::new(format!("d{:03}", next_number(project)))
}

/// The ids of the documents that come in next, in order.
pub fn document_ids(project: &Project) -> impl Iterator<Item = DocumentId> {
    (next_number(project)..).map(|number| DocumentId::new(format!("d{number:03}")))
}

fn next_number(project: &Project) -> u32 {
    let numbers = project.taken_ids().filter_map(|id| id.as_str().strip_prefix('d')?.parse::<u32>().ok());
    numbers.max().unwrap_or(0).saturating_add(1)
}
