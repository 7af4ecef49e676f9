//! Tab and Shift+Tab in the fields of attributes.

use egui::{Key, Modifiers, Ui};

use demarche_model::AttributeId;

/// The direction of Tab.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    /// Tab.
    Next,
    /// Shift+Tab.
    Previous,
}

impl Direction {
    /// Consumes Tab or Shift+Tab from the input.
    pub fn take(ui: &Ui) -> Option<Self> {
        ui.input_mut(|input| {
            if input.consume_key(Modifiers::SHIFT, Key::Tab) {
                return Some(Self::Previous);
            }
            input.consume_key(Modifiers::NONE, Key::Tab).then_some(Self::Next)
        })
    }
}

/// A step from the field of an attribute to the one next to it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Walk {
    /// The attribute that is left.
    pub from: AttributeId,
    /// The direction.
    pub to: Direction,
}
