//! Facts from the tables of moves and the ledgers of coders.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use demarche_model::{AnnotatorId, Project, Visibility};

use super::facts::{Facts, Passage, Property};
use crate::bargain::{
    self, ActorSetId, AskState, Counted, DayRange, DocumentIndex, Ledger, LedgerOptions, Moves, PassageIndex,
    Reading, ReportedAt,
};
use crate::summary::Day;

/// Facts about the passages of some readings, from their moves and ledgers. Passages of other layers, to which links may
/// lead, are read when they are first asked about.
pub struct MoveFacts<'a> {
    project: &'a Project,
    visible: &'a Visibility,
    /// The readings that are shown.
    readings: Vec<(&'a Moves, &'a Ledger, OnceLock<DateOverlaps>)>,
    /// The moves of each coder alone.
    coders: BTreeMap<AnnotatorId, OnceLock<CoderMoves>>,
    settings: FactSettings,
}

/// The settings of the screen on which facts depend.
#[derive(Clone, Debug, Default)]
pub struct FactSettings {
    /// What the ledger is asked.
    pub ledger: LedgerOptions,
    /// True if a collective actor counts as its members.
    pub has_members: bool,
    /// The date of a reported move.
    pub reported: ReportedAt,
}

/// All moves of a coder, and what became of them.
struct CoderMoves {
    moves: Moves,
    ledger: Ledger,
    overlaps: OnceLock<DateOverlaps>,
}

/// A passage in the table of a reading.
#[derive(Clone, Copy)]
struct Row<'a> {
    moves: &'a Moves,
    ledger: &'a Ledger,
    overlaps: &'a OnceLock<DateOverlaps>,
    index: PassageIndex,
}

impl<'a> MoveFacts<'a> {
    /// The facts of these readings.
    pub fn new(
        project: &'a Project,
        visible: &'a Visibility,
        readings: impl IntoIterator<Item = (&'a Moves, &'a Ledger)>,
        settings: FactSettings,
    ) -> Self {
        let owners = project.documents().iter().flat_map(|document| document.layers.keys());
        Self {
            project,
            visible,
            readings: readings.into_iter().map(|(moves, ledger)| (moves, ledger, OnceLock::new())).collect(),
            coders: owners.map(|owner| (owner.whole(), OnceLock::new())).collect(),
            settings,
        }
    }

    fn row(&self, at: Passage<'_>) -> Option<Row<'_>> {
        let find = |moves: &Moves| {
            let index = moves.find(at.document.id(), at.span.id)?;
            let owner = moves.owner(moves.get(index).owner);
            (owner == at.owner || owner.whole() == at.owner.whole()).then_some(index)
        };
        let shown = self
            .readings
            .iter()
            .find_map(|(moves, ledger, overlaps)| Some(Row { moves, ledger, overlaps, index: find(moves)? }));
        shown.or_else(|| {
            let CoderMoves { moves, ledger, overlaps } = self.coder(at.owner)?;
            Some(Row { moves, ledger, overlaps, index: find(moves)? })
        })
    }

    fn coder(&self, owner: &AnnotatorId) -> Option<&CoderMoves> {
        let (coder, known) = self.coders.get_key_value(&owner.whole())?;
        Some(known.get_or_init(|| {
            let moves = Moves::of(self.project, &Reading::of_coder(coder.clone(), self.visible.clone()));
            let ledger = Ledger::of(&moves, self.settings.ledger.clone());
            CoderMoves { moves, ledger, overlaps: OnceLock::new() }
        }))
    }

    /// The names of a set of actors: as they are or as its members, and persons by their own name as well.
    fn names<'b>(
        &'b self,
        row: Option<Row<'b>>,
        sets: impl Fn(&bargain::Passage) -> (ActorSetId, ActorSetId),
    ) -> impl Iterator<Item = &'b str> {
        row.into_iter().flat_map(move |row| {
            let actors = row.moves.actors();
            let (set, persons) = sets(row.passage());
            let shown = if self.settings.has_members { actors.parties(set) } else { actors.members(set) };
            shown.iter().chain(actors.members(persons)).map(|id| actors.name(*id))
        })
    }
}

impl<'a> Row<'a> {
    fn passage(self) -> &'a bargain::Passage {
        self.moves.get(self.index)
    }

    /// True if it repeats a passage that comes earlier.
    fn is_repeat(self) -> bool {
        let mut chain = self.ledger.repeats_of(self.moves, self.index);
        self.moves.sort(&mut chain);
        chain.first().is_some_and(|first| *first != self.index)
    }

    /// True if its date is unknown, or if a passage of another document may have been made on the same day.
    fn is_order_uncertain(self) -> bool {
        let passage = self.passage();
        let overlaps = self.overlaps.get_or_init(|| DateOverlaps::of(self.moves));
        passage.date().is_none_or(|days| overlaps.has_other(passage.document, days))
    }
}

impl Facts for MoveFacts<'_> {
    fn is(&self, at: Passage<'_>, property: Property) -> bool {
        let Some(row) = self.row(at) else { return false };
        let passage = row.passage();
        match property {
            Property::Move => self.settings.ledger.counted.counts(passage),
            Property::Ask => row.ledger.ask(row.index).is_some(),
            Property::Condition => passage.is_condition,
            Property::Recommendation => passage.is_recommendation,
            Property::Conditional => passage.is_conditional,
            Property::Denied => passage.is_denied,
            Property::Hypothetical => passage.is_hypothetical,
            Property::Reported => passage.is_reported,
            Property::Repeat => row.is_repeat(),
            Property::Unsure => row.is_order_uncertain(),
            // Nothing suggests passages so far.
            Property::Suggested => false,
        }
    }

    fn ask(&self, at: Passage<'_>) -> Option<AskState> {
        let row = self.row(at)?;
        let ask = row.ledger.ask(row.index).filter(|ask| !ask.is_derived())?;
        Some(ask.state)
    }

    fn actors<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str> {
        self.names(self.row(at), |passage| (passage.actors, passage.persons))
    }

    fn targets<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str> {
        self.names(self.row(at), |passage| (passage.targets, passage.target_persons))
    }

    fn issues<'a>(&'a self, at: Passage<'a>) -> impl Iterator<Item = &'a str> {
        let row = self.row(at).into_iter();
        row.flat_map(|row| row.moves.issues().names(row.passage().issues))
    }

    fn date(&self, at: Passage<'_>) -> Option<DayRange> {
        let passage = self.row(at)?.passage();
        match self.settings.reported {
            ReportedAt::Report => passage.order_date,
            ReportedAt::Unknown => passage.date(),
        }
    }

    fn when(&self, at: Passage<'_>) -> Option<DayRange> {
        self.row(at)?.passage().when
    }

    fn settings_revision(&self) -> u64 {
        let Counted { denied, hypothetical } = self.settings.ledger.counted;
        let FactSettings { ledger: _, has_members, reported } = self.settings;
        let is_unknown = reported == ReportedAt::Unknown;
        let settings = [denied, hypothetical, has_members, is_unknown];
        settings.into_iter().fold(0, |bits, is_set| bits << 1 | u64::from(is_set))
    }

    /// Changes with any edit, and with the readings: the answers to an ask may be in any document.
    fn ledger_revision(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.project.revision().hash(&mut hasher);
        for (moves, ..) in &self.readings {
            (&moves.reading().coder, &moves.reading().stand_in).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The dates of the passages of a reading, to tell which of them overlap.
struct DateOverlaps {
    all: Ends,
    documents: HashMap<DocumentIndex, Ends>,
}

/// First and last days, each sorted.
#[derive(Default)]
struct Ends {
    first: Vec<Day>,
    last: Vec<Day>,
}

impl DateOverlaps {
    fn of(moves: &Moves) -> Self {
        let mut overlaps = Self { all: Ends::default(), documents: HashMap::new() };
        for (_, passage) in moves.iter() {
            if let Some(days) = passage.date() {
                overlaps.all.add(days);
                overlaps.documents.entry(passage.document).or_default().add(days);
            }
        }
        overlaps.all.sort();
        overlaps.documents.values_mut().for_each(Ends::sort);
        overlaps
    }

    /// True if a passage of another document may have been made on one of these days.
    fn has_other(&self, document: DocumentIndex, days: DayRange) -> bool {
        let here = self.documents.get(&document).map_or(0, |ends| ends.count(days));
        self.all.count(days) > here
    }
}

impl Ends {
    fn add(&mut self, days: DayRange) {
        self.first.push(days.first);
        self.last.push(days.last);
    }

    fn sort(&mut self) {
        self.first.sort_unstable();
        self.last.sort_unstable();
    }

    /// Number of dates that have a day in common with these days.
    fn count(&self, days: DayRange) -> usize {
        self.first.partition_point(|first| *first <= days.last)
            - self.last.partition_point(|last| *last < days.first)
    }
}
