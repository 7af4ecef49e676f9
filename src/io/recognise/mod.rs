//! Recognition of files by their content: labelled files, archives of them, and files of known programs that Demarche does not
//! read.
//!
//! The content decides; the ending does so only among plain texts, which look alike. An [`Importer`] is recognised by its
//! own [`is_sure`](Importer::is_sure), [`holds`](Importer::holds) and [`fits`](Importer::fits), so a new one need not be
//! named here. What no importer claims is compared with the kinds of [`Unread`].

mod root;
#[cfg(test)]
mod tests;
mod unread;

use std::borrow::Cow;
use std::path::Path;

use crate::annotations::{Importer, importer_by_ending, importers, sure_importer, utf8_head};
use crate::archive::{Archive, is_archive};
use crate::disk::outside;
use crate::documents::formats;
use crate::head::{HEAD, head};
use crate::limits;

pub use unread::Unread;

/// The kind of a file.
#[derive(Clone, Copy)]
pub enum Recognised {
    /// Labelled spans in a format that Demarche reads.
    Labelled(&'static dyn Importer),
    /// A ZIP archive whose files are recognised one by one.
    Archive,
    /// A file of a known kind that Demarche does not read.
    Unread(Unread),
    /// A document, or a file about which nothing is known.
    Other,
}

/// Recognises a file; one that can't be read is [`Recognised::Other`].
pub fn recognise(path: &Path) -> Recognised {
    let Ok(head) = head(path) else { return Recognised::Other };
    recognise_head(path, &head, || outside::read(path, limits::LABELLED).ok().map(Cow::Owned))
}

/// Recognises a file with this name by its bytes.
pub(crate) fn recognise_bytes(path: &Path, bytes: &[u8]) -> Recognised {
    recognise_head(path, &bytes[..bytes.len().min(HEAD)], || Some(Cow::Borrowed(bytes)))
}

/// Recognises a file by its first bytes and, if it is an archive, by what is in it; `all` returns all bytes.
fn recognise_head<'a>(path: &Path, head: &[u8], all: impl FnOnce() -> Option<Cow<'a, [u8]>>) -> Recognised {
    if formats().iter().any(|format| format.is_sure(head)) {
        return Recognised::Other;
    }
    if is_archive(head) {
        return in_archive(path, head, all);
    }
    let head = &*utf8_head(head);
    if let Some(importer) = sure_importer(head) {
        return Recognised::Labelled(importer);
    }
    let ending = ending(path);
    if let Some(unread) = Unread::of(&ending, head) {
        return Recognised::Unread(unread);
    }
    if let Some(importer) = importer_by_ending(path, head) {
        return Recognised::Labelled(importer);
    }
    Unread::json(&ending, head).map_or(Recognised::Other, Recognised::Unread)
}

fn in_archive<'a>(path: &Path, head: &[u8], all: impl FnOnce() -> Option<Cow<'a, [u8]>>) -> Recognised {
    let by_ending = importer_by_ending(path, head).filter(|importer| importer.is_archive());
    let Some((bytes, paths)) = all().and_then(|bytes| paths_in(&bytes).map(|paths| (bytes, paths))) else {
        return by_ending.map_or(Recognised::Archive, Recognised::Labelled);
    };
    let accepts = |importer: &&dyn Importer| importer.accepts(&bytes);
    let holding = importers().iter().copied().find(|importer| importer.holds(&paths) && accepts(importer));
    if let Some(importer) = holding.or(by_ending.filter(accepts)).or_else(|| sure_importer(head)) {
        return Recognised::Labelled(importer);
    }
    if let Some(unread) = Unread::of_archive(&paths) {
        return Recognised::Unread(unread);
    }
    // Office documents and books, whose readers say what is wrong with them.
    let is_document = |path: &String| {
        ["[Content_Types].xml", "mimetype", "META-INF/container.xml", "META-INF/manifest.xml"]
            .contains(&path.as_str())
    };
    if paths.iter().any(is_document) { Recognised::Other } else { Recognised::Archive }
}

/// Returns the paths in an archive; `None` if it can't be opened.
fn paths_in(bytes: &[u8]) -> Option<Vec<String>> {
    Archive::open(bytes).ok().map(|archive| archive.names().to_vec())
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}
