//! The figures of the running text: α_U of 2004, once with the documents apart and once joined, and the α family of 2016.

use std::sync::Arc;

use super::alpha_u::{self, Continuum};
use super::continua::CategoryUnits;
use super::figure_value::{FigureValue, NoInterval, Undefined};
use super::ledger::{Column, Draw, Ledger, Sweep, SweepId, SweepItem};
use super::sample::{CountedDocuments, Sample, SampleSize};
use super::u_alpha::{self, Category, Coding, Unitizing};
use super::{Measure, Subject, Unit};

/// Adds all figures of the running text to the sample of α.
pub(super) fn add_figures(sample: &mut Sample, documents: &CountedDocuments<'_, '_>) {
    let text = TextColumns::new(&mut sample.ledger, documents);
    let ids = &documents.comparison.categories;
    let categories: Arc<[CategoryColumns]> =
        (0..ids.len()).map(|category| CategoryColumns::new(sample, documents, category)).collect();
    let overall = Selected { subject: Subject::Overall, position: None, columns: categories.clone() };
    let each = ids.iter().zip(&*categories).enumerate().map(|(position, (id, columns))| Selected {
        subject: Subject::Category((*id).clone()),
        position: Some(position),
        columns: [*columns].into(),
    });
    for selected in std::iter::once(overall).chain(each) {
        add_alpha_u(sample, text, &selected);
        add_u_alpha(sample, text, &selected, &categories);
    }
}

/// All categories, or one of them.
struct Selected {
    subject: Subject,
    /// The position of the one category.
    position: Option<usize>,
    columns: Arc<[CategoryColumns]>,
}

/// Columns for the whole text.
#[derive(Clone, Copy)]
struct TextColumns {
    length: Column,
    /// The sum of the lengths that each annotator has worked on.
    worked: Column,
    /// The same for the text to which an annotator has given several categories.
    several: Column,
    any: UnitizingColumns,
}

#[derive(Clone, Copy)]
struct UnitizingColumns {
    units: Column,
    length: Column,
    both: Column,
    squares: Column,
}

/// Columns for a category.
#[derive(Clone, Copy)]
struct CategoryColumns {
    unitizing: UnitizingColumns,
    /// Without the text of several categories.
    exclusive: UnitizingColumns,
    shared: Column,
    shared_squares: Column,
    difference: Column,
    cubes: Column,
    room: SweepId,
    /// Σ ℓ² · Σ (ℓ_gap − ℓ + 1) with gaps that go on from one document to the next.
    joined_room: f64,
}

impl UnitizingColumns {
    fn new(ledger: &mut Ledger) -> Self {
        let [units, length, both, squares] = std::array::from_fn(|_| ledger.column());
        Self { units, length, both, squares }
    }

    fn add(self, ledger: &mut Ledger, document: usize, counts: Unitizing) {
        ledger.add(self.units, document, counts.units);
        ledger.add(self.length, document, counts.length);
        ledger.add(self.both, document, counts.both);
        ledger.add(self.squares, document, counts.squares);
    }

    fn sums(self, draw: &Draw<'_>) -> Unitizing {
        Unitizing {
            units: draw.get(self.units),
            length: draw.get(self.length),
            both: draw.get(self.both),
            squares: draw.get(self.squares),
        }
    }
}

impl TextColumns {
    fn new(ledger: &mut Ledger, documents: &CountedDocuments<'_, '_>) -> Self {
        let [length, worked, several] = std::array::from_fn(|_| ledger.column());
        let columns = Self { length, worked, several, any: UnitizingColumns::new(ledger) };
        for (document, counted) in documents.counted.iter().enumerate() {
            let Some(continua) = &counted.continua else { continue };
            let length = f64::from(continua.length);
            ledger.add(columns.length, document, length);
            ledger.add(columns.worked, document, length * counted.present.len() as f64);
            let several = f64::from(continua.several) * counted.present.len() as f64;
            ledger.add(columns.several, document, several);
            columns.any.add(ledger, document, continua.any);
        }
        columns
    }

    /// Checks that there is text to which no annotator has given several categories, if it is tagged.
    fn check_exclusive(self, draw: &Draw<'_>, categories: &[CategoryColumns]) -> Result<(), Undefined> {
        let some = |columns: &CategoryColumns| draw.get(columns.exclusive.units) > 0.0;
        let tagged = draw.get(self.any.units) > 0.0;
        if tagged && !categories.iter().any(some) { Err(Undefined::SeveralLabels) } else { Ok(()) }
    }
}

impl CategoryColumns {
    fn new(sample: &mut Sample, documents: &CountedDocuments<'_, '_>, category: usize) -> Self {
        let ledger = &mut sample.ledger;
        let (unitizing, exclusive) = (UnitizingColumns::new(ledger), UnitizingColumns::new(ledger));
        let [shared, shared_squares, difference, cubes] = std::array::from_fn(|_| ledger.column());
        let mut items = Vec::new();
        for (document, counted) in documents.counted.iter().enumerate() {
            let Some(continua) = &counted.continua else { continue };
            let Some(units) = continua.category(category) else {
                // Each annotator has one gap as long as the document.
                let length = f64::from(continua.length);
                items.push(SweepItem {
                    document: document as u32,
                    length,
                    gaps: counted.present.len() as f64,
                });
                continue;
            };
            unitizing.add(ledger, document, units.unitizing);
            exclusive.add(ledger, document, units.exclusive.unitizing);
            ledger.add(shared, document, units.exclusive.coding.shared);
            ledger.add(shared_squares, document, units.exclusive.coding.squares);
            ledger.add(difference, document, units.difference);
            ledger.add(cubes, document, lengths(units).map(|l| l * (l - 1.0) * (2.0 * l - 1.0)).sum());
            items.extend(lengths(units).map(|length| unit(document, length)));
            let gaps = units.units.iter().flat_map(|units| alpha_u::gaps(units, continua.length));
            items.extend(gaps.map(|length| gap(document, f64::from(length))));
        }
        let room = ledger.sweep(Sweep::new(items));
        let joined_room = joined_room(documents, category);
        Self { unitizing, exclusive, shared, shared_squares, difference, cubes, room, joined_room }
    }

    /// The sums for α_U, with the documents apart or joined.
    fn continuum(self, text: TextColumns, draw: &Draw<'_>, joined: bool) -> Continuum {
        let unitizing = self.unitizing.sums(draw);
        Continuum {
            length: draw.get(text.length),
            worked: draw.get(text.worked),
            difference: draw.get(self.difference),
            units: unitizing.units,
            cubes: draw.get(self.cubes),
            squares: unitizing.squares - unitizing.length,
            room: if joined { self.joined_room } else { draw.room(self.room) },
        }
    }

    /// The sums for `uα`, `cuα` and `(s)uα`.
    fn sums(self, draw: &Draw<'_>) -> Category {
        let coding = Coding { shared: draw.get(self.shared), squares: draw.get(self.shared_squares) };
        Category { unitizing: self.exclusive.sums(draw), coding }
    }
}

fn lengths(units: &CategoryUnits) -> impl Iterator<Item = f64> {
    units.units.iter().flatten().map(|unit| f64::from(unit.1 - unit.0))
}

fn unit(document: usize, length: f64) -> SweepItem {
    SweepItem { document: document as u32, length, gaps: 0.0 }
}

fn gap(document: usize, length: f64) -> SweepItem {
    SweepItem { document: document as u32, length, gaps: 1.0 }
}

/// Returns Σ ℓ² · Σ (ℓ_gap − ℓ + 1) of a category on one continuum. A gap goes on from one document to the next one, and ends at
/// a document that its annotator has not worked on.
fn joined_room(documents: &CountedDocuments<'_, '_>, category: usize) -> f64 {
    let mut open = vec![0.0; documents.comparison.annotators.len()];
    let mut items = Vec::new();
    for counted in &documents.counted {
        let Some(continua) = &counted.continua else { continue };
        let units = continua.category(category);
        let mut present = counted.present.iter().enumerate().peekable();
        for (annotator, open) in open.iter_mut().enumerate() {
            let Some((position, _)) = present.next_if(|(_, who)| **who == annotator) else {
                items.push(gap(0, std::mem::take(open)));
                continue;
            };
            let mut at = 0;
            for &(start, end) in units.into_iter().flat_map(|units| &units.units[position]) {
                items.push(gap(0, std::mem::take(open) + f64::from(start - at)));
                items.push(unit(0, f64::from(end - start)));
                at = end;
            }
            *open += f64::from(continua.length - at);
        }
    }
    items.extend(open.into_iter().map(|length| gap(0, length)));
    items.retain(|item| item.length > 0.0);
    Sweep::new(items).total()
}

/// Adds α_U, once for the documents apart and once for the documents joined.
fn add_alpha_u(sample: &mut Sample, text: TextColumns, selected: &Selected) {
    let columns = selected.columns.clone();
    let size: SampleSize =
        Arc::new(move |draw| columns.iter().map(|columns| draw.get(columns.unitizing.units)).sum());
    for (measure, joined) in [(Measure::AlphaU, false), (Measure::AlphaUJoined, true)] {
        let columns = selected.columns.clone();
        let formula = move |draw: &Draw<'_>| {
            alpha_u::alpha(columns.iter().map(|columns| columns.continuum(text, draw, joined)))
        };
        sample.add_figure(measure, Unit::Character, selected.subject.clone(), &size, formula);
        if joined {
            // Documents drawn at random don't have the neighbours on which the gaps depend.
            sample.leave_out_interval(NoInterval::JoinedDocuments);
        }
    }
}

/// Adds the family of 2016: `|uα` for everything, `uα` and `cuα` over all categories, `(s)uα` for one of them.
fn add_u_alpha(sample: &mut Sample, text: TextColumns, selected: &Selected, all: &Arc<[CategoryColumns]>) {
    let tagged = selected.position.and_then(|position| all.get(position)).map_or(text.any, |of| of.unitizing);
    let subject = &selected.subject;
    let size: SampleSize = Arc::new(move |draw| draw.get(tagged.units));
    sample.add_figure(Measure::UAlpha, Unit::Character, subject.clone(), &size, move |draw| {
        u_alpha::binary(draw.get(text.worked), tagged.sums(draw))
    });
    let columns = selected.columns.clone();
    let size: SampleSize =
        Arc::new(move |draw| columns.iter().map(|columns| draw.get(columns.exclusive.units)).sum());
    let mut add = |measure, formula: fn(f64, Option<usize>, &[Category]) -> FigureValue| {
        let (all, position) = (all.clone(), selected.position);
        sample.add_figure(measure, Unit::Character, subject.clone(), &size, move |draw| {
            text.check_exclusive(draw, &all)?;
            let worked = draw.get(text.worked) - draw.get(text.several);
            let categories: Vec<Category> = all.iter().map(|columns| columns.sums(draw)).collect();
            formula(worked, position, &categories)
        });
    };
    if selected.position.is_some() {
        return add(Measure::SUAlpha, |_, position, categories| {
            let selected = position.and_then(|position| categories.get(position)).copied();
            u_alpha::selected(selected.unwrap_or_default(), categories.iter().copied())
        });
    }
    add(Measure::JointUAlpha, |worked, _, categories| u_alpha::joint(worked, categories.iter().copied()));
    add(Measure::CuAlpha, |_, _, categories| u_alpha::coding(categories.iter().copied()));
}
