//! Values that are typed: text, numbers, dates. What is typed becomes a value at Enter or when the field is left.

use egui::{Event, Key, Rect, Ui};

use crate::theme::Tokens;
use demarche_model::{AttributeDef, AttributeId, SpanRef};

/// What is being typed.
pub(super) struct Draft {
    /// The spans that it is for.
    pub at: Vec<SpanRef>,
    /// The attribute that it is for.
    pub of: AttributeId,
    /// As it stands in the field.
    pub text: String,
    /// Why it is no value, once that was asked.
    pub error: Option<String>,
}

/// How a field was left in this frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Left {
    /// It has or had no keyboard.
    No,
    /// By Escape: what was typed does not count.
    Escape,
    /// By Enter.
    Enter,
    /// By going elsewhere.
    Elsewhere,
}

/// The field itself. Says whether something was typed, and how it was left.
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
        .text_color(colour)
        .align(egui::Align2::LEFT_CENTER)
        .min_size(rect.size())
        .desired_width(rect.width());
    // In a child, so that the field does not make its row higher.
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
