//! Edits of analysis notes, and loading those that others have written.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{AnalysisNotes, Memo, NotesByPerson, NotesEntry, NotesPart};
use crate::file_id::is_blank;
use crate::{AnnotatorId, Applied, Edit, EditError, Project, Touch};

impl Project {
    /// The analysis notes of everyone who has any.
    pub fn analysis_notes(&self) -> &Arc<NotesByPerson> {
        &self.analysis_notes
    }

    /// The analysis notes of a person, if they have any.
    pub fn analysis_notes_of(&self, owner: &AnnotatorId) -> Option<&Arc<AnalysisNotes>> {
        self.analysis_notes.get(owner)
    }

    /// True if a part of a person's analysis notes can't be read, so that it must not be written.
    pub fn has_unreadable_notes(&self, owner: &AnnotatorId, part: NotesPart) -> bool {
        self.unreadable_notes.contains(&(owner.clone(), part))
    }

    /// Updates a part of a person's analysis notes to its state on disk. Returns `None` if nothing has changed.
    pub fn set_analysis_notes_from_disk(
        &mut self,
        owner: &AnnotatorId,
        part: NotesPart,
        notes: &AnalysisNotes,
    ) -> Option<Touch> {
        self.unreadable_notes.remove(&(owner.clone(), part));
        let old = self.analysis_notes_of(owner).map(|notes| notes.only(part)).unwrap_or_default();
        if old == notes.only(part) {
            return None;
        }
        self.change_notes(owner, |own| own.replace(part, notes));
        Some(Touch::AnalysisNotes(owner.clone(), part))
    }

    /// The parts of all people's analysis notes that can't be read.
    pub fn unreadable_notes(&self) -> &BTreeSet<(AnnotatorId, NotesPart)> {
        &self.unreadable_notes
    }

    /// The parts of a person's analysis notes that can't be read.
    pub fn unreadable_notes_of(&self, owner: &AnnotatorId) -> impl Iterator<Item = NotesPart> {
        self.unreadable_notes.iter().filter(move |(id, _)| id == owner).map(|(_, part)| *part)
    }

    /// Records that a part of a person's analysis notes can't be read as a whole, and must not be written.
    pub fn set_analysis_notes_unreadable(&mut self, owner: &AnnotatorId, part: NotesPart) {
        self.unreadable_notes.insert((owner.clone(), part));
    }

    pub(crate) fn set_notes_entry(
        &mut self,
        owner: AnnotatorId,
        to: NotesEntry,
    ) -> Result<Applied, EditError> {
        let part = to.part();
        if self.has_unreadable_notes(&owner, part) {
            return Err(EditError::UnreadableNotes(owner));
        }
        if owner.is_consensus() {
            return Err(EditError::NotAPerson(owner));
        }
        if !self.analysis_notes.contains_key(&owner) {
            self.check_person(&owner)?;
        }
        check_entry(&to)?;
        self.check_length(&owner, &to)?;
        if is_removal(&to) && !self.has_entry(&owner, &to) {
            return Err(EditError::Missing(to.id()));
        }
        let old = self.change_notes(&owner, |notes| notes.set(to));
        Ok(Applied {
            inverse: Edit::SetNotesEntry { owner: owner.clone(), to: old },
            touched: vec![Touch::AnalysisNotes(owner, part)],
        })
    }

    fn has_entry(&self, owner: &AnnotatorId, entry: &NotesEntry) -> bool {
        let has = |notes: &Arc<AnalysisNotes>| match entry {
            NotesEntry::View(id, _) => notes.views.contains_key(id),
            NotesEntry::Event(id, _) => notes.calendar.events.contains_key(id),
            NotesEntry::Phase(id, _) => notes.calendar.phases.contains_key(id),
            NotesEntry::Dismissed(pair, _) => notes.dismissed.contains(pair),
            NotesEntry::Memo(subject, _) => notes.memos.contains_key(subject),
        };
        self.analysis_notes_of(owner).is_some_and(has)
    }

    /// Checks that a new memo leaves the file of memos small enough to be read again.
    fn check_length(&self, owner: &AnnotatorId, entry: &NotesEntry) -> Result<(), EditError> {
        let NotesEntry::Memo(subject, Some(memo)) = entry else { return Ok(()) };
        let notes = self.analysis_notes_of(owner);
        let others = notes.iter().flat_map(|notes| &notes.memos).filter(|(known, _)| *known != subject);
        let bytes = others.map(|(_, memo)| memo.text.len()).sum::<usize>() + memo.text.len();
        let old = notes.and_then(|notes| notes.memos.get(subject)).map_or(0, |memo| memo.text.len());
        // One that gets shorter is always welcome.
        if bytes > Memo::MAX_BYTES_IN_ALL && memo.text.len() > old {
            return Err(EditError::MemosTooLong(owner.clone()));
        }
        Ok(())
    }

    /// Changes the notes of a person. Those without notes are not in the map.
    fn change_notes<T>(&mut self, owner: &AnnotatorId, change: impl FnOnce(&mut AnalysisNotes) -> T) -> T {
        let all = Arc::make_mut(&mut self.analysis_notes);
        let notes = Arc::make_mut(all.entry(owner.clone()).or_default());
        let out = change(notes);
        if notes.is_empty() {
            all.remove(owner);
            self.former_people.insert(owner.clone());
        }
        self.revision += 1;
        out
    }
}

/// True for an entry that is to be removed. A pair that is not dismissed may be restored.
fn is_removal(entry: &NotesEntry) -> bool {
    match entry {
        NotesEntry::View(_, to) => to.is_none(),
        NotesEntry::Event(_, to) => to.is_none(),
        NotesEntry::Phase(_, to) => to.is_none(),
        NotesEntry::Memo(_, to) => to.is_none(),
        NotesEntry::Dismissed(..) => false,
    }
}

/// Checks a new value.
fn check_entry(entry: &NotesEntry) -> Result<(), EditError> {
    let (id, is_same, name) = match entry {
        NotesEntry::View(id, Some(view)) if !view.is_finite() => {
            return Err(EditError::NotANumber(id.to_string()));
        }
        NotesEntry::View(id, Some(view)) => (id.to_string(), view.id == *id, &view.name),
        NotesEntry::Phase(_, Some(phase)) if phase.is_reversed() => {
            return Err(EditError::PhaseReversed { from: phase.from.clone(), to: phase.to.clone() });
        }
        NotesEntry::Phase(id, Some(phase)) => (id.to_string(), phase.id == *id, &phase.name),
        NotesEntry::Event(id, Some(event)) => (id.to_string(), event.id == *id, &event.label),
        NotesEntry::View(_, None)
        | NotesEntry::Event(_, None)
        | NotesEntry::Phase(_, None)
        | NotesEntry::Memo(..)
        | NotesEntry::Dismissed(..) => return Ok(()),
    };
    match is_same {
        false => Err(EditError::IdMismatch(id)),
        true if is_blank(name) => Err(EditError::EmptyName),
        true => Ok(()),
    }
}
