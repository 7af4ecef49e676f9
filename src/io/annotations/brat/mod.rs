//! Import of brat standoff: an `.ann` with the `.txt` next to it, as `export::brat` and brat write it. Source:
//! <https://brat.nlplab.org/standoff.html>.
//!
//! | brat | Demarche |
//! |---|---|
//! | `T` | a passage; fragments that are separated by line ends only are one range |
//! | `E` | the passage of its trigger; each role a link |
//! | `R` | a link |
//! | `A`, `M` | an attribute; several with one name are choices |
//! | `#` | a note; with another type than `AnnotatorNotes`, an attribute with free text |
//! | `N` | a line of the note |
//! | `*` | counted and left out |
//!
//! In a folder that Demarche has written, `annotation.conf` names the annotator. Otherwise, if a sibling folder has the same
//! text under the same name, folders are taken for annotators.

mod folder;
mod lines;
mod placed;

#[cfg(test)]
mod tests;

use std::path::Path;

use super::importer::{Importer, Input};
use super::{Counting, Draft, DraftDocument};
use crate::IoError;
use crate::annotations::refusal::FileFault;
use crate::decode::DecodeError;
use crate::disk::outside;
use crate::limits;
use crate::loss::{AnnotationLoss, Loss};
use crate::words::disk::why_unread;
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

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let path = input.beside("txt");
        let original = match outside::read_found(&path, limits::TEXT) {
            Ok(bytes) => original(input, &bytes, &path, &mut draft),
            Err(error) => {
                let (path, why) = (path.display().to_string(), why_unread(&error));
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
        let (placed, counting) = Placed::fitting(&original, reader.passages());
        if counting != Counting::default() {
            draft.remarks.push(remarks::counting(counting, input.path));
        }
        let (annotator, remark) = folder::annotator(&path);
        draft.remarks.extend(remark);
        let folder = path.parent().unwrap_or(Path::new(""));
        let lines::Read { mut spans, mut links, problems, losses, remarks } =
            reader.finish(&placed, annotator.as_deref());
        let configuration = folder::configuration(folder).unwrap_or_else(|error| {
            draft.problems.push(input.refused(None, FileFault::Configuration(error.to_string())));
            None
        });
        if let Some(configuration) = configuration {
            configuration.rename(&mut spans, &mut links);
            let faults = configuration.faults;
            let lost = (faults > 0).then(|| Loss::new(AnnotationLoss::ConfigurationLines, faults));
            draft.shared_losses.extend(lost.map(|lost| (configuration.path.clone(), lost)));
            draft.codebook = configuration.codebook;
        }
        draft.problems.extend(problems);
        draft.losses.extend(losses);
        draft.remarks.extend(remarks);
        let id = input.stem();
        let file_name = Some(path);
        draft.documents.push(DraftDocument {
            id,
            file_name,
            text: original,
            counting,
            is_settled: true,
            spans,
            links,
            ..DraftDocument::default()
        });
        Ok(draft)
    }
}

/// Returns the text next to the file with its line ends; `None` if it is not text.
fn original(input: &Input<'_>, bytes: &[u8], path: &Path, draft: &mut Draft) -> Option<String> {
    let decoded = match input.decode(bytes) {
        Ok(decoded) => decoded,
        Err(DecodeError::Empty) => return Some(String::new()),
        Err(_) => return None,
    };
    draft.losses.extend(decoded.damage.losses());
    if decoded.encoding != encoding_rs::UTF_8.name() {
        draft.remarks.push(remarks::decoded(decoded.encoding, path));
    }
    Some(decoded.text)
}
