//! `documents/d001.docx`: a copy of the file that a document was imported from, if the user wants one.
//!
//! Such a file may be large, so it is never held in memory. An import stores a copy in `.demarche/incoming` under its
//! SHA-256; saving puts it next to the text. When the document is removed, the copy moves to the trash with the text, and
//! undoing that restores it from there.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::commit::Commit;
use super::files::{make_folders, make_local, parent, problem, trashed, unreadable};
use super::folder::{FileKey, Folder, LOCAL};
use super::limits;
use crate::checksum::sha256_of;
use crate::disk::{DiskError, steps};
use crate::words::project::{self as words, FileRole};
use crate::{FileTask, IoError, Problem, ProblemKind};
use demarche_model::{DocumentMeta, Origin, TextId};

/// The extension of a kept PDF, whose pages can be shown.
pub const PDF: &str = "pdf";
/// Greatest length of an extension that a copy keeps, in bytes.
const LONGEST_ENDING: usize = 12;

/// Returns the extension under which the copy of a file is kept: its own, in lower case, so that it opens in its own
/// program. `txt` and `ron`, which files of a project have, become `original.txt` and `original.ron`; anything but one to
/// twelve letters and digits becomes `original`.
///
/// ```
/// use std::path::Path;
///
/// use demarche_io::project::kept_ending;
///
/// assert_eq!(kept_ending(Path::new("Letter.DOCX")), "docx");
/// assert_eq!(kept_ending(Path::new("letter.txt")), "original.txt");
/// ```
pub fn kept_ending(path: &Path) -> SmolStr {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "txt" | "ron" => format!("original.{ending}").into(),
        plain if is_plain(plain) => plain.into(),
        _ => "original".into(),
    }
}

/// Returns whether a copy may have this extension. An extension in `project.ron` must not lead out of the folder or to the
/// text itself.
pub(super) fn is_ending(ending: &str) -> bool {
    let word = ending.strip_prefix("original.").unwrap_or(ending);
    is_plain(word) && !matches!(ending, "txt" | "ron")
}

fn is_plain(ending: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    !ending.is_empty() && ending.len() <= LONGEST_ENDING && ending.chars().all(plain)
}

/// Stores the bytes of a file that is being imported, under their SHA-256 in hexadecimal, so that saving finds them. Call it
/// before the edit that adds the document, from any thread. [`forget_incoming`] removes copies whose document was never
/// saved. Returns whether the copy is new.
///
/// # Errors
/// The project's folder can't be written.
pub fn keep_original(folder: &Folder, sha256: &str, bytes: &[u8]) -> Result<bool, IoError> {
    make_local(folder)?;
    let path = incoming(sha256);
    if holds(folder, &path, sha256) {
        return Ok(false);
    }
    make_folders(folder, parent(&path))?;
    // Saving makes it durable.
    steps::replace_unsynced(folder.disk(), &path, &mut &*bytes)
        .map_err(folder.failed(FileTask::KeepCopy, &path))?;
    Ok(true)
}

/// Stores the original of a document of another project, so that saving finds it in this one.
///
/// # Errors
/// The other project has no such file, or it can't be read, or this project's folder can't be written.
pub fn adopt_original(folder: &Folder, other: &Folder, document: &DocumentMeta) -> Result<(), IoError> {
    let origin = &document.origin;
    let path = FileKey::Original(document.text_id(), origin.kept.clone()).relative();
    let bytes = steps::read(other.disk(), &path, limits::ORIGINAL)
        .map_err(other.failed(FileTask::ReadFile, &path))?;
    keep_original(folder, origin.whole_sha256(), &bytes).map(drop)
}

/// Reads the copy of the file that a version of a text was imported from, wherever it is: it may not be saved yet.
///
/// # Errors
/// There is no copy, or it can't be read.
pub fn read_original(folder: &Folder, text: &TextId, origin: &Origin) -> Result<Vec<u8>, IoError> {
    let path = FileKey::Original(text.clone(), origin.kept.clone()).relative();
    let new = incoming(origin.whole_sha256());
    let read =
        steps::read(folder.disk(), &path, limits::ORIGINAL).or_else(|error| match error.is_missing() {
            true => steps::read(folder.disk(), &new, limits::ORIGINAL).map_err(|_| error),
            false => Err(error),
        });
    read.map_err(folder.failed(FileTask::ReadFile, &path))
}

/// Removes a copy that an import has stored for a document that is not imported after all.
pub fn forget_original(folder: &Folder, sha256: &str) {
    // It is a matter of space alone, as with all of them.
    let _ = folder.disk().remove_file(&incoming(sha256));
}

/// Removes the stored files of imports. Call it when no undo or redo can need them any more.
pub fn forget_incoming(folder: &Folder) {
    // They only take up space, so a failure is no error; the next opening tries again.
    let _ = steps::remove_tree(folder.disk(), &Path::new(LOCAL).join("incoming"));
}

fn incoming(sha256: &str) -> PathBuf {
    Path::new(LOCAL).join("incoming").join(sha256)
}

/// Adds a copy next to the text to a commit, from the storage of an import or from the trash.
pub(super) fn stage(
    commit: &mut Commit<'_>,
    folder: &Folder,
    key: &FileKey,
    sha256: &str,
) -> Result<(), IoError> {
    let path = key.relative();
    if folder.has(&path) {
        if holds(folder, &path, sha256) {
            return Ok(());
        }
        return Err(IoError::Occupied { what: "the copy of an original", path: folder.root().join(path) });
    }
    let new = incoming(sha256);
    if holds(folder, &new, sha256) {
        // It stays there as well: a second document may be imported from the same file.
        return commit.put_copy(&new, &path, sha256);
    }
    if let Some(old) = trashed(folder, &path).find(|old| holds(folder, old, sha256)) {
        commit.put_copy(&old, &path, sha256)?;
        commit.remove(&old, sha256.to_owned());
    }
    // Otherwise `.demarche` has been emptied. The text must be saved nevertheless; `check` reports the missing copy.
    Ok(())
}

/// Returns the problems with the copies of a document's originals.
pub(super) fn check(folder: &Folder, meta: &DocumentMeta) -> Vec<Problem> {
    let texts = meta.text_ids().filter_map(|text| Some((meta.origin_of(text.version)?, text)));
    texts.filter_map(|(origin, text)| check_one(folder, origin, text)).collect()
}

fn check_one(folder: &Folder, origin: &Origin, text: TextId) -> Option<Problem> {
    if origin.kept.is_empty() {
        return None;
    }
    let document = text.document.clone();
    let key = FileKey::Original(text, origin.kept.clone());
    let path = key.relative();
    Some(match checksum(folder, &path) {
        Ok(sha256) if sha256 == origin.whole_sha256() => return None,
        Ok(_) => problem(&path, ProblemKind::TextChanged, words::original_changed()),
        Err(error) if error.is_missing() => {
            problem(&path, ProblemKind::Missing, words::original_missing(&document))
        }
        Err(error) => unreadable(&path, FileRole::Original, error),
    })
}

fn holds(folder: &Folder, path: &Path, sha256: &str) -> bool {
    checksum(folder, path).is_ok_and(|found| found == sha256)
}

fn checksum(folder: &Folder, path: &Path) -> Result<String, DiskError> {
    Ok(sha256_of(folder.disk().open(path, limits::ORIGINAL)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_its_extension_unless_files_of_a_project_have_it() {
        let cases = [
            ("Brief.DOCX", "docx"),
            ("a.pdf", "pdf"),
            ("a.txt", "original.txt"),
            ("a.ron", "original.ron"),
            ("README", "original"),
            ("a.b c", "original"),
            ("a.ending-that-is-long", "original"),
        ];
        for (name, ending) in cases {
            assert_eq!(kept_ending(Path::new(name)), ending, "{name}");
            assert!(is_ending(ending), "{ending}");
        }
        for bad in ["", "txt", "ron", "../x", "a/b", "original.", "PDF"] {
            assert!(!is_ending(bad), "{bad}");
        }
    }
}
