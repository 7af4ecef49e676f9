//! The rows of the list.

use egui::{EventFilter, PointerButton, Response, Role, ScrollArea, Sense, Ui, WidgetInfo};

use crate::requests::Requests;
use crate::theme::size;
use crate::widgets;
use crate::words::documents as words;
use demarche_model::{Document, DocumentId};
use demarche_session::{
    DocumentFilter, DocumentListAction, NavigateAction, PaneAction, PaneText, Session, SetFilter,
};

use super::name_field::Named;
use super::row::Place;
use super::{DocumentsPanel, carried, menu, row};

impl DocumentsPanel {
    /// Shows the rows that are in view.
    pub(super) fn body(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let whole = ui.available_rect_before_wrap();
        let list = ui.interact(whole, Self::id(), Sense::click());
        list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, words::list()));
        if std::mem::take(&mut self.wants_focus) || list.clicked() {
            list.request_focus();
        }
        if list.has_focus() {
            let filter =
                EventFilter { vertical_arrows: true, horizontal_arrows: true, escape: true, tab: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
            self.keys(ui, session, requests);
        }
        if session.document_list().is_empty() {
            return nothing(ui, session, requests);
        }
        let pitch = size::ROW + ui.spacing().item_spacing.y;
        self.page = (whole.height() / pitch) as usize;
        let mut area = ScrollArea::vertical().id_salt("documents").auto_shrink(false);
        if let Some(offset) = self.offset_to_show(session, pitch, whole.height()) {
            area = area.vertical_scroll_offset(offset);
        }
        let rows = session.document_list().len();
        let out = area.show_rows(ui, size::ROW, rows, |ui, visible| {
            for row in visible {
                let position = session.document_list().position(row);
                let document = position.and_then(|at| session.project().documents().get(at));
                if let Some(document) = document {
                    self.row(ui, session, document, Place { row, rows }, requests);
                }
            }
            carried::scroll_at_edges(ui);
        });
        self.scroll = out.state.clamped_offset().y;
    }

    /// How far to scroll so that the opened document or the cursor is in view, if it is not.
    fn offset_to_show(&mut self, session: &Session, pitch: f32, height: f32) -> Option<f32> {
        let opened = session.view_state().document.clone();
        let is_opened = self.last_shown != opened;
        self.last_shown.clone_from(&opened);
        let shows_cursor = std::mem::take(&mut self.shows_cursor);
        let row_of = |id: &DocumentId| session.document_row(id);
        let row = match (is_opened, shows_cursor) {
            (true, _) => opened.as_ref().and_then(row_of),
            (false, true) => session.document_list().cursor().and_then(row_of),
            (false, false) => None,
        }?;
        let (top, bottom) = (row as f32 * pitch, (row + 1) as f32 * pitch);
        let is_in_view = top >= self.scroll && bottom <= self.scroll + height;
        match (is_in_view, is_opened) {
            (true, _) => None,
            (false, true) => Some((top - height / 2.0).max(0.0)),
            (false, false) if top < self.scroll => Some(top),
            (false, false) => Some(bottom - height),
        }
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        document: &Document,
        place: Place,
        requests: &mut Requests,
    ) {
        let id = document.id();
        let (response, title) = row::frame(ui, session, document, place);
        if self.names(&Named::Document(id.clone())) {
            return self.name_ui(ui, session, title, requests);
        }
        row::title(ui, session, document, title);
        self.click(ui, session, id, &response, requests);
        if response.drag_started_by(PointerButton::Primary) {
            carried::pick_up(ui, session, id);
        }
        carried::drop_between(ui, session, id, &response, requests);
        response.context_menu(|ui| menu::ui(self, ui, session, id, requests));
        response.on_hover_ui(|ui| row::details(ui, session, document));
    }

    fn click(
        &mut self,
        ui: &Ui,
        session: &Session,
        id: &DocumentId,
        response: &Response,
        requests: &mut Requests,
    ) {
        if response.middle_clicked() {
            requests.push(PaneAction::OpenBeside(PaneText::current(id)));
        }
        if response.clicked() {
            let modifiers = ui.input(|input| input.modifiers);
            self.wants_focus |= modifiers.command || modifiers.shift;
            if modifiers.command {
                requests.push(DocumentListAction::ToggleChosen(id.clone()));
            } else if modifiers.shift {
                requests.push(DocumentListAction::ExtendChosen(id.clone()));
            } else {
                requests.push(DocumentListAction::Choose(id.clone()));
                requests.push(NavigateAction::OpenDocument(id.clone()));
            }
        }
        if response.secondary_clicked() && !session.document_list().is_chosen(id) {
            requests.push(DocumentListAction::Choose(id.clone()));
        }
    }
}

/// Says why no document is listed, and what to do.
fn nothing(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let filter = session.document_list().filter();
    let only_set = DocumentFilter { set: filter.set.clone(), ..DocumentFilter::default() };
    match &filter.set {
        Some(SetFilter::In(_)) if *filter == only_set => {
            widgets::empty_state(ui, words::empty_set(), words::empty_set_hint());
        }
        Some(_) | None => widgets::empty_state(ui, words::no_match(), words::no_match_hint()),
    }
    ui.vertical_centered(|ui| {
        if ui.button(words::clear_filter()).clicked() {
            requests.push(DocumentListAction::Filter(DocumentFilter::default()));
        }
    });
}
