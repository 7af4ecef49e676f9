//! Owners of layers whom the project does not list, and the people to whom their work can be given.

use egui::Ui;

use crate::requests::Requests;
use crate::widgets;
use crate::words::people as words;
use demarche_model::{Annotator, AnnotatorId, Colour};
use demarche_session::{NewOwner, ProjectAction, Session, Workload};

/// Greatest height of the list in points.
const LIST_HEIGHT: f32 = 120.0;

/// Width in points of the menu of people.
const MENU_WIDTH: f32 = 190.0;

/// The owners who are not listed, with what they have done.
pub(super) struct Unlisted(Vec<(AnnotatorId, Workload)>);

impl Unlisted {
    pub fn new(session: &Session) -> Self {
        let load = |id: AnnotatorId| {
            let person = Annotator::new(id.clone(), id.as_str(), Colour::nth(0));
            (id, session.workload(&person))
        };
        Self(session.unlisted_owners().into_iter().map(load).collect())
    }

    /// Shows a row for each owner. A choice is carried out at once, as a step that can be undone.
    pub fn ui(&self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let area = egui::ScrollArea::vertical().id_salt("unlisted").max_height(LIST_HEIGHT);
        area.auto_shrink([false, true]).show(ui, |ui| {
            for (owner, load) in &self.0 {
                ui.horizontal(|ui| row(ui, session, owner, *load, requests));
            }
        });
    }
}

fn row(ui: &mut Ui, session: &Session, owner: &AnnotatorId, load: Workload, requests: &mut Requests) {
    ui.label(owner.as_str());
    widgets::weak(ui, words::unlisted(load)).on_hover_text(words::unlisted_hint());
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if let Some(to) = menu(ui, session, owner) {
            requests.push(ProjectAction::Reassign { from: owner.clone(), to });
        }
        widgets::weak(ui, words::belongs_to());
    });
}

fn menu(ui: &mut Ui, session: &Session, owner: &AnnotatorId) -> Option<NewOwner> {
    let mut chosen = None;
    widgets::combo(ui, &words::owner_of(owner.as_str()), words::choose_person(), MENU_WIDTH, |ui| {
        for person in session.project().annotators() {
            if ui.selectable_label(false, &person.name).clicked() {
                chosen = Some(NewOwner::Person(person.id.clone()));
            }
        }
        ui.separator();
        if ui.selectable_label(false, words::new_owner()).on_hover_text(words::new_owner_hint()).clicked() {
            chosen = Some(NewOwner::Listed { name: owner.to_string() });
        }
    });
    chosen
}
