//! The palette: every command, category and document by name, and projects and files by path.

mod places;

use std::path::PathBuf;

use egui::{FontId, Key, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Outcome;
use crate::commands::{COMMANDS, CommandId};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::{keys, widgets};
use demarche_io::project::is_project;
use demarche_model::{CategoryId, DocumentId};
use demarche_session::{
    AnnotateAction, ExchangeAction, NavigateAction, PassageFilter, PassagesAction, Session,
};

/// Entries shown at most.
const SHOWN: usize = 40;

/// What an entry leads to.
#[derive(Clone)]
enum Target {
    Command(CommandId),
    Category(CategoryId),
    Document(DocumentId),
    /// A byte of the document that is shown.
    Place(usize),
    Project(PathBuf),
    File(PathBuf),
}

struct Entry {
    target: Target,
    name: String,
    kind: &'static str,
    keys: String,
}

/// What is typed, and what fits it.
#[derive(Default)]
pub struct Palette {
    typed: String,
    found: Vec<Entry>,
    found_for: Option<String>,
    at: usize,
    focused: bool,
}

impl Palette {
    /// A palette in which this is typed already.
    pub fn with(typed: &str) -> Self {
        Self { typed: typed.to_owned(), ..Self::default() }
    }

    /// Shows the palette.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let (down, up, enter) = ui.input_mut(|input| {
            let mut take = |key| input.consume_key(egui::Modifiers::NONE, key);
            (take(Key::ArrowDown), take(Key::ArrowUp), take(Key::Enter))
        });
        let hint = "A command, category, document, heading, or page as p 12; or a path";
        let field = ui.add(
            egui::TextEdit::singleline(&mut self.typed)
                .hint_text(hint)
                .cursor_at_end(true)
                .desired_width(f32::INFINITY),
        );
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        if self.found_for.as_ref() != Some(&self.typed) {
            self.found = find(&self.typed, session);
            self.found_for = Some(self.typed.clone());
            self.at = 0;
        }
        let last = self.found.len().saturating_sub(1);
        self.at = match (down, up) {
            (true, _) => (self.at + 1).min(last),
            (_, true) => self.at.saturating_sub(1),
            _ => self.at.min(last),
        };
        ui.add_space(space::XS);
        let clicked = self.list(ui, session, down || up);
        match clicked.or(enter.then_some(self.at)).and_then(|at| self.found.get(at)) {
            Some(entry) => go(&entry.target, session, requests),
            None => Outcome::Stay,
        }
    }

    fn list(&self, ui: &mut Ui, session: &Session, moved: bool) -> Option<usize> {
        let mut clicked = None;
        let area =
            egui::ScrollArea::vertical().id_salt("palette").max_height(420.0).min_scrolled_height(420.0);
        area.auto_shrink([false, false]).show(ui, |ui| {
            if self.found.is_empty() {
                widgets::empty_state(
                    ui,
                    "Nothing of this name",
                    "Try another word, or a path that begins with / or ~.",
                );
            }
            for (index, entry) in self.found.iter().enumerate() {
                let response = entry_row(ui, session, entry, index == self.at);
                if moved && index == self.at {
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

fn entry_row(ui: &mut Ui, session: &Session, entry: &Entry, chosen: bool) -> egui::Response {
    let (rect, response) = widgets::row(ui, size::ROW, chosen, &entry.name);
    let tokens = Tokens::of(ui);
    let enabled = match entry.target {
        Target::Command(id) => (id.command().enabled)(session).is_ok(),
        _ => true,
    };
    let right = rect.with_max_x(rect.right() - space::S);
    let small = FontId::proportional(size::SMALL);
    let end = widgets::line_right(ui, right, entry.kind, small.clone(), tokens.text_faint);
    let end = widgets::line_right(ui, rect.with_max_x(end - space::M), &entry.keys, small, tokens.text_weak);
    let colour = if enabled { tokens.text } else { tokens.text_faint };
    let name = rect.with_min_x(rect.left() + space::S).with_max_x(end - space::S);
    widgets::line(ui, name, &entry.name, FontId::proportional(size::INTERFACE), colour);
    response
}

fn go(target: &Target, session: &Session, requests: &mut Requests) -> Outcome {
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
        Target::Place(at) => {
            requests.push(NavigateAction::GoToOffset(*at));
            requests.push(CommandId::FocusText);
        }
        Target::Project(path) => return Outcome::OpenProject(path.clone()),
        Target::File(path) => requests.push(ExchangeAction::Import(vec![path.clone()])),
    }
    Outcome::Close
}

/// The entries that fit, best first; everything there is for nothing typed.
fn find(typed: &str, session: &Session) -> Vec<Entry> {
    if let Some(entry) = path_entry(typed) {
        return vec![entry];
    }
    if let Some(page) = places::page_typed(typed) {
        let pages = places::pages(session, page);
        if !pages.is_empty() {
            return pages;
        }
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut score = |name: &str| pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher);
    let mut found: Vec<(u32, Entry)> = Vec::new();
    for command in COMMANDS {
        if let Some(score) = score(&format!("{} {}", command.name, command.menu.name())) {
            let name = command.title(session);
            let target = Target::Command(command.id);
            found.push((
                score,
                Entry { target, name, kind: command.menu.name(), keys: keys::display(command) },
            ));
        }
    }
    for category in &session.project().codebook().categories {
        if let Some(score) = score(&category.name) {
            let keys = category.hotkey.map(String::from).unwrap_or_default();
            let target = Target::Category(category.id.clone());
            found.push((score, Entry { target, name: category.name.clone(), kind: "Category", keys }));
        }
    }
    for document in session.project().documents() {
        if let Some(score) = score(&document.meta.title) {
            let target = Target::Document(document.id().clone());
            found.push((
                score,
                Entry { target, name: document.meta.title.clone(), kind: "Document", keys: String::new() },
            ));
        }
    }
    places::headings(session, &mut score, &mut found);
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().take(SHOWN).map(|(_, entry)| entry).collect()
}

/// A path that was typed: a project to open, or a file or folder to import.
fn path_entry(typed: &str) -> Option<Entry> {
    let typed = typed.trim();
    let looks_like_one = typed.starts_with(['/', '~']) || typed.get(1..3) == Some(":\\");
    if !looks_like_one {
        return None;
    }
    let path = match (typed.strip_prefix("~/"), directories::UserDirs::new()) {
        (Some(rest), Some(user)) => user.home_dir().join(rest),
        _ => PathBuf::from(typed),
    };
    if !path.exists() {
        return None;
    }
    let (target, verb) = if is_project(&path) {
        (Target::Project(path.clone()), "Open")
    } else {
        (Target::File(path.clone()), "Import")
    };
    Some(Entry { target, name: format!("{verb} {}", path.display()), kind: "Path", keys: String::new() })
}
