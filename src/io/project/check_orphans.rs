//! The check of files that belong to nobody: to no document or person of the project.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::commit::refused;
use super::folder::{FileKey, Folder, history_file};
use super::journal::kept_journals;
use super::listing::{Listing, file_names};
use super::rounds::is_in_a_round;
use crate::words::check as words;
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{
    AnnotatorId, DocumentMeta, EarlierText, LogEntry, Origin, Project, TextId, check_file_id,
};

/// Returns the files among the documents that belong to no text of the project.
///
/// # Errors
/// The folder can't be listed.
pub(super) fn files_of_nobody(
    folder: &Folder,
    listing: &Listing,
    lists: &Project,
) -> Result<Vec<Problem>, IoError> {
    let known: HashSet<PathBuf> =
        lists.documents().iter().flat_map(|document| files(&document.meta)).collect();
    let copies: HashSet<&PathBuf> = listing.copies().iter().collect();
    let names = file_names(folder, Path::new("documents"))?;
    let files = names.into_iter().map(|name| PathBuf::from("documents").join(name));
    // A document that was removed since is still needed by the rounds that keep its layers.
    let is_frozen = |file: &Path| {
        let text = FileKey::from_relative(&file.with_extension("txt"));
        text.as_ref().and_then(FileKey::document).is_some_and(|document| is_in_a_round(folder, document))
    };
    let strays = files.filter(|file| !known.contains(file) && !copies.contains(file) && !is_frozen(file));
    Ok(strays.map(|file| orphan(file, words::file_of_nobody())).collect())
}

/// Returns the files that the texts of a document have.
fn files(meta: &DocumentMeta) -> Vec<PathBuf> {
    let current = (meta.text_id(), &meta.origin);
    let earlier = meta
        .versions
        .earlier
        .iter()
        .map(|text: &EarlierText| (TextId::new(&meta.id, text.version.number), &text.origin));
    earlier
        .chain([current])
        .flat_map(|(id, origin): (TextId, &Origin)| {
            let original =
                (!origin.kept.is_empty()).then(|| FileKey::Original(id.clone(), origin.kept.clone()));
            let keys = [FileKey::Text(id.clone()), FileKey::Anchors(id)];
            keys.into_iter().chain(original).map(|key| key.relative())
        })
        .collect()
}

/// Returns the histories of people who have tagged and are not in the project. Those who only imported files under their
/// login names are not people of the project.
pub(super) fn history_of_nobody(steps: &[LogEntry], lists: &Project) -> Vec<Problem> {
    let tagged =
        |step: &&LogEntry| step.changes.iter().any(|change| change.layer.as_ref() == Some(&step.who));
    let who: BTreeSet<&AnnotatorId> = steps.iter().filter(tagged).map(|step| &step.who).collect();
    let unknown = who.into_iter().filter(|who| lists.annotator(who).is_none() && !who.is_consensus());
    unknown.map(|who| orphan(history_file(who), words::history_of_nobody(who))).collect()
}

/// Returns the files among the histories whose names are not those of people.
///
/// # Errors
/// The folder can't be listed.
pub(super) fn stray_histories(folder: &Folder) -> Result<Vec<Problem>, IoError> {
    let names = file_names(folder, Path::new("history"))?;
    let is_stray = |name: &String| name.strip_suffix(".log").is_none_or(|id| check_file_id(id).is_err());
    let strays = names.into_iter().filter(is_stray).map(|name| PathBuf::from("history").join(name));
    Ok(strays.map(|file| orphan(file, words::stray_history())).collect())
}

/// Returns the problems of journals that could not be recovered in full.
pub(super) fn not_recovered(folder: &Folder) -> Vec<Problem> {
    let problem = |file| Problem {
        file,
        line: None,
        kind: ProblemKind::Unreadable,
        message: words::journal_not_recovered(),
    };
    kept_journals(folder).into_iter().map(problem).collect()
}

/// Returns the problems of commits that are not finished, since they would change files that are not of the project.
pub(super) fn refused_commits(folder: &Folder) -> Vec<Problem> {
    let problem = |(file, foreign): (PathBuf, PathBuf)| Problem {
        file,
        line: None,
        kind: ProblemKind::Malformed,
        message: words::refused_commit(&foreign),
    };
    refused(folder).into_iter().map(problem).collect()
}

fn orphan(file: PathBuf, message: String) -> Problem {
    Problem { file, line: None, kind: ProblemKind::Orphan, message }
}
