//! The agreement of coders on the Board: computed again after a change if that is quick, otherwise on demand.

use std::time::Duration;

use demarche_analysis::agreement::{PairMeasure, Standings};
use demarche_model::AnnotatorId;

use crate::computed::Computed;
use crate::{JobKind, Session};

/// Longest computation after which the agreement is computed again automatically.
const QUICK: Duration = Duration::from_millis(700);

/// What the agreement depends on.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Request {
    coders: Vec<AnnotatorId>,
    measure: PairMeasure,
    revision: u64,
    list_revision: u64,
}

/// The agreement of coders.
#[derive(Default)]
pub(super) struct Pairs {
    pub measure: PairMeasure,
    pub computed: Computed<Request, Standings>,
}

impl Session {
    /// Returns whether the agreement on the board is that of the project as it is.
    pub fn board_agreement_is_fresh(&self) -> bool {
        self.board.pairs.computed.request() == Some(&self.pairs_request())
    }

    fn pairs_request(&self) -> Request {
        Request {
            coders: self.taggers().to_vec(),
            measure: self.board.pairs.measure,
            revision: self.project.revision(),
            list_revision: self.project.list_revision(),
        }
    }

    /// Computes the agreement automatically, except for a user who works blind.
    pub(super) fn tick_pairs(&mut self) {
        if self.board_is_mine_alone() || self.taggers().len() < 2 {
            self.board.pairs.computed = Computed::default();
            return;
        }
        let (request, computed) = (self.pairs_request(), &self.board.pairs.computed);
        let is_same = |known: &Request| (&known.coders, known.measure) == (&request.coders, request.measure);
        let is_slow = computed.took() > QUICK && computed.request().is_some_and(is_same);
        if !is_slow && computed.should_compute(&request) {
            self.compute_pairs();
        }
    }

    /// Computes the agreement on a worker.
    pub(super) fn compute_pairs(&mut self) {
        let (project, segments) = (self.project.clone(), self.agreement.segments().clone());
        let request = self.pairs_request();
        let asked = request.clone();
        let progress = self.jobs.start(JobKind::MeasurePairs, move |worker| {
            let (coders, measure) = (asked.coders.clone(), asked.measure);
            let progress = worker.progress();
            let found = worker.compute(|| Standings::new(&project, coders, measure, &segments, progress));
            Box::new(move |session: &mut Session| session.board.pairs.computed.end(asked, found))
        });
        self.board.pairs.computed.begin(request, progress);
    }
}
