//! The filters of the review queue.

use egui::{DragValue, Ui};

use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::grammar::sentence;
use crate::words::review as words;
use demarche_session::{ReviewAction, ReviewFilter, ReviewSample, ReviewState, Session};

/// The sample that is offered first.
const SAMPLE: ReviewSample = ReviewSample { size: 50, seed: 1 };

/// Documents listed in the menu at most.
const DOCUMENTS: usize = 200;

/// Shows the four menus, and the choice of a sample.
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
    sample(ui, &mut new);
    if new != *old {
        requests.push(ReviewAction::Filter(new));
    }
}

/// Shows the choice of a random sample, with its size and seed.
fn sample(ui: &mut Ui, filter: &mut ReviewFilter) {
    ui.horizontal(|ui| {
        let mut is_on = filter.sample.is_some();
        if ui.checkbox(&mut is_on, words::sample()).on_hover_text(words::sample_hint()).changed() {
            filter.sample = is_on.then_some(SAMPLE);
        }
        if let Some(sample) = &mut filter.sample {
            ui.add(DragValue::new(&mut sample.size).range(1..=100_000)).on_hover_text(words::sample_size());
            widgets::weak(ui, words::seed());
            ui.add(DragValue::new(&mut sample.seed)).on_hover_text(words::seed_hint());
        }
    });
}

fn annotators(ui: &mut Ui, session: &Session, filter: &mut ReviewFilter, width: f32) {
    let project = session.project();
    let shown = filter.annotator.as_ref().map_or(words::everyone_else(), |id| project.name_of(id)).to_owned();
    let response = widgets::combo(ui, words::annotator(), shown, width, |ui| {
        if ui.selectable_label(filter.annotator.is_none(), words::everyone_else()).clicked() {
            filter.annotator = None;
        }
        for person in session.coders().iter().filter(|person| *person != session.me()) {
            let name = project.name_of(person);
            if ui.selectable_label(filter.annotator.as_ref() == Some(person), name).clicked() {
                filter.annotator = Some(person.clone());
            }
        }
    });
    response.on_hover_text(words::annotator_hint());
}

fn states(ui: &mut Ui, filter: &mut ReviewFilter, width: f32) {
    let response = widgets::combo(ui, words::state(), sentence(filter.state.name()), width, |ui| {
        for state in ReviewState::ALL {
            if ui.selectable_label(filter.state == state, sentence(state.name())).clicked() {
                filter.state = state;
            }
        }
    });
    response.on_hover_text(words::state_hint());
}

fn categories(ui: &mut Ui, session: &Session, filter: &mut ReviewFilter, width: f32) {
    let codebook = session.project().codebook();
    let shown = filter.category.as_ref().map_or(words::any_category(), |id| codebook.name_of(id)).to_owned();
    widgets::combo(ui, words::category(), shown, width, |ui| {
        if ui.selectable_label(filter.category.is_none(), words::any_category()).clicked() {
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
    let shown = demarche_analysis::context::shorten(title.as_deref().unwrap_or(words::any_document()), 22);
    widgets::combo(ui, words::document(), shown, width, |ui| {
        if ui.selectable_label(filter.document.is_none(), words::any_document()).clicked() {
            filter.document = None;
        }
        if let Some(here) = session.document() {
            let on = filter.document.as_ref() == Some(here.id());
            if ui.selectable_label(on, words::this_document()).clicked() {
                filter.document = Some(here.id().clone());
            }
        }
        for document in project.documents().iter().take(DOCUMENTS) {
            let on = filter.document.as_ref() == Some(document.id());
            if ui.selectable_label(on, &document.meta.title).clicked() {
                filter.document = Some(document.id().clone());
            }
        }
    });
}
