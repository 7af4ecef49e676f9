//! What the folder says of an `.ann` in it.

use std::fs;
use std::path::Path;

use crate::codebook;
use crate::codebook::brat::ANNOTATION;
use crate::export::brat::MARK;
use crate::words::remarks;
use demarche_model::Codebook;

/// How many folders up a configuration is looked for, as brat does up to its root.
const UP: usize = 3;
/// Folders beside one that are looked into.
const BESIDE: usize = 200;

/// The codebook that the configuration of a folder, or of one above, has; and how much of it is not read.
pub(super) fn codebook(folder: &Path) -> Option<(Codebook, usize)> {
    let found =
        folder.ancestors().take(UP).map(|folder| folder.join(ANNOTATION)).find(|path| path.is_file())?;
    let (preset, problems) = codebook::read(&found).ok()?;
    Some((preset.codebook, problems.len()))
}

/// Whose the passages beside a text are, and what makes one think so where that may be doubted.
pub(super) fn annotator(text: &Path) -> (Option<String>, Option<String>) {
    let marked = || {
        let conf = fs::read_to_string(text.with_file_name(ANNOTATION)).ok()?;
        let name = conf.lines().next()?.strip_prefix(MARK)?.trim().to_owned();
        (!name.is_empty()).then_some(name)
    };
    if let Some(name) = marked() {
        return (Some(name), None);
    }
    let folder = text.parent().and_then(Path::file_name);
    match folder.filter(|_| has_twin(text)) {
        Some(name) => {
            let name = name.to_string_lossy().into_owned();
            let remark = remarks::folder_is_annotator(&name);
            (Some(name), Some(remark))
        }
        None => (None, None),
    }
}

/// Whether a folder beside that of the text has the same text under the same name.
fn has_twin(text: &Path) -> bool {
    let twin = || {
        let folder = text.parent()?;
        let bytes = fs::read(text).ok()?;
        let beside = fs::read_dir(folder.parent()?).ok()?.flatten().map(|entry| entry.path()).take(BESIDE);
        let mut others = beside
            .filter(|other| other.file_name() != folder.file_name())
            .map(|other| other.join(text.file_name().unwrap_or_default()));
        others.find(|other| {
            let length = fs::metadata(other).map_or(0, |meta| meta.len());
            length == bytes.len() as u64 && fs::read(other).is_ok_and(|there| there == bytes)
        })
    };
    twin().is_some()
}
