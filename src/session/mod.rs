//! The application without pixels: an open project, where the user is in it, and what they can do with it.
//!
//! - Panels read the session and push [`Action`]s; [`Session::perform`] carries them out between two frames.
//! - Every change of the project is a step made by [`Session::edit`]. What follows a change is listed, in its order, in
//!   `Session::after_edit`.
//! - Slow work is a job on a thread ([`Jobs`]); [`Session::tick`] applies its results, once a frame.
//!
//! Three words for what the user has in hand: words are *selected*, from the anchor to the caret; a span is *picked* when
//! it is shown in the inspector; several spans are *chosen* when they are changed together, the picked one among them.

mod action;
mod agreement;
mod annotate;
mod codebook;
mod compare;
mod disk;
mod env;
mod error;
mod exchange;
mod history;
mod jobs;
mod outbox;
mod passages;
mod perform;
mod reading;
mod request;
mod review;
mod team;
mod view;
mod words;

use demarche_analysis::summary::{ProjectSummary, Totals};
use demarche_io::Problem;
use demarche_io::project::Folder;
use demarche_model::{AnnotatorId, CategoryId, DocumentId, Edit, EditError, LayerId, Project, Touch};

use history::undo::Recording;

pub use demarche_io::settings::Screen;

pub use action::Action;
pub use agreement::{AgreementAction, AgreementChoice, AgreementResult, AgreementState};
pub use annotate::attributes::SelectedSummary;
pub use annotate::linking::LinkDraft;
pub use annotate::links::{LinkEnd, OtherEnd};
pub use annotate::occurrences::{OccurrenceScope, count_occurrences};
pub use annotate::state::SelectedSpans;
pub use annotate::tagging::{Bound, Stride};
pub use annotate::{AnnotateAction, LinkAction};
pub use codebook::{CodebookAction, CodebookChange, Fate, Impact};
pub use compare::{CompareAction, DifferenceFilter, DifferenceRow, DocumentComparison, Settling, Tally};
pub use disk::MergeAction;
pub use disk::access::Access;
pub use disk::merge_project::Merging;
pub use disk::open::{first_project, new_project, user_name};
pub use disk::saving::SaveState;
pub use env::{Env, Work};
pub use error::SessionError;
pub use exchange::export::ExportRequest;
pub use exchange::preview::{Candidate, CandidateContent, Preview, PreviewAction};
pub use exchange::update::{
    Excerpt, IncomingText, NewTextSource, PendingPassage, TextUpdate, compare_texts, read_new_text,
};
pub use exchange::{ExchangeAction, UpdateAction};
pub use history::HistoryAction;
pub use history::audit_log::entry_concerns;
pub use history::undo::{UndoStack, UndoStep};
pub use jobs::{JobKind, JobProgress, Jobs};
pub use outbox::{Notice, Report, Tone};
pub use passages::{
    Arrangement, Column, ColumnFilter, ColumnKind, OrderKey, Passage, PassageFilter, PassageSet,
    PassageTable, PassagesAction, Sort, TableLine, TableRow, ValueCount,
};
pub use reading::citation::Citations;
pub use reading::find::{Find, SearchHit};
pub use reading::navigate::word_around;
pub use reading::outline::{Outline, OutlineEntry};
pub use reading::{DocumentAction, FindAction, NavigateAction};
pub use request::WindowRequest;
pub use review::{InboxEntry, ReviewAction, ReviewFilter, ReviewState, Reviewing};
pub use team::ProjectAction;
pub use team::people::{Workload, distribute_documents};
pub use view::{Reveal, Shown, TextSelection, ViewState};

/// Seconds from the last change to saving by itself.
pub const AUTOSAVE_AFTER_S: i64 = 2;

/// An open project and everything the user does with it. Each field is a state of its own, changed by its own methods.
pub struct Session {
    /// The project as it is in memory. Changed by [`Session::edit`], and by `disk` for what others have written.
    project: Project,
    /// Who works here.
    me: AnnotatorId,
    /// Whether they may change the project.
    access: Access,

    /// What is shown, and where the user is in it.
    view: view::View,
    /// What tagging remembers from one action to the next.
    tagging: annotate::state::Tagging,
    /// The link that is being made.
    linking: annotate::linking::Linking,
    /// The undo stack.
    undo_stack: UndoStack,
    /// The audit log.
    audit_log: history::audit_log::AuditLog,

    /// Follows the project: counts.
    stats: ProjectSummary,
    /// Follows the project: the rows of the passages table.
    passages: PassageTable,
    /// Follows the project: which links end where.
    links: annotate::link_index::LinkIndex,
    /// Follows the project: how annotators differ.
    comparing: compare::Comparing,
    /// Follows the project: the review queue and the inbox.
    review: review::Reviewing,
    /// Computed when asked for: figures of agreement.
    agreement: AgreementState,
    /// The search in the text.
    find: Find,

    /// The folder, the files in it and the problems in them.
    files: disk::files::Files,
    /// Which documents are being read, and which can't be.
    reading: reading::documents::Reading,
    /// Which files have to be written.
    saving: disk::saving::Saving,
    /// What others write.
    live: disk::live::Live,
    /// Another copy of the project that is being merged.
    merging: Option<Merging>,
    /// What has been read to be imported.
    staging: exchange::staging::Staging,

    /// Work on other threads.
    jobs: Jobs,
    /// Messages for the user and the window.
    outbox: outbox::Outbox,
    /// Clock, ids and the reader of documents.
    env: Env,
}

impl Session {
    /// The project as it is now.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Where it lies.
    pub fn folder(&self) -> &Folder {
        self.files.folder()
    }

    /// Who works here.
    pub fn me(&self) -> &AnnotatorId {
        &self.me
    }

    /// What was done and undone.
    pub fn undo_stack(&self) -> &UndoStack {
        &self.undo_stack
    }

    /// What runs in the background.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// What is wrong in the project's files, as far as they have been read.
    pub fn problems(&self) -> &[Problem] {
        self.files.problems()
    }

    /// Counts per document, live.
    pub fn stats(&self) -> &ProjectSummary {
        &self.stats
    }

    /// Counts over the whole project, live.
    pub fn totals(&self) -> &Totals {
        self.stats.totals()
    }

    /// The rows of the passages table.
    pub fn passage_table(&self) -> &PassageTable {
        &self.passages
    }

    /// The search in the text.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// The category that "tag again" uses.
    pub fn last_category(&self) -> Option<&CategoryId> {
        self.tagging.last_category()
    }

    /// Clock and ids.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// The layer in which the user tags in a document.
    pub fn my_layer(&self, document: &DocumentId) -> LayerId {
        LayerId::new(document, &self.me)
    }

    /// Changes the project as one step that can be undone. Tells the user where that fails. Returns whether it worked.
    pub fn edit(&mut self, label: impl Into<String>, edit: Edit) -> bool {
        self.edit_then(label, edit, |_| {})
    }

    /// Like [`Session::edit`]; `arrive` then moves the user to where the step ends, which is where redo returns to.
    fn edit_then(&mut self, label: impl Into<String>, edit: Edit, arrive: impl FnOnce(&mut Self)) -> bool {
        self.carry_out(label.into(), edit, Recording::NewStep, arrive)
    }

    /// Like [`Session::edit`], but extends the latest step if it changed the same span under the same label.
    fn continue_edit(&mut self, label: impl Into<String>, edit: Edit) -> bool {
        self.carry_out(label.into(), edit, Recording::Continued, |_| {})
    }

    fn carry_out(
        &mut self,
        label: String,
        edit: Edit,
        recording: Recording,
        arrive: impl FnOnce(&mut Self),
    ) -> bool {
        if let Some(why) = self.read_only() {
            self.notify_error(why);
            return false;
        }
        let before = self.view.state().clone();
        match self.apply(&label, edit) {
            Ok(inverse) => {
                arrive(self);
                let after = self.view.state().clone();
                self.undo_stack.push(UndoStep { label, edit: inverse, before, after }, recording);
                true
            }
            Err(error) => {
                self.notify_error(format!("Not done: {error}."));
                false
            }
        }
    }

    /// Applies an edit to the project, brings up to date what follows it, and writes it into the audit log. Returns the
    /// edit that takes it back. Every change that is made here goes through this; `disk` takes over what others have
    /// written.
    fn apply(&mut self, label: &str, edit: Edit) -> Result<Edit, EditError> {
        let applied = self.project.apply(edit)?;
        self.saving.note(&applied.touched, self.env.now());
        self.after_edit(&applied.touched);
        self.record(label, &applied.inverse);
        Ok(applied.inverse)
    }

    /// Updates everything that depends on the project, after a change made here or by others. The order matters where
    /// a comment says so.
    fn after_edit(&mut self, touched: &[Touch]) {
        // First what depends on the project alone, each for itself: counts, table rows, ends of links, and which
        // documents have to be compared or reviewed again.
        self.stats.update(&self.project, touched);
        self.passages.follow(&self.project, touched);
        self.links.follow(&self.project, touched);
        self.comparing.follow(touched);
        self.follow_review(touched);
        // A status, a role or blind mode may have changed whose layers are seen. That makes counts and rows for the new
        // visibility, so it comes after they have followed the edit for the old one.
        self.follow_visibility(touched);
        // Rows may wait for a worker by now, because of the edit or of the visibility; one job sorts them for both.
        self.sort_passages();
        // What is shown or picked may be gone or hidden, which only the new visibility tells.
        self.clear_stale_view();
        // Both look at the document that is shown, so the place has to be right. The comparison lists its differences.
        self.refresh_comparison();
        // The search in it comes last: it may bring a hit into view.
        self.texts_changed(touched);
    }

    /// Leaves no document shown, no span picked and no link begun that is gone.
    fn clear_stale_view(&mut self) {
        if self.view.document().is_some_and(|id| self.project.document(id).is_none()) {
            self.view.close_document();
        }
        if self.current().is_some_and(|at| self.project.span(at).is_none() || !self.may_see_span(at)) {
            self.view.clear_current();
        }
        self.drop_stale_link();
    }
}
