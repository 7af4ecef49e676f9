//! The moves of readings with their ledgers, and those of them that pass a filter.
//!
//! The window keeps them between two runs, so that only documents that have changed are read again.

use std::collections::HashMap;
use std::sync::Arc;

use demarche_model::{AnnotatorId, Document, DocumentId, Progress, Project, Stopped, Visibility};

use crate::bargain::{Ledger, Moves, PassageSet, Reading};
use crate::filter::{Bound, Cache, Corpus, DocumentPassages, FactSettings, MoveFacts};

/// What moves are read from, and what is asked about them.
#[derive(Clone, Debug)]
pub struct MovesRequest<'a> {
    /// The project.
    pub project: &'a Project,
    /// The layers to which links may lead.
    pub visible: &'a Visibility,
    /// The filter; `None` for all passages.
    pub bound: Option<&'a Bound>,
    /// What the ledger is asked, and the settings on which filters depend.
    pub settings: FactSettings,
}

/// The moves of a reading.
#[derive(Clone, Debug)]
pub struct ReadMoves {
    /// The moves.
    pub moves: Arc<Moves>,
    /// What became of the demands and offers among them.
    pub ledger: Arc<Ledger>,
    /// The passages that pass the filter; `None` for all.
    pub selected: Option<PassageSet>,
    /// Number of passages that pass only because their date may be in the range.
    pub uncertain: usize,
}

impl ReadMoves {
    /// Reads the moves once, and finds those that pass the filter.
    pub fn of(request: &MovesRequest<'_>, reading: &Reading) -> Self {
        KeptReading::new(request, reading).selected(request, &mut Cache::default())
    }
}

/// Moves and ledgers of readings, and results of filters, kept between two runs.
#[derive(Default)]
pub struct KeptMoves {
    readings: Vec<KeptReading>,
    filters: Cache,
}

impl KeptMoves {
    /// Reads the moves of readings, and finds those that pass the filter.
    ///
    /// # Errors
    /// The work was stopped.
    pub fn read(
        &mut self,
        request: &MovesRequest<'_>,
        readings: &[Reading],
        progress: &dyn Progress,
    ) -> Result<Vec<ReadMoves>, Stopped> {
        self.follow(request, readings, progress)?;
        let mut out = Vec::new();
        for kept in &self.readings {
            progress.check()?;
            out.push(kept.selected(request, &mut self.filters));
        }
        Ok(out)
    }

    /// Returns the passages that pass a filter in every loaded document, by layer. `chosen` tells whose layers of a document
    /// count. The moves of these readings are read only if the filter asks about them.
    ///
    /// # Errors
    /// The work was stopped.
    pub fn passing(
        &mut self,
        request: &MovesRequest<'_>,
        (readings, bound): (&[Reading], &Bound),
        chosen: impl Fn(&Document) -> Vec<AnnotatorId>,
        progress: &dyn Progress,
    ) -> Result<Vec<DocumentPassages>, Stopped> {
        let readings = if bound.needs_moves() { readings } else { &[] };
        self.follow(request, readings, progress)?;
        progress.check()?;
        let ledgers = self.readings.iter().map(|kept| (&*kept.moves, &*kept.ledger));
        let facts = MoveFacts::new(request.project, request.visible, ledgers, request.settings.clone());
        let corpus = Corpus { project: request.project, visible: request.visible, facts: &facts };
        Ok(self.filters.passing(bound, corpus, chosen))
    }

    /// Brings moves and ledgers up to date with the project: only documents that have changed are read again.
    fn follow(
        &mut self,
        request: &MovesRequest<'_>,
        readings: &[Reading],
        progress: &dyn Progress,
    ) -> Result<(), Stopped> {
        let mut known = std::mem::take(&mut self.readings);
        for reading in readings {
            progress.check()?;
            let is_same = |kept: &KeptReading| {
                kept.reading == *reading
                    && kept.list_revision == request.project.list_revision()
                    && *kept.ledger.options() == request.settings.ledger
            };
            let found = known.iter().position(is_same).map(|at| known.swap_remove(at));
            let now = match found {
                Some(kept) => kept.updated(request.project),
                None => None,
            };
            self.readings.push(now.unwrap_or_else(|| KeptReading::new(request, reading)));
        }
        Ok(())
    }
}

/// Moves and ledger of a reading, and the state of the project that they were read from.
struct KeptReading {
    reading: Reading,
    list_revision: u64,
    revisions: HashMap<DocumentId, u64>,
    moves: Arc<Moves>,
    ledger: Arc<Ledger>,
}

impl KeptReading {
    fn new(request: &MovesRequest<'_>, reading: &Reading) -> Self {
        let project = request.project;
        let moves = Moves::of(project, reading);
        let ledger = Ledger::of(&moves, request.settings.ledger.clone());
        let revisions = project.documents().iter().map(|document| (document.id().clone(), document.revision));
        Self {
            reading: reading.clone(),
            list_revision: project.list_revision(),
            revisions: revisions.collect(),
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

    /// The moves with those that pass the filter.
    fn selected(&self, request: &MovesRequest<'_>, filters: &mut Cache) -> ReadMoves {
        let ledgers = [(&*self.moves, &*self.ledger)];
        let facts = MoveFacts::new(request.project, request.visible, ledgers, request.settings.clone());
        let corpus = Corpus { project: request.project, visible: request.visible, facts: &facts };
        let passing = request.bound.map(|bound| filters.in_reading(bound, corpus, &self.moves));
        ReadMoves {
            moves: self.moves.clone(),
            ledger: self.ledger.clone(),
            uncertain: passing.as_ref().map_or(0, |passing| passing.uncertain),
            selected: passing.map(|passing| passing.passages),
        }
    }
}
