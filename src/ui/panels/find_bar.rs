//! The bar for finding text, in the open document or in all documents.

use crate::theme::icons as m;
use egui::{Key, Ui, vec2};

use crate::commands::{CommandId, FocusCommand};
use crate::requests::Requests;
use crate::theme::{size, space};
use crate::words::find as words;
use crate::{keys, widgets};
use demarche_analysis::search::Query;
use demarche_session::{FindAction, Session};

/// The find bar, with what is typed in it.
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
    /// Opens the bar. `pattern` replaces the one of the last search.
    pub fn open(&mut self, pattern: Option<String>, everywhere: bool) {
        self.open = true;
        self.focus = true;
        self.everywhere = everywhere;
        if let Some(pattern) = pattern {
            self.pattern = pattern;
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
        ui.horizontal_wrapped(|ui| {
            let hint = if self.everywhere { words::in_all() } else { words::in_document() };
            let field = egui::TextEdit::singleline(&mut self.pattern).hint_text(hint).desired_width(230.0);
            let field = ui.add(field);
            if std::mem::take(&mut self.focus) {
                field.request_focus();
            }
            enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if enter {
                field.request_focus();
            }
            toggle(ui, &mut self.match_case, words::match_case(), words::match_case_hint());
            toggle(ui, &mut self.whole_words, words::whole_words(), words::whole_words_hint());
            toggle(ui, &mut self.regex, words::regex(), words::regex_hint());
            self.buttons(ui, session, requests);
        });
        self.act(ui, session, before, enter, requests);
        ui.add_space(space::XS);
    }

    fn buttons(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let find = session.find();
        if self.everywhere {
            if ui.button(words::find()).clicked() {
                requests.push(FindAction::Everywhere(self.query()));
            }
        } else {
            for (icon, name, command) in [
                (m::ICON_KEYBOARD_ARROW_UP, words::previous(), CommandId::PreviousMatch),
                (m::ICON_KEYBOARD_ARROW_DOWN, words::next(), CommandId::NextMatch),
            ] {
                if widgets::icon_button(ui, icon, &keys::with_shortcut(ui.ctx(), name, command)).clicked() {
                    requests.push(command);
                }
            }
            let text = match (find.error(), find.current()) {
                (Some(error), _) => error.to_owned(),
                (None, Some(at)) => words::current(at, find.hits().len(), find.is_capped()),
                (None, None) if self.pattern.is_empty() => String::new(),
                (None, None) => words::no_matches().to_owned(),
            };
            widgets::weak(ui, text);
        }
        if self.everywhere {
            let hint = keys::with_shortcut(ui.ctx(), words::in_document(), CommandId::Find);
            if ui.button(words::this_document()).on_hover_text(hint).clicked() {
                self.everywhere = false;
                requests.push(FindAction::InDocument(self.query()));
            }
        } else if ui
            .button(words::all_documents())
            .on_hover_text(keys::with_shortcut(ui.ctx(), words::in_all(), CommandId::FindEverywhere))
            .clicked()
        {
            self.everywhere = true;
            requests.push(FindAction::Everywhere(self.query()));
        }
        if widgets::icon_button(ui, m::ICON_CLOSE, words::close()).clicked() {
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
