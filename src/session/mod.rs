//! The application without its window: an open project, the user's view of it, and everything they can do with it.
//!
//! - Panels read the session and push [`Action`]s; [`Session::perform`] carries them out between two frames.
//! - Every change of the project is a step made by [`Session::edit`]. Everything that follows a change is updated, in
//!   order, by `Session::after_edit`.
//! - Slow work is a job on a thread ([`Jobs`]); [`Session::tick`] applies its results once per frame.
//!
//! Three terms for the user's selection: the *text selection* is the words from anchor to caret, the *current span* is the
//! one in the inspector, and the *selected spans* are changed together; the current span is one of them.

mod action;
mod agreement;
mod analyse;
mod analysis_notes;
mod annotate;
mod board;
mod codebook;
mod compare;
mod computed;
mod disk;
mod document_list;
mod edit;
mod env;
mod error;
mod exchange;
mod filtering;
mod history;
mod job_kind;
mod jobs;
mod outbox;
mod panes;
mod passages;
mod perform;
mod reading;
mod request;
mod review;
mod rounds;
mod save_fault;
mod team;
mod view;
mod words;

use demarche_analysis::summary::{ProjectSummary, Totals};
use demarche_io::Problem;
use demarche_io::project::Folder;
use demarche_model::{AnnotatorId, CategoryId, DocumentId, LayerId, Project};

pub use demarche_io::bookmarks::Bookmark;
pub use demarche_io::place::{DocumentSort, Screen};
pub use demarche_io::project::JournalFlush;

pub use action::Action;
pub use agreement::{AgreementAction, AgreementChoice, AgreementResult, AgreementState, OverRounds};
pub use analyse::{
    AnalyseAction, AnalyseQuestion, AnalyseResult, AnalyseState, Behind, DismissedAnswer, FilterRefusal,
    ListedAsks, ListedPassages, OptionsByView, PossibleAnswer, PossibleAnswers, ReadingFound, Unspecified,
};
pub use analysis_notes::{AnalysisNotesAction, MemoEntry, SavedViewEntry};
pub use annotate::attributes::SelectedSummary;
pub use annotate::linking::LinkDraft;
pub use annotate::links::{LinkEnd, OtherEnd};
pub use annotate::occurrences::{Occurrence, OccurrenceScope, occurrences};
pub use annotate::state::SelectedSpans;
pub use annotate::tagging::{Bound, Stride};
pub use annotate::{AnnotateAction, LinkAction};
pub use board::{BoardAction, BoardOrder, BoardSort, BoardState, ReturnedDocument, ToDo};
pub use codebook::{CodebookAction, CodebookChange, Fate, Impact};
pub use compare::{BulkRequest, BulkScope, settle_by_rule};
pub use compare::{CompareAction, DifferenceFilter, DifferenceRow, DocumentComparison, Settling, Tally};
pub use disk::MergeAction;
pub use disk::access::Access;
pub use disk::closing::Closing;
pub use disk::merge_project::Merging;
pub use disk::open::{first_project, login_name, new_project};
pub use disk::repair::DamagedProject;
pub use disk::saving::SaveState;
pub use document_list::{
    DocumentFilter, DocumentList, DocumentListAction, DocumentOrder, DocumentSetAction, ListPlace, SetFilter,
};
pub use env::{Env, Monotonic, Work};
pub use error::SessionError;
pub use exchange::export::ExportRequest;
pub use exchange::preview::{
    Candidate, CandidateContent, Preview, PreviewAction, UnknownNamesChoice, UnknownNamesPreview,
};
pub use exchange::print::{PrintContent, PrintRequest};
pub use exchange::update::{
    Excerpt, IncomingText, NewTextSource, PendingPassage, TextUpdate, compare_texts, read_new_text,
};
pub use exchange::{ExchangeAction, UpdateAction};
pub use filtering::{CountScope, FilterAction, FilterCount, Filtered};
pub use history::HistoryAction;
pub use history::audit_log::entry_concerns;
pub use history::undo::{UndoStack, UndoStep};
pub use job_kind::JobKind;
pub use jobs::{JobProgress, Jobs};
pub use outbox::{Notice, Report, Tone};
pub use panes::{Pane, PaneAction, PaneText};
pub use passages::{
    Arrangement, Column, ColumnFilter, ColumnKind, OrderKey, Passage, PassageFilter, PassageSet,
    PassageTable, PassagesAction, Sort, TableLine, TableRow, ValueCount,
};
pub use reading::bookmarks::PlacedBookmark;
pub use reading::citation::Citations;
pub use reading::find::{Find, SearchHit};
pub use reading::navigate::word_around;
pub use reading::original::{
    KeptPdf, Original, OriginalAction, OriginalPages, PageArea, PageFault, PageWish, areas,
};
pub use reading::outline::{Outline, OutlineEntry};
pub use reading::{DocumentAction, FindAction, NavigateAction};
pub use request::WindowRequest;
pub use review::{InboxEntry, ReviewAction, ReviewFilter, ReviewSample, ReviewState, Reviewing};
pub use rounds::RoundAction;
pub use save_fault::{Kept, SaveFault, Unwritten};
pub use team::ProjectAction;
pub use team::people::Workload;
pub use team::reassign::NewOwner;
pub use view::{PaneKey, PaneSide, Reveal, Shown, TextSelection, ViewState};

/// Seconds from the last change to saving automatically.
pub const AUTOSAVE_AFTER_S: i64 = 2;

/// An open project and everything the user does with it. Each field is a state with methods of its own.
pub struct Session {
    /// The project in memory. Changed by [`Session::edit`], and by `disk` after others have written files.
    project: Project,
    /// The user.
    me: AnnotatorId,
    /// Whether the user may change the project.
    access: Access,

    /// The user's view of the project.
    view: view::View,
    /// State of tagging that outlives an action.
    tagging: annotate::state::Tagging,
    /// The link that is being created.
    linking: annotate::linking::Linking,
    /// The undo stack.
    undo_stack: UndoStack,
    /// The undo stack on disk.
    undo_logging: history::undo_log::UndoLogging,
    /// The audit log.
    audit_log: history::audit_log::AuditLog,

    /// Derived from the project: the people whose coding it has.
    coders: team::coders::Coders,
    /// Derived from the project: memos on their subjects as they are now.
    memos: analysis_notes::memos::ResolvedMemos,
    /// Derived from the project: counts.
    stats: ProjectSummary,
    /// Derived from the project: the rows of the passages table.
    passages: PassageTable,
    /// Derived from the project: the rows of the list of documents.
    document_list: DocumentList,
    /// Derived from the project: the links at each span.
    links: annotate::link_index::LinkIndex,
    /// Derived from the project: the differences between annotators.
    comparing: compare::Comparing,
    /// Derived from the project: the review queue and the inbox.
    review: review::Reviewing,
    /// Derived from the project: documents that may have been returned to the user.
    returns: team::returns::Returns,
    /// Derived from the project: documents in which the user may have seen the work of others.
    unblinding: team::unblinding::Unblinding,
    /// Derived from the project on demand: figures of agreement.
    agreement: AgreementState,
    /// The frozen rounds of the project.
    rounds: rounds::RoundsState,
    /// Derived from the project on demand: the Board screen.
    board: BoardState,
    /// Derived from the project on demand: the Analyse screen.
    analyse: AnalyseState,
    /// Derived from the project on demand: the passages that pass the filter.
    filtering: filtering::Filtering,
    /// The search in the texts.
    find: Find,

    /// The folder, its files and their problems.
    files: disk::files::Files,
    /// Earlier versions of texts that are shown, compared with the current ones.
    earlier: panes::EarlierTexts,
    /// Documents that are being read, and those that can't be.
    reading: reading::documents::Reading,
    /// Files that have to be written.
    saving: disk::saving::Saving,
    /// The journal of steps that are not saved yet, which survives a crash.
    journaling: disk::journaling::Journaling,
    /// Whether the clock was set back.
    clock: disk::faults::ClockWatch,
    /// Files that others write too.
    live: disk::live::Live,
    /// Another copy of the project that is being merged.
    merging: Option<Merging>,
    /// Files that have been read for importing.
    staging: exchange::staging::Staging,

    /// Where the user has been in the documents.
    places: reading::place::Places,
    /// Places in the texts that the user has marked.
    marks: reading::bookmarks::Marks,
    /// Whether the project is a working copy of the sample.
    is_sample: bool,

    /// The drawn pages of originals.
    original_pages: OriginalPages,

    /// Work on other threads.
    jobs: Jobs,
    /// Messages for the user and the window.
    outbox: outbox::Outbox,
    /// Clock, ids and the reader of documents.
    env: Env,
}

impl Session {
    /// The project in memory.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The project's folder.
    pub fn folder(&self) -> &Folder {
        self.files.folder()
    }

    /// Returns whether the project is a working copy of the sample.
    pub fn is_sample(&self) -> bool {
        self.is_sample
    }

    /// The user.
    pub fn me(&self) -> &AnnotatorId {
        &self.me
    }

    /// The steps that can be undone and redone.
    pub fn undo_stack(&self) -> &UndoStack {
        &self.undo_stack
    }

    /// The running jobs.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// The problems in the project's files that have been read.
    pub fn problems(&self) -> &[Problem] {
        self.files.problems()
    }

    /// Counts per document.
    pub fn stats(&self) -> &ProjectSummary {
        &self.stats
    }

    /// Counts over the whole project.
    pub fn totals(&self) -> &Totals {
        self.stats.totals()
    }

    /// The passages table.
    pub fn passage_table(&self) -> &PassageTable {
        &self.passages
    }

    /// The search in the texts.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// The category used last, with which the user can tag again.
    pub fn last_category(&self) -> Option<&CategoryId> {
        self.tagging.last_category()
    }

    /// Chooses the pause after which changes are saved automatically, in seconds.
    pub fn save_after(&mut self, pause_s: i64) {
        self.saving.set_pause(pause_s);
    }

    /// Clock, ids and the reader of documents.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// The user's layer in a document.
    pub fn my_layer(&self, document: &DocumentId) -> LayerId {
        LayerId::new(document, &self.me)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.keep_undo_stack();
        // Before the lock is released, since the next holder may apply the journal.
        self.journaling.close();
        tracing::info!(unsaved = self.saving.has_unsaved(), "project closed");
    }
}
