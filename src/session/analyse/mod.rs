//! The Analyse screen: what it is asked, what a worker has found, and the passages behind a number.
//!
//! Everything is computed on a snapshot by a worker. The last result stays until there is a new one.

mod answers;
mod compute;
mod filter;
mod found;
mod question;
mod report;
mod saved;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use demarche_analysis::bargain::{PassageIndex, PassageSet};
use demarche_model::{AnnotatorId, SpanRef, Stopped, ViewId};

use super::{JobKind, JobProgress, Screen, Session};
use answers::MarkedAsk;
use compute::{Kept, compute};
use report::AfterReport;

pub use answers::{PossibleAnswer, PossibleAnswers};
pub(super) use compute::dismissed;
pub use filter::FilterRefusal;
pub use found::{AnalyseResult, ReadingFound};
pub use question::{AnalyseQuestion, OptionsByView};

/// Asks the Analyse screen something else, or shows the passages behind a number.
#[derive(Clone, PartialEq, Debug)]
pub enum AnalyseAction {
    /// Asks something else.
    Ask(Box<AnalyseQuestion>),
    /// Shows the passages behind a number.
    Show(Behind),
    /// Shows no passages.
    Clear,
    /// Writes the report of what the screen is asked to a file.
    WriteReport(PathBuf),
    /// Writes that report to a file, and asks the window to open it.
    PrintReport(PathBuf),
    /// Marks one of the passages that are listed, by its position.
    MarkPassage(usize),
    /// Marks a demand or offer.
    MarkAsk {
        /// The reading, by its position in the result.
        reading: usize,
        /// Its first passage.
        ask: PassageIndex,
    },
    /// Marks a possible answer of the marked demand or offer, by its position.
    MarkAnswer(usize),
    /// Saves the question under a name.
    Save(String),
    /// Asks what a saved view asks.
    OpenView(ViewId),
}

/// The passages behind a number of the current result.
#[derive(Clone, PartialEq, Debug)]
pub struct Behind {
    /// What they are behind, such as `Estmark × fees`.
    pub title: String,
    /// The reading, by its position in the result.
    pub reading: usize,
    /// The passages.
    pub passages: Arc<PassageSet>,
}

/// The passages that are listed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ListedPassages {
    /// What they are behind.
    pub title: String,
    /// The passages, the earliest first.
    pub spans: Vec<SpanRef>,
    /// The one that is marked, by its position.
    pub marked: Option<usize>,
}

/// The basis of a result: the question, and the state of the project.
#[derive(Clone, PartialEq, Debug)]
struct Request {
    question: AnalyseQuestion,
    me: AnnotatorId,
    revision: u64,
    list_revision: u64,
}

/// The state of the Analyse screen.
#[derive(Default)]
pub struct AnalyseState {
    question: AnalyseQuestion,
    result: Option<(Request, Arc<AnalyseResult>)>,
    running: Option<(Request, Arc<JobProgress>)>,
    failed: Option<Request>,
    listed: Option<ListedPassages>,
    marked_ask: Option<MarkedAsk>,
    opened: Option<ViewId>,
    shows_table: bool,
    /// Goes up with every result.
    serial: u64,
    kept: Arc<Mutex<Kept>>,
}

impl AnalyseState {
    /// What the screen is asked.
    pub fn question(&self) -> &AnalyseQuestion {
        &self.question
    }

    /// What was found last, which may be outdated; see [`Session::analysis_is_fresh`].
    pub fn result(&self) -> Option<&Arc<AnalyseResult>> {
        self.result.as_ref().map(|(_, result)| result)
    }

    /// A number that goes up with every result.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// The saved view that was opened or saved last, until another view is chosen.
    pub fn opened(&self) -> Option<ViewId> {
        self.opened
    }

    /// True if tables are shown in place of figures.
    pub fn shows_table(&self) -> bool {
        self.shows_table
    }

    /// The passages behind a number that was chosen.
    pub fn listed(&self) -> Option<&ListedPassages> {
        self.listed.as_ref()
    }

    /// Replaces the filter.
    pub(super) fn set_filter(&mut self, filter: String) {
        self.question.filter = filter;
    }

    /// Records that a worker computes, and stops the previous one.
    fn begin(&mut self, request: Request, progress: Arc<JobProgress>) {
        if let Some((_, before)) = self.running.replace((request, progress)) {
            before.stop();
        }
    }

    /// Records that the worker has failed, so that the same work is not tried again.
    pub(super) fn give_up(&mut self) {
        self.failed = self.running.take().map(|(request, _)| request);
    }

    /// Stores a result. Ignores it if another was requested since.
    fn end(&mut self, request: Request, result: Result<AnalyseResult, Stopped>) {
        if self.running.take_if(|(running, _)| *running == request).is_none() {
            return;
        }
        if let Ok(result) = result {
            self.serial += 1;
            self.result = Some((request, Arc::new(result)));
        }
    }
}

impl Session {
    /// The state of the Analyse screen.
    pub fn analyse(&self) -> &AnalyseState {
        &self.analyse
    }

    /// True if the result matches the current question and project.
    pub fn analysis_is_fresh(&self) -> bool {
        self.analyse.result.as_ref().is_some_and(|(request, _)| *request == self.analyse_request())
    }

    /// Swaps rows and columns.
    pub fn swap_axes(&mut self) {
        self.analyse.question.swap_axes();
        self.analyse.listed = None;
    }

    /// Shows tables in place of figures, or figures again.
    pub fn toggle_tables(&mut self) {
        self.analyse.shows_table = !self.analyse.shows_table;
    }

    fn analyse_request(&self) -> Request {
        Request {
            question: self.analyse.question.clone(),
            me: self.me.clone(),
            revision: self.project.revision(),
            list_revision: self.project.list_revision(),
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_analyse(&mut self, action: AnalyseAction) {
        match action {
            AnalyseAction::Ask(question) => self.ask(*question),
            AnalyseAction::Show(behind) => self.list_passages(&behind),
            AnalyseAction::WriteReport(path) => self.write_report(path, AfterReport::Notify),
            AnalyseAction::PrintReport(path) => self.write_report(path, AfterReport::Open),
            AnalyseAction::Clear => self.analyse.listed = None,
            AnalyseAction::MarkPassage(at) => {
                if let Some(listed) = &mut self.analyse.listed {
                    listed.marked = Some(at).filter(|at| *at < listed.spans.len());
                }
            }
            AnalyseAction::MarkAsk { reading, ask } => self.mark_ask(reading, ask),
            AnalyseAction::MarkAnswer(at) => {
                if let Some(marked) = &mut self.analyse.marked_ask {
                    marked.answer = at;
                }
            }
            AnalyseAction::Save(name) => self.save_question(&name),
            AnalyseAction::OpenView(id) => self.open_view(id),
        }
    }

    fn ask(&mut self, question: AnalyseQuestion) {
        if question.view != self.analyse.question.view {
            self.analyse.listed = None;
            self.analyse.opened = None;
        }
        self.analyse.question = question;
        self.follow_filter();
    }

    fn list_passages(&mut self, behind: &Behind) {
        let Some(result) = self.analyse.result() else { return };
        let Some(reading) = result.readings.get(behind.reading) else { return };
        let spans = reading.spans(&behind.passages);
        let listed = ListedPassages { title: behind.title.clone(), spans, marked: None };
        self.analyse.listed = Some(listed);
    }

    /// Computes the current view while the screen is shown. Called once per frame.
    pub(super) fn tick_analyse(&mut self) {
        if self.view.screen() != Screen::Analyse {
            return;
        }
        let request = self.analyse_request();
        let is_running = self.analyse.running.as_ref().is_some_and(|(running, _)| *running == request);
        let has_failed = self.analyse.failed.as_ref() == Some(&request);
        if is_running || has_failed || self.analysis_is_fresh() {
            return;
        }
        let (project, kept) = (self.project.clone(), self.analyse.kept.clone());
        let asked = request.clone();
        let progress = self.jobs.start(JobKind::Analyse, move |worker| {
            let mut own = std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner));
            let progress = worker.progress();
            let result = worker.compute(|| compute(&project, &asked.me, &asked.question, &mut own, progress));
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = own;
            Box::new(move |session: &mut Session| session.analyse.end(asked, result))
        });
        self.analyse.begin(request, progress);
    }
}
