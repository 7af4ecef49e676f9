//! The people of a project: names, initials, colours, roles, assigned documents; whether annotators code blind.

use crate::theme::icons as m;
use egui::{RichText, Ui};

mod unlisted;

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets;
use crate::words::grammar::sentence;
use crate::words::{common, people as words};
use demarche_model::{Annotator, AnnotatorId, Colour, DocumentId, Project, Role};
use demarche_session::{ProjectAction, Session, Workload, distribute_documents};
use unlisted::Unlisted;

/// Widths in points of name, initials and role in the list.
const FIELD_WIDTHS: [f32; 3] = [190.0, 52.0, 110.0];

/// Width in points of the titles in the table of documents.
const TITLE_WIDTH: f32 = 300.0;

/// Width in points of a person's column in the table of documents.
const PERSON_WIDTH: f32 = 56.0;

/// The form, with the people as they are edited.
pub struct PeopleForm {
    people: Vec<Annotator>,
    workloads: Vec<Workload>,
    unlisted: Unlisted,
    /// The revision of the project that workloads and owners are for.
    revision: u64,
    blind: bool,
    new_name: String,
    readers_per_document: usize,
}

impl PeopleForm {
    /// A form with the people of the project.
    pub fn new(session: &Session) -> Self {
        let project = session.project();
        let people = project.annotators().to_vec();
        let workloads = people.iter().map(|person| session.workload(person)).collect();
        let blind = project.is_blind();
        Self {
            people,
            workloads,
            unlisted: Unlisted::new(session),
            revision: project.revision(),
            blind,
            new_name: String::new(),
            readers_per_document: 2,
        }
    }

    /// Follows changes that are carried out at once, or by others, and keeps what is edited here.
    fn follow(&mut self, session: &Session) {
        let project = session.project();
        if self.revision == project.revision() {
            return;
        }
        self.revision = project.revision();
        self.unlisted = Unlisted::new(session);
        let is_new = |person: &&Annotator| self.people.iter().all(|known| known.id != person.id);
        let new: Vec<Annotator> = project.annotators().iter().filter(is_new).cloned().collect();
        self.people.extend(new);
        self.workloads = self.people.iter().map(|person| session.workload(person)).collect();
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        self.follow(session);
        super::title(ui, words::title());
        let refusal = session.read_only().or_else(|| session.leading_refusal().map(str::to_owned));
        if let Some(reason) = &refusal {
            widgets::weak(ui, reason.clone());
            ui.add_space(space::XS);
        }
        ui.add_enabled_ui(refusal.is_none(), |ui| {
            self.list(ui, session, requests);
            self.new_person(ui, session.project());
            self.unlisted.ui(ui, session, requests);
            ui.add_space(space::S);
            ui.checkbox(&mut self.blind, words::blind()).on_hover_text(words::blind_hint());
            ui.separator();
            self.assignments(ui, session.project());
        });
        let clash = self.same_initials();
        widgets::message_line(ui, clash.as_deref(), None);
        match super::buttons_without_enter(ui, common::apply(), refusal.is_none()) {
            Some(Answer::Confirm) => {
                requests.push(ProjectAction::SetPeople(self.people.clone()));
                requests.push(ProjectAction::SetBlind(self.blind));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn list(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let mut removed = None;
        let area = egui::ScrollArea::vertical().id_salt("people").max_height(190.0);
        area.auto_shrink([false, true]).show(ui, |ui| {
            for (index, person) in self.people.iter_mut().enumerate() {
                ui.push_id(index, |ui| {
                    ui.horizontal(|ui| {
                        fields(ui, person);
                        let workload = self.workloads.get(index).copied().unwrap_or_default();
                        widgets::weak(ui, words::progress(person, workload));
                        let layout = egui::Layout::right_to_left(egui::Align::Center);
                        if ui.with_layout(layout, |ui| remove_button(ui, session, person)).inner {
                            removed = Some(index);
                        }
                    });
                });
            }
        });
        if let Some(index) = removed {
            let person = self.people.remove(index);
            if index < self.workloads.len() {
                self.workloads.remove(index);
            }
            if session.project().annotator(&person.id).is_some() {
                requests.push(ProjectAction::RemovePerson(person.id));
            }
        }
    }

    fn new_person(&mut self, ui: &mut Ui, project: &Project) {
        ui.horizontal(|ui| {
            let field = widgets::bare_field(ui, words::new(), &mut self.new_name, words::new_hint(), 216.0);
            let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let name = self.new_name.trim().to_owned();
            let enabled = !name.is_empty() && self.people.iter().all(|person| person.name != name);
            let add = ui.add_enabled(enabled, egui::Button::new(words::add()));
            let add = add.on_disabled_hover_text(words::add_disabled());
            if (add.clicked() || enter) && enabled {
                let others: Vec<AnnotatorId> = self.people.iter().map(|person| person.id.clone()).collect();
                let id = project.free_person_id_besides(&name, &others);
                self.people.push(Annotator::new(id, name, Colour::nth(self.people.len())));
                self.workloads.push(Workload::default());
                self.new_name.clear();
                field.request_focus();
            }
        });
    }

    /// Shows the table of documents and their readers.
    fn assignments(&mut self, ui: &mut Ui, project: &Project) {
        let all: Vec<DocumentId> = project.documents().iter().map(|document| document.id().clone()).collect();
        self.distribution(ui, &all);
        ui.add_space(space::XS);
        let area = egui::ScrollArea::both().id_salt("assignments").max_height(220.0);
        area.auto_shrink([false, true]).show_rows(ui, size::ROW, all.len() + 1, |ui, rows| {
            for row in rows {
                match row.checked_sub(1).and_then(|index| project.documents().get(index)) {
                    None => self.header_row(ui),
                    Some(document) => {
                        let (id, title) = (document.id(), &document.meta.title);
                        ui.push_id(row, |ui| self.document_row(ui, id, title, &all));
                    }
                }
            }
        });
    }

    fn distribution(&mut self, ui: &mut Ui, all: &[DocumentId]) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(words::assignments()).font(strong(size::INTERFACE)));
            ui.add_space(space::M);
            if ui.button(words::assign_all()).clicked() {
                self.people.iter_mut().for_each(|person| person.documents.clear());
            }
            let annotators = self.people.iter().filter(|person| person.role == Role::Annotator).count();
            ui.add_enabled_ui(annotators > 1 && !all.is_empty(), |ui| {
                if ui.button(words::distribute()).on_hover_text(words::distribute_hint()).clicked() {
                    self.distribute(all);
                }
                let readers = &mut self.readers_per_document;
                ui.add(egui::DragValue::new(readers).range(1..=annotators.max(1)));
                widgets::weak(ui, words::readers(self.readers_per_document));
            });
        });
    }

    fn distribute(&mut self, all: &[DocumentId]) {
        let annotators = self.people.iter().filter(|person| person.role == Role::Annotator);
        let ids: Vec<AnnotatorId> = annotators.map(|person| person.id.clone()).collect();
        let shares = distribute_documents(all, &ids, self.readers_per_document);
        for (id, share) in ids.iter().zip(shares) {
            if let Some(person) = self.people.iter_mut().find(|person| person.id == *id) {
                let whole = share.len() == all.len();
                person.documents = if whole { Default::default() } else { share.into_iter().collect() };
            }
        }
    }

    fn header_row(&self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.allocate_exact_size(egui::vec2(TITLE_WIDTH, size::ROW), egui::Sense::hover());
            for person in &self.people {
                cell(ui, |ui| widgets::initials_badge(ui, person));
            }
        });
    }

    fn document_row(&mut self, ui: &mut Ui, id: &DocumentId, title: &str, all: &[DocumentId]) {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(TITLE_WIDTH, size::ROW), egui::Sense::hover());
            let tokens = crate::theme::Tokens::of(ui);
            widgets::line(ui, rect, title, egui::FontId::proportional(size::INTERFACE), tokens.text);
            for person in &mut self.people {
                cell(ui, |ui| {
                    let mut on = person.is_assigned(id);
                    let name = words::assigned(&person.name, title);
                    let response = ui.checkbox(&mut on, "");
                    response.widget_info(|| {
                        egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, name.clone())
                    });
                    if response.on_hover_text(&name).clicked() {
                        assign(person, id, on, all);
                    }
                });
            }
        });
    }

    fn same_initials(&self) -> Option<String> {
        let initials = |index: usize| self.people.get(index).map(Annotator::display_initials);
        let mut indices = 0..self.people.len();
        let twice = indices.find(|&index| (0..index).any(|other| initials(other) == initials(index)))?;
        Some(words::same_initials(&initials(twice)?))
    }
}

/// Assigns a document to a person, or no longer. The list of a person who reads all documents is empty, so that new ones
/// are theirs too; the last document can't be taken away.
fn assign(person: &mut Annotator, id: &DocumentId, reads: bool, all: &[DocumentId]) {
    let mut documents = person.documents.clone();
    if documents.is_empty() {
        documents.extend(all.iter().cloned());
    }
    if reads {
        documents.insert(id.clone());
    } else {
        documents.remove(id);
    }
    if documents.is_empty() {
        return;
    }
    let whole = all.iter().all(|id| documents.contains(id));
    person.documents = if whole { Default::default() } else { documents };
}

/// Shows the button that removes a person, disabled if they can't be removed; returns whether it was clicked.
fn remove_button(ui: &mut Ui, session: &Session, person: &Annotator) -> bool {
    let known = session.project().annotator(&person.id).is_some();
    let refusal = if known { session.removal_refusal(person) } else { None };
    let button = ui.add_enabled_ui(refusal.is_none(), |ui| {
        widgets::icon_button(ui, m::ICON_DELETE, &words::remove(&person.name))
    });
    button.inner.on_disabled_hover_text(refusal.unwrap_or_default()).clicked()
}

fn cell(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let layout = egui::Layout::centered_and_justified(egui::Direction::LeftToRight);
    ui.allocate_ui_with_layout(egui::vec2(PERSON_WIDTH, size::ROW), layout, |ui| {
        ui.set_min_size(egui::vec2(PERSON_WIDTH, size::ROW));
        content(ui);
    });
}

fn fields(ui: &mut Ui, person: &mut Annotator) {
    let mut colour = person.colour.0;
    let picker = ui.color_edit_button_srgb(&mut colour);
    if picker.on_hover_text(words::colour(&person.name)).changed() {
        person.colour = Colour(colour);
    }
    let default_initials = person.display_initials();
    let [name_width, initials_width, role_width] = FIELD_WIDTHS;
    widgets::bare_field(ui, &words::name_of(person), &mut person.name, words::name_hint(), name_width);
    let label = words::initials_of(person);
    widgets::bare_field(ui, &label, &mut person.initials, &default_initials, initials_width);
    widgets::combo(ui, &words::role_of(person), sentence(person.role.name()), role_width, |ui| {
        for role in Role::ALL {
            if ui.selectable_label(person.role == role, sentence(role.name())).clicked() {
                person.role = role;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_person_who_reads_some_documents_has_a_list() {
        let all: Vec<DocumentId> = ["d1", "d2", "d3"].map(DocumentId::from).to_vec();
        let mut person = Annotator::new("ana".into(), "Ana", Colour::nth(0));
        assign(&mut person, &all[1], false, &all);
        assert_eq!(person.documents.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["d1", "d3"]);
        assign(&mut person, &all[0], false, &all);
        assign(&mut person, &all[2], false, &all);
        assert_eq!(person.documents.len(), 1, "the last one stays: none would mean all");
        assign(&mut person, &all[0], true, &all);
        assign(&mut person, &all[1], true, &all);
        assert!(person.documents.is_empty());
    }
}
