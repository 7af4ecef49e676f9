//! Dragging documents: onto a set, or to another place of the list.

use egui::{Align2, DragAndDrop, FontId, Order, Response, Stroke, Ui, vec2};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::documents as words;
use demarche_model::{DocumentId, DocumentSetId};
use demarche_session::{DocumentListAction, DocumentSetAction, ListPlace, Session};

/// Height in points of the edge at which a list scrolls while something is dragged.
const EDGE: f32 = 20.0;

/// The documents that the pointer carries.
struct CarriedDocuments(Vec<DocumentId>);

/// Picks up a document, and the others that are chosen with it.
pub fn pick_up(ui: &Ui, session: &Session, id: &DocumentId) {
    if session.read_only().is_none() {
        DragAndDrop::set_payload(ui.ctx(), CarriedDocuments(session.chosen_with(id)));
    }
}

/// Moves the documents that are dropped on a row in front of it or behind it.
pub fn drop_between(ui: &Ui, session: &Session, id: &DocumentId, row: &Response, requests: &mut Requests) {
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    let is_above = pointer.y < row.rect.center().y;
    if let Some(carried) = row.dnd_release_payload::<CarriedDocuments>() {
        let place = if is_above { ListPlace::Before(id.clone()) } else { ListPlace::After(id.clone()) };
        requests.push(DocumentListAction::Move(carried.0.clone(), place));
    } else if row.dnd_hover_payload::<CarriedDocuments>().is_some() && session.moving_refusal().is_none() {
        let y = if is_above { row.rect.top() } else { row.rect.bottom() };
        ui.painter().hline(row.rect.x_range(), y, Stroke::new(2.0, Tokens::of(ui).accent));
    }
}

/// Puts the documents that are dropped on a set into it.
pub fn drop_on_set(ui: &Ui, set: &DocumentSetId, row: &Response, requests: &mut Requests) {
    if let Some(carried) = row.dnd_release_payload::<CarriedDocuments>() {
        requests.push(DocumentSetAction::Add(set.clone(), carried.0.clone()));
    } else if row.dnd_hover_payload::<CarriedDocuments>().is_some() {
        ui.painter().rect_filled(row.rect, f32::from(size::RADIUS), Tokens::of(ui).hover);
        widgets::focus_ring(ui, row.rect);
    }
}

/// True while the pointer holds documents over a widget.
pub fn is_over(widget: &Response) -> bool {
    widget.dnd_hover_payload::<CarriedDocuments>().is_some()
}

/// Scrolls the list while documents are held at its upper or lower edge, and says what is carried.
pub fn scroll_at_edges(ui: &Ui) {
    let Some(carried) = DragAndDrop::payload::<CarriedDocuments>(ui.ctx()) else { return };
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    let area = ui.clip_rect();
    if area.x_range().contains(pointer.x) {
        let into_top = area.top() + EDGE - pointer.y;
        let into_bottom = pointer.y - (area.bottom() - EDGE);
        let by = if into_top > 0.0 { into_top.min(EDGE) } else { -into_bottom.clamp(0.0, EDGE) };
        if by != 0.0 && area.expand(EDGE).contains(pointer) {
            ui.scroll_with_delta(vec2(0.0, by));
            ui.ctx().request_repaint();
        }
    }
    let painter = ui.ctx().layer_painter(egui::LayerId::new(Order::Tooltip, ui.scope_id().with("carried")));
    let tokens = Tokens::of(ui);
    let text = words::carried(carried.0.len());
    let at = pointer + vec2(space::L, space::S);
    let galley = painter.layout_no_wrap(text, FontId::proportional(size::SMALL), tokens.text);
    let rect = Align2::LEFT_TOP.anchor_size(at, galley.size()).expand(space::XS);
    painter.rect_filled(rect, f32::from(size::RADIUS), tokens.panel);
    painter.galley(at, galley, tokens.text);
}
