//! The history of the project: who did what, and when. A click on a step goes to the passage that it changed.

use std::path::PathBuf;

use egui::{FontId, Ui};

use super::Outcome;
use super::path_field::{browse_for_target, target_field};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::time::local_moment;
use crate::words::{common, history as words};
use demarche_analysis::search::folded;
use demarche_model::{AnnotatorId, Change, DocumentId, LogEntry, SpanRef, slug};
use demarche_session::{HistoryAction, NavigateAction, Session, entry_concerns};

/// Height of a step in points: a line for the step, and one for its changes.
const ROW_HEIGHT: f32 = 44.0;

/// The most changes of a step that are listed in its row.
const LISTED_CHANGES: usize = 3;

/// The history with its filters.
pub struct HistoryForm {
    search: String,
    annotator: Option<AnnotatorId>,
    document: Option<DocumentId>,
    path: String,
    /// Whether the log was asked for.
    requested: bool,
    rows: Rows,
}

/// The steps that pass the filters, newest first.
#[derive(Default)]
struct Rows {
    /// The length of the log and the filters that they were collected for.
    key: Option<(usize, String, Option<AnnotatorId>, Option<DocumentId>)>,
    /// Indices into the log.
    steps: Vec<usize>,
}

impl HistoryForm {
    /// A form that shows everything and offers to export into `folder`.
    pub fn new(session: &Session, folder: PathBuf) -> Self {
        let name = format!("{}-history.csv", slug(session.project().name(), "project"));
        Self {
            search: String::new(),
            annotator: None,
            document: None,
            path: folder.join(name).display().to_string(),
            requested: false,
            rows: Rows::default(),
        }
    }

    /// Sets the path to one from the system's dialog.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        if !std::mem::replace(&mut self.requested, true) {
            requests.push(HistoryAction::Read);
        }
        super::title(ui, words::title());
        self.filters(ui, session);
        ui.add_space(space::S);
        let navigated = self.steps(ui, session, requests);
        for problem in session.audit_log_problems().iter().take(3) {
            let tokens = Tokens::of(ui);
            ui.label(egui::RichText::new(problem.to_string()).size(size::SMALL).color(tokens.error));
        }
        ui.add_space(space::S);
        let browse = target_field(ui, words::export_target(), &mut self.path);
        let path = PathBuf::from(self.path.trim());
        if browse {
            return Outcome::Browse(browse_for_target(&path));
        }
        if navigated { Outcome::Close } else { self.buttons(ui, path, requests) }
    }

    fn buttons(&self, ui: &mut Ui, path: PathBuf, requests: &mut Requests) -> Outcome {
        ui.add_space(space::S);
        let mut outcome = Outcome::Stay;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::primary_button(ui, common::close()).clicked() {
                outcome = Outcome::Close;
            }
            let ready = !self.path.trim().is_empty() && !path.is_dir();
            if ui.add_enabled(ready, egui::Button::new(words::export())).clicked() {
                let (who, document) = (self.annotator.clone(), self.document.clone());
                requests.push(HistoryAction::Export { path, who, document });
            }
        });
        outcome
    }

    fn filters(&mut self, ui: &mut Ui, session: &Session) {
        ui.horizontal(|ui| {
            widgets::bare_field(ui, words::search(), &mut self.search, words::search_hint(), 200.0);
            let project = session.project();
            let name = |id: &AnnotatorId| project.name_of(id).to_owned();
            let shown = self.annotator.as_ref().map_or(words::everyone().to_owned(), name);
            widgets::combo(ui, words::annotator(), shown, 150.0, |ui| {
                ui.selectable_value(&mut self.annotator, None, words::everyone());
                for annotator in session.coders() {
                    let name = project.name_of(annotator);
                    ui.selectable_value(&mut self.annotator, Some(annotator.clone()), name);
                }
            });
            if let Some(document) = session.document() {
                let mut here = self.document.as_ref() == Some(document.id());
                if ui.checkbox(&mut here, words::this_document_only()).changed() {
                    self.document = here.then(|| document.id().clone());
                }
            }
        });
    }

    /// Shows the list; returns whether the user has gone to a passage.
    fn steps(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> bool {
        let height = (ui.ctx().content_rect().height() - 330.0).clamp(120.0, 480.0);
        let Some(log) = session.audit_log() else {
            in_place_of_list(ui, height, |ui| drop(widgets::weak(ui, common::reading())));
            return false;
        };
        self.update_rows(log);
        if self.rows.steps.is_empty() {
            let (title, hint) = match log.is_empty() {
                true => (words::nothing_yet(), words::nothing_yet_hint()),
                false => (words::nothing_found(), words::nothing_found_hint()),
            };
            in_place_of_list(ui, height, |ui| widgets::empty_state(ui, title, hint));
            return false;
        }
        let mut navigated = false;
        let area = egui::ScrollArea::vertical().id_salt("history").auto_shrink(false).max_height(height);
        area.show_rows(ui, ROW_HEIGHT, self.rows.steps.len(), |ui, range| {
            let steps = self.rows.steps.get(range).unwrap_or_default();
            for entry in steps.iter().filter_map(|index| log.get(*index)) {
                navigated |= step_row(ui, session, entry, requests);
            }
        });
        navigated
    }

    /// Collects the steps that pass the filters, if the log or a filter has changed.
    fn update_rows(&mut self, log: &[LogEntry]) {
        let key = Some((log.len(), self.search.clone(), self.annotator.clone(), self.document.clone()));
        if self.rows.key == key {
            return;
        }
        let search = folded(self.search.trim());
        let passes = |entry: &LogEntry| {
            entry_concerns(entry, self.annotator.as_ref(), self.document.as_ref())
                && (search.is_empty() || contains(entry, &search))
        };
        let newest_first = log.iter().enumerate().rev();
        let steps = newest_first.filter(|(_, entry)| passes(entry)).map(|(index, _)| index).collect();
        self.rows = Rows { key, steps };
    }
}

/// Shows something instead of the list, in a space of its height.
fn in_place_of_list(ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        content(ui);
    });
}

/// Whether a step contains a text, which is in lower case.
fn contains(entry: &LogEntry, search: &str) -> bool {
    let holds = |text: &str| folded(text).contains(search);
    let in_change = |change: &Change| [&change.before, &change.after].iter().any(|text| holds(text));
    let mut changes = entry.changes.iter();
    holds(&entry.step) || changes.any(|change| holds(&words::changed(&change.what)) || in_change(change))
}

/// Shows a step; returns whether the user goes to the passage that it changed.
fn step_row(ui: &mut Ui, session: &Session, entry: &LogEntry, requests: &mut Requests) -> bool {
    let project = session.project();
    let who = project.annotator(&entry.who).map_or(entry.who.as_str(), |a| a.name.as_str());
    let step = words::step(who, &entry.step);
    let title = |id: &DocumentId| {
        project.document(id).map_or_else(|| id.to_string(), |document| document.meta.title.clone())
    };
    let listed = entry.changes.iter().take(LISTED_CHANGES).map(|change| {
        let title = change.document.as_ref().map(title);
        words::change_in(title.as_deref(), change)
    });
    let hidden = entry.changes.len().saturating_sub(LISTED_CHANGES);
    let changes = words::changes(&listed.collect::<Vec<_>>(), hidden);
    let moment = local_moment(entry.at);
    let (rect, response) = widgets::row(ui, ROW_HEIGHT, false, &words::step_label(&step, &moment, &changes));
    let tokens = Tokens::of(ui);
    let (upper, lower) = rect.shrink2(egui::vec2(space::S, 4.0)).split_top_bottom_at_fraction(0.5);
    let small = FontId::proportional(size::SMALL);
    let left = widgets::line_right(ui, upper, &moment, small.clone(), tokens.text_weak);
    let upper = upper.with_max_x(left - space::S);
    widgets::line(ui, upper, &step, FontId::proportional(size::INTERFACE), tokens.text);
    widgets::line(ui, lower, &changes, small, tokens.text_weak);
    let passage = entry.changes.iter().find_map(|change| changed_passage(session, change));
    let response = match &passage {
        Some(_) => response.on_hover_text(words::go_to_passage(&changes)),
        None => response.on_hover_text(changes),
    };
    match passage {
        Some(passage) if response.clicked() => {
            requests.push(NavigateAction::GoTo(passage));
            true
        }
        _ => false,
    }
}

/// The passage that was changed, if it still exists.
fn changed_passage(session: &Session, change: &Change) -> Option<SpanRef> {
    let layer = demarche_model::LayerId::new(change.document.as_ref()?, change.layer.as_ref()?);
    let passage = SpanRef { layer, span: change.span? };
    session.project().span(&passage).is_some().then_some(passage)
}
