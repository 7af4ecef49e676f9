//! The one filter of the window: the Analyse screen, the passages table and the summary show what passes it.
//!
//! In a small project the passages that pass are found at once, otherwise by a worker; until it is done, the table and the
//! summary show what passed before.

mod count;
mod found;
mod run;

use std::sync::{Arc, Mutex, PoisonError};

use demarche_model::{AnnotatorId, Progress, Project, Stopped, Visibility};

use super::analyse::AnalyseQuestion;
use super::{JobKind, JobProgress, Session};
use count::Counting;
use run::{Kept, run};

pub use count::{CountScope, FilterCount};
pub use found::Filtered;
pub(crate) use found::PassingSpans;

/// Maximum number of passages to filter between two frames; a worker filters more.
pub(super) const AT_ONCE: usize = 2_000;

/// Changes the filter of the window, or counts what another one would let through.
#[derive(Clone, PartialEq, Debug)]
pub enum FilterAction {
    /// Replaces the filter. The text has no errors.
    Set(String),
    /// Lets every passage through.
    Clear,
    /// Counts the passages that pass a filter that is being typed.
    Count {
        /// Its text.
        text: String,
        /// The passages among which to count.
        among: CountScope,
    },
}

/// What the passages that pass were found for: a filter with its settings, and the state of the project.
#[derive(Clone, PartialEq, Debug)]
struct Request {
    /// The filter with the rules that it depends on; everything else is as it starts.
    question: AnalyseQuestion,
    me: AnnotatorId,
    shown: Visibility,
    list_revision: u64,
    revision: u64,
}

impl Request {
    /// True if only documents may have changed since another request.
    fn has_same_filter(&self, other: &Self) -> bool {
        Self { revision: other.revision, ..self.clone() } == *other
    }
}

/// Another filter than that of the window: for a list of values, the same without a term.
pub(super) struct OtherFilter {
    /// `None` if everything passes.
    request: Option<Request>,
    kept: Arc<Mutex<Kept>>,
}

impl OtherFilter {
    /// The passages that pass. Looks at every passage.
    ///
    /// # Errors
    /// The work was stopped.
    pub(super) fn passing(
        &self,
        project: &Project,
        progress: &dyn Progress,
    ) -> Result<PassingSpans, Stopped> {
        let Some(request) = &self.request else { return Ok(PassingSpans::default()) };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(run(project, request, &mut kept, progress)?.spans())
    }
}

/// The passages that pass the filter of the window.
#[derive(Default)]
pub(super) struct Filtering {
    found: Option<(Request, Arc<Filtered>)>,
    running: Option<(Request, Arc<JobProgress>)>,
    failed: Option<Request>,
    kept: Arc<Mutex<Kept>>,
    counting: Counting,
    /// What is kept for lists of values, which leave out a term of the filter.
    lists: Arc<Mutex<Kept>>,
}

impl Filtering {
    /// Records that the worker has failed, so that the same work is not tried again.
    pub(super) fn give_up(&mut self) {
        self.failed = self.running.take().map(|(request, _)| request);
    }

    pub(super) fn give_up_counting(&mut self) {
        self.counting.give_up();
    }
}

impl Session {
    /// The filter of the window as text; empty if every passage passes.
    pub fn filter(&self) -> &str {
        &self.analyse.question().filter
    }

    /// The passages that pass the filter, as they were found last; `None` without a filter.
    pub fn filtered(&self) -> Option<&Arc<Filtered>> {
        self.filtering.found.as_ref().map(|(_, found)| found)
    }

    /// True while a worker looks for the passages that pass.
    pub fn is_filtering(&self) -> bool {
        self.filtering.running.is_some()
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_filter(&mut self, action: FilterAction) {
        match action {
            FilterAction::Set(filter) => self.set_filter(filter),
            FilterAction::Clear => self.clear_filter(),
            FilterAction::Count { text, among } => self.count_filter(text, among),
        }
    }

    /// Replaces the filter of the window.
    pub(super) fn set_filter(&mut self, filter: String) {
        self.analyse.set_filter(filter);
        self.follow_filter();
    }

    /// Counts every passage again.
    pub fn clear_filter(&mut self) {
        self.set_filter(String::new());
        self.clear_shown_passages();
    }

    fn filter_request(&self) -> Option<Request> {
        let asked = self.analyse.question();
        if asked.filter.trim().is_empty() {
            return None;
        }
        let question = AnalyseQuestion {
            filter: asked.filter.clone(),
            rules: asked.rules,
            reported: asked.reported,
            window: asked.window,
            as_of: asked.as_of.clone(),
            ..AnalyseQuestion::default()
        };
        Some(Request {
            question,
            me: self.me.clone(),
            shown: self.visibility(),
            list_revision: self.project.list_revision(),
            revision: self.project.revision(),
        })
    }

    /// Finds the passages that pass again if the filter or the project has changed: at once, or with a worker.
    pub(super) fn follow_filter(&mut self) {
        self.passages.follow_terms(&self.analyse.question().filter, &self.project);
        let Some(request) = self.filter_request() else { return self.show_everything() };
        let is_found = self.filtering.found.as_ref().is_some_and(|(found, _)| *found == request);
        if is_found || self.filtering.failed.as_ref() == Some(&request) {
            return;
        }
        if let Some((running, progress)) = &self.filtering.running {
            // Changes of documents that are made meanwhile come next.
            if running.has_same_filter(&request) {
                return;
            }
            progress.stop();
        }
        if self.totals().spans > AT_ONCE {
            return self.start_filtering(request);
        }
        self.filtering.running = None;
        let kept = self.filtering.kept.clone();
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(found) = run(&self.project, &request, &mut kept, &()) {
            self.show_filtered(request, found);
        }
    }

    /// Another filter than that of the window, under the same rules.
    pub(super) fn other_filter(&self, filter: &str) -> OtherFilter {
        let request = self.filter_request().filter(|_| !filter.is_empty()).map(|request| {
            let question = AnalyseQuestion { filter: filter.to_owned(), ..request.question };
            Request { question, ..request }
        });
        OtherFilter { request, kept: self.filtering.lists.clone() }
    }

    fn start_filtering(&mut self, request: Request) {
        let (project, kept) = (self.project.clone(), self.filtering.kept.clone());
        let asked = request.clone();
        let progress = self.jobs.start(JobKind::FilterPassages, move |worker| {
            let progress: &dyn Progress = worker.progress();
            let found = worker.compute(|| {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                run(&project, &asked, &mut kept, progress)
            });
            Box::new(move |session: &mut Session| session.end_filtering(asked, found))
        });
        self.filtering.running = Some((request, progress));
    }

    /// Shows what a worker has found, unless another filter was set since.
    fn end_filtering(&mut self, request: Request, found: Result<Filtered, Stopped>) {
        if self.filtering.running.take_if(|(running, _)| *running == request).is_none() {
            return;
        }
        // Work that was stopped starts again: rows that do not match the filter would be wrong.
        if let Ok(found) = found {
            self.show_filtered(request, found);
        }
        self.follow_filter();
    }

    fn show_filtered(&mut self, request: Request, found: Filtered) {
        let before = self.filtering.found.take();
        let changed = match &before {
            Some((other, known)) if other.has_same_filter(&request) => Some(found.changed_since(known)),
            Some(_) | None => None,
        };
        self.passages.show_passing(&self.project, found.spans(), changed);
        self.filtering.found = Some((request, Arc::new(found)));
        self.sort_passages();
    }

    fn show_everything(&mut self) {
        if let Some((_, progress)) = self.filtering.running.take() {
            progress.stop();
        }
        if self.filtering.found.take().is_some() {
            self.passages.show_passing(&self.project, PassingSpans::default(), None);
            self.sort_passages();
        }
    }
}
