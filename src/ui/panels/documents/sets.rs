//! The sets of documents, above the list.

use egui::{Event, FontId, Key, Rect, Role, ScrollArea, Ui, WidgetInfo, pos2};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, icons as m, size, space, strong};
use crate::words::documents as words;
use crate::{keys as shortcuts, widgets};
use demarche_model::DocumentSetId;
use demarche_session::{DocumentFilter, DocumentListAction, DocumentSetAction, Session, SetFilter};

use super::name_field::Named;
use super::{DocumentsPanel, carried};

/// Number of documents from which sets are offered.
const OFFERED_FROM: usize = 12;

/// The most sets that are in view at once, the fewest if they are open, and the documents that they leave room for.
const ROWS: usize = 5;
const FEWEST_ROWS: usize = 2;
const DOCUMENT_ROWS: usize = 4;

/// What the panel knows of the sets.
#[derive(Default)]
pub struct Sets {
    listed: Vec<(DocumentSetId, String, usize)>,
    listed_at: Option<u64>,
    /// What the user has chosen; until then, the sets are open if there is room.
    is_open: Option<bool>,
    /// The set that had the keyboard focus in the last frame.
    focused: Option<DocumentSetId>,
}

impl Sets {
    /// Shows the sets, if they were hidden.
    pub fn open(&mut self) {
        self.is_open = Some(true);
    }

    /// True if a set has the keyboard focus.
    pub fn has_focus(&self) -> bool {
        self.focused.is_some()
    }

    fn refresh(&mut self, session: &Session) {
        let revision = session.project().list_revision();
        if self.listed_at != Some(revision) {
            self.listed = session.sets_with_sizes();
            self.listed_at = Some(revision);
        }
    }
}

impl DocumentsPanel {
    /// Shows the sets, if the project has any or enough documents for them.
    pub(super) fn sets_ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        self.sets.refresh(session);
        let focused = self.sets.focused.take();
        let is_new = self.names_new_set();
        let is_offered = session.project().documents().len() >= OFFERED_FROM;
        if self.sets.listed.is_empty() && !is_new && !is_offered {
            return;
        }
        let pitch = size::ROW + ui.spacing().item_spacing.y;
        // Of what is left below the heading.
        let room = (ui.available_height() / pitch) as usize;
        let room = room.saturating_sub(1 + DOCUMENT_ROWS);
        let wanted = self.sets.listed.len().min(ROWS);
        let is_open = self.sets.is_open.unwrap_or(wanted <= room) || is_new;
        self.sets_heading(ui, session, is_open, requests);
        if is_open {
            if is_new {
                let (_, rect) = ui.allocate_space(egui::vec2(ui.available_width(), size::ROW));
                self.name_ui(ui, session, rect, requests);
            } else if self.sets.listed.is_empty() {
                widgets::weak(ui, words::no_sets());
            }
            let rows = wanted.min(room.max(FEWEST_ROWS));
            self.set_rows(ui, session, rows as f32 * pitch, requests);
        }
        if let Some(set) = focused {
            self.set_keys(session, &set, requests);
        }
        ui.add_space(space::XS);
    }

    fn sets_heading(&mut self, ui: &mut Ui, session: &Session, is_open: bool, requests: &mut Requests) {
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            ui.spacing_mut().button_padding.x = 0.0;
            let icon = if is_open { m::ICON_EXPAND_MORE } else { m::ICON_CHEVRON_RIGHT };
            let hint = if is_open { words::hide_sets() } else { words::show_sets() };
            let text = words::sets_heading(self.sets.listed.len());
            let text = egui::RichText::new(text).font(strong(size::INTERFACE));
            let button = egui::Button::new((icon.rich_text().size(16.0), text)).frame_when_inactive(false);
            let heading = ui.add(button);
            heading.widget_info(|| WidgetInfo::labeled(Role::Button, true, hint));
            // Held over the heading, documents open it.
            if !is_open && carried::is_over(&heading) {
                self.sets.open();
            }
            if heading.on_hover_text(hint).clicked() {
                self.sets.is_open = Some(!is_open);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let chosen = session.document_list().chosen().len();
                let hint =
                    shortcuts::with_shortcut(ui.ctx(), &words::new_set_of(chosen), CommandId::NewDocumentSet);
                let is_writable = session.read_only().is_none();
                let add = ui.add_enabled_ui(is_writable, |ui| widgets::icon_button(ui, m::ICON_ADD, &hint));
                if add.inner.clicked() {
                    requests.push(CommandId::NewDocumentSet);
                }
            });
        });
    }

    fn set_rows(&mut self, ui: &mut Ui, session: &Session, height: f32, requests: &mut Requests) {
        let listed = std::mem::take(&mut self.sets.listed);
        let area = ScrollArea::vertical().id_salt("sets").auto_shrink([false, true]).max_height(height);
        area.show_rows(ui, size::ROW, listed.len(), |ui, rows| {
            for (row, (id, name, count)) in rows.clone().zip(&listed[rows]) {
                if self.names(&Named::Set(id.clone())) {
                    let (_, rect) = ui.allocate_space(egui::vec2(ui.available_width(), size::ROW));
                    self.name_ui(ui, session, rect, requests);
                } else {
                    self.set_row(ui, session, (id, name, *count), (row, listed.len()), requests);
                }
            }
        });
        self.sets.listed = listed;
    }

    fn set_row(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (id, name, count): (&DocumentSetId, &str, usize),
        (row, rows): (usize, usize),
        requests: &mut Requests,
    ) {
        let is_shown = session.document_list().filter().set.as_ref() == Some(&SetFilter::In(id.clone()));
        let (rect, response) = widgets::row(ui, size::ROW, is_shown, &words::set_label(name, count));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_level(1);
            node.set_position_in_set(row + 1);
            node.set_size_of_set(rows);
        });
        let tokens = Tokens::of(ui);
        let right = rect.with_max_x(rect.right() - space::S);
        let small = FontId::proportional(size::SMALL);
        let end = widgets::line_right(ui, right, &widgets::count(count), small, tokens.text_weak);
        let left = pos2(rect.left() + space::XL + 2.0, rect.top());
        let font = if is_shown { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
        let title = Rect::from_min_max(left, pos2(end - space::S, rect.bottom()));
        widgets::line(ui, title, name, font, tokens.text);
        if session.read_only().is_none() {
            carried::drop_on_set(ui, id, &response, requests);
        }
        if response.has_focus() {
            self.sets.focused = Some(id.clone());
        }
        if response.clicked() {
            show_only(session, (!is_shown).then(|| id.clone()), requests);
        }
        response.context_menu(|ui| self.set_menu(ui, session, id, is_shown, requests));
        response.on_hover_text(words::set_hint());
    }

    fn set_menu(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        id: &DocumentSetId,
        is_shown: bool,
        requests: &mut Requests,
    ) {
        let show = if is_shown { words::show_all() } else { words::show_set() };
        if ui.button(show).clicked() {
            show_only(session, (!is_shown).then(|| id.clone()), requests);
        }
        ui.add_enabled_ui(session.read_only().is_none(), |ui| {
            let chosen = session.document_list().chosen();
            if ui
                .add_enabled(!chosen.is_empty(), egui::Button::new(words::add_chosen(chosen.len())))
                .clicked()
            {
                requests.push(DocumentSetAction::Add(id.clone(), chosen.to_vec()));
            }
            ui.separator();
            if ui.add(egui::Button::new(words::rename()).shortcut_text("F2")).clicked() {
                self.rename_set(session, id);
            }
            let delete = ui.add(egui::Button::new(words::delete_set()).shortcut_text("Delete"));
            if delete.on_hover_text(words::delete_set_hint()).clicked() {
                requests.push(DocumentSetAction::Remove(id.clone()));
            }
        });
    }

    /// Handles the keys of a set that has the keyboard focus.
    fn set_keys(&mut self, session: &Session, id: &DocumentSetId, requests: &mut Requests) {
        if session.read_only().is_some() {
            return;
        }
        for event in &std::mem::take(&mut self.taken) {
            match event {
                Event::Key { key: Key::F2, pressed: true, .. } => self.rename_set(session, id),
                Event::Key { key: Key::Delete, pressed: true, .. } => {
                    requests.push(DocumentSetAction::Remove(id.clone()));
                }
                _ => {}
            }
        }
    }
}

/// Lists the documents of a set alone, or all again.
fn show_only(session: &Session, set: Option<DocumentSetId>, requests: &mut Requests) {
    let filter = session.document_list().filter().clone();
    requests.push(DocumentListAction::Filter(DocumentFilter { set: set.map(SetFilter::In), ..filter }));
}
