//! What the table of actors says.

use super::ActorsView;
use crate::bargain::{ActorFigures, AskState, PassageSet, Tally};
use crate::views::score::sum;
use crate::views::{Answer, Caption, Cell, Column, ColumnKind, Look, Missing, Row, Sentence, Table};
use crate::words::views::actors as words;

impl ActorsView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        let mut notes = look.scale_notes();
        notes.push(words::rounds(self.by_phase));
        notes.extend(look.notes());
        let none = || Missing::Actors { passages: look.moves().len() };
        Answer {
            sentence: self.sentence(look),
            table: self.table(look),
            caption: Caption(notes),
            missing: look.missing_passages().or_else(|| self.actors.is_empty().then(none)),
        }
    }

    /// A sentence about the actor that concedes most.
    fn sentence(&self, look: &Look<'_>) -> Sentence {
        let most = self.actors.iter().rev().max_by_key(|actor| actor.concessions.len());
        match most.filter(|actor| !actor.concessions.is_empty()) {
            Some(actor) => {
                words::most(look.basis.moves.actors().name(actor.actor), actor.concessions.clone())
            }
            None => Sentence::default(),
        }
    }

    fn table(&self, look: &Look<'_>) -> Table {
        let heading =
            |(name, title): (&str, &str), kind| Column { name: name.into(), title: title.into(), kind };
        let numbers = words::COLUMNS.map(|names| heading(names, ColumnKind::Number));
        let columns = std::iter::once(heading(("id", words::ACTOR), ColumnKind::Text)).chain(numbers);
        let row = |actor: &ActorFigures| {
            let name = Cell::text(look.basis.moves.actors().name(actor.actor));
            Row { group: None, cells: std::iter::once(name).chain(cells(actor)).collect() }
        };
        Table { columns: columns.collect(), rows: self.actors.iter().map(row).collect() }
    }
}

/// A cell for each of [`words::COLUMNS`].
fn cells(actor: &ActorFigures) -> Vec<Cell> {
    let count = |passages: &PassageSet| Cell::count(passages.clone());
    let both = |one: &PassageSet, two: &PassageSet| -> PassageSet { one.iter().chain(two.iter()).collect() };
    let state = |tally: &Tally, state| Cell::count(tally.with(state).clone());
    let all = |tally: &Tally| Cell::count(tally.all());
    vec![
        count(&actor.moves),
        count(&actor.conditions),
        count(&actor.recommendations),
        count(&actor.soft),
        count(&actor.hard),
        Cell::number(actor.softness(), both(&actor.soft, &actor.hard)),
        count(&actor.concessions),
        Cell::number(actor.concessions_per_round(), actor.concessions_in_rounds.clone()),
        Cell::number(actor.yield_share(), both(&actor.yielding, &actor.refusing)),
        Cell::number(actor.score.mean(), actor.score.weighted.clone()),
        Cell::number(sum(&actor.score), actor.score.weighted.clone()),
        all(&actor.demands),
        state(&actor.demands, AskState::Met),
        state(&actor.demands, AskState::Open),
        all(&actor.offers),
        state(&actor.offers, AskState::Met),
        state(&actor.offers, AskState::Open),
        all(&actor.demands_on),
        all(&actor.offers_to),
    ]
}
