//! Codebooks in and out: one file per format, one table of formats.
//!
//! To add a format, write a file with one type that is a [`CodebookFormat`], and name it in [`formats`]; the command
//! line follows. What other programs write is sorted out by [`draft`], so that every format answers doubtful ids,
//! keys, colours and parents alike.

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

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

use super::project::Preset;
use super::{IoError, Problem};

/// All formats, in the order in which people see them.
pub fn formats() -> &'static [&'static dyn CodebookFormat] {
    &[&ron::Ron, &csv::Csv, &markdown::Markdown, &qdc::Qdc, &brat::Brat]
}

/// The format of this name.
pub fn format(name: &str) -> Option<&'static dyn CodebookFormat> {
    formats().iter().copied().find(|format| format.info().name == name)
}

/// The format that reads files with the ending of this one.
pub fn format_of(path: &Path) -> Option<&'static dyn CodebookFormat> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    formats().iter().copied().find(|format| format.endings().contains(&ending.as_str()))
}

/// Reads a codebook from a file, by its ending, or from the folder of brat's two files; with what is wrong in it and
/// was left out or mended.
///
/// # Errors
/// No format reads such files, or the file as a whole can't be read.
pub fn read(path: &Path) -> Result<(Preset, Vec<Problem>), IoError> {
    let inner = if path.is_dir() { path.join(brat::ANNOTATION) } else { path.to_owned() };
    let format = format_of(&inner).ok_or_else(|| {
        let endings: Vec<String> =
            formats().iter().flat_map(|f| f.endings()).map(|ending| format!(".{ending}")).collect();
        let endings = endings.join(", ");
        IoError::NoCodebook { endings, path: path.to_owned() }
    })?;
    let bytes = fs::read(&inner).map_err(IoError::system("can't read the codebook", &inner))?;
    let beside = format.beside().map(|name| inner.with_file_name(name));
    let beside = match beside.map(|path| (fs::read(&path), path)) {
        Some((Ok(bytes), path)) => Some((path, bytes)),
        Some((Err(error), path)) if error.kind() != ErrorKind::NotFound => {
            return Err(IoError::system("can't read the codebook", &path)(error));
        }
        _ => None,
    };
    format.read(&Input { path: &inner, bytes, beside })
}

/// Writes what a format made: one file to `path`, several into the folder `path` (which the name of one of them stands
/// for, too). Each file whole or not at all.
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
                fs::create_dir_all(folder).map_err(IoError::system("can't make the folder", folder))?;
            }
            files.iter().try_for_each(|(name, bytes)| write_one(bytes, &folder.join(name)))
        }
    }
}

fn write_one(bytes: &[u8], path: &Path) -> Result<(), IoError> {
    let failed = || IoError::system("can't write the codebook", path);
    let mut file = AtomicWriteFile::open(path).map_err(failed())?;
    file.write_all(bytes).map_err(failed())?;
    file.commit().map_err(failed())
}
