//! Changes of the project: each goes through one function, which updates everything that depends on the project.

use demarche_model::{Edit, EditError, Touch};

use super::Session;
use super::history::undo::{Recording, UndoStep};
use super::words::not_done;

impl Session {
    /// Changes the project as one step that can be undone. Returns whether it worked; if not, the user gets a notice.
    pub fn edit(&mut self, label: impl Into<String>, edit: Edit) -> bool {
        self.edit_then(label, edit, |_| {})
    }

    /// Like [`Session::edit`], for the edit that lists a new user: only then may they change anything else.
    pub(crate) fn edit_as_new_user(&mut self, label: String, edit: Edit) -> bool {
        match self.read_only().filter(|_| !self.may_write()) {
            Some(why) => {
                self.notify_error(why);
                false
            }
            None => self.carry_out(label, edit, Recording::NewStep, |_| {}),
        }
    }

    /// Like [`Session::edit`]; `arrive` then changes the view, as part of the step.
    pub(crate) fn edit_then(
        &mut self,
        label: impl Into<String>,
        edit: Edit,
        arrive: impl FnOnce(&mut Self),
    ) -> bool {
        self.is_writable()
            && self.is_unlocked(&edit)
            && self.carry_out(label.into(), edit, Recording::NewStep, arrive)
    }

    /// Like [`Session::edit`], but extends the latest step if it changed the same span or memo under the same label.
    pub(crate) fn continue_edit(&mut self, label: impl Into<String>, edit: Edit) -> bool {
        self.is_writable()
            && self.is_unlocked(&edit)
            && self.carry_out(label.into(), edit, Recording::Continued, |_| {})
    }

    /// Like [`Session::edit`], for work that was done elsewhere and is merged here: it is taken even if it changes a document
    /// that is marked as done.
    pub(crate) fn edit_merged(&mut self, label: impl Into<String>, edit: Edit) -> bool {
        self.is_writable() && self.carry_out(label.into(), edit, Recording::NewStep, |_| {})
    }

    /// Returns whether the user may change the project; if not, they get a notice.
    pub(crate) fn is_writable(&mut self) -> bool {
        let refusal = self.read_only();
        if let Some(why) = &refusal {
            self.notify_error(why.clone());
        }
        refusal.is_none()
    }

    fn carry_out(
        &mut self,
        label: String,
        edit: Edit,
        recording: Recording,
        arrive: impl FnOnce(&mut Self),
    ) -> bool {
        let before = self.view.state().clone();
        let edit = self.with_following_views(edit);
        match self.apply(&label, edit) {
            Ok(inverse) => {
                arrive(self);
                let after = self.view.state().clone();
                self.undo_stack.push(UndoStep { label, edit: inverse, before, after }, recording);
                true
            }
            Err(error) => {
                self.notify_error(not_done(&error));
                false
            }
        }
    }

    /// Applies an edit to the project, updates derived values, and records it in the audit log and the journal. Returns its
    /// inverse.
    /// Every change made in this session goes through here; `disk` applies changes that others have written.
    pub(crate) fn apply(&mut self, label: &str, edit: Edit) -> Result<Edit, EditError> {
        let filter = self.following_filter(&edit);
        let applied = self.project.apply(edit)?;
        if let Some(filter) = filter {
            self.analyse.set_filter(filter);
        }
        let files = self.saving.record(&applied.touched, self.env.monotonic());
        self.after_edit(&applied.touched);
        let entry = self.record(label, &applied.inverse);
        self.journal_step(&applied, &files, entry);
        Ok(applied.inverse)
    }

    /// Updates everything that depends on the project, after a change made here or by others. The order matters where
    /// a comment says so.
    pub(crate) fn after_edit(&mut self, touched: &[Touch]) {
        // These depend on the project alone, and not on each other.
        self.coders.follow(&self.project, touched);
        self.memos.follow(&self.project, touched);
        self.stats.update(&self.project, touched);
        self.passages.follow(&self.project, touched);
        self.links.follow(&self.project, touched);
        self.comparing.follow(touched);
        self.follow_document_list(touched);
        self.follow_review(touched);
        self.returns.follow(touched);
        self.unblinding.follow(touched);
        // A change of status, role or blind coding may change which layers are visible. This recounts for the new
        // visibility, so it comes after counts and rows have followed the edit for the old one.
        self.follow_visibility(touched);
        // What passes depends on the edit and on the visibility.
        self.follow_filter();
        // The rows may have to be sorted because of the edit, the visibility, or both; one job is enough.
        self.sort_passages();
        // The open document or the current span may be gone, or hidden by the new visibility.
        self.clear_stale_view();
        // The last two look at the open document, so the view has to be up to date.
        self.refresh_comparison();
        self.follow_earlier();
        // The search may scroll to a hit, so it comes last.
        self.texts_changed(touched);
    }
}
