//! Keys of the table while it has the keyboard focus.

use egui::{Event, EventFilter, Key, Modifiers, Ui};

use demarche_session::{AnnotateAction, NavigateAction, PassageFilter, PassagesAction, Session};

use super::PassagesPanel;
use crate::category_keys;
use crate::commands::{CommandId, CopyCommand};
use crate::keys::row_steps;
use crate::requests::Requests;

impl PassagesPanel {
    /// Handles the keys of this frame.
    pub(super) fn keys(&mut self, ui: &Ui, session: &Session, requests: &mut Requests) {
        // An open popup handles the keys itself.
        if !ui.memory(|memory| memory.has_focus(Self::id())) || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, escape: true, tab: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
        let mut taken = Vec::new();
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let ours = is_ours(event);
                if ours {
                    taken.push(event.clone());
                }
                !ours
            });
        });
        if !session.selected_spans().is_empty() {
            let codebook = session.project().codebook();
            let tags = ui.input_mut(|input| category_keys::consume(input, codebook));
            let retag =
                |category| AnnotateAction::SetCategory { at: session.selected_spans().to_vec(), category };
            requests.extend(tags.into_iter().map(retag));
        }
        for event in taken {
            match event {
                Event::Copy => requests.push(CopyCommand::Passages),
                Event::Key { key, modifiers, .. } => self.key(key, modifiers, session, requests),
                _ => {}
            }
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers, session: &Session, requests: &mut Requests) {
        let steps = row_steps(key, self.page);
        let selected = || session.selected_spans().to_vec();
        match key {
            _ if steps.is_some() => self.step(steps.unwrap_or(0), modifiers.shift, session, requests),
            Key::A if modifiers.command => self.select_all(session, requests),
            Key::ArrowLeft => self.close_group(true, session, requests),
            Key::ArrowRight => self.close_group(false, session, requests),
            Key::Enter => {
                requests.extend(self.cursor.clone().map(NavigateAction::GoTo));
                requests.push(CommandId::FocusText);
            }
            Key::Escape => self.step_out(session, requests),
            Key::Delete | Key::Backspace => requests.push(AnnotateAction::Remove(selected())),
            _ => {}
        }
    }

    /// Selects a single row again; if one is selected, shows more than the passages behind a figure.
    fn step_out(&mut self, session: &Session, requests: &mut Requests) {
        let filter = session.passage_filter();
        if session.selected_spans().len() > 1 || filter.among.is_none() {
            return self.clear_selection(session, requests);
        }
        requests.push(PassagesAction::Filter(PassageFilter { among: None, ..filter.clone() }));
    }

    /// Collapses or expands the group of the row at the keyboard cursor.
    fn close_group(&self, closed: bool, session: &Session, requests: &mut Requests) {
        let passages = session.passage_table();
        let row = self.cursor.as_ref().and_then(|at| passages.position(session.project(), at));
        if let Some(group) = row.and_then(|row| passages.group_of(row)) {
            requests.push(PassagesAction::CloseGroup { group: Some(group.clone()), closed });
        }
    }
}

/// Returns whether the table handles an event.
fn is_ours(event: &Event) -> bool {
    let Event::Key { key, pressed: true, modifiers, .. } = event else {
        return matches!(event, Event::Copy);
    };
    match key {
        Key::ArrowDown | Key::ArrowUp | Key::PageDown | Key::PageUp | Key::Home | Key::End => {
            modifiers.is_none() || modifiers.matches_exact(Modifiers::SHIFT)
        }
        Key::A if modifiers.matches_exact(Modifiers::COMMAND) => true,
        Key::ArrowLeft | Key::ArrowRight | Key::Enter | Key::Escape | Key::Delete | Key::Backspace => {
            modifiers.is_none()
        }
        _ => false,
    }
}
