//! The menus for the selected rows.

use egui::Ui;

use crate::commands::{CopyCommand, DialogCommand};
use crate::requests::{Request, Requests};
use crate::widgets;
use crate::words::passages as words;
use demarche_model::{AttributeDef, SpanRef, Value};
use demarche_session::{AnnotateAction, NavigateAction, Session};

/// Shows the context menu of a row. Its entries apply to all selected rows.
pub(super) fn of_rows(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    ui.set_min_width(200.0);
    let selected = session.selected_spans().len();
    if selected > 1 {
        widgets::weak(ui, words::selected(selected));
    }
    let mut item = |ui: &mut Ui, name: &str, keys: &str, request: Request| {
        if ui.add(egui::Button::new(name).shortcut_text(keys)).clicked() {
            requests.push(request);
            ui.close();
        }
    };
    item(ui, words::go_to(), "Enter", NavigateAction::GoTo(at.clone()).into());
    item(ui, words::copy_with_citation(), "Ctrl+C", CopyCommand::Passages.into());
    item(ui, words::export(), "", DialogCommand::ExportTable.into());
    ui.separator();
    ui.add_enabled_ui(session.read_only().is_none(), |ui| {
        ui.menu_button(words::retag(), |ui| retag(ui, session, requests));
        ui.menu_button(words::set(), |ui| set(ui, session, requests));
        if ui.add(egui::Button::new(words::remove()).shortcut_text("Delete")).clicked() {
            requests.push(AnnotateAction::Remove(session.selected_spans().to_vec()));
            ui.close();
        }
    });
}

/// Shows the categories that the selected rows can be given.
pub(super) fn retag(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    // A row of a list takes all available width.
    ui.set_width(220.0);
    egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
        for category in session.project().codebook().categories.iter().filter(|c| !c.retired) {
            if widgets::category_item(ui, category).clicked() {
                let at = session.selected_spans().to_vec();
                requests.push(AnnotateAction::SetCategory { at, category: category.id.clone() });
                ui.close();
            }
        }
    });
}

/// Shows the attributes that can be set on the selected rows, each with its values.
pub(super) fn set(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    ui.set_min_width(180.0);
    let attributes = &session.project().codebook().attributes;
    if attributes.is_empty() {
        widgets::weak(ui, words::no_attributes());
    }
    for attribute in attributes {
        ui.menu_button(&attribute.name, |ui| values(ui, session, attribute, requests));
    }
}

fn values(ui: &mut Ui, session: &Session, attribute: &AttributeDef, requests: &mut Requests) {
    ui.set_min_width(160.0);
    let project = session.project();
    let mut set = |ui: &mut Ui, to: Option<Value>| {
        let at = session.selected_spans().to_vec();
        requests.push(AnnotateAction::SetAttribute { at, attribute: attribute.id.clone(), to });
        ui.close();
    };
    egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        for value in attribute.kind.values(project) {
            if ui.button(value.to_string()).clicked() {
                set(ui, Some(value));
            }
        }
        if ui.button(words::no_value()).on_hover_text(words::no_value_hint()).clicked() {
            set(ui, None);
        }
    });
}
