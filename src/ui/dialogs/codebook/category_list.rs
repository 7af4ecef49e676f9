//! The list of categories in the editor: clicked, dragged, walked through.

use egui::{EventFilter, Rect, Response, Sense, Stroke, Ui};

use super::tree::{self, Drop, Row};
use super::{CategoryCommand, category_menu};
use crate::theme::{Tokens, space};
use crate::widgets;
use demarche_model::CategoryId;
use demarche_session::{CodebookChange, Session};

/// The category that is being dragged.
pub type Dragging = Option<CategoryId>;

/// How a row was clicked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clicked {
    /// It alone is meant.
    Alone,
    /// It, too, or no longer.
    Toggle,
    /// All up to it.
    Range,
}

/// What came of showing the list.
#[derive(Default)]
pub struct Outcome {
    /// A row that was clicked, and how.
    pub clicked: Option<(CategoryId, Clicked)>,
    /// What was chosen in a row's menu.
    pub asked: Option<(CategoryId, CategoryCommand)>,
    /// A category that was dropped somewhere.
    pub moved: Option<CodebookChange>,
    /// A row has the keyboard.
    pub has_focus: bool,
    /// The row that shall have it has it.
    pub focused: bool,
}

/// Shows the rows. `focus` gives the keyboard to the one chosen last.
pub fn ui(
    ui: &mut Ui,
    session: &Session,
    rows: &[Row],
    chosen: &[CategoryId],
    dragging: &mut Dragging,
    movable: bool,
    focus: bool,
) -> Outcome {
    let mut outcome = Outcome::default();
    egui::ScrollArea::vertical().id_salt("category-list").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let mut places: Vec<Rect> = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id();
            let on = chosen.contains(id);
            let sense = if movable { Sense::click_and_drag() } else { Sense::click() };
            let spans = spans_of(session, id);
            let response = widgets::category_row(ui, &row.category, row.depth, spans, on, sense);
            places.push(response.rect);
            if focus && chosen.last() == Some(id) {
                // Under a dialog that has just closed nothing can take it yet.
                outcome.focused = response.has_focus();
                response.request_focus();
                response.scroll_to_me(None);
            }
            if response.drag_started() {
                *dragging = Some(id.clone());
            }
            one_row(ui, session, row, response, &mut outcome);
        }
        if movable {
            outcome.moved = drag(ui, rows, &places, dragging);
        }
    });
    outcome
}

fn one_row(ui: &Ui, session: &Session, row: &Row, response: Response, outcome: &mut Outcome) {
    let id = row.id();
    if response.has_focus() {
        outcome.has_focus = true;
        // Arrows walk through the list, not through the window.
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    if response.clicked() {
        let modifiers = ui.input(|input| input.modifiers);
        let how = match (modifiers.command, modifiers.shift) {
            (true, _) => Clicked::Toggle,
            (false, true) => Clicked::Range,
            (false, false) => Clicked::Alone,
        };
        outcome.clicked = Some((id.clone(), how));
    }
    response.context_menu(|ui| {
        if let Some(command) = category_menu(ui, session, &row.category) {
            outcome.asked = Some((id.clone(), command));
        }
    });
}

/// Shows where what is dragged would go, and moves it when it is let go.
fn drag(ui: &Ui, rows: &[Row], places: &[Rect], dragging: &mut Dragging) -> Option<CodebookChange> {
    let dragged = rows.iter().position(|row| Some(row.id()) == dragging.as_ref())?;
    let (pointer, down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.any_down()));
    let found = pointer.and_then(|at| target(places, at.y));
    let change = found.and_then(|(row, drop)| tree::dropped(rows, dragged, row, drop));
    if !down {
        *dragging = None;
        return change;
    }
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    let (Some((row, drop)), Some(_)) = (found, &change) else { return None };
    let tokens = Tokens::of(ui);
    let place = places[row];
    if drop == Drop::Onto {
        widgets::focus_ring(ui, place);
        return None;
    }
    let y = if drop == Drop::Before { place.top() } else { place.bottom() };
    let left = place.left() + 28.0 + rows[row].depth as f32 * space::L;
    ui.painter().circle_filled(egui::pos2(left, y), 3.0, tokens.accent);
    ui.painter().hline(left..=place.right(), y, Stroke::new(2.0, tokens.accent));
    None
}

/// The row under the pointer, and which part of it.
fn target(places: &[Rect], y: f32) -> Option<(usize, Drop)> {
    let last = places.len().checked_sub(1)?;
    if y > places[last].bottom() {
        return Some((last, Drop::After));
    }
    let row = places.iter().position(|place| y <= place.bottom())?;
    let share = (y - places[row].top()) / places[row].height();
    let drop = match share {
        share if share < 0.3 => Drop::Before,
        share if share > 0.7 => Drop::After,
        _ => Drop::Onto,
    };
    Some((row, drop))
}

/// How many passages of those shown are tagged so.
pub fn spans_of(session: &Session, id: &CategoryId) -> usize {
    session.totals().categories.get(id).map_or(0, |count| count.spans)
}
