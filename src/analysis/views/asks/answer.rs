//! What the view of demands and offers says.

use rayon::prelude::*;
use smol_str::SmolStr;

use super::AsksView;
use crate::bargain::{Ask, AskState, PassageSet};
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
        let asks = self.groups.iter().flat_map(|group| {
            let asks = group.asks.iter().filter_map(|first| look.basis.ledger.ask(*first));
            let title = SmolStr::new(&group.title);
            asks.map(move |ask| (title.clone(), ask))
        });
        let asks: Vec<(SmolStr, &Ask)> = asks.collect();
        let rows = asks.into_par_iter().map(|(group, ask)| row(look, group, ask)).collect();
        Table { columns: columns.map(column).into(), rows }
    }
}

fn row(look: &Look<'_>, group: SmolStr, ask: &Ask) -> Row {
    let (asker, asked) = look.parties(ask);
    let answer = ask.answer();
    let text = |text: &str, passages: PassageSet| Cell {
        value: CellValue::Text(text.into()),
        passages: Some(passages.into()),
    };
    let date = look.get(ask.id()).date().map(|days| days.to_string());
    let quote = |passage| text(&look.quote(passage, CHARACTERS), PassageSet::from_iter([passage]));
    let candidates: PassageSet = ask.candidates.iter().map(|candidate| candidate.passage).collect();
    let cells = vec![
        Cell::text(ask.kind.code()),
        Cell::text(look.names(asker)),
        Cell::text(look.names(asked)),
        Cell::text(look.issue_names(ask.issues)),
        date.map_or_else(Cell::default, Cell::text),
        quote(ask.id()),
        Cell::count(ask.chain.iter().copied().collect::<PassageSet>()),
        text(ask.state.name(ask.kind), ask.answers.iter().map(|answer| answer.passage).collect()),
        ask.was.map_or_else(Cell::default, |was| Cell::text(words::was(ask.kind, was))),
        answer.map_or_else(Cell::default, quote),
        Cell::number(
            ask.delay_days().map(|days| days as f64),
            ask.first_answer().into_iter().collect::<PassageSet>(),
        ),
        Cell::count(candidates),
    ];
    Row { group: Some(group), cells }
}
