//! The people of a project: names, initials, colours, roles, assigned documents; whether annotators code blind.

use crate::theme::icons as m;
use egui::{RichText, Ui};

mod new_names;
mod unlisted;

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets;
use crate::words::grammar::sentence;
use crate::words::{common, people as words};
use demarche_model::{Annotator, AnnotatorId, Assignment, Colour, DocumentMeta, Project, Role};
use demarche_session::{ProjectAction, Session, Workload};
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
    /// The field for new names, once it has been shown.
    new_field: Option<egui::Id>,
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
            new_field: None,
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
            new_names::join_pasted_lines(ui, self.new_field);
            let field = widgets::bare_field(ui, words::new(), &mut self.new_name, words::new_hint(), 216.0);
            self.new_field = Some(field.id);
            let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let names = new_names::new_names(&self.new_name, &self.people);
            let add = ui.add_enabled(!names.is_empty(), egui::Button::new(words::add(names.len())));
            let add = add.on_disabled_hover_text(words::add_disabled());
            if (add.clicked() || enter) && !names.is_empty() {
                names.into_iter().for_each(|name| self.add_person(name, project));
                self.new_name.clear();
                field.request_focus();
            }
        });
    }

    fn add_person(&mut self, name: String, project: &Project) {
        let others: Vec<AnnotatorId> = self.people.iter().map(|person| person.id.clone()).collect();
        let id = project.free_person_id_besides(&name, &others);
        self.people.push(Annotator::new(id, name, Colour::nth(self.people.len())));
        let assigned = project.documents().len();
        self.workloads.push(Workload { assigned, ..Workload::default() });
    }

    /// Shows the table of documents and their readers.
    fn assignments(&mut self, ui: &mut Ui, project: &Project) {
        self.assigned_heading(ui);
        ui.add_space(space::XS);
        let area = egui::ScrollArea::both().id_salt("assignments").max_height(220.0);
        area.auto_shrink([false, true]).show_rows(
            ui,
            size::ROW,
            project.documents().len() + 1,
            |ui, rows| {
                for row in rows {
                    match row.checked_sub(1).and_then(|index| project.documents().get(index)) {
                        None => self.header_row(ui),
                        Some(document) => {
                            ui.push_id(row, |ui| self.document_row(ui, &document.meta, project));
                        }
                    }
                }
            },
        );
    }

    fn assigned_heading(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(words::assignments()).font(strong(size::INTERFACE)));
            ui.add_space(space::M);
            if ui.button(words::assign_all()).clicked() {
                self.people.iter_mut().for_each(|person| person.documents = Assignment::All);
            }
            widgets::weak(ui, words::assign_hint());
        });
    }

    fn header_row(&self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.allocate_exact_size(egui::vec2(TITLE_WIDTH, size::ROW), egui::Sense::hover());
            for person in &self.people {
                cell(ui, |ui| widgets::initials_badge(ui, person));
            }
        });
    }

    fn document_row(
        &mut self,
        ui: &mut Ui,
        DocumentMeta { id, title, .. }: &DocumentMeta,
        project: &Project,
    ) {
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
                        person.assign(id, on, project);
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
