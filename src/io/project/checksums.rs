//! The checksums of texts in `project.ron`.

use std::sync::Arc;

use rayon::prelude::*;

use super::folder::{FileKey, Folder};
use super::texts::{Texts, read_text};
use crate::checksum::sha256;
use crate::words::project as words;
use crate::{Problem, ProblemKind};
use demarche_model::{Document, DocumentMeta, TextId, TextVersion, Versions};

/// Adds the checksums that documents lack, as those from an earlier version do: of the texts in memory, otherwise of the
/// files. A text that is not found, or is known to have changed, gets none.
pub(super) fn complete(documents: &mut [Arc<Document>], folder: &Folder) {
    let lacks = |document: &Document| document.meta.versions.all().any(|version| version.sha256.is_empty());
    documents.par_iter_mut().filter(|document| lacks(document)).for_each(|shared| {
        let before = shared.clone();
        for version in Arc::make_mut(shared).meta.versions.all_mut().filter(|v| v.sha256.is_empty()) {
            version.sha256 = find(&before, version.number, folder).unwrap_or_default();
        }
    });
}

/// Returns the checksum of a version of a document's text.
fn find(document: &Document, version: u32, folder: &Folder) -> Option<String> {
    let Versions { current, earlier } = &document.meta.versions;
    let (known, characters) = if version == current.number {
        (document.text.clone(), document.meta.characters)
    } else {
        let characters = earlier.iter().find(|text| text.version.number == version)?.characters;
        (document.other_texts.get(&version).map(|other| other.text.clone()), characters)
    };
    let text = match known {
        Some(text) => text,
        None => read_text(folder, &TextId::new(document.id(), version), Some(characters)).ok()?.0,
    };
    (text.characters() == characters).then(|| sha256(text.as_str().as_bytes()))
}

/// Returns a problem for each text of a document that is not the one that was imported.
pub(super) fn check(meta: &DocumentMeta, texts: &Texts) -> Vec<Problem> {
    let differs = |version: &&TextVersion| {
        let text = texts.get(version.number);
        text.is_some_and(|text| {
            !version.sha256.is_empty() && sha256(text.as_str().as_bytes()) != version.sha256
        })
    };
    let versions = meta.versions.all().filter(differs);
    let report = versions.map(|version| Problem {
        file: FileKey::Text(TextId::new(&meta.id, version.number)).relative(),
        line: None,
        kind: ProblemKind::TextChanged,
        message: words::text_differs(),
    });
    report.collect()
}
