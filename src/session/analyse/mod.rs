//! The Analyse screen: what it is asked, what a worker has found, and the passages behind a number.
//!
//! Everything is computed on a snapshot by a worker. The last result stays until there is a new one.

mod answers;
mod compute;
mod export;
mod fill_in;
mod filter;
mod found;
mod question;
mod report;
mod saved;
mod shared;
mod unspecified;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use demarche_analysis::bargain::{PassageIndex, PassageSet};
use demarche_analysis::summary::Day;
use demarche_analysis::views::View;
use demarche_io::export::analysis::ViewFormat;
use demarche_io::export::figure::Pixels;
use demarche_model::{AnnotatorId, AttributeId, Date, Ranges, SpanRef, Stamp, Stopped, ViewId};

use super::{JobKind, JobProgress, Screen, Session};
use answers::MarkedAsk;
use compute::{Kept, compute};
use fill_in::Filling;
use report::AfterReport;

pub use answers::{DismissedAnswer, PossibleAnswer, PossibleAnswers};
pub(super) use compute::dismissed;
pub use filter::FilterRefusal;
pub use found::{AnalyseResult, ListedAsks, ReadingFound};
pub use question::{AnalyseQuestion, OptionsByView};
pub use unspecified::Unspecified;

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
    /// Writes the current view to a file.
    Export {
        /// The format, which the view has.
        format: ViewFormat,
        /// The file.
        path: PathBuf,
    },
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
    /// Shows the words that passages share, or the passages in full.
    ShowShared(bool),
    /// Marks a date: that of a bin, from which an event can start. `None` for no date.
    MarkDate(Option<Date>),
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
    /// The reading, by its position in the result.
    pub reading: usize,
    /// The attribute of which none of them has a value.
    pub unspecified: Option<AttributeId>,
    /// The passages, the earliest first.
    pub spans: Vec<SpanRef>,
    /// The one that is marked, by its position.
    pub marked: Option<usize>,
    /// In a view of passages that overlap, the words that each shares with others. Otherwise empty.
    pub shared: Vec<Option<Ranges>>,
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
    marked_date: Option<Date>,
    opened: Option<ViewId>,
    shows_table: bool,
    shows_shared: bool,
    filling: Option<Filling>,
    /// When the user last looked at the screen in an earlier session.
    looked_before: Option<Stamp>,
    /// When the user last looked at the screen in this session.
    looked_now: Option<Stamp>,
    /// A figure that is to be put on the clipboard.
    copied: Option<Pixels>,
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

    /// The day on which the user last looked at the screen in an earlier session.
    pub fn looked_before(&self) -> Option<Day> {
        self.looked_before.map(Day::from_stamp)
    }

    pub(crate) fn set_looked_before(&mut self, at: Option<Stamp>) {
        self.looked_before = at;
    }

    /// When the user last looked at the screen in this session.
    pub(crate) fn looked_now(&self) -> Option<Stamp> {
        self.looked_now
    }

    /// The date of the bin that is marked.
    pub fn marked_date(&self) -> Option<&Date> {
        self.marked_date.as_ref()
    }

    /// True if this demand or offer is marked.
    pub fn is_marked(&self, ask: &SpanRef) -> bool {
        self.marked_ask.as_ref().is_some_and(|marked| marked.ask == *ask)
    }

    /// True if the words that passages share are shown in place of the passages.
    pub fn shows_shared(&self) -> bool {
        self.shows_shared
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
            AnalyseAction::Export { format, path } => self.export_view(format, path),
            AnalyseAction::WriteReport(path) => self.write_report(path, AfterReport::Notify),
            AnalyseAction::PrintReport(path) => self.write_report(path, AfterReport::Open),
            AnalyseAction::Clear => self.analyse.listed = None,
            AnalyseAction::MarkPassage(at) => {
                if let Some(listed) = &mut self.analyse.listed {
                    listed.marked = Some(at).filter(|at| *at < listed.spans.len());
                }
            }
            AnalyseAction::ShowShared(shows) => self.analyse.shows_shared = shows,
            AnalyseAction::MarkDate(date) => self.analyse.marked_date = date,
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
            self.analyse.marked_date = None;
        }
        self.analyse.question = question;
        self.follow_filter();
    }

    fn list_passages(&mut self, behind: &Behind) {
        let Some(result) = self.analyse.result() else { return };
        let Some(reading) = result.readings.get(behind.reading) else { return };
        let spans = reading.spans(&behind.passages);
        let shared = match &reading.found {
            View::Together(view) if view.options.unit.is_of_overlaps() => {
                shared::shared(&self.project, &spans)
            }
            _ => Vec::new(),
        };
        let unspecified = reading.unspecified_by(&behind.passages).map(|one| one.attribute.clone());
        let (title, reading) = (behind.title.clone(), behind.reading);
        let listed = ListedPassages { title, reading, unspecified, spans, marked: None, shared };
        self.analyse.listed = Some(listed);
    }

    /// Computes the current view while the screen is shown. Called once per frame.
    pub(super) fn tick_analyse(&mut self) {
        if self.view.screen() != Screen::Analyse {
            return;
        }
        self.analyse.looked_now = Some(self.env.now());
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
