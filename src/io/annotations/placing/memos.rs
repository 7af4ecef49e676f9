//! Placing memos. One on a subject on which its author has a memo already is appended to that, unless it says the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Placer;
use super::names::At;
use super::times::time;
use crate::annotations::draft::{DraftMemo, DraftSubject};
use crate::loss::PlacingLoss;
use demarche_model::{AnnotatorId, Edit, Memo, MemoSubject, NotesEntry, NotesPart};

impl Placer<'_, '_> {
    /// Places a memo, or counts it as lost.
    pub(super) fn memo(&mut self, draft: DraftMemo) {
        if self.place_memo(draft).is_none() {
            self.losses.add(PlacingLoss::LooseMemos, 1);
        }
    }

    fn place_memo(&mut self, draft: DraftMemo) -> Option<()> {
        let name = self.annotator_of(draft.author.as_deref(), None).ok()?;
        let author = self.names.annotator(name);
        let subject = match draft.subject {
            DraftSubject::Project => MemoSubject::Project,
            DraftSubject::Document(id) => MemoSubject::Document(self.placed.get(&id)?.clone()),
            DraftSubject::Category(name) => {
                MemoSubject::Category(self.names.category(&name, At { line: None, record: None })?)
            }
        };
        if author.is_consensus() || self.project.has_unreadable_notes(&author, NotesPart::Memos) {
            return None;
        }
        let modified = time(draft.modified.as_deref(), self.fresh.now).unwrap_or(self.fresh.now);
        let memo = Memo::new(&draft.text, modified);
        if self.memo_bytes(&author) + memo.text.len() > Memo::MAX_BYTES_IN_ALL {
            return None;
        }
        let own = self.project.analysis_notes_of(&author).and_then(|notes| notes.memos.get(&subject));
        let place = (author, subject);
        let memo = match self.memos.get(&place).or(own.map(Arc::as_ref)) {
            Some(own) => {
                let joined = own.joined(&memo);
                if joined.text == own.text {
                    return Some(());
                }
                joined
            }
            None => memo,
        };
        self.names.add_annotator(&place.0, name);
        self.memos.insert(place, memo);
        Some(())
    }

    /// Returns the number of bytes that all memos of a person have at most once those of the import are placed.
    fn memo_bytes(&self, author: &AnnotatorId) -> usize {
        let own = self.project.analysis_notes_of(author).into_iter().flat_map(|notes| notes.memos.values());
        let new =
            self.memos.iter().filter(|((owner, _), _)| owner == author).map(|(_, memo)| memo.text.len());
        own.map(|memo| memo.text.len()).chain(new).sum()
    }
}

/// Returns the edits that set memos.
pub(super) fn edits(memos: BTreeMap<(AnnotatorId, MemoSubject), Memo>) -> impl Iterator<Item = Edit> {
    memos.into_iter().map(|((owner, subject), memo)| Edit::SetNotesEntry {
        owner,
        to: NotesEntry::Memo(subject, Some(Arc::new(memo))),
    })
}
