//! The bar above the text: title, status, visible layers.

use egui::Ui;

use crate::theme::{Tokens, size, space, strong};
use crate::words::documents as words;
use crate::{keys, widgets};
use demarche_model::{AnnotatorId, Status};
use demarche_session::{DocumentAction, NavigateAction, Pane, Session, Shown};

use super::documents::status_mark;
use super::{linking, marker};
use crate::commands::{CommandId, DialogCommand};
use crate::requests::Requests;

/// Widths of the menus of status and layers, in points; the longest status fits.
const STATUS: f32 = 128.0;
const LAYERS: f32 = 140.0;

/// Shows the title of the document, its status, and the menu of layers.
pub fn title_bar(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    if linking::ui(ui, session, requests) {
        return;
    }
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            layers_menu(ui, session, session.focused_pane(), requests);
            status_menu(ui, session, session.focused_pane(), requests);
            marker::chip(ui, session, requests);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let tokens = Tokens::of(ui);
                let mut title = egui::text::LayoutJob::default();
                let date = document.meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default();
                let strong = egui::TextFormat::simple(strong(size::HEADING), tokens.text);
                let weak =
                    egui::TextFormat::simple(egui::FontId::proportional(size::INTERFACE), tokens.text_weak);
                title.append(&session.focused_pane().title(), 0.0, strong);
                title.append(&date, space::M, weak);
                let response = ui.add(egui::Label::new(title).truncate().sense(egui::Sense::click()));
                if response.on_hover_text(words::edit_details_hint()).double_clicked() {
                    requests.push(DialogCommand::DocumentDetails);
                }
            });
        });
    });
}

/// Shows the user's status of the document in a pane.
pub fn status_menu(ui: &mut Ui, session: &Session, pane: Pane<'_>, requests: &mut Requests) {
    let Some(document) = pane.document() else { return };
    let id = document.id().clone();
    let status = session.status(&id);
    let enabled = session.read_only().is_none() && document.is_loaded();
    ui.add_enabled_ui(enabled, |ui| {
        widgets::combo(ui, words::status(), format!("      {}", words::status_name(status)), STATUS, |ui| {
            for choice in [Status::New, Status::InProgress, Status::Done] {
                if ui.selectable_label(choice == status, words::status_name(choice)).clicked() {
                    requests.push(DocumentAction::SetStatus(id.clone(), choice));
                }
            }
        });
    })
    .response
    .on_hover_text(keys::with_shortcut(ui.ctx(), words::status_hint(), CommandId::ToggleDone));
    let rect = ui.min_rect();
    status_mark(ui, egui::pos2(rect.left() + space::L, rect.center().y), status);
}

/// Shows the layers that are visible in a pane.
pub fn layers_menu(ui: &mut Ui, session: &Session, pane: Pane<'_>, requests: &mut Requests) {
    let name = |id: &AnnotatorId| session.project().name_of(id).to_owned();
    let mine = words::my_layers(&name(session.me()));
    let shown = match pane.shown() {
        Shown::Mine => mine.clone(),
        Shown::Everyone => words::everyone().to_owned(),
        Shown::All => words::all_layers().to_owned(),
        Shown::One(id) => name(id),
    };
    let mut choices = vec![(words::everyone().to_owned(), Shown::Everyone)];
    if session.is_identified() {
        choices.insert(0, (mine, Shown::Mine));
    }
    let others = session.coders().iter().filter(|id| *id != session.me());
    choices.extend(others.map(|id| (name(id), Shown::One(id.clone()))));
    if session.coders().len() > 1 {
        choices.push((words::consensus().to_owned(), Shown::One(AnnotatorId::consensus())));
        choices.push((words::all_layers().to_owned(), Shown::All));
    }
    let response = widgets::combo(ui, words::layers(), shown, LAYERS, |ui| {
        for (label, choice) in choices {
            if ui.selectable_label(choice == *pane.shown(), label).clicked() {
                requests.push(NavigateAction::Show(choice));
            }
        }
    });
    response.on_hover_text(words::layers_hint());
}
