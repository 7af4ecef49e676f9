//! Export of labelled spans: one file per format, one table of formats.
//!
//! To add a format, write a file with one type that is an [`Exporter`], and name it in [`exporters`]; the command line,
//! the window and the list of formats follow.

pub(super) mod brat;
mod cas;
mod conll;
mod csv;
mod doccano;
mod figures;
mod html;
mod jsonl;
mod jsonl_anchors;
mod label_studio;
mod markdown;
mod parts;
mod prodigy;
mod qdpx;
mod read_back;
mod scope;
mod spacy;
mod table;
mod to_path;
mod tokens;
mod tsv;
mod w3c;
pub(super) mod webanno;
mod words;
mod xlsx;

#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod random;
#[cfg(test)]
pub(crate) mod random_full;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{IoError, Loss};

pub(super) use markdown::escape as escape_markdown;
pub use read_back::ReadBack;
pub(super) use scope::Losses;
pub use scope::Scope;
pub(super) use table::guard;
pub use to_path::{Exported, export_to_path};

/// A format that spans can be written in.
pub trait Exporter: Sync {
    /// What the format is called and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Writes what is in the scope, in many small pieces: `out` should be buffered. Says what the format could not carry.
    ///
    /// # Errors
    /// `out` fails (then [`IoError::System`] without a path), or the scope's hook says stop.
    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, IoError>;

    /// Whether the format is a folder of files. Then [`Exporter::write_folder`] is called, and `write` fails.
    fn is_folder(&self) -> bool {
        false
    }

    /// As [`Exporter::write`], for a format that is a folder of files.
    ///
    /// # Errors
    /// A file can't be written, or the scope's hook says stop.
    fn write_folder(&self, _scope: &Scope<'_>, _out: &mut dyn FolderOut) -> Result<Vec<Loss>, IoError> {
        Err(IoError::Other(format!("{} is one file, no folder", self.info().name)))
    }

    /// How many passages stand in what was written, counted by reading it; `None` where nobody can tell. Not asked of a
    /// format that comes in again: there every passage is compared.
    ///
    /// # Errors
    /// What was written can't be read.
    fn recount(&self, _path: &Path) -> Result<Option<usize>, IoError> {
        Ok(None)
    }
}

/// Takes the files of an export that is a folder.
pub trait FolderOut {
    /// Writes a file; `name` is relative to the folder, with `/` between its parts.
    ///
    /// # Errors
    /// The file can't be written.
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), IoError>;
}

/// What a format is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FormatInfo {
    /// Its name on the command line, stable.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The ending of its files, without dot.
    pub extension: &'static str,
    /// What it carries.
    pub carries: &'static str,
    /// What it can't carry.
    pub loses: &'static str,
    /// Whether it comes in again.
    pub imports: bool,
}

/// All formats, in the order in which people see them.
pub fn exporters() -> &'static [&'static dyn Exporter] {
    &[
        &csv::Csv,
        &tsv::Tsv,
        &jsonl::Jsonl,
        &markdown::Markdown,
        &brat::Brat,
        &doccano::Doccano,
        &label_studio::LabelStudio,
        &prodigy::Prodigy,
        &spacy::Spacy,
        &conll::Conll,
        &webanno::WebAnno,
        &w3c::W3c,
        &qdpx::Qdpx,
        &xlsx::Xlsx,
        &html::Html,
        &cas::Xmi,
        &cas::Json,
    ]
}

/// The format of this name.
pub fn exporter(name: &str) -> Option<&'static dyn Exporter> {
    exporters().iter().copied().find(|exporter| exporter.info().name == name)
}

/// An error of the writer; the caller knows the path.
fn broken(source: io::Error) -> IoError {
    IoError::System { what: "can't write the export", path: PathBuf::new(), source }
}
