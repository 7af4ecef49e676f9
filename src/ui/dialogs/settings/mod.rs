//! The settings page. Each change applies at once.

mod capture;
mod font;
mod shortcuts;

use std::ops::RangeInclusive;

use egui::{Grid, ScrollArea, Ui};

use font::FontPicker;
use shortcuts::ShortcutEditor;

use super::Outcome;
use crate::commands::CommandId;
use crate::manual::ManualPage;
use crate::theme::{size, space, strong};
use crate::words::{common, settings as words};
use crate::{Settings, keys, widgets};
use demarche_io::settings::{TextLook, ThemeChoice};
use demarche_session::Session;

/// Width of a slider, in points.
const SLIDER: f32 = 220.0;

/// Space for title and buttons, in points.
const AROUND: f32 = 180.0;

/// A page of the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettingsPage {
    /// Appearance, text, cards, saving, and the user's name.
    General,
    /// The shortcuts of commands.
    Shortcuts,
}

/// Greatest height of the list of shortcuts, in points.
const LIST: f32 = 620.0;

/// The form, with the settings as they are chosen in it.
pub struct SettingsForm {
    settings: Settings,
    page: SettingsPage,
    font: FontPicker,
    shortcuts: ShortcutEditor,
    /// The zoom on its slider, which would move away from the pointer if the interface followed at once.
    zoom_percent: f32,
}

impl SettingsForm {
    /// A form with the current settings, at a page.
    pub fn new(settings: &Settings, page: SettingsPage) -> Self {
        Self {
            settings: settings.clone(),
            page,
            font: FontPicker::default(),
            shortcuts: ShortcutEditor::new(&settings.shortcuts),
            zoom_percent: settings.zoom * 100.0,
        }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: Option<&Session>) -> Outcome {
        let before = self.settings.clone();
        super::title(ui, words::title());
        self.tabs(ui);
        let height = (ui.ctx().content_rect().height() - AROUND).max(120.0);
        match self.page {
            SettingsPage::General => self.general(ui, session, height),
            SettingsPage::Shortcuts => self.shortcuts.ui(ui, &mut self.settings.shortcuts, height.min(LIST)),
        }
        let asks_manual =
            !self.shortcuts.is_capturing() && keys::consume_shortcut(ui.ctx(), CommandId::Manual);
        let is_closed = self.buttons(ui);
        if asks_manual {
            return Outcome::ShowManual(ManualPage::Settings);
        }
        if self.settings != before {
            return Outcome::ApplySettings(Box::new(self.settings.clone()));
        }
        if is_closed { Outcome::Close } else { Outcome::Stay }
    }

    fn tabs(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let pages =
                [(SettingsPage::General, words::general()), (SettingsPage::Shortcuts, words::shortcuts())];
            for (page, name) in pages {
                if widgets::tab(ui, self.page == page, name, "") {
                    self.page = page;
                }
            }
        });
        ui.add_space(space::S);
    }

    fn general(&mut self, ui: &mut Ui, session: Option<&Session>, height: f32) {
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.set_width(ui.available_width() - space::M);
            ui.spacing_mut().slider_width = SLIDER;
            self.appearance(ui);
            self.text(ui);
            self.cards(ui, session);
            self.files(ui);
            self.you(ui);
        });
    }

    fn appearance(&mut self, ui: &mut Ui) {
        let Self { settings, zoom_percent, .. } = self;
        section(ui, words::appearance(), |ui| {
            ui.label(words::theme());
            ui.horizontal(|ui| {
                let choices = [
                    (ThemeChoice::Light, words::light()),
                    (ThemeChoice::Dark, words::dark()),
                    (ThemeChoice::System, words::system()),
                ];
                for (choice, name) in choices {
                    ui.selectable_value(&mut settings.theme, choice, name);
                }
            });
            ui.end_row();
            let range = Settings::ZOOM;
            let percents = range.start() * 100.0..=range.end() * 100.0;
            let response = slider(ui, words::zoom(), zoom_percent, percents, 10.0, words::percent());
            if !response.dragged() {
                settings.zoom = *zoom_percent / 100.0;
            }
        });
    }

    fn text(&mut self, ui: &mut Ui) {
        let Self { settings, font, .. } = self;
        section(ui, words::text(), |ui| {
            font.ui(ui, &mut settings.look);
            let sizes = Settings::TEXT_SIZES_PT;
            slider(ui, words::text_size(), &mut settings.text_size, sizes, 1.0, words::points());
            let look = &mut settings.look;
            let heights = TextLook::LINE_HEIGHTS;
            slider(ui, words::line_height(), &mut look.line_height, heights, 0.1, words::times());
            let chars = TextLook::COLUMN_CHARS;
            slider(ui, words::column(), &mut look.column_chars, chars, 2.0, words::characters());
            check(ui, &mut settings.snap, words::snap(), "");
            check(ui, &mut settings.select_sentences, words::sentences(), words::sentences_hint());
        });
    }

    fn cards(&mut self, ui: &mut Ui, session: Option<&Session>) {
        let look = &mut self.settings.look;
        section(ui, words::cards(), |ui| {
            let widths = TextLook::CARD_WIDTHS;
            slider(ui, words::card_width(), &mut look.card_width, widths, 10.0, words::points());
            ui.label(words::shown());
            // A row that wraps would be given more height than it has.
            ui.vertical(|ui| ui.horizontal_wrapped(|ui| shown_on_cards(ui, session, look)));
            ui.end_row();
        });
    }

    fn files(&mut self, ui: &mut Ui) {
        let settings = &mut self.settings;
        section(ui, words::files(), |ui| {
            let pauses = Settings::AUTOSAVE_S;
            let mut pause_s = settings.autosave_s as f32;
            let range = *pauses.start() as f32..=*pauses.end() as f32;
            slider(ui, words::autosave(), &mut pause_s, range, 1.0, words::seconds());
            settings.autosave_s = pause_s as i64;
            check(ui, &mut settings.preview, words::preview(), "");
            check(ui, &mut settings.keep_originals, words::originals(), "");
            check(ui, &mut settings.keep_pdfs, words::pdfs(), words::pdfs_hint());
        });
    }

    fn you(&mut self, ui: &mut Ui) {
        let mut name = self.settings.my_name.take().unwrap_or_default();
        section(ui, words::you(), |ui| {
            ui.label(words::name());
            widgets::bare_field(ui, words::name(), &mut name, "", SLIDER).on_hover_text(words::name_hint());
            ui.end_row();
        });
        self.settings.my_name = Some(name).filter(|name| !name.is_empty());
    }

    /// Shows the buttons. Returns whether the form is to be closed.
    fn buttons(&mut self, ui: &mut Ui) -> bool {
        ui.add_space(space::M);
        let row = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = widgets::primary_button(ui, common::close()).clicked();
            if self.page == SettingsPage::General
                && ui.button(words::reset()).on_hover_text(words::reset_hint()).clicked()
            {
                self.settings.reset_preferences();
                self.zoom_percent = self.settings.zoom * 100.0;
            }
            close
        });
        row.inner
    }
}

/// Shows a check box for each attribute, and one for the note.
fn shown_on_cards(ui: &mut Ui, session: Option<&Session>, look: &mut TextLook) {
    let codebook = session.map(|session| session.project().codebook());
    for attribute in codebook.iter().flat_map(|codebook| &codebook.attributes) {
        let id = attribute.id.as_str();
        let mut is_shown = look.card_attributes.iter().any(|known| known == id);
        if ui.checkbox(&mut is_shown, attribute.name.as_str()).changed() {
            look.card_attributes.retain(|known| known != id);
            look.card_attributes.extend(is_shown.then(|| id.to_owned()));
        }
    }
    ui.checkbox(&mut look.card_note, words::note());
}

/// Shows a heading and a grid of captions and controls below it.
fn section(ui: &mut Ui, name: &str, rows: impl FnOnce(&mut Ui)) {
    ui.label(egui::RichText::new(name).font(strong(size::INTERFACE)));
    let grid = Grid::new(name).num_columns(2).min_col_width(150.0).spacing([space::L, space::XS]);
    grid.show(ui, rows);
    ui.add_space(space::S);
}

/// Shows a row with a slider, and returns the slider's response.
fn slider(
    ui: &mut Ui,
    name: &str,
    value: &mut f32,
    range: RangeInclusive<f32>,
    step: f64,
    suffix: &str,
) -> egui::Response {
    let caption = ui.label(name);
    let slider = egui::Slider::new(value, range).step_by(step).suffix(suffix);
    let slider = slider.fixed_decimals(usize::from(step < 1.0));
    let response = ui.add(slider).labelled_by(caption.id);
    ui.end_row();
    response
}

/// Shows a row with a check box.
fn check(ui: &mut Ui, value: &mut bool, name: &str, hint: &str) {
    ui.label("");
    let response = ui.checkbox(value, name);
    if !hint.is_empty() {
        response.on_hover_text(hint);
    }
    ui.end_row();
}
