//! The bar above the text: title, status, whose layers are shown.

use egui::Ui;

use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_model::Status;
use demarche_session::{DocumentAction, NavigateAction, Session, Shown};

use super::documents::{status_mark, status_name};
use crate::commands::DialogCommand;
use crate::requests::Requests;

/// Title of the document, its status, and whose layers are shown.
pub fn title_bar(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            layers_menu(ui, session, requests);
            status_menu(ui, session, requests);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let tokens = Tokens::of(ui);
                let mut title = egui::text::LayoutJob::default();
                let date = document.meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default();
                let strong = egui::TextFormat::simple(strong(size::HEADING), tokens.text);
                let weak =
                    egui::TextFormat::simple(egui::FontId::proportional(size::INTERFACE), tokens.text_weak);
                title.append(&document.meta.title, 0.0, strong);
                title.append(&date, space::M, weak);
                let response = ui.add(egui::Label::new(title).truncate().sense(egui::Sense::click()));
                if response.on_hover_text("Double click to change title, date and source").double_clicked() {
                    requests.push(DialogCommand::DocumentDetails);
                }
            });
        });
    });
}

fn status_menu(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(id) = session.view_state().document.clone() else { return };
    let status = session.status(&id);
    let enabled = session.read_only().is_none() && session.document().is_some_and(|d| d.is_loaded());
    ui.add_enabled_ui(enabled, |ui| {
        widgets::combo(ui, "Status", format!("      {}", status_name(status)), 112.0, |ui| {
            for choice in [Status::New, Status::InProgress, Status::Done] {
                if ui.selectable_label(choice == status, status_name(choice)).clicked() {
                    requests.push(DocumentAction::SetStatus(id.clone(), choice));
                }
            }
        });
    })
    .response
    .on_hover_text("How far you are with this document (Ctrl+Enter: done)");
    let rect = ui.min_rect();
    status_mark(ui, egui::pos2(rect.left() + space::L, rect.center().y), status);
}

fn layers_menu(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let name = |id: &demarche_model::AnnotatorId| session.project().name_of(id).to_owned();
    let mine = match name(session.me()) {
        me if me == "Me" => me,
        other => format!("{other} (me)"),
    };
    let shown = match session.shown() {
        Shown::Mine => mine.clone(),
        Shown::Everyone => "Everyone".to_owned(),
        Shown::One(id) => name(id),
    };
    let mut choices = vec![(mine, Shown::Mine), ("Everyone".to_owned(), Shown::Everyone)];
    let others = session.project().annotators().iter().filter(|a| a.id != *session.me());
    choices.extend(others.map(|a| (a.name.clone(), Shown::One(a.id.clone()))));
    if session.project().annotators().len() > 1 {
        choices.push(("Consensus".to_owned(), Shown::One(demarche_model::AnnotatorId::consensus())));
    }
    let response = widgets::combo(ui, "Layers", shown, 140.0, |ui| {
        for (label, choice) in choices {
            if ui.selectable_label(choice == *session.shown(), label).clicked() {
                requests.push(NavigateAction::Show(choice));
            }
        }
    });
    response.on_hover_text("Whose tags are shown and counted");
}
