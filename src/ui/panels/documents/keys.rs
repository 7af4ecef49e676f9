//! Keys of the list while it has the keyboard focus.

use egui::{Context, Event, Key, Modifiers, Ui};

use crate::commands::CommandId;
use crate::keys::row_steps;
use crate::requests::Requests;
use demarche_model::DocumentId;
use demarche_session::{
    DocumentFilter, DocumentListAction, DocumentSetAction, NavigateAction, PaneAction, PaneText, Session,
    SetFilter,
};

use super::DocumentsPanel;

/// Seconds after which letters begin another title.
const PAUSE_S: f64 = 1.0;

/// The beginning of a title, typed to go to a document.
#[derive(Default)]
pub struct TypeAhead {
    typed: String,
    at_s: f64,
}

impl TypeAhead {
    /// True if a title has been begun.
    pub fn is_typing(&self, ctx: &Context) -> bool {
        !self.typed.is_empty() && ctx.input(|input| input.time) - self.at_s < PAUSE_S
    }

    fn add(&mut self, ctx: &Context, text: &str) {
        if !self.is_typing(ctx) {
            self.typed.clear();
        }
        self.typed.push_str(&text.to_lowercase());
        self.at_s = ctx.input(|input| input.time);
    }
}

/// Returns whether the list handles an event. Digits tag the selected words, unless a title has been begun.
pub fn is_ours(event: &Event, is_typing: bool) -> bool {
    match event {
        Event::Text(text) => is_typing || text.chars().all(char::is_alphabetic),
        Event::Key { key, modifiers, .. } => match key {
            Key::ArrowDown | Key::ArrowUp => {
                modifiers.is_none()
                    || modifiers.matches_exact(Modifiers::SHIFT)
                    || modifiers.matches_exact(Modifiers::ALT)
            }
            Key::PageDown | Key::PageUp | Key::Home | Key::End => {
                modifiers.is_none() || modifiers.matches_exact(Modifiers::SHIFT)
            }
            Key::A if modifiers.matches_exact(Modifiers::COMMAND) => true,
            Key::Enter if modifiers.matches_exact(Modifiers::SHIFT) => true,
            Key::Enter | Key::Escape | Key::F2 | Key::Delete => modifiers.is_none(),
            // The letter follows as text.
            key if is_letter(*key) => modifiers.is_none() || modifiers.matches_exact(Modifiers::SHIFT),
            Key::Space => is_typing && modifiers.is_none(),
            key => is_typing && is_digit(*key) && modifiers.is_none(),
        },
        _ => false,
    }
}

/// Returns whether a set with the keyboard focus handles an event.
pub fn is_of_sets(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::F2 | Key::Delete, modifiers, .. } if modifiers.is_none())
}

fn is_letter(key: Key) -> bool {
    (Key::A..=Key::Z).contains(&key)
}

fn is_digit(key: Key) -> bool {
    (Key::Num0..=Key::Num9).contains(&key)
}

impl DocumentsPanel {
    /// Handles the keys of this frame.
    pub(super) fn keys(&mut self, ui: &Ui, session: &Session, requests: &mut Requests) {
        for event in std::mem::take(&mut self.taken) {
            match event {
                Event::Text(text) => {
                    self.type_ahead.add(ui.ctx(), &text);
                    self.go_to_typed(session, requests);
                }
                Event::Key { key, modifiers, pressed: true, .. } => {
                    self.key(key, modifiers, session, requests)
                }
                _ => {}
            }
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers, session: &Session, requests: &mut Requests) {
        let by = row_steps(key, self.page);
        let chosen = || session.document_list().chosen().to_vec();
        match (key, by) {
            (Key::ArrowDown | Key::ArrowUp, _) if modifiers.alt => {
                let is_down = key == Key::ArrowDown;
                requests.push(DocumentListAction::MoveByRow { documents: chosen(), is_down });
                self.shows_cursor = true;
            }
            (_, Some(by)) => {
                requests.push(DocumentListAction::Step { by, extend: modifiers.shift });
                self.shows_cursor = true;
            }
            (Key::A, _) if modifiers.command => requests.push(DocumentListAction::ChooseAll),
            (Key::Enter, _) if modifiers.shift => {
                let text = session.document_list().cursor().map(PaneText::current);
                requests.extend(text.map(PaneAction::OpenBeside));
            }
            (Key::Enter, _) => {
                requests.extend(session.document_list().cursor().cloned().map(NavigateAction::OpenDocument))
            }
            (Key::F2, _) if session.read_only().is_none() => {
                if let Some(id) = session.document_list().cursor() {
                    self.rename(session, id);
                }
            }
            (Key::Delete, _) => take_out(session, chosen(), requests),
            (Key::Escape, _) => step_out(session, requests),
            _ => {}
        }
    }

    /// Chooses the next document whose title begins with what was typed, or contains it.
    fn go_to_typed(&mut self, session: &Session, requests: &mut Requests) {
        let rows = session.document_list().len();
        let here = session.document_list().cursor().and_then(|id| session.document_row(id)).unwrap_or(0);
        // A further letter may still mean the document that was found.
        let first = if self.type_ahead.typed.chars().count() > 1 { here } else { here + 1 };
        let order = || (0..rows).map(|step| (first + step) % rows);
        let title = |row: usize| -> Option<(&DocumentId, String)> {
            let id = session.document_in_row(row)?;
            Some((id, session.project().document(id)?.meta.title.to_lowercase()))
        };
        let typed = self.type_ahead.typed.as_str();
        let begins = || order().filter_map(title).find(|(_, title)| title.starts_with(typed));
        let contains = || order().filter_map(title).find(|(_, title)| title.contains(typed));
        if let Some((id, _)) = begins().or_else(contains) {
            requests.push(DocumentListAction::Choose(id.clone()));
            self.shows_cursor = true;
        }
    }
}

/// Takes documents out of the set whose documents are listed. They stay in the project.
fn take_out(session: &Session, documents: Vec<DocumentId>, requests: &mut Requests) {
    if let Some(SetFilter::In(set)) = &session.document_list().filter().set {
        requests.push(DocumentSetAction::TakeOut(set.clone(), documents));
    }
}

/// Chooses a single document again; then shows all of them; then leaves the list.
fn step_out(session: &Session, requests: &mut Requests) {
    let list = session.document_list();
    match list.cursor() {
        Some(cursor) if list.chosen().len() > 1 => requests.push(DocumentListAction::Choose(cursor.clone())),
        Some(_) | None if !list.filter().is_empty() => {
            requests.push(DocumentListAction::Filter(DocumentFilter::default()));
        }
        Some(_) | None => requests.push(CommandId::FocusText),
    }
}
