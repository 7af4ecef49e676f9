//! What the view within documents says.

use std::sync::Arc;

use rayon::prelude::*;
use smol_str::SmolStr;

use super::{CodelineView, LineMark};
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
        let lanes: Vec<SmolStr> = self.lanes.iter().map(|lane| SmolStr::new(&lane.title)).collect();
        let lanes = &lanes;
        let rows = self.lines.par_iter().flat_map_iter(|line| {
            let title = SmolStr::new(&line.title);
            line.marks.iter().map(move |mark| row(look, [&title, &lanes[mark.lane]], mark))
        });
        Table { columns: columns.collect(), rows: rows.collect() }
    }
}

fn row(look: &Look<'_>, [title, lane]: [&SmolStr; 2], mark: &LineMark) -> Row {
    let passages = Arc::new(PassageSet::from_iter([mark.passage]));
    let quote = CellValue::Text(look.quote(mark.passage, CHARACTERS).into());
    let cells = vec![
        Cell::text(title.clone()),
        Cell::text(lane.clone()),
        Cell::number(Some(mark.start), passages.clone()),
        Cell::number(Some(mark.end), passages.clone()),
        Cell { value: quote, passages: Some(passages) },
    ];
    Row { group: Some(title.clone()), cells }
}
