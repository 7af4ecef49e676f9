//! The texts of the panes: which of them has the keyboard, and what each is asked for.

use std::sync::Arc;

use egui::{Context, Ui};

use demarche_session::{Pane, PaneAction, PaneKey, Session};

use super::Settings;
use super::page::PageState;
use super::textview::{Follow, Scrolled, TextView};
use crate::requests::Requests;

/// The text views of the panes, and the keyboard focus among them.
pub struct Pages {
    pages: Vec<(PaneKey, PageState)>,
    /// The pane on which keys and panels act.
    focused: PaneKey,
    /// Whether its text gets the keyboard focus in the next frame.
    is_requested: bool,
}

impl Default for Pages {
    fn default() -> Self {
        Self { pages: Vec::new(), focused: PaneKey::default(), is_requested: true }
    }
}

impl Pages {
    /// Gives the text of the focused pane the keyboard focus in the next frame.
    pub fn request_focus(&mut self) {
        self.is_requested = true;
    }

    /// Leaves the keyboard focus to another part of the window that requests it in the same frame.
    pub fn leave_focus(&mut self) {
        self.is_requested = false;
    }

    /// Returns whether a text has the keyboard focus.
    pub fn has_focus(&self, ctx: &Context) -> bool {
        ctx.memory(|memory| self.pages.iter().any(|(key, _)| memory.has_focus(TextView::id_of(*key))))
    }

    /// Returns the byte at which the user reads in the focused pane.
    pub fn reading_position(&self) -> usize {
        self.pages.iter().find(|(key, _)| *key == self.focused).map_or(0, |(_, page)| page.reading_position())
    }

    /// Follows the panes of the session at the start of a frame. If the focus was in the text of one pane and the session
    /// has moved on to the other, the keyboard goes along.
    pub fn follow(&mut self, ctx: &Context, session: &Session) {
        self.pages.retain(|(key, _)| session.panes().any(|pane| pane.key() == *key));
        let focused = session.focused_pane().key();
        if self.focused != focused {
            let had_focus = self.has_focus(ctx);
            self.focused = focused;
            if had_focus {
                self.is_requested = true;
                ctx.memory_mut(|memory| memory.request_focus(TextView::id_of(focused)));
            }
        }
    }

    /// Scrolls the text of one pane as that of the other was scrolled. Of two that were, the focused one leads.
    pub fn scroll_together(&mut self, ctx: &Context, session: &Session) {
        if !session.scrolls_together() {
            return;
        }
        let mut panes: Vec<Pane<'_>> = session.panes().collect();
        panes.sort_by_key(|pane| !pane.is_focused());
        let [first, second] = panes.as_slice() else { return };
        for (leader, follower) in [(first, second), (second, first)] {
            let Some(to) = self.page(leader.key()).view().scrolled() else { continue };
            if let Some(follow) = follow(*leader, *follower, to) {
                self.page(follower.key()).view().follow(follow);
                ctx.request_repaint();
            }
            return;
        }
    }

    /// Shows the text of the focused pane.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, settings: &Settings, requests: &mut Requests) {
        let name = crate::words::text_view::document_view();
        self.pane(ui, (session, session.focused_pane()), (settings, name), requests);
    }

    /// Shows the text of a pane. What the user asks of a pane without the focus moves the focus there first.
    pub fn pane(
        &mut self,
        ui: &mut Ui,
        (session, pane): (&Session, Pane<'_>),
        labels: (&Settings, &str),
        requests: &mut Requests,
    ) {
        let page = self.page(pane.key());
        let mut asked = Requests::default();
        let has_focus = page.ui(ui, (session, pane), labels, &mut asked);
        let sight = page.sight(pane);
        // A text that is still being read gets the keyboard once it is shown.
        if pane.is_focused() && has_focus.is_some() && std::mem::take(&mut self.is_requested) {
            ui.memory_mut(|memory| memory.request_focus(TextView::id_of(pane.key())));
        }
        requests.push_in(pane, has_focus == Some(true), asked);
        requests.extend(sight);
    }

    fn page(&mut self, key: PaneKey) -> &mut PageState {
        let at = self.pages.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            self.pages.push((key, PageState::new(key)));
            self.pages.len() - 1
        });
        &mut self.pages[at].1
    }
}

/// Returns how the text of a pane follows that of another one: in two places of one text by the same distance, in another
/// version by what both have in common, in another document by paragraphs.
fn follow(leader: Pane<'_>, follower: Pane<'_>, to: Scrolled) -> Option<Follow> {
    let ((one, _), (other, _)) = (leader.text()?, follower.text()?);
    if Arc::ptr_eq(one, other) {
        return Some(Follow::By(to.by));
    }
    let is_version = leader.document().map(|d| d.id()) == follower.document().map(|d| d.id());
    match leader.counterpart(&follower, to.byte) {
        Some(byte) => Some(Follow::Byte { byte, line: to.line }),
        // The two are still being compared.
        None if is_version => None,
        None => Some(Follow::Part { part: to.part, line: to.line }),
    }
}

impl Requests {
    /// Adds what was asked for in a pane. If that is not the focused one, it gets the focus first.
    pub fn push_in(&mut self, pane: Pane<'_>, has_keyboard: bool, asked: Self) {
        if !pane.is_focused() && (has_keyboard || !asked.is_empty()) {
            self.push(PaneAction::Focus(pane.key()));
        }
        self.extend(asked);
    }
}
