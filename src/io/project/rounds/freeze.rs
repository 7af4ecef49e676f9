//! Freezing a round: the layers of all coders, as they are on disk, are copied to a folder that is complete before it gets
//! its name.

use std::path::{Path, PathBuf};

use super::super::files::{make_local, parent, read_bytes};
use super::super::folder::{FileKey, Folder, LOCAL};
use super::super::listing::Listing;
use super::super::open::{open, read_documents};
use super::super::project_file::ProjectPart;
use super::super::round_id::{HEAD, ROUNDS, RoundId};
use super::super::source::normal;
use super::{Round, RoundFile, record, round_entries};
use crate::checksum::sha256;
use crate::disk::steps;
use crate::{FileTask, IoError};
use demarche_model::{AnnotatorId, LayerId, PersonKey, Progress, Project, Stamp, Unfinished};

/// The start of the names of folders in which rounds are prepared.
const PREPARED: &str = "round-";

/// A round that is to be frozen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewRound {
    /// The person who freezes it.
    pub by: AnnotatorId,
    /// The key of that person, if they have one.
    pub key: Option<PersonKey>,
    /// The present time.
    pub at: Stamp,
    /// What it is; may be empty.
    pub note: String,
}

/// Keeps the layers of all coders as they are on disk, with the codebook, in a new folder below `rounds/`. The consensus is
/// not independent coding, and stays out.
///
/// # Errors
/// Nobody has tagged anything; a document or layer can't be read, so that the round would lack it; or the folder can't be
/// written. Nothing has changed then. Or the work was stopped.
pub fn freeze_round(
    folder: &Folder,
    new: NewRound,
    progress: &dyn Progress,
) -> Result<Round, Unfinished<IoError>> {
    let opened = open(folder).map_err(Unfinished::Failed)?;
    if let Some(newer) = opened.newer_project_file() {
        return Err(Unfinished::Failed(IoError::Problem(newer.clone())));
    }
    refuse_unreadable(folder, &opened.listing, &opened.project, progress)?;
    let files = texts(folder, &opened.listing, &opened.project).map_err(Unfinished::Failed)?;
    write(folder, new, &files).map_err(Unfinished::Failed)
}

/// Refuses to freeze a project of which a coder's layer can't be read.
fn refuse_unreadable(
    folder: &Folder,
    listing: &Listing,
    project: &Project,
    progress: &dyn Progress,
) -> Result<(), Unfinished<IoError>> {
    let coded = |id| listing.annotators(id).any(|owner| !owner.is_consensus());
    let documents = project.documents().iter().filter(|document| coded(document.id()));
    let metas: Vec<_> = documents.map(|document| document.meta.clone()).collect();
    if metas.is_empty() {
        return Err(Unfinished::Failed(IoError::NothingToFreeze));
    }
    for (meta, read) in
        metas.iter().zip(read_documents(folder, listing, project.codebook(), &metas, progress)?)
    {
        let (contents, problems, _) = read.map_err(Unfinished::Failed)?;
        let unreadable = contents.unreadable.iter().filter(|owner| !owner.is_consensus());
        for owner in unreadable {
            let file = FileKey::Layer(LayerId::new(&meta.id, owner)).relative();
            if let Some(problem) = problems.iter().find(|problem| problem.file == file) {
                return Err(Unfinished::Failed(IoError::Problem(problem.clone())));
            }
        }
    }
    Ok(())
}

/// Returns the files of the round with their texts, in the order of their paths.
fn texts(folder: &Folder, listing: &Listing, project: &Project) -> Result<Vec<(FileKey, String)>, IoError> {
    let mut files =
        vec![(FileKey::Project, ProjectPart::from_project(project).with_checksums(folder).compose())];
    for document in project.documents() {
        for owner in listing.annotators(document.id()).filter(|owner| !owner.is_consensus()) {
            let key = FileKey::Layer(LayerId::new(document.id(), owner));
            // As it is on disk, so that nothing of it is lost; only the line ends are those of Demarche.
            let Some(bytes) = read_bytes(folder, &key).map_err(IoError::Problem)? else { continue };
            let text = normal(bytes, &key.relative()).map_err(IoError::Problem)?;
            files.push((key, text));
        }
    }
    files.sort_by_key(|(key, _)| key.relative());
    Ok(files)
}

/// Writes a round under the next free number.
pub(super) fn write(folder: &Folder, new: NewRound, files: &[(FileKey, String)]) -> Result<Round, IoError> {
    make_local(folder)?;
    remove_prepared(folder);
    let listed =
        files.iter().map(|(key, text)| RoundFile { key: key.clone(), sha256: sha256(text.as_bytes()) });
    let id = RoundId { number: next_number(folder)?, by: new.by.clone() };
    let round = Round { id, by: new.by, key: new.key, at: new.at, note: new.note, files: listed.collect() };
    let prepared = Path::new(LOCAL).join(format!("{PREPARED}{}", steps::random_mark()));
    let written = put(folder, &prepared, &round, files).and_then(|()| place(folder, &prepared, &round.id));
    if written.is_err() {
        let _ = steps::remove_tree(folder.disk(), &prepared);
    }
    written.map(|()| round)
}

/// Writes all files of a round to a folder and makes them durable.
fn put(folder: &Folder, into: &Path, round: &Round, files: &[(FileKey, String)]) -> Result<(), IoError> {
    let head = record::compose(round);
    let all = files.iter().map(|(key, text)| (into.join(key.relative()), text));
    let (mut paths, mut folders) = (Vec::new(), vec![PathBuf::from(LOCAL), into.to_owned()]);
    for (path, text) in all.chain([(into.join(HEAD), &head)]) {
        let created = steps::make_folders(folder.disk(), parent(&path))
            .map_err(folder.failed(FileTask::MakeFolder, parent(&path)))?;
        folders.extend(created);
        folder
            .disk()
            .create(&path, &mut text.as_bytes())
            .map_err(folder.failed(FileTask::SaveFile, &path))?;
        paths.push(path);
    }
    folder.disk().sync_all(&paths, &folders).map_err(folder.failed(FileTask::SaveFolder, into))
}

/// Gives a prepared folder its name. A round that is there already is never replaced.
fn place(folder: &Folder, prepared: &Path, id: &RoundId) -> Result<(), IoError> {
    let (rounds, path) = (Path::new(ROUNDS), id.relative());
    let created =
        steps::make_folders(folder.disk(), rounds).map_err(folder.failed(FileTask::MakeFolder, rounds))?;
    if folder.has(&path) {
        return Err(IoError::Occupied { what: "the round", path: folder.root().join(path) });
    }
    folder.disk().rename(prepared, &path).map_err(folder.failed(FileTask::SaveFile, &path))?;
    let mut folders = vec![rounds.to_owned()];
    folders.extend(created.iter().map(|created| parent(created).to_owned()));
    folder.disk().sync_all(&[], &folders).map_err(folder.failed(FileTask::SaveFolder, rounds))
}

/// Returns the number after the greatest one in use, including rounds that can't be read.
fn next_number(folder: &Folder) -> Result<u32, IoError> {
    let entries = round_entries(folder)?;
    let numbers = entries.iter().filter_map(|(name, _)| name.parse::<RoundId>().ok()).map(|id| id.number);
    Ok(numbers.max().unwrap_or(0).saturating_add(1))
}

/// Removes what is left of rounds that were not finished.
fn remove_prepared(folder: &Folder) {
    let local = Path::new(LOCAL);
    for entry in folder.disk().list(local).unwrap_or_default() {
        if entry.name.to_string_lossy().starts_with(PREPARED) {
            let _ = steps::remove_tree(folder.disk(), &local.join(&entry.name));
        }
    }
}
