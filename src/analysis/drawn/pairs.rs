//! Co-occurrence and sequences as matrices of numbers.

use super::{Cells, Chart, Drawn};
use crate::bargain::PassageSet;
use crate::figure::CellKey;
use crate::figure::charts::Heading;
use crate::figure::charts::numbers::{NumberCell, NumberMatrix, NumberRow, Shading};
use crate::views::{FollowsView, Look, Together, TogetherView, Transition};
use crate::words::drawn as words;

/// Distance from zero at which an adjusted residual has full strength.
const STRONG_RESIDUAL: f64 = 3.4;

impl Drawn {
    /// The figure of co-occurrence.
    pub fn together(view: &TogetherView, look: &Look<'_>) -> Self {
        let mut cells = Cells::default();
        let place = |category| view.categories.iter().position(|known| *known == category);
        let count = view.categories.len();
        let mut numbers = vec![vec![NumberCell::default(); count]; count];
        for pair in &view.pairs {
            let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) else { continue };
            let both = if view.options.unit.is_directed() { vec![(a, b)] } else { vec![(a, b), (b, a)] };
            for (row, column) in both {
                numbers[row][column] = together(pair);
                let key = CellKey::Cell { row: row as u32, column: column as u32 };
                cells.add(key, pair.passages.clone());
            }
        }
        for (at, category) in (0u32..).zip(&view.categories) {
            let of = |test: fn(&Together) -> crate::bargain::CategoryIndex| {
                all(view.pairs.iter().filter(|pair| test(pair) == *category).map(|pair| &*pair.passages))
            };
            let (first, second) = (of(|pair| pair.a), of(|pair| pair.b));
            let either = || all([&first, &second].into_iter());
            let is_directed = view.options.unit.is_directed();
            cells.add(CellKey::Row(at), if is_directed { first.clone() } else { either() });
            cells.add(CellKey::Column(at), if is_directed { second.clone() } else { either() });
        }
        let codebook = look.basis.project.codebook();
        let name = |category| codebook.name_of(look.basis.moves.category_id(category));
        let headings: Vec<Heading> =
            view.categories.iter().map(|category| Heading::new(name(*category))).collect();
        cells.into_figure(matrix(
            words::TOGETHER,
            &view.answer().sentence.text(),
            headings,
            numbers,
            Shading::Amount,
        ))
    }

    /// The figure of sequences.
    pub fn follows(view: &FollowsView) -> Self {
        let mut cells = Cells::default();
        for (at, line) in (0u32..).zip(&view.cells) {
            for (column, cell) in (0u32..).zip(line) {
                cells.add(CellKey::Cell { row: at, column }, cell.passages.clone());
            }
            cells.add(CellKey::Row(at), all(line.iter().map(|cell| &*cell.passages)));
            let column = view.cells.iter().filter_map(|line| line.get(at as usize));
            cells.add(CellKey::Column(at), all(column.map(|cell| &*cell.passages)));
        }
        let numbers = view.cells.iter().map(|line| line.iter().map(transition).collect()).collect();
        let headings = view.names.iter().map(|(_, title)| Heading::new(title)).collect();
        let shading = Shading::Signed(STRONG_RESIDUAL);
        cells.into_figure(matrix(words::FOLLOWS, &view.answer().sentence.text(), headings, numbers, shading))
    }
}

/// All of several sets of passages.
fn all<'p>(sets: impl Iterator<Item = &'p PassageSet>) -> PassageSet {
    sets.flat_map(PassageSet::iter).collect()
}

fn together(pair: &Together) -> NumberCell {
    let number = pair.units.map_or(pair.pairs, |units| units.both);
    NumberCell {
        text: words::count(number),
        detail: pair.phi().map(words::phi).unwrap_or_default(),
        value: Some(number as f64),
        ..NumberCell::default()
    }
}

fn transition(cell: &Transition) -> NumberCell {
    let few = cell.is_few();
    NumberCell {
        text: words::count(cell.observed),
        detail: match cell.z {
            Some(z) if !few => words::z(z),
            Some(_) | None => words::FEW.to_owned(),
        },
        value: cell.z.filter(|_| !few),
        few,
        marked: cell.is_marked(),
    }
}

fn matrix(
    title: &str,
    description: &str,
    headings: Vec<Heading>,
    numbers: Vec<Vec<NumberCell>>,
    shading: Shading,
) -> Chart {
    let row = |(heading, cells): (&Heading, Vec<NumberCell>)| NumberRow {
        heading: heading.clone(),
        cells,
        total: String::new(),
    };
    Chart::Numbers(NumberMatrix {
        title: title.to_owned(),
        description: description.to_owned(),
        row_title: String::new(),
        column_title: String::new(),
        shading,
        rows: headings.iter().zip(numbers).map(row).collect(),
        columns: headings,
        totals: Vec::new(),
    })
}
