//! The versions of a document's text, for reading layers whose offsets refer to any of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::anchors;
use super::files::{missing_text, problem, read_ron, unreadable};
use super::folder::{FileKey, Folder};
use super::limits;
use super::listing::Listing;
use crate::disk::steps;
use crate::words::project::{self as words, FileRole};
use crate::{Problem, ProblemKind};
use demarche_analysis::align::{Alignment, Realignment};
use demarche_model::{Anchors, DetachedReason, Document, DocumentMeta, OtherText, Ranges, Text, TextId};

/// Number of alignments that are kept.
const KEPT: usize = 4;

/// A cache of recent alignments: a layer that is read repeatedly while its owner works in an earlier text does not need a
/// new alignment each time. Clones share the cache.
#[derive(Clone, Debug, Default)]
pub struct Alignments(Arc<Mutex<Vec<Arc<Alignment>>>>);

impl Alignments {
    /// Returns the alignment of these two texts, which is computed if it is not in the cache.
    fn get(&self, old: &Arc<Text>, new: &Arc<Text>) -> Arc<Alignment> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is = |one: &Arc<Alignment>| Arc::ptr_eq(one.old_text(), old) && Arc::ptr_eq(one.new_text(), new);
        if let Some(at) = kept.iter().position(is) {
            return kept[at].clone();
        }
        let alignment = Arc::new(Alignment::new(old.clone(), new.clone()));
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push(alignment.clone());
        alignment
    }
}

/// The current text of a document, and all other versions that exist.
pub(super) struct Texts {
    number: u32,
    text: Arc<Text>,
    others: BTreeMap<u32, Other>,
    alignments: Alignments,
}

struct Other {
    read: OtherText,
    /// Computed once, and only if some offsets refer to this text.
    alignment: OnceLock<Arc<Alignment>>,
}

impl Texts {
    /// Reads all texts of a document, and the anchors of those that are not current. A text that `project.ron` does not
    /// list is read as well: the file may not have been synchronised yet, or an update was not finished.
    ///
    /// # Errors
    /// The current text is missing, can't be read, or is not UTF-8. Problems with other texts are added to `problems`.
    pub fn read(
        folder: &Folder,
        listing: &Listing,
        meta: &DocumentMeta,
        problems: &mut Vec<Problem>,
    ) -> Result<Self, Problem> {
        let id = meta.text_id();
        let (text, changed) = read_text(folder, &id, Some(meta.characters))?;
        problems.extend(changed);
        let mut others = BTreeMap::new();
        for other in &meta.versions.earlier {
            let id = TextId::new(&meta.id, other.version.number);
            match read_text(folder, &id, Some(other.characters)) {
                Ok((text, changed)) => {
                    problems.extend(changed);
                    let anchors = read_anchors(folder, &id, &text, problems);
                    others.insert(id.version, Other::new(text, anchors));
                }
                Err(problem) => problems.push(problem),
            }
        }
        let unknown = listing.later_texts(&meta.id).filter(|n| meta.origin_of(*n).is_none());
        for id in unknown.map(|number| TextId::new(&meta.id, number)) {
            if let Ok((text, _)) = read_text(folder, &id, None) {
                others.insert(id.version, Other::new(text, Anchors::default()));
            }
        }
        Ok(Self { number: id.version, text, others, alignments: Alignments::default() })
    }

    /// Takes the texts of a document from memory, with a cache of alignments. `None` if it has not been read.
    pub fn from_document(document: &Document, alignments: &Alignments) -> Option<Self> {
        let other = |read: &OtherText| Other { read: read.clone(), alignment: OnceLock::new() };
        Some(Self {
            number: document.meta.versions.current.number,
            text: document.text.clone()?,
            others: document.other_texts.iter().map(|(number, read)| (*number, other(read))).collect(),
            alignments: alignments.clone(),
        })
    }

    /// Returns the current text.
    pub fn shown(&self) -> &Arc<Text> {
        &self.text
    }

    /// Returns a version of the text.
    pub fn get(&self, number: u32) -> Option<&Arc<Text>> {
        if number == self.number {
            return Some(&self.text);
        }
        self.others.get(&number).map(|other| &other.read.text)
    }

    /// Converts ranges of version `number` into ranges of the current text, both in bytes.
    ///
    /// # Errors
    /// The words at the ranges have changed, or are gone.
    pub fn in_current(&self, number: u32, ranges: Ranges) -> Result<Ranges, DetachedReason> {
        let Some(other) = self.others.get(&number).filter(|_| number != self.number) else {
            return Ok(ranges);
        };
        let align = || self.alignments.get(&other.read.text, &self.text);
        match other.alignment.get_or_init(align).realign(&ranges) {
            Realignment::Exact => Ok(ranges),
            Realignment::Moved(to) => Ok(to),
            Realignment::Fuzzy(likeness) => Err(DetachedReason::TextChanged(Some(likeness))),
            Realignment::Lost => Err(DetachedReason::TextChanged(None)),
        }
    }

    /// Returns the texts that are not current, for the model.
    pub fn into_others(self) -> BTreeMap<u32, OtherText> {
        self.others.into_iter().map(|(number, other)| (number, other.read)).collect()
    }
}

impl Other {
    fn new(text: Arc<Text>, anchors: Anchors) -> Self {
        Self { read: OtherText { text, anchors: Arc::new(anchors) }, alignment: OnceLock::new() }
    }
}

/// Reads the anchors of a text. There are none if the file can't be read.
pub(super) fn read_anchors(
    folder: &Folder,
    id: &TextId,
    text: &Text,
    problems: &mut Vec<Problem>,
) -> Anchors {
    let key = FileKey::Anchors(id.clone());
    let parse = |source: String| anchors::read(&source, &key.relative(), &id.document, text);
    match read_ron(folder, &key).and_then(|source| source.map(parse).transpose()) {
        Ok(Some((anchors, found))) => {
            problems.extend(found);
            anchors
        }
        Ok(None) => Anchors::default(),
        Err(problem) => {
            problems.push(problem);
            Anchors::default()
        }
    }
}

/// Reads a text. Returns a problem with it if its length differs from `characters`, its length when it was imported.
pub(super) fn read_text(
    folder: &Folder,
    id: &TextId,
    characters: Option<usize>,
) -> Result<(Arc<Text>, Option<Problem>), Problem> {
    let file = FileKey::Text(id.clone()).relative();
    let bytes = match steps::read(folder.disk(), &file, limits::TEXT) {
        Err(error) if error.is_missing() => return Err(missing_text(id)),
        read => read.map_err(|error| unreadable(&file, FileRole::Text, error))?,
    };
    let mut content = String::from_utf8(bytes)
        .map_err(|_| problem(&file, ProblemKind::Unreadable, words::text_not_utf8()))?;
    // The text stays in memory, while the buffer that it was read into may be twice as long.
    content.shrink_to_fit();
    let mut text = Text::new(content);
    let length = characters.unwrap_or(text.characters());
    if text.characters() != length && text.as_str().contains("\r\n") {
        // On Windows, git may be configured to turn LF into CRLF; an imported text never contains CRLF.
        text = Text::new(text.as_str().replace("\r\n", "\n"));
    }
    let changed = (text.characters() != length)
        .then(|| problem(&file, ProblemKind::TextChanged, words::text_changed(text.characters(), length)));
    Ok((Arc::new(text), changed))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Alignments, KEPT};
    use demarche_model::Text;

    #[test]
    fn an_alignment_is_reused_only_for_the_same_two_texts() {
        let alignments = Alignments::default();
        let text = |content: &str| Arc::new(Text::new(content));
        let (old, new) = (text("a b"), text("a c"));
        let first = alignments.get(&old, &new);
        assert!(Arc::ptr_eq(&first, &alignments.clone().get(&old, &new)));
        assert!(!Arc::ptr_eq(&first, &alignments.get(&old, &text("a c"))));
        (0..KEPT).for_each(|_| drop(alignments.get(&text("x"), &new)));
        assert!(!Arc::ptr_eq(&first, &alignments.get(&old, &new)), "only some are kept");
    }
}
