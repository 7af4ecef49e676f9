//! A row of the list.

use egui::{FontId, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::documents as words;
use demarche_model::{Document, MemoSubject, Status};
use demarche_session::Session;

use super::DocumentsPanel;
use crate::panels::memos;

/// The place of a row among all rows, for screen readers.
#[derive(Clone, Copy)]
pub struct Place {
    pub row: usize,
    pub rows: usize,
}

/// Shows a row without its title, and returns it with the place of the title.
pub fn frame(ui: &mut Ui, session: &Session, document: &Document, place: Place) -> (Response, Rect) {
    let (id, is_chosen) = (document.id(), session.document_list().is_chosen(document.id()));
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), size::ROW));
    // Rows can be clicked but not focused: the list has the focus, so that Tab leaves it.
    let response = ui.interact(rect, DocumentsPanel::id().with(id.as_str()), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, &document.meta.title));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(is_chosen);
        node.set_level(1);
        node.set_position_in_set(place.row + 1);
        node.set_size_of_set(place.rows);
        node.set_description(words::status_name(session.listed_status(id)));
    });
    let tokens = Tokens::of(ui);
    let is_open = session.view_state().document.as_ref() == Some(id);
    if is_chosen || response.hovered() {
        let fill = if is_chosen { tokens.selected } else { tokens.hover };
        ui.painter().rect_filled(rect, f32::from(size::RADIUS), fill);
    }
    if is_open {
        let bar = Rect::from_min_size(rect.left_top() + vec2(0.0, 3.0), vec2(3.0, rect.height() - 6.0));
        ui.painter().rect_filled(bar, 1.5, tokens.accent);
    }
    let has_keyboard = ui.memory(|memory| memory.has_focus(DocumentsPanel::id()));
    if has_keyboard && session.document_list().cursor() == Some(id) {
        widgets::focus_ring(ui, rect.intersect(ui.clip_rect()));
        ui.ctx().accesskit_node_builder(DocumentsPanel::id(), |node| {
            node.set_active_descendant(response.id.accesskit_id());
        });
    }
    status_mark(ui, pos2(rect.left() + space::M + 2.0, rect.center().y), session.listed_status(id));
    let spans = session.stats().document(id).map(|summary| summary.spans());
    let count = spans.map_or_else(|| "·".to_owned(), widgets::count);
    let right = rect.with_max_x(rect.right() - space::S);
    let colour = if spans == Some(0) { tokens.text_faint } else { tokens.text_weak };
    let end = widgets::line_right(ui, right, &count, FontId::proportional(size::SMALL), colour);
    let end = widgets::sign(ui, memos::sign(session, &memo(document)), pos2(end, rect.center().y));
    let left = rect.left() + space::XL + 2.0;
    (response, Rect::from_min_max(pos2(left, rect.top()), pos2(end - space::S, rect.bottom())))
}

/// Writes the title of a document into its row.
pub fn title(ui: &Ui, session: &Session, document: &Document, rect: Rect) {
    let tokens = Tokens::of(ui);
    let is_open = session.view_state().document.as_ref() == Some(document.id());
    let font = if is_open { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let is_mine = session.is_assigned_to_me(document.id());
    let colour = if is_mine { tokens.text } else { tokens.text_faint };
    widgets::line(ui, rect, &document.meta.title, font, colour);
}

/// Shows what is known of a document, for its tooltip.
pub fn details(ui: &mut Ui, session: &Session, document: &Document) {
    let meta = &document.meta;
    ui.label(egui::RichText::new(&meta.title).font(strong(size::INTERFACE)));
    let date = meta.date.as_ref().map(|date| date.to_string());
    let facts = [Some(meta.author.clone()), date, Some(meta.source.clone())].into_iter().flatten();
    let facts: Vec<String> = facts.filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        widgets::weak(ui, facts.join(" · "));
    }
    widgets::weak(ui, words::length_and_status(meta.characters, session.listed_status(document.id())));
    let sets = meta.sets.iter().filter_map(|set| session.project().document_sets().get(set));
    let sets: Vec<&str> = sets.map(String::as_str).collect();
    if !sets.is_empty() {
        widgets::weak(ui, words::in_sets(&sets));
    }
    let readers: Vec<&str> = session.project().assignees(document.id()).map(|a| a.name.as_str()).collect();
    if session.project().annotators().iter().any(|person| !person.documents.is_all()) {
        widgets::weak(ui, words::assigned_to(&readers));
    }
    if !document.is_loaded() {
        widgets::weak(ui, words::not_read());
    }
    memos::tooltip(ui, session, &memo(document));
    widgets::weak(ui, words::row_hint());
}

fn memo(document: &Document) -> MemoSubject {
    MemoSubject::Document(document.id().clone())
}

/// Paints a status: a ring for new, a half-filled circle for in progress, a filled circle for done.
pub fn status_mark(ui: &Ui, centre: egui::Pos2, status: Status) {
    let tokens = Tokens::of(ui);
    let colour = if status == Status::Done { tokens.good } else { tokens.text_weak };
    let radius = 4.5;
    let painter = ui.painter();
    match status {
        Status::New => {}
        Status::InProgress => {
            let left = Rect::from_min_size(centre - vec2(radius, radius), vec2(radius, 2.0 * radius));
            painter.with_clip_rect(left.intersect(ui.clip_rect())).circle_filled(centre, radius, colour);
        }
        Status::Done => {
            painter.circle_filled(centre, radius, colour);
        }
    }
    painter.circle_stroke(centre, radius, Stroke::new(1.3, colour));
}
