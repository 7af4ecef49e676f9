//! Memos: what a person writes about the project, a document or a category.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::AnalysisNotes;
use crate::{CategoryId, Codebook, DocumentId, Project, Stamp};

/// The memos of one person.
pub type Memos = BTreeMap<MemoSubject, Arc<Memo>>;

/// The subject of a memo.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MemoSubject {
    /// The whole project.
    Project,
    /// A document.
    Document(DocumentId),
    /// A category. After a merge of categories, it may be one that another has replaced.
    Category(CategoryId),
}

impl MemoSubject {
    /// The subject, with a category that another has replaced as that one. A category that is gone stays as it is.
    #[must_use]
    pub fn resolved(&self, codebook: &Codebook) -> Self {
        match self {
            Self::Category(id) => {
                Self::Category(codebook.resolve(id).map_or_else(|| id.clone(), |now| now.id.clone()))
            }
            Self::Project | Self::Document(_) => self.clone(),
        }
    }

    /// The id of the subject, for messages.
    pub fn id(&self) -> &str {
        match self {
            Self::Project => "project",
            Self::Document(id) => id.as_str(),
            Self::Category(id) => id.as_str(),
        }
    }
}

/// A memo: plain text of any number of lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Memo {
    /// The text.
    pub text: String,
    /// The time of the last change.
    pub modified: Stamp,
}

impl Memo {
    /// The greatest length of a memo that is edited, in characters: about 40 pages. Merging may make one longer.
    pub const MAX_CHARACTERS: usize = 100_000;
    /// The greatest length of all memos of a person together, in bytes.
    pub const MAX_BYTES_IN_ALL: usize = 16 << 20;

    /// A memo with line ends as in texts of the project, and without other control characters, which no format can carry.
    pub fn new(text: &str, modified: Stamp) -> Self {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        Self { text: text.chars().filter(is_kept).collect(), modified }
    }

    /// True if the text is longer than a memo that is edited.
    pub fn is_too_long(&self) -> bool {
        // Only a text with that many bytes is worth counting.
        self.text.len() > Self::MAX_CHARACTERS && self.text.chars().count() > Self::MAX_CHARACTERS
    }

    /// One memo with the text of both, the earlier one first. A text that the other contains is not repeated.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let modified = self.modified.max(other.modified);
        let contains = |whole: &Self, part: &Self| whole.text.contains(part.text.trim());
        let text = if contains(self, other) {
            self.text.clone()
        } else if contains(other, self) {
            other.text.clone()
        } else {
            let is_first = (self.modified, &self.text) <= (other.modified, &other.text);
            let (first, second) = if is_first { (self, other) } else { (other, self) };
            format!("{}\n\n{}", first.text.trim_end(), second.text)
        };
        Self { text, modified }
    }

    /// Merges two versions of a memo that have diverged from `base`: what either side has added stays. Lines at the start and
    /// at the end that both still share with the base are not repeated.
    #[must_use]
    pub fn merged(base: Option<&Self>, ours: &Self, theirs: &Self) -> Self {
        let Some(base) = base else { return ours.joined(theirs) };
        let sides = [base, ours, theirs].map(|memo| memo.text.split('\n').collect::<Vec<_>>());
        let head = shared(sides.each_ref().map(|lines| lines.iter()));
        let rest = sides.map(|mut lines| lines.split_off(head));
        let tail = shared(rest.each_ref().map(|lines| lines.iter().rev()));
        let [_, our_rest, their_rest] = &rest;
        let middle = |lines: &[&str], modified| {
            let lines = lines.get(..lines.len() - tail).unwrap_or_default();
            Self { text: lines.join("\n"), modified }
        };
        let changed = middle(our_rest, ours.modified).joined(&middle(their_rest, theirs.modified));
        let head = ours.text.split('\n').take(head);
        let tail = our_rest.iter().skip(our_rest.len() - tail).copied();
        let lines: Vec<&str> = head.chain([changed.text.as_str()]).chain(tail).collect();
        Self { text: lines.join("\n"), modified: changed.modified }
    }
}

/// Returns the number of lines that are the same on all sides, up to the first that is not.
fn shared<'a>(sides: [impl Iterator<Item = &'a &'a str>; 3]) -> usize {
    let [base, ours, theirs] = sides;
    base.zip(ours).zip(theirs).take_while(|((base, ours), theirs)| base == ours && base == theirs).count()
}

impl Project {
    /// True if the project has the subject of a memo. A category that another has replaced counts as that one.
    pub fn has_subject(&self, subject: &MemoSubject) -> bool {
        match subject {
            MemoSubject::Project => true,
            MemoSubject::Document(id) => self.document(id).is_some(),
            MemoSubject::Category(id) => self.codebook().resolve(id).is_some(),
        }
    }

    /// The place of a subject in lists: the project, documents and categories in their order, then what is gone, by id.
    pub fn memo_order(&self, subject: &MemoSubject) -> (u8, usize, MemoSubject) {
        let categories = &self.codebook().categories;
        let place = match subject {
            MemoSubject::Project => Some((0, 0)),
            MemoSubject::Document(id) => self.position(id).map(|at| (1, at)),
            MemoSubject::Category(id) => {
                categories.iter().position(|category| category.id == *id).map(|at| (2, at))
            }
        };
        let (kind, at) = place.unwrap_or((3, 0));
        (kind, at, subject.clone())
    }

    /// The same project with memos on documents under the ids that these have elsewhere. Two that come together are joined.
    pub fn with_memo_documents(mut self, to: impl Fn(&DocumentId) -> DocumentId) -> Self {
        let moved = |notes: &AnalysisNotes| {
            let mut memos = Memos::new();
            for (subject, memo) in &notes.memos {
                let subject = match subject {
                    MemoSubject::Document(id) => MemoSubject::Document(to(id)),
                    MemoSubject::Project | MemoSubject::Category(_) => subject.clone(),
                };
                add_memo(&mut memos, subject, memo);
            }
            AnalysisNotes { memos, ..notes.clone() }
        };
        let notes = self.analysis_notes.iter().map(|(owner, notes)| (owner.clone(), Arc::new(moved(notes))));
        self.analysis_notes = Arc::new(notes.collect());
        self
    }
}

/// The memos of one person on their subjects as they are now: those of categories that were merged are joined.
pub fn resolved_memos(memos: &Memos, codebook: &Codebook) -> Memos {
    let mut out = Memos::new();
    for (subject, memo) in memos {
        add_memo(&mut out, subject.resolved(codebook), memo);
    }
    out
}

/// Adds a memo, joined to the one that its subject has.
pub(crate) fn add_memo(memos: &mut Memos, subject: MemoSubject, memo: &Arc<Memo>) {
    let memo = match memos.get(&subject) {
        Some(own) if own != memo => Arc::new(own.joined(memo)),
        Some(_) | None => memo.clone(),
    };
    memos.insert(subject, memo);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memo(text: &str, at: i64) -> Memo {
        Memo::new(text, Stamp(at))
    }

    #[test]
    fn line_ends_are_one_and_control_characters_are_left_out() {
        assert_eq!(memo("a\r\nb\rc\u{1b}[31m\u{0}\td", 1).text, "a\nb\nc[31m\td");
    }

    #[test]
    fn what_either_side_adds_stays_and_nothing_is_repeated() {
        let base = memo("title\n\nlast", 1);
        let (ours, theirs) = (memo("title\nours\n\nlast", 3), memo("title\ntheirs\n\nlast", 2));
        let merged = Memo::merged(Some(&base), &ours, &theirs);
        assert_eq!(merged, memo("title\ntheirs\n\nours\n\nlast", 3));
        assert_eq!(Memo::merged(Some(&base), &theirs, &ours), merged, "both sides come to the same");
        assert_eq!(Memo::merged(None, &memo("a", 1), &memo("b", 2)).text, "a\n\nb");
        assert_eq!(Memo::merged(None, &memo("a b", 1), &memo("b", 2)).text, "a b");
        let appended = [memo("x\nour end", 5), memo("x\ntheir end", 4)];
        let merged = Memo::merged(Some(&memo("x", 1)), &appended[0], &appended[1]);
        assert_eq!(merged.text, "x\ntheir end\n\nour end");
    }

    #[test]
    fn length_counts_characters() {
        assert!(!memo(&"ü".repeat(Memo::MAX_CHARACTERS), 1).is_too_long());
        assert!(memo(&"a".repeat(Memo::MAX_CHARACTERS + 1), 1).is_too_long());
    }
}
