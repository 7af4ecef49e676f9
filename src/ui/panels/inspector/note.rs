//! The note of a passage.

use egui::Ui;

use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_model::{Span, SpanId, SpanRef};
use demarche_session::AnnotateAction;

/// The note that is being written.
#[derive(Default)]
pub(super) struct Note {
    of: Option<SpanId>,
    text: String,
    focus: bool,
}

impl Note {
    /// Gives the note the keyboard at the next frame.
    pub fn focus(&mut self) {
        self.focus = true;
    }

    /// Shows the note.
    pub fn ui(&mut self, ui: &mut Ui, at: &SpanRef, span: &Span, mine: bool, requests: &mut Requests) {
        ui.add_enabled_ui(mine, |ui| self.field(ui, at, span, mine, requests));
    }

    fn field(&mut self, ui: &mut Ui, at: &SpanRef, span: &Span, mine: bool, requests: &mut Requests) {
        ui.add_space(space::S);
        widgets::caption(ui, "Note");
        let id = ui.make_persistent_id("note");
        let typing = ui.memory(|memory| memory.has_focus(id));
        if self.of != Some(span.id) || !typing {
            self.of = Some(span.id);
            self.text.clone_from(&span.note);
        }
        let hint = if mine { "What you want to remember of this passage (F2)" } else { "No note" };
        let field = egui::TextEdit::multiline(&mut self.text)
            .id(id)
            .hint_text(hint)
            .desired_rows(3)
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        if std::mem::take(&mut self.focus) {
            field.request_focus();
        }
        if field.changed() {
            requests.push(AnnotateAction::SetNote { at: at.clone(), note: self.text.clone() });
        }
    }
}
