//! What the view of co-occurrence says.

use super::{Together, TogetherView};
use crate::views::{
    Answer, Caption, Cell, CellValue, Column, ColumnKind, Look, Missing, Row, Sentence, Table,
};
use crate::words::views::together as words;

impl TogetherView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        let one = (self.categories.len() == 1).then_some(Missing::OneCategory);
        let mut notes = vec![words::unit(self.options.unit, self.options.near_words)];
        notes.extend(self.units.map(words::units));
        notes.extend(look.notes());
        notes.extend(look.no_place_note());
        Answer {
            sentence: self.sentence(look),
            table: self.table(look),
            caption: Caption(notes),
            missing: look.missing_passages().or(one),
        }
    }

    /// A sentence about the pair of categories that is found most often.
    fn sentence(&self, look: &Look<'_>) -> Sentence {
        let different = self.pairs.iter().rev().filter(|pair| pair.a != pair.b);
        let Some(pair) = different.max_by_key(|pair| pair.pairs) else { return Sentence::default() };
        let [a, b] = self.titles(look, pair);
        words::most(&a, &b, pair.pairs, pair.places, pair.passages.clone())
    }

    fn titles(&self, look: &Look<'_>, pair: &Together) -> [String; 2] {
        let moves = look.basis.moves;
        let codebook = look.basis.project.codebook();
        [pair.a, pair.b].map(|category| codebook.name_of(moves.category_id(category)).to_owned())
    }

    fn table(&self, look: &Look<'_>) -> Table {
        let column =
            |(name, title): (&str, &str), kind| Column { name: name.into(), title: title.into(), kind };
        let mut columns: Vec<Column> =
            [("a", words::A), ("b", words::B)].map(|names| column(names, ColumnKind::Text)).into();
        let counts = [("pairs", words::PAIRS), ("places", words::PLACES)];
        columns.extend(counts.map(|names| column(names, ColumnKind::Number)));
        if self.units.is_some() {
            let of_units = [
                ("units_a", words::UNITS_A),
                ("units_b", words::UNITS_B),
                ("units_both", words::UNITS_BOTH),
                ("jaccard", words::JACCARD),
                ("phi", words::PHI),
                ("expected", words::EXPECTED),
            ];
            columns.extend(of_units.map(|names| column(names, ColumnKind::Number)));
        }
        let row = |pair: &Together| Row { group: None, cells: self.cells(look, pair) };
        Table { columns, rows: self.pairs.iter().map(row).collect() }
    }

    fn cells(&self, look: &Look<'_>, pair: &Together) -> Vec<Cell> {
        let with = |value| Cell { value, passages: Some(pair.passages.clone()) };
        let count = |count| with(CellValue::Count(count));
        let number = |number: Option<f64>| with(number.map_or(CellValue::None, CellValue::Number));
        let mut cells: Vec<Cell> = self.titles(look, pair).map(Cell::text).into();
        cells.extend([count(pair.pairs), count(pair.places)]);
        if let Some(units) = pair.units {
            cells.extend([units.a, units.b, units.both].map(count));
            cells.extend([pair.jaccard(), pair.phi(), pair.expected()].map(number));
        }
        cells
    }
}
