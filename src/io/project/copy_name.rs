//! Names of the conflict copies that sync services put next to a file that was changed in two places.

use std::path::{Path, PathBuf};

use super::folder::{FileKey, Folder};

/// Returns the file that a path, relative to the project's folder, is a conflict copy of, judging by its name. `None` if
/// it is not a copy.
pub fn copy_of(path: &Path) -> Option<FileKey> {
    let name = path.file_name()?.to_str()?;
    let (stem, ending) = name.rsplit_once('.')?;
    if ending != "ron" {
        return None;
    }
    let lower = stem.to_ascii_lowercase();
    let marks = [".sync-conflict-", ".conflict"].iter().filter_map(|mark| lower.find(mark));
    let bracket = lower.find(" (").filter(|&at| {
        let inner = lower.get(at + 2..).and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
        inner.contains("conflict") || (!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()))
    });
    let original = stem.get(..marks.chain(bracket).min()?)?;
    let key = FileKey::from_relative(&path.with_file_name(format!("{original}.ron")))?;
    (!matches!(key, FileKey::Text(_))).then_some(key)
}

/// Returns the copies of `project.ron`, relative to the project's folder.
pub(super) fn project_copies(folder: &Folder) -> Vec<PathBuf> {
    let entries = folder.disk().list(Path::new("")).unwrap_or_default();
    let names = entries.into_iter().map(|entry| PathBuf::from(entry.name));
    let mut copies: Vec<PathBuf> = names.filter(|name| copy_of(name) == Some(FileKey::Project)).collect();
    copies.sort();
    copies
}
