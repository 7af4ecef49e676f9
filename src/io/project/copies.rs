//! Conflict copies, which sync services put next to a file that was changed in two places: Dropbox and Nextcloud write
//! `d001 (Ana's conflicted copy 2026-11-27).ron`, Syncthing `d001.sync-conflict-20261127-101500-ABCDEFG.ron`, Resilio
//! `d001.Conflict.ron`, Google Drive `d001 (1).ron`.

use std::path::Path;

use super::analysis_notes;
use super::context::{Categories, Context};
use super::copy_name::copy_of;
use super::files::{move_to_trash, unreadable};
use super::folder::{FileKey, Folder};
use super::found::FoundContent;
use super::layer;
use super::limits::limit;
use super::open::parse_project;
use super::review;
use super::source::{malformed, normal};
use super::texts::{Alignments, Texts};
use crate::disk::steps;
use crate::words::project::{self as words, FileRole};
use crate::{IoError, Problem};
use demarche_model::Project;

/// Reads a conflict copy, and returns it with the file that it is a copy of. `path` is relative to the project's folder.
///
/// # Errors
/// The copy can't be read to its last record, or its document has not been read.
pub fn read_copy(
    folder: &Folder,
    project: &Project,
    path: &Path,
) -> Result<(FileKey, FoundContent), Problem> {
    let bad = |message: String| malformed(path, 1, message);
    let key = copy_of(path).ok_or_else(|| bad(words::not_a_copy()))?;
    let bytes = steps::read(folder.disk(), path, limit(&key))
        .map_err(|error| Problem { line: Some(1), ..unreadable(path, FileRole::File, error) })?;
    let texts = |document| {
        project.document(document).and_then(|document| Texts::from_document(document, &Alignments::default()))
    };
    let content = match &key {
        FileKey::Layer(id) => {
            let texts = texts(&id.document).ok_or_else(|| bad(words::document_not_read()))?;
            let categories = Categories::new(project.codebook());
            let person = project.key_of(&id.annotator);
            let context =
                Context { file: path, id, key: person, texts: Some(&texts), categories: Some(&categories) };
            FoundContent::Layer(layer::read(&normal(bytes, path)?, &context)?.into_layer())
        }
        FileKey::Review(document, reviewer) => {
            let owner = (reviewer, project.key_of(reviewer));
            let (review, problems) = review::read(&normal(bytes, path)?, path, document, owner)?;
            match problems.into_iter().next() {
                Some(problem) => return Err(problem),
                None => FoundContent::Review(review),
            }
        }
        FileKey::AnalysisNotes(owner, part) => {
            let writer = (owner, project.key_of(owner));
            let notes = analysis_notes::read_whole(&normal(bytes, path)?, path, *part, writer)?;
            FoundContent::AnalysisNotes(notes)
        }
        _ => {
            let mut read = parse_project(bytes)?;
            match read.problems.pop() {
                Some(problem) => return Err(problem),
                None => FoundContent::Project(Box::new(read.into_project())),
            }
        }
    };
    Ok((key, content))
}

/// Moves a copy that has been merged to `.demarche/trash`. `path` is relative to the project's folder.
///
/// # Errors
/// The file can't be moved.
pub fn discard_copy(folder: &Folder, path: &Path) -> Result<(), IoError> {
    move_to_trash(folder, path).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::LayerId;

    #[test]
    fn copies_by_all_common_services_are_recognised_and_documents_are_not() {
        let layer = FileKey::Layer(LayerId::new(&"d001".into(), &"ana".into()));
        for name in [
            "d001 (Ana's conflicted copy 2026-11-27).ron",
            "d001 (conflicted copy 2026-11-27 101500).ron",
            "d001.sync-conflict-20261127-101500-ABCDEFG.ron",
            "d001.Conflict.ron",
            "d001 (1).ron",
        ] {
            assert_eq!(copy_of(&Path::new("layers/ana").join(name)).as_ref(), Some(&layer), "{name}");
        }
        assert_eq!(copy_of(Path::new("project (conflicted copy).ron")), Some(FileKey::Project));
        for name in ["d001.ron", "a conflict.ron", "d001 (draft).ron", "d001 (1).txt", "(1).ron"] {
            assert_eq!(copy_of(&Path::new("layers/ana").join(name)), None, "{name}");
        }
    }
}
