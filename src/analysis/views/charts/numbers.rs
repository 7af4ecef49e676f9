//! The figures of co-occurrence and sequences.

use crate::bargain::CategoryIndex;
use crate::figure::charts::Heading;
use crate::figure::charts::numbers::{NumberCell, NumberMatrix, NumberRow, Shading};
use crate::views::{FollowsView, Look, TogetherView, Transition};
use crate::words::views::charts as words;

/// z in full colour.
const FULL_Z: f64 = 3.4;

impl TogetherView {
    /// The pairs of each two categories.
    pub fn chart(&self, look: &Look<'_>) -> NumberMatrix {
        let codebook = look.basis.project.codebook();
        let title = |category: &CategoryIndex| codebook.name_of(look.basis.moves.category_id(*category));
        let cell = |a: CategoryIndex, b: CategoryIndex| {
            let pairs = self.pair(a, b).map(|pair| pair.pairs);
            NumberCell {
                text: pairs.unwrap_or(0).to_string(),
                value: pairs.map(|pairs| pairs as f64),
                ..NumberCell::default()
            }
        };
        let row = |a: &CategoryIndex| NumberRow {
            heading: Heading::new(title(a)),
            cells: self.categories.iter().map(|b| cell(*a, *b)).collect(),
            total: String::new(),
        };
        NumberMatrix {
            title: words::TOGETHER.to_owned(),
            description: self.answer().sentence.text(),
            row_title: words::CATEGORY.to_owned(),
            column_title: words::CATEGORY.to_owned(),
            shading: Shading::Amount,
            columns: self.categories.iter().map(|category| Heading::new(title(category))).collect(),
            rows: self.categories.iter().map(row).collect(),
            totals: Vec::new(),
        }
    }
}

impl FollowsView {
    /// The transitions, shaded by their residuals.
    pub fn chart(&self) -> NumberMatrix {
        let cell = |cell: &Transition| NumberCell {
            text: cell.observed.to_string(),
            detail: cell.z.map_or_else(String::new, |z| words::z(z, cell.is_few())),
            value: cell.z,
            few: cell.is_few(),
            marked: cell.is_marked(),
        };
        let rows = self.names.iter().zip(&self.cells).map(|(name, cells)| NumberRow {
            heading: Heading::new(&name.1),
            cells: cells.iter().map(cell).collect(),
            total: cells.iter().map(|cell| cell.observed).sum::<usize>().to_string(),
        });
        NumberMatrix {
            title: words::FOLLOWS.to_owned(),
            description: self.answer().sentence.text(),
            row_title: words::FIRST.to_owned(),
            column_title: words::NEXT.to_owned(),
            shading: Shading::Signed(FULL_Z),
            columns: self.names.iter().map(|name| Heading::new(&name.1)).collect(),
            rows: rows.collect(),
            totals: Vec::new(),
        }
    }
}
