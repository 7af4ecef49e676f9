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
use crate::IoError;
use crate::annotations::refusal::FileFault;
use crate::decode::decode;
use crate::loss::{AnnotationLoss, Loss};
use crate::words::remarks;
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
                let (path, why) = (path.display().to_string(), error.to_string());
                draft.problems.push(input.refused(None, FileFault::TextUnread { path, why }));
                return Ok(draft);
            }
        };
        let Some(original) = original else {
            draft.problems.push(input.refused(None, FileFault::TextBinary(path.display().to_string())));
            return Ok(draft);
        };
        let standoff = String::from_utf8_lossy(&input.bytes);
        let mut reader = Reader::new(input);
        reader.read(standoff.strip_prefix('\u{feff}').unwrap_or(&standoff));
        let (placed, counting) = Placed::fitting(original, reader.passages());
        draft.remarks.extend(counting.map(|counting| remarks::counting(counting, input.path)));
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
            draft.remarks.push(remarks::decoded(decoded.encoding, path));
            Some(decoded.text)
        }
    }
}
