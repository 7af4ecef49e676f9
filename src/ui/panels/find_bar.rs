//! The bar for finding words, in the document that is shown or in all.

use crate::theme::icons as m;
use egui::{Key, Ui, vec2};

use crate::commands::{CommandId, FocusCommand};
use crate::requests::Requests;
use crate::theme::{size, space};
use crate::widgets;
use demarche_analysis::search::Query;
use demarche_session::{FindAction, Session};

/// The bar for finding words in the document.
#[derive(Default)]
pub struct FindBar {
    pattern: String,
    match_case: bool,
    whole_words: bool,
    regex: bool,
    open: bool,
    everywhere: bool,
    focus: bool,
}

impl FindBar {
    /// Opens the bar with these words, or with those of the last search.
    pub fn open(&mut self, words: Option<String>, everywhere: bool) {
        self.open = true;
        self.focus = true;
        self.everywhere = everywhere;
        if let Some(words) = words {
            self.pattern = words;
        }
    }

    fn query(&self) -> Query {
        Query {
            pattern: self.pattern.clone(),
            match_case: self.match_case,
            whole_words: self.whole_words,
            regex: self.regex,
        }
    }

    /// Shows the bar if it is open.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        if !self.open {
            return;
        }
        let before = self.query();
        let mut enter = false;
        ui.horizontal(|ui| {
            let hint = if self.everywhere { "Find in all documents" } else { "Find in this document" };
            let field = egui::TextEdit::singleline(&mut self.pattern).hint_text(hint).desired_width(230.0);
            let field = ui.add(field);
            if std::mem::take(&mut self.focus) {
                field.request_focus();
            }
            enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if enter {
                field.request_focus();
            }
            toggle(ui, &mut self.match_case, "Aa", "Match upper and lower case");
            toggle(ui, &mut self.whole_words, "W", "Whole words");
            toggle(ui, &mut self.regex, ".*", "Regular expression");
            self.buttons(ui, session, requests);
        });
        self.act(ui, session, before, enter, requests);
        ui.add_space(space::XS);
    }

    fn buttons(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let find = session.find();
        if self.everywhere {
            if ui.button("Find").clicked() {
                requests.push(FindAction::Everywhere(self.query()));
            }
        } else {
            if widgets::icon_button(ui, m::ICON_KEYBOARD_ARROW_UP, "Previous hit (Shift+F3)").clicked() {
                requests.push(CommandId::PreviousMatch);
            }
            if widgets::icon_button(ui, m::ICON_KEYBOARD_ARROW_DOWN, "Next hit (F3)").clicked() {
                requests.push(CommandId::NextMatch);
            }
            let more = if find.is_capped() { "+" } else { "" };
            let text = match (find.error(), find.current()) {
                (Some(error), _) => error.to_owned(),
                (None, Some(at)) => format!("{} of {}{more}", at + 1, widgets::count(find.hits().len())),
                (None, None) if self.pattern.is_empty() => String::new(),
                (None, None) => "nothing found".to_owned(),
            };
            widgets::weak(ui, text);
        }
        if ui.button("All documents").on_hover_text("Find in all documents (Ctrl+Shift+F)").clicked() {
            self.everywhere = true;
            requests.push(FindAction::Everywhere(self.query()));
        }
        if widgets::icon_button(ui, m::ICON_CLOSE, "Close (Escape)").clicked() {
            self.close(requests);
        }
    }

    fn act(&mut self, ui: &Ui, session: &Session, before: Query, enter: bool, requests: &mut Requests) {
        let changed = self.query() != before || session.find().query().is_none();
        let back = ui.input(|input| input.modifiers.shift);
        match (self.everywhere, enter) {
            (true, true) => requests.push(FindAction::Everywhere(self.query())),
            (false, true) => {
                requests.push(if back { CommandId::PreviousMatch } else { CommandId::NextMatch })
            }
            (false, false) if changed && self.open => requests.push(FindAction::InDocument(self.query())),
            _ => {}
        }
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.close(requests);
        }
    }

    fn close(&mut self, requests: &mut Requests) {
        self.open = false;
        requests.push(FindAction::End);
        requests.push(FocusCommand::Text);
    }
}

fn toggle(ui: &mut Ui, on: &mut bool, text: &str, hint: &str) {
    let button = egui::Button::new(text).selected(*on).min_size(vec2(28.0, size::ROW));
    if ui.add(button).on_hover_text(hint).clicked() {
        *on = !*on;
    }
}
