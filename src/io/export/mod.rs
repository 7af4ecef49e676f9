//! Export of labelled spans: one file per format, one table of formats.
//!
//! To add a format, write a file with one type that is an [`Exporter`], and name it in [`exporters`]; the command line,
//! the window and the list of formats follow.

mod csv;
mod jsonl;
mod markdown;
mod scope;
mod table;
mod tsv;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::{IoError, Loss};

pub(super) use markdown::escape as escape_markdown;
pub(super) use scope::Losses;
pub use scope::Scope;
pub(super) use table::guard;

/// A format that spans can be written in.
pub trait Exporter: Sync {
    /// What the format is called and what it can carry.
    fn info(&self) -> FormatInfo;

    /// Writes what is in the scope, in many small pieces: `out` should be buffered. Says what the format could not carry.
    ///
    /// # Errors
    /// `out` fails (then [`IoError::System`] without a path), or the scope's hook says stop.
    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, IoError>;
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
    &[&csv::Csv, &tsv::Tsv, &jsonl::Jsonl, &markdown::Markdown]
}

/// The format of this name.
pub fn exporter(name: &str) -> Option<&'static dyn Exporter> {
    exporters().iter().copied().find(|exporter| exporter.info().name == name)
}

/// Writes a file: all of it, or, where anything fails, nothing, and a file that was there stays as it was.
///
/// # Errors
/// The file can't be written, or the scope's hook says stop.
pub fn export_to_path(exporter: &dyn Exporter, scope: &Scope<'_>, path: &Path) -> Result<Vec<Loss>, IoError> {
    let failed = || IoError::system("can't write the export", path);
    let mut out = BufWriter::new(AtomicWriteFile::open(path).map_err(failed())?);
    let losses = exporter.write(scope, &mut out).map_err(|error| match error {
        IoError::System { source, .. } => failed()(source),
        other => other,
    })?;
    let file = out.into_inner().map_err(|error| failed()(error.into_error()))?;
    file.commit().map_err(failed())?;
    Ok(losses)
}

/// An error of the writer; the caller knows the path.
fn broken(source: io::Error) -> IoError {
    IoError::System { what: "can't write the export", path: PathBuf::new(), source }
}
