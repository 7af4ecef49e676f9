//! What the view over time says.

use super::{BAND_DRAWS, BAND_SEED, ScoreKind, TimeBin, TimeView};
use crate::bargain::BinWidth;
use crate::views::score::sum;
use crate::views::{
    Answer, Caption, Cell, CellValue, Column, ColumnKind, Look, Missing, Row, Sentence, Table,
};
use crate::words::views::time as words;

impl TimeView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        Answer {
            sentence: self.sentence(look),
            table: self.table(),
            caption: self.caption(look),
            missing: look.missing_passages().or_else(|| missing_dates(look)),
        }
    }

    /// The tone of the first and the last bin that have one.
    fn sentence(&self, look: &Look<'_>) -> Sentence {
        let mut scored =
            self.bins.iter().filter(|bin| bin.point.score.mean().is_some() && !bin.is_uncertain());
        let moves = look.moves_where(|_| true);
        if moves.is_empty() {
            return Sentence::default();
        }
        let bins = self.bins.iter().filter(|bin| !bin.moves.is_empty()).count();
        let end = |bin: &TimeBin| {
            let mean = bin.point.score.mean().unwrap_or_default();
            words::End { label: bin.label.clone(), mean, passages: bin.point.score.weighted.clone() }
        };
        let ends = scored.next().map(end).zip(scored.next_back().map(end));
        words::sentence(moves, bins, ends)
    }

    fn table(&self) -> Table {
        let column = |name: &str, title: &str, kind| Column { name: name.into(), title: title.into(), kind };
        let number = |name: &str, title: &str| column(name, title, ColumnKind::Number);
        let mut columns = vec![column("bin", words::BIN, ColumnKind::Text), number("moves", words::MOVES)];
        columns.extend(self.series.iter().map(|series| number(series.name_or_empty(), &series.title)));
        let scores = [("n", words::SCORED), ("mean", words::MEAN), ("sum", words::SUM)];
        columns.extend(scores.map(|(name, title)| number(name, title)));
        columns.extend([("low", words::LOW), ("high", words::HIGH)].map(|(name, title)| number(name, title)));
        columns.extend(self.lines.iter().map(|line| number(&line.title, &line.title)));
        let has_row = |at: &usize| !self.bins[*at].is_gap();
        Table { columns, rows: (0..self.bins.len()).filter(has_row).map(|at| self.row(at)).collect() }
    }

    fn row(&self, at: usize) -> Row {
        let bin = &self.bins[at];
        let (point, score) = (&bin.point, &bin.point.score);
        let behind = || score.weighted.clone();
        let mut cells = vec![Cell::text(&bin.label), Cell::count(bin.moves.clone())];
        cells.extend(bin.series.iter().enumerate().map(|(series, moves)| Cell {
            value: bin.value(series, self.options.measure).map_or(CellValue::None, CellValue::Number),
            passages: Some(moves.clone()),
        }));
        cells.push(Cell::count(behind()));
        cells.extend([score.mean(), sum(score)].map(|value| Cell::number(value, behind())));
        let band = point.band(self.options.score);
        cells.push(Cell::number(band.map(|band| band.low), behind()));
        cells.push(Cell::number(band.map(|band| band.high), behind()));
        cells.extend(self.lines.iter().map(|line| {
            let point = &line.points[at];
            Cell::number(point.value(self.options.score), point.score.weighted.clone())
        }));
        Row { group: None, cells }
    }

    fn caption(&self, look: &Look<'_>) -> Caption {
        let mut notes = look.scale_notes();
        notes.push(match self.options.score {
            ScoreKind::Mean => words::mean(),
            ScoreKind::Sum => words::sum(),
        });
        if self.bins.iter().any(|bin| bin.point.mean_band.is_some()) {
            notes.push(words::band(BAND_DRAWS, BAND_SEED));
        }
        let gaps = self.bins.len() - self.rows().count();
        if gaps > 0 {
            notes.push(words::gaps(gaps));
        }
        notes.extend(look.reported_note());
        notes.extend(look.notes());
        Caption(notes)
    }
}

/// Documents without a date, where the bins are calendar periods. Bars by document need none.
fn missing_dates(look: &Look<'_>) -> Option<Missing> {
    let documents: Vec<_> = look.counted_documents().collect();
    let undated = documents.iter().filter(|document| look.basis.moves.document_date(**document).is_none());
    let undated = undated.count();
    let wants = look.basis.bins.width != BinWidth::Document || undated == documents.len();
    (wants && undated > 0).then_some(Missing::Dates { undated, documents: documents.len() })
}
