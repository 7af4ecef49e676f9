//! Agreement over time: the figures of each frozen round, and of each coder with themselves since one of them.

use std::sync::Arc;
use std::time::Duration;

use demarche_analysis::agreement::{CurvePoint, Question, SegmentCache, Unit, intra_coder, over_rounds};
use demarche_io::project::{Folder, RoundId, read_round};
use demarche_model::{AnnotatorId, Progress, Project, Stopped, Unfinished};

use super::{AgreementChoice, question, restricted};
use crate::computed::Computed;
use crate::{JobKind, JobProgress, Session};

/// Longest computation after which the figures are computed again automatically.
const QUICK: Duration = Duration::from_millis(700);

/// The figures of rounds, and of each coder with themselves.
#[derive(Debug)]
pub struct OverRounds {
    /// The rounds, by number, and after them what is open. A round that can't be read has no figures.
    pub rounds: Vec<(Option<RoundId>, Option<CurvePoint>)>,
    /// What each coder had tagged in [`Self::since`], against what they have tagged in what is open.
    pub with_themselves: Vec<(AnnotatorId, CurvePoint)>,
    /// The round that coders are compared with; `None` if no other round can be read.
    pub since: Option<RoundId>,
    request: Request,
}

/// What the figures depend on.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Request {
    choice: AgreementChoice,
    me: AnnotatorId,
    compared: Vec<AnnotatorId>,
    rounds: Vec<RoundId>,
    /// The round that is open.
    open: Option<RoundId>,
    since: Option<RoundId>,
    revision: u64,
    list_revision: u64,
}

impl Request {
    /// True if the rounds have the same figures, since a round never changes.
    fn has_the_rounds_of(&self, other: &Self) -> bool {
        let asked = |request: &Self| (request.choice.clone(), request.me.clone(), request.compared.clone());
        self.rounds == other.rounds && asked(self) == asked(other)
    }
}

/// The figures of rounds, and the choice of the earlier round.
#[derive(Default)]
pub(super) struct OverRoundsState {
    computed: Computed<Request, OverRounds>,
    /// The round that coders are compared with; the first one by default.
    pub since: Option<RoundId>,
}

impl OverRoundsState {
    /// Does not compute again what a worker has failed to compute.
    pub fn give_up(&mut self) {
        self.computed.give_up();
    }
}

impl super::AgreementState {
    /// The figures of rounds, which may be those of a moment ago.
    pub fn over_rounds(&self) -> Option<&Arc<OverRounds>> {
        self.over_rounds.computed.result()
    }

    /// The progress of computing the figures of rounds, if that is going on.
    pub fn over_rounds_progress(&self) -> Option<&JobProgress> {
        self.over_rounds.computed.progress()
    }
}

impl Session {
    /// Returns whether the figures of rounds match the current choice and project.
    pub fn over_rounds_are_fresh(&self) -> bool {
        self.agreement.over_rounds.computed.request() == Some(&self.over_rounds_request())
    }

    fn over_rounds_request(&self) -> Request {
        Request {
            choice: self.agreement.choice.clone(),
            me: self.me.clone(),
            compared: self.agreement_annotators(),
            rounds: self.rounds().iter().map(|round| round.id.clone()).collect(),
            open: self.open_round().cloned(),
            since: self.agreement.over_rounds.since.clone(),
            revision: self.project.revision(),
            list_revision: self.project.list_revision(),
        }
    }

    /// Computes the figures of rounds automatically, if there are rounds: always for a new choice, and otherwise if the last
    /// computation was quick.
    pub(super) fn tick_over_rounds(&mut self) {
        if self.rounds().is_empty() {
            self.agreement.over_rounds.computed = Computed::default();
            return;
        }
        let (request, computed) = (self.over_rounds_request(), &self.agreement.over_rounds.computed);
        let is_same = |known: &Request| known.has_the_rounds_of(&request) && known.since == request.since;
        let is_slow = computed.took() > QUICK && computed.request().is_some_and(is_same);
        if !is_slow && computed.should_compute(&request) {
            self.compute_over_rounds();
        }
    }

    /// Computes the figures of rounds on a worker.
    pub(super) fn compute_over_rounds(&mut self) {
        if self.rounds().is_empty() {
            return;
        }
        let request = self.over_rounds_request();
        let (project, segments) = (self.project.clone(), self.agreement.segments.clone());
        let (folder, asked) = (self.files.folder().without_round(), request.clone());
        let before = self.agreement.over_rounds.computed.result().cloned();
        let progress = self.jobs.start(JobKind::MeasureRounds, move |worker| {
            let work =
                Work { folder: &folder, asked: &asked, segments: &segments, progress: worker.progress() };
            let found = worker.compute(|| work.measure(&project, before.as_deref()));
            Box::new(move |session: &mut Session| session.agreement.over_rounds.computed.end(asked, found))
        });
        self.agreement.over_rounds.computed.begin(request, progress);
    }
}

/// The computation on a worker.
struct Work<'a> {
    folder: &'a Folder,
    asked: &'a Request,
    segments: &'a SegmentCache,
    progress: &'a dyn Progress,
}

impl Work<'_> {
    fn measure(&self, project: &Project, before: Option<&OverRounds>) -> Result<OverRounds, Stopped> {
        let asked = self.asked;
        let (project, _) = restricted(project, &asked.me, &asked.compared);
        let known = before.filter(|before| before.request.has_the_rounds_of(asked));
        let others = || asked.rounds.iter().filter(|id| Some(*id) != asked.open.as_ref());
        let since = asked.since.as_ref().filter(|since| others().any(|id| id == *since));
        let mut since = since.or_else(|| others().next()).cloned();
        let mut with_themselves = Vec::new();
        let mut rounds = Vec::new();
        for id in &asked.rounds {
            let is_since = since.as_ref() == Some(id);
            let figures = known.and_then(|known| known.figures(id)).cloned();
            let read = if is_since || figures.is_none() { self.read(id)? } else { None };
            if let (true, Some(earlier)) = (is_since, &read) {
                with_themselves = self.with_themselves(earlier, &project)?;
            } else if is_since {
                since = None;
            }
            let figures = match (figures, &read) {
                (None, Some(read)) => self.point(read, asked.compared.clone())?,
                (figures, _) => figures,
            };
            rounds.push((Some(id.clone()), figures));
        }
        if asked.open.is_none() {
            rounds.push((None, self.point(&project, asked.compared.clone())?));
        }
        Ok(OverRounds { rounds, with_themselves, since, request: asked.clone() })
    }

    /// Reads a round as the user may see it; `None` if it can't be read.
    fn read(&self, id: &RoundId) -> Result<Option<Project>, Stopped> {
        match read_round(self.folder, id, self.progress) {
            Ok(read) => Ok(Some(restricted(&read.project, &self.asked.me, &self.asked.compared).0)),
            Err(Unfinished::Failed(error)) => {
                tracing::warn!(round = %id, %error, "a round can't be read");
                Ok(None)
            }
            Err(Unfinished::Stopped) => Err(Stopped),
        }
    }

    fn point(&self, project: &Project, of: Vec<AnnotatorId>) -> Result<Option<CurvePoint>, Stopped> {
        let mut question: Question = question(&self.asked.choice, of);
        question.units.retain(|unit| matches!(unit, Unit::Span | Unit::Sentence | Unit::Token));
        Ok(over_rounds(&[project], &question, self.segments, self.progress)?.pop())
    }

    fn with_themselves(
        &self,
        earlier: &Project,
        later: &Project,
    ) -> Result<Vec<(AnnotatorId, CurvePoint)>, Stopped> {
        let mut found = Vec::new();
        for coder in self.asked.compared.iter().filter(|coder| !coder.is_consensus()) {
            let (both, ids) = intra_coder(earlier, later, coder);
            let point = self.point(&both, ids.into())?;
            found.extend(
                point.filter(|point| !point.documents.is_empty()).map(|point| (coder.clone(), point)),
            );
        }
        Ok(found)
    }
}

impl OverRounds {
    /// The figures of a round.
    fn figures(&self, id: &RoundId) -> Option<&CurvePoint> {
        let round = self.rounds.iter().find(|(round, _)| round.as_ref() == Some(id));
        round.and_then(|(_, figures)| figures.as_ref())
    }
}
