//! What the Agreement screen shows: whose agreement is asked for, the figures that a worker has computed, and the passages
//! behind them.
//!
//! Figures are computed when the screen is shown, and again when the project or the question has changed since: by
//! themselves where the last time was quick, else on demand.

mod copy;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use demarche_analysis::agreement::{
    Agreement, DRAWS, DrillDown, Question, SegmentCache, Subject, Unit, active_annotators, measure,
    spans_behind,
};
use demarche_model::{AnnotatorId, CategoryId, Document, DocumentId, Project, Stopped};

use super::{JobKind, JobProgress, PassageFilter, PassageSet, Screen, Session, Shown};

/// Figures that took no longer than this are computed again by themselves.
const QUICK: Duration = Duration::from_millis(700);

/// What the user has chosen to compare.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreementChoice {
    /// Whose layers; `None` for all who have tagged.
    pub annotators: Option<Vec<AnnotatorId>>,
    /// Which units.
    pub units: BTreeSet<Unit>,
    /// Which categories; `None` for all.
    pub categories: Option<BTreeSet<CategoryId>>,
    /// Which documents; `None` for all.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// Whether documents count only with those who have marked them as done.
    pub done_only: bool,
}

impl Default for AgreementChoice {
    /// Everything but tokens, which seldom say more than sentences.
    fn default() -> Self {
        Self {
            annotators: None,
            units: [Unit::Span, Unit::Character, Unit::Sentence].into(),
            categories: None,
            documents: None,
            done_only: false,
        }
    }
}

/// Chooses what the Agreement screen compares, or opens what is behind a figure.
#[derive(Clone, PartialEq, Debug)]
pub enum AgreementAction {
    /// Compares something else.
    SetChoice(AgreementChoice),
    /// Shows the passages behind a figure or a cell.
    DrillDown(DrillDown),
}

/// Figures, and what they are of.
#[derive(Clone, Debug)]
pub struct AgreementResult {
    /// The figures.
    pub agreement: Agreement,
    /// Documents in which the blind mode hides layers of those who are compared.
    pub hidden: usize,
    /// Documents whose layers were not in memory.
    pub unread: usize,
    took: Duration,
    of: Asked,
}

/// What figures are of: the question, and the project as it was.
#[derive(Clone, PartialEq, Debug)]
struct Asked {
    choice: AgreementChoice,
    me: AnnotatorId,
    revision: u64,
    list_revision: u64,
}

/// The Agreement screen without its pixels.
#[derive(Default)]
pub struct AgreementState {
    choice: AgreementChoice,
    result: Option<Arc<AgreementResult>>,
    running: Option<(Asked, Arc<JobProgress>)>,
    stopped: Option<Asked>,
    segments: Arc<SegmentCache>,
}

impl AgreementState {
    /// What is compared.
    pub fn choice(&self) -> &AgreementChoice {
        &self.choice
    }

    /// The figures, which may be of an earlier state; see [`Session::agreement_is_fresh`].
    pub fn result(&self) -> Option<&Arc<AgreementResult>> {
        self.result.as_ref()
    }

    /// How far the computation is, if one is under way.
    pub fn progress(&self) -> Option<&JobProgress> {
        self.running.as_ref().map(|(_, progress)| &**progress)
    }

    fn set_choice(&mut self, choice: AgreementChoice) {
        self.choice = choice;
    }

    /// Whether to compute the answer automatically: always for a new question; if only the project has changed, only if
    /// that is quick.
    fn should_compute(&self, asked: &Asked) -> bool {
        let answered = self.result.as_ref().is_some_and(|result| result.of == *asked);
        let running = self.running.as_ref().is_some_and(|(of, _)| of == asked);
        if answered || running || self.stopped.as_ref() == Some(asked) {
            return false;
        }
        let slow = self.result.as_ref().filter(|result| result.took > QUICK);
        slow.is_none_or(|result| result.of.choice != asked.choice)
    }

    /// Records that a worker computes the answer to a question, and stops the one before.
    fn begin(&mut self, asked: Asked, progress: Arc<JobProgress>) {
        if let Some((_, before)) = self.running.replace((asked, progress)) {
            before.stop();
        }
        self.stopped = None;
    }

    /// Takes the answer to a question. Ignored if another question was asked since.
    fn end(&mut self, asked: Asked, result: Result<AgreementResult, Stopped>) {
        if self.running.take_if(|(of, _)| *of == asked).is_none() {
            return;
        }
        match result {
            Ok(result) => self.result = Some(Arc::new(result)),
            Err(Stopped) => self.stopped = Some(asked),
        }
    }
}

impl Session {
    /// What the Agreement screen shows.
    pub fn agreement(&self) -> &AgreementState {
        &self.agreement
    }

    /// Who can be compared: those who have worked on something that the user may see, and the consensus if there is one.
    pub fn agreement_candidates(&self) -> Vec<AnnotatorId> {
        let mut found = active_annotators(&self.project);
        let consensus = AnnotatorId::consensus();
        if self.project.documents().iter().any(|document| document.layer(&consensus).is_some()) {
            found.push(consensus);
        }
        found
    }

    /// Whose layers are compared now.
    pub fn agreement_annotators(&self) -> Vec<AnnotatorId> {
        self.agreement.choice.annotators.clone().unwrap_or_else(|| active_annotators(&self.project))
    }

    /// Whether the figures are those of the project and of the question as they are now.
    pub fn agreement_is_fresh(&self) -> bool {
        self.agreement.result.as_ref().is_some_and(|result| result.of == self.asked())
    }

    fn asked(&self) -> Asked {
        Asked {
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
            AgreementAction::DrillDown(aim) => self.drill_down(aim),
        }
    }

    /// Computes what the screen needs, if it is shown and that is quick or has not been done yet. Called once a frame.
    pub(super) fn tick_agreement(&mut self) {
        if self.view.screen() != Screen::Agreement || self.is_reading_layers() {
            return;
        }
        let asked = self.asked();
        if self.agreement.should_compute(&asked) {
            self.compute_agreement();
        }
    }

    /// Computes the figures on a worker, whatever is there already.
    pub fn compute_agreement(&mut self) {
        let asked = self.asked();
        let (project, segments) = (self.project.clone(), self.agreement.segments.clone());
        let (of, compared) = (asked.clone(), self.agreement_annotators());
        let progress = self.jobs.start(JobKind::MeasureAgreement, move |worker| {
            let (project, hidden) = seen(&project, &of.me, &compared);
            let question = Question { draws: DRAWS, ..question(&of.choice, compared) };
            let (progress, start) = (worker.progress(), Instant::now());
            let agreement = worker.compute(|| measure(&project, &question, &segments, progress));
            let took = start.elapsed();
            let unread = project.documents().iter().filter(|document| !document.is_loaded()).count();
            let result = agreement.map(|agreement| AgreementResult {
                agreement,
                hidden,
                unread,
                took,
                of: of.clone(),
            });
            Box::new(move |session: &mut Session| session.agreement.end(of, result))
        });
        self.agreement.begin(asked, progress);
    }

    /// Whether layers are being read, so that figures would change at once.
    pub fn is_reading_layers(&self) -> bool {
        self.jobs.find(JobKind::ReadLayers).is_some()
    }

    /// Shows the passages behind a figure in the table.
    fn drill_down(&mut self, target: DrillDown) {
        let (project, segments) = (self.project.clone(), self.agreement.segments.clone());
        let (me, choice) = (self.me.clone(), self.agreement.choice.clone());
        self.jobs.start(JobKind::FindPassages, move |_| {
            let compared = target.annotators();
            let (project, _) = seen(&project, &me, &compared);
            let spans = spans_behind(&project, &question(&choice, compared), &target, &segments);
            let set = PassageSet::new(title(&project, &target), spans);
            Box::new(move |session: &mut Session| {
                if *session.shown() != Shown::Everyone {
                    session.show(Shown::Everyone);
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
        done_only: choice.done_only,
        draws: 0,
        ..Question::new(compared)
    }
}

/// The project as `me` may see it, and in how many documents layers of those who are compared are hidden.
fn seen(project: &Project, me: &AnnotatorId, compared: &[AnnotatorId]) -> (Project, usize) {
    let visibility = project.visibility_for(me);
    if visibility.blind.is_none() {
        return (project.clone(), 0);
    }
    let is_hidden = |document: &&Arc<Document>| {
        document.layers.keys().any(|owner| compared.contains(owner) && !visibility.shows_in(document, owner))
    };
    let hidden = project.documents().iter().filter(is_hidden).count();
    (project.restricted_to(&visibility).0, hidden)
}

/// What passages behind a figure are called where the table is filtered by them.
fn title(project: &Project, target: &DrillDown) -> String {
    let category = |id: &Option<CategoryId>| match id {
        Some(id) => project.codebook().name_of(id).to_owned(),
        None => "nothing".to_owned(),
    };
    match target {
        DrillDown::Figure { measure, subject, differing, .. } => {
            let subject = match subject {
                Subject::Overall => String::new(),
                other => format!(", {}", other.name(project.codebook())),
            };
            let which = if *differing { "differences" } else { "passages" };
            format!("{which} behind {}{subject}", measure.name())
        }
        DrillDown::Cell { row, column, .. } => format!("{} against {}", category(row), category(column)),
    }
}
