//! The filter of the window as a bar: its terms as chips or as text. The same bar is on the Analyse screen, above the
//! passages table and in the summary.

mod field;

use egui::{Align, Button, Layout, RichText, Ui};

use crate::requests::Requests;
use crate::theme::{Tokens, size};
use crate::words::analyse as words;
use demarche_analysis::filter::{Chips, Filter};
use demarche_session::{CountScope, FilterAction, Session};

use field::{FieldEvent, FilterField};

/// A bar between frames.
pub struct FilterBar {
    /// The field, while the user types.
    field: Option<FilterField>,
    /// The field opens in the next frame, with this term begun.
    opens: Option<&'static str>,
    /// The filter that `chips` belongs to.
    known: String,
    chips: Chips,
    /// The passages among which the bar counts while the user types.
    among: CountScope,
}

impl FilterBar {
    /// A bar over some passages.
    pub fn new(among: CountScope) -> Self {
        Self { field: None, opens: None, known: String::new(), chips: Chips::default(), among }
    }

    /// Opens the field with the beginning of a term.
    pub fn edit(&mut self, begun: &'static str) {
        self.opens = Some(begun);
    }

    /// Shows the chips, or the field while the user types. `more` adds to the chips.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        width: f32,
        requests: &mut Requests,
        more: impl FnOnce(&mut Self, &mut Ui, &mut Requests),
    ) {
        if self.known != session.filter() {
            session.filter().clone_into(&mut self.known);
            self.chips = Filter::parse(session.filter()).map(Chips::from).unwrap_or_default();
        }
        if let Some(begun) = self.opens.take() {
            self.field = Some(FilterField::new(session.filter(), begun, self.among));
        }
        match &mut self.field {
            Some(field) => match field.ui(ui, session, width, requests) {
                FieldEvent::Nothing => {}
                FieldEvent::Apply(filter) => {
                    requests.push(FilterAction::Set(filter));
                    self.field = None;
                }
                FieldEvent::Cancel => self.field = None,
            },
            None => self.show_chips(ui, session, width, requests, more),
        }
    }

    /// Shows the reason why the text that is typed, or the filter itself, does not fit the project.
    pub fn refusal(&self, ui: &mut Ui, session: &Session) {
        let typed = self.field.as_ref().and_then(FilterField::refusal).map(str::to_owned);
        let of_filter = || session.filtered()?.refusal.as_ref().map(ToString::to_string);
        if let Some(refusal) = typed.or_else(|| of_filter().filter(|_| self.field.is_none())) {
            ui.label(RichText::new(refusal).size(size::SMALL).color(Tokens::of(ui).error));
        }
    }

    /// Adds a term in the form of the filter's text, if it is one.
    pub fn add_term(&mut self, text: &str, requests: &mut Requests) {
        let term = Filter::parse(text).ok().and_then(|filter| filter.terms()?.first().cloned());
        if let Some(term) = term {
            self.chips.add(term);
            requests.push(FilterAction::Set(self.chips.filter().to_string()));
        }
    }

    /// Shows a chip per term, and what opens the field.
    fn show_chips(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        width: f32,
        requests: &mut Requests,
        more: impl FnOnce(&mut Self, &mut Ui, &mut Requests),
    ) {
        let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
        ui.allocate_ui_with_layout(egui::vec2(width, size::ROW), layout, |ui| {
            ui.set_width(width);
            let mut removed = None;
            for (at, one) in self.chips.iter().enumerate() {
                if chip(ui, &one.label(session.project())) {
                    removed = Some(at);
                }
            }
            if let Some(at) = removed {
                self.chips.remove(at);
                requests.push(FilterAction::Set(self.chips.filter().to_string()));
            }
            let text = if self.chips.is_empty() { words::filter_everything() } else { words::edit_filter() };
            let button = Button::new(RichText::new(text).color(Tokens::of(ui).text_weak)).frame(false);
            let button = button.wrap_mode(egui::TextWrapMode::Extend);
            if ui.add(button).on_hover_text(words::edit_filter_hint()).clicked() {
                self.edit("");
            }
            more(self, ui, requests);
        });
    }
}

/// Shows a term with a button that removes it. Returns whether that was clicked.
pub fn chip(ui: &mut Ui, label: &str) -> bool {
    let tokens = Tokens::of(ui);
    let text = RichText::new(words::chip(label)).size(size::SMALL).color(tokens.text);
    let button = Button::new(text).fill(tokens.selected).corner_radius(9).truncate();
    ui.add(button).on_hover_text(words::remove_chip(label)).clicked()
}
