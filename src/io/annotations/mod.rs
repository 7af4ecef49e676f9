//! Import of labelled files as documents and layers.
//!
//! To add a format, write a file with one type that implements [`Importer`], and add it to [`importers`]; the command
//! line, the window and the list of formats follow. An importer reads bytes into a [`Draft`]; [`place`] turns that into
//! an edit of a project, in the same way for all formats.

mod brat;
#[cfg(test)]
mod bytes;
mod cas;
mod cleaning;
mod conll;
mod databases;
mod doccano;
mod draft;
#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod fuzz;
mod hypothesis;
mod importer;
mod json;
mod jsonl;
mod label_studio;
#[cfg(test)]
pub(crate) mod mutation;
mod placing;
mod prodigy;
mod qdpx;
mod reading;
mod refusal;
mod spacy;
mod tables;
#[cfg(test)]
mod tests;
mod w3c;
mod webanno;
mod whose;
mod zipped;

use std::borrow::Cow;
use std::path::Path;

pub use draft::{
    Counting, Draft, DraftCorrection, DraftDocument, DraftLink, DraftMemo, DraftPerson, DraftProvenance,
    DraftSpan, DraftSubject, DraftValue, LineEnds, PlaceHint, Quoted, SpanOwner, Unit,
};
pub use importer::{Importer, Input};
pub(crate) use json::Head;
pub(crate) use placing::first_line;
pub(crate) use placing::sort_problems;
pub use placing::{
    Additions, BetweenFiles, Changed, Correction, Fresh, Incoming, NameChoice, NameChoices, NameKind, Naming,
    UnknownName, UnknownNames, place, place_all, place_links, place_named, place_part,
};
pub use reading::read_files;

use crate::decode::decode_verbatim;

/// Returns all formats of labelled spans; of those that share an ending, the most specific ones first.
pub fn importers() -> &'static [&'static dyn Importer] {
    &[
        &hypothesis::Hypothesis,
        &w3c::W3c,
        &label_studio::LabelStudio,
        &prodigy::Prodigy,
        &spacy::Spacy,
        &doccano::Doccano,
        &jsonl::Jsonl,
        &brat::Brat,
        &webanno::WebAnno,
        &conll::ConllU,
        &conll::Conll,
        &cas::Xmi,
        &cas::Json,
        &qdpx::Qdpx,
        &tables::DemarcheCsv,
        &tables::DemarcheXlsx,
        &tables::CodedSegments,
        &databases::QualCoder,
        &databases::Taguette,
        &databases::Rqda,
        &databases::Dna,
    ]
}

/// Returns the format with this name.
pub fn importer(name: &str) -> Option<&'static dyn Importer> {
    importers().iter().copied().find(|importer| importer.name() == name)
}

/// Returns the format of a file by its first bytes, and by its ending if they leave a doubt; `None` for a file without
/// labels.
pub fn importer_of(path: &Path, head: &[u8]) -> Option<&'static dyn Importer> {
    let head = &*utf8_head(head);
    sure_importer(head).or_else(|| importer_by_ending(path, head))
}

/// Returns the format that a file with these first bytes must have, whatever its ending.
pub(crate) fn sure_importer(head: &[u8]) -> Option<&'static dyn Importer> {
    importers().iter().copied().find(|importer| importer.is_sure(head))
}

/// Returns the format of a file with this ending that its first bytes do not contradict.
pub(crate) fn importer_by_ending(path: &Path, head: &[u8]) -> Option<&'static dyn Importer> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    let fits = |importer: &&dyn Importer| importer.endings().contains(&&*ending) && importer.fits(head);
    importers().iter().copied().find(fits)
}

/// Returns the first bytes of a text in UTF-16 or UTF-32 as UTF-8, and others as they are.
pub(crate) fn utf8_head(head: &[u8]) -> Cow<'_, [u8]> {
    let is_wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || head.starts_with(b"\0\0");
    let decoded = if is_wide { decode_verbatim(head, None).ok() } else { None };
    decoded.map_or(head.into(), |decoded| decoded.text.into_bytes().into())
}
