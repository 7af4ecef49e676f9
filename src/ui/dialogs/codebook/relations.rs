//! Members of collectives, parties of persons, observers, and issues below others.

use egui::Ui;

use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets::{self, message_line};
use crate::words::relations as words;
use demarche_model::{Project, Relations};
use demarche_session::{CodebookChange, Session};

/// Width in points of the column of names.
const NAMES: f32 = 180.0;
/// Width in points of a menu.
const MENU: f32 = 170.0;

/// The form for relations.
pub struct RelationsForm {
    draft: Relations,
}

/// The kind of an actor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ActorKind {
    Party,
    Collective,
    Person,
}

impl ActorKind {
    const ALL: [Self; 3] = [Self::Party, Self::Collective, Self::Person];

    fn of(relations: &Relations, actor: &str) -> Self {
        if relations.persons.contains_key(actor) {
            Self::Person
        } else if relations.members.contains_key(actor) {
            Self::Collective
        } else {
            Self::Party
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Party => words::party(),
            Self::Collective => words::collective(),
            Self::Person => words::person(),
        }
    }
}

impl RelationsForm {
    /// A form with the relations of the project.
    pub fn new(session: &Session) -> Self {
        Self { draft: Relations::clone(session.project().relations()) }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let project = session.project();
        title(ui, words::title());
        ui.label(words::intro());
        ui.add_space(space::S);
        let scroll = egui::ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            widgets::caption(ui, words::actors());
            project.actors().iter().for_each(|actor| self.actor(ui, project, actor));
            if project.actors().is_empty() {
                widgets::weak(ui, words::no_actors());
            }
            ui.add_space(space::M);
            widgets::caption(ui, words::issues());
            project.issues().iter().for_each(|issue| self.issue(ui, project, issue));
            if project.issues().is_empty() {
                widgets::weak(ui, words::no_issues());
            }
        });
        let finished = self.finished();
        let problem = new_fault(project, &finished);
        message_line(ui, problem.as_deref(), None);
        let ready = problem.is_none() && finished != **project.relations();
        match buttons_without_enter(ui, words::confirm(), ready) {
            Some(Answer::Confirm) => {
                requests.push(CodebookChange::SetRelations(Box::new(finished)));
                Outcome::Close
            }
            Some(_) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn actor(&mut self, ui: &mut Ui, project: &Project, actor: &String) {
        let kind = ActorKind::of(&self.draft, actor);
        ui.horizontal(|ui| {
            name(ui, actor);
            let mut chosen = kind;
            widgets::combo(ui, &words::kind_of(actor), kind.name(), MENU, |ui| {
                for option in ActorKind::ALL {
                    ui.selectable_value(&mut chosen, option, option.name());
                }
            });
            if chosen != kind {
                self.set_kind(actor, chosen);
            }
            if kind == ActorKind::Person {
                self.party(ui, project, actor);
            }
            let mut observes = self.draft.observers.contains(actor);
            let tick = ui.checkbox(&mut observes, words::observer()).on_hover_text(words::observer_hint());
            if tick.changed() {
                if observes {
                    self.draft.observers.insert(actor.clone());
                } else {
                    self.draft.observers.remove(actor);
                }
            }
        });
        if kind == ActorKind::Collective {
            self.members(ui, project, actor);
        }
    }

    fn set_kind(&mut self, actor: &str, kind: ActorKind) {
        self.draft.members.remove(actor);
        self.draft.persons.remove(actor);
        match kind {
            ActorKind::Party => {}
            ActorKind::Collective => drop(self.draft.members.insert(actor.to_owned(), Default::default())),
            ActorKind::Person => drop(self.draft.persons.insert(actor.to_owned(), String::new())),
        }
    }

    fn party(&mut self, ui: &mut Ui, project: &Project, person: &String) {
        let Some(party) = self.draft.persons.get_mut(person) else { return };
        let shown = if party.is_empty() { words::choose_party() } else { party.as_str() }.to_owned();
        widgets::combo(ui, &words::party_of(person), shown, MENU, |ui| {
            for other in project.actors().iter().filter(|other| *other != person) {
                ui.selectable_value(party, other.clone(), other);
            }
        });
    }

    fn members(&mut self, ui: &mut Ui, project: &Project, collective: &String) {
        let Some(members) = self.draft.members.get_mut(collective) else { return };
        ui.horizontal(|ui| {
            ui.add_space(space::L);
            ui.horizontal_wrapped(|ui| {
                for other in project.actors().iter().filter(|other| *other != collective) {
                    let mut on = members.contains(other);
                    if ui.checkbox(&mut on, other).changed() {
                        if on {
                            members.insert(other.clone());
                        } else {
                            members.remove(other);
                        }
                    }
                }
            });
        });
    }

    fn issue(&mut self, ui: &mut Ui, project: &Project, issue: &String) {
        ui.horizontal(|ui| {
            name(ui, issue);
            let mut above = self.draft.issues_below.get(issue).cloned();
            let shown = above.as_deref().map_or(words::nothing_above().to_owned(), words::below_this);
            widgets::combo(ui, &words::below(issue), shown, MENU, |ui| {
                ui.selectable_value(&mut above, None, words::nothing_above());
                for other in project.issues().iter().filter(|other| *other != issue) {
                    ui.selectable_value(&mut above, Some(other.clone()), other);
                }
            });
            match above {
                Some(above) => drop(self.draft.issues_below.insert(issue.clone(), above)),
                None => drop(self.draft.issues_below.remove(issue)),
            }
        });
    }

    /// The relations as chosen, without collectives that have no members and persons without a party.
    fn finished(&self) -> Relations {
        let mut finished = self.draft.clone();
        finished.members.retain(|_, members| !members.is_empty());
        finished.persons.retain(|_, party| !party.is_empty());
        finished
    }
}

fn name(ui: &mut Ui, name: &str) {
    super::name_column(ui, NAMES, 0, name);
}

/// What is wrong with relations and was not wrong before.
fn new_fault(project: &Project, relations: &Relations) -> Option<String> {
    let known = project.relations().faults(project.actors(), project.issues());
    let found = relations.faults(project.actors(), project.issues()).into_iter();
    found.filter(|fault| !known.contains(fault)).map(|fault| fault.to_string()).next()
}
