//! The computation of a view, on a thread.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_analysis::bargain::{Bins, PassageSet, Reading, Weights};
use demarche_analysis::filter::{Bound, Filter, Views};
use demarche_analysis::read_moves::{KeptMoves, MovesRequest, ReadMoves};
use demarche_analysis::views::{Basis, Look, Sizes, View};
use demarche_model::{AnnotatorId, Progress, Project, SpanId, Stopped};

use super::filter::FilterRefusal;
use super::found::{AnalyseResult, ReadingFound};
use super::question::AnalyseQuestion;

/// What is kept between computations: moves and ledgers of the readings, results of filters, and the lengths of texts.
#[derive(Default)]
pub(super) struct Kept {
    moves: KeptMoves,
    sizes: Option<(u64, usize, Arc<Sizes>)>,
}

/// Computes the answer to a question, as `me` may see the project.
///
/// # Errors
/// The job was stopped.
pub(super) fn compute(
    project: &Project,
    me: &AnnotatorId,
    question: &AnalyseQuestion,
    kept: &mut Kept,
    progress: &dyn Progress,
) -> Result<AnalyseResult, Stopped> {
    let (filter, refusal) = match bound(project, me, &question.filter) {
        Ok(filter) => (filter, None),
        Err(refusal) => (None, Some(refusal)),
    };
    let named = filter.as_ref().and_then(Bound::coders);
    let visible = project.visibility_for(me);
    let readings = named.unwrap_or(&question.coders).readings(project, &visible, Some(me));
    let settings = question.settings(dismissed(project, me));
    let asked = MovesRequest { project, visible: &visible, bound: filter.as_ref(), settings };
    let moves = match refusal {
        None => kept.moves.read(&asked, &readings.all, progress)?,
        Some(_) => Vec::new(),
    };
    let sizes = kept.sizes(project);
    let bins = question.bins(project);
    let weights = Weights::new(project.codebook(), question.scale, &question.weights);
    let mut out = AnalyseResult {
        question: question.clone(),
        coders: named.cloned(),
        refusal,
        readings: Vec::new(),
        undecided: readings.undecided,
        not_counted: readings.not_counted.into_iter().collect(),
        unreadable: readings.unreadable,
        uncertain: moves.iter().map(|read| read.uncertain).sum(),
        unread: project.documents().iter().filter(|document| !document.is_loaded()).count(),
        documents: project.documents().len(),
    };
    let asking = Asking { project, question, weights, bins, sizes };
    for (reading, read) in readings.all.iter().zip(moves) {
        progress.check()?;
        out.readings.push(asking.found(reading, read));
    }
    Ok(out)
}

/// What every reading is asked.
struct Asking<'a> {
    project: &'a Project,
    question: &'a AnalyseQuestion,
    weights: Weights,
    bins: Bins,
    sizes: Arc<Sizes>,
}

impl Asking<'_> {
    /// What the view finds in a reading.
    fn found(&self, reading: &Reading, read: ReadMoves) -> ReadingFound {
        let basis = Basis {
            project: self.project,
            moves: &read.moves,
            ledger: &read.ledger,
            weights: &self.weights,
            bins: &self.bins,
            sizes: &self.sizes,
        };
        let look = Look::new(basis, self.question.rules, read.selected.as_ref());
        let found = View::of(&look, self.question.options.of(self.question.view));
        let all = || look.passages().map(|(index, _)| index).collect::<PassageSet>();
        ReadingFound {
            coder: reading.coder.clone(),
            stand_in: reading.stand_in.clone(),
            excluded: [look.denied().into(), look.hypothetical().into()],
            figure: found.drawn(&look).map(Arc::new),
            found,
            passing: read.selected.clone().unwrap_or_else(all).into(),
            moves: read.moves.clone(),
            ledger: read.ledger.clone(),
        }
    }
}

/// The pairs that people whose judgement the user may see have dismissed: in blind coding, only the user.
pub(crate) fn dismissed(project: &Project, me: &AnnotatorId) -> Arc<BTreeSet<(SpanId, SpanId)>> {
    let is_blind = project.works_blind(me);
    let notes = project.analysis_notes().iter().filter(|(owner, _)| !is_blind || *owner == me);
    let pairs = notes.flat_map(|(_, notes)| &notes.dismissed);
    Arc::new(pairs.map(|pair| (pair.ask, pair.answer)).collect())
}

/// The filter of a question, looked up in the project. `None` for everything.
fn bound(project: &Project, me: &AnnotatorId, filter: &str) -> Result<Option<Bound>, FilterRefusal> {
    if filter.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(Filter::parse(filter)?.bind(project, &Views::of(project, Some(me)))?))
}

impl Kept {
    fn sizes(&mut self, project: &Project) -> Arc<Sizes> {
        let loaded = project.documents().iter().filter(|document| document.is_loaded()).count();
        match &self.sizes {
            Some((revision, known, sizes)) if (*revision, *known) == (project.list_revision(), loaded) => {
                sizes.clone()
            }
            Some(_) | None => {
                let sizes = Arc::new(Sizes::of(project));
                self.sizes = Some((project.list_revision(), loaded, sizes.clone()));
                sizes
            }
        }
    }
}
