//! Events and phases of the negotiation: the user's can be changed, those of others are shown.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::codebook::colour_choice;
use super::{Outcome, close_button, title};
use crate::requests::Requests;
use crate::theme::icons as m;
use crate::theme::{size, space};
use crate::widgets;
use crate::words::{calendar as words, common};
use demarche_model::{Colour, Date, EventId, NegotiationPhase, PhaseId, ProjectEvent};
use demarche_session::{AnalysisNotesAction, Session};

/// Greatest height of the list, in points.
const LIST_PT: f32 = 230.0;
/// Width of a date, in points.
const DATE_PT: f32 = 96.0;

/// The form for events and phases.
pub struct CalendarForm {
    draft: Draft,
    deletes: Option<Entry>,
    is_new: bool,
}

/// An entry of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Entry {
    Event(EventId),
    Phase(PhaseId),
}

/// What the fields hold.
struct Draft {
    /// The entry that is changed; `None` for a new one.
    changes: Option<Entry>,
    is_phase: bool,
    name: String,
    from: String,
    to: String,
    colour: Colour,
}

impl Draft {
    fn new(date: String, is_phase: bool) -> Self {
        Self {
            changes: None,
            is_phase,
            name: String::new(),
            to: date.clone(),
            from: date,
            colour: Colour::nth(0),
        }
    }

    fn of_event(event: &ProjectEvent) -> Self {
        Self {
            changes: Some(Entry::Event(event.id)),
            name: event.label.clone(),
            colour: event.colour,
            ..Self::new(event.date.to_string(), false)
        }
    }

    fn of_phase(phase: &NegotiationPhase) -> Self {
        Self {
            changes: Some(Entry::Phase(phase.id)),
            name: phase.name.clone(),
            to: phase.to.to_string(),
            ..Self::new(phase.from.to_string(), true)
        }
    }

    /// The change that it makes, or the reason why it makes none.
    fn action(&self) -> Result<AnalysisNotesAction, &'static str> {
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            return Err(words::needs_name());
        }
        let date = |text: &str| Date::parse(text.trim()).ok_or(words::no_date());
        let from = date(&self.from)?;
        if !self.is_phase {
            return Ok(match self.changes {
                Some(Entry::Event(id)) => AnalysisNotesAction::SetEvent(ProjectEvent {
                    id,
                    date: from,
                    label: name,
                    colour: self.colour,
                }),
                Some(Entry::Phase(_)) | None => {
                    AnalysisNotesAction::AddEvent { date: from, label: name, colour: self.colour }
                }
            });
        }
        let to = date(&self.to)?;
        if to.as_str() < from.as_str() && !from.as_str().starts_with(to.as_str()) {
            return Err(words::ends_before());
        }
        Ok(match self.changes {
            Some(Entry::Phase(id)) => AnalysisNotesAction::SetPhase(NegotiationPhase { id, name, from, to }),
            Some(Entry::Event(_)) | None => AnalysisNotesAction::AddPhase { name, from, to },
        })
    }
}

impl CalendarForm {
    /// A form that offers an event at the date of the marked bin.
    pub fn new(session: &Session) -> Self {
        let date = session.analyse().marked_date().map(ToString::to_string).unwrap_or_default();
        Self { draft: Draft::new(date, false), deletes: None, is_new: true }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, words::title());
        self.fields(ui, requests);
        ui.add_space(space::S);
        ScrollArea::vertical().id_salt("calendar").max_height(LIST_PT).show(ui, |ui| {
            self.events(ui, session, requests);
            self.phases(ui, session, requests);
        });
        close_button(ui)
    }

    fn fields(&mut self, ui: &mut Ui, requests: &mut Requests) {
        let draft = &mut self.draft;
        ui.horizontal(|ui| {
            let is_fixed = draft.changes.is_some();
            ui.add_enabled_ui(!is_fixed, |ui| {
                ui.radio_value(&mut draft.is_phase, false, words::event());
                ui.radio_value(&mut draft.is_phase, true, words::phase());
            });
        });
        ui.add_space(space::XS);
        let mut name = None;
        ui.horizontal(|ui| {
            let dates = if draft.is_phase { 2.0 } else { 1.0 };
            let width = ui.available_width() - dates * (DATE_PT + space::S) - space::S;
            name = Some(widgets::bare_field(ui, words::name(), &mut draft.name, words::name(), width));
            let from = if draft.is_phase { words::from() } else { words::date() };
            widgets::bare_field(ui, from, &mut draft.from, from, DATE_PT).on_hover_text(words::date_hint());
            if draft.is_phase {
                let field = widgets::bare_field(ui, words::to(), &mut draft.to, words::to(), DATE_PT);
                field.on_hover_text(words::date_hint());
            }
        });
        if std::mem::take(&mut self.is_new)
            && let Some(name) = &name
        {
            name.request_focus();
        }
        if !draft.is_phase {
            colour_choice(ui, &mut draft.colour);
        }
        let action = draft.action();
        let confirm = if draft.changes.is_some() { words::change() } else { words::add() };
        let entered =
            super::footer::entered(ui, action.is_ok()) && name.is_some_and(|name| name.lost_focus());
        let mut confirmed = entered;
        ui.horizontal(|ui| {
            let button = ui.add_enabled(action.is_ok(), egui::Button::new(confirm));
            confirmed |= button.clicked();
            if self.draft.changes.is_some() && ui.button(common::cancel()).clicked() {
                self.draft = Draft::new(String::new(), self.draft.is_phase);
            }
            if let Err(reason) = &action {
                widgets::weak(ui, *reason);
            }
        });
        if let Ok(action) = action
            && confirmed
        {
            requests.push(action);
            self.draft = Draft::new(String::new(), self.draft.is_phase);
        }
    }

    fn events(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let events = session.events();
        widgets::heading(ui, &words::events(events.len()), |_| {});
        for (owner, event) in events {
            let is_mine = owner == session.me();
            let owner = session.project().name_of(owner);
            let line = (event.date.to_string(), event.label.as_str(), owner);
            if self.entry(ui, Entry::Event(event.id), line, is_mine, Some(event.colour), requests) {
                self.draft = Draft::of_event(event);
            }
        }
    }

    fn phases(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let phases = session.phases();
        widgets::heading(ui, &words::phases(phases.len()), |_| {});
        for (owner, phase) in phases {
            let is_mine = owner == session.me();
            let owner = session.project().name_of(owner);
            let line = (words::days(&phase.from, &phase.to), phase.name.as_str(), owner);
            if self.entry(ui, Entry::Phase(phase.id), line, is_mine, None, requests) {
                self.draft = Draft::of_phase(phase);
            }
        }
    }

    /// Shows an entry with its buttons. Returns whether it is to be changed.
    fn entry(
        &mut self,
        ui: &mut Ui,
        entry: Entry,
        (date, name, owner): (String, &str, &str),
        is_mine: bool,
        colour: Option<Colour>,
        requests: &mut Requests,
    ) -> bool {
        let mut changes = false;
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            if let Some(colour) = colour {
                let (rect, _) = ui.allocate_exact_size(egui::vec2(16.0, size::ROW), egui::Sense::hover());
                widgets::swatch(ui, rect.center(), colour);
            }
            ui.label(RichText::new(date).size(size::SMALL));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if is_mine {
                    if widgets::icon_button(ui, m::ICON_DELETE, &words::delete(name)).clicked() {
                        self.deletes = Some(entry);
                    }
                    changes = widgets::icon_button(ui, m::ICON_EDIT_NOTE, &words::edit(name)).clicked();
                } else {
                    widgets::weak(ui, owner);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(name).truncate());
                });
            });
        });
        if self.deletes == Some(entry) {
            self.confirm_delete(ui, entry, name, requests);
        }
        changes
    }

    fn confirm_delete(&mut self, ui: &mut Ui, entry: Entry, name: &str, requests: &mut Requests) {
        ui.horizontal(|ui| {
            widgets::weak(ui, words::delete_question(name));
            if ui.small_button(common::delete()).clicked() {
                self.deletes = None;
                match entry {
                    Entry::Event(id) => requests.push(AnalysisNotesAction::RemoveEvent(id)),
                    Entry::Phase(id) => requests.push(AnalysisNotesAction::RemovePhase(id)),
                }
            }
            if ui.small_button(common::cancel()).clicked() {
                self.deletes = None;
            }
        });
    }
}
