//! Which passages come into the queue.

use egui::Ui;

use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_session::{ReviewAction, ReviewFilter, ReviewState, Session};

/// Shows the four menus.
pub(super) fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let old = session.review().filter();
    let mut new = old.clone();
    let width = ((ui.available_width() - space::S) / 2.0).floor();
    egui::Grid::new("review filters").num_columns(2).spacing([space::S, space::XS]).show(ui, |ui| {
        annotators(ui, session, &mut new, width);
        states(ui, &mut new, width);
        ui.end_row();
        categories(ui, session, &mut new, width);
        documents(ui, session, &mut new, width);
        ui.end_row();
    });
    if new != *old {
        requests.push(ReviewAction::Filter(new));
    }
}

fn annotators(ui: &mut Ui, session: &Session, filter: &mut ReviewFilter, width: f32) {
    let project = session.project();
    let shown = filter.annotator.as_ref().map_or("Everybody else", |id| project.name_of(id)).to_owned();
    let response = widgets::combo(ui, "Passages of", shown, width, |ui| {
        if ui.selectable_label(filter.annotator.is_none(), "Everybody else").clicked() {
            filter.annotator = None;
        }
        for person in project.annotators().iter().filter(|person| person.id != *session.me()) {
            if ui.selectable_label(filter.annotator.as_ref() == Some(&person.id), &person.name).clicked() {
                filter.annotator = Some(person.id.clone());
            }
        }
    });
    response.on_hover_text("Whose passages to decide on");
}

fn states(ui: &mut Ui, filter: &mut ReviewFilter, width: f32) {
    let response = widgets::combo(ui, "State", filter.state.name(), width, |ui| {
        for state in ReviewState::ALL {
            if ui.selectable_label(filter.state == state, state.name()).clicked() {
                filter.state = state;
            }
        }
    });
    response.on_hover_text("How far the review of them is");
}

fn categories(ui: &mut Ui, session: &Session, filter: &mut ReviewFilter, width: f32) {
    let codebook = session.project().codebook();
    let shown = filter.category.as_ref().map_or("Any category", |id| codebook.name_of(id)).to_owned();
    widgets::combo(ui, "Category of passages", shown, width, |ui| {
        if ui.selectable_label(filter.category.is_none(), "Any category").clicked() {
            filter.category = None;
        }
        for category in &codebook.categories {
            if widgets::category_item(ui, category).clicked() {
                filter.category = Some(category.id.clone());
                ui.close();
            }
        }
    });
}

fn documents(ui: &mut Ui, session: &Session, filter: &mut ReviewFilter, width: f32) {
    let project = session.project();
    let title = filter.document.as_ref().and_then(|id| project.document(id)).map(|d| d.meta.title.clone());
    let shown = demarche_analysis::context::shorten(title.as_deref().unwrap_or("Any document"), 22);
    widgets::combo(ui, "Document of passages", shown, width, |ui| {
        if ui.selectable_label(filter.document.is_none(), "Any document").clicked() {
            filter.document = None;
        }
        if let Some(here) = session.document() {
            let on = filter.document.as_ref() == Some(here.id());
            if ui.selectable_label(on, "The document that is shown").clicked() {
                filter.document = Some(here.id().clone());
            }
        }
        for document in project.documents().iter().take(200) {
            let on = filter.document.as_ref() == Some(document.id());
            if ui.selectable_label(on, &document.meta.title).clicked() {
                filter.document = Some(document.id().clone());
            }
        }
    });
}
