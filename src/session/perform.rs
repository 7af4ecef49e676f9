//! Carrying out actions, and the work between two frames.

use std::time::Duration;

use demarche_analysis::summary::ProjectSummary;
use demarche_model::AnnotatorId;

use super::{Action, Session, Shown};

/// Longest time that [`Session::finish_jobs`] waits for one result.
const PATIENCE: Duration = Duration::from_secs(60);

impl Session {
    /// Carries out an action.
    pub fn perform(&mut self, action: impl Into<Action>) {
        self.perform_action(action.into());
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    fn perform_action(&mut self, action: Action) {
        match action {
            Action::Navigate(action) => self.perform_navigate(action),
            Action::Pane(action) => self.perform_pane(action),
            Action::Annotate(action) => self.perform_annotate(action),
            Action::Link(action) => self.perform_link(action),
            Action::Document(action) => self.perform_document(action),
            Action::DocumentList(action) => self.perform_document_list(action),
            Action::DocumentSets(action) => self.perform_document_sets(action),
            Action::Update(action) => self.perform_update(action),
            Action::Codebook(action) => self.perform_codebook(action),
            Action::Project(action) => self.perform_project(action),
            Action::Merge(action) => self.perform_merge(action),
            Action::History(action) => self.perform_history(action),
            Action::Review(action) => self.perform_review(action),
            Action::Compare(action) => self.perform_compare(action),
            Action::Agreement(action) => self.perform_agreement(action),
            Action::Round(action) => self.perform_round(action),
            Action::Board(action) => self.perform_board(action),
            Action::AnalysisNotes(action) => self.perform_analysis_notes(action),
            Action::Analyse(action) => self.perform_analyse(action),
            Action::Passages(action) => self.perform_passages(action),
            Action::Filter(action) => self.perform_filter(action),
            Action::Find(action) => self.perform_find(action),
            Action::Exchange(action) => self.perform_exchange(action),
            Action::Original(action) => self.perform_original(action),
            Action::Preview(action) => self.perform_preview(action),
            Action::DismissNotice(serial) => self.dismiss_notice(serial),
            Action::CancelJobs => self.jobs.running().iter().for_each(|progress| progress.stop()),
        }
    }

    /// Chooses the layers to show and count.
    pub fn show(&mut self, shown: Shown) {
        self.view.show(shown);
        let visibility = self.visibility();
        self.stats = ProjectSummary::new(&self.project, visibility.clone());
        self.passages.set_visibility(&self.project, visibility);
        self.follow_filter();
        self.sort_passages();
    }

    /// The annotators whose layers are shown; `None` for everyone.
    pub fn annotators_shown(&self) -> Option<Vec<AnnotatorId>> {
        self.visibility().only
    }

    /// Applies results of jobs and changes on disk, and saves automatically when it is time. Called once per frame.
    pub fn tick(&mut self) {
        while let Some(done) = self.jobs.poll(None) {
            done(self);
        }
        self.follow_lock();
        self.follow_disk();
        let now = self.env.now();
        self.outbox.expire(now);
        self.clock.follow(now);
        self.refresh_queue();
        self.autosave();
        self.keep_place();
        self.refresh_bookmarks();
        self.keep_bookmarks();
        self.refresh_comparison();
        self.follow_earlier();
        self.tick_agreement();
        self.tick_rounds();
        self.tick_returns();
        self.tick_unblinding();
        self.follow_filter();
        self.arrange_documents();
        self.tick_analyse();
        self.tick_board();
    }

    /// Waits for one result of a job, and applies it.
    pub(super) fn wait_for_result(&mut self) {
        if let Some(done) = self.jobs.poll(Some(PATIENCE)) {
            done(self);
        }
    }

    /// Waits until no job is running. For the command line and for tests.
    pub fn finish_jobs(&mut self) {
        while !self.jobs.running().is_empty() {
            let Some(done) = self.jobs.poll(Some(PATIENCE)) else { return };
            done(self);
        }
        self.tick();
    }
}
