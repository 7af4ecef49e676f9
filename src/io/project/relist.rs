//! Listing documents again whose records in `project.ron` are lost, but whose texts are still there.

use std::collections::HashSet;

use super::folder::Folder;
use super::listing::Listing;
use super::texts::read_text;
use crate::checksum::sha256;
use crate::decode::title_of;
use demarche_model::{
    DocumentId, DocumentMeta, EarlierText, Origin, TextId, TextVersion, Versions, check_file_id,
};

/// Returns the metadata of all documents that have a text and are not known: with the first line as title, and the latest
/// version of the text as the current one.
pub(super) fn lost_documents(
    folder: &Folder,
    listing: &Listing,
    known: &HashSet<&DocumentId>,
) -> Vec<DocumentMeta> {
    let ids = listing.texts().filter(|id| !known.contains(id) && check_file_id(id.as_str()).is_ok());
    let mut ids: Vec<DocumentId> = ids.collect();
    ids.dedup();
    ids.into_iter().filter_map(|id| document(folder, listing, id)).collect()
}

fn document(folder: &Folder, listing: &Listing, id: DocumentId) -> Option<DocumentMeta> {
    let mut numbers: Vec<u32> = std::iter::once(1).chain(listing.later_texts(&id)).collect();
    numbers.sort_unstable();
    let read = |number: u32| Some((number, read_text(folder, &TextId::new(&id, number), None).ok()?.0));
    let mut texts: Vec<_> = numbers.into_iter().filter_map(read).collect();
    let version = |number, text: &str| TextVersion { number, made: None, sha256: sha256(text.as_bytes()) };
    let (number, text) = texts.pop()?;
    let earlier = texts.into_iter().map(|(number, text)| EarlierText {
        version: version(number, text.as_str()),
        origin: Origin::default(),
        characters: text.characters(),
    });
    Some(DocumentMeta {
        title: title_of(text.as_str()).unwrap_or(id.as_str()).to_owned(),
        date: None,
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Versions { current: version(number, text.as_str()), earlier: earlier.collect() },
        sets: Default::default(),
        id,
    })
}
