//! What one person keeps for the analysis of a project: memos, saved views, a calendar, and pairs of passages that are no
//! answers.

mod calendar;
mod edit;
mod memo;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{AnnotatorId, EventId, PhaseId, SpanId, ViewId};

pub use calendar::{Calendar, NegotiationPhase, ProjectEvent};
pub(crate) use memo::add_memo;
pub use memo::{Memo, MemoSubject, Memos, resolved_memos};
pub use view::{NodePlace, SavedView, ViewKind};

/// The analysis notes of everyone who has any.
pub type NotesByPerson = BTreeMap<AnnotatorId, Arc<AnalysisNotes>>;

/// What one person keeps for the analysis of a project. Others see it; only its owner writes it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AnalysisNotes {
    /// Saved views.
    pub views: BTreeMap<ViewId, Arc<SavedView>>,
    /// Events and phases.
    pub calendar: Calendar,
    /// Possible answers that were dismissed.
    pub dismissed: BTreeSet<AnswerPair>,
    /// Memos on the project, on documents and on categories.
    pub memos: Memos,
}

/// A passage that asks and one that could be its answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AnswerPair {
    /// The demand or offer.
    pub ask: SpanId,
    /// The possible answer.
    pub answer: SpanId,
}

/// A part of a person's analysis notes: one file on disk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NotesPart {
    /// One saved view.
    View(ViewId),
    /// The calendar.
    Calendar,
    /// The dismissed pairs.
    Dismissed,
    /// The memos.
    Memos,
}

/// An entry of a person's analysis notes with its new value, which is `None` or `false` to remove it.
#[derive(Clone, PartialEq, Debug)]
pub enum NotesEntry {
    /// A saved view.
    View(ViewId, Option<Arc<SavedView>>),
    /// An event.
    Event(EventId, Option<ProjectEvent>),
    /// A phase.
    Phase(PhaseId, Option<NegotiationPhase>),
    /// A pair, and whether it is dismissed.
    Dismissed(AnswerPair, bool),
    /// A memo.
    Memo(MemoSubject, Option<Arc<Memo>>),
}

impl NotesEntry {
    /// The part that holds the entry.
    pub fn part(&self) -> NotesPart {
        match self {
            Self::View(id, _) => NotesPart::View(*id),
            Self::Event(..) | Self::Phase(..) => NotesPart::Calendar,
            Self::Dismissed(..) => NotesPart::Dismissed,
            Self::Memo(..) => NotesPart::Memos,
        }
    }

    /// The id of the entry, for messages.
    fn id(&self) -> String {
        match self {
            Self::View(id, _) => id.to_string(),
            Self::Event(id, _) => id.to_string(),
            Self::Phase(id, _) => id.to_string(),
            Self::Dismissed(pair, _) => pair.answer.to_string(),
            Self::Memo(subject, _) => subject.id().to_owned(),
        }
    }
}

impl AnalysisNotes {
    /// True if there is nothing in them.
    pub fn is_empty(&self) -> bool {
        self.parts().next().is_none()
    }

    /// The parts that hold anything.
    pub fn parts(&self) -> impl Iterator<Item = NotesPart> {
        let calendar = (!self.calendar.is_empty()).then_some(NotesPart::Calendar);
        let dismissed = (!self.dismissed.is_empty()).then_some(NotesPart::Dismissed);
        let memos = (!self.memos.is_empty()).then_some(NotesPart::Memos);
        self.views.keys().map(|id| NotesPart::View(*id)).chain(calendar).chain(dismissed).chain(memos)
    }

    /// Returns these notes with only one part.
    #[must_use]
    pub fn only(&self, part: NotesPart) -> Self {
        let mut out = Self::default();
        out.replace(part, self);
        out
    }

    /// Replaces a part by that of other notes.
    pub fn replace(&mut self, part: NotesPart, with: &Self) {
        match part {
            NotesPart::View(id) => match with.views.get(&id) {
                Some(view) => drop(self.views.insert(id, view.clone())),
                None => drop(self.views.remove(&id)),
            },
            NotesPart::Calendar => self.calendar.clone_from(&with.calendar),
            NotesPart::Dismissed => self.dismissed.clone_from(&with.dismissed),
            NotesPart::Memos => self.memos.clone_from(&with.memos),
        }
    }

    /// Sets an entry. Returns it with its old value.
    pub fn set(&mut self, entry: NotesEntry) -> NotesEntry {
        match entry {
            NotesEntry::View(id, to) => NotesEntry::View(id, set_in(&mut self.views, id, to)),
            NotesEntry::Event(id, to) => NotesEntry::Event(id, set_in(&mut self.calendar.events, id, to)),
            NotesEntry::Phase(id, to) => NotesEntry::Phase(id, set_in(&mut self.calendar.phases, id, to)),
            NotesEntry::Dismissed(pair, to) => {
                let was = if to { !self.dismissed.insert(pair) } else { self.dismissed.remove(&pair) };
                NotesEntry::Dismissed(pair, was)
            }
            NotesEntry::Memo(subject, to) => {
                let was = set_in(&mut self.memos, subject.clone(), to);
                NotesEntry::Memo(subject, was)
            }
        }
    }
}

fn set_in<K: Ord, V>(map: &mut BTreeMap<K, V>, id: K, to: Option<V>) -> Option<V> {
    match to {
        Some(value) => map.insert(id, value),
        None => map.remove(&id),
    }
}

#[cfg(test)]
mod tests;
