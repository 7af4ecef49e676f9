//! Who has the keyboard on this screen.

use egui::{Key, Modifiers, Ui};

/// Returns whether keys are for the part of the screen that is walked: no widget, dialog or menu has the keyboard.
pub(super) fn is_free(ui: &Ui) -> bool {
    !ui.ctx().egui_wants_keyboard_input() && !is_covered(ui)
}

/// Returns whether a dialog or menu is open.
pub(super) fn is_covered(ui: &Ui) -> bool {
    ui.memory(|memory| memory.top_modal_layer().is_some()) || egui::Popup::is_any_open(ui.ctx())
}

/// Takes a key from the input, so that no other part acts on it. Returns whether it was pressed.
pub(super) fn take(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}
