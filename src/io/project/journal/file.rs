//! The files of journals: the only place that opens, writes, cuts and reads them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::checksum::sha256;
use crate::machine::host_name;
use crate::project::disk::make_local;
use crate::project::folder::Folder;
use crate::{FileTask, IoError};
use demarche_model::{AnnotatorId, slug};

/// Greatest size of a journal that is read, in bytes. What follows counts as damaged.
const MOST_BYTES: u64 = 256 << 20;

/// Length of the start of a journal that says whose it is, in bytes.
const START_BYTES: u64 = 1024;

/// Ending of a journal that could not be applied in full, and is kept.
const KEPT: &str = "kept";

/// The place of a person's journal in a project on this machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// The project.
    pub folder: Folder,
    /// The person whose steps it holds.
    pub person: AnnotatorId,
    /// The machine that wrote it, and that alone reads it.
    pub machine: String,
    /// The file in the project.
    inside: PathBuf,
    /// The file in the user's folder, for a project that can't be written.
    outside: PathBuf,
}

impl Place {
    /// Returns the place of a person's journal on this machine.
    pub fn of(folder: &Folder, person: &AnnotatorId) -> Self {
        Self::on(folder, person, &machine(), &state_folder(folder))
    }

    /// Returns the place of a person's journal on the machine of this name, with `outside` as the user's folder.
    pub fn on(folder: &Folder, person: &AnnotatorId, machine: &str, outside: &Path) -> Self {
        let name = format!("{}-{}.log", stem(person.as_str()), in_name(machine));
        Self {
            folder: folder.clone(),
            person: person.clone(),
            machine: machine.to_owned(),
            inside: folder.local().join(&name),
            outside: outside.join(&name),
        }
    }

    /// Returns the files that exist and are not empty, with their contents.
    ///
    /// # Errors
    /// One can't be read.
    pub fn read(&self) -> Result<Vec<(PathBuf, Vec<u8>)>, IoError> {
        let mut found = Vec::new();
        for path in [&self.inside, &self.outside] {
            let mut bytes = Vec::new();
            match open_regular(OpenOptions::new().read(true), path) {
                Ok(file) => {
                    let read = file.take(MOST_BYTES).read_to_end(&mut bytes);
                    read.map_err(IoError::system(FileTask::ReadJournal, path))?;
                }
                Err(error) if is_absent(&error) => {}
                Err(error) => return Err(IoError::system(FileTask::ReadJournal, path)(error)),
            }
            if !bytes.is_empty() {
                found.push((path.clone(), bytes));
            }
        }
        Ok(found)
    }

    /// Opens the journal for appending: in the project or, if it can't be written there, in the user's folder. One that
    /// is not empty was not recovered, and is kept under another name.
    ///
    /// # Errors
    /// Neither can be written.
    pub fn create(&self) -> Result<JournalFile, IoError> {
        JournalFile::create(&self.inside, || make_local(&self.folder)).or_else(|_| {
            let parent = self.outside.parent().unwrap_or(&self.outside);
            let make = || fs::create_dir_all(parent).map_err(IoError::system(FileTask::MakeFolder, parent));
            JournalFile::create(&self.outside, make)
        })
    }

    /// Removes the files, once everything in them is saved.
    ///
    /// # Errors
    /// One can't be removed.
    pub fn remove(&self) -> Result<(), IoError> {
        for path in [&self.inside, &self.outside] {
            match fs::remove_file(path) {
                Err(error) if !is_absent(&error) => {
                    return Err(IoError::system(FileTask::RemoveFile, path)(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Renames the files, so that nothing in them is lost. Returns the new paths.
    ///
    /// # Errors
    /// One can't be renamed.
    pub fn keep(&self) -> Result<Vec<PathBuf>, IoError> {
        let there = [&self.inside, &self.outside].into_iter().filter(|path| path.symlink_metadata().is_ok());
        there.map(|path| set_aside(path)).collect()
    }
}

/// A journal that is open for appending.
pub(super) struct JournalFile {
    file: File,
    path: PathBuf,
    length: u64,
}

impl JournalFile {
    fn create(path: &Path, make_folder: impl FnOnce() -> Result<(), IoError>) -> Result<Self, IoError> {
        make_folder()?;
        let is_unread = path.symlink_metadata().is_ok_and(|meta| meta.len() > 0 && meta.is_file());
        if is_unread {
            set_aside(path)?;
        }
        let failed = || IoError::system(FileTask::WriteJournal, path);
        let file = open_regular(OpenOptions::new().append(true).create(true), path);
        let file = file.map_err(|error| failed()(error))?;
        // A power cut must not take the name away.
        if let Some(parent) = path.parent().filter(|_| cfg!(unix)) {
            let _ = File::open(parent).and_then(|folder| folder.sync_all());
        }
        Ok(Self { file, path: path.to_owned(), length: 0 })
    }

    /// Appends bytes. If not all of them can be written, none are.
    ///
    /// # Errors
    /// The system refuses, as on a full disk.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), IoError> {
        match self.file.write_all(bytes) {
            Ok(()) => {
                self.length += bytes.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Records after a torn one would not be found.
                let _ = self.file.set_len(self.length);
                Err(IoError::system(FileTask::WriteJournal, &self.path)(error))
            }
        }
    }

    /// Removes everything in the file.
    ///
    /// # Errors
    /// The system refuses.
    pub fn cut(&mut self) -> Result<(), IoError> {
        self.file.set_len(0).map_err(IoError::system(FileTask::WriteJournal, &self.path))?;
        self.length = 0;
        Ok(())
    }

    /// Makes what was appended durable.
    ///
    /// # Errors
    /// The disk fails.
    pub fn sync(&self) -> Result<(), IoError> {
        self.file.sync_data().map_err(IoError::system(FileTask::WriteJournal, &self.path))
    }

    /// Returns another handle, with which another thread can sync the file.
    pub fn second_handle(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Returns the number of bytes in the file.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Removes an empty file when it is closed.
    pub fn close(self) {
        if self.length == 0 {
            // An empty journal that stays does no harm.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Returns the starts of the journals in a project, in its folder and in the user's.
pub(super) fn starts(folder: &Folder) -> Vec<Vec<u8>> {
    let mut starts = Vec::new();
    for place in [folder.local(), state_folder(folder)] {
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with("journal-") || !name.ends_with(".log") {
                continue;
            }
            let mut start = Vec::new();
            let file = open_regular(OpenOptions::new().read(true), &entry.path());
            if file.and_then(|file| file.take(START_BYTES).read_to_end(&mut start)).is_ok() {
                starts.push(start);
            }
        }
    }
    starts
}

/// Returns whether a person's journal of this machine has anything in it.
pub(super) fn is_waiting(folder: &Folder, person: &AnnotatorId) -> bool {
    let place = Place::of(folder, person);
    let has_steps =
        |path: &PathBuf| path.symlink_metadata().is_ok_and(|meta| meta.is_file() && meta.len() > 0);
    [&place.inside, &place.outside].into_iter().any(has_steps)
}

/// Returns the journals in a project that were kept, since something in them could not be applied; relative to its folder.
pub(super) fn kept(folder: &Folder) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.local()).into_iter().flatten().flatten();
    let is_kept = |name: &str| name.starts_with("journal-") && name.ends_with(&format!(".{KEPT}"));
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let local = folder.local();
    let local = local.strip_prefix(folder.root()).unwrap_or(&local);
    let mut kept: Vec<PathBuf> = names.filter(|name| is_kept(name)).map(|name| local.join(name)).collect();
    kept.sort();
    kept
}

fn set_aside(path: &Path) -> Result<PathBuf, IoError> {
    let named = |number: u32| path.with_extension(format!("{number}.{KEPT}"));
    let Some(target) = (1..).map(named).find(|path| path.symlink_metadata().is_err()) else {
        return Ok(path.to_owned());
    };
    fs::rename(path, &target).map_err(IoError::system(FileTask::SetAside, path))?;
    Ok(target)
}

/// Opens a file unless something else than a file is in its place.
fn open_regular(options: &OpenOptions, path: &Path) -> io::Result<File> {
    if path.symlink_metadata().is_ok_and(|meta| !meta.is_file()) {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    options.open(path)
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn stem(person: &str) -> String {
    format!("journal-{}", in_name(person))
}

/// Returns a name in a form that any file system takes. Different names stay different.
fn in_name(name: &str) -> String {
    let slug = slug(name, "me");
    if slug == name { slug } else { format!("{slug}-{}", &sha256(name.as_bytes())[..6]) }
}

/// Returns the name of this machine in journals.
pub(super) fn machine() -> String {
    host_name().unwrap_or_else(|| "this-machine".to_owned())
}

/// Returns the folder of the user with the journals of a project that can't be written.
fn state_folder(folder: &Folder) -> PathBuf {
    let root = folder.root().canonicalize().unwrap_or_else(|_| folder.root().to_owned());
    let name = &sha256(root.as_os_str().as_encoded_bytes())[..16];
    let journals = match directories::ProjectDirs::from("", "", "demarche") {
        Some(folders) => folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).join("journals"),
        None => std::env::temp_dir().join("demarche-journals"),
    };
    journals.join(name)
}
