//! A copy of a project in another folder: its files as they are on disk, then what differs in memory.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::create::files_of;
use super::files::make_local;
use super::folder::{FileKey, Folder, is_project};
use super::history::append_missing_history;
use super::limits;
use super::save::{snapshot, write};
use crate::disk::{Entry, Kind, outside, steps};
use crate::{FileTask, IoError};
use demarche_model::{DocumentId, LogEntry, Project};

/// What is in memory and may not be on disk.
pub struct Unsaved {
    /// The project.
    pub project: Project,
    /// The files that have to be written.
    pub changed: BTreeSet<FileKey>,
    /// The steps that the history lacks.
    pub steps: Vec<LogEntry>,
}

/// What a copy lacks, since it is neither in memory nor readable on disk.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lacking {
    /// Documents without their text.
    pub documents: Vec<DocumentId>,
    /// Files and folders, relative to the project's folder, which is the empty path.
    pub files: Vec<PathBuf>,
}

/// Returns the folder for a copy of a project: `chosen` if it is empty or does not exist, otherwise a new one in it with the
/// name of the project's folder. A project gets no copy in it: [`copy_project`] refuses it.
pub fn place_for_copy(chosen: &Path, from: &Folder) -> PathBuf {
    let is_free = |path: &Path| match Folder::new(path).disk().list(Path::new("")) {
        Ok(entries) => entries.is_empty(),
        Err(error) => error.is_missing(),
    };
    if is_free(chosen) || is_project(chosen) {
        return chosen.to_owned();
    }
    let name = from.root().file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy());
    let named = |number: usize| match number {
        1 => chosen.join(&*name),
        number => chosen.join(format!("{name} {number}")),
    };
    (1..).map(named).find(|path| is_free(path)).unwrap_or_else(|| chosen.to_owned())
}

/// Copies a project to another folder, except for the files of this machine. What can't be read is left out.
///
/// # Errors
/// The other folder contains a project, is inside the project, or can't be written.
pub fn copy_project(from: &Folder, to: &Folder, unsaved: &Unsaved) -> Result<Lacking, IoError> {
    let is_inside = outside::real_path(to.root()).starts_with(outside::real_path(from.root()));
    if to.is_project() || is_inside {
        return Err(IoError::ProjectExists(to.root().to_owned()));
    }
    to.create_root()?;
    make_local(to)?;
    let mut lacking = Lacking::default();
    copy_files(from, to, &mut lacking)?;
    let keys = unsaved.project.documents().iter().flat_map(|document| files_of(document));
    let missing = keys.chain([FileKey::Project]).filter(|key| !to.has(&key.relative()));
    write_unsaved(to, unsaved, missing)?;
    let has_text = |id: &demarche_model::TextId| to.has(&FileKey::Text(id.clone()).relative());
    let documents = unsaved.project.documents().iter().filter(|document| !has_text(&document.meta.text_id()));
    lacking.documents = documents.map(|document| document.id().clone()).collect();
    Ok(lacking)
}

/// Writes what is in memory to a copy: what has changed, and `missing` files.
///
/// # Errors
/// A file can't be written.
pub fn write_unsaved(
    to: &Folder,
    unsaved: &Unsaved,
    missing: impl Iterator<Item = FileKey>,
) -> Result<(), IoError> {
    let keys = unsaved.changed.iter().cloned().chain(missing).collect();
    write(to, &snapshot(&unsaved.project, &keys))?;
    append_missing_history(to, &unsaved.steps)
}

/// Copies files, and makes the copies durable.
fn copy_files(from: &Folder, to: &Folder, lacking: &mut Lacking) -> Result<(), IoError> {
    let (mut files, mut folders, mut left) = (Vec::new(), Vec::new(), vec![PathBuf::new()]);
    while let Some(folder) = left.pop() {
        let Ok(entries) = from.disk().list(&folder) else {
            lacking.files.push(folder);
            continue;
        };
        for Entry { name, kind } in entries {
            let path = folder.join(&name);
            match kind {
                // The files of this machine, and those of git.
                Kind::Folder if name.to_string_lossy().starts_with('.') => {}
                Kind::Folder => left.push(path),
                Kind::File => match from.disk().open(&path, limits::ANY) {
                    Ok(mut content) => {
                        let failed = || to.failed(FileTask::WriteFile, &path);
                        steps::make_folders(to.disk(), &folder).map_err(failed())?;
                        steps::replace_unsynced(to.disk(), &path, &mut content).map_err(failed())?;
                        files.push(path);
                    }
                    Err(_) => lacking.files.push(path),
                },
                Kind::Special(_) => lacking.files.push(path),
            }
        }
        folders.push(folder);
    }
    to.disk().sync_all(&files, &folders).map_err(to.failed(FileTask::WriteFile, Path::new("")))
}
