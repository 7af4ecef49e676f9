//! What can be done with the chosen rows.

use egui::Ui;

use crate::commands::{CopyCommand, DialogCommand};
use crate::requests::{Request, Requests};
use crate::widgets;
use demarche_model::{AttributeDef, SpanRef, Value};
use demarche_session::{AnnotateAction, NavigateAction, Session};

/// The context menu of a row. What it does, it does with all rows that are chosen.
pub(super) fn of_rows(ui: &mut Ui, session: &Session, at: &SpanRef, requests: &mut Requests) {
    ui.set_min_width(200.0);
    let chosen = session.selected_spans().len();
    if chosen > 1 {
        widgets::weak(ui, format!("{} chosen", widgets::count(chosen)));
    }
    let mut item = |ui: &mut Ui, name: &str, keys: &str, request: Request| {
        if ui.add(egui::Button::new(name).shortcut_text(keys)).clicked() {
            requests.push(request);
            ui.close();
        }
    };
    item(ui, "Go to the passage", "Enter", NavigateAction::GoTo(at.clone()).into());
    item(ui, "Copy with citation", "Ctrl+C", CopyCommand::Passages.into());
    item(ui, "Export…", "", DialogCommand::ExportTable.into());
    ui.separator();
    ui.add_enabled_ui(session.read_only().is_none(), |ui| {
        ui.menu_button("Retag as", |ui| retag(ui, session, requests));
        ui.menu_button("Set", |ui| set(ui, session, requests));
        if ui.add(egui::Button::new("Remove").shortcut_text("Delete")).clicked() {
            requests.push(AnnotateAction::Remove(session.selected_spans().to_vec()));
            ui.close();
        }
    });
}

/// The categories that the chosen rows can be tagged as.
pub(super) fn retag(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    // A row of a list takes all the width there is.
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

/// The attributes that can be set on the chosen rows, each with its values.
pub(super) fn set(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    ui.set_min_width(180.0);
    let attributes = &session.project().codebook().attributes;
    if attributes.is_empty() {
        widgets::weak(ui, "The codebook has no attributes.");
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
        if ui.button("not said").on_hover_text("Take the value away").clicked() {
            set(ui, None);
        }
    });
}
