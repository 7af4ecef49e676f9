//! The list of documents.

use crate::theme::icons as m;
use egui::{FontId, Rect, Stroke, Ui, pos2, vec2};

use super::memos;
use crate::commands::{CommandId, DialogCommand, ImportCommand};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::words::{documents as words, text_panes, window};
use crate::{keys, widgets};
use demarche_model::{AnnotatorId, Document, DocumentId, MemoSubject, Status};
use demarche_session::{DocumentAction, NavigateAction, PaneAction, PaneText, Session};

/// Number of documents from which the list has a filter.
const FILTER_FROM: usize = 12;

/// Width of the tabs with the button next to them, in points.
const TABS: f32 = 216.0;

/// Shows the tabs of the panel: the documents, and the contents of the open one.
pub fn tabs(ui: &mut Ui, contents: &mut bool, requests: &mut Requests) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let is_narrow = widgets::squeeze_tabs(ui, TABS);
        for (value, name, hint) in [
            (false, window::documents_tab(), window::documents_tab_hint()),
            (true, window::contents_tab(), window::contents_tab_hint()),
        ] {
            if widgets::tab(ui, *contents == value, name, hint) {
                *contents = value;
            }
        }
        if is_narrow {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let import = keys::with_shortcut(ui.ctx(), words::import(), CommandId::ImportDocuments);
            if widgets::icon_button(ui, m::ICON_ADD, &import).clicked() {
                requests.push(ImportCommand::Files);
            }
        });
    });
}

/// The state of the panel between frames.
#[derive(Default)]
pub struct DocumentsPanel {
    filter: String,
    only_mine: bool,
    /// The positions of the documents that match the filter.
    matching: Vec<usize>,
    matched_for: Option<(String, Option<AnnotatorId>, u64)>,
    last_shown: Option<DocumentId>,
    wants_focus: bool,
}

impl DocumentsPanel {
    /// Gives the open document's row the keyboard focus in the next frame; if it is not listed, the first row.
    pub fn request_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Shows the list.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let documents = session.project().documents();
        if documents.is_empty() {
            return widgets::empty_state(ui, words::empty(), words::empty_hint());
        }
        if documents.len() >= FILTER_FROM {
            let hint = words::filter_hint(documents.len());
            ui.add(egui::TextEdit::singleline(&mut self.filter).hint_text(hint).desired_width(f32::INFINITY));
            ui.add_space(space::XS);
        }
        if session.has_assignments() {
            ui.checkbox(&mut self.only_mine, words::only_mine());
            ui.add_space(space::XS);
        }
        self.refresh(session);
        let shown = session.view_state().document.clone();
        let focus = std::mem::take(&mut self.wants_focus);
        let follow = self.last_shown != shown || focus;
        self.last_shown = shown;
        let mut scroll = egui::ScrollArea::vertical().id_salt("documents").auto_shrink(false);
        let position = self.last_shown.as_ref().and_then(|id| session.project().position(id));
        if follow && let Some(at) = position.and_then(|at| self.matching.binary_search(&at).ok()) {
            let offset = at as f32 * (size::ROW + ui.spacing().item_spacing.y) - ui.available_height() / 2.0;
            scroll = scroll.vertical_scroll_offset(offset.max(0.0));
        }
        let focused = position.filter(|at| self.matching.contains(at)).or(self.matching.first().copied());
        scroll.show_rows(ui, size::ROW, self.matching.len(), |ui, rows| {
            for &at in &self.matching[rows] {
                let row = documents.get(at).map(|document| document_row(ui, session, document, requests));
                if let Some(row) = row.filter(|_| focus && focused == Some(at)) {
                    row.request_focus();
                }
            }
        });
    }

    /// Filters the documents if the filter or the list has changed.
    fn refresh(&mut self, session: &Session) {
        let revision = session.project().list_revision();
        let only = (self.only_mine && session.has_assignments()).then(|| session.me().clone());
        let now = (self.filter.clone(), only, revision);
        if self.matched_for.as_ref() == Some(&now) {
            return;
        }
        let needle = self.filter.to_lowercase();
        let documents = session.project().documents().iter().enumerate();
        let matches = |document: &Document| {
            (now.1.is_none() || session.is_assigned_to_me(document.id()))
                && (needle.is_empty() || document.meta.title.to_lowercase().contains(&needle))
        };
        self.matching = documents.filter(|(_, d)| matches(d)).map(|(at, _)| at).collect();
        self.matched_for = Some(now);
    }
}

fn document_row(
    ui: &mut Ui,
    session: &Session,
    document: &Document,
    requests: &mut Requests,
) -> egui::Response {
    let id = document.id();
    let current = session.view_state().document.as_ref() == Some(id);
    let (rect, response) = widgets::row(ui, size::ROW, current, &document.meta.title);
    let tokens = Tokens::of(ui);
    status_mark(ui, pos2(rect.left() + space::M, rect.center().y), session.status(id));
    let spans = session.stats().document(id).map(|summary| summary.spans());
    let count = spans.map_or_else(|| "·".to_owned(), widgets::count);
    let right = rect.with_max_x(rect.right() - space::S);
    let colour = if spans == Some(0) { tokens.text_faint } else { tokens.text_weak };
    let end = widgets::line_right(ui, right, &count, FontId::proportional(size::SMALL), colour);
    let memo = MemoSubject::Document(id.clone());
    let end = widgets::sign(ui, memos::sign(session, &memo), pos2(end, rect.center().y));
    let title =
        Rect::from_min_max(pos2(rect.left() + space::XL, rect.top()), pos2(end - space::S, rect.bottom()));
    let font = if current { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let mine = session.is_assigned_to_me(id);
    let colour = if mine { tokens.text } else { tokens.text_faint };
    widgets::line(ui, title, &document.meta.title, font, colour);
    if opens_beside(&response) {
        requests.push(PaneAction::OpenBeside(PaneText::current(id)));
    } else if response.clicked() {
        requests.push(NavigateAction::OpenDocument(id.clone()));
    }
    response.context_menu(|ui| context_menu(ui, session, id, requests));
    response.on_hover_ui(|ui| details(ui, session, document))
}

/// Returns whether a row is opened next to the open document: by the middle button, or by Shift and Enter.
fn opens_beside(row: &egui::Response) -> bool {
    let keys = || row.ctx.input_mut(|input| input.consume_key(egui::Modifiers::SHIFT, egui::Key::Enter));
    row.middle_clicked() || (row.has_focus() && keys())
}

fn context_menu(ui: &mut Ui, session: &Session, id: &DocumentId, requests: &mut Requests) {
    let writable = session.read_only().is_none();
    let done = session.status(id) == Status::Done;
    if ui.button(words::open()).clicked() {
        requests.push(NavigateAction::OpenDocument(id.clone()));
    }
    if ui.button(text_panes::open_beside()).clicked() {
        requests.push(PaneAction::OpenBeside(PaneText::current(id)));
    }
    let (label, status) = if done {
        (words::mark_in_progress(), Status::InProgress)
    } else {
        (words::mark_done(), Status::Done)
    };
    if ui.add_enabled(writable, egui::Button::new(label)).clicked() {
        requests.push(NavigateAction::OpenDocument(id.clone()));
        requests.push(DocumentAction::SetStatus(id.clone(), status));
    }
    if ui.add_enabled(writable, egui::Button::new(words::details())).clicked() {
        requests.push(NavigateAction::OpenDocument(id.clone()));
        requests.push(DialogCommand::DocumentDetails);
    }
    memos::menu_entry(ui, session, &MemoSubject::Document(id.clone()), requests);
    ui.separator();
    if ui.add_enabled(writable, egui::Button::new(words::remove())).clicked() {
        requests.push(DocumentAction::Remove(id.clone()));
    }
}

/// Shows what is known of a document, for its tooltip.
fn details(ui: &mut Ui, session: &Session, document: &Document) {
    let meta = &document.meta;
    ui.label(egui::RichText::new(&meta.title).font(strong(size::INTERFACE)));
    let date = meta.date.as_ref().map(|date| date.to_string());
    let facts = [Some(meta.author.clone()), date, Some(meta.source.clone())].into_iter().flatten();
    let facts: Vec<String> = facts.filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        widgets::weak(ui, facts.join(" · "));
    }
    widgets::weak(ui, words::length_and_status(meta.characters, session.status(document.id())));
    let readers: Vec<&str> = session.project().assignees(document.id()).map(|a| a.name.as_str()).collect();
    if session.project().annotators().iter().any(|person| !person.documents.is_empty()) {
        widgets::weak(ui, words::assigned_to(&readers));
    }
    if !document.is_loaded() {
        widgets::weak(ui, words::not_read());
    }
    memos::tooltip(ui, session, &MemoSubject::Document(document.id().clone()));
}

/// Paints a status: a ring for new, a half-filled circle for in progress, a filled circle for done.
pub fn status_mark(ui: &Ui, centre: egui::Pos2, status: Status) {
    let tokens = Tokens::of(ui);
    let colour = if status == Status::Done { tokens.good } else { tokens.text_weak };
    let radius = 4.5;
    let painter = ui.painter();
    match status {
        Status::New => {}
        Status::InProgress => {
            let left = Rect::from_min_size(centre - vec2(radius, radius), vec2(radius, 2.0 * radius));
            painter.with_clip_rect(left.intersect(ui.clip_rect())).circle_filled(centre, radius, colour);
        }
        Status::Done => {
            painter.circle_filled(centre, radius, colour);
        }
    }
    painter.circle_stroke(centre, radius, Stroke::new(1.3, colour));
}
