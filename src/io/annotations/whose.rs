//! The annotator and the document that the path of a file names, as in an exported project of INCEpTION or WebAnno:
//! `annotation/DOCUMENT/ANNOTATOR.tsv`, `curation/DOCUMENT/CURATION_USER.zip/CURATION_USER.xmi`.

use std::path::Path;

use super::importer::Input;
use crate::export::webanno::{CONSENSUS, UNTAGGED};

/// Returns the annotator and the document that the path of a file names; the document is the name of the file if its folder
/// names none.
pub(super) fn whose(input: &Input<'_>) -> (Option<String>, String) {
    let name =
        |path: Option<&Path>| path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let stem = input.stem();
    // An archive with the file and its type system.
    let folder = input.path.parent();
    let is_packed = folder.is_some_and(|folder| folder.extension().is_some_and(|ending| ending == "zip"));
    let packed = folder.filter(|_| is_packed);
    let stem_of = packed.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
    let folder = if is_packed { folder.and_then(Path::parent) } else { folder };
    let above = name(folder.and_then(Path::parent));
    if !above.is_some_and(|above| matches!(above.as_str(), "annotation" | "curation")) {
        return (None, stem);
    }
    let person = stem_of.unwrap_or(stem);
    let document = name(folder).unwrap_or_default();
    let document = document.strip_suffix(".txt").unwrap_or(&document).to_owned();
    match person.as_str() {
        UNTAGGED => (None, document),
        curated if curated == CONSENSUS.1 => (Some(CONSENSUS.0.to_owned()), document),
        _ => (Some(person), document),
    }
}
