//! The files of journals: the only place that opens, writes, cuts and reads them.

use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::checksum::sha256;
use crate::disk::{DiskError, Kind, outside, steps};
use crate::machine::host_name;
use crate::project::files::make_local;
use crate::project::folder::{Folder, LOCAL};
use crate::project::folder_id::folder_id;
use crate::project::limits;
use crate::{FileTask, IoError};
use demarche_model::{AnnotatorId, slug};

/// Length of the start of a journal that names its owner, in bytes.
const START_BYTES: u64 = 1024;

/// Name of the note with the id of the folder whose journal is in the user's folder.
const NOTE: &str = "folder-id";

/// Ending of a journal that could not be applied in full, and is kept.
const KEPT: &str = "kept";

/// The place of a person's journal in a project on this machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// The project.
    pub folder: Folder,
    /// The person whose steps it holds.
    pub person: AnnotatorId,
    /// The machine that writes it, the only one that reads it.
    pub machine: String,
    /// The file in the project.
    inside: FileAt,
    /// The file in the user's folder, for a project that can't be written.
    outside: FileAt,
    /// Other files there: one that is found by the project's path only, and that of a folder of which this one is a copy
    /// and whose place it has taken.
    others: Vec<FileAt>,
    /// The note that leads from the project's path to the file in the user's folder, and its text.
    note: Option<(FileAt, String)>,
}

/// A file in a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
struct FileAt {
    folder: Folder,
    /// Relative to the folder.
    path: PathBuf,
}

impl FileAt {
    fn failed(&self, task: FileTask) -> impl FnOnce(DiskError) -> IoError {
        self.folder.failed(task, &self.path)
    }

    /// Returns the length of the file in bytes; `None` if it does not exist.
    fn length(&self) -> Option<u64> {
        self.folder.disk().metadata(&self.path).ok().map(|found| found.length)
    }

    /// Renames the file, so that nothing in it is lost. Returns the new path.
    fn set_aside(&self) -> Result<PathBuf, IoError> {
        let named = |number: u32| self.path.with_extension(format!("{number}.{KEPT}"));
        if let Some(target) = (1..).map(named).find(|path| !self.folder.has(path)) {
            let renamed = self.folder.disk().rename(&self.path, &target);
            renamed.map_err(self.failed(FileTask::SetAside))?;
            return Ok(self.folder.root().join(target));
        }
        Ok(self.folder.root().join(&self.path))
    }
}

impl Place {
    /// Returns the place of a person's journal on this machine.
    pub fn of(folder: &Folder, person: &AnnotatorId) -> Self {
        let by_path = journals(outside::real_path(folder.root()).as_os_str().as_encoded_bytes());
        let Some(id) = folder_id(folder) else { return Self::on(folder, person, &machine(), &by_path) };
        let mut place = Self::on(folder, person, &machine(), &journals(id.as_bytes()));
        let path = place.outside.path.clone();
        let in_folder = |folder| FileAt { folder: Folder::new(folder), path: path.clone() };
        let note = FileAt { folder: Folder::new(by_path.clone()), path: PathBuf::from(NOTE) };
        place.others = vec![in_folder(by_path)];
        place.others.extend(replaced(&note, &id).map(|earlier| in_folder(journals(earlier.as_bytes()))));
        place.note = Some((note, id));
        place
    }

    /// Returns the place of a person's journal on the machine of this name, with `outside` as the user's folder.
    pub fn on(folder: &Folder, person: &AnnotatorId, machine: &str, outside: &Path) -> Self {
        let name = format!("{}-{}.log", stem(person.as_str()), in_name(machine));
        Self {
            folder: folder.clone(),
            person: person.clone(),
            machine: machine.to_owned(),
            inside: FileAt { folder: folder.clone(), path: Path::new(LOCAL).join(&name) },
            outside: FileAt { folder: Folder::new(outside), path: PathBuf::from(name) },
            others: Vec::new(),
            note: None,
        }
    }

    /// Returns all files in which a journal may be.
    fn files(&self) -> impl Iterator<Item = &FileAt> {
        [&self.inside, &self.outside].into_iter().chain(&self.others)
    }

    /// Returns the contents of the files that exist and are not empty.
    ///
    /// # Errors
    /// One can't be read.
    pub fn read(&self) -> Result<Vec<Vec<u8>>, IoError> {
        let mut found = Vec::new();
        for file in self.files() {
            match steps::read(file.folder.disk(), &file.path, limits::JOURNAL) {
                Err(error) if is_absent(&error) => {}
                read => {
                    let bytes = read.map_err(file.failed(FileTask::ReadJournal))?;
                    if !bytes.is_empty() {
                        found.push(bytes);
                    }
                }
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
        let inside = make_local(&self.folder).and_then(|()| JournalFile::create(&self.inside));
        inside.or_else(|_| self.create_outside())
    }

    /// Opens a journal in the user's folder, as [`Place::create`] does.
    ///
    /// # Errors
    /// It can't be written.
    pub fn create_outside(&self) -> Result<JournalFile, IoError> {
        self.outside.folder.create_root()?;
        JournalFile::create(&self.outside)
    }

    /// Makes the name of an open journal durable and, if it is in the user's folder, notes whose it is. Without that note,
    /// the journal is lost if the project's folder is replaced by a copy.
    pub fn settle(&self, file: &JournalFile) {
        if let (true, Some((note, id))) = (file.file == self.outside, &self.note) {
            let created = note.folder.create_root();
            let replace = || steps::replace(note.folder.disk(), &note.path, &mut id.as_bytes());
            if !matches!(created.map(|()| replace()), Ok(Ok(()))) {
                tracing::warn!("place of the journal not noted");
            }
        }
        // The system may not be able to sync folders.
        let _ = file.file.folder.disk().sync_folder(file.file.path.parent().unwrap_or(Path::new("")));
    }

    /// Returns the path of an open journal if it is in the user's folder.
    pub fn path_outside(&self, file: &JournalFile) -> Option<PathBuf> {
        (file.file == self.outside).then(|| self.outside.folder.root().join(&self.outside.path))
    }

    /// Removes the files, once everything in them is saved.
    ///
    /// # Errors
    /// One can't be removed.
    pub fn remove(&self) -> Result<(), IoError> {
        for file in self.files() {
            match file.folder.disk().remove_file(&file.path) {
                Err(error) if !is_absent(&error) => return Err(file.failed(FileTask::RemoveFile)(error)),
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
        let there = self.files().filter(|file| file.length().is_some());
        there.map(FileAt::set_aside).collect()
    }
}

/// A journal that is open for appending.
#[derive(Clone)]
pub(super) struct JournalFile {
    file: FileAt,
    length: u64,
}

impl JournalFile {
    fn create(file: &FileAt) -> Result<Self, IoError> {
        if file.length().is_some_and(|length| length > 0) {
            file.set_aside()?;
        }
        let created = file.folder.disk().append(&file.path, &[]);
        created.map_err(file.failed(FileTask::WriteJournal))?;
        Ok(Self { file: file.clone(), length: 0 })
    }

    /// Appends bytes. If not all of them can be written, none are.
    ///
    /// # Errors
    /// The system refuses, as on a full disk, or another program has removed the file.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), IoError> {
        let failed = |error| self.file.failed(FileTask::WriteJournal)(error);
        let disk = self.file.folder.disk();
        let found = disk.metadata(&self.file.path).map_err(failed)?;
        if found.length != self.length {
            return Err(failed(DiskError::System(ErrorKind::NotFound.into())));
        }
        match disk.append(&self.file.path, bytes) {
            Ok(()) => {
                self.length += bytes.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Records after a torn one would be lost.
                let _ = disk.truncate(&self.file.path, self.length);
                Err(failed(error))
            }
        }
    }

    /// Removes everything in the file.
    ///
    /// # Errors
    /// The system refuses.
    pub fn cut(&mut self) -> Result<(), IoError> {
        let cut = self.file.folder.disk().truncate(&self.file.path, 0);
        cut.map_err(self.file.failed(FileTask::WriteJournal))?;
        self.length = 0;
        Ok(())
    }

    /// Makes what was appended durable.
    ///
    /// # Errors
    /// The disk fails.
    pub fn sync(&self) -> Result<(), IoError> {
        let synced = self.file.folder.disk().sync_file(&self.file.path);
        synced.map_err(self.file.failed(FileTask::WriteJournal))
    }

    /// Returns the number of bytes in the file.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Removes an empty file when it is closed.
    pub fn close(self) {
        if self.length == 0 {
            // An empty journal that stays does no harm.
            let _ = self.file.folder.disk().remove_file(&self.file.path);
        }
    }
}

/// Returns the id of a folder that had the place of the one with this id, and of which that is a copy.
fn replaced(note: &FileAt, id: &str) -> Option<String> {
    let bytes = steps::read(note.folder.disk(), &note.path, limits::FOLDER_ID).ok()?;
    let earlier = String::from_utf8(bytes).ok()?;
    let number = |id: &str| id.split_once('-').map(|(number, _)| number.to_owned());
    (earlier != id && number(&earlier) == number(id)).then_some(earlier)
}

/// Returns the starts of a project's journals, in its folder and in the user's.
pub(super) fn starts(folder: &Folder) -> Vec<Vec<u8>> {
    let mut starts = Vec::new();
    let any = Place::of(folder, &AnnotatorId::nobody());
    let outside = [&any.outside].into_iter().chain(&any.others).map(|file| file.folder.clone());
    for place in [folder.below(Path::new(LOCAL))].into_iter().chain(outside) {
        for name in names(&place) {
            if !name.starts_with("journal-") || !name.ends_with(".log") {
                continue;
            }
            let mut start = Vec::new();
            let file = place.disk().open(Path::new(&name), limits::JOURNAL);
            if file.is_ok_and(|file| file.take(START_BYTES).read_to_end(&mut start).is_ok()) {
                starts.push(start);
            }
        }
    }
    starts
}

/// Returns the names of the files in a folder.
fn names(folder: &Folder) -> impl Iterator<Item = String> + use<> {
    let entries = folder.disk().list(Path::new("")).unwrap_or_default().into_iter();
    entries.filter(|entry| entry.kind == Kind::File).map(|entry| entry.name.to_string_lossy().into_owned())
}

/// Returns whether a person's journal on this machine has any content.
pub(super) fn is_waiting(folder: &Folder, person: &AnnotatorId) -> bool {
    let place = Place::of(folder, person);
    place.files().any(|file| file.length().is_some_and(|length| length > 0))
}

/// Returns the journals in a project that were kept, since something in them could not be applied; relative to its folder.
pub(super) fn kept(folder: &Folder) -> Vec<PathBuf> {
    let is_kept = |name: &String| name.starts_with("journal-") && name.ends_with(&format!(".{KEPT}"));
    let names = names(&folder.below(Path::new(LOCAL))).filter(is_kept);
    let mut kept: Vec<PathBuf> = names.map(|name| Path::new(LOCAL).join(name)).collect();
    kept.sort();
    kept
}

fn is_absent(error: &DiskError) -> bool {
    let is_no_folder = matches!(error, DiskError::System(error) if error.kind() == ErrorKind::NotADirectory);
    error.is_missing() || is_no_folder
}

fn stem(person: &str) -> String {
    format!("journal-{}", in_name(person))
}

/// Returns a name in a form that any file system accepts. Different names remain different.
fn in_name(name: &str) -> String {
    let slug = slug(name, "me");
    if slug == name { slug } else { format!("{slug}-{}", &sha256(name.as_bytes())[..6]) }
}

/// Returns the name of this machine in journals.
pub(super) fn machine() -> String {
    host_name().unwrap_or_else(|| "this-machine".to_owned())
}

/// Returns the user's folder with the journals of a project that can't be written. `key` tells the project from others.
fn journals(key: &[u8]) -> PathBuf {
    let name = &sha256(key)[..16];
    let journals = match directories::ProjectDirs::from("", "", "demarche") {
        Some(folders) => folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).join("journals"),
        None => std::env::temp_dir().join("demarche-journals"),
    };
    journals.join(name)
}
