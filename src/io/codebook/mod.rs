//! Reading and writing codebooks: one file per format, and one table of formats.
//!
//! To add a format, write a file with one type that implements [`CodebookFormat`], and add it to [`formats`]; the command
//! line follows. [`draft`] resolves doubtful ids, keys, colours and parents in the same way for every format.

pub(super) mod brat;
mod codebook_format;
mod csv;
mod draft;
mod markdown;
mod qdc;
mod ron;
mod tidy;
mod tree;

#[cfg(test)]
mod tests;

pub use codebook_format::{CodebookFormat, Files, Input, Written};
pub(super) use draft::Names;
pub(super) use qdc::{hashed, read_codes, write_codes};
pub(super) use tidy::note_meanings;

use std::fs;
use std::io::Write;
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

use super::FileTask;
use super::project::Preset;
use super::{IoError, Problem, ProblemKind};
use crate::decode::decode;
use crate::disk::{DiskError, outside};
use crate::limits;
use codebook_format::problem;

/// Returns all formats, in the order in which they are shown.
pub fn formats() -> &'static [&'static dyn CodebookFormat] {
    &[&ron::Ron, &csv::Csv, &markdown::Markdown, &qdc::Qdc, &brat::Brat]
}

/// Returns the format with this name.
pub fn format(name: &str) -> Option<&'static dyn CodebookFormat> {
    formats().iter().copied().find(|format| format.info().name == name)
}

/// Returns the format that reads files with the extension of this path.
pub fn format_of(path: &Path) -> Option<&'static dyn CodebookFormat> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    formats().iter().copied().find(|format| format.endings().contains(&extension.as_str()))
}

/// Reads a codebook from a file, whose extension decides on the format, or from a folder with brat's two files. Returns the
/// problems of records that were left out or corrected.
///
/// # Errors
/// No format reads such files, or the file as a whole can't be read.
pub fn read(path: &Path) -> Result<(Preset, Vec<Problem>), IoError> {
    match path.is_dir() {
        true => read_found(&path.join(brat::ANNOTATION)),
        false => read_with(path, |path| outside::read(path, limits::CODEBOOK)),
    }
}

/// Reads a codebook like [`read`], from a file that the user did not name and that must not be a link.
///
/// # Errors
/// As [`read`].
pub(super) fn read_found(path: &Path) -> Result<(Preset, Vec<Problem>), IoError> {
    read_with(path, |path| outside::read_found(path, limits::CODEBOOK))
}

fn read_with(
    inner: &Path,
    read: impl Fn(&Path) -> Result<Vec<u8>, DiskError>,
) -> Result<(Preset, Vec<Problem>), IoError> {
    let format = format_of(inner).ok_or_else(|| {
        let endings: Vec<String> =
            formats().iter().flat_map(|f| f.endings()).map(|ending| format!(".{ending}")).collect();
        let endings = endings.join(", ");
        IoError::NoCodebook { endings, path: inner.to_owned() }
    })?;
    let bytes = read(inner).map_err(IoError::outside(FileTask::ReadCodebook, inner))?;
    let beside = format.beside().map(|name| inner.with_file_name(name));
    let beside = match beside.map(|path| (outside::read_found(&path, limits::CODEBOOK), path)) {
        Some((Ok(bytes), path)) => Some((path, bytes)),
        Some((Err(error), path)) if !error.is_missing() => {
            return Err(IoError::outside(FileTask::ReadCodebook, &path)(error));
        }
        _ => None,
    };
    // Archives and other binary files are not texts, and can't be damaged in this way.
    let damage = decode(&bytes, None).map(|decoded| decoded.damage.losses()).unwrap_or_default();
    let (preset, mut problems) = format.read(&Input { path: inner, bytes, beside })?;
    let replaced = damage.iter().map(|loss| format!("{}: {loss}", loss.effect().words()));
    problems.extend(replaced.map(|message| problem(inner, None, ProblemKind::Malformed, message)));
    Ok((preset, problems))
}

/// Writes the files of a codebook: one file to `path`, or several into the folder `path`; the path of one of them names the
/// folder as well. Each file is written atomically.
///
/// # Errors
/// A file or the folder can't be written.
pub fn write_files(files: &Files, path: &Path) -> Result<(), IoError> {
    match files {
        Files::One(bytes) => write_one(bytes, path),
        Files::Several(files) => {
            let named = files.iter().any(|(name, _)| path.file_name().is_some_and(|last| last == *name));
            let folder = path.parent().filter(|_| named && !path.is_dir()).unwrap_or(path);
            if !folder.as_os_str().is_empty() {
                fs::create_dir_all(folder).map_err(IoError::system(FileTask::MakeFolder, folder))?;
            }
            files.iter().try_for_each(|(name, bytes)| write_one(bytes, &folder.join(name)))
        }
    }
}

fn write_one(bytes: &[u8], path: &Path) -> Result<(), IoError> {
    let failed = || IoError::system(FileTask::WriteCodebook, path);
    let mut file = AtomicWriteFile::open(path).map_err(failed())?;
    file.write_all(bytes).map_err(failed())?;
    file.commit().map_err(failed())
}
