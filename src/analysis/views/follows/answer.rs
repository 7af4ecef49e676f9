//! What the view of sequences says.

use super::{FollowsSource, FollowsView, States, Transition};
use crate::bargain::PassageSet;
use crate::views::{
    Answer, Caption, Cell, CellValue, Column, ColumnKind, Look, Missing, Row, Sentence, Table,
};
use crate::words::views::follows as words;

impl FollowsView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        Answer {
            sentence: self.sentence(),
            table: self.table(),
            caption: self.caption(look),
            missing: look.missing_passages().or_else(|| self.missing(look)),
        }
    }

    fn missing(&self, look: &Look<'_>) -> Option<Missing> {
        if self.options.states == States::Role && !look.basis.project.codebook().has_move_roles() {
            Some(Missing::Roles)
        } else {
            (look.moves().len() < 2).then_some(Missing::TwoPassages)
        }
    }

    /// A sentence about the transition that is seen most often, and how many are marked.
    fn sentence(&self) -> Sentence {
        let cells = || {
            self.cells
                .iter()
                .enumerate()
                .flat_map(|(from, row)| row.iter().enumerate().map(move |(to, cell)| (from, to, cell)))
        };
        let all: PassageSet =
            cells().flat_map(|(_, _, cell)| cell.passages.iter().collect::<Vec<_>>()).collect();
        let most = cells().max_by(|(.., one), (.., two)| one.observed.cmp(&two.observed));
        let Some((from, to, cell)) = most.filter(|_| self.pairs > 0) else { return Sentence::default() };
        let marked = cells().filter(|(.., cell)| cell.is_marked()).count();
        let titles = [from, to].map(|at| self.names[at].1.as_str());
        words::most(self.pairs, all, titles, cell.observed, cell.passages.clone(), marked)
    }

    fn table(&self) -> Table {
        let column =
            |(name, title): (&str, &str), kind| Column { name: name.into(), title: title.into(), kind };
        let texts = [("from", words::FROM), ("to", words::TO)].map(|names| column(names, ColumnKind::Text));
        let numbers =
            [("observed", words::OBSERVED), ("expected", words::EXPECTED), ("z", words::Z), ("q", words::Q)];
        let numbers = numbers.map(|names| column(names, ColumnKind::Number));
        let few = column(("few", words::FEW), ColumnKind::Text);
        let mut rows = Vec::new();
        for (from, row) in self.names.iter().zip(&self.cells) {
            for (to, cell) in self.names.iter().zip(row) {
                rows.push(Row { group: Some(from.1.as_str().into()), cells: cells(&from.1, &to.1, cell) });
            }
        }
        Table { columns: texts.into_iter().chain(numbers).chain([few]).collect(), rows }
    }

    fn caption(&self, look: &Look<'_>) -> Caption {
        let mut notes = vec![words::chance(self.states.len() * self.states.len())];
        notes.push(match self.options.source {
            FollowsSource::Text => words::text_order(),
            FollowsSource::Answers => words::answer_links(),
            FollowsSource::Date => words::date_order(),
        });
        if self.is_folded {
            notes.push(words::folded());
        }
        notes.extend(look.notes());
        notes.extend(look.no_place_note());
        Caption(notes)
    }
}

fn cells(from: &str, to: &str, cell: &Transition) -> Vec<Cell> {
    let with = |value| Cell { value, passages: Some(cell.passages.clone()) };
    let number = |number: Option<f64>| with(number.map_or(CellValue::None, CellValue::Number));
    let mut cells = vec![Cell::text(from), Cell::text(to), with(CellValue::Count(cell.observed))];
    cells.extend([cell.expected, cell.z, cell.q].map(number));
    cells.push(Cell::text(if cell.is_few() { words::FEW } else { "" }));
    cells
}
