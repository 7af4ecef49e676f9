//! The bar above the table: its filters, or, if several rows are selected, the buttons that apply to them.

use crate::theme::icons as m;
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Layout, PopupCloseBehavior, RichText, Ui};

use crate::theme::{Tokens, size, space, strong};
use crate::words::passages as words;
use crate::{keys, widgets};
use demarche_analysis::context::shorten;
use demarche_io::settings::Columns;
use demarche_session::{
    AnnotateAction, Arrangement, Column, ColumnFilter, FilterAction, PassagesAction, Session,
};

use super::{PassagesPanel, columns, menu};
use crate::commands::{CommandId, CopyCommand, DialogCommand};
use crate::filter_bar::chip;
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
            // Otherwise the tab above names the table.
            if session.find().everywhere().is_none() {
                ui.label(RichText::new(words::title()).font(strong(size::INTERFACE)));
            }
            widgets::weak(ui, words::shown(passages.len(), passages.total()));
            if passages.is_sorting() {
                ui.add(egui::Spinner::new().size(14.0)).on_hover_text(words::sorting());
            }
            ui.add_space(space::XS);
            if session.selected_spans().len() > 1 {
                self.selection_bar(ui, session, requests);
            } else {
                self.filters(ui, session, requests);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let hide = keys::with_shortcut(ui.ctx(), words::hide(), CommandId::ToggleBottom);
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
        self.filter.refusal(ui, session);
        ui.add_space(space::XS);
    }

    /// Shows the filter of the window, and what else narrows the rows.
    fn filters(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let width = (ui.available_width() - RIGHT).max(120.0);
        let is_narrowed = !session.filter().is_empty() || !session.passage_filter().is_empty();
        self.filter.ui(ui, session, width, requests, |_, ui, requests| {
            narrowing(ui, session, requests);
            if is_narrowed
                && ui.small_button(words::clear_filter()).on_hover_text(words::show_all()).clicked()
            {
                requests.push(FilterAction::Clear);
            }
        });
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

/// Shows a chip for each narrowing of the rows that has no form as a term of the filter.
fn narrowing(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let filter = session.passage_filter();
    let mut wanted = filter.clone();
    if let Some(ColumnFilter::Holds(text)) = filter.columns.get(&Column::Place) {
        let title = Column::Place.title(session.project().codebook()).to_owned();
        if chip(ui, &words::contains_chip(&title, &shorten(text, 24))) {
            wanted.clear(&Column::Place);
        }
    }
    if filter.stretch.is_some() && chip(ui, words::part_of_text()) {
        wanted.stretch = None;
    }
    if let Some(set) = &filter.among
        && chip(ui, &shorten(&set.title, 60))
    {
        wanted.among = None;
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
