//! Selecting rows by mouse and keyboard.

use demarche_model::SpanRef;
use demarche_session::{NavigateAction, Session, TableLine};

use super::PassagesPanel;
use crate::requests::Requests;

impl PassagesPanel {
    /// Goes to the passage of a row and selects it alone.
    pub(super) fn go_to(&mut self, at: SpanRef, requests: &mut Requests) {
        self.anchor = Some(at.clone());
        self.cursor = Some(at.clone());
        requests.push(NavigateAction::GoTo(at));
    }

    /// Adds a row to the selection, or removes it.
    pub(super) fn toggle(&mut self, at: SpanRef, session: &Session, requests: &mut Requests) {
        let mut spans = session.selected_spans().to_vec();
        let before = spans.len();
        spans.retain(|other| *other != at);
        if spans.len() == before {
            spans.push(at.clone());
        }
        self.cursor = Some(at);
        self.select(spans, session, requests);
    }

    /// Selects rows. The first one becomes the current passage.
    fn select(&mut self, spans: Vec<SpanRef>, session: &Session, requests: &mut Requests) {
        self.anchor = spans.first().cloned();
        if let Some(first) = spans.first().filter(|first| Some(*first) != session.current()) {
            requests.push(NavigateAction::GoTo(first.clone()));
        }
        requests.push(NavigateAction::SelectSpans(spans));
    }

    /// Selects all rows from the anchor to this one.
    pub(super) fn extend(&mut self, to: usize, session: &Session, requests: &mut Requests) {
        let passages = session.passage_table();
        let anchor = self.anchor.clone();
        let from = anchor.and_then(|at| passages.position(session.project(), &at)).unwrap_or(to);
        let row = |index: usize| passages.row(index).map(|row| row.at());
        let spans: Vec<SpanRef> = if from <= to {
            (from..=to).filter_map(row).collect()
        } else {
            (to..=from).rev().filter_map(row).collect()
        };
        self.cursor = spans.last().cloned();
        self.select(spans, session, requests);
    }

    /// Selects every row, the current one first.
    pub(super) fn select_all(&mut self, session: &Session, requests: &mut Requests) {
        let mut all: Vec<SpanRef> = session.passage_table().spans().collect();
        let first = session.current().and_then(|at| session.passage_table().position(session.project(), at));
        if let Some(first) = first.filter(|&first| first < all.len()) {
            all.swap(0, first);
        }
        self.select(all, session, requests);
    }

    /// Clears the selection except for the current passage.
    pub(super) fn clear_selection(&mut self, session: &Session, requests: &mut Requests) {
        self.cursor.clone_from(&self.anchor);
        requests.extend(session.current().cloned().map(NavigateAction::GoTo));
    }

    /// Moves the keyboard cursor by lines; `extend` adds the rows in between to the selection.
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
            Some(row) => self.go_to(row.at(), requests),
            None => {}
        }
    }
}

/// Returns the first row at or after a line in a direction, or, if there is none, in the other direction.
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
