//! The Agreement screen: whom to compare, the figures that a worker has computed, and the passages behind them.
//!
//! Figures are computed when the screen is shown, and again when the project or the question has changed: automatically
//! if the last computation was quick, otherwise on demand.

mod copy;
mod later;
mod over_rounds;
mod report;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use demarche_analysis::agreement::{
    Agreement, DRAWS, DrillDown, Question, SegmentCache, Statuses, Subject, Unit, active_annotators, measure,
    spans_behind,
};
use demarche_analysis::later_changes::LaterChange;
use demarche_io::project::RoundId;
use demarche_model::{AnnotatorId, CategoryId, Document, DocumentId, Project, Stopped};

use later::KnownLater;
use over_rounds::OverRoundsState;

use super::{JobKind, JobProgress, PassageFilter, PassageSet, Screen, Session, Shown};
use crate::words::agreement as words;

pub use over_rounds::OverRounds;

/// Longest computation after which figures are computed again automatically.
const QUICK: Duration = Duration::from_millis(700);

/// The user's choice of what to compare.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreementChoice {
    /// The annotators; `None` for all who have tagged.
    pub annotators: Option<Vec<AnnotatorId>>,
    /// The units of comparison.
    pub units: BTreeSet<Unit>,
    /// The categories; `None` for all.
    pub categories: Option<BTreeSet<CategoryId>>,
    /// The documents; `None` for all.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// The layers that count, by status.
    pub statuses: Statuses,
    /// Whether each category counts as the one at the top of its branch.
    pub parents: bool,
}

impl Default for AgreementChoice {
    /// Everything but tokens, which rarely add to sentences.
    fn default() -> Self {
        Self {
            annotators: None,
            units: [Unit::Span, Unit::Character, Unit::Sentence].into(),
            categories: None,
            documents: None,
            statuses: Statuses::default(),
            parents: false,
        }
    }
}

/// Chooses what the Agreement screen compares, or shows the passages behind a figure.
#[derive(Clone, PartialEq, Debug)]
pub enum AgreementAction {
    /// Compares something else.
    SetChoice(AgreementChoice),
    /// Shows the passages behind a figure or a cell.
    DrillDown(DrillDown),
    /// Writes the report for a paper to a file.
    WriteReport(PathBuf),
    /// Lists the passages that were changed late for a reason.
    ShowLaterChanges(LaterChange),
    /// Compares each coder with what they had tagged in a round.
    CompareSince(RoundId),
    /// Computes the figures of rounds again.
    RecomputeRounds,
}

/// Figures, and the question that they answer.
#[derive(Clone, Debug)]
pub struct AgreementResult {
    /// The figures.
    pub agreement: Agreement,
    /// Number of documents in which blind coding hides some of the layers to compare.
    pub hidden: usize,
    /// Number of documents whose layers were not in memory.
    pub unread: usize,
    took: Duration,
    request: Request,
}

/// The basis of figures: the user's choice, and the state of the project.
#[derive(Clone, PartialEq, Debug)]
struct Request {
    choice: AgreementChoice,
    me: AnnotatorId,
    revision: u64,
    list_revision: u64,
}

/// The people who can be compared, as of a state of the project. Finding them takes a look at every document.
#[derive(Clone)]
struct Candidates {
    revision: u64,
    list_revision: u64,
    /// Those who have tagged something.
    active: Vec<AnnotatorId>,
    has_consensus: bool,
}

impl Candidates {
    fn new(project: &Project) -> Self {
        let has_consensus = |document: &Arc<Document>| document.consensus_layers().next().is_some();
        Self {
            revision: project.revision(),
            list_revision: project.list_revision(),
            active: active_annotators(project),
            has_consensus: project.documents().iter().any(has_consensus),
        }
    }

    fn is_of(&self, project: &Project) -> bool {
        (self.revision, self.list_revision) == (project.revision(), project.list_revision())
    }
}

/// The state of the Agreement screen.
#[derive(Default)]
pub struct AgreementState {
    choice: AgreementChoice,
    result: Option<Arc<AgreementResult>>,
    running: Option<(Request, Arc<JobProgress>)>,
    stopped: Option<Request>,
    candidates: Option<Candidates>,
    segments: Arc<SegmentCache>,
    /// Passages that were changed late, as of the last look at the history.
    later: Option<KnownLater>,
    over_rounds: OverRoundsState,
}

impl AgreementState {
    /// The user's choice of what to compare.
    pub fn choice(&self) -> &AgreementChoice {
        &self.choice
    }

    /// The figures, which may be outdated; see [`Session::agreement_is_fresh`].
    pub fn result(&self) -> Option<&Arc<AgreementResult>> {
        self.result.as_ref()
    }

    /// The progress of the computation, if one is running.
    pub fn progress(&self) -> Option<&JobProgress> {
        self.running.as_ref().map(|(_, progress)| &**progress)
    }

    /// The sentences and words of documents that have been compared.
    pub(crate) fn segments(&self) -> &Arc<SegmentCache> {
        &self.segments
    }

    /// Does not compute figures of rounds again that a worker has failed to compute.
    pub(crate) fn give_up_rounds(&mut self) {
        self.over_rounds.give_up();
    }

    fn set_choice(&mut self, choice: AgreementChoice) {
        self.choice = choice;
    }

    /// Returns whether to compute figures automatically: always for a new choice; if only the project has changed, only
    /// if the last computation was quick.
    fn should_compute(&self, request: &Request) -> bool {
        let answered = self.result.as_ref().is_some_and(|result| result.request == *request);
        let running = self.running.as_ref().is_some_and(|(running, _)| running == request);
        if answered || running || self.stopped.as_ref() == Some(request) {
            return false;
        }
        let slow = self.result.as_ref().filter(|result| result.took > QUICK);
        slow.is_none_or(|result| result.request.choice != request.choice)
    }

    /// Records that a worker computes figures, and stops the previous one.
    fn begin(&mut self, request: Request, progress: Arc<JobProgress>) {
        if let Some((_, before)) = self.running.replace((request, progress)) {
            before.stop();
        }
        self.stopped = None;
    }

    /// Stores figures. Ignores them if others were requested since.
    fn end(&mut self, request: Request, result: Result<AgreementResult, Stopped>) {
        if self.running.take_if(|(running, _)| *running == request).is_none() {
            return;
        }
        match result {
            Ok(result) => self.result = Some(Arc::new(result)),
            Err(Stopped) => self.stopped = Some(request),
        }
    }
}

impl Session {
    /// The state of the Agreement screen.
    pub fn agreement(&self) -> &AgreementState {
        &self.agreement
    }

    /// The annotators who can be compared: those who have tagged something, and the consensus if there is one.
    pub fn agreement_candidates(&self) -> Vec<AnnotatorId> {
        let Candidates { active, has_consensus, .. } = self.candidates().into_owned();
        active.into_iter().chain(has_consensus.then(AnnotatorId::consensus)).collect()
    }

    /// Returns the people who can be compared. Those that are known serve while layers are being read, too.
    fn candidates(&self) -> Cow<'_, Candidates> {
        let known = self.agreement.candidates.as_ref();
        match known.filter(|known| self.is_reading_layers() || known.is_of(&self.project)) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(Candidates::new(&self.project)),
        }
    }

    /// The annotators who are compared.
    pub fn agreement_annotators(&self) -> Vec<AnnotatorId> {
        self.agreement.choice.annotators.clone().unwrap_or_else(|| self.candidates().active.clone())
    }

    /// Returns whether the figures match the current choice and project.
    pub fn agreement_is_fresh(&self) -> bool {
        self.agreement.result.as_ref().is_some_and(|result| result.request == self.agreement_request())
    }

    fn agreement_request(&self) -> Request {
        Request {
            choice: self.agreement.choice.clone(),
            me: self.me.clone(),
            revision: self.project.revision(),
            list_revision: self.project.list_revision(),
        }
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_agreement(&mut self, action: AgreementAction) {
        match action {
            AgreementAction::SetChoice(choice) => self.agreement.set_choice(choice),
            AgreementAction::DrillDown(target) => self.drill_down(target),
            AgreementAction::WriteReport(path) => self.write_agreement_report(path),
            AgreementAction::ShowLaterChanges(why) => self.show_later_changes(why),
            AgreementAction::CompareSince(round) => self.agreement.over_rounds.since = Some(round),
            AgreementAction::RecomputeRounds => self.compute_over_rounds(),
        }
    }

    /// Computes figures automatically while the screen is shown. Called once per frame.
    pub(super) fn tick_agreement(&mut self) {
        if self.view.screen() != Screen::Agreement {
            return;
        }
        let known = self.candidates().into_owned();
        self.agreement.candidates = Some(known);
        if self.is_reading_layers() {
            return;
        }
        if self.agreement.should_compute(&self.agreement_request()) {
            self.compute_agreement();
        }
        self.tick_over_rounds();
    }

    /// Computes the figures on a worker, even if they are up to date.
    pub fn compute_agreement(&mut self) {
        let request = self.agreement_request();
        let (project, segments) = (self.project.clone(), self.agreement.segments.clone());
        let (asked, compared) = (request.clone(), self.agreement_annotators());
        let progress = self.jobs.start(JobKind::MeasureAgreement, move |worker| {
            let (project, hidden) = restricted(&project, &asked.me, &compared);
            let question = Question { draws: DRAWS, ..question(&asked.choice, compared) };
            let (progress, start) = (worker.progress(), Instant::now());
            let agreement = worker.compute(|| measure(&project, &question, &segments, progress));
            let took = start.elapsed();
            let unread = project.documents().iter().filter(|document| !document.is_loaded()).count();
            let result = agreement.map(|agreement| AgreementResult {
                agreement,
                hidden,
                unread,
                took,
                request: asked.clone(),
            });
            Box::new(move |session: &mut Session| session.agreement.end(asked, result))
        });
        self.agreement.begin(request, progress);
        self.find_later_changes();
    }

    /// Returns whether layers are still being read, so that figures would soon be outdated.
    pub fn is_reading_layers(&self) -> bool {
        self.jobs.find(JobKind::ReadLayers).is_some()
    }

    /// Shows the passages behind a figure in the table.
    fn drill_down(&mut self, target: DrillDown) {
        let (project, segments) = (self.project.clone(), self.agreement.segments.clone());
        let (me, choice) = (self.me.clone(), self.agreement.choice.clone());
        self.jobs.start(JobKind::FindPassages, move |_| {
            let compared = target.annotators();
            let (project, _) = restricted(&project, &me, &compared);
            let has_consensus = compared.iter().any(AnnotatorId::is_consensus);
            let shown = if has_consensus { Shown::All } else { Shown::Everyone };
            let spans = spans_behind(&project, &question(&choice, compared), &target, &segments);
            let set = PassageSet::new(title(&project, &target), spans);
            Box::new(move |session: &mut Session| {
                if *session.shown() != shown {
                    session.show(shown);
                }
                let filter = PassageFilter { among: Some(Arc::new(set)), ..PassageFilter::default() };
                session.filter_passages(filter);
            })
        });
    }
}

fn question(choice: &AgreementChoice, compared: Vec<AnnotatorId>) -> Question {
    Question {
        units: choice.units.clone(),
        categories: choice.categories.clone(),
        documents: choice.documents.clone(),
        statuses: choice.statuses,
        parents: choice.parents,
        draws: 0,
        ..Question::new(compared)
    }
}

/// The project as `me` may see it, and the number of documents in which some of the layers to compare are hidden.
fn restricted(project: &Project, me: &AnnotatorId, compared: &[AnnotatorId]) -> (Project, usize) {
    let visibility = project.visibility_for(me);
    if visibility.blind.is_none() {
        return (project.clone(), 0);
    }
    let is_hidden = |document: &&Arc<Document>| {
        document
            .layers
            .keys()
            .any(|owner| compared.contains(&owner.whole()) && !visibility.shows_in(document, owner))
    };
    let hidden = project.documents().iter().filter(is_hidden).count();
    (project.restricted_to(&visibility).0, hidden)
}

/// The name of the passages behind a figure, when the table is filtered by them.
fn title(project: &Project, target: &DrillDown) -> String {
    let category = |id: &Option<CategoryId>| match id {
        Some(id) => project.codebook().name_of(id).to_owned(),
        None => words::untagged().to_owned(),
    };
    match target {
        DrillDown::Figure { measure, subject, differing, .. } => {
            let subject = (*subject != Subject::Overall).then(|| subject.name(project.codebook()));
            words::behind_figure(*differing, measure.name(), subject.as_deref())
        }
        DrillDown::Cell { row, column, .. } => words::behind_cell(&category(row), &category(column)),
    }
}
