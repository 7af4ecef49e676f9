//! The figures of all annotators together: α on sentences and tokens, Fleiss' κ, the mean percent agreement, α_U.

use std::sync::Arc;

use super::alpha_u::{self, Continuum};
use super::count::Counted;
use super::frame::Frame;
use super::ground::{Ground, Site, Size};
use super::ledger::{Column, Draw, Piece, Sweep, SweepId};
use super::outcome::Undefined;
use super::pair::coverage;
use super::{Measure, Subject, Unit, alpha_nominal, fleiss, percent};

/// The ground of α: documents that at least two have worked on.
pub(super) fn of_some(frame: &Frame<'_>, counted: &[Counted<'_>]) -> Ground {
    let site = Site { frame, counted: counted.iter().collect() };
    let mut ground = ground(frame, &site, Undefined::NoDocument);
    for unit in [Unit::Sentence, Unit::Token].into_iter().filter(|unit| frame.counts(*unit)) {
        let columns = Arc::new(UnitColumns::new(&mut ground, &site, unit));
        let size = columns.size();
        for subject in columns.subjects(&site) {
            let of = columns.clone();
            ground.plan(Measure::AlphaNominal, unit, subject.subject(frame), &size, move |draw| {
                let counts = of.counts(draw, subject)?;
                alpha_nominal::alpha(counts.mismatch, counts.labels(of.values(draw)))
            });
            let of = columns.clone();
            // Of two annotators it is the figure of the pair.
            if frame.annotators.len() > 2 {
                ground.plan(Measure::Percent, unit, subject.subject(frame), &size, move |draw| {
                    let disagreeing = of.disagreeing(draw, subject)?;
                    let pairs = draw.get(of.pairs);
                    percent::agreement(pairs - disagreeing, pairs)
                });
            }
        }
    }
    if frame.counts(Unit::Character) {
        continua(&mut ground, &site);
    }
    ground
}

/// The ground of Fleiss' κ: documents that all have worked on.
pub(super) fn of_all(frame: &Frame<'_>, counted: &[Counted<'_>]) -> Ground {
    let annotators = frame.annotators.len();
    let whole = counted.iter().filter(|counted| counted.present.len() == annotators);
    let site = Site { frame, counted: whole.collect() };
    let mut ground = ground(frame, &site, Undefined::NoDocumentOfAll);
    for unit in [Unit::Sentence, Unit::Token].into_iter().filter(|unit| frame.counts(*unit)) {
        let columns = Arc::new(UnitColumns::new(&mut ground, &site, unit));
        let size = columns.size();
        for subject in columns.subjects(&site) {
            let of = columns.clone();
            ground.plan(Measure::FleissKappa, unit, subject.subject(frame), &size, move |draw| {
                let disagreeing = 2.0 * of.disagreeing(draw, subject)?;
                let labels = of.counts(draw, subject)?.labels(of.values(draw));
                fleiss::kappa(draw.get(of.units), annotators as f64, disagreeing, labels)
            });
        }
    }
    ground
}

fn ground(frame: &Frame<'_>, site: &Site<'_, '_>, without: Undefined) -> Ground {
    Ground::new((0..frame.annotators.len()).collect(), site.counted.len(), without)
}

/// One category by number, or all of them.
#[derive(Clone, Copy)]
enum Of {
    All,
    One(usize),
}

impl Of {
    fn subject(self, frame: &Frame<'_>) -> Subject {
        match self {
            Self::All => Subject::Overall,
            Self::One(category) => Subject::Category(frame.categories[category].clone()),
        }
    }
}

/// Columns of sentences or tokens.
struct UnitColumns {
    units: Column,
    /// Values: units times annotators.
    values: Column,
    /// Pairs of annotators on units.
    pairs: Column,
    several: Column,
    /// Per category, and last for any of them.
    labels: Vec<LabelColumns>,
}

#[derive(Clone, Copy)]
struct LabelColumns {
    /// How often it was given: Σ_u k.
    given: Column,
    /// Pairs of annotators of whom one has given it: Σ_u k (m − k).
    disputed: Column,
    /// The same, each document's part divided by m − 1.
    mismatch: Column,
}

/// What α and κ of a label, or of all, are computed from.
struct Counts {
    mismatch: f64,
    given: Vec<f64>,
}

impl Counts {
    /// How often each label was given, no label included.
    fn labels(self, values: f64) -> Vec<f64> {
        let used: f64 = self.given.iter().sum();
        self.given.into_iter().chain([values - used]).collect()
    }
}

impl UnitColumns {
    fn new(ground: &mut Ground, site: &Site<'_, '_>, unit: Unit) -> Self {
        let ledger = &mut ground.ledger;
        let mut column = || ledger.column();
        let columns = Self {
            units: column(),
            values: column(),
            pairs: column(),
            several: column(),
            labels: (0..=site.frame.categories.len())
                .map(|_| LabelColumns { given: column(), disputed: column(), mismatch: column() })
                .collect(),
        };
        for (document, counted) in site.counted.iter().enumerate() {
            let Some(coverage) = coverage(counted, unit) else { continue };
            let present = counted.present.len() as f64;
            let pairs = present * (present - 1.0) / 2.0;
            ledger.add(columns.units, document, coverage.units);
            ledger.add(columns.values, document, coverage.units * present);
            ledger.add(columns.pairs, document, coverage.units * pairs);
            let several = coverage.several.contains(&true);
            ledger.add(columns.several, document, f64::from(u8::from(several)));
            for (label, of) in columns.labels.iter().enumerate() {
                let given: f64 = coverage.labelled.iter().map(|labels| labels[label]).sum();
                let both: f64 = coverage.both.iter().map(|labels| labels[label]).sum();
                // Σ k² = Σ k + 2 · (units that two have in common, over pairs).
                let disputed = (present - 1.0) * given - 2.0 * both;
                ledger.add(of.given, document, given);
                ledger.add(of.disputed, document, disputed);
                ledger.add(of.mismatch, document, disputed / (present - 1.0));
            }
        }
        columns
    }

    fn subjects(&self, site: &Site<'_, '_>) -> Vec<Of> {
        std::iter::once(Of::All).chain((0..site.frame.categories.len()).map(Of::One)).collect()
    }

    fn size(&self) -> Size {
        let units = self.units;
        Arc::new(move |draw| draw.get(units))
    }

    fn values(&self, draw: &Draw<'_>) -> f64 {
        draw.get(self.values)
    }

    /// The labels of a subject without that for any; for a single category that and no other.
    fn labels(&self, of: Of) -> &[LabelColumns] {
        match of {
            Of::All => &self.labels[..self.labels.len() - 1],
            Of::One(category) => &self.labels[category..=category],
        }
    }

    /// A label that stands for all of a subject: units without it have none of its labels.
    fn any(&self, of: Of) -> LabelColumns {
        match of {
            Of::All => self.labels[self.labels.len() - 1],
            Of::One(category) => self.labels[category],
        }
    }

    fn check(&self, draw: &Draw<'_>, of: Of) -> Result<(), Undefined> {
        match of {
            Of::All if draw.get(self.several) > 0.0 => Err(Undefined::SeveralLabels),
            _ => Ok(()),
        }
    }

    fn counts(&self, draw: &Draw<'_>, of: Of) -> Result<Counts, Undefined> {
        self.check(draw, of)?;
        if draw.get(self.any(of).given) == 0.0 {
            return Err(Undefined::NothingTagged);
        }
        let labels = self.labels(of);
        // Units without any label mismatch where somebody has given one.
        let without = draw.get(self.any(of).mismatch);
        Ok(Counts {
            mismatch: without + labels.iter().map(|label| draw.get(label.mismatch)).sum::<f64>(),
            given: labels.iter().map(|label| draw.get(label.given)).collect(),
        })
    }

    /// Pairs of annotators on units who have given different labels.
    fn disagreeing(&self, draw: &Draw<'_>, of: Of) -> Result<f64, Undefined> {
        self.check(draw, of)?;
        let labels = self.labels(of).iter().map(|label| draw.get(label.disputed));
        // Each such pair disputes the label of one and the label of the other.
        Ok((labels.sum::<f64>() + draw.get(self.any(of).disputed)) / 2.0)
    }
}

/// Columns of a category in the running text.
#[derive(Clone, Copy)]
struct ContinuumColumns {
    difference: Column,
    units: Column,
    cubes: Column,
    squares: Column,
    room: SweepId,
}

/// The figures of α_U.
fn continua(ground: &mut Ground, site: &Site<'_, '_>) {
    let (length, worked) = (ground.ledger.column(), ground.ledger.column());
    for (document, counted) in site.counted.iter().enumerate() {
        ground.ledger.add(length, document, counted.length);
        ground.ledger.add(worked, document, counted.length * counted.present.len() as f64);
    }
    let categories = 0..site.frame.categories.len();
    let columns: Vec<ContinuumColumns> =
        categories.map(|category| continuum_columns(ground, site, category)).collect();
    let each = site.frame.categories.iter().zip(&columns);
    let each = each.map(|(id, columns)| (Subject::Category((*id).clone()), vec![*columns]));
    let subjects: Vec<_> = std::iter::once((Subject::Overall, columns.clone())).chain(each).collect();
    for (subject, columns) in subjects {
        let columns: Arc<[ContinuumColumns]> = columns.into();
        let of = columns.clone();
        let size: Size = Arc::new(move |draw| of.iter().map(|columns| draw.get(columns.units)).sum());
        ground.plan(Measure::AlphaU, Unit::Character, subject, &size, move |draw| {
            alpha_u::alpha(columns.iter().map(|columns| Continuum {
                length: draw.get(length),
                worked: draw.get(worked),
                difference: draw.get(columns.difference),
                units: draw.get(columns.units),
                cubes: draw.get(columns.cubes),
                squares: draw.get(columns.squares),
                room: draw.room(columns.room),
            }))
        });
    }
}

fn continuum_columns(ground: &mut Ground, site: &Site<'_, '_>, category: usize) -> ContinuumColumns {
    let ledger = &mut ground.ledger;
    let [difference, units, cubes, squares] = std::array::from_fn(|_| ledger.column());
    let mut pieces = Vec::new();
    for (document, counted) in site.counted.iter().enumerate() {
        let piece = |length: f64, gaps: f64| Piece { document: document as u32, length, gaps };
        let Some(unitized) = counted.continua.iter().find(|unitized| unitized.category == category) else {
            // Nobody has used it here: a gap as long as the document from each.
            pieces.push(piece(counted.length, counted.present.len() as f64));
            continue;
        };
        ledger.add(difference, document, unitized.difference);
        for length in unitized.units.iter().map(|&length| f64::from(length)) {
            ledger.add(units, document, 1.0);
            ledger.add(cubes, document, length * (length - 1.0) * (2.0 * length - 1.0));
            ledger.add(squares, document, length * (length - 1.0));
            pieces.push(piece(length, 0.0));
        }
        pieces.extend(unitized.gaps.iter().map(|&gap| piece(f64::from(gap), 1.0)));
    }
    let room = ledger.sweep(Sweep::new(pieces));
    ContinuumColumns { difference, units, cubes, squares, room }
}
