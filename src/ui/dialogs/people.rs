//! The people of a project: names, initials, colours, roles, documents to read; whether annotators work blind.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use super::Outcome;
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets;
use demarche_model::{Annotator, AnnotatorId, Colour, DocumentId, Project, Role, slug};
use demarche_session::{ProjectAction, Session, Workload, distribute_documents};

/// Widths of the columns of the list: name, initials, role.
const WIDTHS: [f32; 3] = [190.0, 52.0, 110.0];

/// Width of a person's column in the table of documents.
const COLUMN: f32 = 56.0;

/// The form: people as they are being changed.
pub struct PeopleForm {
    people: Vec<Annotator>,
    loads: Vec<Workload>,
    blind: bool,
    new: String,
    overlap: usize,
}

impl PeopleForm {
    /// Begins with the people of the project.
    pub fn new(session: &Session) -> Self {
        let project = session.project();
        let people = project.annotators().to_vec();
        let loads = people.iter().map(|person| session.workload(person)).collect();
        Self { people, loads, blind: project.is_blind(), new: String::new(), overlap: 2 }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, "People");
        let refusal = session.read_only().or_else(|| session.leading_refusal().map(str::to_owned));
        if let Some(why) = &refusal {
            widgets::weak(ui, why.clone());
            ui.add_space(space::XS);
        }
        ui.add_enabled_ui(refusal.is_none(), |ui| {
            self.list(ui, session, requests);
            self.add(ui);
            ui.add_space(space::S);
            let blind = ui.checkbox(&mut self.blind, "Annotators work blind");
            blind.on_hover_text(
                "An annotator sees what others have tagged in a document only once they have marked it as done. \
                 Reviewers and leads see everything.",
            );
            ui.separator();
            self.documents(ui, session.project());
        });
        let clash = self.same_initials();
        widgets::message_line(ui, clash.as_deref(), None);
        match super::buttons_below(ui, "Apply", refusal.is_none()) {
            Some(true) => {
                requests.push(ProjectAction::SetPeople(self.people.clone()));
                requests.push(ProjectAction::SetBlind(self.blind));
                Outcome::Close
            }
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn list(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let mut removed = None;
        egui::ScrollArea::vertical().id_salt("people").max_height(190.0).auto_shrink([false, true]).show(
            ui,
            |ui| {
                for (at, person) in self.people.iter_mut().enumerate() {
                    ui.push_id(at, |ui| {
                        ui.horizontal(|ui| {
                            fields(ui, person);
                            let load = self.loads.get(at).copied().unwrap_or_default();
                            widgets::weak(ui, figures(person, load));
                            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                                let known = session.project().annotator(&person.id).is_some();
                                let why = if known { session.removal_refusal(person) } else { None };
                                let name = format!("Remove {}", person.name);
                                let button = ui.add_enabled_ui(why.is_none(), |ui| {
                                    widgets::icon_button(ui, m::ICON_DELETE, &name)
                                });
                                let button = button.inner.on_disabled_hover_text(why.unwrap_or_default());
                                if button.clicked() {
                                    removed = Some((at, known));
                                }
                            });
                        });
                    });
                }
            },
        );
        if let Some((at, known)) = removed {
            let person = self.people.remove(at);
            if at < self.loads.len() {
                self.loads.remove(at);
            }
            if known {
                requests.push(ProjectAction::RemovePerson(person.id));
            }
        }
    }

    /// The field for somebody new.
    fn add(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let field = widgets::bare_field(ui, "New person", &mut self.new, "Name of somebody new", 216.0);
            let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let name = self.new.trim().to_owned();
            let id = AnnotatorId::new(slug(&name, "person"));
            let taken = self.people.iter().any(|person| person.id == id || person.name == name);
            let enabled = !name.is_empty() && !taken && !id.is_consensus();
            let add = ui.add_enabled(enabled, egui::Button::new("Add"));
            let add = add.on_disabled_hover_text("Type a name that nobody here has");
            if (add.clicked() || enter) && enabled {
                self.people.push(Annotator::new(id, name, Colour::nth(self.people.len())));
                self.loads.push(Workload::default());
                self.new.clear();
                field.request_focus();
            }
        });
    }

    /// Who reads what.
    fn documents(&mut self, ui: &mut Ui, project: &Project) {
        let all: Vec<DocumentId> = project.documents().iter().map(|document| document.id().clone()).collect();
        self.distribution(ui, &all);
        ui.add_space(space::XS);
        egui::ScrollArea::both()
            .id_salt("assignments")
            .max_height(220.0)
            .auto_shrink([false, true])
            .show_rows(ui, size::ROW, all.len() + 1, |ui, rows| {
                for row in rows {
                    match row.checked_sub(1).and_then(|at| project.documents().get(at)) {
                        None => self.heads(ui),
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
            ui.label(RichText::new("Documents to read").font(strong(size::INTERFACE)));
            ui.add_space(space::M);
            if ui.button("Everybody reads all").clicked() {
                self.people.iter_mut().for_each(|person| person.documents.clear());
            }
            let annotators = self.people.iter().filter(|person| person.role == Role::Annotator).count();
            ui.add_enabled_ui(annotators > 1 && !all.is_empty(), |ui| {
                if ui.button("Distribute evenly").on_hover_text("Among those who tag").clicked() {
                    self.distribute(all);
                }
                ui.add(egui::DragValue::new(&mut self.overlap).range(1..=annotators.max(1)));
                widgets::weak(ui, "readers for each document");
            });
        });
    }

    fn distribute(&mut self, all: &[DocumentId]) {
        let taggers = || self.people.iter().filter(|person| person.role == Role::Annotator);
        let ids: Vec<AnnotatorId> = taggers().map(|person| person.id.clone()).collect();
        let shares = distribute_documents(all, &ids, self.overlap);
        for (id, share) in ids.iter().zip(shares) {
            if let Some(person) = self.people.iter_mut().find(|person| person.id == *id) {
                let whole = share.len() == all.len();
                person.documents = if whole { Default::default() } else { share.into_iter().collect() };
            }
        }
    }

    fn heads(&self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.allocate_exact_size(egui::vec2(300.0, size::ROW), egui::Sense::hover());
            for person in &self.people {
                cell(ui, |ui| widgets::initials_badge(ui, person));
            }
        });
    }

    fn document_row(&mut self, ui: &mut Ui, id: &DocumentId, title: &str, all: &[DocumentId]) {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(300.0, size::ROW), egui::Sense::hover());
            let tokens = crate::theme::Tokens::of(ui);
            widgets::line(ui, rect, title, egui::FontId::proportional(size::INTERFACE), tokens.text);
            for person in &mut self.people {
                cell(ui, |ui| {
                    let mut on = person.is_assigned(id);
                    let name = format!("{} reads {title}", person.name);
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
        let short = |at: usize| self.people.get(at).map(Annotator::display_initials);
        let twice = (0..self.people.len()).find(|&at| (0..at).any(|before| short(before) == short(at)))?;
        Some(format!("Two people have the initials {}; give one of them others", short(twice)?))
    }
}

/// A person is to read a document, or no longer. Who reads all has an empty list, so that new documents are theirs too;
/// the last one can't be taken away.
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

fn cell(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let layout = egui::Layout::centered_and_justified(egui::Direction::LeftToRight);
    ui.allocate_ui_with_layout(egui::vec2(COLUMN, size::ROW), layout, |ui| {
        ui.set_min_size(egui::vec2(COLUMN, size::ROW));
        content(ui);
    });
}

fn fields(ui: &mut Ui, person: &mut Annotator) {
    let mut colour = person.colour.0;
    let picker = ui.color_edit_button_srgb(&mut colour);
    if picker.on_hover_text(format!("Colour of {}", person.name)).changed() {
        person.colour = Colour(colour);
    }
    let hint = person.display_initials();
    let label = |what: &str| format!("{what} of {}", person.id);
    let (name_label, initials_label, role_label) = (label("Name"), label("Initials"), label("Role"));
    widgets::bare_field(ui, &name_label, &mut person.name, "Name", WIDTHS[0]);
    widgets::bare_field(ui, &initials_label, &mut person.initials, &hint, WIDTHS[1]);
    widgets::combo(ui, &role_label, person.role.name(), WIDTHS[2], |ui| {
        for role in Role::ALL {
            if ui.selectable_label(person.role == role, role.name()).clicked() {
                person.role = role;
            }
        }
    });
}

fn figures(person: &Annotator, load: Workload) -> String {
    let mut said = Vec::new();
    if person.role == Role::Annotator || load.passages > 0 {
        said.push(format!("{} of {} done", load.done, widgets::plural(load.assigned, "document")));
        said.push(widgets::plural(load.passages, "passage"));
    }
    if load.decisions > 0 {
        said.push(widgets::plural(load.decisions, "decision"));
    }
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_all_but_one_has_a_list_and_who_reads_all_again_has_none() {
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
