//! Walking a table with the keyboard.

use egui::{Key, Ui};

use super::super::keyboard;
use super::order::Line;
use super::{At, Shown, TableEvent, TableState};

/// Number of rows of a page.
const PAGE: usize = 12;

impl TableState {
    /// Moves the mark with the arrow keys while nothing else has the keyboard.
    pub(super) fn keys(&mut self, ui: &Ui, shown: Shown<'_>) -> Option<TableEvent> {
        if !keyboard::is_free(ui) || self.lines.is_empty() || shown.table.columns.is_empty() {
            return None;
        }
        let pressed = |key| keyboard::take(ui, key);
        if let Some(Line::Group { title, is_open, .. }) = self.group.and_then(|at| self.lines.get(at)) {
            let (title, is_open) = (title.clone(), *is_open);
            let changes = pressed(Key::Enter)
                || is_open && pressed(Key::ArrowLeft)
                || !is_open && pressed(Key::ArrowRight);
            if changes {
                self.toggle(&title);
                self.follow(ui, shown);
                return None;
            }
        }
        if let Some(at) = self.marked.filter(|_| pressed(Key::Enter)) {
            return Some(TableEvent::Opened(at));
        }
        if self.marked.is_some() && pressed(Key::Escape) {
            return Some(TableEvent::Left);
        }
        let at = self.marked.unwrap_or_default();
        let last_column = shown.table.columns.len() - 1;
        if self.group.is_none() && pressed(Key::ArrowRight) {
            return self.go(self.line(), (at.column + 1).min(last_column));
        }
        if self.group.is_none() && pressed(Key::ArrowLeft) {
            return self.go(self.line(), at.column.saturating_sub(1));
        }
        let last = self.lines.len() - 1;
        let line = self.line();
        let to = if pressed(Key::ArrowDown) {
            line.map_or(0, |line| (line + 1).min(last))
        } else if pressed(Key::ArrowUp) {
            line.map_or(0, |line| line.saturating_sub(1))
        } else if pressed(Key::PageDown) {
            line.map_or(0, |line| (line + PAGE).min(last))
        } else if pressed(Key::PageUp) {
            line.map_or(0, |line| line.saturating_sub(PAGE))
        } else if pressed(Key::Home) {
            0
        } else if pressed(Key::End) {
            last
        } else {
            return None;
        };
        self.go(Some(to), at.column)
    }

    /// The line that the keyboard is at.
    pub(super) fn line(&self) -> Option<usize> {
        let of_mark = || {
            self.lines.iter().position(|line| self.marked.map(|at| Line::Row(at.row)).as_ref() == Some(line))
        };
        self.group.or_else(of_mark)
    }

    /// Goes to a line: marks the cell of a row, or goes to the heading of a group.
    fn go(&mut self, line: Option<usize>, column: usize) -> Option<TableEvent> {
        let line = line.unwrap_or(0);
        self.scroll_to_marked = true;
        match self.lines.get(line)? {
            Line::Row(row) => {
                self.group = None;
                Some(TableEvent::Marked(At { row: *row, column }))
            }
            Line::Group { .. } => {
                self.group = Some(line);
                None
            }
        }
    }
}
