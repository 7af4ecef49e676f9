//! What the view within documents says.

use std::sync::Arc;

use rayon::prelude::*;

use super::{CodelineView, Line, LineMark};
use crate::bargain::PassageSet;
use crate::views::{Answer, Caption, Cell, CellValue, Column, ColumnKind, Look, Row, Sentence, Table};
use crate::words::views::codeline as words;

/// Length of the words of a move in the table, in characters.
const CHARACTERS: usize = 80;

impl CodelineView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        let mut notes = vec![words::note()];
        notes.extend(look.notes());
        notes.extend(look.no_place_note());
        Answer {
            sentence: self.sentence(),
            table: self.table(look),
            caption: Caption(notes),
            missing: look.missing_passages(),
        }
    }

    /// A sentence about the document with most moves.
    fn sentence(&self) -> Sentence {
        let moves: PassageSet =
            self.lines.iter().flat_map(|line| line.marks.iter().map(|mark| mark.passage)).collect();
        let with = self.lines.iter().filter(|line| !line.marks.is_empty()).count();
        let most = self.lines.iter().rev().max_by_key(|line| line.moves().len());
        match most.filter(|_| !moves.is_empty()) {
            Some(line) => words::most(moves, with, self.lines.len(), &line.title, line.moves()),
            None => Sentence::default(),
        }
    }

    /// A row for each place.
    fn table(&self, look: &Look<'_>) -> Table {
        let column =
            |(name, title): (&str, &str), kind| Column { name: name.into(), title: title.into(), kind };
        let names = [("document", words::DOCUMENT), ("lane", words::LANE)];
        let numbers = [("start", words::START), ("end", words::END)];
        let texts = names.map(|names| column(names, ColumnKind::Text)).into_iter();
        let numbers = numbers.map(|names| column(names, ColumnKind::Number));
        let columns = texts.chain(numbers).chain([column(("words", words::WORDS), ColumnKind::Text)]);
        let lines = self.lines.par_iter();
        let rows = lines.flat_map_iter(|line| line.marks.iter().map(|mark| self.row(look, line, mark)));
        Table { columns: columns.collect(), rows: rows.collect() }
    }

    fn row(&self, look: &Look<'_>, line: &Line, mark: &LineMark) -> Row {
        let passages = Arc::new(PassageSet::from_iter([mark.passage]));
        let lane = self.lanes.get(mark.lane).map_or("", |lane| lane.title.as_str());
        let quote = CellValue::Text(look.quote(mark.passage, CHARACTERS));
        let cells = vec![
            Cell::text(&line.title),
            Cell::text(lane),
            Cell::number(Some(mark.start), passages.clone()),
            Cell::number(Some(mark.end), passages.clone()),
            Cell { value: quote, passages: Some(passages) },
        ];
        Row { group: Some(line.title.clone()), cells }
    }
}
