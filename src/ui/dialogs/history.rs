//! The history of the project: who did what, and when. A click on a step goes to what it has changed.

use std::path::PathBuf;

use egui::{FontId, Ui};

use super::export::path_row;
use super::{Outcome, Purpose};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::words::time::local_moment;
use crate::{widgets, words};
use demarche_model::{AnnotatorId, Change, DocumentId, LogEntry, SpanRef, slug};
use demarche_session::{HistoryAction, NavigateAction, Session, entry_concerns};

/// Height of a step: what was done, and what that has changed.
const STEP: f32 = 44.0;

/// Changes of a step that its line tells one by one.
const TOLD: usize = 3;

/// What is looked for, and what was found.
pub struct HistoryForm {
    words: String,
    who: Option<AnnotatorId>,
    document: Option<DocumentId>,
    path: String,
    asked: bool,
    rows: Rows,
}

/// The steps that are shown, newest first, and what they were chosen by.
#[derive(Default)]
struct Rows {
    of: Option<(usize, String, Option<AnnotatorId>, Option<DocumentId>)>,
    steps: Vec<usize>,
}

impl HistoryForm {
    /// Shows everything; an export is offered in `folder`.
    pub fn new(session: &Session, folder: PathBuf) -> Self {
        let name = format!("{}-history.csv", slug(session.project().name(), "project"));
        Self {
            words: String::new(),
            who: None,
            document: None,
            path: folder.join(name).display().to_string(),
            asked: false,
            rows: Rows::default(),
        }
    }

    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// Shows the steps.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        if !std::mem::replace(&mut self.asked, true) {
            requests.push(HistoryAction::Read);
        }
        super::title(ui, "History");
        self.filters(ui, session);
        ui.add_space(space::S);
        let went = self.steps(ui, session, requests);
        for problem in session.audit_log_problems().iter().take(3) {
            let tokens = Tokens::of(ui);
            ui.label(egui::RichText::new(problem.to_string()).size(size::SMALL).color(tokens.error));
        }
        ui.add_space(space::S);
        let browse = path_row(ui, "Export these people’s and documents’ steps as CSV", &mut self.path);
        let path = PathBuf::from(self.path.trim());
        if browse {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            return Outcome::Browse(Purpose::Export { name });
        }
        if went { Outcome::Close } else { self.foot(ui, path, requests) }
    }

    fn foot(&self, ui: &mut Ui, path: PathBuf, requests: &mut Requests) -> Outcome {
        ui.add_space(space::S);
        let mut outcome = Outcome::Stay;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::primary_button(ui, "Close").clicked() {
                outcome = Outcome::Close;
            }
            let ready = !self.path.trim().is_empty() && !path.is_dir();
            if ui.add_enabled(ready, egui::Button::new("Export CSV")).clicked() {
                let (who, document) = (self.who.clone(), self.document.clone());
                requests.push(HistoryAction::Export { path, who, document });
            }
        });
        outcome
    }

    fn filters(&mut self, ui: &mut Ui, session: &Session) {
        ui.horizontal(|ui| {
            widgets::bare_field(ui, "Find in the history", &mut self.words, "words", 200.0);
            let project = session.project();
            let name = |id: &AnnotatorId| project.annotator(id).map_or(id.to_string(), |a| a.name.clone());
            let shown = self.who.as_ref().map_or("everyone".to_owned(), name);
            widgets::combo(ui, "Who", shown, 150.0, |ui| {
                ui.selectable_value(&mut self.who, None, "everyone");
                for annotator in project.annotators() {
                    ui.selectable_value(&mut self.who, Some(annotator.id.clone()), &annotator.name);
                }
            });
            if let Some(document) = session.document() {
                let mut here = self.document.as_ref() == Some(document.id());
                if ui.checkbox(&mut here, "this document only").changed() {
                    self.document = here.then(|| document.id().clone());
                }
            }
        });
    }

    /// The list; says whether the user has gone to a passage.
    fn steps(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> bool {
        let height = (ui.ctx().content_rect().height() - 330.0).clamp(120.0, 480.0);
        let Some(log) = session.audit_log() else {
            ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
                ui.set_min_height(height);
                widgets::weak(ui, "Reading…");
            });
            return false;
        };
        self.choose(log);
        if self.rows.steps.is_empty() {
            let (title, hint) = match log.is_empty() {
                true => ("Nothing yet", "From now on every step is noted here: who did what, and when."),
                false => ("Nothing found", "Look for other words, or for everyone."),
            };
            ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
                ui.set_min_height(height);
                widgets::empty_state(ui, title, hint);
            });
            return false;
        }
        let mut went = false;
        let area = egui::ScrollArea::vertical().id_salt("history").auto_shrink(false).max_height(height);
        area.show_rows(ui, STEP, self.rows.steps.len(), |ui, range| {
            for entry in self.rows.steps.get(range).unwrap_or_default().iter().filter_map(|at| log.get(*at)) {
                went |= step(ui, session, entry, requests);
            }
        });
        went
    }

    /// Looks for the steps that are shown, where something has changed since.
    fn choose(&mut self, log: &[LogEntry]) {
        let of = Some((log.len(), self.words.clone(), self.who.clone(), self.document.clone()));
        if self.rows.of == of {
            return;
        }
        let words = self.words.trim().to_lowercase();
        let fits = |entry: &LogEntry| {
            entry_concerns(entry, self.who.as_ref(), self.document.as_ref())
                && (words.is_empty() || says(entry, &words))
        };
        let found = log.iter().enumerate().rev().filter(|(_, entry)| fits(entry)).map(|(at, _)| at);
        self.rows = Rows { of, steps: found.collect() };
    }
}

/// Whether these words, in lower case, stand somewhere in a step.
fn says(entry: &LogEntry, words: &str) -> bool {
    let holds = |text: &str| text.to_lowercase().contains(words);
    let in_change = |change: &Change| [&change.before, &change.after].iter().any(|text| holds(text));
    holds(&entry.step)
        || entry
            .changes
            .iter()
            .any(|change| holds(&words::history::changed(&change.what)) || in_change(change))
}

/// One step; says whether the user goes to what it has changed.
fn step(ui: &mut Ui, session: &Session, entry: &LogEntry, requests: &mut Requests) -> bool {
    let project = session.project();
    let who = project.annotator(&entry.who).map_or(entry.who.to_string(), |a| a.name.clone());
    let what = format!("{who}: {}", entry.step);
    let told: Vec<String> = entry.changes.iter().take(TOLD).map(|change| told(session, change)).collect();
    let more = match entry.changes.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!(" and {} more", widgets::count(more)),
    };
    let changes = format!("{}{more}", told.join("; "));
    let moment = local_moment(entry.at);
    let (rect, response) = widgets::row(ui, STEP, false, &format!("{what}, {moment}. {changes}"));
    let tokens = Tokens::of(ui);
    let inner = rect.shrink2(egui::vec2(space::S, 4.0));
    let (upper, lower) = inner.split_top_bottom_at_fraction(0.5);
    let small = FontId::proportional(size::SMALL);
    let left = widgets::line_right(ui, upper, &moment, small.clone(), tokens.text_weak);
    let upper = upper.with_max_x(left - space::S);
    widgets::line(ui, upper, &what, FontId::proportional(size::INTERFACE), tokens.text);
    widgets::line(ui, lower, &changes, small, tokens.text_weak);
    let place = entry.changes.iter().find_map(|change| place(session, change));
    let response = match &place {
        Some(_) => response.on_hover_text(format!("{changes}\nClick to go to the passage.")),
        None => response.on_hover_text(changes),
    };
    match place {
        Some(at) if response.clicked() => {
            requests.push(NavigateAction::GoTo(at));
            true
        }
        _ => false,
    }
}

/// A change as one reads it: `Communiqué, category: demand → threat`.
fn told(session: &Session, change: &Change) -> String {
    let document = change.document.as_ref().map(|id| {
        let known = session.project().document(id);
        known.map_or_else(|| id.to_string(), |document| document.meta.title.clone())
    });
    let document = document.map(|title| format!("{title}, ")).unwrap_or_default();
    format!("{document}{}", words::history::change(change))
}

/// The passage that a change is about, if it is there still.
fn place(session: &Session, change: &Change) -> Option<SpanRef> {
    let layer = demarche_model::LayerId::new(change.document.as_ref()?, change.layer.as_ref()?);
    let at = SpanRef { layer, span: change.span? };
    session.project().span(&at).is_some().then_some(at)
}
