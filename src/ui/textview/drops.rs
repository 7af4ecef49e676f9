//! The ends of drags in the text: a moved bound, words tagged in marker mode, and words carried to the codebook.

use egui::{DragAndDrop, Pos2};

use super::pointer::{BoundDrag, Drag};
use super::{Frame, TextView};
use crate::carried::Carried;
use demarche_session::{AnnotateAction, TextSelection};

impl TextView {
    /// Moves the bound that was dragged, or tags the words that were selected in marker mode.
    pub(super) fn end_drag(&mut self, frame: &mut Frame<'_>, is_carried: bool) {
        let drag = std::mem::take(&mut self.drag);
        if !frame.page.editable {
            return;
        }
        match drag {
            Drag::Bound(BoundDrag { at, index, range, .. }) if !self.has_range(&at, index, range) => {
                frame.requests.push(AnnotateAction::SetBounds { at, index, to: range });
            }
            Drag::Select { .. } if !is_carried && !frame.selection.is_empty() => {
                frame.requests.extend(frame.page.marker.cloned().map(AnnotateAction::Tag));
            }
            Drag::None | Drag::Bound(_) | Drag::Select { .. } => {}
        }
    }

    /// Lets the pointer carry the selected words if it was pressed on them. Returns them in that case.
    pub(super) fn pick_up(&self, frame: &Frame<'_>, pressed: Option<usize>) -> Option<TextSelection> {
        let words = frame.selection;
        let is_on_words = frame.page.editable && pressed.is_some_and(|byte| words.range().contains(byte));
        if !is_on_words {
            return None;
        }
        DragAndDrop::set_payload(frame.ctx, Carried::Words(words));
        Some(words)
    }

    /// Returns the words that the pointer carries, once it has left the view towards the codebook. Inside the view, the
    /// drag selects other words.
    pub(super) fn carried_words(&self, frame: &Frame<'_>, at: Pos2) -> Option<TextSelection> {
        match self.drag {
            Drag::Select { carried, .. } => carried.filter(|_| at.x < frame.geometry.view.left()),
            Drag::None | Drag::Bound(_) => None,
        }
    }
}
