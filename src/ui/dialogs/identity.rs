//! The question who the user is: the list of people, or a new name.

use egui::{EventFilter, FontId, Key, Modifiers, Ui, vec2};

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::icons as m;
use crate::theme::{Tokens, size, space};
use crate::words::grammar::sentence;
use crate::words::identity as words;
use crate::{Settings, widgets};
use demarche_model::{Annotator, PersonMatch};
use demarche_session::{ProjectAction, Session};

/// Greatest height of the list in points.
const LIST_HEIGHT: f32 = 280.0;

/// The form, with what is chosen and typed.
pub struct IdentityForm {
    people: Vec<Annotator>,
    /// Index of the chosen row; the row after the people is for someone new. `None` at first: nobody is suggested.
    chosen: Option<usize>,
    name: String,
    /// The person whom the name means, and the name that this was found for.
    found: Option<(String, PersonMatch)>,
    /// The row that gets the keyboard in the next frame.
    focus: Option<usize>,
}

impl IdentityForm {
    /// A form with the people of the project. Only a user who is known already is chosen; the name that the user has had in
    /// other projects is suggested for someone new.
    pub fn new(session: &Session, settings: &Settings) -> Self {
        let people = session.project().annotators().to_vec();
        let me = people.iter().position(|person| session.is_identified() && person.id == *session.me());
        // Where there is no one to choose from, a name is all that is asked for.
        let chosen = me.or(people.is_empty().then_some(0));
        let name = settings.my_name.clone().unwrap_or_default();
        Self { people, chosen, name, found: None, focus: Some(chosen.unwrap_or(0)) }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        widgets::weak(ui, words::hint(session.project().name()));
        ui.add_space(space::S);
        // Enter on a row that is not chosen yet only chooses it.
        let was_ready = self.action().is_some();
        self.arrows(ui);
        let is_double_click = self.list(ui, session);
        self.new_name(ui, session);
        if let Some(action) = self.near(ui, session) {
            requests.push(action);
            return Outcome::Close;
        }
        let action = self.action();
        let pressed = super::buttons(ui, words::confirm(), was_ready && action.is_some());
        match (pressed, action) {
            (Some(Answer::Cancel), _) => Outcome::Close,
            (Some(Answer::Confirm), Some(action)) => {
                requests.push(action);
                Outcome::Close
            }
            (None, Some(action)) if is_double_click => {
                requests.push(action);
                Outcome::Close
            }
            _ => Outcome::Stay,
        }
    }

    /// What the choice asks for; `None` while it is not complete.
    fn action(&self) -> Option<ProjectAction> {
        let chosen = self.chosen?;
        if let Some(person) = self.people.get(chosen) {
            return Some(ProjectAction::WorkAs { name: person.id.to_string() });
        }
        let name = self.name.trim().to_owned();
        match &self.found.as_ref()?.1 {
            PersonMatch::New => Some(ProjectAction::WorkAsNew { name }),
            PersonMatch::Known(id) => Some(ProjectAction::WorkAs { name: id.to_string() }),
            PersonMatch::Near(_) | PersonMatch::Ambiguous(_) | PersonMatch::Invalid => None,
        }
    }

    /// Moves the choice with the arrow keys.
    fn arrows(&mut self, ui: &Ui) {
        let (down, up) = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowDown), pressed(Key::ArrowUp))
        });
        let to = match (self.chosen, down, up) {
            (Some(at), true, _) => (at + 1).min(self.people.len()),
            (Some(at), _, true) => at.saturating_sub(1),
            (None, true, _) => 0,
            (None, _, true) => self.people.len(),
            (_, false, false) => return,
        };
        self.chosen = Some(to);
        self.focus = Some(to);
    }

    /// Shows the people and the row for someone new. Returns whether a person was double-clicked.
    fn list(&mut self, ui: &mut Ui, session: &Session) -> bool {
        let mut is_double_click = false;
        let area = egui::ScrollArea::vertical().id_salt("who").max_height(LIST_HEIGHT);
        area.auto_shrink([false, true]).show(ui, |ui| {
            for index in 0..=self.people.len() {
                let response = self.row(ui, session, index);
                if self.focus == Some(index) {
                    response.scroll_to_me(None);
                    if self.chosen != Some(self.people.len()) {
                        response.request_focus();
                        self.focus = None;
                    }
                }
                if response.has_focus() {
                    // Arrow keys move the choice, not the keyboard alone.
                    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
                }
                if response.clicked() {
                    self.chosen = Some(index);
                    self.focus = (index == self.people.len()).then_some(index);
                }
                is_double_click |= response.double_clicked() && index < self.people.len();
            }
        });
        is_double_click
    }

    fn row(&self, ui: &mut Ui, session: &Session, index: usize) -> egui::Response {
        let person = self.people.get(index);
        let name = person.map_or(words::someone_new(), |person| person.name.as_str());
        let (rect, response) = widgets::row(ui, size::ROW, self.chosen == Some(index), name);
        let tokens = Tokens::of(ui);
        let mark = rect.left_center() + vec2(space::L, 0.0);
        let small = FontId::proportional(size::SMALL);
        let mut end = rect.right() - space::S;
        match person {
            Some(person) => {
                widgets::swatch(ui, mark, person.colour);
                let is_me = session.is_identified() && person.id == *session.me();
                let note = if is_me { words::you().to_owned() } else { sentence(person.role.name()) };
                end =
                    widgets::line_right(ui, rect.with_max_x(end), &note, small, tokens.text_weak) - space::S;
            }
            None => {
                let icon = m::ICON_ADD;
                let font = icon.rich_text().size(16.0);
                let area = egui::Rect::from_center_size(mark, vec2(18.0, 18.0));
                ui.put(area, egui::Label::new(font.color(tokens.text_weak)).selectable(false));
            }
        }
        let area = rect.with_min_x(rect.left() + space::XL + space::S).with_max_x(end);
        widgets::line(ui, area, name, FontId::proportional(size::INTERFACE), tokens.text);
        response
    }

    /// Shows the field for the name of someone new.
    fn new_name(&mut self, ui: &mut Ui, session: &Session) {
        if self.chosen != Some(self.people.len()) {
            return;
        }
        ui.add_space(space::XS);
        let width = ui.available_width();
        let field = widgets::bare_field(ui, words::name(), &mut self.name, words::name(), width);
        if self.focus.take().is_some() {
            field.request_focus();
        }
        if self.found.as_ref().is_none_or(|(name, _)| *name != self.name) {
            self.found = Some((self.name.clone(), session.find_person(&self.name)));
        }
        let project = session.project();
        let note = match &self.found {
            Some((_, PersonMatch::Known(id))) => Some(words::known(project.name_of(id))),
            Some((_, PersonMatch::Ambiguous(_))) => Some(words::ambiguous().to_owned()),
            Some((_, PersonMatch::Invalid)) if !self.name.trim().is_empty() => {
                Some(words::reserved().to_owned())
            }
            _ => None,
        };
        if let Some(note) = note {
            widgets::weak(ui, note);
        }
    }

    /// Warns of a name that may be a typo, and offers the person whom it resembles. Enter decides neither way.
    fn near(&self, ui: &mut Ui, session: &Session) -> Option<ProjectAction> {
        if self.chosen != Some(self.people.len()) {
            return None;
        }
        let Some((typed, PersonMatch::Near(id))) = &self.found else { return None };
        let (typed, known) = (typed.trim(), session.project().name_of(id));
        let tokens = Tokens::of(ui);
        ui.add_space(space::XS);
        ui.colored_label(tokens.warning, words::near(typed, known));
        let mut action = None;
        ui.add_space(space::XS);
        ui.horizontal_wrapped(|ui| {
            if ui.button(words::i_am(known)).clicked() {
                action = Some(ProjectAction::WorkAs { name: id.to_string() });
            }
            if ui.button(words::add_anyway(typed)).clicked() {
                action = Some(ProjectAction::WorkAsNew { name: typed.to_owned() });
            }
        });
        action
    }
}
