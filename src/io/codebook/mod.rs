//! Codebooks in and out: one file per format, one table of formats.
//!
//! To add a format, write a file with one type that is a [`CodebookFormat`], and name it in [`formats`]; the command
//! line follows. What other programs write is sorted out by [`draft`], so that every format answers doubtful ids,
//! keys, colours and parents alike.

pub(super) mod brat;
mod csv;
mod draft;
mod markdown;
mod qdc;
mod ron;
mod tidy;
mod tree;

#[cfg(test)]
mod tests;

pub(super) use draft::Names;
pub(super) use qdc::{hashed, read_codes, write_codes};

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::export::FormatInfo;
use super::import::text::decode;
use super::project::Preset;
use super::{IoError, Loss, Problem, ProblemKind};
use crate::model::{Codebook, slug};
pub(super) use draft::parse_colour;

/// A format that codebooks can be written in, and mostly read from.
pub trait CodebookFormat: Sync {
    /// What the format is called and what it can carry.
    fn info(&self) -> FormatInfo;

    /// The endings of the files that it reads, lower case and without dot; none where it only writes.
    fn endings(&self) -> &'static [&'static str] {
        &[]
    }

    /// The name of a second file that belongs to the first and lies beside it.
    fn beside(&self) -> Option<&'static str> {
        None
    }

    /// Writes a codebook, and says what the format could not carry.
    ///
    /// # Errors
    /// The format can't hold this codebook at all.
    fn write(&self, book: &Preset) -> Result<Written, IoError>;

    /// Reads a codebook, with what is wrong in it and was left out or mended.
    ///
    /// # Errors
    /// The file as a whole can't be read, or the format is only written.
    fn read(&self, _input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
        Err(IoError::Other(format!("{} is only written, not read", self.info().name)))
    }
}

/// What a format made of a codebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The bytes.
    pub files: Files,
    /// What the format could not carry.
    pub losses: Vec<Loss>,
}

/// One file, or several with fixed names that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Files {
    /// One file, whatever it is called.
    One(Vec<u8>),
    /// Files of one folder, each with its name.
    Several(Vec<(&'static str, Vec<u8>)>),
}

/// What a format reads.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Where the file lies; problems name it, and its name may become the codebook's.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The file that lies beside it, if there is one: where, and its bytes.
    pub beside: Option<(PathBuf, Vec<u8>)>,
}

impl Input<'_> {
    /// The file's text, in whatever encoding it was saved, with LF line ends and no byte order mark.
    fn text(&self) -> Result<String, IoError> {
        text_of(self.path, &self.bytes)
    }

    /// The file's name without its ending.
    fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// A codebook that is called as the file is.
    fn preset(&self, name: String, codebook: Codebook) -> Preset {
        Preset { id: slug(&name, "codebook"), name, description: String::new(), codebook }
    }
}

fn text_of(path: &Path, bytes: &[u8]) -> Result<String, IoError> {
    decode(bytes, None).map(|decoded| decoded.text).map_err(|error| {
        let message = format!("the codebook can't be read: {error}");
        IoError::Problem(problem(path, None, ProblemKind::Malformed, message))
    })
}

fn problem(file: &Path, line: Option<usize>, kind: ProblemKind, message: String) -> Problem {
    Problem { file: file.to_owned(), line, kind, message }
}

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
        IoError::Other(format!(
            "no codebook is read from such a file, but from {endings}: {}",
            path.display()
        ))
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
