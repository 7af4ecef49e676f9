//! Memos: those of all people that the user may read, and changes of the user's own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_model::merge::analysis_notes_edits;
use demarche_model::{
    AnnotatorId, CategoryId, Edit, Memo, MemoSubject, Memos, NotesPart, Project, Touch, resolved_memos,
};

use crate::Session;
use crate::words::{analysis_notes as words, steps};

/// A memo in a list.
#[derive(Clone, PartialEq, Debug)]
pub struct MemoEntry<'a> {
    /// The author.
    pub owner: &'a AnnotatorId,
    /// What it is about.
    pub subject: &'a MemoSubject,
    /// The memo.
    pub memo: &'a Arc<Memo>,
    /// True if it is the user's; those of others can't be changed.
    pub is_mine: bool,
}

/// The memos of everyone on their subjects as they are now, after merges of categories.
#[derive(Default)]
pub(crate) struct ResolvedMemos {
    by_owner: BTreeMap<AnnotatorId, Memos>,
    /// Goes up when memos, or what they are about, have changed.
    revision: u64,
    /// The subject that the window shows.
    shown: Option<MemoSubject>,
}

impl ResolvedMemos {
    /// Resolves the memos of a project.
    pub fn new(project: &Project) -> Self {
        let mut memos = Self::default();
        memos.follow(project, &[Touch::Project]);
        memos
    }

    /// Follows a change: of one person's memos, or of the codebook and thereby of all.
    pub fn follow(&mut self, project: &Project, touched: &[Touch]) {
        let everyone = || project.analysis_notes().keys().chain(self.by_owner.keys());
        let mut changed = BTreeSet::new();
        for touch in touched {
            match touch {
                Touch::AnalysisNotes(owner, NotesPart::Memos) => drop(changed.insert(owner.clone())),
                Touch::Project => changed.extend(everyone().cloned()),
                Touch::AnalysisNotes(_, NotesPart::View(_) | NotesPart::Calendar | NotesPart::Dismissed)
                | Touch::Text(_)
                | Touch::Anchors(_)
                | Touch::Original(..)
                | Touch::Layer(..)
                | Touch::Recoded(..)
                | Touch::Realigned(_)
                | Touch::Review(..) => {}
            }
        }
        let is_of_project = touched.iter().any(|touch| matches!(touch, Touch::Project));
        self.revision += u64::from(is_of_project || !changed.is_empty());
        for owner in changed {
            let memos = project.analysis_notes_of(&owner).map(|notes| &notes.memos);
            match memos.filter(|memos| !memos.is_empty()) {
                Some(memos) => drop(self.by_owner.insert(owner, resolved_memos(memos, project.codebook()))),
                None => drop(self.by_owner.remove(&owner)),
            }
        }
    }
}

impl Session {
    /// The subject whose memos the window shows, if there is one.
    pub fn shown_memo(&self) -> Option<&MemoSubject> {
        self.memos.shown.as_ref()
    }

    /// Chooses the subject whose memos the window shows.
    pub fn show_memo(&mut self, subject: Option<MemoSubject>) {
        self.memos.shown = subject.map(|subject| subject.resolved(self.project.codebook()));
    }

    /// Returns whether there is a memo on a subject that the user may read.
    pub fn has_memo(&self, subject: &MemoSubject) -> bool {
        let mut all = self.memos.by_owner.iter().filter(|(_, memos)| memos.contains_key(subject));
        all.any(|(owner, _)| self.may_read_memo(owner, subject))
    }

    /// The memos on a subject that the user may read: their own first.
    pub fn memos_on(&self, subject: &MemoSubject) -> Vec<MemoEntry<'_>> {
        let all = self.memos.by_owner.iter().filter(|(owner, _)| self.may_read_memo(owner, subject));
        let of_owner = all.filter_map(|(owner, memos)| Some((owner, memos.get_key_value(subject)?)));
        let entries = of_owner.map(|(owner, (subject, memo))| self.memo_entry(owner, subject, memo));
        let mut found: Vec<MemoEntry<'_>> = entries.collect();
        found.sort_by_key(|entry| !entry.is_mine);
        found
    }

    /// All memos that the user may read, by subject: the project, documents and categories in their order, and those whose
    /// subject is gone. Sorts them: not for every frame.
    pub fn memos(&self) -> Vec<MemoEntry<'_>> {
        let mut found: Vec<MemoEntry<'_>> = Vec::new();
        for (owner, memos) in &self.memos.by_owner {
            let readable = memos.iter().filter(|(subject, _)| self.may_read_memo(owner, subject));
            found.extend(readable.map(|(subject, memo)| self.memo_entry(owner, subject, memo)));
        }
        found.sort_by_cached_key(|entry| {
            (self.project.memo_order(entry.subject), !entry.is_mine, entry.owner.clone())
        });
        found
    }

    /// Changes whenever [`Session::memos`] may return something else. For a person who works blind, any change may have
    /// brought the memos of others into view.
    pub fn memos_revision(&self) -> (u64, Option<u64>) {
        let is_blind = self.project.works_blind(&self.me);
        (self.memos.revision, is_blind.then(|| self.project.revision()))
    }

    fn memo_entry<'a>(
        &self,
        owner: &'a AnnotatorId,
        subject: &'a MemoSubject,
        memo: &'a Arc<Memo>,
    ) -> MemoEntry<'a> {
        MemoEntry { owner, subject, memo, is_mine: *owner == self.me }
    }

    /// Returns whether the user may read the memos of a person on a subject.
    fn may_read_memo(&self, owner: &AnnotatorId, subject: &MemoSubject) -> bool {
        self.project.may_read_memo(&self.me, owner, subject)
    }

    /// The user's memo on a subject.
    pub fn my_memo(&self, subject: &MemoSubject) -> Option<&Arc<Memo>> {
        self.memos.by_owner.get(&self.me)?.get(subject)
    }

    /// Returns the name of what a memo is about; the id of what is gone.
    pub fn memo_title<'a>(&'a self, subject: &'a MemoSubject) -> &'a str {
        match subject {
            MemoSubject::Project => self.project.name(),
            MemoSubject::Document(id) => {
                self.project.document(id).map_or(id.as_str(), |document| document.meta.title.as_str())
            }
            MemoSubject::Category(id) => self.project.codebook().name_of(id),
        }
    }

    /// Sets the text of the user's memo on a subject; without words, the memo is deleted. Typing without a pause is one step.
    pub(super) fn write_memo(&mut self, subject: &MemoSubject, text: &str) {
        let memo = Memo::new(text, self.env.now());
        let old = self.my_memo(subject).map_or("", |memo| memo.text.as_str());
        if old == memo.text {
            return;
        }
        if memo.is_too_long() && memo.text.len() > old.len() {
            return self.notify_error(words::memo_too_long());
        }
        let label = steps::edit_memo(self.memo_title(subject));
        let still_typing = self.saving.changed_within(self.env.monotonic(), crate::AUTOSAVE_AFTER_S);
        let to = (!memo.text.trim().is_empty()).then(|| Arc::new(memo));
        let mut edits = self.my_memo_edits(|memos| match to {
            Some(memo) => drop(memos.insert(subject.clone(), memo)),
            None => drop(memos.remove(subject)),
        });
        let edit = match edits.len() {
            0 => return,
            1 => edits.remove(0),
            _ => Edit::Batch(edits),
        };
        match still_typing {
            true => self.continue_edit(label, edit),
            false => self.edit(label, edit),
        };
    }

    /// Deletes the user's memo on a subject.
    pub(super) fn delete_memo(&mut self, subject: &MemoSubject) {
        let edits = self.my_memo_edits(|memos| drop(memos.remove(subject)));
        if !edits.is_empty() {
            let label = steps::delete_memo(self.memo_title(subject));
            if self.edit(label, Edit::Batch(edits)) {
                self.notify_undoable(words::memo_deleted());
            }
        }
    }

    /// The edits that move the user's memos on categories that are merged into another one. Those of others stay in their
    /// files; the old ids lead to the new one.
    pub(crate) fn merged_memo_edits(&self, from: &[CategoryId], into: &CategoryId) -> Vec<Edit> {
        let is_from =
            |subject: &MemoSubject| matches!(subject, MemoSubject::Category(id) if from.contains(id));
        let Some(mine) = self.memos.by_owner.get(&self.me).filter(|memos| memos.keys().any(is_from)) else {
            return Vec::new();
        };
        let moved: Vec<Arc<Memo>> =
            mine.iter().filter(|(subject, _)| is_from(subject)).map(|(_, memo)| memo.clone()).collect();
        self.my_memo_edits(|memos| {
            memos.retain(|subject, _| !is_from(subject));
            let into = MemoSubject::Category(into.clone());
            for memo in moved {
                let memo = memos.get(&into).map_or(memo.clone(), |own| Arc::new(own.joined(&memo)));
                memos.insert(into.clone(), memo);
            }
        })
    }

    /// The edits that give the user's memo on a category also to those that it was split into.
    pub(crate) fn copied_memo_edits<'a>(
        &self,
        from: &CategoryId,
        to: impl Iterator<Item = &'a CategoryId>,
    ) -> Vec<Edit> {
        let Some(memo) = self.my_memo(&MemoSubject::Category(from.clone())).cloned() else {
            return Vec::new();
        };
        self.my_memo_edits(|memos| {
            memos.extend(to.map(|id| (MemoSubject::Category(id.clone()), memo.clone())));
        })
    }

    /// The edits that change the user's memos, on their subjects as they are now.
    fn my_memo_edits(&self, change: impl FnOnce(&mut Memos)) -> Vec<Edit> {
        let old = self.my_notes().map(|notes| (**notes).clone()).unwrap_or_default();
        let mut new = old.clone();
        new.memos = self.memos.by_owner.get(&self.me).cloned().unwrap_or_default();
        change(&mut new.memos);
        analysis_notes_edits(&self.me, &old, &new)
    }
}
