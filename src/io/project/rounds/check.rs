//! The check of rounds: that they are as they were frozen, and can be read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::folder::{FOLDERS_OF_PEOPLE, Folder};
use super::super::listing::file_names;
use super::super::round_id::{HEAD, ROUNDS, RoundId, TEXTS};
use super::take_over::{changed, read_frozen};
use super::{read_round, record, round_entries};
use crate::checksum::sha256;
use crate::disk::Kind;
use crate::words::rounds as words;
use crate::{IoError, Problem, ProblemKind};
use demarche_model::Unfinished;

/// Returns the problems of all rounds.
///
/// # Errors
/// The folder can't be listed.
pub(in super::super) fn check_rounds(folder: &Folder) -> Result<Vec<Problem>, IoError> {
    let mut problems = Vec::new();
    for (name, kind) in round_entries(folder)? {
        match name.parse::<RoundId>() {
            Ok(id) if kind == Kind::Folder => problems.extend(check_round(folder, &id)?),
            _ => problems.push(stray(Path::new(ROUNDS).join(name))),
        }
    }
    Ok(problems)
}

fn check_round(folder: &Folder, id: &RoundId) -> Result<Vec<Problem>, IoError> {
    let round = match record::read_head(folder, id) {
        Ok(round) => round,
        Err(problem) => return Ok(vec![problem]),
    };
    let mut problems = Vec::new();
    for file in &round.files {
        match read_frozen(folder, id, &file.key) {
            Ok(text) if sha256(text.as_bytes()) == file.sha256 => {}
            Ok(_) => problems.push(changed(id, &file.key)),
            Err(problem) => problems.push(problem),
        }
    }
    let known: BTreeSet<PathBuf> = round.files.iter().map(|file| file.key.relative()).collect();
    let found = files_in(folder, id)?.into_iter().filter(|path| !known.contains(path));
    problems.extend(found.map(|path| stray(id.relative().join(path))));
    match read_round(folder, id, &()) {
        // The texts belong to the project, whose own check reports them.
        Ok(read) => {
            problems.extend(read.problems.into_iter().filter(|problem| !problem.file.starts_with(TEXTS)));
            let missing = read.unread.into_iter().filter_map(|error| match error {
                IoError::Problem(problem) => Some(problem),
                _ => None,
            });
            problems.extend(missing);
        }
        // A file that is missing or damaged has been reported.
        Err(Unfinished::Failed(_) | Unfinished::Stopped) => {}
    }
    Ok(problems)
}

/// Returns the files of a round, relative to its folder, without `round.ron`.
fn files_in(folder: &Folder, id: &RoundId) -> Result<Vec<PathBuf>, IoError> {
    let inside = folder.round(id);
    let top = file_names(&inside, Path::new(""))?.into_iter().map(PathBuf::from);
    let mut files: Vec<PathBuf> = top.filter(|path| path != Path::new(HEAD)).collect();
    for kind in FOLDERS_OF_PEOPLE.map(Path::new) {
        for entry in inside.disk().list(kind).unwrap_or_default() {
            let owner = kind.join(&entry.name);
            files.extend(file_names(&inside, &owner).unwrap_or_default().iter().map(|name| owner.join(name)));
        }
    }
    files.sort();
    Ok(files)
}

fn stray(file: PathBuf) -> Problem {
    Problem { file, line: None, kind: ProblemKind::Orphan, message: words::stray() }
}
