//! The line above the table: what it shows; or, with several rows chosen, what can be done with them.

use crate::theme::icons as m;
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Layout, PopupCloseBehavior, RichText, Ui};

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_io::settings::Columns;
use demarche_session::{AnnotateAction, Arrangement, Column, PassageFilter, PassagesAction, Session};

use super::{PassagesPanel, chips, columns, menu};
use crate::commands::{CommandId, CopyCommand, DialogCommand};
use crate::requests::Requests;

/// Room for what stands at the right.
const RIGHT: f32 = 400.0;

impl PassagesPanel {
    /// Shows the line. It is as high with rows chosen as without, so that the table stays where it is.
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
            ui.label(RichText::new("Passages").font(strong(size::INTERFACE)));
            let (shown, all) = (widgets::count(passages.len()), widgets::count(passages.total()));
            widgets::weak(ui, format!("{shown} of {all}"));
            if passages.is_sorting() {
                ui.add(egui::Spinner::new().size(14.0)).on_hover_text("Sorting");
            }
            ui.add_space(space::XS);
            if session.selected_spans().len() > 1 {
                self.chosen_bar(ui, session, requests);
            } else {
                filters(ui, session, requests);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::icon_button(ui, m::ICON_CLOSE, "Hide the passages (F9)").clicked() {
                    requests.push(CommandId::ToggleBottom);
                }
                let export = ui.button("Export…");
                if export.on_hover_text("Write what the table shows for other programs").clicked() {
                    requests.push(DialogCommand::ExportTable);
                }
                let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
                let (button, _) = MenuButton::new("Columns")
                    .config(config)
                    .ui(ui, |ui| columns::menu(ui, session, columns));
                button.on_hover_text("Which columns are shown");
                group_by(ui, session, requests);
            });
        });
        ui.add_space(space::XS);
    }

    fn chosen_bar(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let chosen = session.selected_spans().len();
        ui.label(RichText::new(format!("{} chosen", widgets::count(chosen))).color(Tokens::of(ui).accent));
        let writable = session.read_only().is_none();
        ui.add_enabled_ui(writable, |ui| {
            ui.menu_button("Retag as", |ui| menu::retag(ui, session, requests))
                .response
                .on_hover_text("Tag all chosen passages as another category (its key)");
            ui.menu_button("Set", |ui| menu::set(ui, session, requests))
                .response
                .on_hover_text("Say something of all chosen passages");
            if ui.button("Remove").on_hover_text("Remove the chosen passages (Delete)").clicked() {
                requests.push(AnnotateAction::Remove(session.selected_spans().to_vec()));
            }
        });
        let copy = ui.button("Copy");
        if copy.on_hover_text("Copy the chosen passages with citation (Ctrl+C)").clicked() {
            requests.push(CopyCommand::Passages);
        }
        if widgets::icon_button(ui, m::ICON_CLOSE, "Let go of the chosen passages (Esc)").clicked() {
            self.choose_one(session, requests);
        }
    }
}

/// The field for words, and what else is filtered by.
fn filters(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let filter = session.passage_table().filter();
    let mut wanted = filter.clone();
    let field = egui::TextEdit::singleline(&mut wanted.words).hint_text("filter words…").desired_width(130.0);
    let field = ui.add(field);
    field.on_hover_text("Only passages whose words or note hold this");
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
                        let all = ui.button(RichText::new("Show all").size(size::SMALL));
                        if all.on_hover_text("Take all filters off").clicked() {
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

fn group_by(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let arrangement = session.passage_table().arrangement();
    let codebook = session.project().codebook();
    let mut group = arrangement.group.clone();
    let chosen = match &group {
        None => "no groups".to_owned(),
        Some(column) => format!("by {}", column.title(codebook).to_lowercase()),
    };
    let response = widgets::combo(ui, "Group by", chosen, 120.0, |ui| {
        ui.selectable_value(&mut group, None, "no groups");
        for column in Column::all(codebook).filter(Column::groups) {
            let name = format!("by {}", column.title(codebook).to_lowercase());
            ui.selectable_value(&mut group, Some(column), name);
        }
    });
    response.on_hover_text("Rows that have the same stand together");
    if group != arrangement.group {
        requests.push(PassagesAction::Arrange(Arrangement { sort: arrangement.sort.clone(), group }));
    }
}
