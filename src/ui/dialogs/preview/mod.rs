//! The preview of files to import: a list on the left, the selected file on the right, as it will be imported. Enter imports
//! what is ticked, Escape cancels; arrow keys move in the list.

mod details;
mod list;
mod names;
mod passed_over;

use egui::{Key, Modifiers, Ui, vec2};

use super::{Answer, Outcome};
use crate::commands::SettingCommand;
use crate::requests::Requests;
use crate::textview::Reader;
use crate::theme::space;
use crate::widgets::MetaFields;
use crate::words::import as words;
use demarche_session::{Candidate, Preview, PreviewAction, Session};

/// The greatest size of the dialog in points.
const MAX_SIZE: egui::Vec2 = vec2(1080.0, 720.0);
/// Width of the list in points.
const LIST_WIDTH: f32 = 300.0;
/// Height of title and buttons in points.
const FRAME_HEIGHT: f32 = 110.0;

/// The preview, with what it remembers between frames.
pub struct ImportPreview {
    /// The selected row of the list.
    selected: usize,
    /// Whether to scroll to it.
    scroll_to_selected: bool,
    /// The fields of a document's details, and what they were filled from.
    fields: Option<(details::FieldsKey, MetaFields)>,
    reader: Reader,
    /// Whether later imports show a preview.
    show_again: bool,
}

impl Default for ImportPreview {
    fn default() -> Self {
        Self {
            selected: 0,
            scroll_to_selected: false,
            fields: None,
            reader: Reader::default(),
            show_again: true,
        }
    }
}

impl ImportPreview {
    /// Its width in this window.
    pub fn width(ctx: &egui::Context) -> f32 {
        MAX_SIZE.x.min(ctx.content_rect().width() - 4.0 * space::XL)
    }

    /// Shows the preview.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let Some(preview) = session.preview() else { return Outcome::Close };
        let height = MAX_SIZE.y.min(ui.ctx().content_rect().height() - 4.0 * space::XL) - FRAME_HEIGHT;
        self.selected = self.selected.min(last_row(preview));
        super::title(ui, &heading(preview));
        if preview.candidates().is_empty() {
            let has_names = !preview.names().is_empty();
            let size = vec2(ui.available_width(), height);
            ui.allocate_ui(size, |ui| match has_names {
                true => names::ui(ui, session.project(), preview.names(), requests),
                false => progress(ui, preview, height),
            });
            return self.footer(ui, session, preview, has_names, requests);
        }
        self.keys(ui, preview, requests);
        let mut is_valid = true;
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), height),
            egui::Layout::left_to_right(egui::Align::Min),
            |ui| {
                ui.set_height(height);
                let column = egui::Layout::top_down(egui::Align::Min);
                let size = vec2(LIST_WIDTH, height);
                ui.allocate_ui_with_layout(size, column, |ui| self.list(ui, preview, requests));
                ui.add_space(space::S);
                let extra = self.selected.checked_sub(preview.candidates().len());
                ui.vertical(|ui| match extra {
                    None => is_valid = self.details(ui, preview, requests),
                    Some(0) if !preview.names().is_empty() => {
                        names::ui(ui, session.project(), preview.names(), requests);
                    }
                    Some(_) => passed_over::ui(ui, preview.passed_over()),
                });
            },
        );
        self.footer(ui, session, preview, is_valid, requests)
    }

    /// Returns the selected candidate with its index.
    fn selected_candidate<'a>(&self, preview: &'a Preview) -> Option<(usize, &'a Candidate)> {
        let at = *preview.order().get(self.selected)?;
        Some((at, preview.candidates().get(at)?))
    }

    /// Handles the keys while no field has the keyboard: arrows select, Space ticks, Page Up and Page Down scroll.
    fn keys(&mut self, ui: &Ui, preview: &Preview, requests: &mut Requests) {
        // A choice or box with the focus takes Space itself.
        let is_focused = ui.memory(|memory| memory.focused().is_some());
        if is_focused || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = last_row(preview);
        let moves = [
            (Key::ArrowDown, (self.selected + 1).min(last)),
            (Key::ArrowUp, self.selected.saturating_sub(1)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (key, index) in moves {
            if pressed(key) {
                (self.selected, self.scroll_to_selected) = (index, true);
            }
        }
        if pressed(Key::Space)
            && let Some((at, candidate)) = self.selected_candidate(preview)
        {
            requests.push(PreviewAction::Include { at, include: !candidate.included });
        }
        for (key, forward) in [(Key::PageDown, true), (Key::PageUp, false)] {
            if pressed(key) {
                self.reader.page(forward);
            }
        }
    }

    fn footer(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        preview: &Preview,
        is_valid: bool,
        requests: &mut Requests,
    ) -> Outcome {
        ui.add_space(space::S);
        let row = ui.horizontal(|ui| {
            let mut keep = session.keeps_originals();
            let keep_files = ui.checkbox(&mut keep, words::keep_files());
            if keep_files.on_hover_text(words::keep_files_hint()).changed() {
                requests.push(SettingCommand::KeepOriginals(keep));
            }
            ui.add_space(space::M);
            let show_again = ui.checkbox(&mut self.show_again, words::show_preview());
            if show_again.on_hover_text(words::show_preview_hint()).changed() {
                requests.push(SettingCommand::PreviewImports(self.show_again));
            }
            let count = preview.included() + preview.labelled();
            buttons(ui, preview, is_valid && preview.is_ready() && count > 0, requests)
        });
        row.inner
    }
}

fn buttons(ui: &mut Ui, preview: &Preview, ready: bool, requests: &mut Requests) -> Outcome {
    let confirm = match preview.included() {
        0 => words::confirm().to_owned(),
        documents => words::confirm_documents(documents),
    };
    match super::buttons_in_row(ui, &confirm, ready) {
        Some(Answer::Confirm) => {
            requests.push(PreviewAction::Import);
            Outcome::Close
        }
        Some(Answer::Cancel) => Outcome::Close,
        None => Outcome::Stay,
    }
}

/// The index of the last row of the list: the files that are passed over, or the names that the project lacks, if there are
/// any, or the last file.
fn last_row(preview: &Preview) -> usize {
    let extra = [!preview.names().is_empty(), !preview.passed_over().is_empty()];
    let rows = preview.candidates().len() + extra.into_iter().map(usize::from).sum::<usize>();
    rows.saturating_sub(1)
}

fn heading(preview: &Preview) -> String {
    match preview.candidates() {
        [] if !preview.names().is_empty() => words::title_of_labelled(preview.labelled()),
        [] => words::title().to_owned(),
        [one] => words::title_of_one(&one.name),
        several => words::title_of_several(preview.included(), several.len()),
    }
}

/// Shows the progress of reading.
fn progress(ui: &mut Ui, preview: &Preview, height: f32) {
    ui.set_min_height(height);
    ui.add_space(height * 0.4);
    ui.vertical_centered(|ui| {
        let Some(progress) = preview.reading() else { return };
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
        let (done, total) = progress.steps();
        ui.label(match total {
            0 => words::reading().to_owned(),
            total => words::progress(done, total),
        });
        ui.add_space(space::S);
        let bar = egui::ProgressBar::new(progress.fraction().unwrap_or(0.0)).desired_width(320.0);
        ui.add(bar.desired_height(6.0));
    });
}
