//! brat standoff in: an `.ann` with the `.txt` beside it, as `io::export::brat` and brat write it.
//!
//! | there | here |
//! |---|---|
//! | `T` | a passage; pieces that line ends alone part are one |
//! | `E` | the passage of its trigger; each role a link |
//! | `R` | a link |
//! | `A`, `M` | an attribute; several of one name are choices |
//! | `#` | a note; of another type than `AnnotatorNotes` an attribute of free text |
//! | `N` | a line of the note |
//! | `*` | counted, and left out |
//!
//! Whose the passages are: `annotation.conf` says it in a folder that Demarche wrote. Otherwise, where a folder beside
//! this one has the same text under the same name, folders are taken for annotators.

mod folder;
mod lines;
mod placed;

#[cfg(test)]
mod tests;

use std::path::Path;

use super::importer::{Importer, Input};
use super::{Draft, DraftDocument};
use crate::decode::decode;
use crate::loss::{AnnotationLoss, Loss};
use crate::{IoError, ProblemKind};
use lines::Reader;
use placed::Placed;

/// brat standoff.
pub(super) struct Brat;

impl Importer for Brat {
    fn name(&self) -> &'static str {
        "brat"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ann"]
    }

    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let path = input.beside("txt");
        let original = match std::fs::read(&path) {
            Ok(bytes) => original(bytes, &path, &mut draft),
            Err(error) => {
                let why = format!(
                    "the text of this file, {}, can't be read ({error}); put it beside",
                    path.display()
                );
                draft.problems.push(input.problem(None, ProblemKind::Missing, why));
                return Ok(draft);
            }
        };
        let Some(original) = original else {
            let why = format!("{} is no text; put that of this file there", path.display());
            draft.problems.push(input.problem(None, ProblemKind::NotImported, why));
            return Ok(draft);
        };
        let standoff = String::from_utf8_lossy(&input.bytes);
        let mut reader = Reader::new(input);
        reader.read(standoff.strip_prefix('\u{feff}').unwrap_or(&standoff));
        let (placed, remark) = Placed::fitting(original, reader.passages());
        draft.remarks.extend(remark.map(|remark| format!("{remark}: {}", input.path.display())));
        let (annotator, remark) = folder::annotator(&path);
        draft.remarks.extend(remark);
        let folder = path.parent().unwrap_or(Path::new(""));
        if let Some((codebook, faults)) = folder::codebook(folder) {
            draft.codebook = codebook;
            draft.losses.extend((faults > 0).then(|| Loss::new(AnnotationLoss::ConfigurationLines, faults)));
        }
        let lines::Read { spans, links, problems, losses, remarks } =
            reader.finish(&placed, annotator.as_deref());
        draft.problems.extend(problems);
        draft.losses.extend(losses);
        draft.remarks.extend(remarks);
        let (text, unit) = placed.into_text();
        let id = input.stem();
        let file_name = Some(path);
        draft.documents.push(DraftDocument {
            id,
            file_name,
            text,
            unit,
            spans,
            links,
            ..DraftDocument::default()
        });
        Ok(draft)
    }
}

/// The text as it stands in the file, with its line ends if it is UTF-8, as brat wants it; `None` if it is no text.
fn original(bytes: Vec<u8>, path: &Path, draft: &mut Draft) -> Option<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let decoded = decode(error.as_bytes(), None).ok()?;
            let remark = format!("read as {}, since it is not UTF-8: {}", decoded.encoding, path.display());
            draft.remarks.push(remark);
            Some(decoded.text)
        }
    }
}
