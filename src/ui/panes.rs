//! The panes of the window, between which F6 moves the keyboard.

use egui::{Context, Rect};

/// A pane, in the order in which F6 visits them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pane {
    /// The documents, or the contents of the open one.
    Documents,
    /// The codebook.
    Codebook,
    /// The text; of two, the left one.
    Text,
    /// The right one of two texts.
    SecondText,
    /// Inspector, summary, review or inbox.
    Right,
    /// The passages table, or the results of a search.
    Bottom,
    /// The manual.
    Manual,
}

/// The panes that were shown, and the one that F6 visited last.
#[derive(Default)]
pub struct Panes {
    shown: Vec<(Pane, Rect)>,
    visited: Option<Pane>,
}

impl Panes {
    /// Forgets the panes of the frame before.
    pub fn clear(&mut self) {
        self.shown.clear();
    }

    /// Records that a pane is shown. Panes are recorded in any order.
    pub fn show(&mut self, pane: Pane, rect: Rect) {
        self.shown.push((pane, rect));
    }

    /// Records a visit.
    pub fn visit(&mut self, pane: Pane) {
        self.visited = Some(pane);
    }

    /// Returns the pane that has the keyboard; if none has, the one that F6 visited last.
    pub fn current(&self, ctx: &Context) -> Option<Pane> {
        let focused = ctx.memory(|memory| memory.focused()).and_then(|id| ctx.read_response(id));
        let has = |rect: &Rect| focused.as_ref().is_some_and(|widget| rect.contains(widget.rect.center()));
        let pane = self.shown.iter().find(|(_, rect)| has(rect)).map(|(pane, _)| *pane);
        pane.or(self.visited.filter(|_| focused.is_none()))
    }

    /// Returns the next (or previous) pane that is shown, wrapping around.
    pub fn next(&self, from: Option<Pane>, forward: bool) -> Option<Pane> {
        let mut shown: Vec<Pane> = self.shown.iter().map(|(pane, _)| *pane).collect();
        shown.sort_by_key(|pane| *pane as usize);
        if !forward {
            shown.reverse();
        }
        let Some(here) = from.and_then(|from| shown.iter().position(|pane| *pane == from)) else {
            return shown.iter().find(|pane| **pane == Pane::Text).or(shown.first()).copied();
        };
        shown.get((here + 1) % shown.len()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_round_visits_each_pane_that_is_shown() {
        let mut panes = Panes::default();
        for pane in [Pane::Bottom, Pane::Documents, Pane::Text] {
            panes.show(pane, Rect::NOTHING);
        }
        assert_eq!(panes.next(None, true), Some(Pane::Text));
        assert_eq!(panes.next(Some(Pane::Text), true), Some(Pane::Bottom));
        assert_eq!(panes.next(Some(Pane::Bottom), true), Some(Pane::Documents));
        assert_eq!(panes.next(Some(Pane::Documents), false), Some(Pane::Bottom));
        assert_eq!(panes.next(Some(Pane::Codebook), false), Some(Pane::Text), "it was hidden");
    }
}
