//! What the view of interactions says.

use super::{Edge, TowardsView};
use crate::bargain::PassageSet;
use crate::views::score::sum;
use crate::views::{Answer, Caption, Cell, Column, ColumnKind, Look, Missing, Row, Sentence, Table};
use crate::words::views::towards as words;

impl TowardsView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        Answer {
            sentence: self.sentence(look),
            table: self.table(look),
            caption: self.caption(look),
            missing: look.missing_passages().or_else(|| missing_ends(look)),
        }
    }

    /// A sentence about the edge with most moves.
    fn sentence(&self, look: &Look<'_>) -> Sentence {
        let named = self.edges.iter().rev().filter(|edge| edge.from.is_some() && edge.to.is_some());
        let Some(edge) = named.max_by_key(|edge| edge.moves.len()) else { return Sentence::default() };
        words::most(words::Most {
            from: look.actor_title(edge.from),
            to: look.actor_title(edge.to),
            moves: edge.moves.clone(),
            soft: edge.soft.clone(),
            hard: edge.hard.clone(),
        })
    }

    fn table(&self, look: &Look<'_>) -> Table {
        let column =
            |(name, title): (&str, &str), kind| Column { name: name.into(), title: title.into(), kind };
        let texts = [("from", words::FROM), ("to", words::TO)].map(|names| column(names, ColumnKind::Text));
        let numbers = [
            ("moves", words::MOVES),
            ("soft", words::SOFT),
            ("hard", words::HARD),
            ("softness", words::SOFTNESS),
            ("score_mean", words::SCORE_MEAN),
            ("score_sum", words::SCORE_SUM),
            ("balance", words::BALANCE),
        ];
        let numbers = numbers.map(|names| column(names, ColumnKind::Number));
        let row = |edge: &Edge| Row { group: None, cells: cells(look, edge) };
        Table {
            columns: texts.into_iter().chain(numbers).collect(),
            rows: self.edges.iter().chain(&self.self_addressed).map(row).collect(),
        }
    }

    fn caption(&self, look: &Look<'_>) -> Caption {
        let mut notes = look.scale_notes();
        notes.extend(look.notes());
        if !self.self_addressed.is_empty() {
            let moves: PassageSet = self.self_addressed.iter().flat_map(|edge| edge.moves.iter()).collect();
            let actors = self.self_addressed.iter().map(|edge| look.actor_title(edge.from)).collect();
            notes.push(words::to_self(moves, actors));
        }
        if self.hidden_edges > 0 {
            notes.push(words::hidden(self.hidden_edges, self.options.hide_below));
        }
        Caption(notes)
    }
}

fn cells(look: &Look<'_>, edge: &Edge) -> Vec<Cell> {
    let title = |actor| Cell::text(look.actor_title(actor));
    let both = || -> PassageSet { edge.soft.iter().chain(edge.hard.iter()).collect() };
    let scored = || edge.score.weighted.clone();
    vec![
        title(edge.from),
        title(edge.to),
        Cell::count(edge.moves.clone()),
        Cell::count(edge.soft.clone()),
        Cell::count(edge.hard.clone()),
        Cell::number(edge.softness(), both()),
        Cell::number(edge.score.mean(), scored()),
        Cell::number(sum(&edge.score), scored()),
        Cell::number(edge.balance, edge.concessions.clone()),
    ]
}

fn missing_ends(look: &Look<'_>) -> Option<Missing> {
    let with_actor = look.moves().filter(|(_, passage)| !look.actors(passage).is_empty()).count();
    let has_target = look.moves().any(|(_, passage)| !look.targets(passage).is_empty());
    if with_actor == 0 {
        Some(Missing::Actors { passages: look.moves().len() })
    } else {
        (!has_target).then_some(Missing::Targets { with_actor })
    }
}
