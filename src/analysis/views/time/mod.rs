//! The view over time: how volume and tone change.

mod answer;
mod band;
mod bins;
mod options;

use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashMapExt};
use rayon::prelude::*;

use super::axis::{Keys, Placer};
use super::look::or_none;
use super::score::sum;
use super::{Answer, Axis, Group, Look};
use crate::bargain::{ActorId, Bin, BinWidth, DayRange, Passage, PassageIndex, PassageSet, Score};

use band::Draws;
pub use band::{BAND_DOCUMENTS, BAND_DRAWS, BAND_SEED, Band};
use bins::BinFinder;
pub use options::{ScoreKind, TimeBars, TimeLines, TimeMeasure, TimeOptions, TimePanels};

/// Number of documents from which the bins are months at the start.
const MANY_DOCUMENTS: usize = 40;

/// Number of lines, those with most moves, that have bands: as many as are shown as small multiples.
pub(crate) const LINES_WITH_BANDS: usize = 9;

/// Number of moves below which a point is hollow.
pub const FEW_MOVES: usize = 3;

/// The width of the bins at the start: documents if there are few, otherwise months.
pub fn first_width(documents: usize) -> BinWidth {
    if documents < MANY_DOCUMENTS { BinWidth::Document } else { BinWidth::Month }
}

/// The view over time.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeView {
    /// What it was asked.
    pub options: TimeOptions,
    /// What the bars are divided by: categories, roles or quad classes.
    pub series: Vec<Group>,
    /// The bins, in order; those whose time is uncertain are the last.
    pub bins: Vec<TimeBin>,
    /// A line for each actor or pair, in the order of the list.
    pub lines: Vec<TimeLine>,
    answer: Answer,
}

/// A bin.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeBin {
    /// The bin.
    pub bin: Bin,
    /// Its label.
    pub label: String,
    /// Its days: the period, the phase, or the date of the document. `None` without a date.
    pub days: Option<DayRange>,
    /// Number of words of the documents with moves in it.
    pub words: usize,
    /// Its moves.
    pub moves: Arc<PassageSet>,
    /// Those of them that are reported.
    pub reported: Arc<PassageSet>,
    /// Its moves by series.
    pub series: Vec<Arc<PassageSet>>,
    /// The score of all its moves.
    pub point: Point,
}

/// A line of scores.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeLine {
    /// The actor; `None` if it is not specified.
    pub actor: Option<ActorId>,
    /// The target, in a line of a pair; `None` if it is not specified.
    pub target: Option<ActorId>,
    /// Its name.
    pub title: String,
    /// The moves in each bin.
    pub moves: Vec<Arc<PassageSet>>,
    /// The score in each bin.
    pub points: Vec<Point>,
}

/// The score of a bin.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Point {
    /// The score.
    pub score: Score,
    /// The 95 % band of the mean, if enough documents are in the bin.
    pub mean_band: Option<Band>,
    /// The 95 % band of the sum, likewise.
    pub sum_band: Option<Band>,
}

impl Point {
    fn of(look: &Look<'_>, moves: &PassageSet, draws: Option<&Draws>) -> Self {
        let score = look.score(moves.iter());
        let bands = draws.and_then(|draws| draws.bands(look, &score.weighted));
        Self { mean_band: bands.map(|[mean, _]| mean), sum_band: bands.map(|[_, sum]| sum), score }
    }

    /// The value of a kind of score.
    pub fn value(&self, kind: ScoreKind) -> Option<f64> {
        match kind {
            ScoreKind::Mean => self.score.mean(),
            ScoreKind::Sum => sum(&self.score),
        }
    }

    /// The band of a kind of score.
    pub fn band(&self, kind: ScoreKind) -> Option<Band> {
        match kind {
            ScoreKind::Mean => self.mean_band,
            ScoreKind::Sum => self.sum_band,
        }
    }

    /// True if so few moves are behind it that it is drawn hollow.
    pub fn is_of_few(&self) -> bool {
        self.score.weighted.len() < FEW_MOVES
    }
}

impl TimeBin {
    /// Number of its moves per 1,000 words of its documents.
    pub fn per_thousand_words(&self) -> Option<f64> {
        per_thousand(self.moves.len(), self.words)
    }

    /// The measure of a series.
    pub fn value(&self, series: usize, measure: TimeMeasure) -> Option<f64> {
        self.measured(self.series.get(series)?.len(), self.moves.len(), measure)
    }

    /// The measure of some of its moves, out of all of an actor or pair.
    pub fn measured(&self, count: usize, of: usize, measure: TimeMeasure) -> Option<f64> {
        match measure {
            TimeMeasure::Count => Some(count as f64),
            TimeMeasure::Share => (of > 0).then(|| 100.0 * count as f64 / of as f64),
            TimeMeasure::PerThousandWords => per_thousand(count, self.words),
        }
    }

    /// True for a period between others without any move: a gap of the figure, which has no row in tables.
    pub fn is_gap(&self) -> bool {
        match self.bin {
            Bin::Days(_) => self.moves.is_empty(),
            Bin::Document(_) | Bin::Phase(_) | Bin::NoPhase => false,
            Bin::Coarse(_) | Bin::Undated | Bin::Reported => false,
        }
    }

    /// True if its time is uncertain or unknown.
    pub fn is_uncertain(&self) -> bool {
        match self.bin {
            Bin::Coarse(_) | Bin::Undated | Bin::Reported => true,
            Bin::Document(_) | Bin::Days(_) | Bin::Phase(_) | Bin::NoPhase => false,
        }
    }
}

fn per_thousand(count: usize, words: usize) -> Option<f64> {
    (words > 0).then(|| 1_000.0 * count as f64 / words as f64)
}

impl TimeView {
    /// Sorts the moves that pass into bins.
    pub fn of(look: &Look<'_>, options: TimeOptions) -> Self {
        let order = bins::bins(look);
        let placed = Placed::of(look, &order);
        let (series, by_series) = Self::series(look, options.bars, &placed);
        let draws = Draws::default();
        let bins: Vec<(&Bin, (PassageSet, Vec<PassageSet>))> =
            order.iter().zip(placed.by_bin().into_iter().zip(by_series)).collect();
        let bin = |(bin, (moves, series)): (&Bin, _)| TimeBin::of(look, &draws, *bin, moves, series);
        let bins = bins.into_par_iter().map(bin).collect();
        let lines = Self::lines(look, &draws, options.lines, &placed);
        let mut view = Self { options, series, bins, lines, answer: Answer::default() };
        view.answer = view.make_answer(look);
        view
    }

    /// What the view says.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The bins that have a row in tables: all but gaps.
    pub fn rows(&self) -> impl Iterator<Item = &TimeBin> {
        self.bins.iter().filter(|bin| !bin.is_gap())
    }

    /// The series, and for each bin the moves of each series.
    fn series(look: &Look<'_>, bars: TimeBars, placed: &Placed<'_>) -> (Vec<Group>, Vec<Vec<PassageSet>>) {
        let axis = match bars {
            TimeBars::Category => Axis::Category,
            TimeBars::Role => Axis::Role,
            TimeBars::Quad => Axis::Quad,
        };
        let placer = Placer::new(look, &axis, &std::collections::BTreeSet::new());
        let mut keys = Keys::new(&placer);
        let mut entries = Vec::with_capacity(placed.moves.len());
        for (index, passage, bin) in &placed.moves {
            entries.extend(keys.of(*index, passage).iter().map(|number| (*bin, *number, *index)));
        }
        let (series, order) = keys.groups();
        let mut sets = vec![vec![Vec::new(); series.len()]; placed.bins];
        for (bin, number, index) in entries {
            sets[bin][order[number as usize] as usize].push(index);
        }
        let sets = sets.iter().map(|of_bin| of_bin.iter().map(|list| PassageSet::of_slice(list)).collect());
        (series, sets.collect())
    }

    fn lines(look: &Look<'_>, draws: &Draws, lines: TimeLines, placed: &Placed<'_>) -> Vec<TimeLine> {
        type Line = (Option<ActorId>, Option<ActorId>);
        // What orders the lines, and the moves of one by bin.
        type Sorted = ((bool, bool, Line), Vec<Vec<PassageIndex>>);
        let mut places: FastMap<Line, usize> = FastMap::new();
        let mut moves: Vec<Sorted> = Vec::new();
        for (index, passage, bin) in &placed.moves {
            let mut add = |pair: Line| {
                let is_last = lines == TimeLines::Dyad && pair.1.is_none();
                let place = *places.entry(pair).or_insert_with(|| {
                    moves.push(((pair.0.is_none(), is_last, pair), vec![Vec::new(); placed.bins]));
                    moves.len() - 1
                });
                moves[place].1[*bin].push(*index);
            };
            match lines {
                TimeLines::Dyad => look.pairs(passage).for_each(add),
                TimeLines::Actor => or_none(look.actors(passage)).for_each(|actor| add((actor, None))),
            }
        }
        let count = |bins: &Vec<Vec<PassageIndex>>| bins.iter().map(Vec::len).sum::<usize>();
        moves.sort_unstable_by_key(|(line, _)| *line);
        let mut counts: Vec<usize> = moves.iter().map(|(_, bins)| count(bins)).collect();
        counts.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
        let least = counts.get(LINES_WITH_BANDS - 1).copied().unwrap_or(0);
        let line = |((_, _, (actor, target)), bins): (_, Vec<Vec<PassageIndex>>)| {
            let with_bands = count(&bins) >= least;
            let moves: Vec<Arc<PassageSet>> =
                bins.iter().map(|moves| Arc::new(PassageSet::of_slice(moves))).collect();
            TimeLine {
                title: look.line_title(lines == TimeLines::Dyad, actor, target),
                points: moves.iter().map(|moves| Point::of(look, moves, draws.only_if(with_bands))).collect(),
                moves,
                actor,
                target,
            }
        };
        moves.into_par_iter().map(line).collect()
    }
}

/// The moves that pass, each with the place of its bin.
struct Placed<'a> {
    moves: Vec<(PassageIndex, &'a Passage, usize)>,
    /// Number of bins.
    bins: usize,
}

impl<'a> Placed<'a> {
    fn of(look: &Look<'a>, order: &[Bin]) -> Self {
        let places: FastMap<Bin, usize> = order.iter().enumerate().map(|(at, bin)| (*bin, at)).collect();
        let mut finder = BinFinder::new(look);
        let mut last = order.first().map(|bin| (*bin, 0));
        let place = |(index, passage)| {
            let bin = finder.bin(passage);
            if last.is_none_or(|(known, _)| known != bin) {
                last = places.get(&bin).map(|place| (bin, *place));
            }
            last.map(|(_, place)| (index, passage, place))
        };
        Self { moves: look.moves().filter_map(place).collect(), bins: order.len() }
    }

    /// The moves of each bin.
    fn by_bin(&self) -> Vec<PassageSet> {
        let mut bins = vec![Vec::new(); self.bins];
        self.moves.iter().for_each(|(index, _, bin)| bins[*bin].push(*index));
        bins.iter().map(|moves| PassageSet::of_slice(moves)).collect()
    }
}

impl TimeBin {
    fn of(look: &Look<'_>, draws: &Draws, bin: Bin, moves: PassageSet, series: Vec<PassageSet>) -> Self {
        let reported = moves.iter().filter(|index| look.get(*index).is_reported).collect();
        let documents = match bin {
            Bin::Document(document) => [document].into(),
            _ => look.documents_of(&moves),
        };
        Self {
            bin,
            label: look.bin_name(bin),
            days: days_of(look, bin),
            words: documents.iter().map(|document| look.basis.sizes.words(*document)).sum(),
            point: Point::of(look, &moves, Some(draws)),
            moves: Arc::new(moves),
            reported: Arc::new(reported),
            series: series.into_iter().map(Arc::new).collect(),
        }
    }
}

/// The days of a bin.
fn days_of(look: &Look<'_>, bin: Bin) -> Option<DayRange> {
    match bin {
        Bin::Document(document) => look.basis.moves.document_date(document),
        Bin::Days(days) | Bin::Coarse(days) => Some(days),
        Bin::Phase(at) => look.basis.bins.phases.get(at).map(|phase| phase.days),
        Bin::NoPhase | Bin::Undated | Bin::Reported => None,
    }
}

impl Look<'_> {
    /// The name of an actor, or of a pair of actor and target.
    pub(super) fn line_title(&self, pair: bool, actor: Option<ActorId>, target: Option<ActorId>) -> String {
        if pair {
            format!("{} → {}", self.actor_title(actor), self.actor_title(target))
        } else {
            self.actor_title(actor)
        }
    }
}
