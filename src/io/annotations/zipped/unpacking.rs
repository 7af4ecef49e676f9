//! Unpacking of an archive into a temporary folder. Nothing in it is trusted: links and paths that lead out are left out, names
//! that some system can't hold are changed, and the whole is limited.

use std::path::{Component, Path, PathBuf};

use crate::archive::{Archive, ArchiveError, is_archive};
use crate::disk::{outside, temporary_folder};
use crate::recognise::{Recognised, recognise_bytes};
use crate::words::recognise as words;
use demarche_analysis::context::shorten;
use demarche_model::check_file_id;

/// Greatest number of bytes that an archive and the archives in it unpack to.
const MOST: u64 = 1 << 30;
/// Greatest number of files in an archive and the archives in it.
const FILES: usize = 100_000;
/// Greatest number of problems that are named.
const NAMED: usize = 100;
/// Greatest length of a name, in bytes.
const LONGEST: usize = 200;
/// Folders above the files, since brat looks for a configuration in three folders above and for other folders beside.
const ABOVE: &str = "a/b/c/d";

/// An unpacked archive, which is removed when this is dropped.
pub(super) struct Unpacked {
    /// The folder with the files.
    pub root: PathBuf,
    /// The paths of the files below it, in the order of the archive.
    pub files: Vec<PathBuf>,
    /// Why files were left out.
    pub refused: Vec<String>,
    left: u64,
    _folder: tempfile::TempDir,
}

impl Unpacked {
    /// Unpacks an archive.
    ///
    /// # Errors
    /// It is damaged or has too many files, or the temporary folder can't be created.
    pub fn of(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let folder = temporary_folder(None)?;
        let root = folder.path().join(ABOVE);
        let mut unpacked = Self { root, files: Vec::new(), refused: Vec::new(), left: MOST, _folder: folder };
        unpacked.archive(bytes, Path::new(""), true)?;
        Ok(unpacked)
    }

    /// Returns the path of a file on the disk.
    pub fn path(&self, file: &Path) -> PathBuf {
        self.root.join(file)
    }

    fn archive(&mut self, bytes: &[u8], folder: &Path, is_outer: bool) -> Result<(), ArchiveError> {
        let mut archive = Archive::open(bytes)?;
        for (at, name) in archive.names().to_vec().iter().enumerate() {
            let is_folder = name.ends_with(['/', '\\']);
            if is_folder || is_hidden(name) {
                continue;
            }
            let Some(path) = safe(name).filter(|_| !archive.is_link(at)) else {
                self.refuse(words::unsafe_path(&shorten(name, 80)));
                continue;
            };
            if self.files.len() >= FILES {
                return Err(ArchiveError::TooMany);
            }
            match archive.read_at_most(at, self.left) {
                Ok(content) => self.file(&folder.join(path), name, &content, is_outer),
                Err(error) => self.refuse(words::not_unpacked(&shorten(name, 80), &error)),
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, name: &str, content: &[u8], is_outer: bool) {
        self.left = self.left.saturating_sub(content.len() as u64);
        let is_inner =
            is_outer && is_archive(content) && matches!(recognise_bytes(path, content), Recognised::Archive);
        let done = match is_inner {
            true => self.archive(content, path, false).map_err(|error| error.to_string()),
            false => {
                let written = outside::write_new(&self.root, path, content);
                written.map(|()| self.files.push(path.to_owned())).map_err(|error| error.to_string())
            }
        };
        if let Err(why) = done {
            self.refuse(words::not_unpacked(&shorten(name, 80), &why));
        }
    }

    fn refuse(&mut self, why: String) {
        if self.refused.len() < NAMED {
            self.refused.push(why);
        }
    }
}

/// Returns whether a file is hidden, or one that macOS adds.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\'])
        .any(|part| part == "__MACOSX" || part.starts_with('.') && part != ".." && part != ".")
}

/// Returns a path below the folder for a name in an archive, with names that every system can hold; `None` if it leads out.
fn safe(name: &str) -> Option<PathBuf> {
    let name = name.replace('\\', "/");
    let mut path = PathBuf::new();
    for part in name.split('/').filter(|part| !part.is_empty() && *part != ".") {
        path.push(safe_name(part)?);
    }
    let is_below = path.components().all(|part| matches!(part, Component::Normal(_)));
    (is_below && path.file_name().is_some()).then_some(path)
}

fn safe_name(name: &str) -> Option<String> {
    if name == ".." {
        return None;
    }
    let mut safe: String =
        name.chars().map(|c| if c.is_control() || r#":*?"<>|"#.contains(c) { '_' } else { c }).collect();
    if safe.len() > LONGEST {
        // The ending says what the file is.
        let ending = safe.rsplit_once('.').map(|(_, ending)| format!(".{ending}"));
        let ending = ending.filter(|ending| ending.len() < 12).unwrap_or_default();
        let room = safe.floor_char_boundary(LONGEST - ending.len());
        safe.truncate(room);
        safe.push_str(&ending);
    }
    while safe.ends_with(['.', ' ']) {
        safe.pop();
        safe.push('_');
    }
    if safe.starts_with(' ') || is_refused(&safe) {
        safe.insert(0, '_');
    }
    Some(safe)
}

/// Returns whether some system has another use for a name.
fn is_refused(name: &str) -> bool {
    use demarche_model::IdFault;
    matches!(check_file_id(name), Err(IdFault::Device))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let shown = |name: &str| safe(name).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(shown("a/b.tsv").as_deref(), Some("a/b.tsv"));
        assert_eq!(shown("a\\b.tsv").as_deref(), Some("a/b.tsv"));
        assert_eq!(shown("/etc//x").as_deref(), Some("etc/x"));
        assert_eq!(shown("a:b/c?.ann").as_deref(), Some("a_b/c_.ann"));
        assert_eq!(shown("con.txt").as_deref(), Some("_con.txt"));
        assert_eq!(shown("a. /b").as_deref(), Some("a._/b"));
        for name in ["../a", "a/../../b", "a\\..\\b", "", "/", "./"] {
            assert_eq!(shown(name), None, "{name}");
        }
        let long = shown(&format!("{}.tsv", "한".repeat(200))).unwrap();
        assert!(long.len() <= LONGEST && long.ends_with(".tsv"));
    }
}
