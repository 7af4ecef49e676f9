//! The palette: every command, category, document, page, heading and recent project by name, and files by path.

mod anchors;
mod find;
mod rank;

use std::path::PathBuf;

use egui::{FontId, Key, Ui};

use super::Outcome;
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::words::palette as words;
use crate::{keys, widgets};
use demarche_model::{CategoryId, DocumentId};
use demarche_session::{
    AnnotateAction, ExchangeAction, NavigateAction, PassageFilter, PassagesAction, Session,
};

pub use find::Recent;

/// The most items that are shown.
const MAX_ITEMS: usize = 40;

/// Height of the list if the window has room for it, in points.
const LIST: f32 = 420.0;

/// Height of the rest of the palette and of the window, in points.
const REST: f32 = 110.0;

/// Where an item leads.
#[derive(Clone)]
enum Target {
    Command(CommandId),
    Category(CategoryId),
    Document(DocumentId),
    /// A byte offset in the open document.
    Offset(usize),
    Project(PathBuf),
    File(PathBuf),
}

/// A line of the palette.
struct Item {
    target: Target,
    name: String,
    kind: &'static str,
    /// The key of a category, or the folder of a project.
    keys: String,
    /// The reason why a command can't run now.
    why_not: Option<&'static str>,
}

impl Item {
    fn new(target: Target, name: String, kind: &'static str) -> Self {
        Self { target, name, kind, keys: String::new(), why_not: None }
    }
}

/// The palette with what is typed.
#[derive(Default)]
pub struct Palette {
    typed: String,
    recent: Recent,
    found: Vec<Item>,
    found_for: Option<String>,
    /// Index of the highlighted item; none if the first one can't run.
    highlighted: Option<usize>,
    focused: bool,
}

impl Palette {
    /// An empty palette, which offers what was open lately.
    pub fn new(recent: Recent) -> Self {
        Self { recent, ..Self::default() }
    }

    /// A palette in which `typed` is typed already.
    pub fn with(typed: &str) -> Self {
        Self { typed: typed.to_owned(), ..Self::default() }
    }

    /// Shows the palette.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let (down, up, enter) = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(egui::Modifiers::NONE, key);
            (pressed(Key::ArrowDown), pressed(Key::ArrowUp), pressed(Key::Enter))
        });
        let field = egui::TextEdit::singleline(&mut self.typed).hint_text(words::hint()).cursor_at_end(true);
        let field = ui.add(field.desired_width(f32::INFINITY));
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        if self.found_for.as_ref() != Some(&self.typed) {
            self.found = find::find(&self.typed, session, &self.recent);
            self.found_for = Some(self.typed.clone());
            self.highlighted = self.found.first().filter(|item| item.why_not.is_none()).map(|_| 0);
        }
        let last = self.found.len().saturating_sub(1);
        self.highlighted = match (down, up) {
            (true, _) => Some(self.highlighted.map_or(0, |at| (at + 1).min(last))),
            (_, true) => self.highlighted.map(|at| at.saturating_sub(1)),
            (false, false) => self.highlighted,
        };
        ui.add_space(space::XS);
        let clicked = self.list(ui, down || up);
        match clicked.or(self.highlighted.filter(|_| enter)).and_then(|index| self.found.get(index)) {
            Some(item) => activate(&item.target, session, requests),
            None => Outcome::Stay,
        }
    }

    /// Shows the items; returns the index of the one that was clicked.
    fn list(&self, ui: &mut Ui, moved: bool) -> Option<usize> {
        let mut clicked = None;
        let height = (ui.ctx().content_rect().height() - REST).min(LIST);
        let area = egui::ScrollArea::vertical().id_salt("palette");
        let area = area.max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, false]).show(ui, |ui| {
            if self.found.is_empty() {
                widgets::empty_state(ui, words::nothing_found(), words::nothing_found_hint());
            }
            for (index, item) in self.found.iter().enumerate() {
                let response = item_row(ui, item, self.highlighted == Some(index));
                if moved && self.highlighted == Some(index) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(index);
                }
            }
        });
        clicked
    }
}

fn item_row(ui: &mut Ui, item: &Item, highlighted: bool) -> egui::Response {
    let (rect, response) = widgets::row(ui, size::ROW, highlighted, &item.name);
    let tokens = Tokens::of(ui);
    let right = rect.with_max_x(rect.right() - space::S);
    let small = FontId::proportional(size::SMALL);
    let end = widgets::line_right(ui, right, item.kind, small.clone(), tokens.text_faint);
    let rest = rect.with_min_x(rect.left() + space::S).with_max_x(end - space::M);
    let font = FontId::proportional(size::INTERFACE);
    if let Some(why) = item.why_not {
        let end = widgets::line(ui, rest, &item.name, font, tokens.text_faint);
        let why = keys::in_sentence(ui.ctx(), why);
        widgets::line_right_short(ui, rest.with_min_x(end + space::M), &why, small, tokens.text_weak);
        return response.on_hover_text(why);
    }
    let keys =
        if let Target::Command(id) = &item.target { keys::display(ui.ctx(), *id) } else { item.keys.clone() };
    let end = widgets::line_right(ui, rest, &keys, small, tokens.text_weak);
    widgets::line(ui, rest.with_max_x(end - space::S), &item.name, font, tokens.text);
    response
}

fn activate(target: &Target, session: &Session, requests: &mut Requests) -> Outcome {
    match target {
        Target::Command(id) => requests.push(*id),
        Target::Category(id) if !session.text_selection().is_empty() => {
            requests.push(AnnotateAction::Tag(id.clone()))
        }
        Target::Category(id) => {
            requests.push(PassagesAction::Filter(PassageFilter {
                category: Some(id.clone()),
                ..PassageFilter::default()
            }));
        }
        Target::Document(id) => requests.push(NavigateAction::OpenDocument(id.clone())),
        Target::Offset(offset) => {
            requests.push(NavigateAction::GoToOffset(*offset));
            requests.push(CommandId::FocusText);
        }
        Target::Project(path) => return Outcome::OpenProject(path.clone()),
        Target::File(path) => requests.push(ExchangeAction::Import(vec![path.clone()])),
    }
    Outcome::Close
}
