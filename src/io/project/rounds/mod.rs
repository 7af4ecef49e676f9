//! Rounds: what everybody had coded at a moment, kept in `rounds/r1-ana/` and never changed again.
//!
//! The folder of a round is a project inside the project: a `project.ron` with the codebook and the people of then, and the
//! layers of then, as they were on disk. Texts are shared with the project, since a version of a text never changes, so a
//! round is read by the functions that read any project. `round.ron` says who froze it and when, and lists the files with
//! their checksums.

mod check;
mod freeze;
mod record;
mod take_over;

use std::path::{Path, PathBuf};

use super::folder::{FileKey, Folder};
use super::open::{open, read_documents};
use super::round_id::{ROUNDS, RoundId, TEXTS};
use crate::disk::Kind;
use crate::{FileTask, IoError, Problem};
use demarche_model::{
    AnnotatorId, DocumentId, LayerId, LeftOut, PersonKey, Progress, Project, Stamp, Unfinished,
};

pub(super) use check::check_rounds;
pub use freeze::{NewRound, freeze_round};
pub use take_over::{TakenOver, take_over_rounds};

/// A round, without the layers in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Round {
    /// Its name.
    pub id: RoundId,
    /// The person who froze it.
    pub by: AnnotatorId,
    /// The key of that person, if they have one.
    pub key: Option<PersonKey>,
    /// When it was frozen.
    pub at: Stamp,
    /// What it is, in the words of that person; may be empty.
    pub note: String,
    /// Its files, in the order of their paths.
    pub files: Vec<RoundFile>,
}

/// A file of a round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoundFile {
    /// The file, in the folder of the round.
    pub key: FileKey,
    /// The checksum of its text, with LF line ends.
    pub sha256: String,
}

impl Round {
    /// Returns the layers that it keeps.
    pub fn layers(&self) -> impl Iterator<Item = &LayerId> {
        self.files.iter().filter_map(|file| match &file.key {
            FileKey::Layer(layer) => Some(layer),
            _ => None,
        })
    }
}

/// The rounds of a project, by number.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rounds {
    /// Those that can be read.
    pub rounds: Vec<Round>,
    /// Why others can't be.
    pub problems: Vec<Problem>,
}

impl Rounds {
    /// Reads what each round says about itself, and no layer. A project without the folder has no rounds.
    ///
    /// # Errors
    /// The folder can't be listed.
    pub fn read(folder: &Folder) -> Result<Self, IoError> {
        let mut found = Self::default();
        for id in round_ids(folder)? {
            match record::read_head(folder, &id) {
                Ok(round) => found.rounds.push(round),
                Err(problem) => found.problems.push(problem),
            }
        }
        Ok(found)
    }

    /// Returns the round that a user names: `r1-ana`, or `r1` or `1` if only one round has that number.
    pub fn find(&self, name: &str) -> Option<&Round> {
        let exact = self.rounds.iter().find(|round| round.id.to_string() == name);
        let number: Option<u32> = name.strip_prefix('r').unwrap_or(name).parse().ok();
        let mut numbered = self.rounds.iter().filter(|round| Some(round.id.number) == number);
        exact.or_else(|| numbered.next().filter(|_| numbered.next().is_none()))
    }
}

/// Returns the names of the rounds, by number.
fn round_ids(folder: &Folder) -> Result<Vec<RoundId>, IoError> {
    let mut ids: Vec<RoundId> =
        round_entries(folder)?.iter().filter_map(|(name, _)| name.parse().ok()).collect();
    ids.sort();
    Ok(ids)
}

/// Returns the names and kinds of everything among the rounds, sorted, without hidden files.
fn round_entries(folder: &Folder) -> Result<Vec<(String, Kind)>, IoError> {
    let path = Path::new(ROUNDS);
    let entries = match folder.disk().list(path) {
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        entries => entries.map_err(folder.failed(FileTask::ListFolder, path))?,
    };
    let named = entries.into_iter().map(|entry| (entry.name.to_string_lossy().into_owned(), entry.kind));
    let mut named: Vec<_> = named.filter(|(name, _)| !name.starts_with('.')).collect();
    named.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    Ok(named)
}

/// A round as a project: codebook, people and layers of then, with the texts that the layers were made on.
#[derive(Debug)]
pub struct RoundProject {
    /// The project, with all documents read that can be.
    pub project: Project,
    /// Problems in its files, with paths relative to the project's folder.
    pub problems: Vec<Problem>,
    /// Why documents can't be read.
    pub unread: Vec<IoError>,
    /// What the round keeps, but the project leaves out, since it is not independent coding.
    pub left_out: LeftOut,
}

/// Reads a round as a project. What coders who work blind added or changed after they could see the work of others is left
/// out: figures of a round are of independent coding.
///
/// # Errors
/// The round has no readable `project.ron`, or the reading was stopped.
pub fn read_round(
    folder: &Folder,
    id: &RoundId,
    progress: &dyn Progress,
) -> Result<RoundProject, Unfinished<IoError>> {
    let inside = folder.round(id);
    let opened = open(&inside).map_err(Unfinished::Failed)?;
    let (mut project, mut problems) = (opened.project, opened.problems);
    let codebook = project.codebook().clone();
    let metas: Vec<_> = project.documents().iter().map(|document| document.meta.clone()).collect();
    let mut unread = Vec::new();
    let mut left_out = LeftOut::default();
    let read = read_documents(&inside, &opened.listing, &codebook, &metas, progress)?;
    for (meta, read) in metas.iter().zip(read) {
        match read {
            Ok((contents, found, _)) => {
                problems.extend(found);
                left_out += contents.left_out;
                project.load_document(&meta.id, contents);
            }
            Err(error) => unread.push(error),
        }
    }
    problems.iter_mut().for_each(|problem| problem.file = in_project(id, &problem.file));
    Ok(RoundProject { project, problems, unread, left_out })
}

/// Returns the path, relative to the project's folder, of a file that is named as seen from a round.
fn in_project(id: &RoundId, file: &Path) -> PathBuf {
    if file.starts_with(TEXTS) { file.to_owned() } else { id.relative().join(file) }
}

/// Returns whether a path, below any folder, is that of a file in a round.
pub(super) fn is_in_round(path: &Path) -> bool {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.windows(2).any(|pair| pair[0] == ROUNDS && pair[1].parse::<RoundId>().is_ok())
}

/// Returns whether a round keeps a layer of a document, so that its texts have to stay.
pub(super) fn is_in_a_round(folder: &Folder, document: &DocumentId) -> bool {
    let keeps = |id: &RoundId| {
        let layers = id.relative().join("layers");
        let owners = folder.disk().list(&layers).unwrap_or_default();
        owners.iter().any(|owner| folder.has(&layers.join(&owner.name).join(format!("{document}.ron"))))
    };
    round_ids(folder).unwrap_or_default().iter().any(keeps)
}
