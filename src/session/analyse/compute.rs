//! The computation of a view, on a thread.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use demarche_analysis::bargain::{
    BinWidth, Bins, Collectives, DayRange, Ledger, LedgerOptions, Moves, PassageSet, Phase, Reading,
    Readings, Weights,
};
use demarche_analysis::filter::{Bound, Cache, Corpus, FactSettings, Filter, MoveFacts};
use demarche_analysis::views::{
    Axis, Basis, Look, MatrixOptions, Missing, Sizes, View, ViewOptions, first_width,
};
use demarche_io::export::analysis::{CodedView, ViewError, ViewFormat};
use demarche_model::{AnnotatorId, DocumentId, Progress, Project, SpanId, Stopped, Visibility};

use super::filter::{FilterRefusal, named_filters};
use super::found::{AnalyseResult, ListedAsks, ReadingFound};
use super::question::AnalyseQuestion;

/// What is kept between computations: moves and ledgers of the readings, and results of filters.
#[derive(Default)]
pub(super) struct Kept {
    readings: Vec<KeptReading>,
    filters: Cache,
    sizes: Option<(u64, usize, Arc<Sizes>)>,
}

/// Moves and ledger of a reading, and the state of the project that they were read from.
struct KeptReading {
    reading: Reading,
    list_revision: u64,
    revisions: HashMap<DocumentId, u64>,
    moves: Arc<Moves>,
    ledger: Arc<Ledger>,
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
    let visible = project.visibility_for(me);
    let (asking, readings) = Asking::new(project, me, &visible, question, kept, progress)?;
    let mut out = AnalyseResult {
        question: question.clone(),
        coders: asking.filter.as_ref().and_then(Bound::coders).cloned(),
        refusal: asking.refusal.clone(),
        readings: Vec::new(),
        undecided: readings.undecided,
        not_counted: readings.not_counted.into_iter().collect(),
        unreadable: readings.unreadable,
        uncertain: 0,
        unread: project.documents().iter().filter(|document| !document.is_loaded()).count(),
        documents: project.documents().len(),
    };
    for read in kept.readings.iter().filter(|_| out.refusal.is_none()) {
        stop_if_asked(progress)?;
        let passing = asking.passing(read, &mut kept.filters);
        out.uncertain += passing.as_ref().map_or(0, |(_, uncertain)| *uncertain);
        out.readings.push(asking.found(read, passing.map(|(passing, _)| passing)));
    }
    Ok(out)
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
    let visible = project.visibility_for(me);
    let (asking, _) = Asking::new(project, me, &visible, question, kept, progress)?;
    let mut passing = Vec::new();
    for read in &kept.readings {
        stop_if_asked(progress)?;
        passing.push(asking.passing(read, &mut kept.filters).map(|(passing, _)| passing));
    }
    let readings = kept.readings.iter().zip(&passing);
    let looks: Vec<Look<'_>> = readings.map(|(read, passing)| asking.look(read, passing.as_ref())).collect();
    let has_several = looks.len() > 1;
    let views = kept.readings.iter().zip(&looks).map(|(read, look)| {
        let coder = read.reading.coder.as_ref().filter(|_| has_several).map(ToString::to_string);
        (coder, look, View::of(look, question.options.of(question.view)))
    });
    Ok(format.bytes(question.view, &question.filter, &views.collect::<Vec<CodedView<'_>>>()))
}

/// What every reading is asked.
struct Asking<'a> {
    project: &'a Project,
    visible: &'a Visibility,
    question: &'a AnalyseQuestion,
    filter: Option<Bound>,
    refusal: Option<FilterRefusal>,
    options: LedgerOptions,
    weights: Weights,
    bins: Bins,
    sizes: Arc<Sizes>,
}

impl<'a> Asking<'a> {
    /// Looks up a question in the project, and brings moves and ledgers of its readings up to date.
    fn new(
        project: &'a Project,
        me: &AnnotatorId,
        visible: &'a Visibility,
        question: &'a AnalyseQuestion,
        kept: &mut Kept,
        progress: &dyn Progress,
    ) -> Result<(Self, Readings), Stopped> {
        let (filter, refusal) = match bound(project, me, &question.filter) {
            Ok(filter) => (filter, None),
            Err(refusal) => (None, Some(refusal)),
        };
        let named = filter.as_ref().and_then(Bound::coders);
        let readings = named.unwrap_or(&question.coders).readings(project, visible, Some(me));
        let options = LedgerOptions {
            counted: question.rules.counted,
            window: question.window,
            as_of: question.as_of.as_ref().map(|date| DayRange::from_date(date).last),
            dismissed: dismissed(project, me),
        };
        kept.follow(project, &readings.all, &options, progress)?;
        let asking = Self {
            project,
            visible,
            question,
            filter,
            refusal,
            options,
            weights: Weights::new(project.codebook(), question.scale, &question.weights),
            bins: bins(project, question),
            sizes: kept.sizes(project),
        };
        Ok((asking, readings))
    }

    /// The passages of a reading that pass the filter, and how many of them only because their date may be in a range. `None`
    /// without a filter.
    fn passing(&self, read: &KeptReading, filters: &mut Cache) -> Option<(PassageSet, usize)> {
        let bound = self.filter.as_ref()?;
        let ledgers = [(&*read.moves, &*read.ledger)];
        let settings = FactSettings {
            ledger: self.options.clone(),
            has_members: self.question.rules.collectives == Collectives::Members,
            reported: self.question.reported,
        };
        let facts = MoveFacts::new(self.project, self.visible, ledgers, settings);
        let corpus = Corpus { project: self.project, visible: self.visible, facts: &facts };
        let passing = filters.in_reading(bound, corpus, &read.moves);
        Some((passing.passages, passing.uncertain))
    }

    /// What a view looks at in a reading, among the passages that pass; `None` for all.
    fn look<'b>(&'b self, read: &'b KeptReading, passing: Option<&PassageSet>) -> Look<'b> {
        let basis = Basis {
            project: self.project,
            moves: &read.moves,
            ledger: &read.ledger,
            weights: &self.weights,
            bins: &self.bins,
            sizes: &self.sizes,
        };
        Look::new(basis, self.question.rules, passing)
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

    /// What the view finds in a reading, among the passages that pass; `None` for all.
    fn found(&self, read: &KeptReading, passing: Option<PassageSet>) -> ReadingFound {
        let look = self.look(read, passing.as_ref());
        let (found, lacking) = self.view(&look);
        ReadingFound {
            lacking,
            coder: read.reading.coder.clone(),
            stand_in: read.reading.stand_in.clone(),
            moves: read.moves.clone(),
            ledger: read.ledger.clone(),
            excluded: [look.denied().into(), look.hypothetical().into()],
            figure: found.drawn(&look).map(Arc::new),
            listed_asks: Arc::new(ListedAsks::of(&found, &read.ledger)),
            found,
            passing: passing.unwrap_or_else(|| look.passages().map(|(index, _)| index).collect()).into(),
        }
    }
}

/// The pairs that people whose judgement the user may see have dismissed: in blind coding, only the user.
fn dismissed(project: &Project, me: &AnnotatorId) -> Arc<BTreeSet<(SpanId, SpanId)>> {
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
    Ok(Some(Filter::parse(filter)?.bind(project, &named_filters(project, me))?))
}

fn bins(project: &Project, question: &AnalyseQuestion) -> Bins {
    let width = question.width.unwrap_or_else(|| first_width(project.documents().len()));
    let mut phases = Vec::new();
    if width == BinWidth::Phase {
        for notes in project.analysis_notes().values() {
            for phase in notes.calendar.sorted_phases() {
                let (from, to) = (DayRange::from_date(&phase.from), DayRange::from_date(&phase.to));
                phases.push(Phase {
                    name: phase.name.clone(),
                    days: DayRange { first: from.first, last: to.last },
                });
            }
        }
        phases.sort_by_key(|phase| phase.days);
    }
    Bins { width, phases, reported: question.reported }
}

impl Kept {
    /// Brings moves and ledgers up to date with the project: only documents that have changed are read again.
    fn follow(
        &mut self,
        project: &Project,
        readings: &[Reading],
        options: &LedgerOptions,
        progress: &dyn Progress,
    ) -> Result<(), Stopped> {
        let mut known = std::mem::take(&mut self.readings);
        for reading in readings {
            stop_if_asked(progress)?;
            let is_same = |kept: &KeptReading| {
                kept.reading == *reading
                    && kept.list_revision == project.list_revision()
                    && kept.ledger.options() == options
            };
            let found = known.iter().position(is_same).map(|at| known.swap_remove(at));
            let now = match found {
                Some(kept) => kept.updated(project),
                None => None,
            };
            self.readings.push(now.unwrap_or_else(|| KeptReading::new(project, reading, options)));
        }
        Ok(())
    }

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

impl KeptReading {
    fn new(project: &Project, reading: &Reading, options: &LedgerOptions) -> Self {
        let moves = Moves::of(project, reading);
        let ledger = Ledger::of(&moves, options.clone());
        Self {
            reading: reading.clone(),
            list_revision: project.list_revision(),
            revisions: revisions(project),
            moves: Arc::new(moves),
            ledger: Arc::new(ledger),
        }
    }

    /// Reads the documents again that have changed. `None` if everything has to be read.
    fn updated(mut self, project: &Project) -> Option<Self> {
        for document in project.documents() {
            if self.revisions.get(document.id()) == Some(&document.revision) {
                continue;
            }
            let change = Arc::make_mut(&mut self.moves).update(project, document.id())?;
            Arc::make_mut(&mut self.ledger).update(&self.moves, &change);
            self.revisions.insert(document.id().clone(), document.revision);
        }
        Some(self)
    }
}

fn revisions(project: &Project) -> HashMap<DocumentId, u64> {
    project.documents().iter().map(|document| (document.id().clone(), document.revision)).collect()
}

fn stop_if_asked(progress: &dyn Progress) -> Result<(), Stopped> {
    if progress.is_stopped() { Err(Stopped) } else { Ok(()) }
}
