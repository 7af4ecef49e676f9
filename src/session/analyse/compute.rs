//! The computation of a view, on a thread.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_analysis::bargain::{Bins, CoderChoice, PassageSet, Reading, Readings, Weights};
use demarche_analysis::filter::{Bound, Filter, Views};
use demarche_analysis::read_moves::{KeptMoves, MovesRequest, ReadMoves};
use demarche_analysis::views::{Axis, Basis, Look, MatrixOptions, Missing, Sizes, View, ViewOptions};
use demarche_io::export::analysis::{CodedView, ViewError, ViewFormat};
use demarche_model::{AnnotatorId, Progress, Project, SpanId, Stopped};

use super::filter::FilterRefusal;
use super::found::{AnalyseResult, ListedAsks, ReadingFound};
use super::question::AnalyseQuestion;
use super::unspecified::Unspecified;

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
    let asking = Asking::new(project, me, question, kept, progress)?;
    let mut readings = Vec::new();
    for (reading, read) in asking.readings.all.iter().zip(&asking.moves) {
        progress.check()?;
        readings.push(asking.found(reading, read));
    }
    Ok(AnalyseResult {
        question: question.clone(),
        coders: asking.coders,
        refusal: asking.refusal,
        readings,
        undecided: asking.readings.undecided,
        not_counted: asking.readings.not_counted.into_iter().collect(),
        unreadable: asking.readings.unreadable,
        uncertain: asking.moves.iter().map(|read| read.uncertain).sum(),
        unread: project.documents().iter().filter(|document| !document.is_loaded()).count(),
        documents: project.documents().len(),
    })
}

/// Computes the answer to a question and writes it in a format.
///
/// # Errors
/// The job was stopped.
pub(super) fn written(
    project: &Project,
    me: &AnnotatorId,
    question: &AnalyseQuestion,
    format: ViewFormat,
    kept: &mut Kept,
    progress: &dyn Progress,
) -> Result<Result<Vec<u8>, ViewError>, Stopped> {
    let asking = Asking::new(project, me, question, kept, progress)?;
    let looks: Vec<Look<'_>> = asking.moves.iter().map(|read| asking.look(read)).collect();
    let has_several = looks.len() > 1;
    let views = asking.readings.all.iter().zip(&looks).map(|(reading, look)| {
        let coder = reading.coder.as_ref().filter(|_| has_several).map(ToString::to_string);
        (coder, look, View::of(look, question.options.of(question.view)))
    });
    Ok(format.bytes(question.view, &question.filter, &views.collect::<Vec<CodedView<'_>>>()))
}

/// A question, looked up in the project, and what its readings are.
struct Asking<'a> {
    project: &'a Project,
    question: &'a AnalyseQuestion,
    /// The coders that the filter names.
    coders: Option<CoderChoice>,
    refusal: Option<FilterRefusal>,
    readings: Readings,
    /// The moves of each reading; none if the filter was refused.
    moves: Vec<ReadMoves>,
    weights: Weights,
    bins: Bins,
    sizes: Arc<Sizes>,
}

impl<'a> Asking<'a> {
    /// Looks up a question, and brings moves and ledgers of its readings up to date.
    fn new(
        project: &'a Project,
        me: &AnnotatorId,
        question: &'a AnalyseQuestion,
        kept: &mut Kept,
        progress: &dyn Progress,
    ) -> Result<Self, Stopped> {
        let (filter, refusal) = match bound(project, me, &question.filter) {
            Ok(filter) => (filter, None),
            Err(refusal) => (None, Some(refusal)),
        };
        let visible = project.visibility_for(me);
        let coders = filter.as_ref().and_then(Bound::coders).cloned();
        let readings = coders.as_ref().unwrap_or(&question.coders).readings(project, &visible, Some(me));
        let settings = question.settings(dismissed(project, me));
        let asked = MovesRequest { project, visible: &visible, bound: filter.as_ref(), settings };
        let moves = match refusal {
            None => kept.moves.read(&asked, &readings.all, progress)?,
            Some(_) => Vec::new(),
        };
        Ok(Self {
            project,
            question,
            coders,
            refusal,
            readings,
            moves,
            weights: Weights::new(project.codebook(), question.scale, &question.weights),
            bins: question.bins(project),
            sizes: kept.sizes(project),
        })
    }

    /// What a view looks at in a reading.
    fn look<'b>(&'b self, read: &'b ReadMoves) -> Look<'b> {
        let basis = Basis {
            project: self.project,
            moves: &read.moves,
            ledger: &read.ledger,
            weights: &self.weights,
            bins: &self.bins,
            sizes: &self.sizes,
        };
        Look::new(basis, self.question.rules, read.selected.as_ref())
    }

    /// What the view finds. The overview of actors that nobody has filled in shows documents in their place.
    fn view(&self, look: &Look<'_>) -> (View, Option<Missing>) {
        let found = View::of(look, self.question.options.of(self.question.view));
        let lacks_actors = matches!(found.answer().missing, Some(Missing::Actors { .. }));
        if let View::Matrix(view) = &found
            && lacks_actors
            && view.options.columns != Axis::Document
        {
            let options = MatrixOptions { rows: Axis::Document, ..view.options.clone() };
            return (View::of(look, ViewOptions::Matrix(options)), found.answer().missing.clone());
        }
        (found, None)
    }

    /// What the view finds in a reading.
    fn found(&self, reading: &Reading, read: &ReadMoves) -> ReadingFound {
        let look = self.look(read);
        let (found, lacking) = self.view(&look);
        let all = || look.passages().map(|(index, _)| index).collect::<PassageSet>();
        ReadingFound {
            lacking,
            coder: reading.coder.clone(),
            stand_in: reading.stand_in.clone(),
            excluded: [look.denied().into(), look.hypothetical().into()],
            unspecified: Unspecified::all(self.project, &look, &found),
            figure: found.drawn(&look).map(Arc::new),
            listed_asks: Arc::new(ListedAsks::of(&found, &read.ledger)),
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
