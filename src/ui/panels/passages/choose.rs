//! Choosing rows by mouse and keyboard.

use demarche_model::SpanRef;
use demarche_session::{NavigateAction, Session, TableLine};

use super::PassagesPanel;
use crate::requests::Requests;

impl PassagesPanel {
    /// Goes to a row's passage and chooses it alone.
    pub(super) fn pick(&mut self, at: SpanRef, requests: &mut Requests) {
        self.anchor = Some(at.clone());
        self.cursor = Some(at.clone());
        requests.push(NavigateAction::GoTo(at));
    }

    /// Chooses a row in addition to the others, or no longer.
    pub(super) fn toggle(&mut self, at: SpanRef, session: &Session, requests: &mut Requests) {
        let mut chosen = session.selected_spans().to_vec();
        let before = chosen.len();
        chosen.retain(|other| *other != at);
        if chosen.len() == before {
            chosen.push(at.clone());
        }
        self.cursor = Some(at);
        self.choose(chosen, session, requests);
    }

    /// Chooses these rows. The first is the one that the text shows.
    fn choose(&mut self, chosen: Vec<SpanRef>, session: &Session, requests: &mut Requests) {
        self.anchor = chosen.first().cloned();
        if let Some(first) = chosen.first().filter(|first| Some(*first) != session.current()) {
            requests.push(NavigateAction::GoTo(first.clone()));
        }
        requests.push(NavigateAction::SelectSpans(chosen));
    }

    /// Chooses all rows from the one where choosing began to this one.
    pub(super) fn extend(&mut self, to: usize, session: &Session, requests: &mut Requests) {
        let passages = session.passage_table();
        let anchor = self.anchor.clone();
        let from = anchor.and_then(|at| passages.position(session.project(), &at)).unwrap_or(to);
        let row = |index: usize| passages.row(index).map(|row| row.at());
        let chosen: Vec<SpanRef> = if from <= to {
            (from..=to).filter_map(row).collect()
        } else {
            (to..=from).rev().filter_map(row).collect()
        };
        self.cursor = chosen.last().cloned();
        self.choose(chosen, session, requests);
    }

    /// Chooses every row, the picked one first.
    pub(super) fn choose_all(&mut self, session: &Session, requests: &mut Requests) {
        let mut all: Vec<SpanRef> = session.passage_table().spans().collect();
        let first = session.current().and_then(|at| session.passage_table().position(session.project(), at));
        if let Some(first) = first.filter(|&first| first < all.len()) {
            all.swap(0, first);
        }
        self.choose(all, session, requests);
    }

    /// Lets go of all rows but the one that the text shows.
    pub(super) fn choose_one(&mut self, session: &Session, requests: &mut Requests) {
        self.cursor.clone_from(&self.anchor);
        requests.extend(session.current().cloned().map(NavigateAction::GoTo));
    }

    /// Moves the keyboard by lines; `extend` takes the rows between along.
    pub(super) fn step(&mut self, by: isize, extend: bool, session: &Session, requests: &mut Requests) {
        let passages = session.passage_table();
        let here = self.cursor.as_ref().and_then(|at| passages.position(session.project(), at));
        let last = passages.lines().saturating_sub(1);
        let line = match here {
            Some(row) => passages.line_of(row).saturating_add_signed(by).min(last),
            None if by == isize::MAX => last,
            None => 0,
        };
        let Some(row) = row_from(session, line, by > 0) else { return };
        self.show_row = Some(row);
        match passages.row(row) {
            Some(_) if extend => self.extend(row, session, requests),
            Some(row) => self.pick(row.at(), requests),
            None => {}
        }
    }
}

/// The first row at or behind a line, in this direction; at the end the other way.
fn row_from(session: &Session, line: usize, forward: bool) -> Option<usize> {
    let passages = session.passage_table();
    let row = |line: usize| match passages.line(line) {
        Some(TableLine::Row(row)) => Some(row),
        _ => None,
    };
    let (mut down, mut up) = ((line..passages.lines()).filter_map(row), (0..line).rev().filter_map(row));
    if forward {
        down.next().or_else(|| up.next())
    } else {
        row(line).or_else(|| up.next()).or_else(|| down.next())
    }
}
