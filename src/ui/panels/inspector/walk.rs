//! Tab in the attributes: from the field of one attribute to that of the next.

use egui::Ui;

use demarche_model::{AttributeDef, ValueInput};

use super::attributes::Attributes;
use super::inputs::{AttributeRow, Inputs};
use super::tab::{Direction, Walk};
use crate::requests::Requests;

impl Attributes {
    /// Leaves the field of an attribute for the one next to it, once all rows have been shown.
    pub(super) fn leave(&mut self, attribute: &AttributeDef, to: Direction) {
        (self.picker, self.focus) = (None, None);
        self.walk = Some(Walk { from: attribute.id.clone(), to });
    }

    /// Carries out a step: opens the next field, or gives the list the keyboard at the last one and at a yes or no, which
    /// Enter sets there.
    pub(super) fn follow_walk(
        &mut self,
        ui: &Ui,
        inputs: Inputs<'_>,
        rows: &[AttributeRow<'_>],
        requests: &mut Requests,
    ) {
        let Some(walk) = self.walk.take() else { return };
        let Some(from) = rows.iter().position(|row| row.attribute.id == walk.from) else { return };
        let next = match walk.to {
            Direction::Next => Some(from + 1).filter(|next| *next < rows.len()),
            Direction::Previous => from.checked_sub(1),
        };
        let row = next.and_then(|next| Some((next, rows.get(next)?)));
        match row.map(|(next, row)| (next, row.attribute.kind.input())) {
            None => self.focus_at(from),
            Some((next, ValueInput::Flag)) => {
                self.focus_at(next);
                self.is_walking = true;
            }
            Some((next, ValueInput::Typed | ValueInput::Listed { .. })) => {
                self.cursor = next;
                self.open(ui, inputs, rows, next, String::new(), requests);
            }
        }
        ui.ctx().request_repaint();
    }
}
