//! The paths of a project's files.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

pub use super::file_key::FileKey;
pub(crate) use super::file_key::LOCAL;
pub(super) use super::file_key::{FOLDERS_OF_PEOPLE, MEMOS, PROJECT_FILE, history_file, text_named};
use super::round_id::{HEAD, ROUNDS, RoundId, TEXTS};
use crate::disk::{self, Below, Disk, DiskError, Frozen, Kind, outside, steps};
use crate::{FileTask, IoError};
use demarche_model::{AnnotatorId, DocumentId, LayerId, TextId};

/// Returns whether a path names a project: its folder, or the `project.ron` in it. Looks at the disk.
pub fn is_project(path: &Path) -> bool {
    Folder::named_by(path).is_project()
}

/// The folder of a project, the paths in it, and the disk that holds it. Cheap to clone. Two folders are equal if their
/// paths are.
///
/// ```
/// use std::path::Path;
///
/// use demarche_io::project::Folder;
/// use demarche_model::LayerId;
///
/// let folder = Folder::new("sample");
/// let layer = LayerId::new(&"d001".into(), &"ana".into());
/// assert_eq!(folder.layer(&layer), Path::new("sample/layers/ana/d001.ron"));
/// ```
#[derive(Clone, Debug)]
pub struct Folder {
    root: Arc<Path>,
    disk: Arc<dyn Disk>,
    writer: u64,
    /// The project that this folder is a round of.
    round: Option<Arc<RoundOf>>,
}

/// A round, and the folder of the project that it is of.
#[derive(Debug)]
struct RoundOf {
    id: RoundId,
    project: Folder,
}

impl PartialEq for Folder {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl Eq for Folder {}

impl Folder {
    /// Creates a value for the project in this folder, which need not exist.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let disk = disk::real(&root);
        Self::on_disk(root, disk)
    }

    /// Returns the folder of a project on this disk, below the disk's root. `root` names the project in messages.
    pub fn on_disk(root: impl Into<PathBuf>, disk: Arc<dyn Disk>) -> Self {
        // The standard library seeds the state of its hash maps randomly.
        Self { root: root.into().into(), disk, writer: RandomState::new().hash_one(()), round: None }
    }

    /// Returns the folder of a round as that of a project, which shares the texts of this one and is never written.
    pub fn round(&self, id: &RoundId) -> Self {
        let folder = id.relative();
        let disk = Arc::new(Frozen::new(self.disk.clone(), &folder, TEXTS));
        let round = Some(Arc::new(RoundOf { id: id.clone(), project: self.clone() }));
        Self { round, ..Self::on_disk(self.root.join(&folder), disk) }
    }

    /// Returns the round whose folder this is.
    pub fn round_id(&self) -> Option<&RoundId> {
        self.round.as_ref().map(|round| &round.id)
    }

    /// Returns the folder of the project: this one, or the one that it is a round of.
    pub fn without_round(&self) -> Self {
        self.round.as_ref().map_or_else(|| self.clone(), |round| round.project.clone())
    }

    /// Returns the folder of a project inside this one.
    pub(super) fn below(&self, folder: &Path) -> Self {
        Self::on_disk(self.root.join(folder), Arc::new(Below::new(self.disk.clone(), folder)))
    }

    /// Returns the folder of the project that a path names: the folder itself, or the `project.ron` in it. Neither has to
    /// exist. The folder of a round is a project that can only be read.
    pub fn named_by(path: &Path) -> Self {
        let is_file = path.file_name().is_some_and(|name| name == PROJECT_FILE) && !outside::is_folder(path);
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = if is_file { parent.unwrap_or(Path::new(".")) } else { path };
        Self::of_named_round(folder).unwrap_or_else(|| Self::new(folder))
    }

    /// Returns the folder of the round that a path names, if it names one.
    fn of_named_round(path: &Path) -> Option<Self> {
        let id: RoundId = path.file_name()?.to_str()?.parse().ok()?;
        let rounds = path.parent().filter(|parent| parent.file_name().is_some_and(|name| name == ROUNDS))?;
        let root = rounds.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let project = Self::new(root);
        project.has(&id.relative().join(HEAD)).then(|| project.round(&id))
    }

    /// Returns whether there is a project in the folder.
    pub fn is_project(&self) -> bool {
        // Anything else in its place is a fault to be reported when the project is opened.
        self.disk.metadata(Path::new(PROJECT_FILE)).is_ok_and(|found| found.kind != Kind::Folder)
    }

    /// Returns whether there is anything at a path relative to the folder.
    pub fn has(&self, path: &Path) -> bool {
        steps::exists(self.disk(), path)
    }

    /// Creates the folder of a new project, those above it, and the folder for the files of this machine in it.
    ///
    /// # Errors
    /// The system refuses.
    pub fn create_root(&self) -> Result<(), IoError> {
        self.disk.create_root().map_err(self.failed(FileTask::MakeFolder, Path::new("")))?;
        let local = Path::new(LOCAL);
        steps::make_folders(self.disk(), local).map(drop).map_err(self.failed(FileTask::MakeFolder, local))
    }

    /// Returns the disk with the files of the project.
    pub(crate) fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// Returns the same folder for a series of steps; see [`Disk::series`].
    pub(super) fn in_series(&self) -> Self {
        match self.disk.series() {
            Some(disk) => Self { disk, ..self.clone() },
            None => self.clone(),
        }
    }

    /// Returns a random number that only this value and its clones share. It distinguishes this program's commits from
    /// those of others.
    pub(super) fn writer(&self) -> u64 {
        self.writer
    }

    /// Returns a function that wraps the error that made a task on a file of the project fail.
    pub(crate) fn failed(&self, task: FileTask, path: &Path) -> impl FnOnce(DiskError) -> IoError {
        IoError::on_disk(task, &self.root, path)
    }

    /// Returns the folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the path of `project.ron`: name, codebook, people, list of documents.
    pub fn project_file(&self) -> PathBuf {
        self.root.join(PROJECT_FILE)
    }

    /// Returns the path of a text, such as `documents/d001.txt` or `documents/d001.v2.txt`.
    pub fn text(&self, text: &TextId) -> PathBuf {
        self.at(&FileKey::Text(text.clone()))
    }

    /// Returns the path of the first version of a document's text, such as `documents/d001.txt`.
    pub fn document(&self, document: &DocumentId) -> PathBuf {
        self.text(&TextId::new(document, 1))
    }

    /// Returns the path of a text's pages, headings and times, such as `documents/d001.ron`.
    pub fn anchors(&self, text: &TextId) -> PathBuf {
        self.at(&FileKey::Anchors(text.clone()))
    }

    /// Returns the path of the copy of a text's imported file, such as `documents/d001.docx`, with that file's
    /// extension.
    pub fn original(&self, text: &TextId, ending: &SmolStr) -> PathBuf {
        self.at(&FileKey::Original(text.clone(), ending.clone()))
    }

    /// Returns the path of an annotator's spans in a document, such as `layers/ana/d001.ron`, or of what an adjudicator
    /// decided there, such as `consensus/lena/d001.ron`.
    pub fn layer(&self, layer: &LayerId) -> PathBuf {
        self.at(&FileKey::Layer(layer.clone()))
    }

    /// Returns the path of a reviewer's decisions in a document, such as `reviews/ben/d001.ron`, or of what an adjudicator
    /// left out of the consensus there, such as `consensus/lena/d001.left-out.ron`.
    pub fn review(&self, document: &DocumentId, reviewer: &AnnotatorId) -> PathBuf {
        self.at(&FileKey::Review(document.clone(), reviewer.clone()))
    }

    /// Returns the path of an annotator's audit log, such as `history/ana.log`.
    pub fn history(&self, annotator: &AnnotatorId) -> PathBuf {
        self.root.join(history_file(annotator))
    }

    /// Returns the folder `.demarche` with the files of this machine.
    pub fn local(&self) -> PathBuf {
        self.root.join(LOCAL)
    }

    /// Returns the path of a file of the project.
    fn at(&self, key: &FileKey) -> PathBuf {
        self.root.join(key.relative())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Folder;

    #[test]
    fn a_project_is_its_folder_or_its_file() {
        for (given, expected) in
            [("a/b", "a/b"), ("a/b/project.ron", "a/b"), ("project.ron", "."), (".", ".")]
        {
            assert_eq!(Folder::named_by(Path::new(given)).root(), Path::new(expected));
        }
    }
}
