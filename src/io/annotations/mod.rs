//! Import of labelled files as documents and layers.
//!
//! To add a format, write a file with one type that implements [`Importer`], and add it to [`importers`]; the command
//! line, the window and the list of formats follow. An importer reads bytes into a [`Draft`]; [`place`] turns that into
//! an edit of a project, in the same way for all formats.

mod brat;
mod cas;
mod conll;
mod doccano;
mod draft;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod fuzz;
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
mod w3c;
mod webanno;

use std::path::Path;

pub use draft::{
    Draft, DraftDocument, DraftLink, DraftPerson, DraftProvenance, DraftSpan, DraftValue, SpanOwner, Unit,
};
pub use importer::{Importer, Input};
pub use placing::{Additions, Fresh, Incoming, place, place_all};
pub use reading::read_files;

use crate::head::head;

/// Returns all formats of labelled spans; of those that share an ending, the most specific ones first.
pub fn importers() -> &'static [&'static dyn Importer] {
    &[
        &w3c::W3c,
        &label_studio::LabelStudio,
        &prodigy::Prodigy,
        &spacy::Spacy,
        &doccano::Doccano,
        &jsonl::Jsonl,
        &brat::Brat,
        &conll::Conll,
        &webanno::WebAnno,
        &cas::Xmi,
        &cas::Json,
        &qdpx::Qdpx,
    ]
}

/// Returns the format with this name.
pub fn importer(name: &str) -> Option<&'static dyn Importer> {
    importers().iter().copied().find(|importer| importer.name() == name)
}

/// Returns the format of a file by its ending and first bytes; `None` for a file without labels.
pub fn importer_of(path: &Path, head: &[u8]) -> Option<&'static dyn Importer> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    let fits = |importer: &&dyn Importer| importer.endings().contains(&&*ending) && importer.fits(head);
    importers().iter().copied().find(fits)
}

/// Returns the format of a labelled file; `None` for a file without labels, or one that can't be read.
pub fn format_of(path: &Path) -> Option<&'static dyn Importer> {
    importer_of(path, &head(path).ok()?)
}
