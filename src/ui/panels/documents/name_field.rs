//! The field in a row in which a document or a set gets its name.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Id, Key, Rect, TextEdit, Ui};

use crate::requests::Requests;
use crate::widgets;
use crate::words::documents as words;
use demarche_model::{DocumentId, DocumentSetId};
use demarche_session::{DocumentListAction, DocumentSetAction, Session};

use super::DocumentsPanel;

/// What gets a name.
#[derive(Clone, PartialEq)]
pub enum Named {
    /// A document.
    Document(DocumentId),
    /// A set.
    Set(DocumentSetId),
    /// A new set of these documents.
    NewSet(Vec<DocumentId>),
}

/// A name that is being typed.
pub struct NameField {
    of: Named,
    text: String,
    /// True until the field has the keyboard.
    is_new: bool,
}

impl NameField {
    /// A field that starts with a name, all of it selected.
    pub fn new(of: Named, text: String) -> Self {
        Self { of, text, is_new: true }
    }
}

impl DocumentsPanel {
    /// True while the name of this is being typed.
    pub(super) fn names(&self, what: &Named) -> bool {
        self.name_field.as_ref().is_some_and(|field| field.of == *what)
    }

    /// True while the name of a new set is being typed.
    pub(super) fn names_new_set(&self) -> bool {
        self.name_field.as_ref().is_some_and(|field| matches!(field.of, Named::NewSet(_)))
    }

    /// Shows the field. Enter or a click elsewhere gives the name, Escape does not.
    pub(super) fn name_ui(&mut self, ui: &mut Ui, session: &Session, rect: Rect, requests: &mut Requests) {
        let Some(field) = &mut self.name_field else { return };
        let id = Id::unique("name of a document or set");
        let (label, hint) = match field.of {
            Named::Document(_) => (words::title_field(), ""),
            Named::Set(_) | Named::NewSet(_) => (words::set_field(), words::set_field_hint()),
        };
        let edit = TextEdit::singleline(&mut field.text).id(id).hint_text(hint).desired_width(rect.width());
        let response = ui.place(rect.shrink2(egui::vec2(0.0, 1.0)), edit);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
        if std::mem::take(&mut field.is_new) {
            response.request_focus();
            select_all(ui, id, &field.text);
            ui.scroll_to_rect(response.rect, None);
        }
        let refusal = match &field.of {
            Named::Document(_) => None,
            Named::Set(set) => session.set_name_refusal(&field.text, Some(set)),
            Named::NewSet(_) => session.set_name_refusal(&field.text, None),
        };
        if let Some(why) = refusal.filter(|_| !field.text.trim().is_empty()) {
            widgets::focus_ring(ui, response.rect);
            response.show_tooltip_text(why);
        }
        if response.lost_focus() {
            let is_given = !ui.input(|input| input.key_pressed(Key::Escape));
            self.end_naming(is_given, requests);
            // At once, so that Escape does not lead to the text.
            ui.memory_mut(|memory| memory.request_focus(Self::id()));
        }
    }

    fn end_naming(&mut self, is_given: bool, requests: &mut Requests) {
        let Some(NameField { of, text, .. }) = self.name_field.take() else { return };
        if !is_given || text.trim().is_empty() {
            return;
        }
        match of {
            Named::Document(id) => requests.push(DocumentListAction::Rename(id, text)),
            Named::Set(id) => requests.push(DocumentSetAction::Rename(id, text)),
            Named::NewSet(documents) => requests.push(DocumentSetAction::Create { name: text, documents }),
        }
    }
}

fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    state.store(ui.ctx(), id);
}
