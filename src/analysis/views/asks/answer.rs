//! What the view of demands and offers says.

use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashMapExt};
use rayon::prelude::*;
use smol_str::SmolStr;

use super::AsksView;
use crate::bargain::{Ask, AskState, DayRange, PassageIndex, PassageSet};
use crate::views::{
    Answer, Caption, Cell, CellValue, Column, ColumnKind, Look, Missing, Row, Sentence, Table,
};
use crate::words::views::asks as words;

/// Length of the words of an ask or answer, in characters.
const CHARACTERS: usize = 120;

impl AsksView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        let has_asks = !look.basis.ledger.is_empty();
        let mut notes = vec![words::in_words()];
        if !self.figures.answered_before.is_empty() {
            notes.push(words::answered_before(self.figures.answered_before.clone()));
        }
        notes.extend(look.reported_note());
        notes.extend(look.notes());
        Answer {
            sentence: self.sentence(),
            table: self.table(look),
            caption: Caption(notes),
            missing: look.missing_passages().or_else(|| (!has_asks).then_some(Missing::Roles)),
        }
    }

    /// How many demands and offers are open, and how many of these have possible answers.
    fn sentence(&self) -> Sentence {
        let figures = &self.figures;
        if figures.demands.is_empty() && figures.offers.is_empty() {
            return Sentence::default();
        }
        let of = |tally: &crate::bargain::Tally, candidates: &PassageSet| words::Outcomes {
            all: tally.all(),
            met: tally.with(AskState::Met).clone(),
            open: tally.with(AskState::Open).clone(),
            candidates: candidates.clone(),
        };
        words::sentence(
            of(&figures.demands, &figures.demands_with_candidates),
            of(&figures.offers, &figures.offers_with_candidates),
            figures
                .median_delay()
                .map(|median| (median, figures.delays.iter().map(|(_, ask)| *ask).collect())),
        )
    }

    fn table(&self, look: &Look<'_>) -> Table {
        let columns = [
            ("kind", words::KIND, ColumnKind::Text),
            ("asker", words::ASKER, ColumnKind::Text),
            ("asked", words::ASKED, ColumnKind::Text),
            ("issue", words::ISSUE, ColumnKind::Text),
            ("date", words::DATE, ColumnKind::Text),
            ("quote", words::WORDS, ColumnKind::Text),
            ("stated", words::STATED, ColumnKind::Number),
            ("state", words::STATE, ColumnKind::Text),
            ("was", words::WAS, ColumnKind::Text),
            ("answer", words::ANSWER, ColumnKind::Text),
            ("delay_days", words::DELAY, ColumnKind::Number),
            ("candidates", words::CANDIDATES, ColumnKind::Number),
        ];
        let column = |(name, title, kind): (&str, &str, ColumnKind)| Column {
            name: name.into(),
            title: title.into(),
            kind,
        };
        Table { columns: columns.map(column).into(), rows: self.rows(look) }
    }

    /// The rows by group. They are made in the order of documents, whose passages and texts are close to each other in memory.
    fn rows(&self, look: &Look<'_>) -> Vec<Row> {
        let in_groups = self.groups.iter().flat_map(|group| {
            let title = SmolStr::new(&group.title);
            group.asks.iter().map(move |first| (*first, title.clone()))
        });
        let mut asks: Vec<(PassageIndex, usize, SmolStr)> =
            in_groups.enumerate().map(|(place, (first, title))| (first, place, title)).collect();
        asks.sort_unstable_by_key(|(first, ..)| *first);
        let mut rows = vec![Row::default(); asks.len()];
        let make = |maker: &mut RowMaker<'_, '_>, (first, place, title)| {
            look.basis.ledger.ask(first).map(|ask| (place, maker.row(title, ask)))
        };
        let made: Vec<(usize, Row)> =
            asks.into_par_iter().map_init(|| RowMaker::new(look), make).flatten().collect();
        for (place, row) in made {
            rows[place] = row;
        }
        rows
    }
}

/// Makes the rows of a table. What many rows have in common is made once.
struct RowMaker<'l, 'a> {
    look: &'l Look<'a>,
    none: Arc<PassageSet>,
    dates: FastMap<DayRange, SmolStr>,
}

impl<'l, 'a> RowMaker<'l, 'a> {
    fn new(look: &'l Look<'a>) -> Self {
        Self { look, none: Arc::default(), dates: FastMap::new() }
    }

    fn row(&mut self, group: SmolStr, ask: &Ask) -> Row {
        let (asker, asked) = self.look.parties(ask);
        let first = self.set([ask.id()].into_iter());
        let chain = match ask.chain.len() {
            1 => first.clone(),
            _ => self.set(ask.chain.iter().copied()),
        };
        let answers = self.set(ask.answers.iter().map(|answer| answer.passage));
        let answer = ask.answer().map(|answer| self.quote(answer, self.set([answer].into_iter())));
        let delay = self.set(ask.first_answer().into_iter());
        let cells = vec![
            Cell::text(ask.kind.code()),
            Cell::text(self.look.names(asker)),
            Cell::text(self.look.names(asked)),
            Cell::text(self.look.issue_names(ask.issues)),
            self.date(ask),
            self.quote(ask.id(), first),
            Cell::count(chain),
            text(ask.state.name(ask.kind), answers),
            ask.was.map_or_else(Cell::default, |was| Cell::text(words::was(ask.kind, was))),
            answer.unwrap_or_default(),
            Cell::number(ask.delay_days().map(|days| days as f64), delay),
            Cell::count(self.set(ask.candidates.iter().map(|candidate| candidate.passage))),
        ];
        Row { group: Some(group), cells }
    }

    fn set(&self, passages: impl ExactSizeIterator<Item = PassageIndex>) -> Arc<PassageSet> {
        if passages.len() == 0 { self.none.clone() } else { Arc::new(passages.collect()) }
    }

    fn quote(&self, passage: PassageIndex, behind: Arc<PassageSet>) -> Cell {
        text(&self.look.quote(passage, CHARACTERS), behind)
    }

    fn date(&mut self, ask: &Ask) -> Cell {
        let Some(days) = self.look.get(ask.id()).date() else { return Cell::default() };
        let name = self.dates.entry(days).or_insert_with(|| days.to_string().into());
        Cell::text(name.clone())
    }
}

fn text(text: &str, passages: Arc<PassageSet>) -> Cell {
    Cell { value: CellValue::Text(text.into()), passages: Some(passages) }
}
