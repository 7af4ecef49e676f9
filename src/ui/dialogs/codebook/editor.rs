//! The editor: three views, the dialog above them, and undo.

use std::path::PathBuf;

use crate::theme::icons as m;
use egui::{Context, Frame, Panel, RichText, Ui, vec2};

use super::attributes::Attributes;
use super::categories::Categories;
use super::lists::Lists;
use super::{ExportCodebook, Task};
use crate::commands::CommandId;
use crate::dialogs::Outcome;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::words::{codebook_editor as words, common};
use crate::{keys, widgets};
use demarche_model::CategoryId;
use demarche_session::{Session, Tone};

/// The greatest size of the editor in points.
const MAX_SIZE: egui::Vec2 = vec2(1120.0, 860.0);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum View {
    Categories,
    Attributes,
    Lists,
}

/// The codebook editor.
pub struct CodebookEditor {
    view: View,
    categories: Categories,
    attributes: Attributes,
    lists: Lists,
    task: Option<Task>,
    folder: PathBuf,
}

impl CodebookEditor {
    /// The editor with a category selected, or the first one. Files are exported to `folder`.
    pub fn new(session: &Session, category: Option<CategoryId>, folder: PathBuf) -> Self {
        Self {
            view: View::Categories,
            categories: Categories::new(session.project().codebook(), category),
            attributes: Attributes::default(),
            lists: Lists::default(),
            task: None,
            folder,
        }
    }

    /// Its width in this window.
    pub fn width(ctx: &Context) -> f32 {
        MAX_SIZE.x.min(ctx.content_rect().width() - 4.0 * space::XL)
    }

    /// Shows the editor.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let height = MAX_SIZE.y.min(ui.ctx().content_rect().height() - 4.0 * space::XL);
        let extent = vec2(ui.available_width(), height);
        let mut outcome = Outcome::Stay;
        ui.allocate_ui(extent, |ui| {
            ui.set_min_size(extent);
            ui.set_max_size(extent);
            outcome = self.content(ui, session, requests);
        });
        self.undo_keys(ui.ctx(), requests);
        match self.show_task(ui.ctx(), session, requests) {
            Outcome::Stay => outcome,
            other => other,
        }
    }

    fn content(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        self.header(ui, session, requests);
        let mut outcome = Outcome::Stay;
        let frame = Frame::new().inner_margin(egui::Margin { top: 8, ..egui::Margin::ZERO });
        Panel::bottom("codebook-footer").frame(frame).show_separator_line(false).show(ui, |ui| {
            outcome = footer(ui, session, requests);
        });
        let task = match self.view {
            View::Categories => {
                let left = self.left(ui, |editor, ui| editor.categories.list(ui, session, requests));
                left.or(self.right(ui, |editor, ui| editor.categories.form(ui, session, requests)))
            }
            View::Attributes => {
                let left = self.left(ui, |editor, ui| editor.attributes.list(ui, session, requests));
                left.or(self.right(ui, |editor, ui| editor.attributes.form(ui, session, requests)))
            }
            View::Lists => {
                egui::CentralPanel::no_frame().show(ui, |ui| self.lists.ui(ui, session, requests));
                None
            }
        };
        self.task = self.task.take().or(task);
        outcome
    }

    fn left(&mut self, ui: &mut Ui, add: impl FnOnce(&mut Self, &mut Ui) -> Option<Task>) -> Option<Task> {
        let frame = Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
        let panel = Panel::left("codebook-list").default_size(330.0).size_range(240.0..=480.0).frame(frame);
        panel.show(ui, |ui| add(self, ui)).inner
    }

    fn right(&mut self, ui: &mut Ui, add: impl FnOnce(&mut Self, &mut Ui) -> Option<Task>) -> Option<Task> {
        let frame = Frame::new().inner_margin(egui::Margin { left: 16, ..egui::Margin::ZERO });
        egui::CentralPanel::no_frame().frame(frame).show(ui, |ui| add(self, ui)).inner
    }

    fn header(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            ui.label(RichText::new(words::title()).font(strong(size::HEADING)));
            ui.add_space(space::M);
            let views = [
                (View::Categories, words::categories(), words::categories_hint()),
                (View::Attributes, words::attributes(), words::attributes_hint()),
                (View::Lists, words::lists(), words::lists_hint()),
            ];
            for (view, name, hint) in views {
                if widgets::tab(ui, self.view == view, name, hint) && self.view != view {
                    self.commit(session, requests);
                    self.view = view;
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button(words::export()).on_hover_text(words::export_hint()).clicked() {
                    let form = ExportCodebook::new(session, self.folder.clone());
                    self.task = Some(Task::Export(Box::new(form)));
                }
                ui.add_enabled_ui(session.read_only().is_none(), |ui| {
                    if ui.button(words::import()).on_hover_text(words::import_hint()).clicked() {
                        self.task = Some(Task::Import(Box::default()));
                    }
                });
            });
        });
        ui.add_space(space::S);
        ui.separator();
    }

    /// Handles the keys of undo and redo, except while a field, which has an undo of its own, has the keyboard.
    fn undo_keys(&mut self, ctx: &Context, requests: &mut Requests) {
        if self.task.is_some() || ctx.text_edit_focused() {
            return;
        }
        for id in [CommandId::Undo, CommandId::Redo] {
            if keys::consume_shortcut(ctx, id) {
                requests.push(id);
            }
        }
    }

    fn show_task(&mut self, ctx: &Context, session: &Session, requests: &mut Requests) -> Outcome {
        let Some(task) = &mut self.task else { return Outcome::Stay };
        match task.show(ctx, session, requests) {
            Outcome::Close => {
                self.task = None;
                Outcome::Stay
            }
            other => other,
        }
    }

    /// Sets the path to one from the system's dialog, if the dialog above has a field for it.
    pub fn set_path(&mut self, path: PathBuf) {
        if let Some(task) = &mut self.task {
            task.set_path(path);
        }
    }

    /// Whether another dialog is shown above it.
    pub fn is_covered(&self) -> bool {
        self.task.is_some()
    }

    /// Shows the report of an import or export.
    pub fn show_report(&mut self) {
        self.task = Some(Task::Report);
    }

    /// Applies what was typed, and closes the dialog above.
    pub fn on_close(&mut self, session: &Session, requests: &mut Requests) {
        self.commit(session, requests);
        if let Some(task) = self.task.take() {
            task.on_close(requests);
        }
    }

    /// Applies what was typed.
    fn commit(&mut self, session: &Session, requests: &mut Requests) {
        self.categories.commit(session, requests);
        self.attributes.commit(session, requests);
        self.lists.commit(session, requests);
    }
}

/// Shows undo and redo, the latest notice, and Close.
fn footer(ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
    let mut outcome = Outcome::Stay;
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let stack = session.undo_stack();
        let buttons = [
            (m::ICON_UNDO, CommandId::Undo, stack.undo_label()),
            (m::ICON_REDO, CommandId::Redo, stack.redo_label()),
        ];
        for (icon, id, step) in buttons {
            let command = id.command();
            let hint = words::undo_step(command.name, step, &keys::display(ui.ctx(), command.id));
            ui.add_enabled_ui(step.is_some(), |ui| {
                if widgets::icon_button(ui, icon, &hint).clicked() {
                    requests.push(id);
                }
            });
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = widgets::primary_button(ui, common::close());
            if close.on_hover_text(words::close_hint()).clicked() {
                outcome = Outcome::Close;
            }
            let notice = session.notices().last();
            let read_only = session.read_only();
            let text = notice.map(|notice| notice.text.as_str()).or(read_only.as_deref()).unwrap_or_default();
            let error = notice.is_some_and(|notice| notice.tone == Tone::Error);
            let colour = if error { tokens.error } else { tokens.text_weak };
            let text = RichText::new(text).size(size::SMALL).color(colour);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
    outcome
}
