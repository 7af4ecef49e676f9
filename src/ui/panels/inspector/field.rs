//! Fields for values that are typed: text, numbers, dates. Enter or leaving the field sets the value.

use egui::{Event, Key, Rect, Ui};

use crate::theme::Tokens;
use demarche_model::{AttributeDef, AttributeId, SpanRef};

/// A value that is being typed.
pub(super) struct Draft {
    /// The spans whose value it is.
    pub at: Vec<SpanRef>,
    /// The attribute whose value it is.
    pub attribute: AttributeId,
    /// The text in the field.
    pub text: String,
    /// Why the text is not a value, once it was checked.
    pub error: Option<String>,
}

/// The way in which a field lost the focus in this frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Left {
    /// It did not lose the focus.
    No,
    /// By Escape: the text is discarded.
    Escape,
    /// By Enter.
    Enter,
    /// By moving the focus.
    Elsewhere,
}

/// Shows the field. Returns whether its text changed, and how it lost the focus.
pub(super) fn ui(
    ui: &mut Ui,
    rect: Rect,
    id: egui::Id,
    attribute: &AttributeDef,
    hint: &str,
    text: &mut String,
    wrong: bool,
) -> (bool, Left, egui::Response) {
    let tokens = Tokens::of(ui);
    let colour = if wrong { tokens.error } else { tokens.text };
    let field = egui::TextEdit::singleline(text)
        .id(id)
        .hint_text(hint)
        .lock_focus(true)
        .text_color(colour)
        .align(egui::Align2::LEFT_CENTER)
        .min_size(rect.size())
        .desired_width(rect.width());
    // In a child, so that the field does not increase the height of its row.
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let response = inside.put(rect, field);
    let name = attribute.name.clone();
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(name));
    let left = match response.lost_focus() {
        false => Left::No,
        true if pressed(ui, Key::Escape) => Left::Escape,
        true if pressed(ui, Key::Enter) => Left::Enter,
        true => Left::Elsewhere,
    };
    (response.changed(), left, response)
}

fn pressed(ui: &Ui, wanted: Key) -> bool {
    let is = |event: &Event| matches!(event, Event::Key { key, pressed: true, .. } if *key == wanted);
    ui.input(|input| input.events.iter().any(is))
}
