//! When what is typed is taken: as soon as nobody types, or another field has the keyboard.

use egui::{Id, Ui};

/// Watches which field has the keyboard.
#[derive(Default)]
pub struct CommitTrigger {
    focused: Option<Id>,
    left: bool,
}

impl CommitTrigger {
    /// Whether what was typed shall be taken now. Never while the pointer is held: a colour is still being chosen then.
    pub fn is_due(&mut self, ui: &Ui, typing: bool) -> bool {
        let focused = ui.memory(|memory| memory.focused());
        self.left |= focused != self.focused;
        self.focused = focused;
        let due = (!typing || self.left) && !ui.input(|input| input.pointer.any_down());
        self.left &= !due;
        due
    }
}
