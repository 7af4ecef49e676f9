//! The note of a passage.

use egui::Ui;

use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::inspector as words;
use demarche_model::{Span, SpanId, SpanRef};
use demarche_session::AnnotateAction;

/// The field of the note.
#[derive(Default)]
pub(super) struct Note {
    /// The span whose note it is.
    span: Option<SpanId>,
    text: String,
    focus: bool,
    /// Whether the field is scrolled into view once it is laid out.
    reveal: bool,
}

impl Note {
    /// Gives the note the keyboard focus in the next frame.
    pub fn focus(&mut self) {
        self.focus = true;
    }

    /// Shows the note.
    pub fn ui(&mut self, ui: &mut Ui, at: &SpanRef, span: &Span, mine: bool, requests: &mut Requests) {
        ui.add_enabled_ui(mine, |ui| self.field(ui, at, span, mine, requests));
    }

    fn field(&mut self, ui: &mut Ui, at: &SpanRef, span: &Span, mine: bool, requests: &mut Requests) {
        ui.add_space(space::S);
        widgets::caption(ui, words::note());
        let id = ui.make_persistent_id("note");
        let typing = ui.memory(|memory| memory.has_focus(id));
        if self.span != Some(span.id) || !typing {
            self.span = Some(span.id);
            self.text.clone_from(&span.note);
        }
        let hint = if mine { words::note_hint() } else { words::no_note() };
        let field = egui::TextEdit::multiline(&mut self.text)
            .id(id)
            .hint_text(hint)
            .desired_rows(3)
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        if std::mem::take(&mut self.focus) {
            field.request_focus();
            self.reveal = true;
        }
        if std::mem::take(&mut self.reveal) {
            field.scroll_to_me(None);
        }
        if field.changed() {
            requests.push(AnnotateAction::SetNote { at: at.clone(), note: self.text.clone() });
        }
    }
}
