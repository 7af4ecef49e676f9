//! The moment at which what was typed is applied: once no field has the keyboard, or another one has.

use egui::{Id, Ui};

/// Watches which field has the keyboard.
#[derive(Default)]
pub struct CommitTrigger {
    focused: Option<Id>,
    focus_moved: bool,
}

impl CommitTrigger {
    /// Returns whether to apply what was typed. Never while the pointer is down: a colour may still be changing.
    pub fn is_due(&mut self, ui: &Ui, typing: bool) -> bool {
        let focused = ui.memory(|memory| memory.focused());
        self.focus_moved |= focused != self.focused;
        self.focused = focused;
        let due = (!typing || self.focus_moved) && !ui.input(|input| input.pointer.any_down());
        self.focus_moved &= !due;
        due
    }
}
