//! What people keep for the analysis of the project: memos, saved views, calendars, dismissed pairs of demand and answer.
//!
//! The user changes their own; those of others are shown, and a view of theirs can be saved under another id.

mod calendar;
pub(crate) mod memos;
mod views;

use std::sync::Arc;

use demarche_model::{
    AnalysisNotes, AnswerPair, Colour, Date, Edit, EventId, MemoSubject, NegotiationPhase, NotesEntry,
    PhaseId, ProjectEvent, SavedView, ViewId,
};

use crate::Session;
use crate::words::steps;

pub use memos::MemoEntry;
pub use views::SavedViewEntry;

/// Changes the user's analysis notes. Every change is a step that can be undone.
#[derive(Clone, PartialEq, Debug)]
pub enum AnalysisNotesAction {
    /// Saves a view of the user: replaces the one with this id.
    SaveView(Box<SavedView>),
    /// Saves a view, which may be another person's, as a new one of the user.
    SaveViewAs(Box<SavedView>),
    /// Renames a view of the user.
    RenameView {
        /// The view.
        id: ViewId,
        /// The new name.
        name: String,
    },
    /// Deletes a view of the user.
    DeleteView(ViewId),
    /// Adds an event to the user's calendar.
    AddEvent {
        /// The date, complete or partial.
        date: Date,
        /// The label.
        label: String,
        /// The colour.
        colour: Colour,
    },
    /// Changes an event of the user.
    SetEvent(ProjectEvent),
    /// Removes an event of the user.
    RemoveEvent(EventId),
    /// Adds a phase to the user's calendar.
    AddPhase {
        /// The name.
        name: String,
        /// The first day, month or year.
        from: Date,
        /// The last day, month or year.
        to: Date,
    },
    /// Changes a phase of the user.
    SetPhase(NegotiationPhase),
    /// Removes a phase of the user.
    RemovePhase(PhaseId),
    /// Dismisses a possible answer.
    Dismiss(AnswerPair),
    /// Restores a possible answer that the user has dismissed.
    Restore(AnswerPair),
    /// Sets the text of the user's memo on a subject.
    WriteMemo {
        /// The subject.
        subject: MemoSubject,
        /// The text; without words, the memo is deleted.
        text: String,
    },
    /// Deletes the user's memo on a subject.
    DeleteMemo(MemoSubject),
    /// Chooses the subject whose memos the window shows.
    ShowMemo(MemoSubject),
}

impl Session {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(crate) fn perform_analysis_notes(&mut self, action: AnalysisNotesAction) {
        match action {
            AnalysisNotesAction::SaveView(view) => self.save_view(*view),
            AnalysisNotesAction::SaveViewAs(view) => self.save_view_as(*view),
            AnalysisNotesAction::RenameView { id, name } => self.rename_view(id, &name),
            AnalysisNotesAction::DeleteView(id) => self.delete_view(id),
            AnalysisNotesAction::AddEvent { date, label, colour } => self.add_event(date, label, colour),
            AnalysisNotesAction::SetEvent(event) => self.set_event(event),
            AnalysisNotesAction::RemoveEvent(id) => self.remove_event(id),
            AnalysisNotesAction::AddPhase { name, from, to } => self.add_phase(name, from, to),
            AnalysisNotesAction::SetPhase(phase) => self.set_phase(phase),
            AnalysisNotesAction::RemovePhase(id) => self.remove_phase(id),
            AnalysisNotesAction::Dismiss(pair) => self.dismiss_answer(pair, true),
            AnalysisNotesAction::Restore(pair) => self.dismiss_answer(pair, false),
            AnalysisNotesAction::WriteMemo { subject, text } => self.write_memo(&subject, &text),
            AnalysisNotesAction::DeleteMemo(subject) => self.delete_memo(&subject),
            AnalysisNotesAction::ShowMemo(subject) => self.show_memo(Some(subject)),
        }
    }

    /// The user's analysis notes, if they have any.
    fn my_notes(&self) -> Option<&Arc<AnalysisNotes>> {
        self.project.analysis_notes_of(&self.me)
    }

    fn set_entry(&mut self, label: impl Into<String>, to: NotesEntry) -> bool {
        let owner = self.me.clone();
        self.edit(label, Edit::SetNotesEntry { owner, to })
    }

    fn dismiss_answer(&mut self, pair: AnswerPair, to: bool) {
        let is = self.my_notes().is_some_and(|notes| notes.dismissed.contains(&pair));
        if is != to {
            self.set_entry(steps::dismiss_answer(to), NotesEntry::Dismissed(pair, to));
        }
    }

    /// Returns whether a possible answer was dismissed by a person whose judgement the user may see: in blind coding, only
    /// their own.
    pub fn is_dismissed(&self, pair: &AnswerPair) -> bool {
        let is_blind = self.project.works_blind(&self.me);
        let mut visible =
            self.project.analysis_notes().iter().filter(|(owner, _)| !is_blind || **owner == self.me);
        visible.any(|(_, notes)| notes.dismissed.contains(pair))
    }
}
