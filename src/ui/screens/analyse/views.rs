//! The list of views, and the saved ones below it.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Align2, FontId, Key, Rect, ScrollArea, Ui, pos2};

use super::keyboard;
use super::waiting::WaitingList;
use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::icons as m;
use crate::theme::{Tokens, size, space, strong};
use crate::words::{analyse as words, common};
use crate::{keys, widgets};
use demarche_model::{SavedView, ViewId, ViewKind};
use demarche_session::{AnalyseAction, AnalyseQuestion, AnalysisNotesAction, SavedViewEntry, Session};

/// Most of the height that views take above the possible answers.
const VIEWS_SHARE: f32 = 0.62;
/// Size of the sign of a view that names something missing, in points.
const ICON_PT: f32 = 15.0;
/// Views that are listed first; the others follow below *More*.
const FIRST: usize = 6;

/// The list between frames.
#[derive(Default)]
pub(super) struct ViewList {
    task: Option<Task>,
    waiting: WaitingList,
    missing: MissingInViews,
}

/// What saved views name that the project does not have, looked up once per view and state of the project's lists.
#[derive(Default)]
struct MissingInViews(HashMap<ViewId, (Arc<SavedView>, u64, Vec<String>)>);

impl MissingInViews {
    fn of(&mut self, session: &Session, view: &Arc<SavedView>) -> &[String] {
        let now = session.project().list_revision();
        let known = self.0.get(&view.id).is_some_and(|(of, at, _)| Arc::ptr_eq(of, view) && *at == now);
        if !known {
            self.0.insert(view.id, (view.clone(), now, session.missing_in_view(view)));
        }
        self.0.get(&view.id).map_or(&[], |(.., missing)| missing)
    }
}

/// What is being done with a saved view.
enum Task {
    /// It gets another name.
    Rename { id: ViewId, name: String, is_new: bool },
    /// The user is asked whether to delete it.
    Delete(ViewId),
}

impl ViewList {
    /// Shows the list, and below it the demands and offers that have possible answers. Returns whether one of these was chosen.
    /// `is_walked` says whether keys walk them.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        is_walked: bool,
        requests: &mut Requests,
    ) -> bool {
        let has_waiting = session.analyse().question().view == ViewKind::Asks;
        let room = if has_waiting { ui.available_height() * VIEWS_SHARE } else { f32::INFINITY };
        ScrollArea::vertical().auto_shrink([false, has_waiting]).max_height(room).show(ui, |ui| {
            widgets::heading(ui, words::views(), |_| {});
            for (at, kind) in ViewKind::ALL.into_iter().enumerate() {
                if at == FIRST {
                    ui.add_space(space::S);
                    widgets::caption(ui, words::more());
                }
                view(ui, session, kind, requests);
            }
            ui.add_space(space::M);
            widgets::heading(ui, words::saved_views(), |_| {});
            let saved = session.saved_views();
            if saved.is_empty() {
                widgets::weak(ui, words::no_saved_views(&keys::display(ui.ctx(), CommandId::SaveView)));
            }
            for entry in saved {
                ui.push_id(entry.view.id, |ui| self.saved(ui, session, entry, requests));
            }
        });
        has_waiting && self.waiting.ui(ui, session, is_walked, requests)
    }

    fn saved(&mut self, ui: &mut Ui, session: &Session, entry: SavedViewEntry<'_>, requests: &mut Requests) {
        let id = entry.view.id;
        match &mut self.task {
            Some(Task::Rename { id: renamed, name, is_new }) if *renamed == id => {
                match rename(ui, name, is_new) {
                    Some(Some(name)) => {
                        requests.push(AnalysisNotesAction::RenameView { id, name });
                        self.task = None;
                    }
                    Some(None) => self.task = None,
                    None => {}
                }
                return;
            }
            Some(Task::Rename { .. } | Task::Delete(_)) | None => {}
        }
        self.saved_row(ui, session, entry, requests);
        if matches!(self.task, Some(Task::Delete(deleted)) if deleted == id) {
            ui.horizontal_wrapped(|ui| {
                widgets::weak(ui, words::delete_view(&entry.view.name));
                if ui.small_button(words::delete()).clicked() {
                    requests.push(AnalysisNotesAction::DeleteView(id));
                    self.task = None;
                }
                if ui.small_button(common::cancel()).clicked() {
                    self.task = None;
                }
            });
        }
    }

    fn saved_row(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        entry: SavedViewEntry<'_>,
        requests: &mut Requests,
    ) {
        let tokens = Tokens::of(ui);
        let is_opened = session.analyse().opened() == Some(entry.view.id);
        let is_changed = is_opened && session.view_is_changed(entry.view);
        let missing = self.missing.of(session, entry.view);
        let name = words::saved_view(&entry.view.name, is_changed);
        let name_and_missing = words::saved_view_label(&name, missing);
        let (rect, response) = widgets::row(ui, size::ROW, is_opened, &name_and_missing);
        let font = if is_opened { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
        let inner = rect.shrink2(egui::vec2(space::S, 0.0));
        let mut room = inner;
        if !entry.is_mine {
            let owner = session.project().name_of(entry.owner);
            let small = FontId::proportional(size::SMALL);
            room.max.x = widgets::line_right(ui, inner, owner, small, tokens.text_weak) - space::S;
        }
        if !missing.is_empty() {
            let icon = Rect::from_min_max(pos2(room.right() - ICON_PT, room.top()), room.max);
            let font = FontId::new(ICON_PT, m::ICON_WARNING.font_family());
            ui.painter().text(
                icon.center(),
                Align2::CENTER_CENTER,
                m::ICON_WARNING.codepoint,
                font,
                tokens.warning,
            );
            room.max.x = icon.left() - space::XS;
        }
        widgets::line(ui, room, &name, font, tokens.text);
        let hint = words::saved_view_hint(entry.view, missing);
        let may_change = entry.is_mine && session.read_only().is_none();
        response.context_menu(|ui| {
            let rename = ui.add_enabled(may_change, egui::Button::new(words::rename()));
            if rename.on_disabled_hover_text(words::view_of_another()).clicked() {
                let name = entry.view.name.clone();
                self.task = Some(Task::Rename { id: entry.view.id, name, is_new: true });
            }
            let delete = ui.add_enabled(may_change, egui::Button::new(common::delete()));
            if delete.on_disabled_hover_text(words::view_of_another()).clicked() {
                self.task = Some(Task::Delete(entry.view.id));
            }
        });
        if response.on_hover_text(hint).clicked() {
            requests.push(AnalyseAction::OpenView(entry.view.id));
        }
    }
}

/// Shows a view. A click shows it with the filter as it is.
fn view(ui: &mut Ui, session: &Session, kind: ViewKind, requests: &mut Requests) {
    let question = session.analyse().question();
    let is_current = question.view == kind;
    let (rect, response) = widgets::row(ui, size::ROW, is_current, words::view(kind));
    let tokens = Tokens::of(ui);
    let font = if is_current { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    widgets::line(ui, rect.shrink2(egui::vec2(space::S, 0.0)), words::view(kind), font, tokens.text);
    if response.on_hover_text(words::view_hint(kind)).clicked() && !is_current {
        let asked = AnalyseQuestion { view: kind, ..question.clone() };
        requests.push(AnalyseAction::Ask(Box::new(asked)));
    }
}

/// Shows the field for the new name of a view. Returns the name once it is entered, or nothing if the field was left.
fn rename(ui: &mut Ui, name: &mut String, is_new: &mut bool) -> Option<Option<String>> {
    let width = ui.available_width();
    let field = widgets::bare_field(ui, words::rename(), name, "", width);
    if std::mem::take(is_new) {
        field.request_focus();
        return None;
    }
    if !field.lost_focus() {
        return None;
    }
    let is_entered = keyboard::take(ui, Key::Enter) && !name.trim().is_empty();
    Some(is_entered.then(|| name.trim().to_owned()))
}
