//! `documents/d001.docx`: a copy of the file that a document was imported from, where the user wants one.
//!
//! Such a file may be large, so it is never held in memory. An import puts a copy into `.demarche/incoming` under its
//! SHA-256; saving moves it beside the text. When the document is removed, it goes to the trash with the text, and when
//! that is undone it comes back from there.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use smol_str::SmolStr;

use super::disk::{make_folder, make_local, trashed};
use super::folder::{FileKey, Folder};
use crate::checksum::sha256_of;
use crate::words::project as words;
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{DocumentMeta, Origin, TextId};

/// Longest ending that a copy keeps, in characters.
const LONGEST_ENDING: usize = 12;

/// The ending under which the copy of a file is kept: its own, in lower case, so that it opens in its own program. One
/// that the project's own files have stands behind `original.`, and one that is no plain word is `original`.
pub fn kept_ending(path: &Path) -> SmolStr {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "txt" | "ron" => format!("original.{ending}").into(),
        plain if is_plain(plain) => plain.into(),
        _ => "original".into(),
    }
}

/// Whether a copy may have this ending. What stands in `project.ron` must not lead out of the folder, nor onto the text.
pub(super) fn is_ending(ending: &str) -> bool {
    let word = ending.strip_prefix("original.").unwrap_or(ending);
    is_plain(word) && !matches!(ending, "txt" | "ron")
}

fn is_plain(ending: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    !ending.is_empty() && ending.len() <= LONGEST_ENDING && ending.chars().all(plain)
}

/// Puts bytes that are being imported where saving finds them. To be called before the edit that brings the document in,
/// from any thread. Copies that were put there and whose document was never saved are cleared by [`forget_incoming`].
/// Returns whether the copy was not there before.
///
/// # Errors
/// The project's folder can't be written.
pub fn keep_original(folder: &Folder, sha256: &str, bytes: &[u8]) -> Result<bool, IoError> {
    make_local(folder)?;
    let path = incoming(folder, sha256);
    if holds(&path, sha256) {
        return Ok(false);
    }
    make_folder(path.parent().unwrap_or(&path))?;
    let write = || {
        let mut file = AtomicWriteFile::open(&path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    write().map_err(IoError::system("can't keep a copy of the file", &path))?;
    Ok(true)
}

/// Removes a copy that an import has put aside for a document that is not brought in after all.
pub fn forget_original(folder: &Folder, sha256: &str) {
    // It is a matter of space alone, as with all of them.
    let _ = fs::remove_file(incoming(folder, sha256));
}

/// Removes what imports have put aside and no document has come to need, once nobody can undo or redo any more.
pub fn forget_incoming(folder: &Folder) {
    // It is a matter of space alone; the next opening tries again.
    let _ = fs::remove_dir_all(folder.local().join("incoming"));
}

fn incoming(folder: &Folder, sha256: &str) -> PathBuf {
    folder.local().join("incoming").join(sha256)
}

/// Brings a copy to its place beside the text, from where an import has put it or from the trash.
pub(super) fn put(
    folder: &Folder,
    key: &FileKey,
    sha256: &str,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<(), IoError> {
    let path = folder.at(key);
    if path.symlink_metadata().is_ok() {
        if holds(&path, sha256) {
            return Ok(());
        }
        return Err(IoError::Occupied { what: "the copy of an original", path });
    }
    let parent = path.parent().unwrap_or(&path);
    make_folder(parent)?;
    let new = incoming(folder, sha256);
    let brought = if holds(&new, sha256) {
        // It stays there as well: a second document may have come from the same file.
        fs::hard_link(&new, &path).or_else(|_| copy(&new, &path))
    } else if let Some(old) = trashed(folder, key).find(|old| holds(old, sha256)) {
        fs::rename(old, &path)
    } else {
        // Somebody has emptied `.demarche`. The text must be saved all the same; `check` reports the missing copy.
        Ok(())
    };
    brought.map_err(IoError::system("can't keep the copy of the file", &path))?;
    folders.insert(parent.to_owned());
    Ok(())
}

/// Copies a file whole or not at all, where the disk knows no links.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut file = AtomicWriteFile::open(to)?;
    std::io::copy(&mut fs::File::open(from)?, &mut file)?;
    file.commit()
}

/// What is wrong with the copies of a document's originals.
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
    let (kind, message) = match fs::File::open(folder.at(&key)).and_then(sha256_of) {
        Ok(sha256) if sha256 == origin.whole_sha256() => return None,
        Ok(_) => (
            ProblemKind::TextChanged,
            "the copy of the original is not the file that was imported; restore that file".to_owned(),
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => (
            ProblemKind::Missing,
            format!(
                "the copy of the original of `{}` is missing; restore the file, or remove `kept` from the document's \
                 line in project.ron",
                document
            ),
        ),
        Err(error) => (ProblemKind::Unreadable, words::unreadable_file("the copy of the original", &error)),
    };
    Some(Problem { file: key.relative(), line: None, kind, message })
}

fn holds(path: &Path, sha256: &str) -> bool {
    fs::File::open(path).and_then(sha256_of).is_ok_and(|found| found == sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_its_ending_unless_that_is_one_of_ours() {
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
