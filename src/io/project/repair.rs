//! Opening a damaged project in part, and repairing what can be repaired without guessing.
//!
//! A repair leaves out records of `project.ron`, of reviews and of analysis notes that can't be read, lists documents again whose records are
//! lost, and sets files aside that can't be read at all. A `project.ron` of which nothing can be read, or that is missing, is
//! rebuilt. Everything a repair changes is kept as `….before-repair`.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::analysis_notes;
use super::context::Context;
use super::files::{parent, put, read_bytes, read_ron};
use super::folder::{FileKey, Folder};
use super::format::FileKind;
use super::head_lock::lock_head;
use super::layer;
use super::limits::limit;
use super::listing::Listing;
use super::open::{Opened, open, read_project_bytes};
use super::owner::{stated_key, stated_owner};
use super::project_file::{self, HeadList, ProjectPart, ProjectRead};
use super::rebuild::{lost_project_file, rebuilt};
use super::relist::lost_documents;
use super::review;
use super::source::{Source, normal};
use crate::disk::DiskError;
use crate::{FileTask, IoError, Problem, ProblemKind};
use demarche_model::{AnnotatorId, DocumentId, LayerId, NotesPart};

/// What keeps a project from being opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damage {
    /// What is wrong, in the order of the lines.
    pub problems: Vec<Problem>,
    /// What a repair can do.
    pub remedy: Remedy,
}

/// What a repair can do about damage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remedy {
    /// Leave out what can't be read.
    Repair,
    /// Rebuild `project.ron` from the other files.
    Rebuild,
    /// Nothing: a person has to decide.
    None,
}

/// Returns what keeps a project from being opened; `None` if that is nothing that its files say.
pub fn damage(folder: &Folder) -> Option<Damage> {
    let first = match open(folder) {
        Err(IoError::Problem(first)) => first,
        Err(IoError::NoProject(_)) => lost_project_file(folder)?,
        _ => return None,
    };
    Some(match read_partly(folder) {
        Ok((read, remedy)) if !read.problems.is_empty() => Damage { problems: read.problems, remedy },
        Ok((_, remedy)) => Damage { problems: vec![first], remedy },
        Err(_) => Damage { problems: vec![first], remedy: Remedy::None },
    })
}

/// Opens what can be read of a project. It must not be written.
///
/// # Errors
/// There is no project, or `project.ron` can be neither read in part nor rebuilt.
pub fn open_partly(folder: &Folder) -> Result<Opened, IoError> {
    let (mut read, _) = read_partly(folder)?;
    let listing = Listing::read(folder)?;
    let mut problems = std::mem::take(&mut read.problems);
    let mut project = read.into_project();
    let (found, hashes) = analysis_notes::load(folder, &listing, &mut project);
    problems.extend(found);
    Ok(Opened { project, problems, listing, hashes })
}

/// Repairs a project. Returns the copies of what was changed, relative to the project's folder.
///
/// # Errors
/// `project.ron` can be neither read in part nor rebuilt, it is in a newer format, or a file can't be written. The copies
/// that were made are kept.
pub fn repair(folder: &Folder) -> Result<Vec<PathBuf>, IoError> {
    let _lock = lock_head(folder)?;
    let (mut read, _) = read_partly(folder)?;
    if let Some(newer) = read.newer.take() {
        return Err(IoError::Problem(newer));
    }
    let listing = Listing::read(folder)?;
    let mut repair = Repair { folder, kept: Vec::new(), folders: BTreeSet::new() };
    if !read.problems.is_empty() {
        let known: HashSet<&DocumentId> = read.documents.iter().map(|(meta, _)| &meta.id).collect();
        let lost = lost_documents(folder, &listing, &known);
        read.documents.extend(lost.into_iter().map(|meta| (meta, 0)));
        let text = ProjectPart::from_project(&read.into_project()).compose();
        repair.rewrite(&FileKey::Project, &text)?;
    }
    for document in listing.documents() {
        for annotator in listing.annotators(document) {
            repair.layer(&LayerId::new(document, annotator))?;
        }
        for reviewer in listing.reviewers(document) {
            repair.review(&FileKey::Review(document.clone(), reviewer.clone()))?;
        }
    }
    for (owner, part) in listing.analysis_notes() {
        repair.analysis_notes(&FileKey::AnalysisNotes(owner.clone(), *part), owner, *part)?;
    }
    let folders: Vec<PathBuf> = repair.folders.iter().cloned().collect();
    folder.disk().sync_all(&[], &folders).map_err(folder.failed(FileTask::SaveFolder, Path::new("")))?;
    open(folder)?;
    Ok(repair.kept)
}

struct Repair<'a> {
    folder: &'a Folder,
    kept: Vec<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Repair<'_> {
    /// Sets a layer aside that can't be read at all.
    fn layer(&mut self, id: &LayerId) -> Result<(), IoError> {
        let key = FileKey::Layer(id.clone());
        let file = key.relative();
        let context = Context { file: &file, id, key: None, texts: None, categories: None };
        let read =
            read_ron(self.folder, &key).and_then(|text| text.map(|t| layer::read(&t, &context)).transpose());
        match read {
            Err(problem) if self.is_damaged(&key, &problem) => self.set_aside(&key),
            _ => Ok(()),
        }
    }

    /// Leaves out the decisions of a review that can't be read, or sets it aside.
    fn review(&mut self, key: &FileKey) -> Result<(), IoError> {
        let FileKey::Review(document, reviewer) = key else { return Ok(()) };
        let file = key.relative();
        let parse = |text: String| {
            let (review, problems) = review::read(&text, &file, document, (reviewer, None))?;
            Ok((review, stated_owner(&text, &file)?.key, problems))
        };
        match read_ron(self.folder, key).and_then(|text| text.map(parse).transpose()) {
            Err(problem) if self.is_damaged(key, &problem) => self.set_aside(key),
            Ok(Some((review, person, problems))) if !problems.is_empty() => {
                self.rewrite(key, &review::compose(document, (reviewer, person), &review))
            }
            _ => Ok(()),
        }
    }

    /// Leaves out the records of analysis notes that can't be read, or sets the file aside.
    fn analysis_notes(&mut self, key: &FileKey, owner: &AnnotatorId, part: NotesPart) -> Result<(), IoError> {
        let file = key.relative();
        let parse = |text: String| {
            let (notes, problems) = analysis_notes::read(&text, &file, part, (owner, None))?;
            Ok((notes, stated_key(&text, &file)?, problems))
        };
        match read_ron(self.folder, key).and_then(|text| text.map(parse).transpose()) {
            Err(problem) if self.is_damaged(key, &problem) => self.set_aside(key),
            Ok(Some((notes, person, problems))) if !problems.is_empty() => {
                self.rewrite(key, &analysis_notes::compose(&notes, part, person))
            }
            _ => Ok(()),
        }
    }

    /// Returns whether a file can only be set aside: it is neither from a newer version nor in the middle of a git merge.
    fn is_damaged(&self, key: &FileKey, problem: &Problem) -> bool {
        let merging =
            || read_bytes(self.folder, key).is_ok_and(|bytes| bytes.is_some_and(|b| has_conflict_marks(&b)));
        problem.kind == ProblemKind::Malformed && !merging()
    }

    fn rewrite(&mut self, key: &FileKey, text: &str) -> Result<(), IoError> {
        let path = key.relative();
        if self.folder.has(&path) {
            let copy = free_name(self.folder, &path);
            copy_file(self.folder, &path, &copy, limit(key))
                .map_err(self.folder.failed(FileTask::KeepCopy, &path))?;
            self.kept.push(copy);
        }
        put(self.folder, &path, text, &mut self.folders)
    }

    fn set_aside(&mut self, key: &FileKey) -> Result<(), IoError> {
        let path = key.relative();
        let copy = free_name(self.folder, &path);
        let disk = self.folder.disk();
        disk.rename(&path, &copy).map_err(self.folder.failed(FileTask::SetAside, &path))?;
        self.folders.insert(parent(&path).to_owned());
        self.kept.push(copy);
        Ok(())
    }
}

fn copy_file(folder: &Folder, from: &Path, to: &Path, limit: u64) -> Result<(), DiskError> {
    let disk = folder.disk();
    disk.create(to, &mut disk.open(from, limit)?)?;
    disk.copy_permissions(from, to)
}

/// Returns a path for a copy that nothing has yet: `x.ron.before-repair`, `x.ron.before-repair-2`.
fn free_name(folder: &Folder, path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".before-repair");
    let mut copy = PathBuf::from(&name);
    let mut number = 2;
    while folder.has(&copy) {
        let mut numbered = name.clone();
        numbered.push(format!("-{number}"));
        copy = PathBuf::from(numbered);
        number += 1;
    }
    copy
}

fn has_conflict_marks(bytes: &[u8]) -> bool {
    bytes.split(|&b| b == b'\n').any(|line| line.starts_with(b"<<<<<<< "))
}

/// Reads what can be read of `project.ron`, also of one that was cut off. If that is nothing, it is rebuilt, unless it is in
/// the middle of a merge or in a newer format.
fn read_partly(folder: &Folder) -> Result<(ProjectRead, Remedy), IoError> {
    let file = FileKey::Project.relative();
    let lost = |problem: Problem| {
        let read = rebuilt(folder)?;
        if read.documents.is_empty() {
            return Err(IoError::Problem(problem));
        }
        Ok((ProjectRead { problems: vec![problem], ..read }, Remedy::Rebuild))
    };
    let bytes = match read_project_bytes(folder) {
        Err(IoError::NoProject(root)) => {
            return lost(lost_project_file(folder).ok_or(IoError::NoProject(root))?);
        }
        bytes => bytes?,
    };
    let text = match normal(bytes, &file) {
        Err(problem) => return lost(problem),
        Ok(text) => text,
    };
    let problem = match project_file::read(&text, &file) {
        Ok(read) => return Ok((completed(read, folder)?, Remedy::Repair)),
        Err(problem) => problem,
    };
    if has_conflict_marks(text.as_bytes()) {
        return Err(IoError::Problem(problem));
    }
    let closed = closed(&text);
    match project_file::read(&closed, &file) {
        Ok(mut read) => {
            read.problems.insert(0, problem);
            Ok((completed(read, folder)?, Remedy::Repair))
        }
        Err(_) if Source::new(&closed, &file, FileKind::Project).is_ok_and(|file| file.newer().is_some()) => {
            Err(IoError::Problem(problem))
        }
        Err(_) => lost(problem),
    }
}

/// Fills lists that `project.ron` does not have from the other files.
fn completed(mut read: ProjectRead, folder: &Folder) -> Result<ProjectRead, IoError> {
    if read.missing.is_empty() {
        return Ok(read);
    }
    let rebuilt = rebuilt(folder)?;
    for list in &read.missing {
        match list {
            HeadList::Annotators => read.annotators.clone_from(&rebuilt.annotators),
            HeadList::Actors => read.actors.clone_from(&rebuilt.actors),
            HeadList::Issues => read.issues.clone_from(&rebuilt.issues),
            HeadList::Categories => read.codebook.categories.clone_from(&rebuilt.codebook.categories),
            HeadList::Attributes => read.codebook.attributes.clone_from(&rebuilt.codebook.attributes),
            HeadList::LinkKinds => read.codebook.link_kinds.clone_from(&rebuilt.codebook.link_kinds),
            HeadList::Documents => read.documents.clone_from(&rebuilt.documents),
        }
    }
    Ok(read)
}

/// Returns a file that was cut off, up to its last whole line, with everything closed that is open.
fn closed(text: &str) -> String {
    let whole = text.rfind(",\n").map_or("", |at| &text[..at + 2]);
    let last_opened = whole.rfind(": [\n");
    let last_closed = whole.rfind("\n    ],\n");
    let end = if last_opened > last_closed { "    ],\n)\n" } else { ")\n" };
    format!("{whole}{end}")
}
