//! Carrying selected words out of the text, to a category of the codebook.

use egui::{DragAndDrop, Pos2};

use super::pointer::Drag;
use super::{Frame, TextView};
use crate::carried::Carried;
use demarche_session::TextSelection;

/// Lets the pointer carry the selected words if it was pressed on them. Returns them in that case.
pub(super) fn words_at(frame: &Frame<'_>, pressed: Option<usize>) -> Option<TextSelection> {
    let words = frame.selection;
    let is_on_words = frame.page.editable && pressed.is_some_and(|byte| words.range().contains(byte));
    if !is_on_words {
        return None;
    }
    DragAndDrop::set_payload(frame.ctx, Carried::Words(words));
    Some(words)
}

impl TextView {
    /// Returns the words that the pointer carries, once it has left the view towards the codebook. Inside the view, the
    /// drag selects other words.
    pub(super) fn carried_words(&self, frame: &Frame<'_>, at: Pos2) -> Option<TextSelection> {
        match self.drag {
            Drag::Select { carried, .. } => carried.filter(|_| at.x < frame.geometry.view.left()),
            Drag::None | Drag::Bound(_) => None,
        }
    }
}
