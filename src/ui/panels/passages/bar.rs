//! The bar above the table: its filters, or, if several rows are selected, the buttons that apply to them.

use crate::theme::icons as m;
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Layout, PopupCloseBehavior, RichText, Ui};

use crate::theme::{Tokens, size, space, strong};
use crate::words::passages as words;
use crate::{keys, widgets};
use demarche_io::settings::Columns;
use demarche_session::{AnnotateAction, Arrangement, Column, PassageFilter, PassagesAction, Session};

use super::{PassagesPanel, chips, columns, menu};
use crate::commands::{CommandId, CopyCommand, DialogCommand};
use crate::requests::Requests;

/// Width of the buttons on the right, in points.
const RIGHT: f32 = 400.0;

impl PassagesPanel {
    /// Shows the bar. Its height does not depend on the selection, so that the table does not move.
    pub(super) fn bar(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        columns: &mut Columns,
        requests: &mut Requests,
    ) {
        let passages = session.passage_table();
        ui.horizontal(|ui| {
            ui.set_height(size::ROW);
            ui.label(RichText::new(words::title()).font(strong(size::INTERFACE)));
            widgets::weak(ui, words::shown(passages.len(), passages.total()));
            if passages.is_sorting() {
                ui.add(egui::Spinner::new().size(14.0)).on_hover_text(words::sorting());
            }
            ui.add_space(space::XS);
            if session.selected_spans().len() > 1 {
                self.selection_bar(ui, session, requests);
            } else {
                filters(ui, session, requests);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let hide = keys::with_shortcut(words::hide(), CommandId::ToggleBottom);
                if widgets::icon_button(ui, m::ICON_CLOSE, &hide).clicked() {
                    requests.push(CommandId::ToggleBottom);
                }
                if ui.button(words::export()).on_hover_text(words::export_hint()).clicked() {
                    requests.push(DialogCommand::ExportTable);
                }
                let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
                let (button, _) = MenuButton::new(words::columns())
                    .config(config)
                    .ui(ui, |ui| columns::menu(ui, session, columns));
                button.on_hover_text(words::columns_hint());
                group_by(ui, session, requests);
            });
        });
        ui.add_space(space::XS);
    }

    /// Shows the number of selected rows, and the buttons that apply to them.
    fn selection_bar(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let selected = words::selected(session.selected_spans().len());
        ui.label(RichText::new(selected).color(Tokens::of(ui).accent));
        let writable = session.read_only().is_none();
        ui.add_enabled_ui(writable, |ui| {
            ui.menu_button(words::retag(), |ui| menu::retag(ui, session, requests))
                .response
                .on_hover_text(words::retag_hint());
            ui.menu_button(words::set(), |ui| menu::set(ui, session, requests))
                .response
                .on_hover_text(words::set_hint());
            if ui.button(words::remove()).on_hover_text(words::remove_hint()).clicked() {
                requests.push(AnnotateAction::Remove(session.selected_spans().to_vec()));
            }
        });
        if ui.button(words::copy()).on_hover_text(words::copy_hint()).clicked() {
            requests.push(CopyCommand::Passages);
        }
        if widgets::icon_button(ui, m::ICON_CLOSE, words::clear_selection()).clicked() {
            self.clear_selection(session, requests);
        }
    }
}

/// Shows the field that searches passages, and the other filters.
fn filters(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let filter = session.passage_table().filter();
    let mut wanted = filter.clone();
    let field =
        egui::TextEdit::singleline(&mut wanted.words).hint_text(words::search_hint()).desired_width(130.0);
    let field = ui.add(field);
    field.on_hover_text(words::search_tooltip());
    if !filter.is_empty() {
        let width = (ui.available_width() - RIGHT).max(120.0);
        ui.allocate_ui_with_layout(
            egui::vec2(width, size::ROW),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_max_width(width);
                let area = egui::ScrollArea::horizontal().id_salt("chips").auto_shrink([true, false]);
                area.show(ui, |ui| {
                    ui.horizontal(|ui| {
                        let clear = ui.button(RichText::new(words::clear_filters()).size(size::SMALL));
                        if clear.on_hover_text(words::show_all()).clicked() {
                            wanted = PassageFilter::default();
                        }
                        chips::ui(ui, session, &mut wanted);
                    });
                });
            },
        );
    }
    if wanted != *filter {
        requests.push(PassagesAction::Filter(wanted));
    }
}

/// Shows the menu that groups the rows.
fn group_by(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let arrangement = session.passage_table().arrangement();
    let codebook = session.project().codebook();
    let mut group = arrangement.group.clone();
    let current = match &group {
        None => words::no_groups().to_owned(),
        Some(column) => words::grouped_by(column.title(codebook)),
    };
    let response = widgets::combo(ui, words::group_by(), current, 120.0, |ui| {
        ui.selectable_value(&mut group, None, words::no_groups());
        for column in Column::all(codebook).filter(Column::groups) {
            let name = words::grouped_by(column.title(codebook));
            ui.selectable_value(&mut group, Some(column), name);
        }
    });
    response.on_hover_text(words::group_by_hint());
    if group != arrangement.group {
        requests.push(PassagesAction::Arrange(Arrangement { sort: arrangement.sort.clone(), group }));
    }
}
