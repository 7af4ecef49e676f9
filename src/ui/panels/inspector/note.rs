//! The note of a passage. It is below the part of the inspector that scrolls, so that it is always in view.

use egui::Ui;

use crate::requests::Requests;
use crate::theme::space;
use crate::words::inspector as words;
use crate::{keys, widgets};
use demarche_model::{Span, SpanId, SpanRef};
use demarche_session::AnnotateAction;

/// Greatest height of the field, in points; a longer note scrolls.
const FIELD: f32 = 120.0;

/// The field of the note.
#[derive(Default)]
pub(super) struct Note {
    /// The span whose note it is.
    span: Option<SpanId>,
    text: String,
    focus: bool,
    /// Its height when it was last shown, with the space above, in points.
    height: f32,
}

impl Note {
    /// Gives the note the keyboard focus in the next frame.
    pub fn focus(&mut self) {
        self.focus = true;
    }

    /// Returns the height that the note takes, in points.
    pub fn height(&self) -> f32 {
        if self.height > 0.0 { self.height } else { FIELD }
    }

    /// Shows the note.
    pub fn ui(&mut self, ui: &mut Ui, at: &SpanRef, span: &Span, mine: bool, requests: &mut Requests) {
        let top = ui.cursor().top();
        ui.add_enabled_ui(mine, |ui| self.field(ui, at, span, mine, requests));
        self.height = ui.min_rect().bottom() - top + space::XS;
    }

    fn field(&mut self, ui: &mut Ui, at: &SpanRef, span: &Span, mine: bool, requests: &mut Requests) {
        ui.add_space(space::XS);
        widgets::caption(ui, words::note());
        let id = ui.make_persistent_id("note");
        let typing = ui.memory(|memory| memory.has_focus(id));
        if self.span != Some(span.id) || !typing {
            self.span = Some(span.id);
            self.text.clone_from(&span.note);
        }
        let hint = if mine { words::note_hint() } else { words::no_note() };
        let hint = keys::in_sentence(ui.ctx(), hint);
        let field = egui::TextEdit::multiline(&mut self.text)
            .id(id)
            .hint_text(hint)
            .desired_rows(3)
            .desired_width(f32::INFINITY);
        let area = egui::ScrollArea::vertical().id_salt("note").max_height(FIELD);
        let field = area.show(ui, |ui| ui.add(field)).inner;
        if std::mem::take(&mut self.focus) {
            field.request_focus();
        }
        if field.changed() {
            requests.push(AnnotateAction::SetNote { at: at.clone(), note: self.text.clone() });
        }
    }
}
