//! The palette: every command, category, document, page and heading by name, and projects and files by path.

mod anchors;

use std::path::PathBuf;

use egui::{FontId, Key, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Outcome;
use crate::commands::{COMMANDS, CommandId};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::words::palette as words;
use crate::{keys, widgets};
use demarche_io::project::can_be_opened;
use demarche_model::{CategoryId, DocumentId};
use demarche_session::{
    AnnotateAction, ExchangeAction, NavigateAction, PassageFilter, PassagesAction, Session,
};

/// The most items that are shown.
const MAX_ITEMS: usize = 40;

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
    keys: String,
}

/// The palette with what is typed.
#[derive(Default)]
pub struct Palette {
    typed: String,
    found: Vec<Item>,
    found_for: Option<String>,
    /// Index of the highlighted item.
    highlighted: usize,
    focused: bool,
}

impl Palette {
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
            self.found = find(&self.typed, session);
            self.found_for = Some(self.typed.clone());
            self.highlighted = 0;
        }
        let last = self.found.len().saturating_sub(1);
        self.highlighted = match (down, up) {
            (true, _) => (self.highlighted + 1).min(last),
            (_, true) => self.highlighted.saturating_sub(1),
            _ => self.highlighted.min(last),
        };
        ui.add_space(space::XS);
        let clicked = self.list(ui, session, down || up);
        match clicked.or(enter.then_some(self.highlighted)).and_then(|index| self.found.get(index)) {
            Some(item) => activate(&item.target, session, requests),
            None => Outcome::Stay,
        }
    }

    /// Shows the items; returns the index of the one that was clicked.
    fn list(&self, ui: &mut Ui, session: &Session, moved: bool) -> Option<usize> {
        let mut clicked = None;
        let area =
            egui::ScrollArea::vertical().id_salt("palette").max_height(420.0).min_scrolled_height(420.0);
        area.auto_shrink([false, false]).show(ui, |ui| {
            if self.found.is_empty() {
                widgets::empty_state(ui, words::nothing_found(), words::nothing_found_hint());
            }
            for (index, item) in self.found.iter().enumerate() {
                let response = item_row(ui, session, item, index == self.highlighted);
                if moved && index == self.highlighted {
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

fn item_row(ui: &mut Ui, session: &Session, item: &Item, highlighted: bool) -> egui::Response {
    let (rect, response) = widgets::row(ui, size::ROW, highlighted, &item.name);
    let tokens = Tokens::of(ui);
    let enabled = match item.target {
        Target::Command(id) => (id.command().enabled)(session).is_ok(),
        _ => true,
    };
    let right = rect.with_max_x(rect.right() - space::S);
    let small = FontId::proportional(size::SMALL);
    let end = widgets::line_right(ui, right, item.kind, small.clone(), tokens.text_faint);
    let end = widgets::line_right(ui, rect.with_max_x(end - space::M), &item.keys, small, tokens.text_weak);
    let colour = if enabled { tokens.text } else { tokens.text_faint };
    let name = rect.with_min_x(rect.left() + space::S).with_max_x(end - space::S);
    widgets::line(ui, name, &item.name, FontId::proportional(size::INTERFACE), colour);
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

/// The items that match, best first; all items if nothing is typed.
fn find(typed: &str, session: &Session) -> Vec<Item> {
    if let Some(item) = path_item(typed) {
        return vec![item];
    }
    if let Some(query) = anchors::page_query(typed) {
        let pages = anchors::pages(session, query);
        if !pages.is_empty() {
            return pages;
        }
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut score = |name: &str| pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher);
    let mut found: Vec<(u32, Item)> = Vec::new();
    for command in COMMANDS {
        let kind = command.menu.name();
        if let Some(score) = score(&format!("{} {kind}", command.name)) {
            let (target, name) = (Target::Command(command.id), command.title(session));
            found.push((score, Item { target, name, kind, keys: keys::display(command) }));
        }
    }
    for category in &session.project().codebook().categories {
        if let Some(score) = score(&category.name) {
            let (target, name) = (Target::Category(category.id.clone()), category.name.clone());
            let keys = category.hotkey.map(String::from).unwrap_or_default();
            found.push((score, Item { target, name, kind: words::category(), keys }));
        }
    }
    for document in session.project().documents() {
        if let Some(score) = score(&document.meta.title) {
            let (target, name) = (Target::Document(document.id().clone()), document.meta.title.clone());
            found.push((score, Item { target, name, kind: words::document(), keys: String::new() }));
        }
    }
    anchors::headings(session, &mut score, &mut found);
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().take(MAX_ITEMS).map(|(_, item)| item).collect()
}

/// The item for a typed path: a project to open, or a file or folder to import.
fn path_item(typed: &str) -> Option<Item> {
    let typed = typed.trim();
    let is_path = typed.starts_with(['/', '~']) || typed.get(1..3) == Some(":\\");
    if !is_path {
        return None;
    }
    let path = match (typed.strip_prefix("~/"), directories::UserDirs::new()) {
        (Some(rest), Some(user)) => user.home_dir().join(rest),
        _ => PathBuf::from(typed),
    };
    if !path.exists() {
        return None;
    }
    let (target, name) = if can_be_opened(&path) {
        (Target::Project(path.clone()), words::open(&path))
    } else {
        (Target::File(path.clone()), words::import(&path))
    };
    Some(Item { target, name, kind: words::path(), keys: String::new() })
}
