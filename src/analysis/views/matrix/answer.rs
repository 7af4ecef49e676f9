//! What the matrix says.

use std::sync::Arc;

use super::{CellAsk, LatestWords, MatrixCell, MatrixValue, MatrixView, Measure};
use crate::bargain::{ActorId, PassageSet};
use crate::views::{
    Answer, Axis, Caption, Cell, CellValue, Column, ColumnKind, GroupKey, Look, Missing, Row, Sentence, Table,
};
use crate::words::views::matrix as words;

impl MatrixView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        Answer {
            sentence: self.sentence(look),
            table: self.table(look),
            caption: self.caption(look),
            missing: look.missing_passages().or_else(|| self.missing_actors(look)),
        }
    }

    fn missing_actors(&self, look: &Look<'_>) -> Option<Missing> {
        let wants = [&self.options.rows, &self.options.columns].contains(&&Axis::Actor);
        let has_none = look.moves().all(|(_, passage)| look.actors(passage).is_empty());
        (wants && has_none).then(|| Missing::Actors { passages: look.moves().len() })
    }

    /// A sentence about the actor with most demands; otherwise about the row with most moves.
    fn sentence(&self, look: &Look<'_>) -> Sentence {
        if self.total.moves.is_empty() {
            return Sentence::default();
        }
        if self.options.rows == Axis::Actor
            && let Some(demands) = self.demands(look)
        {
            return words::demands(demands);
        }
        let rows = self.rows.iter().zip(&self.row_totals).rev();
        let named = rows.filter(|(group, _)| !group.is_not_specified());
        let Some((group, cell)) = named.max_by_key(|(_, cell)| cell.moves.len()) else {
            return Sentence::default();
        };
        let noun = if self.options.measure == Measure::Passages { "passage" } else { "move" };
        words::most((*self.total.moves).clone(), noun, &group.title, (*cell.moves).clone())
    }

    fn demands(&self, look: &Look<'_>) -> Option<words::Demands> {
        let rows = self.rows.iter().zip(&self.row_totals).filter(|(group, _)| !group.is_not_specified());
        let demands = |cell: &MatrixCell| cell.asks_where(CellAsk::is_demand);
        // Of two with as many, the first.
        let (group, cell) = rows.rev().max_by_key(|(_, cell)| demands(cell).len())?;
        let all = demands(cell);
        (!all.is_empty()).then(|| words::Demands {
            actor: group.title.clone(),
            asked: most_asked(look, &all),
            open: cell.asks_where(|ask| ask.is_demand() && ask.is_open()),
            demands: all,
        })
    }

    fn table(&self, look: &Look<'_>) -> Table {
        let kind = match self.options.measure {
            Measure::LatestWords => ColumnKind::Text,
            _ => ColumnKind::Number,
        };
        let heading =
            |name: &str, title: &str, kind| Column { name: name.to_owned(), title: title.to_owned(), kind };
        let first = heading(&self.options.rows.code(), &self.options.rows.name(), ColumnKind::Text);
        let columns = self.columns.iter().map(|group| heading(group.name_or_empty(), &group.title, kind));
        let last = heading(words::TOTAL, words::TOTAL, kind);
        let row = |title: &str, cells: &[MatrixCell], total: &MatrixCell| {
            let cells = cells.iter().chain([total]).map(|cell| self.cell(look, cell));
            Row { group: None, cells: std::iter::once(Cell::text(title)).chain(cells).collect() }
        };
        let rows = self.rows.iter().zip(&self.cells).zip(&self.row_totals);
        let rows = rows.map(|((group, cells), total)| row(&group.title, cells, total));
        let totals = row(words::TOTAL, &self.column_totals, &self.total);
        Table {
            columns: std::iter::once(first).chain(columns).chain([last]).collect(),
            rows: rows.chain([totals]).collect(),
        }
    }

    /// A cell of the table, with the passages behind its value.
    pub fn cell(&self, look: &Look<'_>, cell: &MatrixCell) -> Cell {
        let value = match &cell.value {
            MatrixValue::None => CellValue::None,
            MatrixValue::Count(count) | MatrixValue::Of(count, _) => CellValue::Count(*count),
            MatrixValue::Number(number) => CellValue::Number(*number),
            MatrixValue::Latest(latest) => CellValue::Text(latest_text(latest).into()),
        };
        Cell { value, passages: Some(self.behind(look, cell)) }
    }

    /// The passages behind the value of a cell.
    pub fn behind(&self, look: &Look<'_>, cell: &MatrixCell) -> Arc<PassageSet> {
        match (self.options.measure, &cell.value) {
            (Measure::DemandsAgreed, _) => cell.asks_where(|ask| ask.is_demand() && ask.is_met()).into(),
            (Measure::OffersAccepted, _) => cell.asks_where(|ask| ask.is_offer() && ask.is_met()).into(),
            (Measure::OpenDemands, _) => cell.asks_where(|ask| ask.is_demand() && ask.is_open()).into(),
            (Measure::OpenOffers, _) => cell.asks_where(|ask| ask.is_offer() && ask.is_open()).into(),
            (Measure::ScoreMean | Measure::ScoreSum, _) => look.score(cell.moves.iter()).weighted.into(),
            (Measure::LatestWords, _) => PassageSet::from_iter(LatestWords::among(look, cell)).into(),
            (_, _) => cell.moves.clone(),
        }
    }

    fn caption(&self, look: &Look<'_>) -> Caption {
        let mut notes = if self.options.measure.needs_scale() { look.scale_notes() } else { Vec::new() };
        notes.extend(look.notes());
        for (passages, what) in [(&self.in_several_rows, "rows"), (&self.in_several_columns, "columns")] {
            if !passages.is_empty() {
                notes.push(words::several((**passages).clone(), what));
            }
        }
        if self.hidden_rows > 0 {
            notes.push(words::hidden(self.hidden_rows));
        }
        notes.extend(self.cramers_v.map(words::cramers_v));
        Caption(notes)
    }
}

/// The party of which most demands are made, and these demands.
fn most_asked(look: &Look<'_>, demands: &PassageSet) -> Option<(String, PassageSet)> {
    let mut by_target: std::collections::BTreeMap<ActorId, Vec<_>> = Default::default();
    for index in demands.iter() {
        for target in look.targets(look.get(index)) {
            by_target.entry(*target).or_default().push(index);
        }
    }
    let (target, passages) = by_target.into_iter().rev().max_by_key(|(_, passages)| passages.len())?;
    Some((look.basis.moves.actors().name(target).to_owned(), passages.into_iter().collect()))
}

/// Latest words as a text.
fn latest_text(latest: &LatestWords) -> String {
    let date = latest.date.map(|days| days.to_string());
    words::latest(latest.role.code(), date.as_deref(), &latest.words, latest.earlier)
}

impl super::Group {
    /// Its name in files, or nothing.
    pub(crate) fn name_or_empty(&self) -> &str {
        self.name.as_deref().unwrap_or("")
    }

    /// The actor that it holds.
    pub fn actor(&self) -> Option<ActorId> {
        match self.key {
            GroupKey::Actor(actor) => Some(actor),
            _ => None,
        }
    }
}
