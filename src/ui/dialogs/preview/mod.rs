//! Files that are about to come in: a list at the left, the chosen one at the right, as it will be. Enter brings in what is
//! ticked, Escape nothing; arrows move in the list.

mod details;
mod list;

use egui::{Key, Modifiers, Ui, vec2};

use super::{Answer, Outcome};
use crate::commands::SettingCommand;
use crate::requests::Requests;
use crate::textview::Reader;
use crate::theme::space;
use crate::widgets::{self, MetaFields};
use demarche_session::{Preview, PreviewAction, Session};

/// Greatest size of the dialog in points.
const LARGEST: egui::Vec2 = vec2(1080.0, 720.0);
/// Width of the list in points.
const LIST: f32 = 300.0;
/// Room for title and buttons in points.
const AROUND: f32 = 110.0;

/// What the dialog remembers between frames.
pub struct ImportPreview {
    /// The candidate that is shown.
    at: usize,
    /// Whether the list has to bring it into sight.
    follow: bool,
    /// What is typed for which candidate.
    fields: Option<(details::Of, MetaFields)>,
    reader: Reader,
    /// Whether previews are shown before an import, as chosen here.
    shows: bool,
}

impl Default for ImportPreview {
    fn default() -> Self {
        Self { at: 0, follow: false, fields: None, reader: Reader::default(), shows: true }
    }
}

impl ImportPreview {
    /// Width of the dialog in a window of this size.
    pub fn width(ctx: &egui::Context) -> f32 {
        LARGEST.x.min(ctx.content_rect().width() - 4.0 * space::XL)
    }

    /// Shows the files.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let Some(preview) = session.preview() else { return Outcome::Close };
        let height = LARGEST.y.min(ui.ctx().content_rect().height() - 4.0 * space::XL) - AROUND;
        self.at = self.at.min(preview.candidates().len().saturating_sub(1));
        super::title(ui, &heading(preview));
        if preview.candidates().is_empty() {
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| reading(ui, preview, height));
            return self.foot(ui, session, preview, false, requests);
        }
        self.keys(ui, preview, requests);
        let mut fits = true;
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), height),
            egui::Layout::left_to_right(egui::Align::Min),
            |ui| {
                ui.set_height(height);
                let down = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(vec2(LIST, height), down, |ui| self.list(ui, preview, requests));
                ui.add_space(space::S);
                ui.vertical(|ui| fits = self.details(ui, preview, requests));
            },
        );
        self.foot(ui, session, preview, fits, requests)
    }

    /// Arrows move in the list, Space ticks, PageUp and PageDown turn over the text; not while somebody is typing.
    fn keys(&mut self, ui: &Ui, preview: &Preview, requests: &mut Requests) {
        if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = preview.candidates().len().saturating_sub(1);
        let moves = [
            (Key::ArrowDown, (self.at + 1).min(last)),
            (Key::ArrowUp, self.at.saturating_sub(1)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (key, to) in moves {
            if take(key) {
                (self.at, self.follow) = (to, true);
            }
        }
        if take(Key::Space)
            && let Some(candidate) = preview.candidates().get(self.at)
        {
            requests.push(PreviewAction::Include { at: self.at, include: !candidate.included });
        }
        for (key, forward) in [(Key::PageDown, true), (Key::PageUp, false)] {
            if take(key) {
                self.reader.page(forward);
            }
        }
    }

    fn foot(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        preview: &Preview,
        fits: bool,
        requests: &mut Requests,
    ) -> Outcome {
        ui.add_space(space::S);
        let mut outcome = Outcome::Stay;
        ui.horizontal(|ui| {
            let mut keep = session.keeps_originals();
            let hint = "Copies each file into the project, beside its text, so that it can be opened there as it was";
            if ui.checkbox(&mut keep, "Keep a copy of the files").on_hover_text(hint).changed() {
                requests.push(SettingCommand::KeepOriginals(keep));
            }
            ui.add_space(space::M);
            let hint = "Without it, files come in at once as they are read (File, Preview before importing)";
            if ui.checkbox(&mut self.shows, "Show this before every import").on_hover_text(hint).changed() {
                requests.push(SettingCommand::PreviewImports(self.shows));
            }
            let ready = fits && preview.reading().is_none() && preview.included() + preview.labelled() > 0;
            outcome = self.go(ui, preview, ready, requests);
        });
        outcome
    }

    fn go(&self, ui: &mut Ui, preview: &Preview, ready: bool, requests: &mut Requests) -> Outcome {
        let name = match preview.included() {
            0 => "Import".to_owned(),
            taken => format!("Import {}", widgets::plural(taken, "document")),
        };
        match super::buttons_in_row(ui, &name, ready) {
            Some(Answer::Confirm) => {
                requests.push(PreviewAction::Import);
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}

fn heading(preview: &Preview) -> String {
    match preview.candidates() {
        [] => "Import".to_owned(),
        [one] => format!("Import {}", one.name),
        several => format!("Import: {} of {} files", widgets::count(preview.included()), several.len()),
    }
}

/// How far the reading is.
fn reading(ui: &mut Ui, preview: &Preview, height: f32) {
    ui.set_min_height(height);
    ui.add_space(height * 0.4);
    ui.vertical_centered(|ui| {
        let Some(progress) = preview.reading() else { return };
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
        let (done, total) = progress.steps();
        let said = match total {
            0 => "Reading…".to_owned(),
            total => format!("Reading {} of {}", widgets::count(done), widgets::plural(total, "file")),
        };
        ui.label(said);
        ui.add_space(space::S);
        let bar = egui::ProgressBar::new(progress.fraction().unwrap_or(0.0)).desired_width(320.0);
        ui.add(bar.desired_height(6.0));
    });
}
