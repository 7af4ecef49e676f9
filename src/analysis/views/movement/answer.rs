//! What the view of movement says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{IssueSteps, MovementView, Step, StepLine};
use crate::bargain::{ActorId, DocumentIndex, DyadFigures, PassageSet};
use crate::views::{
    Answer, Caption, Cell, CellValue, Column, ColumnKind, Look, Missing, Row, Sentence, Table,
};
use crate::words::views::movement as words;

impl MovementView {
    pub(super) fn make_answer(&self, look: &Look<'_>) -> Answer {
        let mut notes = vec![words::not_size()];
        notes.extend(
            self.dyads
                .all
                .iter()
                .filter(|dyad| !dyad.concessions.is_empty())
                .map(|dyad| following(look, dyad)),
        );
        notes.extend(look.reported_note());
        notes.extend(look.notes());
        Answer {
            sentence: self.sentence(),
            table: self.table(),
            caption: Caption(notes),
            missing: look.missing_passages().or_else(|| self.missing(look)),
        }
    }

    fn lines(&self) -> impl Iterator<Item = (&IssueSteps, &StepLine)> {
        self.issues.iter().flat_map(|issue| issue.lines.iter().map(move |line| (issue, line)))
    }

    /// Without two dated documents in which an actor takes steps, there is no movement to see.
    fn missing(&self, look: &Look<'_>) -> Option<Missing> {
        if !look.basis.project.codebook().has_move_roles() {
            return Some(Missing::Roles);
        }
        let mut documents: BTreeMap<ActorId, (&str, BTreeSet<DocumentIndex>)> = BTreeMap::new();
        for (_, line) in self.lines() {
            let of_actor = documents.entry(line.actor).or_insert_with(|| (&line.title, BTreeSet::new()));
            let dated = line.steps.iter().filter(|step| step.date.is_some());
            of_actor.1.extend(dated.map(|step| look.get(step.passage).document));
        }
        let most = documents.into_values().rev().max_by_key(|(_, documents)| documents.len());
        let Some((actor, most)) = most.filter(|_| self.lines().any(|(_, line)| !line.steps.is_empty()))
        else {
            return self.positions.is_empty().then(|| Missing::Steps { moves: look.moves().len() });
        };
        let is_missing = most.len() < 2 && self.positions.is_empty();
        is_missing.then(|| Missing::DatedDocuments { actor: actor.to_owned(), available: most.len() })
    }

    /// A sentence about the line with most steps.
    fn sentence(&self) -> Sentence {
        let lines: Vec<_> = self.lines().collect();
        let most = lines.into_iter().rev().max_by_key(|(_, line)| line.sum());
        match most.filter(|(_, line)| line.sum() > 0) {
            Some((issue, line)) => words::most(&line.title, &issue.title, line.sum(), line.counted_last()),
            None => Sentence::default(),
        }
    }

    /// A row for each step.
    fn table(&self) -> Table {
        let columns = [
            ("issue", words::ISSUE, ColumnKind::Text),
            ("actor", words::ACTOR, ColumnKind::Text),
            ("date", words::DATE, ColumnKind::Text),
            ("step", words::STEP, ColumnKind::Text),
            ("conditional", words::CONDITIONAL, ColumnKind::Text),
            ("sum", words::SUM, ColumnKind::Number),
        ];
        let column = |(name, title, kind): (&str, &str, ColumnKind)| Column {
            name: name.into(),
            title: title.into(),
            kind,
        };
        let row = |(issue, line): (&IssueSteps, &StepLine), step: &Step, counted: &Arc<PassageSet>| {
            let kind = Cell {
                value: CellValue::Text(step.kind.code().into()),
                passages: Some(Arc::new(PassageSet::from_iter([step.passage]))),
            };
            let cells = vec![
                Cell::text(&issue.title),
                Cell::text(&line.title),
                step.date.map_or_else(Cell::default, |days| Cell::text(days.to_string())),
                kind,
                Cell::text(if step.is_conditional { words::YES } else { "" }),
                Cell::count(counted.clone()),
            ];
            Row { group: Some(issue.title.as_str().into()), cells }
        };
        let rows = self.lines().flat_map(|at| {
            let steps = at.1.steps.iter().zip(&at.1.counted);
            steps.map(move |(step, counted)| row(at, step, counted))
        });
        Table { columns: columns.map(column).into(), rows: rows.collect() }
    }
}

/// What followed the concessions of one actor to another.
fn following(look: &Look<'_>, dyad: &DyadFigures) -> Sentence {
    let names = [dyad.from, dyad.to].map(|actor| look.basis.moves.actors().name(actor));
    let all: PassageSet = dyad.following.followed.iter().chain(dyad.following.not_followed.iter()).collect();
    words::following(names, dyad.following.followed.clone(), all, dyad.balance())
}
