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
    Agreement, Aim, DRAWS, Question, SegmentCache, Subject, Unit, annotators, behind, measure,
};
use demarche_model::{AnnotatorId, CategoryId, DocumentId, Project, Stopped};

use super::{JobProgress, PassageFilter, PassageSet, Screen, Session, Shown};

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

/// A wish about the Agreement screen.
#[derive(Clone, PartialEq, Debug)]
pub enum AgreementWish {
    /// Compares something else.
    Choose(AgreementChoice),
    /// Shows the passages behind a figure or a cell.
    Open(Aim),
}

/// Figures, and what they are of.
#[derive(Clone, Debug)]
pub struct Answered {
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
pub struct AgreementDesk {
    choice: AgreementChoice,
    answer: Option<Arc<Answered>>,
    under_way: Option<(Asked, Arc<JobProgress>)>,
    cancelled: Option<Asked>,
    segments: Arc<SegmentCache>,
}

impl AgreementDesk {
    /// What is compared.
    pub fn choice(&self) -> &AgreementChoice {
        &self.choice
    }

    /// The figures, which may be of an earlier state; see [`Session::agreement_is_fresh`].
    pub fn answer(&self) -> Option<&Arc<Answered>> {
        self.answer.as_ref()
    }

    /// How far the computation is, if one is under way.
    pub fn under_way(&self) -> Option<&JobProgress> {
        self.under_way.as_ref().map(|(_, progress)| &**progress)
    }
}

impl Session {
    /// What the Agreement screen shows.
    pub fn agreement(&self) -> &AgreementDesk {
        &self.agreement
    }

    /// Who can be compared: those who have worked on something that the user may see, and the consensus if there is one.
    pub fn who_can_agree(&self) -> Vec<AnnotatorId> {
        let mut found = annotators(&self.project);
        let consensus = AnnotatorId::consensus();
        if self.project.documents().iter().any(|document| document.layer(&consensus).is_some()) {
            found.push(consensus);
        }
        found
    }

    /// Whose layers are compared now.
    pub fn whose_agreement(&self) -> Vec<AnnotatorId> {
        self.agreement.choice.annotators.clone().unwrap_or_else(|| annotators(&self.project))
    }

    /// Whether the figures are those of the project and of the question as they are now.
    pub fn agreement_is_fresh(&self) -> bool {
        self.agreement.answer.as_ref().is_some_and(|answer| answer.of == self.asked())
    }

    fn asked(&self) -> Asked {
        Asked {
            choice: self.agreement.choice.clone(),
            me: self.me.clone(),
            revision: self.project.revision(),
            list_revision: self.project.list_revision(),
        }
    }

    pub(super) fn wish_agreement(&mut self, wish: AgreementWish) {
        match wish {
            AgreementWish::Choose(choice) => self.agreement.choice = choice,
            AgreementWish::Open(aim) => self.open_aim(aim),
        }
    }

    /// Computes what the screen needs, if it is shown and that is quick or has not been done yet. Called once a frame.
    pub(super) fn tick_agreement(&mut self) {
        if self.screen != Screen::Agreement || self.is_reading_layers() {
            return;
        }
        let asked = self.asked();
        let known = |of: &Asked| *of == asked;
        let agreement = &self.agreement;
        if agreement.answer.as_ref().is_some_and(|answer| known(&answer.of))
            || agreement.under_way.as_ref().is_some_and(|(of, _)| known(of))
            || agreement.cancelled.as_ref().is_some_and(known)
        {
            return;
        }
        let slow = agreement.answer.as_ref().filter(|answer| answer.took > QUICK);
        // Another question is always answered; changes of the project only where that is quick.
        if slow.is_none_or(|answer| answer.of.choice != asked.choice) {
            self.compute_agreement();
        }
    }

    /// Computes the figures on a worker, whatever is there already.
    pub fn compute_agreement(&mut self) {
        if let Some((_, progress)) = self.agreement.under_way.take() {
            progress.stop();
        }
        let asked = self.asked();
        self.agreement.cancelled = None;
        let (project, segments) = (self.project.clone(), self.agreement.segments.clone());
        let (of, compared) = (asked.clone(), self.whose_agreement());
        self.jobs.start("comparing", move |worker| {
            let (project, hidden) = seen(&project, &of.me, &compared);
            let question = Question { draws: DRAWS, ..question(&of.choice, compared) };
            let start = Instant::now();
            let progress = worker.progress();
            let agreement = worker.compute(|| measure(&project, &question, &segments, progress));
            let took = start.elapsed();
            let unread = project.documents().iter().filter(|document| !document.is_read()).count();
            Box::new(move |session: &mut Session| {
                let ours = session.agreement.under_way.take_if(|(asked, _)| *asked == of).is_some();
                match agreement {
                    Ok(agreement) if ours => {
                        let answer = Answered { agreement, hidden, unread, took, of };
                        session.agreement.answer = Some(Arc::new(answer));
                    }
                    Err(Stopped) if ours => session.agreement.cancelled = Some(of),
                    // Something else has been asked for meanwhile.
                    _ => {}
                }
            })
        });
        if let Some(progress) = self.jobs.running().last() {
            self.agreement.under_way = Some((asked, progress.clone()));
        }
    }

    /// Whether layers are being read, so that figures would change at once.
    pub fn is_reading_layers(&self) -> bool {
        self.jobs.running().iter().any(|job| job.name == "reading layers")
    }

    /// Shows the passages behind a figure in the table.
    fn open_aim(&mut self, aim: Aim) {
        let (project, segments) = (self.project.clone(), self.agreement.segments.clone());
        let (me, choice) = (self.me.clone(), self.agreement.choice.clone());
        self.jobs.start("finding passages", move |_| {
            let compared = aim.annotators();
            let (project, _) = seen(&project, &me, &compared);
            let spans = behind(&project, &question(&choice, compared), &aim, &segments);
            let set = PassageSet::new(title(&project, &aim), spans);
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
    let sight = project.sight_of(me);
    if sight.blind.is_none() {
        return (project.clone(), 0);
    }
    let hidden = project.documents().iter().filter(|document| {
        document.layers.keys().any(|owner| compared.contains(owner) && !sight.sees_in(document, owner))
    });
    let hidden = hidden.count();
    (project.seen(&sight).0, hidden)
}

/// What passages behind a figure are called where the table is filtered by them.
fn title(project: &Project, aim: &Aim) -> String {
    let category = |id: &Option<CategoryId>| match id {
        Some(id) => project.codebook().name_of(id).to_owned(),
        None => "nothing".to_owned(),
    };
    match aim {
        Aim::Figure { measure, subject, differing, .. } => {
            let subject = match subject {
                Subject::Overall => String::new(),
                other => format!(", {}", other.name(project.codebook())),
            };
            let which = if *differing { "differences" } else { "passages" };
            format!("{which} behind {}{subject}", measure.name())
        }
        Aim::Cell { row, column, .. } => format!("{} against {}", category(row), category(column)),
    }
}
