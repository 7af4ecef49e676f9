//! The list of categories in the editor: clicks, drags and menus.

use egui::{EventFilter, Rect, Response, Sense, Stroke, Ui};

use super::tree::{self, Drop, Row};
use super::{CategoryCommand, category_menu};
use crate::theme::{Tokens, space};
use crate::widgets;
use demarche_model::CategoryId;
use demarche_session::{CodebookChange, Session};

/// The effect of a click on a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Click {
    /// Selects it alone.
    Alone,
    /// Adds it to the selection, or removes it.
    Toggle,
    /// Selects all rows up to it.
    Range,
}

/// The state of the list.
#[derive(Clone, Copy)]
pub struct ListState<'a> {
    /// The selected categories; the last one is current.
    pub selected: &'a [CategoryId],
    /// Whether rows can be dragged.
    pub movable: bool,
    /// Whether to give the keyboard to the current row.
    pub focus_row: bool,
}

/// The events of a frame.
#[derive(Default)]
pub struct ListEvents {
    /// A click on a row.
    pub clicked: Option<(CategoryId, Click)>,
    /// A command from a row's menu.
    pub menu_command: Option<(CategoryId, CategoryCommand)>,
    /// The change for a category that was dropped.
    pub moved: Option<CodebookChange>,
    /// Whether a row has the keyboard.
    pub has_focus: bool,
    /// Whether the current row has got the keyboard that it was to be given.
    pub row_focused: bool,
}

/// Shows the rows.
pub fn ui(
    ui: &mut Ui,
    session: &Session,
    rows: &[Row],
    state: ListState<'_>,
    dragged: &mut Option<CategoryId>,
) -> ListEvents {
    let mut events = ListEvents::default();
    egui::ScrollArea::vertical().id_salt("category-list").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let mut rects: Vec<Rect> = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id();
            let selected = state.selected.contains(id);
            let sense = if state.movable { Sense::click_and_drag() } else { Sense::click() };
            let spans = span_count(session, id);
            let response = widgets::category_row(
                ui,
                &row.category,
                row.depth,
                spans,
                selected,
                sense,
                widgets::RowEnd::default(),
            );
            rects.push(response.rect);
            if state.focus_row && state.selected.last() == Some(id) {
                // In the frame in which a dialog above closes, nothing below it can get the keyboard.
                events.row_focused = response.has_focus();
                response.request_focus();
                response.scroll_to_me(None);
            }
            if response.drag_started() {
                *dragged = Some(id.clone());
            }
            row_events(ui, session, row, response, &mut events);
        }
        if state.movable {
            events.moved = drag(ui, rows, &rects, dragged);
        }
    });
    events
}

fn row_events(ui: &Ui, session: &Session, row: &Row, response: Response, events: &mut ListEvents) {
    let id = row.id();
    if response.has_focus() {
        events.has_focus = true;
        // Arrow keys move in the list, not between widgets.
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    if response.clicked() {
        let modifiers = ui.input(|input| input.modifiers);
        let click = match (modifiers.command, modifiers.shift) {
            (true, _) => Click::Toggle,
            (false, true) => Click::Range,
            (false, false) => Click::Alone,
        };
        events.clicked = Some((id.clone(), click));
    }
    response.context_menu(|ui| {
        if let Some(command) = category_menu(ui, session, &row.category) {
            events.menu_command = Some((id.clone(), command));
        }
    });
}

/// Shows where the dragged category would be dropped; returns the change once it is.
fn drag(ui: &Ui, rows: &[Row], rects: &[Rect], dragged: &mut Option<CategoryId>) -> Option<CodebookChange> {
    let index = rows.iter().position(|row| Some(row.id()) == dragged.as_ref())?;
    let (pointer, down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.any_down()));
    let target = pointer.and_then(|pointer| target(rects, pointer.y));
    let change = target.and_then(|(row, drop)| tree::dropped(rows, index, row, drop));
    if !down {
        *dragged = None;
        return change;
    }
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    let (Some((row, drop)), Some(_)) = (target, &change) else { return None };
    let tokens = Tokens::of(ui);
    let rect = rects[row];
    if drop == Drop::Onto {
        widgets::focus_ring(ui, rect);
        return None;
    }
    let y = if drop == Drop::Before { rect.top() } else { rect.bottom() };
    let left = rect.left() + 28.0 + rows[row].depth as f32 * space::L;
    ui.painter().circle_filled(egui::pos2(left, y), 3.0, tokens.accent);
    ui.painter().hline(left..=rect.right(), y, Stroke::new(2.0, tokens.accent));
    None
}

/// Returns the row at the height `y`, and where a drop there would go.
fn target(rects: &[Rect], y: f32) -> Option<(usize, Drop)> {
    let last = rects.len().checked_sub(1)?;
    if y > rects[last].bottom() {
        return Some((last, Drop::After));
    }
    let row = rects.iter().position(|rect| y <= rect.bottom())?;
    let share = (y - rects[row].top()) / rects[row].height();
    let drop = match share {
        share if share < 0.3 => Drop::Before,
        share if share > 0.7 => Drop::After,
        _ => Drop::Onto,
    };
    Some((row, drop))
}

/// The number of visible passages of a category.
pub fn span_count(session: &Session, id: &CategoryId) -> usize {
    session.totals().categories.get(id).map_or(0, |count| count.spans)
}
